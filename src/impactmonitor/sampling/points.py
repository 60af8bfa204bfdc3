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
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from impactmonitor.sampling.directions import BITS, DIMENSIONS, Words, direction_numbers
from impactmonitor.sampling.streams import STEP, LongWords, mixed, random_words

Array = NDArray[np.float64]
Order = NDArray[np.uint16]

MOST_DRAWS = 1 << BITS
_BLOCK_BITS = 12  # 4,096 draws of one input: a table that stays in the nearest cache
_INNER_BITS = 8


class Coordinate(NamedTuple):
    """Which points an input gets.

    Attributes
    ----------
    key : str
        The name of the input; inputs of the same name have the same points.
    group : str or None
        Inputs of one group are spread evenly over all their combinations; None: by itself.
    dimension : int
        The place within the group, from 0; the first are spread best. Each 128 places are a
        group of their own. Plain Monte Carlo takes no notice of group and dimension.
    """

    key: str
    group: str | None = None
    dimension: int = 0


class Points(Protocol):
    """A source of points: rows are inputs, columns are draws."""

    def at(self, start: int, count: int, out: Array | None = None) -> Array:
        """Points of the draws from ``start`` on; see ``QuasiRandom.at``."""


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
        if not 1 <= draws <= MOST_DRAWS:
            raise ValueError(f"the number of draws lies between 1 and {MOST_DRAWS}")
        places = [_place(c) for c in coordinates]
        _refuse_twice("key", [c.key for c in coordinates])
        _refuse_twice("place in a group", places)
        columns = max(1, (draws - 1).bit_length())
        state = random_words(seed, randomisation, "scramble", [c.key for c in coordinates])
        chosen = np.array([dimension for _, dimension in places], dtype=np.intp)
        numbers = _scrambled(direction_numbers()[chosen, :columns], state)
        groups = {name: row for row, name in enumerate(dict.fromkeys(g for g, _ in places))}
        shuffles = random_words(seed, randomisation, "shuffle", groups)
        self._draws, self._numbers = draws, numbers
        self._shift = (mixed(state + np.uint64(STEP)) >> np.uint64(32)).astype(np.uint32)
        self._group = [groups[name] for name, _ in places]
        self._added = (shuffles & np.uint64(0xFFFFFFFF)).astype(np.uint32)[:, None]
        self._times = ((shuffles >> np.uint64(32)).astype(np.uint32) | np.uint32(1))[:, None]
        self._first = _permuted(np.zeros((1, 1), dtype=np.uint32), self._added, self._times)
        self._bits = bits = min(_BLOCK_BITS, columns)
        outer = max(0, bits - _INNER_BITS)
        self._outer = _tables(numbers[:, :outer])
        self._inner = _in_fraction(_tables(numbers[:, outer:bits]))
        self._mirrored = _tables(_MIRRORED[None, :bits][:, ::-1])[0]  # of draws in their order

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
        result = np.empty((len(self._group), count)) if out is None else out
        size = 1 << self._bits
        for block in range(start >> self._bits, -(-(start + count) >> self._bits)):
            begin, end = max(start, block * size), min(start + count, (block + 1) * size)
            self._fill(block, slice(begin - block * size, end - block * size),
                       result[:, begin - start : end - start])  # fmt: skip
        return result

    def _fill(self, block: int, part: slice, out: Array) -> None:
        """The points of a part of an aligned block of draws."""
        order, above = self._shuffled(block)
        constant, of_key = self._shift.copy(), above[self._group]
        for bit in range(self._bits, self._bits + block.bit_length()):
            is_set = (of_key >> np.uint32(BITS - 1 - bit)) & np.uint32(1)
            constant ^= self._numbers[:, bit] * is_set
        # as the fraction of a number from 1 to 2, with a half in the place after the last
        outer = _in_fraction(self._outer ^ constant[:, None]) | _ONE_AND_A_HALF_STRIP
        order = order[:, part]
        index, last = np.empty(0, dtype=np.intp), -1
        for rows in _batches(len(out), self._bits):
            words = outer[rows, :, None] ^ self._inner[rows, None, :]
            strips = words.view(np.float64).reshape(len(words), -1)
            strips -= 1.0
            for some, group in _runs(self._group[rows]):
                if group != last:
                    index, last = order[group].astype(np.intp), group
                np.take(strips[some], index, axis=1, out=out[rows][some], mode="clip")

    def _shuffled(self, block: int) -> tuple[Order, Words]:
        """By group: where each draw of a block is in the tables, and the bits of its new block.

        Everything happens on mirrored numbers of draws, where a carry runs from what is worth
        most (the block) to what is worth least: so every power of two is shuffled within itself.
        """
        turned = np.uint32(int(f"{block << self._bits:032b}"[::-1], 2))
        words, rest = (self._mirrored | turned)[None, :], BITS - self._bits
        order = np.empty((len(self._added), words.size), dtype=np.uint16)
        above = np.empty(len(order), dtype=np.uint32)
        for rows in _batches(len(order), self._bits):
            found = _permuted(words, self._added[rows], self._times[rows])
            found ^= self._first[rows]  # draw 0 stays where it is
            above[rows] = found[:, 0] & np.uint32((1 << rest) - 1)
            np.right_shift(found, np.uint32(rest), out=order[rows], casting="unsafe")
        return order, above


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
        _refuse_twice("key", keys)
        self._draws = draws
        self._states = random_words(seed, randomisation, "stream", keys)

    def at(self, start: int, count: int, out: Array | None = None) -> Array:
        """Points of ``count`` draws from number ``start`` on; see ``QuasiRandom.at``."""
        if start < 0 or count < 0 or start + count > self._draws:
            raise ValueError(f"draws {start} .. {start + count} do not lie within {self._draws}")
        result = np.empty((len(self._states), count)) if out is None else out
        steps = np.arange(start + 1, start + count + 1, dtype=np.uint64) * np.uint64(STEP)
        for part in _batches(count, 0):
            bits = (part.stop - part.start - 1).bit_length()
            for rows in _batches(len(result), bits):
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

