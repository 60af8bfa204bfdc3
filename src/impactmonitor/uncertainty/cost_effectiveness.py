"""Incremental cost-effectiveness: which options are worth considering, and what a step costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.uncertainty.drawn import draws_by_options, same_shape, vector

Status = Literal["frontier", "extendedly-dominated", "dominated"]
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class IncrementalCostEffectiveness:
    """One option among others: what it costs, what it does, and whether to consider it.

    Attributes
    ----------
    option : int
        Column of the costs and effects that came in, counted from 0.
    cost, effect : float
        Expected values.
    status : {"frontier", "extendedly-dominated", "dominated"}
        On the frontier: the best one at some amount of money per unit of effect. Dominated:
        another option costs no more and does no less, and is better in one of the two, or is the
        same and comes before. Extendedly dominated: two others, mixed, do as much for less.
    compared_with : int or None
        The option before it on the frontier; None for the first and for options not on it.
    ratio : float or None
        Cost of each extra unit of effect when going over from `compared_with` (ICER); above 0.
    equal_to : int or None
        For a dominated option: the first option with exactly the same cost and effect, if any.
        Such an option is as good as that one, whose status it would have had by itself.
    """

    option: int
    cost: float
    effect: float
    status: Status
    compared_with: int | None = None
    ratio: float | None = None
    equal_to: int | None = None


def incremental_cost_effectiveness(
    costs: ArrayLike, effects: ArrayLike
) -> tuple[IncrementalCostEffectiveness, ...]:
    """Options in order, with incremental cost-effectiveness ratios along the frontier.

    A ratio is a ratio of expected values, never the expected value of ratios.

    Parameters
    ----------
    costs, effects : array_like, shape (options,) or (draws, options)
        Expected values, or draws of which the means are taken. Costs are positive, savings
        negative; more effect is better, and effects may be negative.

    Returns
    -------
    tuple of IncrementalCostEffectiveness
        The frontier by cost, then extendedly dominated options by cost, then dominated options by
        cost; of equal cost the most effective first, and equal options as they came in. An option
        on the straight line between two of the frontier (but for rounding) is on the frontier.

    Raises
    ------
    ValueError
        If shapes differ or are others, if there is no option, or if a number is not finite.

    Examples
    --------
    >>> for found in incremental_cost_effectiveness([0, 90, 100, 110], [0, 4, 10, 9]):
    ...     print(found.option, found.status, found.ratio)
    0 frontier None
    2 frontier 10.0
    1 extendedly-dominated None
    3 dominated None
    """
    same_shape(np.asarray(costs), np.asarray(effects))
    # adding 0 turns -0 into 0: they are the same cost
    cost = [mean + 0.0 for mean in _means("costs", costs)]
    effect = [mean + 0.0 for mean in _means("effects", effects)]
    order = sorted(range(len(cost)), key=lambda option: (cost[option], -effect[option]))
    efficient = _undominated(order, effect)
    frontier = _frontier(efficient, cost, effect)
    bent = [option for option in efficient if option not in frontier]
    rest = [option for option in order if option not in efficient]
    first: dict[tuple[float, float], int] = {}
    for option in order:
        first.setdefault((cost[option], effect[option]), option)

    def found(
        option: int, status: Status, before: int | None = None
    ) -> IncrementalCostEffectiveness:
        same = first[cost[option], effect[option]]
        return IncrementalCostEffectiveness(
            option,
            cost[option],
            effect[option],
            status,
            before,
            None if before is None else _ratio(before, option, cost, effect),
            None if same == option else same,
        )

    steps = zip([None, *frontier], frontier, strict=False)
    return (
        *(found(option, "frontier", before) for before, option in steps),
        *(found(option, "extendedly-dominated") for option in bent),
        *(found(option, "dominated") for option in rest),
    )


def _means(name: str, values: ArrayLike) -> list[float]:
    """Expected values by option."""
    if np.ndim(values) == 1:
        return [float(mean) for mean in vector(name, values, "option")]
    return [float(mean) for mean in draws_by_options(name, values).mean(axis=0)]


def _undominated(order: Sequence[int], effect: Sequence[float]) -> list[int]:
    """Of options by cost, those that do more than every one before."""
    kept: list[int] = []
    for option in order:
        if not kept or effect[option] > effect[kept[-1]]:
            kept.append(option)
    return kept


def _frontier(
    efficient: Sequence[int], cost: Sequence[float], effect: Sequence[float]
) -> list[int]:
    """Of options with ever more cost and effect, those whose ratios do not go down."""
    kept: list[int] = []
    for option in efficient:
        while len(kept) > 1 and _ratio(kept[-2], kept[-1], cost, effect) > (1 + _ROUNDING) * _ratio(
            kept[-1], option, cost, effect
        ):
            kept.pop()
        kept.append(option)
    return kept


def _ratio(before: int, option: int, cost: Sequence[float], effect: Sequence[float]) -> float:
    """Extra cost of one extra unit of effect."""
    return (cost[option] - cost[before]) / (effect[option] - effect[before])
