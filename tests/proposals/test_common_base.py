"""One money, one price level, one moment: beside the index figures themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proposals.levelling_cases import CATALOGUE, evaluated, policy, proposal

from impactmonitor.proposals.common_base import (
    Base,
    base_of_cases,
    base_of_policy,
    first_rate,
    price_factor,
    start_factor,
)

YEARS = CATALOGUE.index_for("EUR")[1].years
EUROS = Base("EUR", 2025, 2025, "nl-2026")


def test_the_base_of_a_policy_is_what_it_says():
    found = base_of_policy(policy(base_year=2030, exchange_rates={"GBP": {2025: 1.2}}))
    assert (found.base_year, found.exchange_rates["GBP"][2025]) == (2030, 1.2)


def test_the_latest_price_year_to_which_all_can_be_brought():
    own = {"own": {"years": {"2025": 100, "2030": 110}}}
    cases = evaluated(proposal("one", price_year=2030, price_indices=own), proposal("two"))
    assert base_of_cases(cases, CATALOGUE).price_year == 2025
    both = evaluated(*(proposal(n, price_year=2030, price_indices=own) for n in ("one", "two")))
    assert base_of_cases(both, CATALOGUE).price_year == 2030


def test_the_index_of_the_case_goes_before_that_of_the_catalogue():
    own = {"own": {"years": {"2020": 100, "2025": 130}}}
    assert price_factor(proposal(price_year=2020, price_indices=own), EUROS, CATALOGUE)[0] == 1.3
    found = price_factor(proposal(price_year=2020), EUROS, CATALOGUE)[0]
    assert found == YEARS[2025] / YEARS[2020]


def test_first_the_index_of_the_own_money_and_then_the_exchange_rate():
    own = {"pounds": {"currency": "GBP", "years": {"2020": 100, "2025": 120}}}
    case = proposal(currency="GBP", price_year=2020, price_indices=own)
    base = Base("EUR", 2025, 2025, None, {"GBP": {2025: 1.15}})
    assert price_factor(case, base, CATALOGUE)[0] == pytest.approx(1.2 * 1.15)


def test_what_is_missing_is_named():
    case = proposal(currency="GBP", price_year=2020)
    _, problems = price_factor(case, EUROS, CATALOGUE)
    assert {problem.code for problem in problems} == {"index-missing", "exchange-rate-missing"}


def test_the_first_rate_is_that_of_the_standard_class():
    (found,) = evaluated(proposal())
    assert first_rate(found) == 0.028
    (found,) = evaluated(proposal(discount={"rate": {"uniform": [0.02, 0.04]}}))
    assert first_rate(found) == pytest.approx(0.03)


@given(st.floats(-0.5, 0.5), st.integers(2000, 2050), st.integers(2000, 2050))
def test_there_and_back_again(rate, one, other):
    there, back = start_factor(rate, one, other), start_factor(rate, other, one)
    assert there * back == pytest.approx(1)