_MIRRORED: Words = np.array([1 << (BITS - 1 - bit) for bit in range(BITS)], dtype=np.uint32)
_ONE_AND_A_HALF_STRIP = np.uint64((0x3FF << 52) | (1 << (52 - BITS - 1)))


def _batches(rows: int, bits: int) -> Iterator[slice]:
    """Parts of so many rows of 2**bits words that they stay in the cache nearby."""
    step = max(1, (1 << _BLOCK_BITS) >> bits)
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


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


def _permuted(words: Words, added: Words, times: Words) -> Words:
    """Bits flipped by a hash of the bits below them: a permutation for each row of seeds."""
    x = words ^ (words * np.uint32(0x3D20ADEA))
    x = x + added
    x *= times
    mixed = x * np.uint32(0x05526C56)
    x ^= mixed
    np.multiply(x, np.uint32(0x53A22864), out=mixed)
    x ^= mixed
    return x


def _place(coordinate: Coordinate) -> tuple[str, int]:
    """The sequence that an input belongs to, and its dimension there."""
    if coordinate.dimension < 0:
        raise ValueError(f"the dimension of {coordinate.key!r} is 0 or more")
    part, dimension = divmod(coordinate.dimension, DIMENSIONS)
    if coordinate.group is None:
        return f"key {part} {coordinate.key}", dimension
    return f"group {part} {coordinate.group}", dimension


def _refuse_twice(what: str, items: Sequence[object]) -> None:
    if len(set(items)) < len(items):
        twice = next(item for place, item in enumerate(items) if item in items[:place])
        raise ValueError(f"two inputs have the same {what}: {twice!r}")


def _scrambled(numbers: Words, states: LongWords) -> Words:
    """Direction numbers times a random lower triangular matrix of bits for each row.

    Output bit i is the parity of input bits 0 .. i (0 the highest) under a mask with bit i set.
    """
    rows = np.arange(BITS, dtype=np.uint64)
    random = mixed(states[:, None] + (rows + np.uint64(2))[None, :] * np.uint64(STEP))
    own = np.uint32(1) << (np.uint32(BITS - 1) - rows.astype(np.uint32))
    above = ~(own | (own - np.uint32(1)))
    masks = ((random >> np.uint64(32)).astype(np.uint32) & above) | own
    odd = np.bitwise_count(numbers[:, :, None] & masks[:, None, :]) & np.uint8(1)
    found: Words = np.packbits(odd, axis=-1).view(">u4")[:, :, 0].astype(np.uint32)
    return found


def _tables(numbers: Words) -> Words:
    """Exclusive sums of the columns, by the mirrored bits of their place in the table."""
    result = np.zeros((len(numbers), 1), dtype=np.uint32)
    for bit in range(numbers.shape[1] - 1, -1, -1):
        result = np.concatenate([result, result ^ numbers[:, bit, None]], axis=1)
    return result
