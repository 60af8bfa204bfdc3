"""Points between 0 and 1, each addressed by seed, key of the input and number of the draw.

A point depends on its address and on nothing else: not on the other inputs, their order, the
part of the draws that is asked for, or the machine. Chunks, workers and cases can therefore be
cut in any way, and an input that several cases share has the same draws in all of them.

Two methods. ``PseudoRandom`` mixes the address: plain Monte Carlo. ``QuasiRandom`` takes Sobol'
points, whose coordinates have to fit together to be even in more than one direction. A key by
itself cannot say which others it belongs with, so an input may be given a place in a group: the
coordinates of one group are one Sobol' sequence, different groups are shuffled apart and
independent. Numbers that are multiplied with each other (quantity and unit value of one effect)
gain by one group; sums of groups gain without.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from itertools import groupby
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from impactmonitor.sampling.directions import BITS, Words
from impactmonitor.sampling.nets import (
    BLOCK_BITS,
    MOST_DRAWS,
    Coordinate,
    Nets,
    batches,
    refuse_twice,
    sums,
)
from impactmonitor.sampling.streams import STEP, LongWords, mixed, random_words

__all__ = ["METHODS", "Coordinate", "Points", "PseudoRandom", "QuasiRandom"]

Array = NDArray[np.float64]

_INNER_BITS = 8


class Points(Protocol):
    """A source of points: rows are inputs, columns are draws."""

    def at(self, start: int, count: int, out: Array | None = None) -> Array:
        """Points of the draws from ``start`` on; see ``QuasiRandom.at``."""

    def randomised(self, randomisation: int) -> Points:
        """The points of another randomisation."""


class QuasiRandom:
    """Randomised Sobol' points.

    The direction numbers of every key are scrambled by a random lower triangular matrix and
    shifted by a random number (Matousek 1998, *On the L2-discrepancy for anchored boxes*,
    J. Complexity 14, 527-556: an unbiased estimate, and for smooth results an error that falls
    almost as fast as n**-1.5). The draws of every group are shuffled within each power of two
    (Burley 2020, *Practical hash-based Owen scrambling*, J. Computer Graphics Techniques 9(4),
    section 4), by the permutation of Laine and Karras with the constants of Vegdahl.

    Parameters
    ----------
    seed : int
        Any integer.
    coordinates : sequence of Coordinate
        The inputs, in the order of the rows that are wanted.
    draws : int
        How many draws there are at most, up to 2**32; sets the size of the tables, and changes
        no point. A power of two is spread best.
    randomisation : int
        Which of several independent randomisations with this seed.

    Raises
    ------
    ValueError
        If two inputs have the same key, or the same dimension of the same group.

    Notes
    -----
    Points are the middles of 2**32 strips, so that none is 0 or 1. Memory does not depend on the
    number of draws: some 3 kB for each input.

    Examples
    --------
    >>> inputs = [Coordinate("effects.a.quantity", "a", 0), Coordinate("effects.a.value", "a", 1)]
    >>> points = QuasiRandom(1, inputs, draws=8).at(0, 8)
    >>> (np.sort(points, axis=1) * 8).astype(int).tolist()
    [[0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7]]
    """

    def __init__(
        self, seed: int, coordinates: Sequence[Coordinate], draws: int, randomisation: int = 0
    ) -> None:
        self._draws, self._nets = draws, Nets(seed, coordinates, draws, randomisation)
        self._bits = bits = min(BLOCK_BITS, self._nets.columns)
        outer = max(0, bits - _INNER_BITS)
        self._outer = sums(self._nets.numbers[:, :outer])
        self._inner = _in_fraction(sums(self._nets.numbers[:, outer:bits]))

    def randomised(self, randomisation: int) -> QuasiRandom:
        """The same sequences in another randomisation, without making them again."""
        other = copy(self)
        other._nets = self._nets.randomised(randomisation)
        return other

    def at(self, start: int, count: int, out: Array | None = None) -> Array:
        """Points of ``count`` draws from number ``start`` on.

        Parameters
        ----------
        start, count : int
            Which draws; the first is 0. Steps of 4,096 from a multiple of 4,096 cost least.
        out : array, shape (inputs, count), optional
            Where they are written.

        Returns
        -------
        array, shape (inputs, count)
            Above 0 and below 1.

        Raises
        ------
        ValueError
            If a draw lies beyond the number of draws.
        """
        if start < 0 or count < 0 or start + count > self._draws:
            raise ValueError(f"draws {start} .. {start + count} do not lie within {self._draws}")
        result = np.empty((len(self._nets.group), count)) if out is None else out
        size = 1 << self._bits
        for block in range(start >> self._bits, -(-(start + count) >> self._bits)):
            begin, end = max(start, block * size), min(start + count, (block + 1) * size)
            self._fill(block, slice(begin - block * size, end - block * size),
                       result[:, begin - start : end - start])  # fmt: skip
        return result

    def _fill(self, block: int, part: slice, out: Array) -> None:
        """The points of a part of an aligned block of draws."""
        order, above = self._nets.shuffled(block, self._bits)
        constant, groups = self._nets.constants(above, self._bits, block), self._nets.group
        # as the fraction of a number from 1 to 2, with a half in the place after the last
        outer = _in_fraction(self._outer ^ constant[:, None]) | _ONE_AND_A_HALF_STRIP
        order = order[:, part]
        index, last = np.empty(0, dtype=np.intp), -1
        for rows in batches(len(out), self._bits):
            words = outer[rows, :, None] ^ self._inner[rows, None, :]
            strips = words.view(np.float64).reshape(len(words), -1)
            strips -= 1.0
            for some, group in _runs(groups[rows]):
                if group != last:
                    index, last = order[group].astype(np.intp), group
                np.take(strips[some], index, axis=1, out=out[rows][some], mode="clip")


class PseudoRandom:
    """Plain pseudo-random points: the generator SplitMix64, entered at any draw.

    Each key has a stream of its own (Steele, Lea and Flood 2014, *Fast splittable pseudorandom
    number generators*, OOPSLA, figure 12), of which a point is a function of its number.

    Parameters
    ----------
    seed, coordinates, draws, randomisation
        As for ``QuasiRandom``; only the keys of the coordinates count.

    Examples
    --------
    >>> points = PseudoRandom(1, [Coordinate("a"), Coordinate("b")], draws=1000)
    >>> whole = points.at(0, 1000)
    >>> bool((points.at(300, 50) == whole[:, 300:350]).all())
    True
    """

    def __init__(
        self, seed: int, coordinates: Sequence[Coordinate], draws: int, randomisation: int = 0
    ) -> None:
        if not 1 <= draws <= MOST_DRAWS:
            raise ValueError(f"the number of draws lies between 1 and {MOST_DRAWS}")
        keys = [c.key for c in coordinates]
        refuse_twice("key", keys)
        self._draws, self._seed, self._keys = draws, seed, keys
        self._states = random_words(seed, randomisation, "stream", keys)

    def randomised(self, randomisation: int) -> PseudoRandom:
        """The streams of another randomisation."""
        other = copy(self)
        other._states = random_words(self._seed, randomisation, "stream", self._keys)
        return other

    def at(self, start: int, count: int, out: Array | None = None) -> Array:
        """Points of ``count`` draws from number ``start`` on; see ``QuasiRandom.at``."""
        if start < 0 or count < 0 or start + count > self._draws:
            raise ValueError(f"draws {start} .. {start + count} do not lie within {self._draws}")
        result = np.empty((len(self._states), count)) if out is None else out
        steps = np.arange(start + 1, start + count + 1, dtype=np.uint64) * np.uint64(STEP)
        for part in batches(count, 0):
            bits = (part.stop - part.start - 1).bit_length()
            for rows in batches(len(result), bits):
                words = mixed(self._states[rows, None] + steps[None, part])
                words >>= np.uint64(12)  # 52 bits: the middle of the last strip is still below 1
                words |= np.uint64(0x3FF << 52)
                np.subtract(words.view(np.float64), 1 - 2.0**-53, out=result[rows, part])
        return result


METHODS: dict[str, type[QuasiRandom] | type[PseudoRandom]] = {
    "sobol": QuasiRandom,
    "mc": PseudoRandom,
}
"""Sources of points by the name of the method."""

_ONE_AND_A_HALF_STRIP = np.uint64((0x3FF << 52) | (1 << (52 - BITS - 1)))


def _runs(groups: list[int]) -> Iterator[tuple[slice, int]]:
    """Neighbours of the same group."""
    start = 0
    for group, members in groupby(groups):
        end = start + len(list(members))
        yield slice(start, end), group
        start = end


def _in_fraction(words: Words) -> LongWords:
    """Words moved to the first places of the fraction of a floating point number."""
    return words.astype(np.uint64) << np.uint64(52 - BITS)
