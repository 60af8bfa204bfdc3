"""Rates of return and payback: closed forms, reasons, and flows without an answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from impactmonitor.appraisal.returns import (
    HIGHEST_RATE,
    LOWEST_RATE,
    internal_rate_of_return,
    modified_rate_of_return,
    payback_year,
)


def worth(times, flows, rate):
    return math.fsum(f * (1 + rate) ** -t for t, f in zip(times, flows, strict=True))


def size(times, flows, rate):
    return worth(times, [abs(f) for f in flows], rate)


# --- internal rate of return --------------------------------------------------------------------


@given(st.floats(LOWEST_RATE + 1e-4, HIGHEST_RATE - 1e-2), st.floats(0.5, 40))
def test_two_flows_have_the_rate_between_them(rate, time):
    later = 100 * (1 + rate) ** time
    assume(1e-100 < later < 1e100)
    found = internal_rate_of_return([0, time], [-100, later])
    assert found.value == pytest.approx(rate, rel=1e-9, abs=1e-12)
    assert (found.reason, found.roots) == (None, (found.value,))


def test_a_loan_has_the_rate_of_the_investment():
    assert internal_rate_of_return([0, 1], [100, -110]).value == pytest.approx(0.1)


def test_an_annuity_by_hand():
    # what three equal payments have to be to repay 100 at 10 %
    flows = [-100, *[100 * 0.1 / (1 - 1.1**-3)] * 3]
    assert internal_rate_of_return([0, 1, 2, 3], flows).value == pytest.approx(0.1)


def test_the_rate_does_not_depend_on_when_it_starts():
    found = internal_rate_of_return([7.5, 8.5], [-100, 110])
    assert found.value == pytest.approx(0.1)


def test_moments_without_flow_do_not_count():
    assert internal_rate_of_return([0, 1, 2, 9], [-100, 0, 121, 0]).value == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("times", "flows", "reason"),
    [
        ([], [], "no_sign_change"),
        ([0, 1], [0, 0], "no_sign_change"),
        ([3], [-100], "no_time_spread"),
        ([0, 1], [-100, 0], "no_time_spread"),
        ([0, 1], [100, 5], "no_sign_change"),
        ([0, 1], [-100, -5], "no_sign_change"),
        ([0, 1], [-1, 11.01], "no_sign_change"),  # 1001 % lies outside the range
        ([0, 1], [-1, 0.00009], "no_sign_change"),  # so does -99.991 %
    ],
)
def test_why_there_is_no_rate(times, flows, reason):
    found = internal_rate_of_return(times, flows)
    assert (found.value, found.reason, found.roots) == (None, reason, ())


@pytest.mark.parametrize(("later", "rate"), [(10.99, 9.99), (0.00011, -0.99989)])
def test_rates_just_inside_the_range_are_found(later, rate):
    assert internal_rate_of_return([0, 1], [-1, later]).value == pytest.approx(rate)


def from_roots(rates: list[float]) -> list[float]:
    """Flows of whole years that are worth nothing at exactly these rates."""
    flows = [1.0]
    for rate in rates:
        # times (1 + i) - (1 + rate), as a polynomial in 1 / (1 + i)
        flows = [
            a - (1 + rate) * b for a, b in zip([*flows, 0.0], [0.0, *flows], strict=True)
        ]  # fmt: skip
    return flows


def test_several_roots_are_no_answer_and_all_are_named():
    flows = from_roots([0.05, 0.2, 0.6])
    found = internal_rate_of_return(range(4), flows)
    assert (found.value, found.reason) == (None, "several_roots")
    assert found.roots == pytest.approx((0.05, 0.2, 0.6))


def test_a_root_that_is_only_touched_is_a_root():
    found = internal_rate_of_return(range(3), [1.0, -2.2, 1.21])  # (1 - 1.1 v) squared
    assert found.value == pytest.approx(0.1, abs=1e-6)


@given(
    st.lists(st.integers(-9, 30), min_size=1, max_size=4, unique=True).map(
        lambda tenths: sorted(t / 10 for t in tenths)
    )
)
def test_the_roots_of_a_polynomial_are_found(rates):
    assume(all(LOWEST_RATE < r < HIGHEST_RATE for r in rates))
    found = internal_rate_of_return(range(len(rates) + 1), from_roots(rates))
    assert found.roots == pytest.approx(tuple(rates), abs=1e-6)


@given(st.lists(st.floats(-1e4, 1e4).filter(lambda f: abs(f) > 1), min_size=2, max_size=8))
def test_at_every_root_the_flows_are_worth_nothing(flows):
    times = [0.5 * i for i in range(len(flows))]
    found = internal_rate_of_return(times, flows)
    for rate in found.roots:
        assert abs(worth(times, flows, rate)) <= 1e-6 * size(times, flows, rate)
    grid = [LOWEST_RATE + 1e-6 + 0.01 * i for i in range(1000)]
    signs = [worth(times, flows, rate) > 0 for rate in grid]
    changes = sum(a != b for a, b in zip(signs[1:], signs[:-1], strict=True))
    assert len(found.roots) >= changes  # a grid can miss roots, but not invent them


def test_three_hundred_years_with_a_change_of_sign_in_each_have_their_roots():
    flows = [(-1) ** t * (1.0 + (7 * t) % 11) for t in range(300)]
    times = [float(t) for t in range(300)]
    found = internal_rate_of_return(times, flows)
    assert found.roots
    for root in found.roots:
        assert abs(worth(times, flows, root)) < 1e-9 * size(times, flows, root)


@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=6),
    st.sampled_from([1e-6, 7.0, 1e9, -1.0]),
)
def test_the_currency_does_not_matter(flows, k):
    times = range(len(flows))
    found = internal_rate_of_return(times, flows)
    again = internal_rate_of_return(times, [k * f for f in flows])
    assert again.reason == found.reason
    assert again.roots == pytest.approx(found.roots, abs=1e-6)


# --- modified rate ------------------------------------------------------------------------------


def test_modified_rate_by_hand():
    # costs 100 and 20 / 1.05, gains 90 / 1.05^2 and 80 / 1.05^4, all at 5 %
    present = [-100, -20 / 1.05, 90 / 1.05**2, 80 / 1.05**4]
    gains = 90 * 1.05**2 + 80  # carried on to the last moment
    losses = 100 + 20 / 1.05
    found = modified_rate_of_return(present, 1.05**-4, 4.0)
    assert found == pytest.approx((gains / losses) ** (1 / 4) - 1)


def test_modified_rate_of_half_a_year():
    assert modified_rate_of_return([-100, 110], 1.0, 0.5) == pytest.approx(1.1**2 - 1)


@pytest.mark.parametrize(
    ("present", "time"),
    [([], 1.0), ([-100.0], 1.0), ([100.0, 5.0], 1.0), ([-100.0, 110.0], 0.0), ([0.0, 0.0], 3.0)],
)
def test_no_modified_rate_without_both_signs_and_time(present, time):
    assert modified_rate_of_return(present, 0.9, time) is None


# --- payback ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("net", "year"),
    [
        ([-100, 60, 60], 2027),  # -100, -40, 20
        ([-100, 60, 40], 2027),  # exactly 0 is earned back
        ([5, 5], 2025),  # never below
        ([0, 0, 0], 2025),
        ([-100], None),
        ([-100, 60, 39], None),
        ([10, -30, 25], 2027),  # 10, -20, 5: what was above at first does not count
        ([-10, 30, -25, 10], 2028),  # -10, 20, -5, 5: the last time it comes above counts
        ([-10, 30, -25], None),  # -10, 20, -5: it ends below
    ],
)
def test_payback_is_the_year_from_which_it_stays_above(net, year):
    assert payback_year(2025, net) == year


def test_rounding_is_no_shortfall():
    assert payback_year(2025, [-0.3, 0.1, 0.1, 0.1]) == 2028
    assert payback_year(2025, [-1e9, 1e9 - 0.5]) == 2026
    assert payback_year(2025, [-1e9, 1e9 - 1.5]) is None


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=10))
def test_payback_is_as_in_a_plain_loop(net):
    answer = None
    for first in range(len(net)):
        if all(sum(net[: i + 1]) >= 0 for i in range(first, len(net))):
            answer = 2025 + first
            break
    assert payback_year(2025, net) == answer
