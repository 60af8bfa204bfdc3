"""The tables of an indicator, and what may not be seen in them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tests.measuring.records import period, periods, record

from impactmonitor.measuring.aggregating import Aggregation
from impactmonitor.measuring.figures import Figure, ratio
from impactmonitor.measuring.people_tables import (
    ALL_PERIODS,
    TableCell,
    hidden_cells,
    sums_of,
    tables,
)
from impactmonitor.measuring.suppression import Sum, holds
from impactmonitor.model.measurements import Measurement

FLOW = Aggregation("flow")
QUARTERS = periods("2025Q1", "2025Q2")
YEAR = period("2025")


def people(quarter: str, who: str, sex: str, count: float) -> Measurement:
    return record(quarter, count, reporter=who, disaggregation={"sex": sex})


RECORDS = [
    people("2025Q1", "u1", "men", 12), people("2025Q1", "u1", "women", 3),
    people("2025Q1", "u2", "men", 20), people("2025Q1", "u2", "women", 30),
    people("2025Q2", "u1", "men", 14), people("2025Q2", "u1", "women", 16),
]  # fmt: skip


def hidden_in(records: list[Measurement], rule: Aggregation = FLOW, **more: Any) -> Any:
    found = tables(records, rule, QUARTERS)
    return hidden_cells(found, QUARTERS, [r.cell for r in records if r.cell], **more)


def test_every_table_is_there() -> None:
    found = tables(RECORDS, FLOW, QUARTERS)
    assert found[TableCell("all", "", ALL_PERIODS)] == Figure(95)
    assert found[TableCell("reporter", "u1", "2025Q1")] == Figure(15)
    assert found[TableCell("project", "", "2025Q2")] == Figure(30)
    assert found[TableCell("category", "sex=women", ALL_PERIODS)] == Figure(49)
    assert TableCell("reporter", "u2", "2025Q2") not in found


def test_a_small_number_of_a_reporter_takes_others_along() -> None:
    few = [record("2025Q1", 3, reporter="u1"), record("2025Q1", 40, reporter="u2"),
           record("2025Q1", 9, reporter="u3"), record("2025Q2", 50, reporter="u1")]  # fmt: skip
    kept = hidden_in(few)
    first = {cell.name for cell in kept if cell.by == "reporter" and cell.period == "2025Q1"}
    assert first >= {"u1", "u3"}
    assert not {TableCell("all", "", ALL_PERIODS), TableCell("reporter", "u1", ALL_PERIODS)} & kept


def test_a_total_by_project_hides_where_the_total_is_hidden() -> None:
    """One project is everybody: what is hidden of the one is hidden of the other."""
    kept = hidden_in([record("2025Q1", 3, project="north"), record("2025Q2", 70, project="north")])
    for cell in (TableCell("all", "", "2025Q1"), TableCell("project", "north", "2025Q1")):
        assert cell in kept


def test_a_year_and_its_quarters() -> None:
    records = [record("2025Q1", 3), record("2025Q2", 60)]
    asked = [*QUARTERS, YEAR]
    found = tables(records, FLOW, asked)
    kept = hidden_cells(found, asked, [])
    assert TableCell("all", "", "2025Q1") in kept
    assert TableCell("all", "", "2025Q2") in kept or TableCell("all", "", "2025") in kept


def test_levels_over_periods_tell_nothing_about_each_other() -> None:
    records = [record("2025Q1", 3), record("2025Q2", 60)]
    kept = hidden_in(records, Aggregation("stock"))
    assert {cell.period for cell in kept} == {"2025Q1"}


def test_of_a_ratio_numerator_and_denominator_are_hidden_together() -> None:
    records = [
        record("2025Q1", numerator=3, denominator=40, reporter="u1"),
        record("2025Q1", numerator=30, denominator=50, reporter="u2"),
        record("2025Q1", numerator=20, denominator=50, reporter="u3"),
    ]
    kept = hidden_in(records, Aggregation("ratio"))
    assert {cell.name for cell in kept if cell.by == "reporter"} >= {"u1", "u3"}


def test_a_ratio_above_1_is_no_part_of_a_whole() -> None:
    records = [record("2025Q1", numerator=90, denominator=3, reporter="u1")]
    assert TableCell("reporter", "u1", "2025Q1") in hidden_in(records, Aggregation("ratio"))
    assert ratio(90, 3).value == 30


def test_the_limit_is_the_case_s() -> None:
    assert hidden_in([record("2025Q1", 7), record("2025Q2", 9)]) == frozenset()
    assert hidden_in([record("2025Q1", 7), record("2025Q2", 30)], under=10) != frozenset()


COUNTS = st.one_of(st.integers(0, 5), st.integers(0, 40))


@settings(max_examples=12, deadline=None)
@given(st.lists(COUNTS, min_size=12, max_size=12))
def test_nothing_can_be_worked_out_from_all_tables_together(counts: list[int]) -> None:
    keys = [(q.name, who, sex) for q in QUARTERS for who in ("u1", "u2", "u3")
            for sex in ("men", "women")]  # fmt: skip
    records = [people(*key, n) for key, n in zip(keys, counts, strict=True)]
    found = tables(records, FLOW, QUARTERS)
    kept = hidden_in(records)
    cells = {cell: figure.value or 0.0 for cell, figure in found.items()}
    assert {c for c, n in cells.items() if 0 < n < 5} <= kept
    categories = list(dict.fromkeys(r.cell for r in records))
    sums = [s for s in sums_of(found, QUARTERS, categories) if holds(s, cells)]
    for cell in kept:
        low, high = bounds(cell, cells, sums, kept)
        assert low <= cells[cell] <= high
        assert high - low >= 0.5


def bounds(
    cell: TableCell,
    cells: dict[TableCell, float],
    sums: list[Sum[TableCell]],
    kept: frozenset[TableCell],
) -> tuple[float, float]:
    """The lowest and highest value of a hidden cell that fits everything that is shown."""
    names = list(cells)
    limits = [(1, None) if n in kept else (cells[n], cells[n]) for n in names]
    matrix = [[(n in s.parts) - 1.0 * (n == s.total) for n in names] for s in sums]
    ends = []
    for sign in (1, -1):
        aim = [sign * (n == cell) for n in names]
        solved = linprog(aim, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=limits)
        ends.append(sign * solved.fun if solved.fun is not None else -sign * -np.inf)
    return ends[0], ends[1]
