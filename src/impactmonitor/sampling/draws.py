"""Draws of uncertain numbers: points between 0 and 1, correlated if asked, turned into values.

Many Sobol' draws go by way of parabolas laid ready (``strips``); few of them, plain Monte Carlo
and correlated inputs by way of the points. Both give the same but for rounding, and less than
some 1e-6 of the spread of a distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from impactmonitor.model.numbers import Distribution, Range
from impactmonitor.sampling.correlation import Copula
from impactmonitor.sampling.families import Family, families
from impactmonitor.sampling.nets import BLOCK_BITS, Coordinate, Nets, batches, checked_places
from impactmonitor.sampling.points import METHODS
from impactmonitor.sampling.strips import Strips, exact_strips

Array = NDArray[np.float64]

BLOCK = 1 << BLOCK_BITS
MANY = 3 * BLOCK
"""Draws from which on it pays to lay parabolas ready."""


class Variable(NamedTuple):
    """An uncertain number that is drawn.

    Attributes
    ----------
    coordinate : Coordinate
        Which points it gets.
    distribution : Distribution
        As it was written.
    allowed : Range
        What its place takes; the distribution is cut off there.
    """

    coordinate: Coordinate
    distribution: Distribution
    allowed: Range


class Draws:
    """Values of uncertain numbers by draw: a function of seed, key and number of the draw.

    Parameters
    ----------
    seed : int
        Any integer.
    variables : sequence of Variable
        The uncertain numbers, in the order of the rows that are wanted.
    draws : int
        How many draws there are at most.
    method : {"sobol", "mc"}
        Where the points come from; see ``points``.
    randomisation : int
        Which of several independent randomisations with this seed.
    correlated : iterable of Copula
        From ``copulas``, named by the keys of the coordinates.

    Raises
    ------
    ValueError
        If nothing of a distribution is left within its range, or two variables share a key.

    Examples
    --------
    >>> from impactmonitor.model.numbers import Uniform
    >>> price = Variable(Coordinate("price"), Uniform(uniform=(10, 20)), Range())
    >>> values = Draws(1, [price], draws=1024).at(0, 1024)
    >>> round(float(values.mean()), 2)
    15.0
    """

    def __init__(
        self,
        seed: int,
        variables: Sequence[Variable],
        draws: int,
        method: str = "sobol",
        randomisation: int = 0,
        correlated: Iterable[Copula] = (),
    ) -> None:
        self._draws, self._correlated = draws, tuple(correlated)
        met, self._quick = list[tuple[Family, NDArray[np.intp]]](), list[int]()
        if method == "sobol" and draws >= MANY:
            together = {key for copula in self._correlated for key in copula.keys}
            apart = [r for r, v in enumerate(variables) if v.coordinate.key not in together]
            met, self._quick = _met(variables, apart, draws)
        quick = set(self._quick)
        self._plain = [row for row in range(len(variables)) if row not in quick]
        coordinates = [variable.coordinate for variable in variables]
        if method == "sobol" and quick and self._plain:
            checked_places(coordinates)
        own = [coordinates[row] for row in self._plain]
        self._points = METHODS[method](seed, own, draws, randomisation)
        self._families = families([variables[row][1:] for row in self._plain], draws)
        self._rows = {coordinate.key: row for row, coordinate in enumerate(own)}
        self._strips = None
        if met:
            nets = Nets(seed, [coordinates[row] for row in self._quick], draws, randomisation)
            self._strips = Strips(nets, met)

    def at(self, start: int, count: int, out: Array | None = None) -> Array:
        """Values of ``count`` draws from number ``start`` on.

        Parameters
        ----------
        start, count : int
            Which draws; the first is 0. Steps of 4,096 from a multiple of 4,096 cost least.
        out : array, shape (variables, count), optional
            Where they are written.

        Returns
        -------
        array, shape (variables, count)

        Raises
        ------
        ValueError
            If a draw lies beyond the number of draws.
        """
        if start < 0 or count < 0 or start + count > self._draws:
            raise ValueError(f"draws {start} .. {start + count} do not lie within {self._draws}")
        shape = (len(self._quick) + len(self._plain), count)
        result = np.empty(shape) if out is None else out
        for block in range(start // BLOCK, -(-(start + count) // BLOCK)):
            begin, end = max(start, block * BLOCK), min(start + count, (block + 1) * BLOCK)
            here = result[:, begin - start : end - start]
            if self._plain:
                self._fill(begin, end, here)
            if self._strips is not None:
                part = slice(begin - block * BLOCK, end - block * BLOCK)
                self._strips.fill(block, part, [here[row] for row in self._quick])
        return result

    def _fill(self, begin: int, end: int, out: Array) -> None:
        """The values that come by way of the points."""
        count = end - begin
        points = self._points.at(begin, count, None if self._quick else out)
        for copula in self._correlated:
            copula.apply(points, self._rows)
        places = self._plain
        for rows, form, *_ in self._families:
            # some rows at a time: larger arrays would be asked from the system again and again
            for part in batches(len(rows), max(0, count.bit_length() - 2)):
                values = form.quantiles(points[rows[part]], part)
                for row, found in zip(rows[part], values, strict=True):
                    out[places[row]] = found


def _met(
    variables: Sequence[Variable], rows: Sequence[int], draws: int
) -> tuple[list[tuple[Family, NDArray[np.intp]]], list[int]]:
    """Families that parabolas stand for, by rows among themselves; and which variables they are."""
    pairs = [
        (family, exact_strips(family))
        for family in families([variables[row][1:] for row in rows], draws)
    ]
    found = [(family, exact) for family, exact in pairs if exact is not None]
    kept = sorted(row for family, _ in found for row in family.rows)
    place = {row: new for new, row in enumerate(kept)}
    moved = [
        (family._replace(rows=[place[row] for row in family.rows]), exact)
        for family, exact in found
    ]
    return moved, [rows[row] for row in kept]
