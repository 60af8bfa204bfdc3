"""Data gaps on screen: in sentences, and as two lists of which the top matters most."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.gaps import AnswerGap, EffectGap, Gaps
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.tables import new_table, numeric
from impactmonitor.report.words import Words


def gaps_screen(
    evaluation: Evaluation, gaps: Gaps, language: Language, draws: int = 0
) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor gaps`` shows.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    gaps : Gaps
        From ``gaps_of``.
    language : {"nl", "en"}
        The reader's language.
    draws : int
        Of the simulation behind what is worth knowing; 0 where there was none.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    told = _Told(evaluation, gaps, language)
    title = told.text("title", title=in_language(evaluation.case.title, language))
    yield Text(title, style="bold")
    yield Padding(Text(" ".join(told.sentences())), (0, 0, 1, 0))
    if gaps.effects:
        yield told.effects(draws)
    if gaps.answers:
        yield told.answers()


class _Told:
    """The gaps of one case with the words for them."""

    def __init__(self, evaluation: Evaluation, gaps: Gaps, language: Language) -> None:
        self.evaluation, self.gaps, self.language = evaluation, gaps, language
        self.words = Words(evaluation, language)

    def text(self, key: str, **params: object) -> str:
        """A text about gaps."""
        return messages.text(f"gaps.{key}", self.language, **params)

    def sentences(self) -> Iterator[str]:
        """How much is missing."""
        effects, answers = self.evaluation.case.effects, self.gaps.answers
        asked = sum(len(one.indicators) for one in self.evaluation.scores.values())
        if self.gaps.effects:
            yield self._of_effects(len(effects))
        elif effects:
            yield self.text("sentence.no_effect_gaps")
        if not self.evaluation.scores:
            yield self.text("sentence.no_answers")
        elif answers:
            open_ = sum("answer" in gap.missing for gap in answers)
            params = {"all": asked, "open": open_, "gaps": len(answers)}
            yield self.text("sentence.answers", **params)
        else:
            yield self.text("sentence.no_answer_gaps")
        if self.gaps.effects or answers:
            yield self.text("sentence.start")

    def _of_effects(self, count: int) -> str:
        """How many effects, and which part of the sizes of all effects in money."""
        params: dict[str, object] = {"gaps": len(self.gaps.effects), "all": count}
        sizes = {
            line.id: abs(line.present_value)
            for line in self.evaluation.line_results()
            if line.kind == "effect" and line.present_value is not None
        }
        whole = sum(sizes.values())
        if not whole:
            return self.text("sentence.effects_unpriced", **params)
        part = sum(sizes.get(gap.id, 0.0) for gap in self.gaps.effects) / whole
        return self.text("sentence.effects", share=self.words.percent(round(part, 2)), **params)

    def effects(self, draws: int) -> Table:
        """Effects, with what they are worth knowing where that was simulated."""
        currency = self.evaluation.case.currency
        table = new_table(self.text("table.effects", currency=currency))
        table.add_column(self.text("table.effect"), overflow="fold", max_width=30)
        numeric(table, self.text("table.value"))
        if draws:
            numeric(table, self.text("table.worth"))
        table.add_column(self.text("table.missing"), overflow="fold")
        for gap in self.gaps.effects:
            worth = [self._amount(gap.worth_knowing)] if draws else []
            row = (self.words.line(gap.id), self._amount(gap.present_value), *worth)
            table.add_row(*row, self._missing(gap))
        key = "caption.worth" if draws else "caption.effects"
        table.caption = self.text(key, currency=currency, draws=self.words.number(draws, 0))
        return table

    def _amount(self, value: float | None) -> str:
        return "–" if value is None else self.words.amount(value)

    def _missing(self, gap: EffectGap) -> str:
        names = ", ".join(self.words.actor(actor) for actor in gap.unconfirmed)
        params = {"names": names, "card": gap.card}
        return "; ".join(self.text(f"missing.{kind}", **params) for kind in gap.missing)

    def answers(self) -> Table:
        """Questions of frameworks."""
        table = new_table(self.text("table.answers"))
        table.add_column(self.text("table.question"), overflow="fold", max_width=32)
        table.add_column(self.text("table.framework"), overflow="fold", max_width=20)
        numeric(table, self.text("table.weight"))
        table.add_column(self.text("table.missing"), overflow="fold")
        for gap in self.gaps.answers:
            missing = "; ".join(self.text(f"answer_missing.{kind}") for kind in gap.missing)
            table.add_row(*self._titles(gap), self.words.number(gap.weight), missing)
        table.caption = self.text("caption.answers")
        return table

    def _titles(self, gap: AnswerGap) -> tuple[str, str]:
        """Of the indicator and of its framework."""
        frameworks = self.evaluation.appraised.resolved.frameworks
        assert frameworks is not None
        framework = frameworks.frameworks[gap.framework]
        title = in_language(framework.indicators[gap.indicator].title, self.language, gap.indicator)
        return title, in_language(framework.title, self.language, gap.framework)
