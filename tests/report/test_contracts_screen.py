"""Contracts on screen: in plain words, the answer first, and every number from the results."""

from __future__ import annotations

import re

import pytest
from tests.financing.contracted import EFFECT, SIB, UNSURE, contracted
from tests.report.test_screen import printed

from impactmonitor import evaluate
from impactmonitor.financing.contracts import contracts_of
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.contracts_screen import contracts_screen

TECHNICAL = re.compile(r"\b(Sobol|IRR|quantile|kwantiel|percentile|deadweight|draws|None)\b")


def shown(*given, language="en", draws=256, width=80, **fields) -> str:
    evaluation = evaluate(contracted(*given, **fields))
    return printed(contracts_screen(evaluation, contracts_of(evaluation, draws), language), width)


def plain(text: str) -> str:
    """Without line breaks."""
    return re.sub(r"\s+", " ", text)


def test_the_first_sentences_say_who_pays_whom_what_for_what():
    found = plain(shown())
    assert found.startswith(
        "Contract: sib Insurer pays Firm for results over 2025–2027: "
        "€30.00 per fall above 2 a year (help). "
        "The expected payment is €600 in all, and never more than €600. "
        "Insurer saves more than it spends, and keeps €563. There is no highest price: at any "
        "price Insurer loses in at most 10% of the cases. "
    )
    assert "The cap holds the payment back in all cases." in found


def test_the_same_in_dutch():
    found = plain(
        shown(UNSURE, EFFECT, language="nl", guarantee=200, floor=50, probability=0.3, cap=5000)
    )
    assert "Insurer betaalt Firm voor resultaten over 2025–2027: € 30,00 per val boven 2" in found
    assert "De hoogste prijs waarbij Insurer in ten hoogste 30% van de gevallen verliest" in found
    assert "Insurer staat garant voor ten hoogste € 200 daarvan." in found
    assert "Er wordt ten minste € 50,00 betaald" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_often_the_payer_saves_is_what_the_draws_say(language):
    evaluation = evaluate(contracted(UNSURE, EFFECT))
    results = contracts_of(evaluation, 256)
    found = plain(printed(contracts_screen(evaluation, results, language)))
    count = round(100 * results["sib"].chance_of_saving)
    assert 0 < count < 100
    assert {"en": f"spends in {count} of 100 cases", "nl": f"bespaart in {count} van de 100"}[
        language
    ] in found


def test_a_table_of_the_tiers():
    rows = [line.split() for line in shown().splitlines()]
    assert ["Bank", "300", "319", "5%", "5%", "5%", "100%"] in rows
    assert ["Fund", "200", "281", "15.2%", "15.2%", "15.2%", "100%"] in rows


def test_returns_beyond_compare_are_not_written_out():
    assert shown(tiers=[{"actor": "bank", "amount": 1e-300}]).count("> 1,000%") == 3


def test_without_investors_there_is_no_table():
    found = shown(tiers=[])
    assert "Investor" not in found
    assert "advance" not in found


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"cap": 500}, "There is no highest price: at any price"),
        ({"evaluation_cost": 9000}, "There is no price at which Insurer loses in at most 10%"),
        ({"prices": {"help": 0}}, "no result is paid for"),
        ({"evaluation_cost": 9000}, "spends more than it saves, and is €"),
        ({"tiers": SIB["tiers"][:1]}, "€281 is expected to be left for Firm"),
        ({"guarantee": 90, "guarantor": "city"}, "City guarantees at most €90.00"),
    ],
)
def test_what_there_is_to_say_otherwise(fields, words):
    assert words in plain(shown(**fields))


def test_several_prices_stand_in_one_sentence():
    base = contracted()
    effects = {"help": base.effects["help"], "more": base.effects["help"]}
    contract = base.contracts["sib"].model_copy(update={"prices": {"help": 30.0, "more": 60.0}})
    case = base.model_copy(update={"effects": effects, "contracts": {"sib": contract}})
    evaluation = evaluate(case)
    found = plain(printed(contracts_screen(evaluation, contracts_of(evaluation, 8), "en")))
    assert "€30.00 per fall above 2 a year (help) and €60.00 per fall (more)." in found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_nothing_is_technical_left_open_or_wider_than_the_screen(language, width):
    found = shown(UNSURE, EFFECT, language=language, width=width, guarantee=1e7, tiers=[
        {"actor": "bank", "amount": 123_456_789, "rate": 0.05}, {"actor": "fund", "amount": 200}
    ])  # fmt: skip
    assert max(len(line) for line in found.splitlines()) <= width
    assert not TECHNICAL.search(found)
    assert "{" not in found
    assert "123,456,789" in found or "123.456.789" in found


def test_a_case_without_contracts_shows_nothing():
    evaluation = evaluate(contracted())
    assert contracts_screen(evaluation, {}, "en") == []
