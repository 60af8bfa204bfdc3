"""The Shapley value of games with many players, from a sample of the orders in which they join."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impactmonitor.financing.games import Array

ORDERS = 10_000
FEWEST_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class SampledShapley:
    """A Shapley value from a sample, and how far off it may be.

    Attributes
    ----------
    shares : array, shape (players,)
        Add up to the cost of everybody.
    standard_error : array, shape (players,)
        Of each share; 0 where all orders agree.
    orders, seed : int
        How many orders were gone through, and from which number they were drawn.
    """

    shares: Array
    standard_error: Array
    orders: int
    seed: int


def sampled_shapley(
    cost_of: Callable[[NDArray[np.bool_]], float],
    players: int,
    orders: int = ORDERS,
    seed: int = 1,
) -> SampledShapley:
    """The average of what each player adds, over a sample of the orders in which they join.

    Orders come in blocks: a random order, the same order begun at every other place, and all of
    these backwards. In a block every player has every place twice, and comes as often before
    another player as after.

    Parameters
    ----------
    cost_of : callable
        The cost of a coalition, given who is in it as an array of bool of shape (players,); it is
        not asked for the cost of nobody, which is 0.
    players : int
        How many there are, 1 or more.
    orders : int
        How many orders at least; rounded up to whole blocks of twice the players, two at least.
    seed : int
        The same number gives the same orders again; 0 or more.

    Returns
    -------
    SampledShapley
        The standard error is that of the mean of the blocks, which are independent.

    Raises
    ------
    ValueError
        If there is no player, no order, or the seed is below 0.

    Notes
    -----
    Castro, Gómez and Tejada (2009), *Polynomial calculation of the Shapley value based on
    sampling*, Computers & Operations Research 36, 1726-1730; orders beside their reverse:
    Mitchell, Cooper, Frank and Holmes (2022), *Sampling permutations for Shapley value
    estimation*, Journal of Machine Learning Research 23.

    Examples
    --------
    >>> found = sampled_shapley(lambda is_in: float(is_in.sum()) ** 2, players=3, orders=12)
    >>> found.shares.round(9).tolist(), found.orders
    ([3.0, 3.0, 3.0], 12)
    """
    if players < 1 or orders < 1 or seed < 0:
        raise ValueError("players and orders are 1 or more, and a seed is 0 or more")
    rng = np.random.default_rng(seed)
    size = 2 * players
    blocks = max(FEWEST_BLOCKS, -(-orders // size))
    means = np.empty((blocks, players))
    for place in range(blocks):
        means[place] = _block(cost_of, rng.permutation(players))
    error = means.std(axis=0, ddof=1) / np.sqrt(blocks)
    return SampledShapley(means.mean(axis=0), error, blocks * size, seed)


def _block(cost_of: Callable[[NDArray[np.bool_]], float], order: NDArray[np.int64]) -> Array:
    """What each player adds on average, over an order, its beginnings elsewhere and its reverse."""
    added = np.zeros(len(order))
    for turn in range(len(order)):
        turned = np.roll(order, turn)
        for one in (turned, turned[::-1]):
            is_in, before = np.zeros(len(order), dtype=bool), 0.0
            for player in one:
                is_in[player] = True
                after = cost_of(is_in.copy())
                added[player] += after - before
                before = after
    result: Array = added / (2 * len(order))
    return result
