"""Effects with a card: as if somebody had written the numbers, and still written as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from impactmonitor import evaluate, load_case
from impactmonitor.appraisal.prefilling import with_cards
from impactmonitor.catalogue import load_catalogue
from impactmonitor.cli.converting import save_text, save_workbook
from impactmonitor.evaluation import Evaluation, find_problems
from impactmonitor.intake.writing import to_yaml
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain
from impactmonitor.problems import InvalidInput

OFF = {"applied": False, "reason": "as in the trials"}
FALLS = {
    "card": {"id": "EC-FALL-EX-MEDCARE", "reach": 100, "baseline": 0.03, "scale": OFF},
    "unit": "treated fall", "unit_value": 9370, "falls_to": "insurer", "domain": "societal",
}  # fmt: skip
OTHER = {"domain": "social", "monetised": False}


def case(**effects: dict[str, Any]) -> Case:
    """A case with these effects."""
    return Case.model_validate({
        "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR", "price_year": 2025,
        "base_year": 2025, "horizon": 1, "discount": {"rate": 0.03},
        "actors": {"city": {"kind": "municipality"}, "insurer": {"kind": "health-insurer"}},
        "effects": effects,
    })  # fmt: skip


def changed(node: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An effect with other fields; ``card`` is added to the card."""
    card = {**node["card"], **fields.pop("card", {})}
    return {**node, **fields, "card": card}


def codes(found: Case) -> set[tuple[str, str]]:
    """Errors of a case, with their places."""
    with pytest.raises(InvalidInput) as caught:
        evaluate(found)
    return {(p.code, p.path) for p in caught.value.problems if p.severity == "error"}


def warned(found: Evaluation) -> set[str]:
    """What a result warns of."""
    return {p.code for p in found.warnings if p.path.endswith((".card", ".reach"))}


def test_fall_prevention_chain_in_a_case_is_84_euros_a_participant() -> None:
    """0.03 x 0.30 x 9,370: 84 euros per participant-year (the mean of the ratio is 0.7065)."""
    found = evaluate(case(falls=FALLS))
    assert found.totals["net_present_value"] == pytest.approx(100 * 84.33, rel=0.025)
    assert found.case.effects["falls"].basis == "net"
    assert found.case.effects["falls"].evidence == "literature-synthesis"


def test_fall_prevention_chain_of_1832_euros_is_refused_with_an_explanation() -> None:
    wrong = changed(FALLS, card={"id": "EC-FALL-EX-RATE", "baseline": 0.85})
    assert codes(case(falls=wrong)) == {("card-unit-mismatch", "effects.falls.unit")}
    [problem] = [p for p in find_problems(case(falls=wrong), load_catalogue())
                 if p.severity == "error"]  # fmt: skip
    assert "22 times" in problem.hint("en")
    unsaid = {key: part for key, part in wrong.items() if key != "unit"}
    assert codes(case(falls=unsaid)) == {("card-price-unit-missing", "effects.falls.unit")}


def test_it_is_as_if_somebody_had_written_the_numbers() -> None:
    with_card = evaluate(case(falls=FALLS))
    written = plain(with_card.case, is_prefilled=True)["effects"]["falls"]
    del written["card"]
    by_hand = evaluate(case(falls=written))
    assert by_hand.totals["net_present_value"] == with_card.totals["net_present_value"]


def test_the_factor_at_scale_is_on_unless_there_is_a_reason_or_it_was_at_scale() -> None:
    on = {**FALLS, "card": {k: v for k, v in FALLS["card"].items() if k != "scale"}}  # type: ignore[attr-defined]
    full, scaled = (evaluate(case(falls=f)).totals["net_present_value"] for f in (FALLS, on))
    assert isinstance(full, float)
    assert scaled == pytest.approx(full * (0.3 + 0.6 + 1.0) / 3)
    letters = evaluate(case(letters={"card": {"id": "EC-FLU-NUDGE2", "reach": 10}, **OTHER}))
    assert set(letters.case.effects["letters"].factors) == {"effect"}


