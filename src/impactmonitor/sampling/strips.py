"""Values of many Sobol' draws at once, without going through the points.

Of 4,096 draws that begin at a multiple of 4,096, every strip of probability 1/4096 has one. Which
place of the sequence goes to which strip is a linear map of bits, and from one such block to the
next places and points only change by an exclusive or. So the parabola that stands for the inverse
distribution function within a strip can be laid ready by place, once for each input: the values
of a block follow from whole rows of numbers, and are only then put in the order of the draws.

Where a parabola is not good enough (in the strips at both ends, where quantiles are steep, and
where they bend) values come from the function itself. What is left of the difference is some
1e-6 of the spread of the distribution at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache

import numpy as np
from numpy.typing import NDArray

from impactmonitor.sampling.directions import BITS, Words
from impactmonitor.sampling.families import Family, Lognormals, Triangles, Uniforms
from impactmonitor.sampling.nets import BLOCK_BITS, Nets, sums
from impactmonitor.sampling.streams import LongWords

Array = NDArray[np.float64]
Places = NDArray[np.intp]

STRIPS = 1 << BLOCK_BITS
ENDS: dict[type, int] = {Triangles: 12, Lognormals: 36}
"""Strips at both ends that are not replaced by parabolas, by form: the steeper, the more."""
OTHER_ENDS = 24
"""The same for all other forms."""
MOST = 256
"""So many strips with values of their own still pay."""
TOLERANCE = 2e-7
"""Largest error of a parabola, in standard deviations, where it has to be measured."""

_REST = BITS - BLOCK_BITS
_WITHIN = np.uint32((1 << _REST) - 1)
_BATCH = 4
_PLACES = np.arange(STRIPS, dtype=np.uint16)


def exact_strips(family: Family) -> Places | None:
    """Strips in which the values of a family are not near enough to parabolas.

    Parameters
    ----------
    family : Family

    Returns
    -------
    array, shape (inputs, n), or None
        By input; a strip may be there twice. What is uniform has none. None if there are so many
        that parabolas do not pay.

    Examples
    --------
    >>> from impactmonitor.model.numbers import Range, Triangular
    >>> from impactmonitor.sampling.families import families
    >>> (family,) = families([(Triangular(triangular=(0, 1, 4)), Range())], draws=10_000)
    >>> exact_strips(family).shape  # 12 at both ends, and that of the mode
    (1, 25)
    """
    if isinstance(family.form, Uniforms):
        return np.empty((len(family.rows), 0), dtype=np.intp)
    count = ENDS.get(type(family.form), OTHER_ENDS)
    ends = np.r_[:count, STRIPS - count : STRIPS]
    if family.bends is not None:
        bends = np.array(family.bends)[:, None]
        own = np.broadcast_to(ends, (len(bends), ends.size))
        if np.isnan(bends).all():
            return own
        return np.hstack([own, np.minimum(bends * STRIPS, STRIPS - 1).astype(np.intp)])
    exact = np.union1d(ends, _rough(family))
    return exact[None, :] if exact.size <= MOST else None


def _rough(family: Family) -> Places:
    """Strips of one input where the parabola misses values between its own."""
    edges, middles = _values(family, slice(0, 1))
    constant, linear, square = _parabolas(edges[0], middles[0])
    with np.errstate(all="ignore"):  # what single precision cannot hold is far off
        linear, square = (c.astype(np.float32).astype(float) for c in (linear, square))
    within = np.array([[0.2], [0.8]])
    points = (np.arange(STRIPS) + within) / STRIPS
    values = family.form.quantiles(points.reshape(1, -1)).reshape(2, -1)
    at = 1 + within
    with np.errstate(all="ignore"):
        error = np.abs((square * at + linear) * at + constant - values).max(axis=0)
    return np.flatnonzero(~(error <= TOLERANCE * values.std()))


def _values(family: Family, rows: slice) -> tuple[Array, Array]:
    """By input the values where strips begin and end, and halfway."""
    edges, middles = _nodes()
    return family.form.quantiles(edges, rows), family.form.quantiles(middles, rows)


@cache
def _nodes() -> tuple[Array, Array]:
    least = 2.0 ** -(BITS + 1)
    edges = np.clip(np.arange(STRIPS + 1) / STRIPS, least, 1 - least)
    return edges[None, :], (np.arange(STRIPS) + 0.5)[None, :] / STRIPS


def _parabolas(edges: Array, middles: Array) -> tuple[Array, Array, Array]:
    """Coefficients by power of 1 + the place within a strip, from 0 to 1."""
    left, right = edges[:-1], edges[1:]
    linear = right - left
    square = left + right
    square -= middles
    square -= middles
    square += square
    linear -= square
    constant = left - linear
    constant += square
    linear -= square
    linear -= square
    return constant, linear, square


class Strips:
    """Values of inputs by draw, from parabolas.

    Parameters
    ----------
    nets : Nets
        Of at least 4,096 draws, with the inputs in the order of the rows that are wanted.
    met : sequence of (Family, array)
        Families, and their ``exact_strips``. Every input is in one of them; their rows are those
        of the nets.
    """

    def __init__(self, nets: Nets, met: Sequence[tuple[Family, Places]]) -> None:
        self._nets = nets
        words = sums(nets.numbers[:, :BLOCK_BITS])
        self._words, self._place = words, np.zeros(words.shape, dtype=np.uint16)
        self._lines: dict[int, tuple[LongWords, float, float]] = {}
        self._tables: dict[int, tuple[LongWords, Array, Array, Array]] = {}
        self._exact: list[tuple[Family, Words, Places]] = []
        curved = sum(len(f.rows) for f, _ in met if not isinstance(f.form, Uniforms))
        tables = iter(aligned((3 * curved, STRIPS)).reshape(curved, 3, STRIPS))
        for family, exact in met:
            if isinstance(family.form, Uniforms):
                bounds = np.hstack([family.form.low, family.form.high]).tolist()
                for row, (low, high) in zip(family.rows, bounds, strict=True):
                    self._lines[row] = _in_fraction(words[row], BITS), low, high - low
                continue
            for start in range(0, len(family.rows), _BATCH):
                part = slice(start, min(start + _BATCH, len(family.rows)))
                found = zip(*_values(family, part), strict=True)
                for row, values, table in zip(family.rows[part], found, tables, strict=False):
                    self._lay_ready(row, _parabolas(*values), table)
            rows = np.array(family.rows)[:, None]
            place = self._place[rows, exact ^ (nets.shift[rows] >> _REST)]
            self._exact.append((family, words[rows, place], place.astype(np.intp)))

    def randomised(self, randomisation: int) -> Strips:
        """The same parabolas for the draws of another randomisation."""
        other = copy(self)
        other._nets = self._nets.randomised(randomisation)
        return other

    def _lay_ready(self, row: int, coefficients: tuple[Array, Array, Array], table: Array) -> None:
        """Put the parabolas of an input in the order of its places."""
        words = self._words[row]
        strips = (words >> _REST).astype(np.intp)
        self._place[row, strips] = _PLACES
        strips ^= int(self._nets.shift[row] >> _REST)
        constant, linear, square = coefficients
        constant.take(strips, None, table[0], "wrap")
        halves = table[1:].view(np.float32).reshape(-1, STRIPS)
        linear.astype(np.float32).take(strips, None, halves[0], "wrap")
        square.astype(np.float32).take(strips, None, halves[1], "wrap")
        residuals = halves[2].view(np.uint32)
        residuals[:] = ((words & _WITHIN) << np.uint32(3)) | np.uint32(0x3F800004)
        self._tables[row] = residuals, table[0], halves[0], halves[1]

    def fill(self, block: int, part: slice, out: Sequence[Array]) -> None:
        """Write values of a part of an aligned block of 4,096 draws.

        Parameters
        ----------
        block : int
            Its number, from 0.
        part : slice
            Of the 4,096.
        out : sequence of arrays, by input
            Where the values go.
        """
        order, above = self._nets.shuffled(block, BLOCK_BITS)
        added = self._nets.constants(above, BLOCK_BITS, block)
        lines = _in_fraction(added, BITS, np.uint64(0)).tolist()
        moves = self._place[np.arange(len(added)), (added ^ self._nets.shift) >> _REST]
        added ^= self._words[np.arange(len(added)), moves]
        constants = ((added & _WITHIN) << np.uint32(3)).tolist()
        exact, moved, group = self._exact_values(added), moves.tolist(), self._nets.group
        room, last = _Room(), -1
        for row, target in enumerate(out):
            if group[row] != last:
                last = group[row]
                room.order[:] = order[last]
            if row in self._lines:
                room.line(*self._lines[row], lines[row])
                index = room.order
            else:
                room.parabolas(*self._tables[row], constants[row])
                places, values = exact[row]
                room.values[places] = values
                index = room.moved(moved[row])
            room.values.take(index[part], None, target, "wrap")

    def _exact_values(self, added: Words) -> list[tuple[Places, Array]]:
        """By input the values of the strips without parabola, and where they go."""
        result = [(np.empty(0, dtype=np.intp), np.empty(0))] * len(added)
        for family, words, places in self._exact:
            points = _in_fraction(words ^ added[family.rows, None], BITS).view(np.float64) - 1.0
            found = family.form.quantiles(points)
            for row, where, values in zip(family.rows, places, found, strict=True):
                result[row] = where, values
        return result


class _Room:
    """Where one input after the other is worked out: rows that stay in the nearest cache."""

    def __init__(self) -> None:
        self._points, self.values, order, index = aligned((4, STRIPS))
        self._words = self._points.view(np.uint64)
        self._near, self._steps = self._points.view(np.float32).reshape(2, -1)
        self._short = self._near.view(np.uint32)
        self.order: Places = order.view(np.intp)
        self._index: Places = index.view(np.intp)

    def line(self, words: LongWords, low: float, width: float, added: int) -> None:
        """The values of a uniform number at all places of a block."""
        np.bitwise_xor(words, added, self._words)
        np.subtract(self._points, 1.0, self.values)
        np.multiply(self.values, width, self.values)
        np.add(self.values, low, self.values)

    def parabolas(
        self, residuals: LongWords, constant: Array, linear: Array, square: Array, added: int
    ) -> None:
        """The parabolas of an input at all places of a block."""
        np.bitwise_xor(residuals, added, self._short)
        np.multiply(self._near, square, self._steps)
        np.add(self._steps, linear, self._steps)
        np.multiply(self._steps, self._near, self._steps)
        np.copyto(self.values, self._steps)
        np.add(self.values, constant, self.values)

    def moved(self, move: int) -> Places:
        """The order of the draws in places that are moved by an exclusive or."""
        if not move:
            return self.order
        np.bitwise_xor(self.order, move, self._index)
        return self._index


def aligned(shape: tuple[int, int]) -> Array:
    """Rows of numbers that begin where a line of the cache does; not yet filled."""
    room = np.empty(shape[0] * shape[1] + 8)
    start = -room.ctypes.data % 64 // 8
    return room[start : start + shape[0] * shape[1]].reshape(shape)


def _in_fraction(words: Words, bits: int, rest: np.uint64 | None = None) -> LongWords:
    """Words of so many bits as the first places of the fraction of numbers from 1 to 2.

    With a half in the place after the last, or with what is given instead of both.
    """
    whole = np.uint64((0x3FF << 52) | (1 << (51 - bits))) if rest is None else rest
    return (words.astype(np.uint64) << np.uint64(52 - bits)) | whole
