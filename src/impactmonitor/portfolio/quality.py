"""How good the data of a whole portfolio are: measured, confirmed, and on what evidence.

Every share is by size: a large amount counts for more than a small one, and a harm for as much as a
gain. Only the part of the fund counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from impactmonitor.model.lines import Evidence
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.ledger import of_basis
from impactmonitor.portfolio.results import CaseResult, HoldingResult, PortfolioResult
from impactmonitor.portfolio.rows import Row

NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class FundQuality:
    """How good the data of a portfolio are in one period.

    Attributes
    ----------
    measured_share : float or None
        Of the amounts of the year, by size, which part rests on what was measured; for the rest
        the plan stands in its place. None where there are no amounts.
    confirmed_share : float or None
        Of the benefits over the whole life, which part those who gain have confirmed. None where
        there are none.
    evidence : Mapping[str, float]
        Of the effects in money over the whole life, by size, which part rests on which strength of
        evidence; together 1, empty where there are none.
    measured, unmeasured, without_result : tuple of str
        Holdings of which something of the year was measured, of which nothing was, and that are in
        no total.
    """

    measured_share: float | None
    confirmed_share: float | None
    evidence: Mapping[str, float]
    measured: tuple[str, ...]
    unmeasured: tuple[str, ...]
    without_result: tuple[str, ...]


def fund_quality(result: PortfolioResult) -> FundQuality:
    """How good the data of a portfolio are.

    Parameters
    ----------
    result : PortfolioResult
        Of one period.

    Returns
    -------
    FundQuality
        Over the holdings that the fund has at the end of the period.
    """
    counted = [one for one in result.held if one.period is not None and one.case is not None]
    known = {one.id for one in counted}
    return FundQuality(
        _measured(of_basis(result.rows, "period")),
        _confirmed(result.held),
        FrozenDict(_evidence(result.held)),
        tuple(one.id for one in counted if one.case is not None and one.case.is_measured),
        tuple(one.id for one in counted if one.case is not None and not one.case.is_measured),
        tuple(one.id for one in result.held if one.id not in known),
    )


def _measured(rows: Iterable[Row]) -> float | None:
    sizes = [(abs(x), row.is_measured) for row in rows if (x := row.attributed) is not None]
    whole = math.fsum(size for size, _ in sizes)
    part = math.fsum(size for size, is_measured in sizes if is_measured)
    return part / whole if whole > 0 else None


def _weighed(held: Iterable[HoldingResult]) -> Iterable[tuple[CaseResult, float]]:
    """Every case that counts, with what brings its present values to the part of the fund."""
    for one in held:
        share = one.share.commitment_share
        if one.case is not None and one.lifetime is not None and share is not None:
            yield one.case, one.case.conversion.present_values * share


def _confirmed(held: Iterable[HoldingResult]) -> float | None:
    pairs: list[tuple[float, float]] = []
    for case, factor in _weighed(held):
        society = case.evaluation.by_perspective["society"]
        pairs.append((society.benefits_confirmed * factor, society.benefits * factor))
    whole = math.fsum(benefits for _, benefits in pairs)
    return math.fsum(confirmed for confirmed, _ in pairs) / whole if whole > 0 else None


def _evidence(held: Iterable[HoldingResult]) -> dict[str, float]:
    parts: dict[str, list[float]] = {}
    for case, factor in _weighed(held):
        for grade, size in case.evaluation.evidence_results().items():
            parts.setdefault(grade, []).append(size * factor)
    sums = {grade: math.fsum(each) for grade, each in parts.items()}
    whole = math.fsum(sums.values())
    ladder = (*get_args(Evidence), NOT_STATED)
    return {grade: sums[grade] / whole for grade in ladder if grade in sums} if whole > 0 else {}
