"""Scores on screen: a sentence, the groups as dots on a line, and every answer in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.catalogue.frameworks import Frameworks
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.scores import FrameworkScore, IndicatorScore
from impactmonitor.messages import Language
from impactmonitor.model.frameworks import Framework
from impactmonitor.model.record import in_language
from impactmonitor.report.tables import new_table, numeric
from impactmonitor.report.words import Words
from impactmonitor.scoring.comparison import LOWEST_COVERAGE

LINE = 21
"""Characters of the line on which a dot stands."""
SHARE = "share"


def scores_screen(evaluation: Evaluation, language: Language) -> Iterator[RenderableType]:
    """The scores of a case, framework after framework; nothing where it answers none.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    language : {"nl", "en"}
        The reader's language.
    """
    frameworks = evaluation.appraised.resolved.frameworks
    if frameworks is None:
        return
    for name, found in evaluation.scores.items():
        told = _Told(found, frameworks.frameworks[name], frameworks, evaluation, language)
        yield from told.parts()


def dot(score: float | None, low: float | None, high: float | None, length: int = LINE) -> str:
    """A score as a dot on a line from 0 to 100, with dashes as far as what is not known reaches.

    Examples
    --------
    >>> dot(50.0, 25.0, 75.0)
    '·····-----●-----·····'
    >>> dot(None, 0.0, 100.0)
    '---------------------'
    """

    def place(number: float) -> int:
        return round((length - 1) * number / 100)

    marks = ["·"] * length
    if low is not None and high is not None:
        for i in range(place(low), place(high) + 1):
            marks[i] = "-"
    if score is not None:
        marks[place(score)] = "●"
    return "".join(marks)


class _Told:
    """One framework with the words for it."""

    def __init__(
        self,
        found: FrameworkScore,
        framework: Framework,
        frameworks: Frameworks,
        evaluation: Evaluation,
        language: Language,
    ) -> None:
        self.found, self.framework, self.frameworks = found, framework, frameworks
        self.words, self.language = Words(evaluation, language), language
        self.units = evaluation.appraised.resolved.units

    def text(self, key: str, **params: object) -> str:
        """A text about scores."""
        return messages.text(f"scores.{key}", self.language, **params)

    def parts(self) -> Iterator[RenderableType]:
        """All that is said of the framework, the answer first."""
        title = in_language(self.framework.title, self.language, self.framework.id)
        yield Text(self.text("title", framework=title), style="bold")
        yield Padding(Text(" ".join(self._sentences())), (0, 0, 1, 0))
        if len(self.found.groups) > 1 and self.framework.purpose == "score":
            yield self._groups()
        yield self._answers()

    def _sentences(self) -> Iterator[str]:
        total, asked = self.found.total, len(self.found.indicators)
        if total.score is None:
            yield self.text("sentence.empty", asked=asked)
            return
        if self.framework.purpose == "readiness":
            yield from self._readiness()
        else:
            yield self._scored(asked)
            yield from self._beside()
        if self.found.agreement is not None and self.found.agreement.alpha is not None:
            alpha = self.words.number(self.found.agreement.alpha, 2)
            yield self.text("sentence.agreement", alpha=alpha)

    def _scored(self, asked: int) -> str:
        total, number = self.found.total, self.words.number
        states = [one.status for one in self.found.indicators.values()]
        score, unweighted = number(total.score, 0), number(total.score_unweighted, 0)
        if "missing" not in states:
            return self.text("sentence.complete", score=score, unweighted=unweighted)
        return self.text(
            "sentence.scored",
            score=score,
            answered=sum(status in ("value", "none") for status in states),
            asked=asked,
            coverage=self.words.percent(round(total.coverage or 0.0, 2)),
            low=number(total.low, 0),
            high=number(total.high, 0),
            unweighted=unweighted,
        )

    def _beside(self) -> Iterator[str]:
        """The score without what is in euros too, and a warning where little is known."""
        total = self.found.total
        if any(one.is_monetised for one in self.found.indicators.values()):
            currency = self.words.evaluation.case.currency
            score = self.words.number(total.score_without_monetised, 0)
            yield self.text("sentence.monetised", currency=currency, score=score)
        if (total.coverage or 0.0) < LOWEST_COVERAGE:
            yield self.text("sentence.low_coverage", least=self.words.percent(LOWEST_COVERAGE))

    def _readiness(self) -> Iterator[str]:
        ready = self.found.readiness
        if ready is None:
            return
        names = [n for n, one in self.found.indicators.items() if one.status != "not-applicable"]

        def titles(places: tuple[int, ...]) -> str:
            return ", ".join(self._title(names[place]) for place in places)

        if ready.overall is None:
            yield self.text("readiness.unknown", names=titles(ready.unknown))
        elif not ready.gap:
            yield self.text("readiness.equal", overall=ready.overall)
        else:
            names_behind = titles(ready.held_back_by)
            params = {"overall": ready.overall, "names": names_behind, "gap": ready.gap}
            yield self.text("readiness.known", **params)

    def _groups(self) -> Table:
        table = new_table(self.text("table.group"))
        table.add_column("", overflow="fold", max_width=32)
        table.add_column(self.text("table.score"), no_wrap=True)
        numeric(table, self.text("table.number"), self.text("table.coverage"))
        for name, group in self.found.groups.items():
            title = in_language(self.framework.groups[name].title, self.language, name)
            coverage = None if group.coverage is None else round(group.coverage, 2)
            table.add_row(
                title,
                dot(group.score, group.low, group.high),
                self.words.number(group.score, 0),
                self.words.percent(coverage),
            )
        return table

    def _answers(self) -> Table:
        table = new_table()
        table.add_column(self.text("table.question"), overflow="fold", max_width=32)
        table.add_column(self.text("table.term"), no_wrap=True)
        numeric(table, self.text("table.number"))
        table.add_column(self.text("table.answer"), overflow="fold")
        silent = self._silent_groups()
        for name, one in self.found.indicators.items():
            if self.framework.indicators[name].group in silent:
                continue
            score = None if one.score is None else 100 * one.score
            term = self.text(f"term.{self.framework.horizon_of(name)}")
            row = (self._title(name), term, self.words.number(score, 0), self._answer(name, one))
            table.add_row(*row)
        for group, count in silent.items():
            title = in_language(self.framework.groups[group].title, self.language, group)
            table.add_row(title, "", self.words.number(None, 0), self.text("silent", count=count))
        if self.framework.purpose == "score":
            self._say_weights(table)
        return table

    def _silent_groups(self) -> Mapping[str, int]:
        """How many questions there are in each group of several that nobody answered at all."""
        groups: dict[str, list[IndicatorScore]] = {}
        for name, one in self.found.indicators.items():
            groups.setdefault(self.framework.indicators[name].group, []).append(one)
        return {
            group: len(found)
            for group, found in groups.items()
            if len(found) > 1 and all(one.status == "missing" for one in found)
        }

    def _say_weights(self, table: Table) -> None:
        """Whose weights they are, and how much more later impact counts."""
        multipliers = self.framework.multipliers
        table.caption = self.text(
            "caption",
            origin=self.text(f"origin.{self.framework.origin}"),
            **{
                horizon: self.words.number(getattr(multipliers, horizon))
                for horizon in ("short", "medium", "long")
            },
        )

    def _number(self, value: float, name: str | None) -> str:
        """A number with its unit; a share as a percentage."""
        if name == SHARE:
            return self.words.percent(value)
        unit = self.units.get(name or "")
        title = "" if unit is None else in_language(unit.title, self.language, unit.id)
        return f"{self.words.number(value)} {title}".strip()

    def _title(self, name: str) -> str:
        return in_language(self.framework.indicators[name].title, self.language, name)

    def _answer(self, name: str, one: IndicatorScore) -> str:
        """The answer in words: the level with its title, a number with its unit, or why none."""
        if one.status != "value" or one.value is None:
            return self.text(f"answer.{one.status}")
        indicator = self.framework.indicators[name]
        levels = self.frameworks.levels_of(indicator)
        if not levels:
            return self._number(one.value, indicator.unit)
        level = int(one.value)
        title = in_language(levels[level - 1].title, self.language)
        answer = self.text("answer.level", level=level, levels=len(levels), title=title)
        if one.spread:
            return self.text("answer.spread", answer=answer, spread=self.words.number(one.spread))
        return answer
