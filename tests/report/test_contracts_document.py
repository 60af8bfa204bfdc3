"""The JSON object about contracts: its names, and the numbers of the results as they are."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from tests.financing.contracted import EFFECT, UNSURE, contracted

from impactmonitor import evaluate
from impactmonitor.financing.contract_results import ContractPoint, HighestPrice, TierResult
from impactmonitor.financing.contracts import contracts_of
from impactmonitor.report.contracts_document import contracts_document
from impactmonitor.uncertainty.summary import Summary

WHOLE = {
    "title", "payer", "provider", "guarantor", "prices", "chance_of_saving", "chance_of_loss",
    "years", "draws", "seed", "method", "point", "outcomes", "paid", "expected_by_year",
    "paid_present", "cash", "saving", "called", "rest", "at_cap", "at_floor", "tiers",
    "highest_price",
}  # fmt: skip


def names(record) -> set[str]:
    return {field.name for field in fields(record)}


@pytest.fixture
def results():
    case = contracted(UNSURE, EFFECT, guarantee=50, title={"nl": "Contract", "en": "Bond"})
    return contracts_of(evaluate(case), draws=64)


def test_the_names_of_the_contract(results):
    found = contracts_document(results)["sib"]
    assert set(found) == WHOLE
    assert set(found["point"]) == names(ContractPoint)
    assert set(found["highest_price"]) == names(HighestPrice)
    assert all(set(tier) == names(TierResult) for tier in found["tiers"])
    distributions = [found[name] for name in ("paid", "paid_present", "cash", "saving", "rest")]
    distributions += [tier["internal_rate"] for tier in found["tiers"]]
    assert all(set(one) == names(Summary) for one in distributions)


def test_numbers_as_they_are_and_titles_in_the_language(results):
    one, found = results["sib"], contracts_document(results, "nl")["sib"]
    assert (found["title"], contracts_document(results)["sib"]["title"]) == ("Contract", "Bond")
    assert found["saving"]["mean"] == one.saving.mean
    assert found["chance_of_loss"] == one.saving.probability_negative
    assert found["prices"] == {"help": 30}
    assert found["guarantor"] == "insurer"
    assert list(found["expected_by_year"]) == ["2025", "2026", "2027"]
    assert found["tiers"][0]["return_on_expected"] == one.tiers[0].return_on_expected


def test_it_can_be_written_and_read_back(results):
    found = contracts_document(results)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_highest_price_that_does_not_exist_has_a_reason():
    case = contracted(cap=1, tiers=[])
    found = contracts_document(contracts_of(evaluate(case), draws=8))["sib"]
    wanted = {"probability": 0.1, "factor": None, "prices": {}, "loses": None, "reason": "no-limit"}
    assert found["highest_price"] == wanted
    assert found["guarantor"] is None
