"""Financing as one object of plain values: every number of the result under its name."""

import json

from tests.report.arranged import arranged, wrong
from tests.small import cost

from impactmonitor.financing.result import financing_of
from impactmonitor.report.document import document
from impactmonitor.report.financing_document import financing_document


def test_it_is_plain_values() -> None:
    result = wrong()
    found = document(result, financing=arranged(result))
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_every_result_says_who_pays_and_loses() -> None:
    found = document(wrong())["financing"]
    assert found["society_gains"] is True
    assert found["wrong_pockets"] == ["city"]
    assert found["losers"] == ["city"]
    assert found["actors"]["city"]["lacks_value"] == 148_310
    assert found["actors"]["city"]["deepest_year"] == 2025
    assert found["perspectives"]["society"]["net"] == 315_890
    assert found["distribution"] is None
    assert found["arrangement"] is None


def test_the_payments() -> None:
    result = wrong()
    found = financing_document(arranged(result))["arrangement"]
    assert found["feasible"] is True
    assert found["whole"] == "value"
    assert [(p["from"], p["to"], round(p["present_value"])) for p in found["payments"]] == [
        ("insurer", "city", 79_799),
        ("state", "city", 68_511),
    ]
    assert sum(found["payments"][0]["by_year"].values()) == found["payments"][0]["present_value"]
    city = found["actors"]["city"]
    assert (city["before"]["net"], round(city["after"]["net"])) == (-148_310, 0)
    assert city["chance"]["before"] == 0
    assert found["draws"] == 256


def test_what_is_missing_and_what_was_not_drawn() -> None:
    result = wrong(costs={"work": cost(600_000)})
    found = financing_document(arranged(result, draws=0))["arrangement"]
    assert found["feasible"] is False
    assert found["subsidies"] == {"city": found["missing"]}
    assert round(found["missing"]) == 600_000 - 249_765 - 214_435
    assert found["actors"]["city"]["chance"] is None
    assert found["draws"] is None


def test_the_default_has_a_name() -> None:
    result = wrong()
    found = financing_document(arranged(result, whole=None, draws=0))["arrangement"]
    assert found["whole"] == "default"


def test_weights() -> None:
    result = wrong(distribution={"reference_income": 30_000})
    found = financing_document(financing_of(result))["distribution"]
    assert found["weighted_net"] == found["net"] == 315_890
    assert found["weights"] == {"city": 1, "insurer": 1, "people": 1, "state": 1}
