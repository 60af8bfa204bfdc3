"""What was measured of each line, by complete year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measuring.records import period
from tests.small import case, cost, gain

from impactmonitor.catalogue.monitored import MonitoredIndicator
from impactmonitor.measuring.yearly import YearlyFigures, yearly_figures
from impactmonitor.model.lines import MeasuredBy
from impactmonitor.model.monitoring import Measure

SOON = period("2030")


def figures(
    records: list[Mapping[str, Any]],
    measured_by: Any = None,
    as_of: str = "2030",
    view: Any = "restated",
    **indicator: Any,
) -> YearlyFigures:
    """Of a case with a cost ``work`` and an effect ``gain``; records are approved."""
    line = gain() if measured_by is None else gain(measured_by=measured_by)
    made = case(
        costs={"work": cost()},
        effects={"gain": line},
        measurements=[{"status": "approved", **one} for one in records],
        monitoring={"periods": {"sy": {"first": "2025-08-01", "last": "2026-07-31"}}},
    )
    known = {"trees": MonitoredIndicator("trees", **indicator)} if indicator else {}
    return yearly_figures(made, known, period(as_of), view)


def trees(name: Any, value: float, **fields: Any) -> dict[str, Any]:
    return {"indicator": "trees", "period": name, "value": value, **fields}


def work(name: Any, value: float, **fields: Any) -> dict[str, Any]:
    return {"line": "costs.work", "period": name, "value": value, **fields}


def of_gain(found: YearlyFigures) -> dict[int, float]:
    return dict(found.figures.get(("effects.gain", "quantity"), {}))


# --- Lines measured themselves --------------------------------------------------------------------


def test_a_year_or_its_quarters_or_its_months() -> None:
    quarters = [work(f"2026Q{i}", i) for i in range(1, 5)]
    months = [work(f"2027-{i:02}", 2) for i in range(1, 13)]
    found = figures([work(2025, 90), *quarters, *months])
    assert found.figures == {("costs.work", "amount"): {2025: 90, 2026: 10, 2027: 24}}
    assert found.incomplete == ()


def test_an_incomplete_year_is_left_out_and_listed() -> None:
    found = figures([work("2025Q1", 3), work("2025Q3", 3), work("2026-02", 1), work("sy", 9)])
    assert found.figures == {}
    assert [(one.year, one.missing[:2], len(one.missing)) for one in found.incomplete] == [
        (2025, ("2025Q2", "2025Q4"), 2),
        (2026, ("2026-01", "2026-03"), 11),
    ]


def test_every_reporter_who_reports_reports_the_whole_year() -> None:
    both = [work(2025, 90, reporter="a"), work("2025Q1", 5, reporter="b")]
    found = figures(both)
    assert found.figures == {}
    assert found.incomplete[0].missing == ("2025Q2", "2025Q3", "2025Q4")
    more = [work(f"2025Q{i}", 5, reporter="b") for i in (2, 3, 4)]
    assert figures([*both, *more]).figures == {("costs.work", "amount"): {2025: 110}}


def test_what_is_not_approved_or_later_is_not_there() -> None:
    records = [work(2025, 90, status="submitted"), work(2027, 80), work(2026, 70)]
    assert figures(records, as_of="2026Q4").figures == {("costs.work", "amount"): {2026: 70}}


def test_prices_and_shares_are_sum_over_sum() -> None:
    shares = [
        {"line": "effects.gain", "field": "deadweight", "period": f"2025Q{i}", "numerator": i,
         "denominator": 10 * i}
        for i in range(1, 5)
    ]  # fmt: skip
    price = {"line": "effects.gain", "field": "unit_value", "period": 2025, "value": 12}
    found = figures([*shares, price])
    assert found.figures == {
        ("effects.gain", "deadweight"): {2025: 0.1},
        ("effects.gain", "unit_value"): {2025: 12},
    }


def test_a_share_of_nobody_is_not_known() -> None:
    nobody = {"line": "effects.gain", "field": "deadweight", "period": 2025, "numerator": 0,
              "denominator": 0}  # fmt: skip
    found = figures([nobody])
    assert (found.figures, found.incomplete[0].missing) == ({}, ("2025",))


# --- Effects measured by an indicator -------------------------------------------------------------


def test_a_flow_times_share_and_factors() -> None:
    by = {"indicator": "trees", "share": 0.5, "factors": {"leaves": 10, "green": 2}}
    found = figures([trees(2025, 8), trees(2026, 4)], by, measure="flow")
    assert of_gain(found) == {2025: 80, 2026: 40}


def test_a_running_count_gives_its_yearly_increase() -> None:
    records = [trees(2025, 30), trees(2026, 75), trees(2027, 75)]
    assert of_gain(figures(records, "trees", measure="cumulative")) == {2025: 30, 2026: 45, 2027: 0}
    found = figures(records, "trees", measure="cumulative", baseline=10)
    assert of_gain(found) == {2025: 20, 2026: 45, 2027: 0}


def test_an_increase_after_a_year_that_is_not_known_is_not_known() -> None:
    records = [trees(2025, 30), trees("2026Q4", 75), trees(2027, 80)]
    found = figures(records, "trees", measure="cumulative")
    assert of_gain(found) == {2025: 30}
    assert [(one.year, one.missing) for one in found.incomplete] == [
        (2026, ("2026Q1", "2026Q2", "2026Q3")),
        (2027, ("2026",)),
    ]
    late = figures([trees(2026, 75)], "trees", measure="cumulative")
    assert (of_gain(late), late.incomplete[0].missing) == ({}, ("2025",))


def test_a_stock_and_a_ratio_through_a_factor() -> None:
    by = {"indicator": "trees", "factors": {"members": 12}}
    stock = [trees(f"2025Q{i}", i) for i in range(1, 5)]
    assert of_gain(figures(stock, by, measure="stock")) == {2025: 48}
    ratios = [
        {"indicator": "trees", "period": 2025, "numerator": n, "denominator": 10, "reporter": who}
        for who, n in (("a", 2), ("b", 8))
    ]
    assert of_gain(figures(ratios, by, measure="ratio")) == {2025: 6}


def test_two_effects_may_divide_one_indicator() -> None:
    share = {"indicator": "trees", "share": 0.25}
    made = case(
        effects={"a": gain(measured_by=share), "b": gain(measured_by="trees")},
        measurements=[trees(2025, 8, status="approved")],
    )
    known = {"trees": MonitoredIndicator("trees", "flow")}
    found = yearly_figures(made, known, SOON).figures
    assert found == {("effects.a", "quantity"): {2025: 2}, ("effects.b", "quantity"): {2025: 8}}


def test_an_indicator_that_is_not_known_measures_nothing() -> None:
    assert figures([trees(2025, 8)], "trees") == YearlyFigures({}, ())


def test_as_first_reported_and_restated() -> None:
    records = [work(2025, 90, id="a"), work(2025, 60, restates="a"), work(2026, 5)]
    key = ("costs.work", "amount")
    assert figures(records).figures[key] == {2025: 60, 2026: 5}
    assert figures(records, view="first_reported").figures[key] == {2025: 90, 2026: 5}


MEASURES: list[Measure] = ["flow", "cumulative", "stock"]


@given(
    st.sampled_from(MEASURES),
    st.lists(st.integers(0, 100), min_size=4, max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_same_as_year_by_year(measure: Measure, counts: list[int], order: Any) -> None:
    names = [f"{2025 + i // 4}Q{i % 4 + 1}" for i in range(len(counts))]
    records = [trees(name, n) for name, n in zip(names, counts, strict=True)]
    shuffled = sorted(records, key=lambda _: order.random())
    by = {"indicator": "trees", "factors": {"each": 3}}
    found = figures(shuffled, by, measure=measure)
    whole = len(counts) // 4
    wanted, before = {}, 0
    for year in range(whole):
        quarters = counts[4 * year : 4 * year + 4]
        plain = {"flow": sum(quarters), "cumulative": quarters[-1] - before, "stock": quarters[-1]}
        wanted[2025 + year] = 3.0 * plain[measure]
        before = quarters[-1]
    assert of_gain(found) == wanted
    assert [one.year for one in found.incomplete] == ([2025 + whole] if len(counts) % 4 else [])


@pytest.mark.parametrize("share", [1, 0.5])
def test_the_weight_of_an_indicator(share: float) -> None:
    by = MeasuredBy(indicator="trees", share=share, factors={})
    assert of_gain(figures([trees(2025, 8)], by.model_dump(), measure="flow")) == {2025: 8 * share}
