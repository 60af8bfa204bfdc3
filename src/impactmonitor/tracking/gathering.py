"""What was measured of a case up to a period, gathered from its records."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.monitored import monitored
from impactmonitor.measuring.aggregating import Aggregation, in_periods
from impactmonitor.measuring.selecting import View, of_subject, selected, up_to
from impactmonitor.measuring.yearly import IncompleteYear, yearly_figures
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.periods import Period, period_of
from impactmonitor.model.realised import SHARES_OFF
from impactmonitor.problems import InvalidInput, Problem, errors, nearest
from impactmonitor.tracking.measured_case import Figures
from impactmonitor.tracking.reforecast import MeasuredCounts


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was measured up to a period.

    Attributes
    ----------
    as_of : str
        The name of the period.
    last_year : int
        The last calendar year that is complete at its end.
    figures : Figures
        By line and field, of every year that was measured completely.
    counts : MeasuredCounts
        Of shares: so many of how many, over those years.
    incomplete : tuple of IncompleteYear
        Years of which a part was not reported; they do not count.
    """

    as_of: str
    last_year: int
    figures: Figures
    counts: MeasuredCounts
    incomplete: tuple[IncompleteYear, ...]


def gathered(
    case: Case, catalogue: Catalogue, as_of: str | None = None, view: View = "restated"
) -> Gathered:
    """What was measured of a case, by complete year.

    Parameters
    ----------
    case : Case
        That keeps its rules; with its effect cards filled in.
    catalogue : Catalogue
        Where its indicators are looked up.
    as_of : str, optional
        A period; by default the last year that was measured completely.
    view : {"restated", "first_reported"}
        What is known now, or what was reported first.

    Raises
    ------
    InvalidInput
        ``unknown-period``; ``nothing-to-track`` where no year was measured completely and no
        period is given; what ``catalogue.monitored`` finds.
    """
    indicators, problems = monitored(case, catalogue)
    if any(errors(problems)):
        raise InvalidInput(problems)
    period = latest(case) if as_of is None else named_period(case, as_of)
    if period is None:
        raise InvalidInput([Problem("nothing-to-track", "measurements")])
    found = yearly_figures(case, indicators, period, view)
    last = last_complete_year(period)
    if as_of is None:
        years = [year for yearly in found.figures.values() for year in yearly]
        if not years:
            raise InvalidInput([Problem("nothing-to-track", "measurements")])
        last = max(years)
    counts = _counts(case, found.figures, period, view, last)
    name = str(last) if as_of is None else period.name
    return Gathered(name, last, found.figures, counts, found.incomplete)


def named_period(case: Case, name: str) -> Period:
    """The period with a name, of the calendar or of the case.

    Raises
    ------
    InvalidInput
        ``unknown-period``.
    """
    own = monitoring_of(case).periods
    period = period_of(name, own)
    if period is None:
        params = {"id": name, "nearest": nearest(name, own)}
        raise InvalidInput([Problem("unknown-period", "as_of", params)])
    return period


def last_complete_year(period: Period) -> int:
    """The last calendar year that is complete at the end of a period.

    Examples
    --------
    >>> [last_complete_year(period_of(name)) for name in ("2027", "2027Q3", "2027Q4", "2027-12")]
    [2027, 2026, 2027, 2027]
    """
    last = period.last
    return last.year if (last.month, last.day) == (12, 31) else last.year - 1


def latest(case: Case) -> Period | None:
    """The last period of which something approved was reported."""
    own = monitoring_of(case).periods
    found = (period_of(record.period, own) for record in selected(case.measurements))
    return max((period for period in found if period is not None), default=None)


def _counts(
    case: Case, figures: Figures, period: Period, view: View, last_year: int
) -> dict[tuple[str, str], tuple[float, float]]:
    """Numerators and denominators of the shares of effects, over the years that count."""
    own = monitoring_of(case).periods
    chosen = up_to(selected(case.measurements, view), period, own)
    found = {}
    for (path, name), yearly in figures.items():
        if name not in SHARES_OFF:
            continue
        years = [period_of(str(y)) for y in yearly if case.base_year <= y <= last_year]
        records = of_subject(chosen, path, name)
        rule = Aggregation("ratio", own=own)
        parts = in_periods(records, rule, (y for y in years if y is not None)).values()
        events = fsum(one.numerator or 0.0 for one in parts)
        found[path, name] = (events, fsum(one.denominator or 0.0 for one in parts))
    return found
