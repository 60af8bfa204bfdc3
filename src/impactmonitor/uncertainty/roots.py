"""Where many functions of one variable change sign, all at once.

What differs from 0 by rounding only is 0: every function comes with the size of the amounts that
it is made of. A function that stays 0 over a stretch has its root where the stretch begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array, Flags, Index

Function = Callable[[Index, Array], tuple[Array, Array]]
"""From functions (by number) and a value of the variable of each to their values and sizes."""

ROUNDING = 1e-13
"""What is smaller than this share of its size is 0."""
TOLERANCE = 1e-15
"""How precise a root is, as a share of itself and of the step of the grid that it is in."""
MOST_STEPS = 200


def nearest_roots(
    function: Function, grid: Array, values: Array, sizes: Array, start: Index
) -> Array:
    """The root of each function that is nearest to a point of its grid.

    Parameters
    ----------
    function : callable
        Takes numbers of functions, shape (n,), and values of their variables, shape (n,).
    grid : array, shape (functions, points)
        Values of the variable, not descending.
    values, sizes : array, shape (functions, points)
        What the functions are on the grid. What is not a finite number has no sign; beyond it
        no root is looked for.
    start : array of int, shape (functions,)
        The point of the grid to which the root is nearest; it is the root itself if the
        function is 0 there.

    Returns
    -------
    array, shape (functions,)
        nan where the sign is the same all over the grid. Two roots within one step of the grid
        are not seen. Of two roots equally near it is one.

    Examples
    --------
    >>> def square(_, x):
    ...     return x**2 - 2, x**2 + 2
    >>> grid = np.array([[-3.0, 0.0, 1.0, 3.0]])
    >>> nearest_roots(square, grid, *square(None, grid), np.array([2])).round(12)
    array([1.41421356])
    """
    each = np.arange(len(grid))
    first = values[each, start]
    sign = np.where(np.abs(first) <= ROUNDING * sizes[each, start], 0.0, np.sign(first))
    found = np.where(sign == 0, grid[each, start], np.nan)
    towards = np.where(np.isfinite(values), sign[:, None] * values, np.nan)
    kept = towards > ROUNDING * sizes
    place = np.arange(grid.shape[1])
    rising = _first(~kept & (place > start[:, None]))
    falling = grid.shape[1] - 1 - _first((~kept & (place < start[:, None]))[:, ::-1])
    nearest = np.full(len(grid), np.inf)
    for far, near in ((rising, rising - 1), (falling, falling + 1)):
        inside = np.flatnonzero((far >= 0) & (far < grid.shape[1]) & (sign != 0))
        which = inside[kept[inside, near[inside]] & ~np.isnan(towards[inside, far[inside]])]
        ends = [
            _End(grid[which, at], towards[which, at], sizes[which, at])
            for at in (near[which], far[which])
        ]
        roots = _crossings(function, _bracketed(which, sign[which], *ends))
        distance = np.abs(roots - grid[which, start[which]])
        nearer = distance < nearest[which]
        found[which[nearer]] = roots[nearer]
        nearest[which[nearer]] = distance[nearer]
    return found


def _first(flags: Flags) -> Index:
    """The first column of each row that is set, or the number of columns."""
    result: Index = np.where(flags.any(axis=1), flags.argmax(axis=1), flags.shape[1])
    return result


class _End(NamedTuple):
    """An end of each bracket: the variable, the function with its sign, and its size."""

    x: Array
    towards: Array
    size: Array


@dataclass(frozen=True, slots=True)
class _Brackets:
    """Two values of the variable between which the function changes sign.

    Attributes
    ----------
    which : array of int, shape (brackets,)
        The functions, by number.
    sign : array, shape (brackets,)
        With which they are multiplied, to be above 0 at the near end.
    zero : array, shape (brackets,)
        What share of the size is taken for 0: nothing where the sign is opposite at the far end.
    near, far : array, shape (brackets,)
    at_near, at_far : array, shape (brackets,)
        The functions there with their sign, less what is taken for 0: above 0, and 0 or below.
    """

    which: Index
    sign: Array
    zero: Array
    near: Array
    far: Array
    at_near: Array
    at_far: Array


def _bracketed(which: Index, sign: Array, near: _End, far: _End) -> _Brackets:
    zero = np.where(far.towards < -ROUNDING * far.size, 0.0, ROUNDING)
    at_near, at_far = (end.towards - zero * end.size for end in (near, far))
    return _Brackets(which, sign, zero, near.x, far.x, at_near, at_far)


def _crossings(function: Function, brackets: _Brackets) -> Array:
    """The root in each bracket.

    Notes
    -----
    Inverse quadratic interpolation where it can be trusted, else halves: T. R. Chandrupatla
    (1997), *Advances in Engineering Software* 28(3), 145-149.
    """
    count = len(brackets.which)
    found, open_ones, share = np.full(count, np.nan), np.arange(count), np.full(count, 0.5)
    b, fb, a, fa = brackets.near, brackets.at_near, brackets.far, brackets.at_far
    step = np.abs(b - a)
    for _ in range(MOST_STEPS):
        if not len(open_ones):
            break
        x = a + share * (b - a)
        value, size = function(brackets.which[open_ones], x)
        fx = brackets.sign[open_ones] * value - brackets.zero[open_ones] * size
        same = (fx > 0) == (fa > 0)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = x, fx
        best = np.where(np.abs(fa) < np.abs(fb), a, b)
        found[open_ones] = best
        with np.errstate(divide="ignore", invalid="ignore"):
            least = TOLERANCE * (np.abs(best) + step[open_ones]) / np.abs(b - a)
        is_open = (least < 0.5) & (fa != 0) & (fb != 0)
        open_ones, least = open_ones[is_open], least[is_open]
        a, b, c, fa, fb, fc = (part[is_open] for part in (a, b, c, fa, fb, fc))
        share = np.clip(_interpolated(a, b, c, fa, fb, fc), least, 1 - least)
    return found


def _interpolated(a: Array, b: Array, c: Array, fa: Array, fb: Array, fc: Array) -> Array:
    """How far from a to b the root is guessed to be, 0..1."""
    with np.errstate(all="ignore"):
        along, height = (a - b) / (c - b), (fa - fb) / (fc - fb)
        is_smooth = (height**2 < along) & ((1 - height) ** 2 < 1 - along)
        bend = (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        guess = fa / (fb - fa) * fc / (fb - fc) + bend
    return np.where(is_smooth & np.isfinite(guess), guess, 0.5)
