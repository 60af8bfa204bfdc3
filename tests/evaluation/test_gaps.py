"""Data gaps: each kind by itself, the order, and that what is whole is not in the list."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.carded import DROPOUT, FALLS, LOCAL, LONELY, OFF, carded, falls
from tests.small import cost, gain, result

from impactmonitor.evaluation.gaps import AnswerGap, EffectGap, gaps_of

WHOLE: dict[str, Any] = {
    "counterfactual": "They would have fallen",
    "source": "A report",
    "evidence": "measured-controlled",
    "confirmation": {"people": "confirmed"},
}


def effect_gaps(**lines: Any) -> dict[str, EffectGap]:
    sources = {"report": {"title": "Report"}}
    lines = {n: {**e, "source": "report"} if e.get("source") else e for n, e in lines.items()}
    found = gaps_of(result(costs={"work": cost()}, effects=lines, sources=sources))
    return {gap.id: gap for gap in found.effects}


def without(*fields: str, **others: Any) -> dict[str, Any]:
    return {**{k: v for k, v in gain(**WHOLE).items() if k not in fields}, **others}


def test_an_effect_that_says_everything_has_no_gap() -> None:
    assert effect_gaps(whole=gain(**WHOLE)) == {}


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        (without("counterfactual"), ("baseline",)),
        (without("counterfactual", deadweight=0), ()),
        (without("counterfactual", deadweight=0.2), ()),
        (without("source"), ("source",)),
        (without("evidence"), ("evidence",)),
        (without(evidence="assumption"), ("assumed",)),
        (without(evidence="expert"), ()),
        (without("confirmation"), ("confirmation",)),
        (without(confirmation={"people": "contested"}), ("confirmation",)),
        (without("confirmation", taken_from="city", deadweight=0), ()),
        (without("confirmation", "unit_value", monetised=False), ()),
        (without("unit_value", monetised=False, quantity="unknown"), ("size",)),
        (gain(), ("baseline", "source", "evidence", "confirmation")),
    ],
)
def test_each_gap_by_itself(line, missing) -> None:
    found = effect_gaps(e=line)
    assert (found["e"].missing if found else ()) == missing


def test_who_did_not_confirm_is_named() -> None:
    halves = {"insurer": 0.5, "people": 0.5, "city": 0}
    line = without(falls_to=halves, confirmation={"insurer": "open", "people": "confirmed"})
    assert effect_gaps(e=line)["e"].unconfirmed == ("insurer",)


@pytest.mark.parametrize(
    ("field", "has_source"),
    [
        ({"quantity": {"parameter": "p"}}, True),
        ({"factors": {"uptake": {"parameter": "p"}}}, True),
        ({"unit_value": {"parameter": "p"}}, False),
    ],
)
def test_a_parameter_behind_the_quantity_may_give_the_source(field, has_source) -> None:
    found = gaps_of(
        result(
            costs={"work": cost()},
            effects={"e": without("source", **field)},
            parameters={"p": {"value": 2, "source": "report"}},
            sources={"report": {"title": "Report"}},
        )
    )
    assert ("source" in {kind for gap in found.effects for kind in gap.missing}) != has_source


def test_the_largest_comes_first_harm_too_and_what_is_not_in_money_last() -> None:
    unpriced = {"quantity": 9, "monetised": False, "domain": "social"}
    found = effect_gaps(small=gain(1, 10), none=unpriced, harm=gain(1, -500), large=gain(1, 300))
    assert list(found) == ["harm", "large", "small", "none"]
    assert [gap.present_value for gap in found.values()] == [-500, 300, 10, None]
    assert {gap.worth_knowing for gap in found.values()} == {None}


def test_what_is_worth_knowing_goes_before_size() -> None:
    effects = {"a": gain(1, 300), "b": gain(1, 10),
               "c": {"quantity": "unknown", "monetised": False, "domain": "social"}}  # fmt: skip
    found = gaps_of(result(costs={"work": cost()}, effects=effects), {"b": 5.0}).effects
    assert [(gap.id, gap.worth_knowing) for gap in found] == [("b", 5.0), ("a", 0.0), ("c", None)]


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=6, unique=True))
def test_the_order_never_depends_on_that_of_the_case(values) -> None:
    lines = {f"e{value}".replace("-", "m"): gain(1, value) for value in values}
    sizes = [abs(gap.present_value or 0) for gap in effect_gaps(**lines).values()]
    assert sizes == sorted((abs(value) for value in values), reverse=True)


# --- Effect cards ---------------------------------------------------------------------------------

CONFIRMED = {"confirmation": {"insurer": "confirmed"}}


@pytest.mark.parametrize(
    ("effect", "missing", "card"),
    [
        # net of what happens otherwise, at a local level; but the size is from elsewhere
        (FALLS, ("not-local", "confirmation"), "EC-FALL-EX-MEDCARE"),
        ({**FALLS, **CONFIRMED}, ("not-local",), "EC-FALL-EX-MEDCARE"),
        (falls(local=LOCAL), ("not-local", "confirmation"), "EC-FALL-EX-MEDCARE"),
        ({**FALLS, "basis": "gross"}, ("baseline", "not-local", "confirmation"),
         "EC-FALL-EX-MEDCARE"),
        # counted or stated here
        (falls(local=LOCAL, shrinkage=OFF), ("evidence", "confirmation"), None),
        ({**FALLS, "factors": {"effect": 0.1}}, ("source", "evidence", "confirmation"), None),
        # the level of the source is a last resort
        (DROPOUT, ("baseline", "not-local"), "EC-DROPOUT"),
        (LONELY, ("size", "not-local"), "EC-LONELY-GROUP"),
    ],
)  # fmt: skip
def test_what_an_effect_with_a_card_misses(effect, missing, card) -> None:
    (gap,) = gaps_of(carded(effects={"e": effect}, scenarios={})).effects
    assert (gap.missing, gap.card) == (missing, card)


def test_a_card_has_a_source_and_evidence() -> None:
    found = gaps_of(carded()).effects
    assert not {"source", "evidence", "assumed"} & {kind for gap in found for kind in gap.missing}


# --- Answers --------------------------------------------------------------------------------------

FRAMEWORK = "prevention-core-set"


def answer_gaps(answers: dict[str, Any], **fields: Any) -> dict[str, AnswerGap]:
    scores = {FRAMEWORK: answers}
    found = gaps_of(result(costs={"work": cost()}, scores=scores, **fields)).answers
    assert {gap.framework for gap in found} == {FRAMEWORK}
    return {gap.indicator: gap for gap in found}


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        (3, ("assessor", "evidence")),
        ("none", ("assessor", "evidence")),
        ("unknown", ("answer",)),
        ({"level": 3, "assessor": "A"}, ("evidence",)),
        ({"level": 3, "evidence": "B"}, ("assessor",)),
        ({"level": 3, "assessor": "A", "evidence": "B"}, ()),
        ([{"level": 3, "assessor": "A", "evidence": "B"}, {"level": 2, "assessor": "C"}], ()),
        ([{"level": 3, "assessor": "A", "evidence": "B"}, 2], ("assessor",)),
        ([{"level": 3, "assessor": "A", "evidence": "B"}, "unknown"], ()),
        ({"status": "not-applicable", "reason": "x"}, ()),
    ],
)
def test_each_gap_of_an_answer_by_itself(answer, missing) -> None:
    found = answer_gaps({"say": answer})
    assert (found["say"].missing if "say" in found else ()) == missing


def test_questions_without_an_answer_are_ordered_by_weight_times_multiplier() -> None:
    found = list(answer_gaps({}).values())
    weights = [gap.weight for gap in found]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1] > 0
    assert {gap.missing for gap in found} == {("answer",)}


def test_what_is_in_money_too_is_said() -> None:
    effects = {"calls": gain(1, 5, indicator="gp-consults-avoided")}
    said = {"value": 1, "assessor": "A", "evidence": "B"}
    found = answer_gaps({"gp-consults-avoided": said}, effects=effects)
    assert found["gp-consults-avoided"].missing == ("in-money-too",)
    assert "gp-consults-avoided" not in answer_gaps({"gp-consults-avoided": said})


def test_a_case_that_answers_nothing_has_no_gaps_in_answers() -> None:
    assert gaps_of(result(costs={"work": cost()})).answers == ()
