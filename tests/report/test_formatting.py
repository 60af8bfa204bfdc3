"""Numbers as people write them, in Dutch and in English."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import case, cost

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.formatting import MANY, money, number, percent, written


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (1234567.5, "€ 1.234.568", "€1,234,568"),
        (-1234.4, "€ -1.234", "-€1,234"),
        (100, "€ 100", "€100"),
        (99.999, "€ 100,00", "€100.00"),
        (99.5, "€ 99,50", "€99.50"),
        (-0.5, "€ -0,50", "-€0.50"),
        (0.005001, "€ 0,01", "€0.01"),
        (0.004, "€ 0", "€0"),
        (-0.004, "€ 0", "€0"),
        (0, "€ 0", "€0"),
        (-0.0, "€ 0", "€0"),
        (1e12, "€ 1.000.000.000.000", "€1,000,000,000,000"),
        (None, "–", "–"),
    ],
)
def test_money(value, nl, en):
    assert money(value, "EUR", "nl") == nl
    assert money(value, "EUR", "en") == en


@pytest.mark.parametrize(
    ("currency", "nl", "en"),
    [
        ("GBP", "£ 1.500", "£1,500"),
        ("USD", "US$ 1.500", "US$1,500"),
        ("JPY", "JP¥ 1.500", "JP¥1,500"),
    ],
)
def test_other_currencies(currency, nl, en):
    assert (money(1500, currency, "nl"), money(1500, currency, "en")) == (nl, en)


def test_a_currency_without_cents_of_its_own_is_written_the_same():
    assert money(12.5, "JPY", "en") == "JP¥12.50"


@pytest.mark.parametrize(
    ("value", "digits", "nl", "en"),
    [
        (1234.5, 0, "1.234", "1,234"),
        (1234.56, 1, "1.234,6", "1,234.6"),
        (2, 2, "2,00", "2.00"),
        (-0.5, 2, "-0,50", "-0.50"),
        (1234.5678, None, "1.235", "1,235"),
        (12.345, None, "12,3", "12.3"),
        (12.0, None, "12", "12"),
        (0.012345, None, "0,0123", "0.0123"),
        (1e-12, None, "0", "0"),
        (0, None, "0", "0"),
        (None, None, "–", "–"),
    ],
)
def test_plain_numbers(value, digits, nl, en):
    assert number(value, "nl", digits) == nl
    assert number(value, "en", digits) == en


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (0.0225, "2,25%", "2.25%"),
        (0.5, "50%", "50%"),
        (1, "100%", "100%"),
        (-0.6896, "-68,96%", "-68.96%"),
        (9.99, "999%", "999%"),
        (12.5, "1.250%", "1,250%"),
        (0, "0%", "0%"),
        (None, "–", "–"),
    ],
)
def test_shares_and_rates(value, nl, en):
    assert (percent(value, "nl"), percent(value, "en")) == (nl, en)


def read(text: str, language: str) -> float:
    """What a person reads."""
    thousands, decimals = (".", ",") if language == "nl" else (",", ".")
    digits = re.sub(r"[^0-9.,-]", "", text).replace(thousands, "").replace(decimals, ".")
    return float(digits)


@given(st.floats(-1e9, 1e9), st.sampled_from(LANGUAGES))
def test_money_is_read_back_within_its_rounding(value, language):
    rounding = 0.5 if abs(value) >= MANY else 0.005
    assert abs(read(money(value, "EUR", language), language) - value) <= rounding + 1e-6


@given(st.floats(1e-6, 1e9), st.sampled_from(LANGUAGES), st.sampled_from([1, -1]))
def test_a_number_keeps_three_significant_digits(size, language, sign):
    value = sign * size
    digits = min(8, max(0, 2 - math.floor(math.log10(size))))
    assert abs(read(number(value, language), language) - value) <= 0.5000001 * 10.0**-digits


@given(st.floats(-50, 50), st.sampled_from(LANGUAGES))
def test_a_rate_is_read_back_within_a_hundredth_of_a_percent(value, language):
    assert abs(read(percent(value, language), language) / 100 - value) <= 0.5000001e-4


# --- distributions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"pert": [0.5, 1, 2000000]}, "pert [0.5, 1, 2e+06]"),
        ({"uniform": [1, 2], "central": 1}, "uniform [1, 2]"),
        ({"normal": {"mean": 1, "sd": 0.25}}, "normal {mean 1, sd 0.25}"),
        ({"lognormal": {"median": 2, "p95": 3}}, "lognormal {median 2, p95 3}"),
        ({"interval": {"low": 1, "high": 2}}, "interval {low 1, high 2, coverage 0.9}"),
        ({"counts": {"events": 3, "n": 9}}, "counts {events 3, n 9}"),
    ],
)
def test_a_distribution_in_one_line(form, text):
    found = case(costs={"work": cost(form)}).costs["work"].amount
    assert written(found) == text


def test_a_discrete_number_names_values_and_probabilities():
    table = {"discrete": {"values": [1, 5], "probabilities": [0.25, 0.75]}}
    text = written(case(costs={"work": cost(table)}).costs["work"].amount)
    assert text == "discrete {values [1, 5], probabilities [0.25, 0.75]}"
