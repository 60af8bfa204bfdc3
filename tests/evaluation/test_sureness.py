"""What a result rests on: which of its figures have a source."""

from __future__ import annotations

import pytest
from tests.carded import DROPOUT, FALLS, LOCAL, OFF, carded, falls
from tests.small import case, cost, gain, result

from impactmonitor.evaluation.sureness import (
    JUDGEMENTS,
    counted_numbers,
    evidence_of,
    numbers_of_cards,
    source_of,
)
from impactmonitor.model.figures import Place, figures
from impactmonitor.model.numbers import ANY

FIELDS = {
    "discount": {"rate": 0.02},
    "sources": {"report": {"title": "Report"}, "site": {"title": "Site"}},
    "parameters": {
        "reached": {"value": {"pert": [1, 2, 9]}, "source": "site"},
        "guess": {"value": 5},
    },
    "costs": {"work": cost(100, source="report", optimism_bias=0.1), "other": cost(5)},
    "effects": {
        "gain": gain(
            {"parameter": "reached"},
            10,
            source="report",
            evidence="expert",
            factors={"a": {"parameter": "reached"}, "b": 0.5, "c": {"parameter": "guess"}},
            deadweight=0.1,
        ),
        "cared": gain(2, "gp-consult"),
    },
    "overlaps": {"both": {"lines": ["gain"], "alpha": 0.5}},
}


@pytest.fixture(scope="module")
def found():
    return result(**FIELDS)


# --- sources of figures -------------------------------------------------------------------------


def sources(**fields) -> dict[str, str | None]:
    whole = case(**{**FIELDS, **fields})
    return {place.path: source_of(whole, place) for place in figures(whole)}


def test_a_line_s_source_speaks_of_its_amounts_and_not_of_its_judgements():
    found = sources()
    assert found["costs.work.amount"] == "report"
    assert found["costs.other.amount"] is None
    assert found["effects.gain.unit_value"] == "report"
    assert found["effects.gain.factors.b"] == "report"
    for name in JUDGEMENTS & {"deadweight", "optimism_bias", "growth"}:
        assert found[f"effects.gain.{name}"] is None, name


def test_a_parameter_has_a_source_of_its_own():
    found = sources()
    assert found["effects.gain.quantity"] == "site"
    assert found["effects.gain.factors.a"] == "site"
    assert found["effects.gain.factors.c"] is None


def test_rates_and_overlaps_are_the_case_s_own():
    found = sources()
    assert found["discount.rate"] is None
    assert found["overlaps.both.alpha"] is None


def test_an_overlap_of_the_name_of_a_line_has_not_its_source():
    overlaps = {"gain": {"lines": ["gain"], "alpha": 0.5}}
    assert sources(overlaps=overlaps)["overlaps.gain.alpha"] is None


# --- counting -----------------------------------------------------------------------------------


def test_numbers_are_counted_once_and_defaults_not_at_all(found):
    # rate; amount and bias of work; amount of other; price, b, deadweight of gain; reached and
    # guess; quantity of cared (its price is the catalogue's); alpha
    numbers = 1 + 2 + 1 + 3 + 2 + 1 + 1
    # a source have: amount of work, price and b of gain, reached
    assert counted_numbers(found) == (numbers, numbers - 4)


def test_every_year_of_an_amount_is_a_number():
    found = result(costs={"work": cost({"2025": 1, "2026": 2})}, discount={"scheme": "nl-2026"})
    assert counted_numbers(found) == (2, 2)


def test_what_is_not_given_is_no_number():
    found = result(
        effects={"air": {"quantity": "unknown", "monetised": False, "domain": "social"}},
        discount={"scheme": "nl-2026"},
    )
    assert counted_numbers(found) == (0, 0)


