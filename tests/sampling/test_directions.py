"""The shipped direction numbers are those of scipy, and make balanced nets."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from impactmonitor.sampling.directions import BITS, DIMENSIONS, direction_numbers


def unscrambled(count: int) -> np.ndarray:
    """Sobol' points as words in their own order; rows are dimensions."""
    words = np.zeros((DIMENSIONS, count), dtype=np.uint32)
    for bit in range((count - 1).bit_length()):
        is_set = (np.arange(count) >> bit) & 1 == 1
        words[:, is_set] ^= direction_numbers()[:, bit, None]
    return words


def test_points_are_those_of_scipy():
    """scipy walks through the points in the order of a Gray code."""
    count = 1 << 12
    gray = np.arange(count) ^ (np.arange(count) >> 1)
    theirs = qmc.Sobol(DIMENSIONS, scramble=False, bits=BITS).random(count)
    assert (unscrambled(count)[:, gray] / 2.0**BITS == theirs.T).all()


def test_every_dimension_tells_all_numbers_apart():
    """Below the diagonal there is nothing, on it is 1: 32 bits give 2**32 different words."""
    for row in direction_numbers():
        lowest = [int(word) & -int(word) for word in row]
        assert lowest == [1 << (BITS - 1 - bit) for bit in range(BITS)]


@pytest.mark.parametrize("first", [0, 1, 2, 5])
def test_neighbours_fill_boxes_evenly(first):
    words = unscrambled(256)[first : first + 2] >> np.uint32(BITS - 2)
    counts = np.bincount(words[0] * 4 + words[1], minlength=16)
    assert (counts == 16).all()


def test_nobody_can_change_the_table():
    assert direction_numbers() is direction_numbers()
    with pytest.raises(ValueError, match="read-only"):
        direction_numbers()[0, 0] = 1
