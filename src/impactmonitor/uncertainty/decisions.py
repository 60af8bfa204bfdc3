"""Choosing between options when costs and effects are uncertain, on plain arrays.

What it may cost to choose wrongly, what it is worth to know more before choosing, and how both
depend on the money that one unit of effect is worth. Every function checks what comes in.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from impactmonitor.uncertainty.cost_effectiveness import (
    IncrementalCostEffectiveness,
    incremental_cost_effectiveness,
)
from impactmonitor.uncertainty.drawn import Array, draws_by_options, same_shape, vector
from impactmonitor.uncertainty.partial_information import (
    Choice,
    Conditioning,
    PartialInformation,
    expected_value_of_partial_information,
)

__all__ = [
    "Choice",
    "Conditioning",
    "IncrementalCostEffectiveness",
    "PartialInformation",
    "acceptability_curve",
    "best_in_expectation",
    "expected_loss",
    "expected_loss_curve",
    "expected_value_of_partial_information",
    "expected_value_of_perfect_information",
    "incremental_cost_effectiveness",
]


def expected_loss(net_benefits: ArrayLike) -> Array:
    """Expected loss of choosing each option now, compared with choosing the best in every draw.

    Parameters
    ----------
    net_benefits : array_like, shape (draws, options)
        Net benefit of each option in each draw; more is better.

    Returns
    -------
    array, shape (options,)
        In the unit of the net benefits, never below 0. The option with the least expected loss is
        the one with the highest expected net benefit, and its loss is what perfect information is
        worth.

    Raises
    ------
    ValueError
        If there is no draw or no option, or a number is not finite.

    Examples
    --------
    >>> expected_loss([[10, 0], [-4, 0]]).tolist()
    [2.0, 5.0]
    """
    return _losses(draws_by_options("net_benefits", net_benefits))


def expected_value_of_perfect_information(net_benefits: ArrayLike) -> float:
    """Expected value of perfect information (EVPI): E[max] - max[E].

    Parameters
    ----------
    net_benefits : array_like, shape (draws, options)
        Net benefit of each option in each draw; more is better.

    Returns
    -------
    float
        In the unit of the net benefits, never below 0; 0 for one option.

    Raises
    ------
    ValueError
        If there is no draw or no option, or a number is not finite.

    Examples
    --------
    >>> expected_value_of_perfect_information([[10, 0], [-4, 0]])  # 10 / 2, against 6 / 2
    2.0
    """
    return float(expected_loss(net_benefits).min())


def acceptability_curve(costs: ArrayLike, effects: ArrayLike, thresholds: ArrayLike) -> Array:
    """How often each option is the best one, by what a unit of effect is worth.

    Parameters
    ----------
    costs, effects : array_like, shape (draws, options)
        Costs are positive, savings negative; more effect is better.
    thresholds : array_like, shape (thresholds,)
        Money per unit of effect. The net benefit of an option is threshold * effect - cost.

    Returns
    -------
    array, shape (thresholds, options)
        Share of the draws in which an option has the greatest net benefit. Options that are
        exactly equal in a draw share it, so that each row adds up to 1.

    Raises
    ------
    ValueError
        If shapes do not fit, if there is no draw, option or threshold, or if a number is not
        finite.

    Notes
    -----
    The option that is best most often need not be best in expectation: see `best_in_expectation`
    (Fenwick, Claxton and Sculpher 2001, Health Economics 10(8), 779-787) and
    `expected_loss_curve`.

    Examples
    --------
    Doing nothing, or spending 100 on an effect of 1 or 3.

    >>> acceptability_curve([[0, 100], [0, 100]], [[0, 1], [0, 3]], [20, 50, 100]).tolist()
    [[1.0, 0.0], [0.5, 0.5], [0.25, 0.75]]
    """
    shares = []
    for net in _net_benefits(costs, effects, thresholds):
        best = net == net.max(axis=1, keepdims=True)
        shares.append((best / best.sum(axis=1, keepdims=True)).mean(axis=0))
    return np.stack(shares)


def expected_loss_curve(costs: ArrayLike, effects: ArrayLike, thresholds: ArrayLike) -> Array:
    """Expected loss of choosing each option now, by what a unit of effect is worth.

    Parameters
    ----------
    costs, effects : array_like, shape (draws, options)
        Costs are positive, savings negative; more effect is better.
    thresholds : array_like, shape (thresholds,)
        Money per unit of effect.

    Returns
    -------
    array, shape (thresholds, options)
        In the unit of the costs, never below 0. The lowest of a row is what perfect information
        is worth at that threshold, and belongs to the option that is best in expectation.

    Raises
    ------
    ValueError
        As for `acceptability_curve`.

    Notes
    -----
    Alarid-Escudero, Enns, Kuntz, Michaud and Jalal (2019), "'Time traveling is just too dangerous'
    but some methods are worth revisiting: the advantages of expected loss curves over
    cost-effectiveness acceptability curves and frontier", Value in Health 22(5);
    https://pmc.ncbi.nlm.nih.gov/articles/PMC6530578.

    Examples
    --------
    >>> expected_loss_curve([[0, 100], [0, 100]], [[0, 1], [0, 3]], [20, 50, 100]).tolist()
    [[0.0, 60.0], [25.0, 25.0], [100.0, 0.0]]
    """
    return np.stack([_losses(net) for net in _net_benefits(costs, effects, thresholds)])


def best_in_expectation(
    costs: ArrayLike, effects: ArrayLike, thresholds: ArrayLike
) -> NDArray[np.intp]:
    """The option with the highest expected net benefit, by what a unit of effect is worth.

    With `acceptability_curve` this gives the acceptability frontier: how often the option that
    should be chosen is indeed the best.

    Parameters
    ----------
    costs, effects : array_like, shape (draws, options)
        Costs are positive, savings negative; more effect is better.
    thresholds : array_like, shape (thresholds,)
        Money per unit of effect.

    Returns
    -------
    array of int, shape (thresholds,)
        Columns of the costs, counted from 0; the first of options that are exactly equal.

    Raises
    ------
    ValueError
        As for `acceptability_curve`.

    Examples
    --------
    >>> best_in_expectation([[0, 100], [0, 100]], [[0, 1], [0, 3]], [20, 50, 100]).tolist()
    [0, 0, 1]
    """
    nets = _net_benefits(costs, effects, thresholds)
    return np.array([int(net.mean(axis=0).argmax()) for net in nets])


def _net_benefits(costs: ArrayLike, effects: ArrayLike, thresholds: ArrayLike) -> Iterator[Array]:
    """Net benefits (draws, options) at each threshold, one after the other to save memory."""
    cost, effect = draws_by_options("costs", costs), draws_by_options("effects", effects)
    same_shape(cost, effect)
    for threshold in vector("thresholds", thresholds, "threshold"):
        yield threshold * effect - cost


def _losses(net_benefits: Array) -> Array:
    # of differences, not a difference of means: no rounding can make it negative
    losses: Array = (net_benefits.max(axis=1, keepdims=True) - net_benefits).mean(axis=0)
    return losses
