"""Whether amounts of a case would give away a count of so few people that it is not told."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.monitored import monitored
from impactmonitor.measuring.aggregating import Aggregation, in_periods
from impactmonitor.measuring.figures import Figure
from impactmonitor.measuring.selecting import View, of_subject, selected
from impactmonitor.measuring.suppression import SUPPRESS_UNDER
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.monitoring import Measure
from impactmonitor.model.periods import Period, period_of


def tells_of_few(case: Case, catalogue: Catalogue, period: int, view: View) -> bool:
    """Whether measured amounts of a period rest on a count of 1 to 4 people.

    Parameters
    ----------
    case : Case
        Whose effects were measured.
    catalogue : Catalogue
        In which its indicators are looked up.
    period : int
        Calendar year. Earlier years count too: what starts in a year may go on in later ones.
    view : {"restated", "first_reported"}
        Of restated measurements.

    Notes
    -----
    Prices and shares stand in the case and in the portfolio, so whoever knows an amount knows the
    count behind it.

    Examples
    --------
    >>> from impactmonitor import load_catalogue
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"people": {"kind": "citizen"}},
    ...     "effects": {"help": {"quantity": 9, "unit_value": 50, "falls_to": "people",
    ...                          "domain": "social", "measured_by": "helped", "lasts": 2}},
    ...     "monitoring": {"indicators": {"helped": {"measure": "flow"}}},
    ...     "measurements": [
    ...         {"indicator": "helped", "period": 2025, "value": 3, "status": "approved"},
    ...         {"indicator": "helped", "period": 2026, "value": 30, "status": "approved"}],
    ... })
    >>> [tells_of_few(case, load_catalogue(), year, "restated") for year in (2024, 2025, 2026)]
    [False, True, True]
    """
    indicators, _ = monitored(case, catalogue)
    monitoring, chosen = monitoring_of(case), selected(case.measurements, view)
    years = [year for y in range(case.base_year, period + 1) if (year := period_of(str(y)))]
    for name in _sources(case):
        indicator = indicators.get(name)
        if indicator is None or not indicator.counts_people:
            continue
        rule = Aggregation(indicator.measure, monitoring.cumulate_by, monitoring.periods)
        figures = in_periods(of_subject(chosen, name), rule, years)
        if any(0 < count < SUPPRESS_UNDER for count in _counts(figures, indicator.measure)):
            return True
    return False


def _sources(case: Case) -> set[str]:
    """The indicators by which effects are measured."""
    found = (effect.measured_by for effect in case.effects.values())
    return {each if isinstance(each, str) else each.indicator for each in found if each is not None}


def _counts(figures: dict[Period, Figure], measure: Measure) -> Iterator[float]:
    """Numbers of people that figures tell, year after year.

    Of a ratio those in it and those who are not; of a running count what came in each year.
    """
    before = 0.0
    for figure in figures.values():
        if measure == "ratio":
            if figure.numerator is not None and figure.denominator is not None:
                yield figure.numerator
                yield figure.denominator - figure.numerator
        elif figure.value is not None:
            yield figure.value - (before if measure == "cumulative" else 0.0)
            before = figure.value
