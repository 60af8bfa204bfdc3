"""Every metric of the registry, worked out by hand on small cases."""

from __future__ import annotations

import pytest
from tests.small import appraised, cost, gain, result

from impactmonitor.appraisal.metrics import METRICS, moments, ratio, standard_factor
from impactmonitor.appraisal.returns import InternalRate

# 100 now and 50 next year, against 60 a year from 2026 on, at 10 %
PLAIN = {
    "discount": {"rate": 0.1},
    "costs": {"work": cost({"2025": 100, "2026": 50})},
    "effects": {"gain": gain(6, 10, first_year=2026, years=6)},
}
COSTS = 100 + 50 / 1.1
BENEFITS = sum(60 / 1.1**t for t in (1, 2, 3, 4))


def totals(**fields):
    return result(**fields).totals


@pytest.fixture(scope="module")
def plain():
    return totals(**PLAIN)


def test_the_registry_is_the_totals_of_the_json():
    assert list(METRICS) == [
        "costs",
        "benefits",
        "net_present_value",
        "benefit_cost_ratio",
        "sroi",
        "sroi_net",
        "internal_rate_of_return",
        "modified_internal_rate_of_return",
        "payback_year",
        "payback_year_discounted",
        "beyond_horizon",
        "equivalent_annual_value",
        "most_likely_net_present_value",
    ]
    assert all(metric.id == name for name, metric in METRICS.items())


def test_costs_benefits_and_what_is_left(plain):
    assert plain["costs"] == pytest.approx(COSTS)
    assert plain["benefits"] == pytest.approx(BENEFITS)
    assert plain["net_present_value"] == pytest.approx(BENEFITS - COSTS)


def test_ratios(plain):
    assert plain["benefit_cost_ratio"] == pytest.approx(BENEFITS / COSTS)
    assert plain["sroi"] == pytest.approx(BENEFITS / COSTS)
    assert plain["sroi_net"] == pytest.approx((BENEFITS - COSTS) / COSTS)


@pytest.mark.parametrize("denominator", [0.0, -1.0])
def test_no_ratio_without_costs(denominator):
    assert ratio(5.0, denominator) is None
    assert ratio(-5.0, 2.0) == -2.5


def test_without_costs_all_ratios_are_none():
    found = totals(effects={"gain": gain()})
    assert [found[k] for k in ("benefit_cost_ratio", "sroi", "sroi_net")] == [None] * 3


def test_party_ratio_counts_payments_and_receipts():
    found = result(
        costs={"work": cost(100)},
        effects={"gain": gain(1, 30, falls_to="city")},
        transfers={
            "grant": {"from": "insurer", "to": "city", "amount": 20},
            "rest": {"from": "city", "to": "people", "amount": 50},
        },
    ).by_actor
    assert found["city"].benefit_cost_ratio == pytest.approx((30 + 20) / (100 + 50))
    assert found["insurer"].benefit_cost_ratio == 0.0
    assert found["people"].benefit_cost_ratio is None  # receives and pays nothing


def test_internal_rate_makes_the_flows_worth_nothing(plain):
    rate = plain["internal_rate_of_return"].value
    flows = [-100, 10, 60, 60, 60]
    assert sum(f / (1 + rate) ** t for t, f in enumerate(flows)) == pytest.approx(0, abs=1e-9)


def test_internal_rate_takes_every_line_at_its_own_moment():
    # -100 half a year after the start, +121 two years later: 10 % a year
    found = totals(
        costs={"work": cost(100, timing="mid_year")},
        effects={"gain": gain(1, 121, first_year=2027, timing="mid_year")},
    )["internal_rate_of_return"]
    assert found.value == pytest.approx(0.1)
    # paid at the end of a year and gained at the start of the next is one moment
    one_moment = totals(
        costs={"work": cost(100, timing="end_of_year")},
        effects={"gain": gain(1, 121, first_year=2026)},
    )["internal_rate_of_return"]
    assert one_moment == InternalRate(None, "no_time_spread")


def test_rounding_at_a_moment_is_no_flow():
    # 0.1 + 0.2 - 0.3 in the base year is rounding, not money
    found = totals(
        costs={"a": cost(0.3)},
        effects={"b": gain(1, 0.1), "c": gain(1, 0.2), "d": gain(1, 5, first_year=2026)},
    )["internal_rate_of_return"]
    assert found.reason == "no_time_spread"


