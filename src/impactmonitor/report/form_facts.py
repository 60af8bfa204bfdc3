"""What a form shows beside each question: its title and unit, the plan or target, and last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor import messages
from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.workbook.words import word
from impactmonitor.measuring.due import Question
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.preceding import History
from impactmonitor.messages import Language
from impactmonitor.model.lines import Effect
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import RATE_FIELDS
from impactmonitor.model.periods import Period
from impactmonitor.model.record import in_language
from impactmonitor.report.formatting import number
from impactmonitor.tracking.expecting import expected_figures, expected_rate

_USUAL = frozenset({"quantity", "amount"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a form says about a figure before it is filled in.

    Attributes
    ----------
    title, category, unit : str
        In the reader's words.
    target, before : float or str or None
        What was planned or is to be reached, and what it was last time; a text where it is no
        plain number: so many of so many, or too few people to show.
    before_period : str or None
        When last time was.
    is_share : bool
        Whether the figures are parts of a whole.
    project : str or None
        Of the reporter, where there is only one.
    """

    title: str
    category: str
    unit: str
    target: float | str | None
    before: float | str | None
    before_period: str | None
    is_share: bool
    project: str | None


class Facts:
    """Looks up what is known of the figures of a case.

    Parameters
    ----------
    result : Evaluation
        Of the plan.
    indicators : Mapping[str, MonitoredIndicator]
        That are followed.
    language : {"nl", "en"}
        Of all words.
    reporter : str or None
        Whose figures are shown.
    """

    def __init__(
        self,
        result: Evaluation,
        indicators: Mapping[str, MonitoredIndicator],
        language: Language,
        reporter: str | None,
    ) -> None:
        self.result, self.case = result, result.case
        self.indicators, self.language, self.reporter = indicators, language, reporter
        self.monitoring = monitoring_of(self.case)
        self.expected = expected_figures(result.appraised)
        self._histories: dict[tuple[str, str | None], History] = {}

    def known(self, question: Question) -> Known:
        """What is known of a figure."""
        history = self._history(question)
        last = history.preceding(question)
        indicator = self.indicators.get(question.of)
        is_ratio = indicator is not None and indicator.measure == "ratio"
        is_share = is_ratio or question.field in RATE_FIELDS - {"unit_value"}
        before: float | str | None = None
        if last is not None:
            before = self._shown(last.figure)
        mine = [r for r in history.all if self.reporter in (None, r.reporter)]
        projects = {record.project for record in mine}
        return Known(
            self._title(question),
            self._category(question),
            self._unit(question, is_share),
            self._target(question, history),
            before,
            None if last is None else last.period.name,
            is_share,
            projects.pop() if len(projects) == 1 else None,
        )

    def name_of(self, period: Period) -> str:
        """A period as people call it."""
        own = self.monitoring.periods.get(period.name)
        title = in_language(own.title, self.language) if own is not None else ""
        return f"{title} ({period.name})" if title else period.name

    def _text(self, key: str, **params: object) -> str:
        return messages.text(f"update.form.{key}", self.language, **params)

    def _history(self, question: Question) -> History:
        key = (question.of, question.field)
        if key not in self._histories:
            indicator = self.indicators.get(question.of) if question.field is None else None
            self._histories[key] = History(self.case, question, indicator, self.reporter)
        return self._histories[key]

    def _title(self, question: Question) -> str:
        if question.field is None:
            return in_language(self.indicators[question.of].title, self.language, question.of)
        section, _, name = question.of.partition(".")
        title = in_language(getattr(self.case, section)[name].title, self.language, name)
        if question.field in _USUAL:
            return title
        return f"{title}: {word('measured_fields', question.field, self.language)}"

    def _category(self, question: Question) -> str:
        if not question.cell:
            return self._text("everybody")
        words = []
        for dimension, category in question.cell:
            known = self.monitoring.dimensions[dimension].categories[category]
            words.append(in_language(known.title, self.language, category))
        return ", ".join(words)

    def _unit(self, question: Question, is_share: bool) -> str:
        if is_share:
            return self._text("share")
        if question.field is None:
            return self.indicators[question.of].unit or ""
        section, _, name = question.of.partition(".")
        line = getattr(self.case, section)[name]
        if question.field == "quantity":
            return (line.unit if isinstance(line, Effect) else None) or ""
        return line.currency or self.case.currency

    def _target(self, question: Question, history: History) -> float | str | None:
        """The target of the period, else the plan of the year."""
        target = history.target(question)
        if target is not None or question.field is None or question.cell:
            return target
        year = question.period.last.year
        key = (question.of, question.field)
        planned = self.expected.get(key, {}).get(year)
        if question.field not in _USUAL:
            planned = expected_rate(self.result.appraised, *key, year)
        elif planned is None and key in self.expected:
            planned = 0.0
        if planned is None or question.period.is_whole_year or question.field not in _USUAL:
            return planned
        return self._text("in_year", value=number(planned, self.language), year=year)

    def _shown(self, figure: Figure | None) -> float | str | None:
        if figure is None:
            return self._text("hidden")
        if figure.numerator is None or figure.denominator is None:
            return figure.value
        parts = {"numerator": number(figure.numerator, self.language),
                 "denominator": number(figure.denominator, self.language)}  # fmt: skip
        return self._text("ratio", **parts)
