"""Instruments in the JSON object."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.small_instruments import ALL, LOAN, result

from impactmonitor.financing.instruments import instruments_of
from impactmonitor.report.instruments_document import instruments_document


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    titled = {**ALL, "plan": {**ALL["plan"], "title": {"nl": "Lening", "en": "Loan"}}}
    return instruments_document(instruments_of(result(titled)), "nl")


def test_it_is_plain(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_titles_are_in_the_language_and_the_rest_is_not(document: dict[str, Any]) -> None:
    assert document["by_instrument"]["plan"]["title"] == "Lening"
    assert document["by_instrument"]["gift"]["title"] == "gift"
    assert document["by_instrument"]["gift"]["kind"] == "grant"


def test_every_instrument_has_its_schedule_legs_and_returns(document: dict[str, Any]) -> None:
    assert list(document["by_instrument"]) == list(ALL)
    plan = document["by_instrument"]["plan"]
    assert [row["year"] for row in plan["schedule"]["nominal"]] == [2025, 2026, 2027, 2028]
    assert plan["schedule"]["nominal"][1]["loss"] == 500
    assert plan["schedule"]["real"][0]["interest"] == pytest.approx(50 / 1.02)
    assert plan["legs"]["plan-repayment"] == {
        "from": "city", "to": "fund", "moment": "end_of_year",
        "amounts": [{"year": 2028, "nominal": 500.0, "real": pytest.approx(500 / 1.02**4)}],
    }  # fmt: skip
    assert plan["returns"]["nominal"]["multiple"] == pytest.approx(0.65)
    assert plan["returns"]["nominal"]["payback_year"] is None
    assert plan["returns"]["nominal"]["reasons"] == {"payback_year": "not_paid_back"}


def test_a_rate_that_does_not_exist_is_null_with_its_reason(document: dict[str, Any]) -> None:
    found = document["by_instrument"]["gift"]["returns"]["real"]
    assert found["internal_rate_of_return"] == {
        "value": None, "reason": "no_sign_change", "roots": [],
    }  # fmt: skip
    assert found["modified_internal_rate_of_return"] is None


def test_financiers_and_coverage(document: dict[str, Any]) -> None:
    assert document["by_financier"]["state"]["instruments"] == ["gift", "cover"]
    assert document["by_financier"]["state"]["years"][1]["nominal"] == pytest.approx(-327)
    covered = document["coverage"]["city"]
    assert covered["is_covered"] is (covered["first_shortfall"] is None)
    assert len(covered["years"]) == 5


def test_a_loan_says_its_rate() -> None:
    found = instruments_document(instruments_of(result({"plan": LOAN})))
    rate = found["by_instrument"]["plan"]["returns"]["nominal"]["internal_rate_of_return"]
    assert rate["value"] == pytest.approx(0.05)
    assert rate["reason"] is None