def test_moments_are_ascending_and_net():
    a = appraised(
        costs={"work": cost(100, years=2), "late": cost(10, timing="mid_year")},
        effects={"gain": gain(1, 30, first_year=2026), "benefit": gain(taken_from="city")},
        transfers={"grant": {"from": "city", "to": "people", "amount": 5}},
    )
    times, net = moments(a, a.ledger.value[:, :, 0])
    assert times.tolist() == [0, 0.5, 1]
    assert net.tolist() == [-100, -10, -70]


def test_modified_rate_by_hand(plain):
    # moments -100, 10, 60, 60, 60: what comes in is carried on to the last moment at 10 %
    gains = 10 * 1.1**3 + 60 * (1.1**2 + 1.1 + 1)
    expected = (gains / 100) ** (1 / 4) - 1
    assert plain["modified_internal_rate_of_return"] == pytest.approx(expected)


def test_modified_rate_discounts_lines_at_their_class_and_ends_at_the_standard_class():
    found = totals(
        discount={"rate": 0.1, "classes": {"nature": 0.02}},
        costs={"work": cost(100)},
        effects={"gain": gain(1, 121, first_year=2027, discount_class="nature")},
    )["modified_internal_rate_of_return"]
    assert found == pytest.approx((121 / 1.02**2 * 1.1**2 / 100) ** (1 / 2) - 1)


def test_modified_rate_does_not_exist_without_flows_or_time():
    assert totals(effects={"gain": gain(0)})["modified_internal_rate_of_return"] is None
    assert totals(costs={"work": cost()})["modified_internal_rate_of_return"] is None


def test_standard_factor_follows_the_steps_of_the_scheme():
    a = appraised(discount={"scheme": "uk-green-book"}, costs={"work": cost()})
    assert standard_factor(a, 0.0) == 1
    assert standard_factor(a, 31.5) == pytest.approx(1.035**-30 * 1.03**-1.5)


def test_standard_factor_takes_the_point_estimate_of_the_rate():
    a = appraised(discount={"rate": {"uniform": [0.02, 0.08]}}, costs={"work": cost()})
    assert standard_factor(a, 2.0) == pytest.approx(1.05**-2)


def test_payback_years(plain):
    # -100, -90, -30, 30 undiscounted; -100, -90.9, -41.3, 3.8 discounted
    assert plain["payback_year"] == 2028
    assert plain["payback_year_discounted"] == 2028
    # one gain of 105 less: 2 short undiscounted at the end
    late = {**PLAIN, "discount": {"rate": 0.3}}
    assert totals(**late)["payback_year"] == 2028
    assert totals(**late)["payback_year_discounted"] is None


def test_payback_looks_at_the_horizon_only():
    found = totals(
        horizon=2,
        costs={"work": cost(100)},
        effects={"gain": gain(1, 60, first_year=2026, years=9)},
    )
    assert found["payback_year"] is None


def test_beyond_the_horizon_is_benefits_minus_costs(plain):
    assert plain["beyond_horizon"] == pytest.approx(60 / 1.1**5 + 60 / 1.1**6)
    found = totals(
        horizon=1,
        costs={"work": cost(10, years=2)},
        effects={"gain": gain(1, 3, years=3)},
        transfers={"grant": {"from": "city", "to": "people", "amount": 99, "years": 9}},
    )
    assert found["beyond_horizon"] == 2 * 3 - 10


def test_equivalent_annual_value_is_worth_the_same(plain):
    annual = plain["equivalent_annual_value"]
    assert sum(annual / 1.1**t for t in range(5)) == pytest.approx(plain["net_present_value"])


def test_equivalent_annual_value_is_at_the_moment_of_the_case():
    found = totals(
        discount={"rate": 0.1, "timing": "end_of_year"},
        horizon=2,
        costs={"work": cost(100, timing="start_of_year")},
    )
    assert found["equivalent_annual_value"] == pytest.approx(-100 / (1 / 1.1 + 1 / 1.1**2))


def test_most_likely_takes_every_mode():
    found = totals(
        costs={"work": cost({"pert": [60, 80, 160]})},
        effects={"gain": gain({"triangular": [0, 10, 50]}, {"uniform": [4, 6]})},
    )
    assert found["net_present_value"] == pytest.approx((0 + 10 + 50) / 3 * 5 - (60 + 320 + 160) / 6)
    assert found["most_likely_net_present_value"] == pytest.approx(10 * 5 - 80)


def test_most_likely_is_the_same_where_nothing_is_uncertain(plain):
    assert plain["most_likely_net_present_value"] == plain["net_present_value"]
