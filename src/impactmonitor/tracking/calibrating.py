"""Calibration: how good forecasts were, over cases and years, by the kind of evidence behind them.

A forecast says between which figures nine out of ten outcomes lie. Where it is sound, about nine
out of ten of what was measured afterwards do. A forecast made after its period ended is none. Of
several forecasts of the same figure the last one made before the period began counts, or else
the first one made in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import get_args

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.model.case import Case
from impactmonitor.model.lines import Evidence
from impactmonitor.model.monitoring import Forecast
from impactmonitor.model.periods import Period
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import Problem
from impactmonitor.tracking.forecast_outcomes import outcomes_of

COVERAGE = 0.95
NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class Judged:
    """One forecast beside what was measured.

    Attributes
    ----------
    case, of : str
        Id of the case; indicator or path of a line.
    forecast : Forecast
    measured : float
    evidence : str
        The kind of evidence behind the forecast, or ``not-stated``.
    """

    case: str
    of: str
    forecast: Forecast
    measured: float
    evidence: str

    @property
    def is_inside(self) -> bool:
        """Whether what was measured lies in the 90 % range of the forecast, bounds included."""
        return self.forecast.p05 <= self.measured <= self.forecast.p95

    @property
    def bias(self) -> float | None:
        """(measured - mean) ÷ |mean|; None where the mean is 0."""
        mean = self.forecast.mean
        return (self.measured - mean) / abs(mean) if mean else None


@dataclass(frozen=True, slots=True)
class Score:
    """How good some forecasts were.

    Attributes
    ----------
    count, inside : int
        How many forecasts, and of how many the measured figure lies in the 90 % range.
    share, low, high : float or None
        That share with its exact 95 % interval; None without any forecast.
    mean_bias, median_bias : float or None
        Of (measured - mean) ÷ |mean|, over forecasts with a mean other than 0; None without any.
        Below 0: less came of it than was expected.
    """

    count: int
    inside: int
    share: float | None
    low: float | None
    high: float | None
    mean_bias: float | None
    median_bias: float | None


@dataclass(frozen=True)
class Calibration:
    """How good forecasts were.

    Attributes
    ----------
    judged : tuple of Judged
        Every forecast of which the outcome is known.
    overall : Score
    by_evidence : Mapping[str, Score]
        Strongest kind first, ``not-stated`` last; only those that occur.
    open : int
        Forecasts of which the outcome is not known yet.
    warnings : tuple of Problem
        Forecasts that were made after their period.
    """

    judged: tuple[Judged, ...]
    overall: Score
    by_evidence: Mapping[str, Score]
    open: int
    warnings: tuple[Problem, ...]


def calibration(cases: Iterable[Case], catalogue: Catalogue | None = None) -> Calibration:
    """How often what was measured lay in the range that was forecast, and how large the bias was.

    Parameters
    ----------
    cases : iterable of Case
        With forecasts that were kept (``monitoring.forecasts``) and measurements.
    catalogue : Catalogue, optional
        By default the one that comes with the package.

    Returns
    -------
    Calibration
        In whatever order the cases come.

    Raises
    ------
    InvalidInput
        What ``catalogue.monitored`` finds.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "years": 2, "paid_by": "city"}},
    ...     "monitoring": {"forecasts": [
    ...         {"line": "costs.work", "period": period, "made": "2024-12-01", "mean": 100,
    ...          "p05": 90, "p95": 110, "evidence": "expert"} for period in (2025, 2026)]},
    ...     "measurements": [
    ...         {"line": "costs.work", "period": 2025, "value": 120, "status": "approved"}],
    ... })
    >>> found = calibration([case])
    >>> found.overall.count, found.overall.inside, found.overall.mean_bias, found.open
    (1, 0, 0.2, 1)
    """
    catalogue = catalogue if catalogue is not None else load_catalogue()
    judged: list[Judged] = []
    warnings: list[Problem] = []
    unknown = 0
    for case in sorted(cases, key=lambda one: one.id):
        chosen, late = _chosen(case, catalogue)
        warnings += late
        for forecast, measured in chosen:
            if measured is None:
                unknown += 1
            else:
                evidence = forecast.evidence or NOT_STATED
                judged.append(Judged(case.id, forecast.of, forecast, measured, evidence))
    kinds = [kind for kind in (*get_args(Evidence), NOT_STATED)
             if any(one.evidence == kind for one in judged)]  # fmt: skip
    by_evidence = {kind: scored([one for one in judged if one.evidence == kind]) for kind in kinds}
    return Calibration(
        tuple(judged), scored(judged), FrozenDict(by_evidence), unknown, tuple(warnings)
    )


def _chosen(
    case: Case, catalogue: Catalogue
) -> tuple[list[tuple[Forecast, float | None]], list[Problem]]:
    """The forecast of each figure that counts, with its outcome; and those that are none."""
    found: dict[tuple[str, str | None, Period], list[tuple[Forecast, float | None]]] = {}
    late = []
    for i, (forecast, period, measured) in enumerate(outcomes_of(case, catalogue)):
        if forecast.made > period.last:
            path = f"monitoring.forecasts.{i}.made"
            params = {"case": case.id, "last": period.last.isoformat()}
            late.append(Problem("forecast-after-its-period", path, params, severity="warning"))
        else:
            key = (forecast.of, forecast.field, period)
            found.setdefault(key, []).append((forecast, measured))
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or "", item[0][2]))
    return [_last_before(key[2], several) for key, several in ordered], late


def _last_before(
    period: Period, several: Sequence[tuple[Forecast, float | None]]
) -> tuple[Forecast, float | None]:
    before = [one for one in several if one[0].made < period.first]
    return max(before, key=_moment) if before else min(several, key=_moment)


def _moment(one: tuple[Forecast, float | None]) -> tuple[date, float, float, float]:
    forecast = one[0]
    return forecast.made, forecast.mean, forecast.p05, forecast.p95


def scored(judged: Sequence[Judged]) -> Score:
    """How good some forecasts were.

    Parameters
    ----------
    judged : sequence of Judged
        None of them gives a score without a share.
    """
    inside = sum(one.is_inside for one in judged)
    low, high = binomial_interval(inside, len(judged)) if judged else (None, None)
    biases = [one.bias for one in judged if one.bias is not None]
    return Score(
        len(judged),
        inside,
        inside / len(judged) if judged else None,
        low,
        high,
        fmean(biases) if biases else None,
        median(biases) if biases else None,
    )


def binomial_interval(events: int, count: int, coverage: float = COVERAGE) -> tuple[float, float]:
    """The exact interval of a share.

    Parameters
    ----------
    events, count : int
        How many of how many, 0 <= events <= count and count above 0.
    coverage : float
        Between 0 and 1.

    Returns
    -------
    low, high : float
        0 where nothing, and 1 where everything happened.

    Notes
    -----
    C.J. Clopper and E.S. Pearson (1934), *The use of confidence or fiducial limits illustrated in
    the case of the binomial*, Biometrika 26(4), 404-413: quantiles of beta(events,
    count - events + 1) and beta(events + 1, count - events). It never covers less than it says.

    Examples
    --------
    >>> [round(bound, 4) for bound in binomial_interval(8, 10)]
    [0.4439, 0.9748]
    """
    from scipy.stats import beta

    tail = (1.0 - coverage) / 2
    low = float(beta.ppf(tail, events, count - events + 1)) if events > 0 else 0.0
    high = float(beta.ppf(1 - tail, events + 1, count - events)) if events < count else 1.0
    return low, high
