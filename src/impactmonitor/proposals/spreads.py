"""What is usual in a batch, by median and median absolute deviation, and who is far from it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from impactmonitor.proposals.checked import Amount, Flag, Spread, Unjudged
from impactmonitor.proposals.judged import Judged
from impactmonitor.proposals.reached import PEOPLE_UNITS, REACHED, Reach
from impactmonitor.proposals.thresholds import Thresholds

COST, RATIO = "cost-per-person", "benefit-cost-ratio"

CONSISTENT = 0.6745
"""The median absolute deviation of a normal distribution with a standard deviation of 1."""


class Kind(NamedTuple):
    """What only is compared with its own kind.

    Attributes
    ----------
    check : str
        Which check compares it.
    unit, counts, currency : str
        Of people, which of them, and in which money; empty for a ratio.
    indicator : str
        Of the effect that weighs most; empty for proposals of every sort.
    """

    check: str
    unit: str = ""
    counts: str = ""
    currency: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of one case that is put beside the same of the others.

    Attributes
    ----------
    kinds : tuple of Kind
        With which others, those most like it first.
    value : float
        Above 0.
    path, line_id : str, str or None
        Where the applicant finds it.
    reach : Reach or None
        Whom the costs are divided over.
    """

    kinds: tuple[Kind, ...]
    value: float
    path: str
    line_id: str | None
    reach: Reach | None = None

    @property
    def check(self) -> str:
        """Which check compares it."""
        return self.kinds[0].check


def compared_figures(judged: Judged) -> Iterator[Compared]:
    """The figures of a case that are put beside those of the others.

    The costs are those of society, as a present value, over everybody who starts within the
    horizon; where a case reaches several groups, over the largest one.
    """
    evaluation = judged.evaluation
    case, costs = evaluation.case, evaluation.amount("costs")
    reach = largest_reach(judged)
    if reach is not None and costs > 0:
        kind = Kind(COST, reach.unit, reach.counts or "", case.currency)
        yield Compared(_narrowed(judged, kind), costs / reach.total, "costs", reach.effect, reach)
    ratio = evaluation.totals["benefit_cost_ratio"]
    if isinstance(ratio, float) and ratio > 0:
        path = "costs" if judged.largest is None else f"effects.{judged.largest}"
        yield Compared(_narrowed(judged, Kind(RATIO)), ratio, path, judged.largest)


def _narrowed(judged: Judged, kind: Kind) -> tuple[Kind, ...]:
    """Those with the same main effect before all others."""
    effects = judged.evaluation.case.effects
    indicator = None if judged.largest is None else effects[judged.largest].indicator
    return (kind,) if indicator is None else (kind._replace(indicator=indicator), kind)


def largest_reach(judged: Judged) -> Reach | None:
    """Of those who take part the largest group, else of those with whom an effect is seen.

    None where no effect says how many people there are, of a kind that others may have as well.
    """
    known = [one for one in judged.reaches if one.unit in PEOPLE_UNITS and one.total > 0]
    found = [one for one in known if one.counts == REACHED] or [one for one in known if one.counts]
    return max(found, key=lambda one: one.total) if found else None


def spread_of(kind: Kind, values: Sequence[float], limits: Thresholds) -> Spread:
    """What is usual among figures of one kind.

    Parameters
    ----------
    kind : Kind
        Of which figures.
    values : sequence of float
        Above 0, at least one.
    limits : Thresholds
        How many cases are needed, and what is far.

    Returns
    -------
    Spread
        Median, and the values from which on a case is far: on logarithms ``far`` robust standard
        deviations (median absolute deviation / 0.6745) from the median, and at least a factor
        ``far_factor``.

    Notes
    -----
    The modified z-score of Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers. A mean
    and a standard deviation would be pulled along by the very cases that are looked for.

    Examples
    --------
    >>> found = spread_of(Kind("cost-per-person", "person"), [80, 90, 100, 110, 125], Thresholds())
    >>> found.median, round(found.low), round(found.high)
    (100, 33, 300)
    """
    middle = median(values)
    if len(values) < limits.fewest_cases:
        return Spread(*kind, len(values), middle, None, None)
    logs = [math.log(value) for value in values]
    centre = median(logs)
    deviation = median(abs(each - centre) for each in logs) / CONSISTENT
    room = max(limits.far * deviation, math.log(limits.far_factor))
    low, high = math.exp(centre - room), math.exp(centre + room)
    return Spread(*kind, len(values), middle, low, high)


def spreads_of(figures: Sequence[Compared], limits: Thresholds) -> dict[Kind, Spread]:
    """What is usual, by kind."""
    values: dict[Kind, list[float]] = {}
    for one in figures:
        for kind in one.kinds:
            values.setdefault(kind, []).append(one.value)
    return {kind: spread_of(kind, found, limits) for kind, found in values.items()}


def far_from_the_batch(
    figures: Sequence[Compared], usual: Sequence[Compared], limits: Thresholds
) -> Iterator[Flag | Unjudged]:
    """Where a case is far from the others, and what cannot be said of it.

    Parameters
    ----------
    figures : sequence of Compared
        Of the case.
    usual : sequence of Compared
        Of all cases. The case itself is left out of what it is compared with: in a small batch it
        would make its own distance look usual.
    limits : Thresholds
        How many cases are needed, and what is far.

    Yields
    ------
    Flag or Unjudged
        A case is asked about when it is far from those most like it, or from all. A ratio of
        benefits to costs that is far below the others is nobody's exaggeration.
    """
    for one in figures:
        known = [_of_the_others(one, kind, usual, limits) for kind in one.kinds]
        far = next((each for each in known if is_far(one, each)), None)
        if far is not None:
            yield _far(one, far)
        elif all(each is None or each.high is None for each in known):
            count = sum(one.kinds[-1] in other.kinds for other in usual)
            yield Unjudged(one.check, "too-few", count, limits.fewest_cases)
    checks = {one.check for one in figures}
    if COST not in checks:
        yield Unjudged(COST, "no-reach")
    if RATIO not in checks:
        yield Unjudged(RATIO, "no-ratio")


def _of_the_others(
    one: Compared, kind: Kind, usual: Sequence[Compared], limits: Thresholds
) -> Spread | None:
    """What is usual among the other cases of a kind; None where there are none."""
    others = [other.value for other in usual if other is not one and kind in other.kinds]
    needed = replace(limits, fewest_cases=limits.fewest_cases - 1)
    return spread_of(kind, others, needed) if others else None


def is_far(one: Compared, usual: Spread | None) -> bool:
    """Whether a figure is far from what is usual, on the side that an appraiser asks about."""
    if usual is None or usual.low is None or usual.high is None:
        return False
    return one.value > usual.high or (one.check == COST and one.value < usual.low)


def _far(one: Compared, usual: Spread) -> Flag:
    currency = usual.currency
    given = Amount(one.value, "money" if currency else "ratio", currency)
    names = {"count": str(usual.count), "indicator": usual.indicator}
    if one.reach is not None:
        names |= {"unit": usual.unit, "people": repr(one.reach.total)}
    compared = (Amount(usual.median, given.kind, currency),)
    return Flag(one.check, one.path, given, compared, one.line_id, names=names)
