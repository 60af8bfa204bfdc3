"""Sums and products by index, against plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.arrays import product_by, sum_by, sums_by

numbers = st.floats(-1e6, 1e6)


@st.composite
def tables(draw):
    """An index of groups and as many rows of amounts."""
    size, width = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(numbers, min_size=width, max_size=width), max_size=12))
    index = draw(st.lists(st.integers(0, size - 1), min_size=len(rows), max_size=len(rows)))
    return size, np.array(index, dtype=np.intp), np.array(rows).reshape(len(rows), width)


def slow_sum(index, amounts, size):
    groups = [[0.0] * amounts.shape[1] for _ in range(size)]
    for group, row in zip(index, amounts, strict=True):
        for column, amount in enumerate(row):
            groups[group][column] += amount
    return groups


@given(tables())
def test_sums_are_those_of_a_plain_loop(table):
    size, index, amounts = table
    found = sum_by(index, amounts, size)
    assert found.shape == (size, amounts.shape[1])
    assert found == pytest.approx(np.array(slow_sum(index, amounts, size)), rel=1e-12, abs=1e-6)


@given(tables(), st.integers(1, 3000))
def test_the_way_of_adding_changes_no_digit(table, times):
    # few numbers and many are added in other ways, but each sum in the order of its rows
    size, index, amounts = table
    wide = np.tile(amounts, (1, times))
    assert np.array_equal(sum_by(index, wide, size), slow_sum(index, wide, size))


@given(tables(), st.integers(1, 3000))
def test_parts_that_are_added_together_are_those_added_apart(table, times):
    size, index, amounts = table
    wide = np.tile(amounts, (1, times))
    parts = [wide, -2.0 * wide, wide / 3.0]
    for found, part in zip(sums_by(index, parts, size), parts, strict=True):
        assert np.array_equal(found, sum_by(index, part, size))


@given(tables())
def test_a_column_alone_has_the_same_sums(table):
    size, index, amounts = table
    together = sum_by(index, amounts, size)
    for column in range(amounts.shape[1]):
        alone = sum_by(index, amounts[:, [column]], size)
        assert alone[:, 0].tolist() == together[:, column].tolist()


@pytest.mark.parametrize("columns", [0, 1, 3])
def test_no_rows_give_zeros(columns):
    found = sum_by(np.array([], dtype=np.intp), np.zeros((0, columns)), 2)
    assert found.tolist() == [[0.0] * columns] * 2
    assert found.dtype == np.float64


def test_a_group_without_rows_is_0():
    index, amounts = np.array([2, 0, 2]), np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])
    assert sum_by(index, amounts, 4).tolist() == [[2.0, 20.0], [0.0, 0.0], [4.0, 40.0], [0.0, 0.0]]


def test_products_of_consecutive_rows():
    factors = np.array([[2.0, 1.0], [3.0, 5.0], [7.0, 0.0], [-1.0, 4.0]])
    found = product_by(np.array([0, 2, 3]), factors)
    assert found.tolist() == [[2 * 3, 1 * 5], [7.0, 0.0], [-1.0, 4.0]]


def test_no_groups_have_no_products():
    assert product_by(np.array([], dtype=np.intp), np.zeros((0, 2))).shape == (0, 2)


@given(st.lists(st.lists(st.floats(-3, 3), min_size=1, max_size=4), min_size=1, max_size=5))
def test_products_are_those_of_a_plain_loop(groups):
    starts = [sum(len(g) for g in groups[:i]) for i in range(len(groups))]
    factors = np.array([[x] for group in groups for x in group])
    found = product_by(np.array(starts), factors)[:, 0]
    assert found == pytest.approx([math.prod(group) for group in groups], rel=1e-12)