def test_what_the_case_states_itself_stays_and_is_said() -> None:
    own = changed(FALLS, evidence="expert", lasts=2, factors={"effect": 0.1}, quantity=7)
    found = evaluate(case(falls=own))
    effect = found.case.effects["falls"]
    assert (effect.evidence, effect.lasts, effect.quantity) == ("expert", 2, 7.0)
    assert effect.factors["effect"] == 0.1
    assert warned(found) == {"card-stated", "card-reach-not-used"}


@pytest.mark.parametrize(
    ("effect", "code", "place"),
    [
        ({"card": "EC-NOWHERE", **OTHER}, "unknown-card", "card"),
        ({"card": "EC-WELLNESS-WORK", **OTHER}, "card-found-no-effect", "card"),
        ({"card": "EC-FALL-NL-INBALANCE", "quantity": 5, **OTHER}, "card-found-no-effect", "card"),
        ({"card": "EC-LONELY-GROUP", "domain": "social", "unit_value": 5, "falls_to": "city"},
         "card-not-in-euros", "card"),
        ({"card": {"id": "EC-DSME", "reach": 5}, "domain": "social", "unit_value": 5,
          "falls_to": "city"}, "card-not-in-euros", "card"),
        ({"card": "EC-FALL-EX-RATE", **OTHER}, "card-reach-missing", "card"),
        ({"card": {"id": "EC-IPS", "reach": 5}, **OTHER}, "card-baseline-missing", "card"),
        (changed(FALLS, card={"scale": {"applied": False}}), "card-reason-missing", "card.scale"),
        (changed(FALLS, card={"uptake": 1.2}), "out-of-range", "card.uptake"),
        (changed(FALLS, card={"uptake": {"parameter": "nobody"}}), "unknown-parameter",
         "card.uptake"),
        (changed(FALLS, deadweight=0.1), "net-with-deadweight", "deadweight"),
        ({"card": {"id": "EC-IPS", "reach": 5, "baseline": 1.5}, **OTHER}, "risk-outside-0-1",
         "card.baseline"),
        ({"card": {"id": "EC-FLU-NUDGE", "reach": 5, "local": {"events": 1, "people": 5,
          "control_events": 1, "control_people": 5}}, **OTHER}, "local-ratio-impossible",
         "card.local"),
        (changed(FALLS, unit="visit"), "card-unit-mismatch", "unit"),
    ],
)  # fmt: skip
def test_what_a_card_may_not_be_used_for_is_one_error(
    effect: dict[str, Any], code: str, place: str
) -> None:
    assert codes(case(x=effect)) == {(code, f"effects.x.{place}")}


def test_a_standardised_difference_is_shown_beside_the_euros() -> None:
    local = {"events": 1, "people": 5, "control_events": 1, "control_people": 5}
    found = evaluate(case(x={"card": {"id": "EC-LONELY-GROUP", "local": local}, **OTHER}))
    assert found.case.effects["x"].quantity == "unknown"


@pytest.mark.parametrize(
    ("more", "evidence"),
    [
        ({}, "literature-synthesis"),
        ({"factors": {"effect": 0.1}}, None),
        ({"factors": {"effect": 0.1}, "evidence": "expert"}, "expert"),
        ({"factors": {"scale": 0.5}}, "literature-synthesis"),
    ],
)
def test_a_size_that_the_case_states_has_not_the_evidence_of_the_card(
    more: dict[str, Any], evidence: str | None
) -> None:
    assert evaluate(case(falls={**FALLS, **more})).case.effects["falls"].evidence == evidence


def test_two_cards_of_one_group_are_refused() -> None:
    other = {"card": {"id": "EC-FALL-EX-FALLERS", "reach": 5}, **OTHER}
    assert codes(case(falls=FALLS, fallers=other)) == {("card-group-twice", "effects.fallers.card")}


def test_class_b_and_a_missing_interval_are_said() -> None:
    found = evaluate(case(x={"card": {"id": "EC-DROPOUT", "reach": 50}, **OTHER}))
    assert warned(found) == {
        "card-scenario-only", "card-without-interval", "card-baseline-of-source",
    }  # fmt: skip


