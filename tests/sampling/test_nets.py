"""Shuffles and sums of bits."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor.sampling.nets import Coordinate, Nets, checked_places, mirrored, sums

INPUTS = [Coordinate(f"k{i}") for i in range(5)] + [Coordinate("g.a", "g", 0)]


def plain(nets: Nets, number: int) -> list[int]:
    """Laine and Karras's permutation of a mirrored number, step by step, by group."""
    word = int(f"{number:032b}"[::-1], 2)
    found = []
    for row in range(len(nets._added)):
        added, times = int(nets._added[row, 0]), int(nets._times[row, 0])
        x = [word, 0]
        for i in range(2):
            x[i] ^= x[i] * 0x3D20ADEA % 2**32
            x[i] = (x[i] + added) * times % 2**32
            x[i] ^= x[i] * 0x05526C56 % 2**32
            x[i] ^= x[i] * 0x53A22864 % 2**32
        found.append(x[0] ^ x[1])
    return found


@pytest.mark.parametrize("bits", [1, 3, 10, 12, 16])
@pytest.mark.parametrize("block", [0, 1, 5, 1000, 65_535])
def test_a_block_is_shuffled_as_its_draws_are(bits, block):
    nets = Nets(3, INPUTS, 1 << 32)
    order, above = nets.shuffled(block, bits)
    assert (np.sort(order) == np.arange(1 << bits)).all()
    for draw in {0, 1, (1 << bits) - 1, (1 << bits) // 3}:
        words = (order[:, draw].astype(np.uint64) << np.uint64(32 - bits)) | above
        assert words.tolist() == plain(nets, (block << bits) + draw)


def test_points_are_sums_of_the_numbers_of_their_bits():
    nets = Nets(3, INPUTS, 1 << 8)
    order, above = nets.shuffled(9, 3)
    words = sums(nets.numbers[:, :3]) ^ nets.constants(above, 3, 9)[:, None]
    for row, group in enumerate(nets.group):
        for draw in range(8):
            place = (int(order[group, draw]) << 29) | int(above[group])
            expected = int(nets.shift[row])
            for bit in range(8):
                if place >> (31 - bit) & 1:
                    expected ^= int(nets.numbers[row, bit])
            assert int(words[row, order[group, draw]]) == expected


def test_mirrored_numbers():
    assert mirrored(3).tolist() == [int(f"{n:032b}"[::-1], 2) for n in range(8)]


def test_places():
    places = checked_places([Coordinate("a"), Coordinate("b", "a"), Coordinate("c", "a", 128)])
    assert len(set(places)) == 3
    with pytest.raises(ValueError, match="same key"):
        checked_places([Coordinate("a"), Coordinate("a", "b")])
