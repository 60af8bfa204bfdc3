import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.portfolio.indicator_totals import (
    Part,
    by_indicator,
    indicator_totals,
    total_of_indicator,
    untold,
)
from impactmonitor.portfolio.measured import IndicatorResult


def part(name, value, share=0.5, *, people=True, unit="person", measured=True, case=None, **rest):
    result = IndicatorResult("members", None, unit, "flow", "increase", people, value,
                             share=share, is_measured=measured, **rest)  # fmt: skip
    return Part(name, case or name, result)


def ratio(name, numerator, denominator, share=0.5, target=None):
    value = numerator / denominator if denominator else None
    result = IndicatorResult("content", None, None, "ratio", "increase", True, value, numerator,
                             denominator, share, target, is_measured=True)  # fmt: skip
    return Part(name, name, result)


def test_flows_add_up_with_their_shares_and_a_plan_is_no_result():
    parts = [part("a", 40.0, 0.5, target=50.0), part("b", 20.0, 0.25),
             part("c", 80.0, 0.5, measured=False)]  # fmt: skip
    found = total_of_indicator(parts)
    assert (found.value, found.whole, found.planned) == (25, 60, 40)
    assert (found.compared, found.target) == (20, 25)
    assert (found.measured, found.unmeasured, found.hidden) == (("a", "b"), ("c",), ())
    assert found.reason is None


def test_ratios_are_sum_over_sum_with_their_shares():
    found = total_of_indicator([ratio("a", 20, 50, 0.5, 0.5), ratio("b", 15, 50, 0.1, 0.8)])
    assert found.numerator == pytest.approx(11.5)
    assert found.denominator == pytest.approx(30)
    assert found.value == pytest.approx(11.5 / 30)
    assert found.target == pytest.approx((0.5 * 25 + 0.8 * 5) / 30)


def test_two_holdings_of_one_case_do_not_make_it_larger():
    found = total_of_indicator([part("a", 40.0, 0.2, case="x"), part("b", 40.0, 0.3, case="x")])
    assert found.whole == 40
    assert found.value == pytest.approx(20)


def test_few_people_are_hidden_and_so_is_a_second_case():
    parts = [part("a", 3.0), part("b", 20.0), part("c", 30.0)]
    few = untold(parts)
    assert few.cases == {"a", "b"}
    assert not few.is_whole
    found = total_of_indicator(parts, few)
    assert (found.value, found.reason, found.whole) == (None, "few-people", 53)
    assert (found.measured, found.hidden) == (("c",), ("a", "b"))


def test_few_in_a_ratio_hide_it():
    parts = [ratio("a", 2, 50), ratio("b", 30, 60), ratio("c", 40, 80)]
    assert "a" in untold(parts).cases
    assert len(untold(parts).cases) >= 2


def test_plans_and_what_counts_no_people_hide_nothing():
    parts = [part("a", 3.0, people=False), part("b", 2.0, measured=False)]
    assert untold(parts).cases == frozenset()


def test_another_unit_is_never_added():
    names = by_indicator([part("a", 10.0), part("b", 5.0, unit="team")])
    assert set(names) == {"members (person, flow)", "members (team, flow)"}
    assert [one.value for one in indicator_totals(names, {}).values()] == [5.0, 2.5]


def test_nothing_measured_is_not_0():
    found = total_of_indicator([part("a", None, measured=False, reason="not-measured")])
    assert (found.value, found.planned, found.reason) == (None, None, "not-measured")


COUNTS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 90), st.floats(0.01, 1)), min_size=1, max_size=6
)


@given(counts=COUNTS)
def test_a_total_ratio_lies_between_the_ratios_and_a_second_way_gives_the_same(counts):
    parts = [ratio(str(i), min(n, d), d, share) for i, (n, d, share) in enumerate(counts)]
    found = total_of_indicator(parts).value
    assert found is not None
    known = [min(n, d) / d for n, d, _ in counts]
    assert min(known) - 1e-9 <= found <= max(known) + 1e-9
    weights = [d * share for _, d, share in counts]
    mean = sum(x * w for x, w in zip(known, weights, strict=True)) / sum(weights)
    assert math.isclose(found, mean, abs_tol=1e-9)