RANGE = {"triangular": [0.0, 0.1, 0.2]}


@pytest.mark.parametrize(
    ("own", "is_said"),
    [(RANGE, False), (0.1, True), ({"parameter": "range"}, False), ({"parameter": "point"}, True)],
)
def test_a_range_of_your_own_is_what_was_asked_for(own: Any, is_said: bool) -> None:
    effect = {"card": {"id": "EC-DROPOUT", "reach": 50}, "factors": {"effect": own}, **OTHER}
    parameters = {"range": {"value": RANGE}, "point": {"value": 0.1}}
    found = Case.model_validate({**plain(case(x=effect)), "parameters": parameters})
    assert ("card-without-interval" in warned(evaluate(found))) is is_said


def test_housing_first_cannot_house_more_than_everybody() -> None:
    effect = {"card": {"id": "EC-HF-HOUSED", "reach": 10, "baseline": 0.6, "scale": OFF}, **OTHER}
    found = evaluate(case(x=effect))
    assert "card-risk-capped" in warned(found)
    assert found.case.effects["x"].factors["effect"].central == pytest.approx(0.4 / 0.6, rel=0.02)  # type: ignore[union-attr]


def test_one_actor_of_a_kind_that_gains_is_suggested() -> None:
    effect = {"card": {"id": "EC-CARDIAC-MI", "reach": 50, "scale": OFF}, "domain": "societal",
              "unit": "person with a heart attack", "unit_value": 1000}  # fmt: skip
    found = evaluate(case(x=effect))
    assert found.case.effects["x"].falls_to == "insurer"
    assert "card-bearer-suggested" in warned(found)


def test_an_indicator_of_the_card_gives_price_and_bearer() -> None:
    found = evaluate(case(x={"card": {"id": "EC-HF-ED", "reach": 10, "baseline": 2.0}}))
    resolved = found.appraised.resolved.effects["x"]
    assert resolved.value_id == "emergency-visit"
    assert resolved.falls_to == {"insurer": 1.0}


def test_a_case_without_cards_is_the_same_case() -> None:
    plain_case = case(x={"quantity": 5, **OTHER})
    found, said = with_cards(plain_case, load_catalogue())
    assert found is plain_case
    assert said == []


def test_the_case_stays_as_it_was_written_in_every_form(tmp_path: Path) -> None:
    with_ratio = {"card": {"id": "EC-HF-ED", "reach": {2025: 10}, "baseline": 2.0}}
    original = case(falls=FALLS, visits=with_ratio)
    wanted = yaml.safe_load(to_yaml(original))
    result = evaluate(original)
    assert yaml.safe_load(to_yaml(result.case)) == wanted
    book, back = tmp_path / "case.xlsx", tmp_path / "back.yaml"
    save_workbook(result, None, book, "en", False)
    save_text(book, back, "en", False)
    assert yaml.safe_load(back.read_text(encoding="utf-8")) == wanted
    again = evaluate(load_case(book))
    assert again.totals["net_present_value"] == result.totals["net_present_value"]


def test_a_scenario_may_change_a_field_of_the_card() -> None:
    tree = plain(case(falls=changed(FALLS, card={"uptake": 0.6})))
    tree["scenarios"] = {"half": {"changes": {"effects.falls.card.uptake": 0.3}}}
    found = evaluate(Case.model_validate(tree))
    full, half = (
        e.totals["net_present_value"] for e in (found, found.scenarios["half"])
    )  # fmt: skip
    assert isinstance(full, float)
    assert half == pytest.approx(full / 2)


def test_everything_that_is_shipped_can_be_used_as_its_class_says() -> None:
    from impactmonitor.catalogue.cards import load_cards

    for name, card in load_cards().cards.items():
        effect = {"card": {"id": name, "reach": 100, "baseline": 0.2}, **OTHER}
        if card.use == "N":
            assert codes(case(x=effect)) == {("card-found-no-effect", "effects.x.card")}
        else:
            assert evaluate(case(x=effect)).case.effects["x"].card is not None
