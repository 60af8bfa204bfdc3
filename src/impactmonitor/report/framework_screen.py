"""Frameworks as people read them: a list, or one with its questions and levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.catalogue import Catalogue
from impactmonitor.catalogue.frameworks import Frameworks, domain_of, unit_of
from impactmonitor.messages import Language
from impactmonitor.model.entries import NOT_STATED
from impactmonitor.model.frameworks import Framework, FrameworkIndicator, Level, Tag
from impactmonitor.model.record import Translated, in_language
from impactmonitor.report.entries import cited
from impactmonitor.report.formatting import number
from impactmonitor.report.tables import new_table

Rows = Iterable[tuple[str, str]]
INDENT = (0, 0, 0, 2)
TITLE = 40
"""Characters for a title in a list, at least."""


def framework_list(frameworks: Sequence[Framework], language: Language) -> Iterator[RenderableType]:
    """A table of frameworks, one row each.

    Parameters
    ----------
    frameworks : sequence of Framework
        At least one.
    language : {"nl", "en"}
        Of the texts.
    """
    table = new_table()
    # an id is copied, so it is not broken
    widest = max(TITLE, *(len(framework.id) for framework in frameworks))
    table.add_column(_text("list.entry", language), min_width=widest, overflow="fold")
    for key in ("purpose", "asks", "origin", "coverage"):
        table.add_column(_text(f"list.{key}", language), overflow="fold")
    for framework in frameworks:
        table.add_row(
            f"{framework.id}\n  {in_language(framework.title, language)}",
            _text(f"purpose.{framework.purpose}", language),
            how_many(framework, language),
            _text(f"origin.{framework.origin}", language),
            _text(f"coverage.{framework.coverage}", language),
        )
    yield table
    yield Text(_text("list.found", language, count=len(frameworks)), style="dim")


def how_many(framework: Framework, language: Language) -> str:
    """The number of indicators of a framework, or of its labels."""
    kind = "tags" if framework.purpose == "tags" else "indicators"
    count = len(getattr(framework, kind))
    return _text(f"list.{kind}_one" if count == 1 else f"list.{kind}", language, count=count)


def framework_screen(
    frameworks: Frameworks, catalogue: Catalogue, framework: Framework, language: Language
) -> Iterator[RenderableType]:
    """Everything about one framework: where it is from, what it asks, and its levels.

    Parameters
    ----------
    frameworks : Frameworks
        Gives the scales.
    catalogue : Catalogue
        Gives sources, units and domains.
    framework : Framework
        One of the frameworks.
    language : {"nl", "en"}
        Of the texts.
    """
    yield from _Writer(frameworks, catalogue, framework, language).parts()


class _Writer:
    """Writes one framework in one language."""

    def __init__(
        self, frameworks: Frameworks, catalogue: Catalogue, framework: Framework, language: Language
    ) -> None:
        self.frameworks = frameworks
        self.catalogue = catalogue
        self.framework = framework
        self.language = language
        used = Counter(i.scale for i in framework.indicators.values() if i.scale is not None)
        self.shared = [scale for scale, count in used.items() if count > 1]

    def word(self, key: str, **params: object) -> str:
        return _text(key, self.language, **params)

    def say(self, content: str | Translated | None) -> str:
        return in_language(content, self.language)

    def parts(self) -> Iterator[RenderableType]:
        framework = self.framework
        yield Text(f"{self.say(framework.title)} ({framework.id})", style="bold")
        yield _grid(self._facts())
        if framework.end_states:
            yield Text(f"\n{self.word('headings.end_states')}", style="bold")
            yield Padding(_grid(self._end_states()), INDENT)
        for name, group in framework.groups.items():
            inside = [key for key, i in framework.indicators.items() if i.group == name]
            tags = {key: tag for key, tag in framework.tags.items() if tag.group == name}
            yield Text(f"\n{self.say(group.title)} ({name})", style="bold")
            if group.description is not None:
                yield Padding(self.say(group.description), INDENT)
            for key in inside:
                yield from self._indicator(key, framework.indicators[key])
            yield from self._tags(tags)
        loose = {key: tag for key, tag in framework.tags.items() if tag.group is None}
        if loose:
            yield Text(f"\n{self.word('headings.tags')}", style="bold")
            yield from self._tags(loose)
        if self.shared:
            yield Text(f"\n{self.word('headings.scales')}", style="bold")
        for name in self.shared:
            scale = self.frameworks.scales[name]
            yield Text(f"\n{self.say(scale.title)} ({name})")
            if scale.description is not None:
                yield Padding(self.say(scale.description), INDENT)
            yield Padding(self._levels(scale.levels), INDENT)

    def _facts(self) -> Iterator[tuple[str, str]]:
        framework = self.framework
        if framework.description is not None:
            yield self.word("fact.description"), self.say(framework.description)
        yield self.word("fact.purpose"), self.word(f"purpose_long.{framework.purpose}")
        yield self.word("fact.source"), cited(self.catalogue, framework.source, self.language)
        if framework.licence != NOT_STATED:
            yield self.word("fact.licence"), framework.licence
        for key in ("origin", "coverage"):
            yield self.word(f"fact.{key}"), self.word(f"{key}.{getattr(framework, key)}")
        yield self.word("fact.note"), self.say(framework.note)
        if framework.purpose == "score":
            factors = {f"{key}_factor": f"{self._number(value)}"
                       for key, value in framework.multipliers.model_dump().items()}  # fmt: skip
            later = self.word("multipliers", **self._bounds(), **factors)
            yield self.word("fact.multipliers"), later

    def _bounds(self) -> dict[str, str]:
        medium, long = self.framework.horizon_bounds
        return {"medium": self._number(medium), "long": self._number(long)}

    def _number(self, value: float) -> str:
        return number(value, self.language)

    def _end_states(self) -> Iterator[tuple[str, str]]:
        for name, end in self.framework.end_states.items():
            year = f" ({end.year})" if end.year else ""
            text = f"{self.say(end.title)}{year}"
            yield name, f"{text}. {self.say(end.description)}" if end.description else text

    def _tags(self, tags: dict[str, Tag]) -> Iterator[RenderableType]:
        if tags:
            rows = (
                (name, ". ".join(self.say(t) for t in (tag.title, tag.description) if t))
                for name, tag in tags.items()
            )
            yield Padding(_grid(rows), INDENT)

    # indicators --------------------------------------------------------------------------------

    def _indicator(self, name: str, indicator: FrameworkIndicator) -> Iterator[RenderableType]:
        yield Text(f"\n  {self.say(indicator.title)} ({name})")
        yield Padding(_grid(self._asked(name, indicator)), (0, 0, 0, 4))
        levels = self.frameworks.levels_of(indicator)
        if levels and indicator.scale not in self.shared:
            yield Padding(self._levels(levels), (0, 0, 0, 4))

    def _asked(self, name: str, indicator: FrameworkIndicator) -> Iterator[tuple[str, str]]:
        for key in ("question", "description"):
            if getattr(indicator, key) is not None:
                yield self.word(f"fact.{key}"), self.say(getattr(indicator, key))
        yield self.word("fact.kind"), self._answer(indicator)
        if indicator.scale in self.shared:
            scale = self.frameworks.scales[indicator.scale or ""]
            yield self.word("fact.scale"), self.word("see_scale", title=self.say(scale.title))
        yield self.word("fact.horizon"), self._horizon(name, indicator)
        if self.framework.purpose == "score":
            multiplier = self._number(self.framework.multiplier_of(name))
            params = {"weight": self._number(indicator.weight), "multiplier": multiplier}
            yield self.word("fact.weight"), self.word("weight", **params)
        domain = domain_of(indicator, self.catalogue)
        if domain is not None:
            named = messages.text(f"screen.domain_names.{domain}", self.language)
            yield self.word("fact.domain"), named
        for key in ("indicator", "unit_value"):
            if getattr(indicator, key) is not None:
                yield self.word(f"fact.{key}"), getattr(indicator, key)
        if indicator.codes:
            codes = ", ".join(f"{system} {value}" for system, value in indicator.codes.items())
            yield self.word("fact.codes"), codes

    def _answer(self, indicator: FrameworkIndicator) -> str:
        if indicator.kind == "qualitative":
            return self.word("level")
        name = unit_of(indicator, self.catalogue) or ""
        unit = self.catalogue.unit(name)
        measure = messages.text(f"screen.terms.{indicator.measure}", self.language)
        shown = self.say(unit.title) if unit is not None else name
        return f"{self.word('number', unit=shown, measure=measure)}; {self._function(indicator)}"

    def _function(self, indicator: FrameworkIndicator) -> str:
        """How a number becomes a score."""
        if indicator.points is not None:
            points = [(self._number(x), self._number(score)) for x, score in indicator.points]
            return ", ".join(self.word("point", value=x, score=score) for x, score in points)
        ends = {key: self._number(getattr(indicator, key)) for key in ("zero", "full")}
        return self.word("line", **ends)

    def _horizon(self, name: str, indicator: FrameworkIndicator) -> str:
        words = self.word(f"horizon.{self.framework.horizon_of(name)}", **self._bounds())
        if isinstance(indicator.horizon, str):
            return words
        return self.word("horizon.years", words=words, years=self._number(indicator.horizon))

    def _levels(self, levels: Sequence[Level]) -> Table:
        rows = (
            (str(place), f"{self.say(level.title)}: {self.say(level.text)}")
            for place, level in enumerate(levels, start=1)
        )
        return _grid(rows)


def _grid(rows: Rows) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, content in rows:
        grid.add_row(name, content)
    return grid


def _text(key: str, language: Language, **params: object) -> str:
    return messages.text(f"frameworks.{key}", language, **params)
