"""What holds by year: unit values between their years, price paths, the sign of optimism.

Years are offsets from the base year, rows are strands or unit values. Where something was
measured in a year, that holds in the place of what is worked out for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.flows import bias_direction
from impactmonitor.appraisal.prices import interpolation_weights

Direction = float | Mapping[int, float]
"""-1 for a gain, +1 for a harm or a cost; by anchor year where the unit value is by year."""

IN_NO_YEAR: Mapping[int, Any] = MappingProxyType({})


def anchor_weights(values: Mapping[int, int], instead: Sequence[int], years: int) -> Array:
    """What each unit value counts for in every year.

    Parameters
    ----------
    values : Mapping[int, int]
        Year of each given value and its place; linear between them, constant outside.
    instead : sequence of int
        Years with a value that holds in that year only, in the place of the others.
    years : int
        Number of years, from offset 0.

    Returns
    -------
    array, shape (unit values, years)
        Columns sum to 1.

    Examples
    --------
    >>> anchor_weights({0: 0}, [1], 3).tolist()
    [[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    weights = interpolation_weights(values, years).T
    weights[:, _within(instead, years)] = 0.0
    own = np.array(instead, dtype=np.intp)[:, None] == np.arange(years)
    return np.concatenate([weights, own.astype(float)])


def path_exponents(paths: Sequence[tuple[float, float, frozenset[int]]], counts: Array) -> Array:
    """How many years the price of each strand has moved.

    Parameters
    ----------
    paths : sequence of (sign, since, without)
        -1 where nominal amounts are deflated, else 1; the year of reference; the years in which
        the price does not move.
    counts : array, shape (years,)
        The years, from 0.

    Returns
    -------
    array, shape (strands, years)

    Examples
    --------
    >>> path_exponents([(1.0, 1.0, frozenset({2}))], np.arange(4.0)).tolist()
    [[-1.0, 0.0, 0.0, 2.0]]
    """
    signs, since = np.array([path[:2] for path in paths], dtype=float).reshape(-1, 2).T[:, :, None]
    exponents: Array = signs * (counts - since)
    for strand, (_, _, without) in enumerate(paths):
        if without:
            exponents[strand, _within(without, len(counts))] = 0.0
    return exponents


def bias_directions(
    directions: Sequence[tuple[Direction, Mapping[int, float]]], years: int
) -> Array:
    """Where optimism moves each strand in every year.

    Parameters
    ----------
    directions : sequence of (direction, instead)
        The direction, and the sign of the value in the years in which it is known otherwise.
    years : int
        Number of years, from offset 0.

    Returns
    -------
    array, shape (strands, years)
        -1, 0 or +1.

    Examples
    --------
    >>> bias_directions([(-1.0, {1: -5.0})], 3).tolist()
    [[-1.0, 1.0, -1.0]]
    """
    found = np.zeros((len(directions), years))
    for strand, (direction, instead) in enumerate(directions):
        if direction != 0:
            found[strand] = _direction(direction, years)
        for year in _within(instead, years):
            found[strand, year] = bias_direction(np.array(instead[year]))
    return found


def _direction(direction: Direction, years: int) -> float | Array:
    """The direction of every year; between anchors it follows the interpolated unit value."""
    if not isinstance(direction, Mapping):
        return direction
    order = {year: i for i, year in enumerate(sorted(direction))}
    worth = interpolation_weights(order, years) @ np.array([direction[y] for y in order])
    return bias_direction(worth)


def _within(offsets: Iterable[int], years: int) -> list[int]:
    return [year for year in offsets if 0 <= year < years]
