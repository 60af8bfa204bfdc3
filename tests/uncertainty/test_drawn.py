"""Arrays that cannot be used are refused, with the place of what is the matter."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor.uncertainty.drawn import (
    draws_by_inputs,
    draws_by_options,
    same_shape,
    vector,
)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (3.0, r"shape \(draws, options\), not \(\)"),
        ([1.0, 2.0], r"shape \(draws, options\), not \(2,\)"),
        (np.zeros((2, 2, 2)), r"not \(2, 2, 2\)"),
        (np.zeros((0, 2)), r"at least 1 draw and 1 option, not shape \(0, 2\)"),
        (np.zeros((2, 0)), r"at least 1 draw and 1 option, not shape \(2, 0\)"),
        ([[1, 2], [3]], "rows are equally long"),
        ([["1", "2"]], "real numbers, not <U1"),
        ([[1j, 2]], "real numbers, not complex128"),
        ([[1, None]], "real numbers, not object"),
        ([[1, 2], [3, np.nan]], "draw 1, option 1 is nan"),
        ([[1, -np.inf], [np.nan, 3]], "draw 0, option 1 is -inf"),
    ],
)
def test_what_is_no_table_of_draws_is_refused(values, said):
    with pytest.raises(ValueError, match=f"^costs must .*{said}"):
        draws_by_options("costs", values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.zeros((2, 2, 2)), r"shape \(draws,\) or \(draws, inputs\), not \(2, 2, 2\)"),
        ([], "at least 1 draw and 1 input"),
        ([1, 2, np.inf], "draw 2, input 0 is inf"),
    ],
)
def test_what_is_no_table_of_inputs_is_refused(values, said):
    with pytest.raises(ValueError, match=said):
        draws_by_inputs("inputs", values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (3.0, r"a row of at least 1 number, not shape \(\)"),
        ([], "at least 1 number"),
        ([[1]], "a row"),
        ([0, np.nan], r"but threshold 1 is nan \(counted from 0\)"),
    ],
)
def test_what_is_no_row_is_refused(values, said):
    with pytest.raises(ValueError, match=said):
        vector("thresholds", values, "threshold")


def test_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match="same shape"):
        same_shape(np.zeros(2), np.zeros((1, 2)))


@pytest.mark.parametrize("values", [[[1, 2]], [[True, False]], np.ones((1, 2), dtype=np.float32)])
def test_every_kind_of_real_number_becomes_a_double(values):
    assert draws_by_options("costs", values).dtype == np.float64


def test_large_numbers_are_finite_though_their_sum_is_not():
    assert draws_by_options("costs", [[1e308, 1e308]]).shape == (1, 2)
