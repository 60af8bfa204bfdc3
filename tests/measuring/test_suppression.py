"""Hiding small numbers of people so that nobody can work them out, checked by trying."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from impactmonitor.measuring.suppression import Sum, exposed, hidden, holds, is_small

Table = tuple[dict[str, float], list[Sum[str]]]


def two_way(rows: list[list[int]]) -> Table:
    """A table with totals by row, by column and of all, all of them exported."""
    height, width = len(rows), len(rows[0])
    cells: dict[str, float] = {f"{i}{j}": rows[i][j] for i in range(height) for j in range(width)}
    cells |= {f"{i}+": sum(rows[i]) for i in range(height)}
    cells |= {f"+{j}": sum(row[j] for row in rows) for j in range(width)}
    cells["++"] = sum(map(sum, rows))
    sums = [Sum(f"{i}+", tuple(f"{i}{j}" for j in range(width))) for i in range(height)]
    sums += [Sum(f"+{j}", tuple(f"{i}{j}" for i in range(height))) for j in range(width)]
    sums.append(Sum("++", tuple(f"{i}+" for i in range(height))))
    sums.append(Sum("++", tuple(f"+{j}" for j in range(width))))
    return cells, sums


def intervals(cells: dict[str, float], sums: list[Sum[str]], kept: frozenset[str]) -> dict:
    """What a reader can find out of each hidden cell: whole numbers of at least 1 that add up.

    A reader knows every shown cell and every sum. All cells are unknowns here, the shown ones
    between equal bounds: another form of the problem than the one the program solves.
    """
    names = sorted(cells)
    matrix = np.array(
        [[(n in one.parts) - 1.0 * (n == one.total) for n in names] for one in sums], dtype=float
    )
    low = np.array([1 if n in kept else cells[n] for n in names], dtype=float)
    high = np.array([1e6 if n in kept else cells[n] for n in names], dtype=float)
    found = {}
    for name in sorted(kept):
        ends = []
        for sign in (1, -1):
            aim = np.array([sign * (n == name) for n in names], dtype=float)
            solved = milp(
                aim,
                constraints=LinearConstraint(matrix, 0, 0),
                integrality=np.ones(len(names)),
                bounds=Bounds(low, high),
            )
            assert solved.success
            ends.append(sign * solved.fun)
        found[name] = (ends[0], ends[1])
    return found


EVERY_TABLE = np.array(list(itertools.product(range(13), repeat=4)))
SMALL_AND_LARGE = st.one_of(st.integers(0, 6), st.integers(0, 40))
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(SMALL_AND_LARGE, min_size=width, max_size=width), min_size=2, max_size=4
    )
)


@settings(max_examples=15, deadline=None)
@given(TABLES)
def test_nothing_hidden_can_be_worked_out(rows: list[list[int]]) -> None:
    cells, sums = two_way(rows)
    kept = hidden(cells, sums)
    assert {c for c, n in cells.items() if 0 < n < 5} <= kept
    assert all(cells[c] > 0 for c in kept), "0 is shown"
    for cell, (low, high) in intervals(cells, sums, kept).items():
        assert low <= cells[cell] <= high
        assert high - low >= 1, (cell, low, high)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_what_is_exposed_is_what_counting_all_tables_finds(rows: list[list[int]]) -> None:
    """Every table of four cells that could stand behind the shown numbers is written out."""
    cells, sums = two_way(rows)
    kept = {c for c, n in cells.items() if is_small(n) and "+" not in c}
    fits = np.ones(len(EVERY_TABLE), dtype=bool)
    for cell, number in cells.items():
        inside = [int(i) * 2 + int(j) for i in ("01" if cell[0] == "+" else cell[0])
                  for j in ("01" if cell[1] == "+" else cell[1])]  # fmt: skip
        found = EVERY_TABLE[:, inside].sum(axis=1)
        fits &= found >= 1 if cell in kept else found == number
    place = {f"{i}{j}": 2 * i + j for i in range(2) for j in range(2)}
    only = {c for c in kept if len(np.unique(EVERY_TABLE[fits, place[c]])) == 1}
    assert exposed(cells, sums, kept) == only


def test_one_small_number_takes_a_second_cell_along() -> None:
    cells, sums = {"a": 3.0, "b": 12.0, "c": 40.0, "all": 55.0}, [Sum("all", ("a", "b", "c"))]
    assert hidden(cells, sums) == {"a", "b"}


def test_the_only_one_beside_zeros_takes_the_total_along() -> None:
    cells = {"a": 3.0, "b": 0.0, "x": 20.0, "A": 3.0, "B": 20.0, "all": 23.0}
    sums = [Sum("A", ("a", "b")), Sum("B", ("x",)), Sum("all", ("A", "B"))]
    assert {"a", "A"} <= hidden(cells, sums)
    assert exposed(cells, sums, hidden(cells, sums)) == set()


def test_two_ones_give_each_other_away() -> None:
    """A reader who knows that 0 is shown knows that a hidden sum of 2 is 1 and 1."""
    cells, sums = {"a": 1.0, "b": 1.0, "c": 30.0, "all": 32.0}, [Sum("all", ("a", "b", "c"))]
    assert exposed(cells, sums, {"a", "b"}) == {"a", "b"}
    assert hidden(cells, sums) == {"a", "b", "c"}


def test_a_hidden_square_with_a_bridge_is_not_enough() -> None:
    """Two in each row and column may still expose one (Gusfield 1988): the LP sees it."""
    rows = [[2, 3, 9, 9, 0, 0], [3, 2, 9, 9, 0, 0], [9, 9, 2, 3, 0, 0], [9, 9, 3, 2, 0, 0]]
    rows[0][2] = 4
    cells, sums = two_way(rows)
    first = {f"{i}{j}" for i, row in enumerate(rows) for j, n in enumerate(row) if is_small(n)}
    assert exposed(cells, sums, first) == {"02"}
    assert exposed(cells, sums, hidden(cells, sums)) == set()


def test_nothing_small_nothing_hidden() -> None:
    cells, sums = two_way([[0, 5], [12, 0]])
    assert hidden(cells, sums) == frozenset()
    assert hidden(*two_way([[4, 5], [12, 0]]), under=1) == frozenset()


def test_what_does_not_add_up_tells_nothing() -> None:
    assert not holds(Sum("all", ("a", "b")), {"a": 1.0, "all": 1.0})
    assert hidden({"a": 3.0, "b": 9.0, "all": 11.0}, [Sum("all", ("a", "b"))]) == {"a"}


def test_the_order_of_the_cells_does_not_matter() -> None:
    cells, sums = two_way([[1, 7, 7], [9, 9, 2], [7, 3, 9]])
    turned = dict(sorted(cells.items(), reverse=True))
    assert hidden(turned, sums[::-1]) == hidden(cells, sums)


def test_who_is_left_over_from_a_denominator_counts() -> None:
    """With 4 and 6 in the denominators, hidden numerators of 4 and 6 would follow from their 10."""
    cells = {"a": 4.0, "b": 6.0, "in": 10.0, "A": 4.0, "B": 6.0, "of": 10.0, "ra": 0.0, "rb": 0.0}
    sums = [Sum("in", ("a", "b")), Sum("of", ("A", "B")), Sum("A", ("a", "ra")),
            Sum("B", ("b", "rb"))]  # fmt: skip
    assert exposed(cells, sums, {"a", "b"}, unseen={"ra", "rb"}) == {"a", "b"}
    kept = hidden(cells, sums, unseen={"ra", "rb"})
    assert {"a", "A"} <= kept
    assert not kept & {"ra", "rb"}
    assert exposed(cells, sums, kept, unseen={"ra", "rb"}) == set()


@pytest.mark.parametrize("under", [2, 5, 11])
def test_the_limit_is_the_case_s(under: int) -> None:
    assert [n for n in range(13) if is_small(n, under)] == list(range(1, under))
