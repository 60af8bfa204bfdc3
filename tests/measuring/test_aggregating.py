"""Adding up: what other systems publish as right, laws, and a second slow way."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measuring.records import QUARTERS, histories, period, periods, record, series

from impactmonitor.measuring.aggregating import (
    Aggregation,
    by_category,
    by_project,
    by_reporter,
    chosen_parts,
    in_periods,
    over_periods,
    reported_in,
)
from impactmonitor.measuring.figures import Figure, ratio
from impactmonitor.measuring.selecting import selected
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import CumulateBy, Measure, OwnPeriod

CUMULATIVE = Aggregation("cumulative")
RATIO = Aggregation("ratio")
P1, P2, P3 = periods("2025Q1", "2025Q2", "2025Q3")


def values(records: list[Measurement], rule: Aggregation, *names: str) -> list[float | None]:
    found = in_periods(records, rule, periods(*(names or QUARTERS[:3])))
    return [figure.value for figure in found.values()]


# --- Akvo RSR (the numbers of its tests of cumulative indicators and of percentages) --------------

ONE_USER = [
    ("2025Q1", "u1", 1, "2025-02-01"),
    ("2025Q1", "u1", 2, "2025-03-01"),
    ("2025Q2", "u1", 3, "2025-05-01"),
    ("2025Q2", "u1", 5, "2025-06-01"),
]


def test_akvo_cumulative_one_user_is_carried_over() -> None:
    assert values(series(*ONE_USER), CUMULATIVE) == [2, 5, 5]
    assert over_periods(series(*ONE_USER), CUMULATIVE) == Figure(5)


def test_akvo_cumulative_order_of_recomputation_is_irrelevant() -> None:
    for rows in itertools.permutations(ONE_USER):
        assert values(series(*rows), CUMULATIVE) == [2, 5, 5]


def test_akvo_late_update_leaves_later_periods_alone() -> None:
    late = ("2025Q1", "u1", 3, "2025-09-01")
    assert values(series(late, *ONE_USER), CUMULATIVE) == [3, 5, 5]


def test_akvo_cumulative_two_users() -> None:
    rows = [
        ("2025Q1", "u1", 1, "2025-02-01"),
        ("2025Q1", "u1", 2, "2025-03-01"),
        ("2025Q1", "u2", 2, "2025-03-01"),
        ("2025Q2", "u2", 3, "2025-05-01"),
        ("2025Q2", "u2", 4, "2025-06-01"),
    ]
    assert values(series(*rows), CUMULATIVE, "2025Q1", "2025Q2") == [4, 6]
    men = [("2025Q1", "u1", 1), ("2025Q2", "u2", 2)]
    women = [("2025Q1", "u1", 1), ("2025Q1", "u2", 2), ("2025Q2", "u2", 2)]
    parts = [
        record(p, v, reporter=who, disaggregation={"sex": sex})
        for sex, rows in (("men", men), ("women", women))
        for p, who, v in rows
    ]
    by = by_category(parts)
    assert values(list(by[("sex", "men"),]), CUMULATIVE, "2025Q1", "2025Q2") == [1, 3]
    assert values(list(by[("sex", "women"),]), CUMULATIVE, "2025Q1", "2025Q2") == [3, 3]


def test_akvo_percentage_keeps_numerator_and_denominator() -> None:
    records = [
        record("2025Q1", numerator=1, denominator=4),
        record("2025Q2", numerator=2, denominator=4),
    ]
    assert in_periods(records, RATIO, [P1, P2]) == {P1: ratio(1, 4), P2: ratio(2, 4)}
    assert over_periods(records, RATIO) == ratio(3, 8)


TWO_CHILDREN = [
    record("2025Q1", 1, reporter="u1", project="C1"),
    record("2025Q2", 1, reporter="u2", project="C1"),
    record("2025Q1", 1, reporter="u1", project="C2"),
    record("2025Q2", 2, reporter="u1", project="C2"),
]


def test_akvo_two_child_projects_cumulate_per_reporter() -> None:
    assert values(TWO_CHILDREN, CUMULATIVE, "2025Q1", "2025Q2") == [2, 4]


def test_akvo_two_child_projects_by_category() -> None:
    rows = [("2025Q1", "C1", "u1", 1, 0), ("2025Q2", "C1", "u2", 0, 1),
            ("2025Q1", "C2", "u1", 0, 1), ("2025Q2", "C2", "u1", 1, 1)]  # fmt: skip
    records = [
        record(p, value, project=project, reporter=who, disaggregation={"sex": sex})
        for p, project, who, men, women in rows
        for sex, value in (("men", men), ("women", women))
    ]
    assert values(records, CUMULATIVE, "2025Q1", "2025Q2") == [2, 4]
    for few in by_category(records).values():
        assert values(list(few), CUMULATIVE, "2025Q1", "2025Q2") == [1, 2]


def test_the_naive_rule_takes_the_last_value_of_each_project() -> None:
    rule = Aggregation("cumulative", cumulate_by="project")
    dated = [r.model_copy(update={"date": period(r.period).last}) for r in TWO_CHILDREN]
    assert values(dated, rule, "2025Q1", "2025Q2") == [2, 3]


def test_akvo_disaggregated_percentages_roll_up() -> None:
    rows = [("men", "C1", 20), ("men", "C2", 15), ("women", "C1", 30), ("women", "C2", 15)]
    records = [
        record(numerator=n, denominator=50, project=p, disaggregation={"sex": sex})
        for sex, p, n in rows
    ]
    by = {cell: over_periods(few, RATIO) for cell, few in by_category(records).items()}
    assert by == {(("sex", "men"),): ratio(35, 100), (("sex", "women"),): ratio(45, 100)}
    assert over_periods(records, RATIO) == ratio(80, 200)


def test_akvo_unapproved_update_is_not_aggregated() -> None:
    records = [record(value=3, reporter="u1"), record(value=4, reporter="u2", status="submitted")]
    assert over_periods(selected(records), Aggregation("flow")) == Figure(3)


# --- Each measure ---------------------------------------------------------------------------------


def test_a_flow_adds_up_over_everything() -> None:
    rows = [("2025Q1", "u1", 1, None), ("2025Q1", "u1", 2, None), ("2025Q2", "u2", 4, None)]
    flow = Aggregation("flow")
    assert values(series(*rows), flow) == [3, 4]
    assert in_periods(series(*rows), flow, periods("2025")) == {period("2025"): Figure(7)}
    assert over_periods(series(*rows), flow) == Figure(7)


def test_a_stock_is_the_last_level() -> None:
    rows = [("2025Q1", "u1", 10, None), ("2025Q3", "u1", 8, None), ("2025Q2", "u2", 5, None)]
    stock = Aggregation("stock")
    assert values(series(*rows), stock) == [10, 15, 13]
    assert over_periods(series(*rows), stock) == Figure(13)


def test_of_a_ratio_the_latest_of_one_reporter_counts() -> None:
    records = [
        record(numerator=1, denominator=2, reporter="u1", date="2026-01-02"),
        record(numerator=9, denominator=10, reporter="u1", date="2026-01-01"),
        record(numerator=1, denominator=8, reporter="u2"),
    ]
    assert over_periods(records, RATIO) == ratio(2, 10)


def test_a_ratio_of_nobody_is_no_number_and_counts_for_nothing() -> None:
    nobody = record(numerator=0, denominator=0, reporter="u1")
    assert over_periods([nobody], RATIO) == Figure(None, 0, 0)
    assert over_periods([nobody, record(numerator=1, denominator=4)], RATIO) == ratio(1, 4)


def test_nothing_measured_is_not_0() -> None:
    assert over_periods([], CUMULATIVE) is None
    assert in_periods([record("2025Q2", 4)], CUMULATIVE, [P1, P2]) == {P2: Figure(4)}


def test_a_total_goes_before_its_parts_and_no_two_breakdowns_are_added() -> None:
    parts = [
        record(value=3, disaggregation={"sex": "men"}),
        record(value=4, disaggregation={"sex": "women"}),
        record(value=5, disaggregation={"age": "old"}),
        record(value=2, disaggregation={"age": "young"}),
    ]
    flow = Aggregation("flow")
    assert over_periods(parts, flow) == Figure(7)
    assert over_periods([*parts, record(value=9)], flow) == Figure(9)
    cross = record(value=1, disaggregation={"age": "old", "sex": "men"})
    assert chosen_parts([cross.cell, *(p.cell for p in parts)]) == (
        (("age", "old"),),
        (("age", "young"),),
    )


def test_periods_of_ones_own() -> None:
    own = {"sy-25": OwnPeriod.model_validate({"first": "2025-08-01", "last": "2026-07-31"})}
    rule = Aggregation("cumulative", own=own)
    records = [record("sy-25", 8), record("2025", 3), record("2026", 10)]
    assert [p.name for p in reported_in(records, rule)] == ["2025", "sy-25", "2026"]
    assert list(in_periods(records, rule, reported_in(records, rule)).values()) == [
        Figure(3), Figure(8), Figure(10),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no such period"):
        CUMULATIVE.period(records[0])


# --- Laws -----------------------------------------------------------------------------------------

MEASURES: list[Measure] = ["stock", "flow", "cumulative", "ratio"]
RULES = st.builds(
    Aggregation,
    st.sampled_from(MEASURES[:3]),
    st.sampled_from(["reporter", "project"]),
)


@given(st.data(), RULES)
def test_the_order_of_records_never_matters(data: st.DataObject, rule: Aggregation) -> None:
    records = data.draw(histories(statuses=("approved", "draft")))
    again = data.draw(st.permutations(records))
    all_periods = periods(*QUARTERS, "2025")
    assert in_periods(selected(records), rule, all_periods) == in_periods(
        selected(again), rule, all_periods
    )
    assert over_periods(selected(records), rule) == over_periods(selected(again), rule)


def slow(records: list[Measurement], measure: Measure, by: CumulateBy, until: str) -> float | None:
    """A level at the end of a quarter, or the sum up to it, counted record by record."""
    known = [r for r in records if r.status == "approved" and r.period <= until]
    if measure == "flow":
        return sum(r.value or 0 for r in known) if known else None
    latest: dict[tuple[str | None, ...], Measurement] = {}
    for r in sorted(known, key=lambda r: (r.period, r.date)):
        latest[(r.project,) if by == "project" else (r.project, r.reporter)] = r
    return sum(r.value or 0 for r in latest.values()) if latest else None


@given(histories(statuses=("approved", "submitted")), RULES, st.sampled_from(QUARTERS))
def test_the_same_as_counting_record_by_record(
    records: list[Measurement], rule: Aggregation, until: str
) -> None:
    known = [r for r in selected(records) if r.period <= until]
    found = over_periods(known, rule)
    wanted = slow(records, rule.measure, rule.cumulate_by, until)
    assert (found.value if found else None) == wanted
    if rule.stands:
        assert in_periods(selected(records), rule, [period(until)]) == (
            {period(until): Figure(wanted)} if wanted is not None else {}
        )


@given(histories(is_ratio=True))
@settings(max_examples=60)
def test_ratios_are_sum_over_sum_in_every_roll_up(records: list[Measurement]) -> None:
    latest = {(r.period, r.reporter, r.project): r
              for r in sorted(records, key=lambda r: r.date)}.values()  # fmt: skip
    found = over_periods(records, RATIO)
    above, below = (sum(getattr(r, n) for r in latest) for n in ("numerator", "denominator"))
    assert found is not None
    assert (found.numerator, found.denominator) == (above, below)
    assert found.value == (float(Fraction(int(above), int(below))) if below else None)
    for groups in (by_reporter(records), by_project(records)):
        parts = [over_periods(few, RATIO) for few in groups.values()]
        assert sum(p.numerator or 0 for p in parts if p) == above
        assert sum(p.denominator or 0 for p in parts if p) == below


@given(histories())
def test_flows_of_reporters_and_of_projects_add_up(records: list[Measurement]) -> None:
    flow = Aggregation("flow")
    whole = over_periods(records, flow)
    assert whole is not None
    for groups in (by_reporter(records), by_project(records)):
        parts = [over_periods(few, flow) for few in groups.values()]
        assert sum(p.value or 0 for p in parts if p) == whole.value
