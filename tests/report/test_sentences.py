"""The sentences of a report: the answer, how sure it is, and what it was computed with."""

from __future__ import annotations

from typing import Any

import pytest
from tests.carded import carded
from tests.small import cost, gain, result

from impactmonitor import __version__
from impactmonitor.report.sentences import basis, headline, sureness
from impactmonitor.report.words import Words

UNMONETISED = {"quantity": 3, "monetised": False, "domain": "ecological"}

# --- the first sentence -------------------------------------------------------------------------


def first_sentence(language: str = "en", **fields: Any) -> str:
    return headline(result(**fields), language)


@pytest.mark.parametrize(
    ("costs", "benefits", "en", "nl"),
    [
        (100, 200, "Society gains: ", "De samenleving wint: "),
        (200, 100, "Society loses: ", "De samenleving verliest: "),
        (0, 100, "Society gains: ", "De samenleving wint: "),
        (0.1, 0.9, "Society gains: ", "De samenleving wint: "),
        (100, 0, "Society loses: ", "De samenleving verliest: "),
        (100, -50, "Society loses: ", "De samenleving verliest: "),
        (100, 100, "About even: ", "Ongeveer gelijk: "),
        (100, 105, "About even: ", "Ongeveer gelijk: "),  # 5 is less than 5 % of 105
        (100, 95, "About even: ", "Ongeveer gelijk: "),  # and exactly 5 % of 100
        (100, 106, "Society gains: ", "De samenleving wint: "),
        (100, 94, "Society loses: ", "De samenleving verliest: "),
        (0, 0, "There is nothing in EUR", "Er is niets in EUR"),
    ],
)
def test_gain_loss_even_or_nothing(costs, benefits, en, nl):
    fields = {"costs": {"work": cost(costs)}, "effects": {"gain": gain(1, benefits)}}
    assert first_sentence("en", **fields).startswith(en)
    assert first_sentence("nl", **fields).startswith(nl)


def test_the_first_sentence_names_costs_benefits_and_the_difference():
    fields = {"costs": {"work": cost(1200)}, "effects": {"gain": gain(1, 700)}}
    assert first_sentence(**fields) == (
        "Society loses: against €1,200 of costs stand expected benefits of €700, €500 less."
    )
    assert "€ 1.200" in first_sentence("nl", **fields)
    assert "€ 500 minder" in first_sentence("nl", **fields)


@pytest.mark.parametrize(
    ("names", "expected"),
    [("", ""), ("a", "One effect is not in EUR"), ("abc", "3 effects are not in EUR")],
)
def test_what_is_not_in_euros_is_said_beside_it(names, expected):
    effects = {"gain": gain(1, 300), **dict.fromkeys(names, UNMONETISED)}
    sentence = first_sentence(costs={"work": cost(100)}, effects=effects)
    assert expected in sentence
    assert ("not in EUR" in sentence) == bool(names)
    # then the sum alone is not the whole answer, and says so
    assert sentence.startswith("Counted in EUR alone, society gains" if names else "Society gains")


# --- how sure -----------------------------------------------------------------------------------


def test_how_sure_it_is():
    found = result(
        costs={"work": cost({"pert": [50, 100, 300]})},
        effects={
            "gain": gain(1, 800, confirmation={"people": "confirmed"}, source="us"),
            "other": gain(1, 200),
        },
        sources={"us": {"title": "Us"}},
    )
    text = sureness(found, Words(found, "en"))
    # the numbers: an amount, two quantities, two prices and the rate; two of them have a source
    assert "Of the 6 numbers in this case, 4 are assumptions without a source" in text
    assert "1 are given with a range" in text
    assert "€800" in text
    # the mode of 100 where the expected cost is 125
    assert text.endswith("most likely value the net result would be €900.")


def test_a_certain_case_has_no_most_likely_result():
    found = result(costs={"work": cost()})
    assert "most likely" not in sureness(found, Words(found, "en"))


def test_numbers_of_effect_cards_are_named_with_their_evidence():
    found = carded()
    assert "Effect cards filled in 4 of these numbers, which are not local: " in sureness(
        found, Words(found, "en")
    )
    dutch = sureness(found, Words(found, "nl"))
    assert "3 × literatuur, overzicht, 1 × ons eigen voorstel" in dutch


# --- what it was computed with ------------------------------------------------------------------


def test_price_level_rate_status_and_versions():
    found = result(costs={"work": cost()}, discount={"rate": 0.03}, about={"status": "reviewed"})
    assert basis(found, Words(found, "en")) == (
        "Price level 2025, present values at the start of 2025, horizon 5 years, discount rate 3%. "
        f"Status: reviewed. Engine {__version__}, catalogue {found.catalogue_edition}; "
        f"all {len(found.checks)} checks passed."
    )


def test_rates_that_change_are_named_with_their_years():
    found = result(costs={"work": cost()}, discount={"scheme": "uk-green-book"})
    text = basis(found, Words(found, "en"))
    assert "discount scheme uk-green-book (3.5% to year 30, 3% to year 75, " in text
    assert "1% after)" in text
    assert "Status: not stated." in text


def test_an_uncertain_rate_is_named_at_its_expected_value():
    found = result(costs={"work": cost()}, discount={"rate": {"uniform": [0.02, 0.04]}})
    assert "discontovoet 3%" in basis(found, Words(found, "nl"))
