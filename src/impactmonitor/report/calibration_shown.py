"""How good forecasts were, as it may be shown: without outcomes that are small numbers of people.

An average tells what the last of its numbers is to who knows the others. What is hidden therefore
counts in no average either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.monitored import monitored
from impactmonitor.measuring.suppression import is_small
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.lines import measured_by_of
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import Problem
from impactmonitor.report.document import problem_list
from impactmonitor.report.followed import Followed, followed
from impactmonitor.tracking.calibrating import Calibration, Judged, Score, scored
from impactmonitor.tracking.gathering import latest, named_period


@dataclass(frozen=True)
class ShownCalibration:
    """How good forecasts were, of which everything may be shown.

    Attributes
    ----------
    judged : tuple of Judged
        Every forecast with its outcome, without the hidden ones.
    overall : Score
        Of those.
    by_evidence : Mapping[str, Score]
        By kind of evidence.
    open, hidden : int
        Forecasts of which the outcome is not known, and of which it is hidden.
    warnings : tuple of Problem
    """

    judged: tuple[Judged, ...]
    overall: Score
    by_evidence: Mapping[str, Score]
    open: int
    hidden: int
    warnings: tuple[Problem, ...]


def shown_calibration(
    found: Calibration, cases: Iterable[Case], catalogue: Catalogue
) -> ShownCalibration:
    """What may be shown of a calibration.

    Parameters
    ----------
    found : Calibration
    cases : iterable of Case
        From which it was made.
    catalogue : Catalogue
        With which it was made.
    """
    by_id: dict[str, list[Callable[[Judged], bool]]] = {}
    for case in cases:
        by_id.setdefault(case.id, []).append(_hiding(case, catalogue))
    shown = tuple(
        one for one in found.judged if not any(hides(one) for hides in by_id.get(one.case, ()))
    )
    by_evidence = {kind: scored([one for one in shown if one.evidence == kind])
                   for kind in found.by_evidence}  # fmt: skip
    return ShownCalibration(
        shown,
        scored(shown),
        FrozenDict({kind: score for kind, score in by_evidence.items() if score.count}),
        found.open,
        len(found.judged) - len(shown),
        found.warnings,
    )


def _hiding(case: Case, catalogue: Catalogue) -> Callable[[Judged], bool]:
    """Which outcomes of a case are hidden."""
    last = latest(case)
    if last is None:
        return lambda one: False
    indicators = followed(case, monitored(case, catalogue)[0], last)
    under = monitoring_of(case).suppress_under

    def hides(one: Judged) -> bool:
        if one.forecast.line is None:
            return _hides_indicator(indicators.get(one.of), one, under)
        section, _, name = one.of.partition(".")
        effect = case.effects.get(name) if section == "effects" else None
        if (
            effect is None
            or effect.measured_by is None
            or one.forecast.field
            not in (
                None,
                "quantity",
            )
        ):
            return False
        measured = indicators.get(measured_by_of(effect.measured_by).indicator)
        years = named_period(case, one.forecast.period).years
        return measured is not None and any(year in measured.hidden_years for year in years)

    return hides


def _hides_indicator(indicator: Followed | None, one: Judged, under: int) -> bool:
    """A small number of people, and every period whose figure would tell one."""
    if indicator is None or not indicator.indicator.counts_people:
        return False
    if indicator.indicator.measure != "ratio" and is_small(one.measured, under):
        return True
    periods = {shown.period: shown.is_suppressed for shown in indicator.periods}
    return periods.get(one.forecast.period, indicator.is_suppressed)


def calibration_document(shown: ShownCalibration, language: Language = "en") -> dict[str, Any]:
    """How good forecasts were, as one object of plain values.

    Parameters
    ----------
    shown : ShownCalibration
    language : {"nl", "en"}
        Of the messages.

    Returns
    -------
    dict
        As ``impactmonitor calibration FOLDER --json`` prints it; shares and biases that do not
        exist are None.

    Examples
    --------
    >>> from impactmonitor import load_catalogue
    >>> from impactmonitor.tracking import calibration
    >>> shown = shown_calibration(calibration([]), [], load_catalogue())
    >>> calibration_document(shown)["overall"]["count"]
    0
    """
    return {
        "overall": _score(shown.overall, shown.judged),
        "by_evidence": {
            kind: _score(score, [one for one in shown.judged if one.evidence == kind])
            for kind, score in shown.by_evidence.items()
        },
        "open": shown.open,
        "suppressed": shown.hidden,
        "judged": [
            {
                "case": one.case,
                "of": one.of,
                "field": one.forecast.field,
                "period": one.forecast.period,
                "made": one.forecast.made.isoformat(),
                "evidence": one.evidence,
                "mean": one.forecast.mean,
                "p05": one.forecast.p05,
                "p95": one.forecast.p95,
                "measured": one.measured,
                "is_inside": one.is_inside,
                "bias": one.bias,
            }
            for one in shown.judged
        ],
        "warnings": problem_list(shown.warnings, language),
    }


def _score(score: Score, judged: Sequence[Judged]) -> dict[str, Any]:
    return {
        "count": score.count,
        "inside": score.inside,
        "cases": len({one.case for one in judged}),
        "share": score.share,
        "low": score.low,
        "high": score.high,
        "mean_bias": score.mean_bias,
        "median_bias": score.median_bias,
    }
