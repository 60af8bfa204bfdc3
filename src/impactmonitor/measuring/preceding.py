"""What is already known beside a figure that is asked for: its target, and the figure before it.

What is shown of people is what the tables of an indicator show (``people_tables``), so that
whoever lays a form beside an exported table learns no small number from the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Aggregation, reported_in
from impactmonitor.measuring.due import Question
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.people_tables import (
    TableCell,
    category_name,
    hidden_cells,
    tables,
)
from impactmonitor.measuring.selecting import of_subject, selected
from impactmonitor.measuring.targets import planned_by_period
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import RATE_FIELDS, Measurement
from impactmonitor.model.monitoring import Measure
from impactmonitor.model.periods import Period


@dataclass(frozen=True, slots=True)
class Preceding:
    """The last figure before the one that is asked for.

    Attributes
    ----------
    period : Period
        That it is about.
    figure : Figure or None
        None where it is about so few people that it is not shown.
    """

    period: Period
    figure: Figure | None


class History:
    """What was reported of one indicator or number of a line.

    Parameters
    ----------
    case : Case
        With its measurements.
    question : Question
        Any question about it.
    indicator : MonitoredIndicator or None
        None for a line.
    reporter : str or None
        Whose figures are shown; None for those of everybody together.
    """

    def __init__(
        self,
        case: Case,
        question: Question,
        indicator: MonitoredIndicator | None,
        reporter: str | None,
    ) -> None:
        monitoring = monitoring_of(case)
        measure: Measure = "ratio" if question.field in RATE_FIELDS else "flow"
        by = monitoring.cumulate_by
        self.rule = (
            Aggregation(measure, own=monitoring.periods)
            if indicator is None
            else Aggregation(indicator.measure, by, monitoring.periods)
        )
        self.indicator, self.reporter = indicator, reporter
        self.all = of_subject(case.measurements, question.of, question.field)
        self.records = selected(self.all)
        self.periods = reported_in(self.records, self.rule)
        self.tables = tables(self.records, self.rule, self.periods)
        self.hidden = frozenset[TableCell]()
        if indicator is not None and indicator.counts_people:
            cells = [record.cell for record in self.records if record.cell]
            under = monitoring.suppress_under
            self.hidden = hidden_cells(self.tables, self.periods, cells, under)

    def preceding(self, question: Question) -> Preceding | None:
        """The last figure of the same kind of period before it; None where there is none.

        Of a category the figure of one reporter is shown only where nobody else reported on it:
        the tables of an indicator tell categories and reporters apart, not both at once.
        """
        earlier = [p for p in self.periods
                   if p.kind == question.period.kind and p.last < question.period.last]  # fmt: skip
        for period in reversed(earlier):
            place = self._place(question, period)
            if place is not None and place in self.tables:
                figure = None if place in self.hidden else self.tables[place]
                return Preceding(period, figure)
        return None

    def _place(self, question: Question, period: Period) -> TableCell | None:
        if not question.cell:
            if self.reporter is None:
                return TableCell("all", "", period.name)
            return TableCell("reporter", self.reporter, period.name)
        others = {r.reporter for r in self.records if r.cell == question.cell} - {self.reporter}
        if self.reporter is not None and others:
            return None
        return TableCell("category", category_name(question.cell), period.name)

    def target(self, question: Question) -> float | None:
        """What is to be reached: of the reporter, else of everybody, else the stated end target."""
        same = [r.model_copy(update={"disaggregation": {}}) for r in self.all
                if r.cell == question.cell]  # fmt: skip
        own = [r for r in same if r.reporter == self.reporter]
        if self.reporter is None:
            return self._target(same, question)
        mine = planned_by_period(own, self.rule, "target").get(question.period)
        return mine if mine is not None else self._target(same, question)

    def _target(self, records: Sequence[Measurement], question: Question) -> float | None:
        found = planned_by_period(records, self.rule, "target").get(question.period)
        if found is not None or self.indicator is None or question.cell:
            return found
        is_end = self.indicator.target_period == question.period.name
        # that of a flow is a total over all periods
        return self.indicator.target if is_end and self.indicator.measure != "flow" else None
