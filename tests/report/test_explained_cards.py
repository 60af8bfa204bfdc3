"""An effect with a card unfolds to its card, in every variant and both languages."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.carded import FALLS, carded

from impactmonitor import messages
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.problems import NotFound
from impactmonitor.report.document import document
from impactmonitor.report.explanation import explain
from impactmonitor.report.printed import printed_paths


@cache
def found() -> Evaluation:
    return carded()


def inputs(path: str, language: Language = "en") -> dict[str, Any]:
    (part,) = explain(found(), path, language).parts
    return {row["path"].removeprefix("effects."): row for row in part["inputs"]}


def origin(path: str) -> str:
    return explain(found(), path, "en").origin


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_of_a_card_is_called_an_assumption_or_choice_of_the_case(
    language: Language,
) -> None:
    usual = {messages.text(f"screen.explain.{key}", language) for key in ("assumption", "choice")}
    rows = inputs("lines.falls", language)
    of_card = {
        "falls.card", "falls.factors.effect", "falls.factors.scale", "falls.lasts", "falls.basis",
    }  # fmt: skip
    named = messages.text("cards.origin.card", language, id="EC-FALL-EX-MEDCARE", title="")
    assert {path for path, row in rows.items() if row["origin"].startswith(named)} == of_card
    for path in of_card:
        assert not any(words in rows[path]["origin"] for words in usual)
        assert messages.text("cards.origin.not_local", language) in rows[path]["origin"]
    # what the case says itself beside the card stays the case's own
    for path in ("falls.quantity", "falls.factors.uptake", "falls.factors.baseline"):
        assert any(rows[path]["origin"].startswith(words) for words in usual)


def test_a_size_that_is_not_in_money_says_its_card_and_what_is_off() -> None:
    row = inputs("unmonetised.dropout.quantity.2025")
    assert "EC-DROPOUT" in row["dropout.factors.effect"]["origin"]
    assert row["dropout.card.scale"]["value"] is False
    assert "As in the trials" in row["dropout.card.scale"]["origin"]


def test_every_printed_number_of_a_case_with_cards_can_be_explained() -> None:
    for path in printed_paths(document(found())):
        one = explain(found(), path)
        assert one.parts or one.inputs or one.origin or one.value in (0, None), path


@pytest.mark.parametrize(
    ("path", "starts"),
    [
        ("uptake.effects.falls.factors.uptake", "set by the scenario uptake"),
        ("uptake.effects.falls.card.uptake", "set by the scenario uptake"),
        ("uptake.effects.falls.factors.effect", "effect card EC-FALL-EX-MEDCARE"),
        (
            "size.effects.falls.factors.effect",
            "set by the scenario size; in place of what the card",
        ),
        ("size.effects.falls.factors.scale", "effect card EC-FALL-EX-MEDCARE"),
        ("size.effects.falls.factors.baseline", "assumption of this case"),
        ("alone.effects.falls.factors.effect", "set by the scenario alone: local result alone"),
        ("alone.effects.falls.card.shrinkage", "set by the scenario alone: not weighed"),
        ("full.effects.falls.card.scale", "set by the scenario full: the factor"),
        ("other.effects.dropout.factors.baseline", "set by the scenario other"),
        ("other.effects.dropout.factors.effect", "set by the scenario other: effect card"),
        ("other.effects.dropout.card", "set by the scenario other: effect card"),
        ("later.effects.falls.lasts", "set by the scenario later; in place of what the card says"),
        ("later.effects.falls.factors.effect", "effect card EC-FALL-EX-MEDCARE"),
    ],
)
def test_a_scenario_that_changes_what_a_card_filled_in_says_so(path: str, starts: str) -> None:
    assert origin(f"scenarios.{path}").startswith(starts)


def test_an_alternative_that_overrides_the_factor_of_a_card_says_so() -> None:
    changes = {"effects.falls.factors": {"effect": 0.1}}
    other = carded(alternatives={"own": {"changes": changes}})
    text = explain(other, "alternatives.own.effects.falls.factors.effect", "nl").origin
    assert text.startswith("bepaald door het alternatief own; in plaats van wat de kaart zegt")
    assert "EC-FALL-EX-MEDCARE" in text


def test_what_was_written_beside_a_card_can_be_asked_for() -> None:
    assert explain(found(), "effects.falls.card.reach").value == 100
    assert explain(found(), "effects.falls.card.uptake").value == pytest.approx(0.6)
    assert explain(found(), "effects.falls.card").value == "EC-FALL-EX-MEDCARE"
    assert explain(found(), "effects.falls.card.id").value == "EC-FALL-EX-MEDCARE"
    assert explain(found(), "effects.lonely.card").value == "EC-LONELY-GROUP"
    assert explain(found(), "effects.falls.lasts").value == 1
    for path in ("effects.falls.card.nothing", "costs.work.card", "effects.none.card"):
        with pytest.raises(NotFound):
            explain(found(), path)


def test_years_of_the_reach_can_be_asked_for() -> None:
    reach = {"id": "EC-DROPOUT", "reach": {2025: 10, 2026: 20}}
    effects = {"x": {"card": reach, "domain": "social", "monetised": False}}
    other = carded(effects=effects, scenarios={})
    assert explain(other, "effects.x.card.reach.2026").value == 20


def test_counts_of_sureness_are_explained() -> None:
    tree = document(found())["sureness"]
    assert explain(found(), "sureness.numbers").value == tree["numbers"]
    grade = explain(found(), "sureness.from_cards.literature-synthesis", "nl")
    assert grade.value == tree["from_cards"]["literature-synthesis"] == 3
    assert "effectkaarten" in grade.origin
    for path in ("sureness.from_cards", "sureness.nothing"):
        with pytest.raises(NotFound):
            explain(found(), path)


def test_a_parameter_in_place_of_the_card_says_both() -> None:
    own = {**FALLS, "factors": {"effect": {"parameter": "seen"}}}
    given = {"seen": {"value": 0.2, "source": "register"}}
    other = carded(effects={"x": own}, scenarios={}, parameters=given)
    text = explain(other, "effects.x.factors.effect", "en").origin
    assert text.startswith("parameters.seen: Local register, 2024; in place of what the card says")
