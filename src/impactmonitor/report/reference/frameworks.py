"""The page with every framework, and what is suggested by topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from impactmonitor import messages
from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import load_frameworks, unit_of
from impactmonitor.catalogue.suggestions import load_suggestions
from impactmonitor.messages import Language
from impactmonitor.model.frameworks import Framework, FrameworkIndicator
from impactmonitor.model.record import Translated, in_language
from impactmonitor.model.suggestions import Suggestion, Topic
from impactmonitor.report.formatting import number
from impactmonitor.report.reference.markdown import page, quoted, table


def frameworks_page(language: Language) -> str:
    """Every shipped framework with its indicators or labels, and the suggestions.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the page.
    """
    writer = _Writer(language)
    intro = (writer.word("page.title"), writer.word("page.intro"))
    return page(language, *intro, *writer.sections(), writer.suggestions())


class _Writer:
    """Writes the sections of the page in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.frameworks = load_frameworks()
        self.catalogue = load_catalogue()

    def word(self, key: str, **params: object) -> str:
        return messages.text(f"frameworks.{key}", self.language, **params)

    def say(self, content: str | Translated | None) -> str:
        return in_language(content, self.language)

    def table(self, columns: Sequence[str], rows: Iterator[list[str]]) -> str:
        return table([self.word(f"page.columns.{column}") for column in columns], rows)

    def sections(self) -> Iterator[str]:
        for framework in self.frameworks.frameworks.values():
            parts = [f"## {self.say(framework.title)}", quoted(framework.id)]
            parts += [self.say(framework.description), self.facts(framework)]
            parts += [self.say(framework.note), self.contents(framework)]
            yield "\n\n".join(part for part in parts if part)

    def facts(self, framework: Framework) -> str:
        """Where a framework comes from, in one line."""
        said = {
            "purpose": self.word(f"purpose.{framework.purpose}"),
            "origin": self.word(f"origin.{framework.origin}"),
            "coverage": self.word(f"coverage.{framework.coverage}"),
        }
        line = self.word("page.facts", source=quoted(framework.source), **said)
        names = "; ".join(self.say(end.title) for end in framework.end_states.values())
        return f"{line} {self.word('page.end_states', names=names)}" if names else line

    def contents(self, framework: Framework) -> str:
        if framework.purpose == "tags":
            return self.table(("id", "group", "title"), self.tags(framework))
        columns = ("id", "group", "asked", "answer", "horizon", "weight")
        return self.table(columns, self.indicators(framework))

    def tags(self, framework: Framework) -> Iterator[list[str]]:
        for name, tag in framework.tags.items():
            group = framework.groups.get(tag.group or "")
            yield [quoted(name), self.say(group.title if group else None), self.say(tag.title)]

    def indicators(self, framework: Framework) -> Iterator[list[str]]:
        medium, long = (number(bound, self.language) for bound in framework.horizon_bounds)
        for name, indicator in framework.indicators.items():
            horizon = f"horizon.{framework.horizon_of(name)}"
            factors = indicator.weight, framework.multiplier_of(name)
            yield [
                quoted(name),
                self.say(framework.groups[indicator.group].title),
                self.say(indicator.question or indicator.title),
                self.answer(indicator),
                self.word(horizon, medium=medium, long=long),
                " × ".join(number(factor, self.language) for factor in factors),
            ]

    def answer(self, indicator: FrameworkIndicator) -> str:
        """How many levels there are, or in what unit the number is."""
        if indicator.kind == "qualitative":
            return self.word("page.levels", count=len(self.frameworks.levels_of(indicator)))
        name = unit_of(indicator, self.catalogue) or ""
        unit = self.catalogue.unit(name)
        return self.say(unit.title) if unit is not None else name

    def suggestions(self) -> str:
        """What is suggested, one row per topic and target group."""
        heading = f"## {self.word('page.suggestions.title')}"
        rows = self.table(("title", "groups", "suggestions"), self.by_topic())
        return "\n\n".join([heading, self.word("page.suggestions.intro"), rows])

    def by_topic(self) -> Iterator[list[str]]:
        found = load_suggestions()
        for topic in found.topics.values():
            for name in topic.groups:
                group = f"{self.say(found.target_groups[name].title)} ({quoted(name)})"
                title = f"{self.say(topic.title)} ({quoted(topic.id)})"
                yield [title, group, self.named(topic, name)]

    def named(self, topic: Topic, group: str) -> str:
        chosen = (each for each in topic.suggestions.values() if each.is_for(group))
        return ", ".join(self.name(each) for each in chosen)

    def name(self, suggestion: Suggestion) -> str:
        """The title of a card, or the ids of what is named."""
        ids = [n for n in (suggestion.indicator, suggestion.framework_indicator) if n is not None]
        return ", ".join(map(quoted, ids)) if ids else self.say(suggestion.title)
