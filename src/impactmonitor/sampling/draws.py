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
from impactmonitor.sampling.points import METHODS, Points
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
    randomisations : int
        How many independent randomisations will be asked for; changes no value beyond rounding.
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
        randomisations: int = 1,
        correlated: Iterable[Copula] = (),
    ) -> None:
        self._draws, self._correlated = draws, tuple(correlated)
        met, self._quick = list[tuple[Family, NDArray[np.intp]]](), list[int]()
        if method == "sobol" and draws >= BLOCK and draws * randomisations >= MANY:
            together = {key for copula in self._correlated for key in copula.keys}
            apart = [r for r, v in enumerate(variables) if v.coordinate.key not in together]
            met, self._quick = _met(variables, apart, draws)
        quick = set(self._quick)
        self._plain = [row for row in range(len(variables)) if row not in quick]
        coordinates = [variable.coordinate for variable in variables]
        if method == "sobol" and quick and self._plain:
            checked_places(coordinates)
        own = [coordinates[row] for row in self._plain]
        points: Points = METHODS[method](seed, own, draws)
        self._families = families([variables[row][1:] for row in self._plain], draws)
        self._rows = {coordinate.key: row for row, coordinate in enumerate(own)}
        strips = None
        if met:
            nets = Nets(seed, [coordinates[row] for row in self._quick], draws)
            strips = Strips(nets, met)
        self._sources = {0: (points, strips)}

    def at(self, start: int, count: int, out: Array | None = None, randomisation: int = 0) -> Array:
        """Values of ``count`` draws from number ``start`` on.

        Parameters
        ----------
        start, count : int
            Which draws; the first is 0. Steps of 4,096 from a multiple of 4,096 cost least.
        out : array, shape (variables, count), optional
            Where they are written.
        randomisation : int
            Which of several independent randomisations.

        Returns
        -------
        array, shape (variables, count)

        Raises
        ------
        ValueError
            If a draw lies beyond the number of draws.
        """
        self._refuse_beyond(start, count)
        shape = (len(self._quick) + len(self._plain), count)
        result = np.empty(shape) if out is None else out
        end = start + count
        for block in range(start // BLOCK, -(-end // BLOCK)):
            begin = max(start, block * BLOCK)
            size = min(end, (block + 1) * BLOCK) - begin
            here = result[:, begin - start : begin - start + size]
            self.pieces([(randomisation, begin, size)], here)
        return result

    def pieces(self, pieces: Sequence[tuple[int, int, int]], out: Array) -> None:
        """Values of draws of several randomisations, beside each other.

        Parameters
        ----------
        pieces : sequence of (int, int, int)
            The randomisation, the first draw and the number of draws of each piece; none goes
            over a multiple of 4,096.
        out : array, shape (variables, all these draws)
            Where they are written.

        Raises
        ------
        ValueError
            If a draw lies beyond the number of draws.
        """
        points = np.empty((len(self._plain), out.shape[1])) if self._quick else out
        place = 0
        for randomisation, start, size in pieces:
            self._refuse_beyond(start, size)
            source, strips = self._source(randomisation)
            here = slice(place, place + size)
            if self._plain:
                source.at(start, size, points[:, here])
            if strips is not None:
                block, first = divmod(start, BLOCK)
                targets = [out[row, here] for row in self._quick]
                strips.fill(block, slice(first, first + size), targets)
            place += size
        if self._plain:
            self._turn(points, out)

    def _refuse_beyond(self, start: int, count: int) -> None:
        end = start + count
        if start < 0 or count < 0 or end > self._draws:
            raise ValueError(f"draws {start} .. {end} do not lie within {self._draws}")

    def _source(self, randomisation: int) -> tuple[Points, Strips | None]:
        """Where the draws of a randomisation come from."""
        if randomisation not in self._sources:
            points, strips = self._sources[0]
            moved = strips.randomised(randomisation) if strips is not None else None
            self._sources[randomisation] = points.randomised(randomisation), moved
        return self._sources[randomisation]

    def _turn(self, points: Array, out: Array) -> None:
        """Points into the values of what does not come from strips."""
        for copula in self._correlated:
            copula.apply(points, self._rows)
        places = self._plain
        for rows, form, *_ in self._families:
            # some rows at a time: larger arrays would be asked from the system again and again
            for part in batches(len(rows), max(0, points.shape[1].bit_length() - 2)):
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