def test_what_a_line_calls_an_assumption_is_one_even_with_a_source():
    line = cost(100, source="report", evidence="assumption")
    sources = {"report": {"title": "Report"}}
    found = result(costs={"work": line}, sources=sources, discount={"scheme": "nl-2026"})
    assert counted_numbers(found) == (1, 1)
    # a parameter has a source of its own, whatever the line says of its evidence
    found = result(
        costs={"work": {**line, "amount": {"parameter": "price"}}},
        parameters={"price": {"value": 3, "source": "report"}},
        sources=sources,
        discount={"scheme": "nl-2026"},
    )
    assert counted_numbers(found) == (1, 0)


def test_a_place_of_the_case_itself_has_no_source():
    assert source_of(case(**FIELDS), Place("inflation", 0.02, ANY)) is None


# --- effect cards -------------------------------------------------------------------------------


def sources_of_cards(found) -> dict[str, str | None]:
    places = figures(found.case)
    return {p.path: source_of(found.case, p) for p in places if p.path.startswith("effects")}


def test_what_a_card_found_has_the_card_as_its_source():
    found = sources_of_cards(carded())
    assert found["effects.falls.factors.effect"] == "EC-FALL-EX-MEDCARE"
    assert found["effects.dropout.factors.baseline"] == "EC-DROPOUT"
    # what is proposed with it, and what the case says beside it, has not
    for name in ("falls.factors.scale", "falls.factors.uptake", "falls.quantity",
                 "falls.factors.baseline", "falls.unit_value"):  # fmt: skip
        assert found[f"effects.{name}"] is None, name


def test_a_source_of_the_effect_speaks_of_what_the_case_says_itself():
    own = {**FALLS, "source": "register", "evidence": "expert"}
    found = carded(effects={"falls": own}, scenarios={})
    named = sources_of_cards(found)
    assert named["effects.falls.factors.uptake"] == "register"
    assert named["effects.falls.factors.effect"] == "EC-FALL-EX-MEDCARE"
    assert named["effects.falls.factors.scale"] is None


def test_a_local_result_alone_has_its_own_source():
    alone = carded(effects={"falls": falls(local=LOCAL, shrinkage=OFF)}, scenarios={})
    assert sources_of_cards(alone)["effects.falls.factors.effect"] == "register"
    weighed = carded(effects={"falls": falls(local=LOCAL)}, scenarios={})
    assert sources_of_cards(weighed)["effects.falls.factors.effect"] == "EC-FALL-EX-MEDCARE"
    assert numbers_of_cards(alone) == {"assumption": 1}


def test_numbers_of_cards_are_counted_by_the_grade_of_the_card():
    found = carded()
    # of falls the size; of dropout the size and the baseline; ours is the scale of falls
    assert numbers_of_cards(found) == {"literature-synthesis": 3, "assumption": 1}
    # rate, cost; reach, uptake, baseline, size, scale and price of falls; reach, baseline and size
    assert counted_numbers(found) == (11, 8)
    assert numbers_of_cards(result(costs={"work": cost()})) == {}


def test_a_size_that_the_case_states_is_an_assumption_again():
    stated = carded(effects={"falls": {**FALLS, "factors": {"effect": 0.3}}}, scenarios={})
    assert numbers_of_cards(stated) == {"assumption": 1}
    numbers, assumed = counted_numbers(stated)
    assert numbers == assumed


def test_what_the_case_says_of_its_evidence_goes_before_the_grade_of_the_card():
    found = carded(effects={"x": {**DROPOUT, "evidence": "assumption"}}, scenarios={})
    assert numbers_of_cards(found) == {"assumption": 2}
    numbers, assumed = counted_numbers(found)
    assert numbers == assumed


def test_a_place_without_a_line_has_no_evidence():
    whole = case(**FIELDS)
    assert evidence_of(whole, Place("discount.rate", 0.02, ANY)) is None
    assert evidence_of(whole, Place("overlaps.both.alpha", 0.5, ANY)) is None
    assert evidence_of(whole, Place("effects.gain.unit_value", 10.0, ANY)) == "expert"
