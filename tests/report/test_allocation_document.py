"""Divided costs and pots as JSON: the public names, exact numbers, and null for what is unknown."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tests.financing.test_cost_game import by_number
from tests.financing.test_games import TVA
from tests.small import cost, gain, result

from impactmonitor.financing.allocation import allocate
from impactmonitor.financing.claims import divide_pot
from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.cost_keys import Drawing
from impactmonitor.financing.shared_costs import share_costs
from impactmonitor.report.allocation_document import (
    allocation_document,
    pot_document,
    shared_document,
)

FIELDS = {
    "shares", "rounded", "individually_rational", "in_core", "at_least_marginal", "needs",
}  # fmt: skip


def as_json(document):
    """What a program reads; nan would fail here."""
    return json.loads(json.dumps(document, allow_nan=False))


def test_a_joint_cost():
    allocation = allocate(by_number(TVA))
    found = as_json(allocation_document(allocation))
    assert (found["players"], found["total"]) == (["a", "b", "c"], 412584)
    scrb = found["methods"]["scrb"]
    assert set(scrb) == FIELDS
    assert list(scrb["shares"].values()) == allocation.by_key["scrb"].shares.tolist()
    assert scrb["rounded"] == {"a": 117475.54, "b": 99157.29, "c": 195951.17}
    assert scrb["in_core"] is scrb["individually_rational"] is scrb["at_least_marginal"] is True
    assert scrb["needs"] == found["warnings"] == []


def test_what_cannot_be_worked_out_is_null_and_says_what_it_needs():
    found = as_json(allocation_document(allocate(by_number(TVA))))["methods"]
    assert found["proportional_to_benefits"] == {
        **dict.fromkeys(FIELDS),
        "needs": ["benefits"],
    }


def test_what_is_not_known_is_null():
    game = CostGame.of_totals(["a", "b", "c"], 9.0, {"a": 4.0, "b": 4.0, "c": 4.0})
    equal = allocation_document(allocate(game))["methods"]["equal"]
    tests = ("individually_rational", "in_core", "at_least_marginal")
    assert [equal[test] for test in tests] == [True, None, None]


def test_a_sample_says_how_far_off_it_may_be():
    sizes = np.array([float(number.bit_count()) ** 2 for number in range(1 << 13)])
    game = by_number(sizes, [f"p{i}" for i in range(13)])
    found = as_json(allocation_document(allocate(game, ["shapley"], Drawing(52, 3))))
    sample = found["methods"]["shapley"]
    assert set(sample) == FIELDS | {"standard_error", "orders", "seed"}
    assert (sample["orders"], sample["seed"]) == (52, 3)
    assert list(sample["standard_error"]) == found["players"]


def test_warnings_in_the_language_of_the_reader():
    game = CostGame.of_coalitions(["a", "b"], {1: 1.0, 2: 1.0, 3: 3.0})
    english, dutch = (
        allocation_document(allocate(game), lang)["warnings"] for lang in ("en", "nl")
    )
    assert [w["code"] for w in english] == ["dearer-together", "divided-equally"]
    assert english[0]["message"].startswith("Together it costs more")
    assert dutch[0]["message"].startswith("Samen kost het meer")


def test_a_pot():
    found = as_json(pot_document(divide_pot(100, {"a": 100, "b": 200, "c": 300})))
    assert (found["pot"], found["claims"], found["left"]) == (
        100,
        {"a": 100, "b": 200, "c": 300},
        0,
    )
    assert list(found["methods"]) == [
        "proportional", "constrained_equal_awards", "constrained_equal_losses", "talmud",
    ]  # fmt: skip
    talmud = found["methods"]["talmud"]
    assert set(talmud) == {"shares", "rounded"}
    assert talmud["shares"] == pytest.approx({"a": 100 / 3, "b": 100 / 3, "c": 100 / 3})
    assert talmud["rounded"] == {"a": 33.34, "b": 33.33, "c": 33.33}


def test_nothing_is_minus_0():
    found = pot_document(divide_pot(1, {"a": 100, "b": 200}))["methods"]
    assert str(found["constrained_equal_losses"]["shares"]["a"]) == "0.0"


def test_the_costs_of_a_case():
    evaluation = result(
        discount={"rate": 0.05},
        costs={"work": cost(400)},
        effects={"gain": gain(falls_to="insurer")},
    )
    shared = share_costs(evaluation)
    found = as_json(shared_document(shared, "en", evaluation.warnings))
    assert (found["case"], found["currency"], found["scenario"]) == ("small", "EUR", None)
    assert (found["total"], found["costs"], found["players"]) == (
        400,
        ["work"],
        ["city", "insurer"],
    )
    assert found["actors"]["city"] == {"costs": 400, "benefits": 0, "stand_alone": None}
    equal = found["methods"]["equal"]
    assert equal["transfers"] == {"city": 200, "insurer": -200, "people": 0}
    (payment,) = equal["payments"]
    assert (payment["from"], payment["to"], payment["present_value"]) == ("insurer", "city", 200)
    annuity = sum(1.05**-t for t in range(5))
    assert payment["yearly"] == pytest.approx(200 / annuity)
    scrb = found["methods"]["scrb"]
    assert scrb["transfers"] is scrb["payments"] is scrb["shares"] is None
    assert scrb["needs"][0] == "actors.city.stand_alone"
    assert len(found["warnings"]) == len(evaluation.warnings) + len(shared.allocation.warnings)
