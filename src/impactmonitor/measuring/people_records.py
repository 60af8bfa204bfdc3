"""Which single records may not be exported, as they are about few people or give them away.

Records are finer than the tables of an indicator (``people_tables``): they tell reporters,
projects and categories apart all at once. That somebody reported on women only is enough to work
out a small number of another reporter from two totals, also without any figure. So the rule for
records is rougher, and ours: where in a period one record is small, or one cell of those tables is
hidden, no record about that period is exported at all; of a stock or a running count, whose figures
are part of later totals, then no record about any period. What can be worked out from
such a list and the tables together is then no more than what the tables alone tell, and these hide
what is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.aggregating import Aggregation, reported_in
from impactmonitor.measuring.people_tables import ALL_PERIODS, hidden_cells, tables
from impactmonitor.measuring.selecting import View, of_subject, selected
from impactmonitor.measuring.suppression import is_small
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Monitoring
from impactmonitor.model.periods import Period, period_of

_VIEWS: tuple[View, ...] = ("restated", "first_reported")


def hidden_records(case: Case, indicators: Mapping[str, MonitoredIndicator]) -> frozenset[int]:
    """The places of the records that may not be exported.

    Parameters
    ----------
    case : Case
        With its measurements, of any status.
    indicators : Mapping[str, MonitoredIndicator]
        As ``catalogue.monitored.monitored`` gives them; only those that count people matter.

    Returns
    -------
    frozenset of int
        Places in ``case.measurements``.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [{"indicator": "helped", "period": period, "value": value,
    ...                       "reporter": name, "status": "approved"}
    ...                      for period, name, value in [("2025", "Anna", 30), ("2026", "B", 40)]],
    ... })
    >>> helped = MonitoredIndicator("helped", "flow")
    >>> sorted(hidden_records(case, {"helped": helped}))
    []
    >>> few = case.measurements[0].model_copy(update={"value": 3})
    >>> case = case.model_copy(update={"measurements": (few, case.measurements[1])})
    >>> sorted(hidden_records(case, {"helped": helped}))
    [0, 1]
    """
    monitoring = monitoring_of(case)
    found: set[int] = set()
    for name, indicator in indicators.items():
        if not indicator.counts_people:
            continue
        places = [i for i, r in enumerate(case.measurements) if r.indicator == name]
        records = of_subject(case.measurements, name)
        rule = Aggregation(indicator.measure, monitoring.cumulate_by, monitoring.periods)
        closed = _closed_periods(records, rule, monitoring)
        found |= {i for i in places if _is_in(case.measurements[i], closed, monitoring)}
    return frozenset(found)


def _closed_periods(
    records: Sequence[Measurement], rule: Aggregation, monitoring: Monitoring
) -> list[Period]:
    """The periods about which no record is exported."""
    own, under = monitoring.periods, monitoring.suppress_under
    names = {r.period for r in records if _is_small(r, under)}
    for view in _VIEWS:
        chosen = selected(records, view)
        periods = reported_in(chosen, rule)
        cells = [record.cell for record in chosen if record.cell]
        hidden = hidden_cells(tables(chosen, rule, periods), periods, cells, under)
        if any(cell.period == ALL_PERIODS for cell in hidden):  # it is a sum over all of them
            names |= {period.name for period in periods}
        names |= {cell.period for cell in hidden} - {ALL_PERIODS}
    if rule.stands and names:  # a figure of any period may still be part of a later total
        names |= {record.period for record in records}
    return [p for name in names if (p := period_of(name, own)) is not None]


def _is_small(record: Measurement, under: int) -> bool:
    counts = [record.value, record.numerator, record.denominator, record.baseline]
    if record.numerator is not None and record.denominator is not None:
        counts.append(record.denominator - record.numerator)
    return any(is_small(count, under) for count in counts if count is not None)


def _is_in(record: Measurement, closed: Iterable[Period], monitoring: Monitoring) -> bool:
    period = period_of(record.period, monitoring.periods)
    return period is None or any(period.overlaps(one) for one in closed)
