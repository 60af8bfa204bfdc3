"""Sobol' sequences of inputs: scrambled by key, shuffled by group.

What points and values have in common: how the bits of the number of a draw become the bits of a
point. Every draw has a place in its group, and the bits of a point are exclusive sums of words
that belong to the bits of that place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from impactmonitor.sampling.directions import BITS, DIMENSIONS, Words, direction_numbers
from impactmonitor.sampling.streams import STEP, LongWords, mixed, random_words

Order = NDArray[np.uint16]

MOST_DRAWS = 1 << BITS
BLOCK_BITS = 12
"""4,096 draws of one input: a table that stays in the nearest cache."""


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


class Nets:
    """The sequences of inputs, and how the draws of their groups are shuffled.

    Parameters
    ----------
    seed, coordinates, draws, randomisation
        As for ``QuasiRandom``.

    Attributes
    ----------
    numbers : array of uint32, shape (inputs, bits)
        What each bit of the place of a draw adds to a point, lowest bit first.
    shift : array of uint32, shape (inputs,)
        What is added to all points.
    group : list of int, by input
    columns : int
        How many bits the numbers of draws have.

    Raises
    ------
    ValueError
        If two inputs have the same key, or the same dimension of the same group.

    Examples
    --------
    >>> nets = Nets(1, [Coordinate("a"), Coordinate("b")], draws=8)
    >>> order, above = nets.shuffled(0, 3)
    >>> np.sort(order).tolist(), order[:, 0].tolist()
    ([[0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7]], [0, 0])
    """

    def __init__(
        self, seed: int, coordinates: Sequence[Coordinate], draws: int, randomisation: int = 0
    ) -> None:
        if not 1 <= draws <= MOST_DRAWS:
            raise ValueError(f"the number of draws lies between 1 and {MOST_DRAWS}")
        places = checked_places(coordinates)
        self.columns = max(1, (draws - 1).bit_length())
        self._states = state = random_words(seed, 0, "scramble", [c.key for c in coordinates])
        chosen = np.array([dimension for _, dimension in places], dtype=np.intp)
        self.numbers = _scrambled(direction_numbers()[chosen, : self.columns], state)
        self.shift = (mixed(state + np.uint64(STEP)) >> np.uint64(32)).astype(np.uint32)
        groups = {name: row for row, name in enumerate(dict.fromkeys(g for g, _ in places))}
        self.group = [groups[name] for name, _ in places]
        shuffles = random_words(seed, 0, "shuffle", groups)
        self._added = (shuffles & np.uint64(0xFFFFFFFF)).astype(np.uint32)[:, None]
        self._times = ((shuffles >> np.uint64(32)).astype(np.uint32) | np.uint32(1))[:, None]
        self._first = _permuted(np.zeros((1, 1), dtype=np.uint32), self._added, self._times)
        self._moved = self._moves(randomisation)

    def randomised(self, randomisation: int) -> Nets:
        """The same sequences in another randomisation: all points of an input moved alike.

        Whatever the sequences are, every point of a randomisation is uniform, and independent of
        those of the others.
        """
        other = copy(self)
        other._moved = self._moves(randomisation)
        return other

    def _moves(self, randomisation: int) -> Words:
        """What a randomisation adds to the points of each input; the first adds nothing."""
        if randomisation == 0:
            return np.zeros(len(self._states), dtype=np.uint32)
        # from the same words as the scrambling, in a stream of its own for each input
        start = np.uint64(mixed(np.array([randomisation], dtype=np.uint64))[0])
        words = mixed(mixed(self._states ^ start) + np.uint64(STEP))
        return (words >> np.uint64(32)).astype(np.uint32)

    def shuffled(self, block: int, bits: int) -> tuple[Order, Words]:
        """By group: where each draw of a block of 2**bits is, and the bits of its new block.

        Everything happens on mirrored numbers of draws, where a carry runs from what is worth
        most (the block) to what is worth least: so every power of two is shuffled within itself.

        Parameters
        ----------
        block, bits : int
            Which aligned block; at most 2**16 draws.

        Returns
        -------
        order : array of uint16, shape (groups, 2**bits)
            Mirrored places within the block where the draws went.
        above : array of uint32, shape (groups,)
            The mirrored number of that block.
        """
        first, below = self._first[:, 0], np.uint32((1 << (BITS - bits)) - 1)

        def above(words: Words) -> Order:
            return (words >> np.uint32(BITS - bits)).astype(np.uint16)[..., None]

        # ``_permuted`` in two: the block, which its places carry into, and the places, of which
        # only the last 16 bits count
        turned = np.array([int(f"{block << bits:032b}"[::-1], 2)], dtype=np.uint32)
        carried = turned * _FACTORS[0]
        place = above(mirrored(bits))[:, 0]
        place = place ^ (place * _short(_FACTORS[0]) + above(carried))
        added = ((turned ^ carried) & below) + self._added[:, 0]
        word = (added & below) * self._times[:, 0]
        order = place * _short(self._times)
        order += above(added) * _short(self._times) + above(word)
        mixed = np.empty_like(order)
        for factor in _FACTORS[1:]:
            word &= below
            carried = word * factor
            word ^= carried
            np.multiply(order, _short(factor), out=mixed)
            mixed += above(carried)
            order ^= mixed
        order ^= above(first)  # draw 0 stays where it is
        order &= np.uint16((1 << bits) - 1)
        return order, (word ^ first) & below

    def constants(self, above: Words, bits: int, block: int) -> Words:
        """What a block of 2**bits draws adds to the points of each input.

        Parameters
        ----------
        above, bits, block
            Of ``shuffled``; there are no more bits above than the block has.
        """
        result, of_key = self.shift ^ self._moved, above[self.group]
        for bit in range(bits, bits + block.bit_length()):
            is_set = (of_key >> np.uint32(BITS - 1 - bit)) & np.uint32(1)
            result ^= self.numbers[:, bit] * is_set
        return result


def batches(rows: int, bits: int) -> Iterator[slice]:
    """Parts of so many rows of 2**bits words that they stay in the cache nearby."""
    step = max(1, (1 << BLOCK_BITS) >> bits)
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


@cache
def mirrored(bits: int) -> Words:
    """Numbers of draws below 2**bits with their 32 bits in the opposite order.

    Examples
    --------
    >>> (mirrored(2) / 2**32).tolist()
    [0.0, 0.5, 0.25, 0.75]
    """
    values = np.array([1 << (BITS - 1 - bit) for bit in range(bits)], dtype=np.uint32)
    found: Words = sums(values[None, ::-1])[0]  # of draws in their order
    found.flags.writeable = False
    return found


def sums(numbers: Words) -> Words:
    """Exclusive sums of the columns, by the mirrored bits of their place in the table.

    Parameters
    ----------
    numbers : array of uint32, shape (rows, columns)

    Returns
    -------
    array of uint32, shape (rows, 2**columns)

    Examples
    --------
    >>> sums(np.array([[1, 4]], dtype=np.uint32)).tolist()
    [[0, 4, 1, 5]]
    """
    result = np.zeros((len(numbers), 1), dtype=np.uint32)
    for bit in range(numbers.shape[1] - 1, -1, -1):
        result = np.concatenate([result, result ^ numbers[:, bit, None]], axis=1)
    return result


_FACTORS = np.array([0x3D20ADEA, 0x05526C56, 0x53A22864], dtype=np.uint32)


def _short(words: Words | np.uint32) -> Order:
    """The last 16 bits."""
    return np.asarray(words).astype(np.uint16)


def _permuted(words: Words, added: Words, times: Words) -> Words:
    """Bits flipped by a hash of the bits below them: a permutation for each row of seeds."""
    x: Words = ((words ^ (words * _FACTORS[0])) + added) * times
    for factor in _FACTORS[1:]:
        x ^= x * factor
    return x


def checked_places(coordinates: Sequence[Coordinate]) -> list[tuple[str, int]]:
    """By input its sequence and its dimension there.

    Raises
    ------
    ValueError
        If two inputs have the same key, or the same dimension of the same group.
    """
    places = [_place(c) for c in coordinates]
    refuse_twice("key", [c.key for c in coordinates])
    refuse_twice("place in a group", places)
    return places


def _place(coordinate: Coordinate) -> tuple[str, int]:
    """The sequence that an input belongs to, and its dimension there."""
    if coordinate.dimension < 0:
        raise ValueError(f"the dimension of {coordinate.key!r} is 0 or more")
    part, dimension = divmod(coordinate.dimension, DIMENSIONS)
    if coordinate.group is None:
        return f"key {part} {coordinate.key}", dimension
    return f"group {part} {coordinate.group}", dimension


def refuse_twice(what: str, items: Sequence[object]) -> None:
    """Raise ValueError if something is there twice."""
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
