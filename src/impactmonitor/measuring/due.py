"""Which figures are due in a period: what has to be reported, for which parts of it, by category.

What is due in a period is what ends in it (our rule): the year 2027 asks for the year and for its
quarters and months, its last quarter for the year as well, and any other quarter not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Cell
from impactmonitor.measuring.agreeing import combinations_of
from impactmonitor.measuring.selecting import of_subject
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import RATE_FIELDS, MeasuredField, Measurement
from impactmonitor.model.monitoring import Frequency, Monitoring
from impactmonitor.model.periods import Period, period_of

Form = Literal["value", "ratio", "either"]
"""What is filled in: a value, a numerator and a denominator, or one of the two."""

_PARTS_OF_A_YEAR: Mapping[Frequency, tuple[str, ...]] = {
    "year": ("",),
    "quarter": tuple(f"Q{i}" for i in range(1, 5)),
    "month": tuple(f"-{i:02}" for i in range(1, 13)),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A figure that is asked for.

    Attributes
    ----------
    of : str
        Id of an indicator, or path of a line such as ``effects.fewer-falls``.
    field : str or None
        Number of the line; None for an indicator.
    period : Period
        That the figure is about.
    cell : tuple
        Categories by dimension; empty for everybody together.
    form : {"value", "ratio", "either"}
        What is filled in.
    """

    of: str
    field: MeasuredField | None
    period: Period
    cell: Cell
    form: Form


def due(
    case: Case, indicators: Mapping[str, MonitoredIndicator], period: Period
) -> tuple[Question, ...]:
    """The figures that are due in a period.

    Parameters
    ----------
    case : Case
        With what was measured before. Of a line a number is asked for when it was measured
        before, or has a target; a quantity that an indicator measures is asked as that indicator.
    indicators : Mapping[str, MonitoredIndicator]
        As ``catalogue.monitored.monitored`` gives them; all of them are asked for.
    period : Period
        The year, quarter, month or own period that is reported.

    Returns
    -------
    tuple of Question
        Indicators first, then lines; of each the periods in their order, everybody together
        before the categories. Categories are asked for where they were reported before.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [{"line": "costs.work", "period": "2025Q4", "value": 40}],
    ... })
    >>> visits = MonitoredIndicator("visits", "flow")
    >>> [(q.of, q.period.name) for q in due(case, {"visits": visits}, period_of("2026Q4"))]
    [('visits', '2026'), ('costs.work', '2026Q4')]
    """
    monitoring = monitoring_of(case)
    found: list[Question] = []
    for name, one in indicators.items():
        records = of_subject(case.measurements, name)
        periods = periods_due(records, one.every, period, monitoring)
        form: Form = "ratio" if one.measure == "ratio" else "value"
        found += _questions((name, None, form), records, periods, monitoring)
    for name, field in lines_measured(case):
        records = of_subject(case.measurements, name, field)
        periods = periods_due(records, _usual(records, monitoring), period, monitoring)
        form = "either" if field in RATE_FIELDS else "value"
        found += _questions((name, field, form), records, periods, monitoring)
    return tuple(found)


def lines_measured(case: Case) -> list[tuple[str, MeasuredField]]:
    """The numbers of lines of which something was measured or is aimed at, in the case's order."""
    known = {(r.line, r.measured_field) for r in case.measurements}
    paths = [f"{section}.{name}" for section in ("costs", "effects", "transfers")
             for name in getattr(case, section)]  # fmt: skip
    fields: tuple[MeasuredField, ...] = (
        "quantity", "unit_value", "deadweight", "displacement", "attribution_to_others", "amount",
    )  # fmt: skip
    return [(path, field) for path in paths for field in fields if (path, field) in known]


def periods_due(
    records: Sequence[Measurement], every: Frequency, asked: Period, monitoring: Monitoring
) -> list[Period]:
    """The periods that end in another one and of which a figure is due.

    What was always reported by periods of the case's own is asked by those; what was never
    reported is asked about an own period when that is what is reported.

    Parameters
    ----------
    records : sequence of Measurement
        Of one indicator or number of a line, in any order.
    every : {"year", "quarter", "month"}
        How often it is due.
    asked : Period
        In which they end.
    monitoring : Monitoring
        With the periods of the case's own.

    Examples
    --------
    >>> quarter = period_of("2026Q4")
    >>> [p.name for p in periods_due([], "month", quarter, Monitoring())]
    ['2026-10', '2026-11', '2026-12']
    >>> periods_due([], "year", period_of("2026Q3"), Monitoring())
    []
    """
    own = {name: p for name in monitoring.periods if (p := period_of(name, monitoring.periods))}
    has_own = any(record.period in own for record in records)
    has_calendar = any(record.period not in own for record in records)
    found: list[Period] = []
    if has_own:
        found += [p for p in own.values() if _ends_in(p, asked)]
    elif asked.kind == "own" and not has_calendar:
        return [asked]
    if has_calendar or not has_own:
        found += [p for p in _calendar(every, asked) if _ends_in(p, asked)]
    return sorted(found)


def _ends_in(period: Period, asked: Period) -> bool:
    return asked.first <= period.last <= asked.last


def _calendar(every: Frequency, asked: Period) -> Iterator[Period]:
    for year in asked.years:
        for part in _PARTS_OF_A_YEAR[every]:
            period = period_of(f"{year}{part}")
            if period is not None:
                yield period


def _usual(records: Sequence[Measurement], monitoring: Monitoring) -> Frequency:
    """How often a line is reported: as its last figure by year, quarter or month was."""
    periods = [period_of(record.period, monitoring.periods) for record in records]
    known = [p for p in periods if p is not None and p.kind != "own"]
    kind = max(known).kind if known else "year"
    return "year" if kind == "own" else kind


def _questions(
    subject: tuple[str, MeasuredField | None, Form],
    records: Sequence[Measurement],
    periods: Sequence[Period],
    monitoring: Monitoring,
) -> Iterator[Question]:
    """Everybody together, and then every category of each breakdown that was reported before."""
    of, field, form = subject
    breakdowns = sorted({tuple(name for name, _ in record.cell) for record in records} - {()})
    for period in periods:
        # a share that is no numerator out of a denominator cannot be added up to that of a year
        whole: Form = "ratio" if form == "either" and not period.is_whole_year else form
        yield Question(of, field, period, (), whole)
        for names in breakdowns:
            part: Form = "ratio" if form == "either" else form
            for cell in combinations_of(names, monitoring.dimensions):
                yield Question(of, field, period, cell, part)
