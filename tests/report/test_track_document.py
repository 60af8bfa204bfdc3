"""The JSON object of plan against result: the contract, and nothing that tells what is hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import fsum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.tracked import CATALOGUE, HELPED, measured, shown
from tests.small import case, gain
from tests.tracking.recorded import record

from impactmonitor import track
from impactmonitor.model.case import Case
from impactmonitor.report.track_document import document_of, track_document
from impactmonitor.tracking.bridging import STEPS

VISITS = "effects.visits"


def worked() -> Case:
    """The example of the method: 100 at 10 were planned, and 80 at 12 came of it."""
    records = [record(VISITS, 2025, 80), record(VISITS, 2025, 12, field="unit_value")]
    return case(effects={"visits": gain(100, 10)}, horizon=1, measurements=records)


def test_the_worked_example_of_the_method():
    found = track_document(track(worked()), CATALOGUE)
    moved = {step["step"]: step["total"] for step in found["bridge"]}
    assert list(moved) == list(STEPS)
    assert moved == {**dict.fromkeys(STEPS, 0), "quantity": -200, "unit_value": 160}
    assert found["realised"]["totals"]["benefits"] == 960
    assert found["plan"]["realised"]["totals"]["benefits"] == 1000
    for step in found["bridge"]:
        assert fsum(step["actors"].values()) == pytest.approx(step["total"], abs=1e-9)
    assert found["lines"][VISITS]["quantity"] == [{"year": 2025, "planned": 100, "measured": 80}]


def test_what_stands_beside_it():
    found = document_of(shown(measured()), "nl")
    assert (found["case"], found["as_of"], found["last_year"]) == ("small", "2026", 2026)
    assert (found["view"], found["is_reforecast"], found["catalogue"]) == (
        "restated",
        False,
        CATALOGUE.edition,
    )
    assert found["lessons"] == {"2025": {"went_wrong": "A slow start.", "learned": "Call people."}}
    assert found["lessons_missing"] == ["2026"]
    assert found["indicators"][HELPED]["title"] == "Geholpen mensen"
    assert {w["code"] for w in found["warnings"]} >= {"plan-in-place-of-measurement"}
    assert all(check["passed"] for check in found["checks"])
    json.dumps(found, allow_nan=False)


def test_an_indicator_with_its_periods():
    found = document_of(shown(measured()))["indicators"]
    first = found[HELPED]["periods"][0]
    contract = ("period", "target", "value", "progress", "light")
    assert tuple(first[name] for name in contract) == ("2025", 100, 60, 0.6, "behind")
    (ratio,) = found["content"]["periods"]
    assert (ratio["numerator"], ratio["denominator"], ratio["value"]) == (55, 95, 55 / 95)
    assert ratio["progress"] == pytest.approx((55 / 95 - 0.4) / 0.2)
    assert found[HELPED]["end"]["target"] == 400
    hidden = {"period": "2026", "value": None, "numerator": None, "denominator": None,
              "suppressed": True}  # fmt: skip
    assert found[HELPED]["categories"] == {"sex=men": [hidden], "sex=women": [hidden]}


def test_what_is_hidden_is_null_and_says_so():
    found = document_of(shown(measured(record(HELPED, 2025, 3, target=4)), 2025))
    (period,) = found["indicators"][HELPED]["periods"]
    assert [period[n] for n in ("value", "progress", "light")] == [None, None, None]
    assert period["suppressed"]
    assert period["target"] == 4
    assert found["lines"]["effects.help"]["quantity"][0]["suppressed"]
    assert found["realised"]["suppressed"]
    assert found["suppressed"]
    assert "suppressed" not in found["plan"]["realised"]


def numbers(node: Any) -> Iterator[float]:
    """Every number of a document."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from numbers(part)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield float(node)


@settings(max_examples=30)
@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from(["flow", "cumulative"]),
    st.sampled_from([0, 0.03]),
)
def test_no_number_in_the_whole_object_depends_on_a_hidden_one(one, other, again, measure, rate):
    """Two cases that differ only in a small number of people give the same object."""
    monitoring = {"indicators": {HELPED: {"measure": measure, "target": 300}}}

    def made(count: int) -> dict[str, Any]:
        records = [record(HELPED, 2025, count, target=100), record("costs.work", 2025, 700)]
        plan = measured(*records, monitoring=monitoring, discount={"rate": rate})
        return document_of(shown(plan, 2025, reforecast=again))

    assert list(numbers(made(one))) == list(numbers(made(other)))
    assert made(one) == made(other)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_who_is_in_which_category_and_year_is_told_by_nothing(language):
    """The totals are the same; who is hidden in them is not."""

    def made(men: int, first: int) -> dict[str, Any]:
        records = [record(HELPED, 2025, first), record(HELPED, 2026, 41 - first)]
        records += [record(HELPED, 2027, 95)]
        records += [record(HELPED, 2027, n, disaggregation={"sex": s})
                    for s, n in (("men", men), ("women", 95 - men))]  # fmt: skip
        return document_of(shown(measured(*records), 2027), language)

    assert made(3, 2) == made(1, 4)
    assert made(3, 2)["indicators"][HELPED]["end"]["value"] == 136


@settings(max_examples=30)
@given(st.integers(10, 200), st.integers(10, 200))
def test_bridge_adds_up_for_everybody(first, second):
    records = [record(HELPED, 2025, first), record(HELPED, 2026, second)]
    found = document_of(shown(measured(*records, discount={"rate": 0.03})))
    for actor, account in found["realised"]["actors"].items():
        plan = found["plan"]["realised"]["actors"][actor]["net"]
        moved = fsum(step["actors"][actor] for step in found["bridge"])
        assert plan + moved == pytest.approx(account["net"], rel=1e-9, abs=1e-9)
