"""Words of a report: titles of the case, texts of the catalogue, numbers in the reader's way."""

from __future__ import annotations

import pytest
from tests.small import cost, gain, result

from impactmonitor.report.words import Words

FIELDS = {
    "currency": "GBP",
    "actors": {
        "city": {"title": {"nl": "Gemeente", "en": "Municipality"}, "kind": "municipality"},
        "people": {"kind": "citizen"},
    },
    "costs": {"work": cost(title={"nl": "Werk", "en": "Work"})},
    "effects": {"gain": gain(title="Gain")},
    "transfers": {"grant": {"from": "city", "to": "people", "amount": 1}},
    "perspectives": {"both": ["city", "people"]},
    "excess_burden": {"rate": 0.1, "actors": ["city"], "borne_by": "people"},
}


@pytest.fixture(scope="module")
def found():
    return result(**FIELDS)


@pytest.fixture(scope="module")
def nl(found):
    return Words(found, "nl")


@pytest.fixture(scope="module")
def en(found):
    return Words(found, "en")


def test_titles_or_the_id(nl, en):
    assert (nl.actor("city"), en.actor("city")) == ("Gemeente", "Municipality")
    assert nl.actor("people") == "people"
    assert (nl.line("work"), en.line("work"), en.line("gain")) == ("Werk", "Work", "Gain")
    assert nl.line("grant") == "grant"


def test_what_the_case_does_not_name_itself(nl, en):
    assert nl.line("excess-burden") != en.line("excess-burden") != "excess-burden"
    assert (nl.perspective("society"), en.perspective("society")) == ("Samenleving", "Society")
    assert nl.perspective("both") == "both"
    assert (nl.domain("social"), en.domain("social")) == ("sociaal", "social")


def test_texts_of_the_screen_and_of_the_metrics(nl, en):
    assert en.text("catalogue.found", count=3) == "3 found"
    assert en.metric("totals", "costs") != nl.metric("totals", "costs")
    assert en.metric("totals", "costs", "definition")
    with pytest.raises(KeyError):
        en.text("no.such.text")


def test_money_is_that_of_the_case(nl, en):
    assert (nl.money(1500), en.money(1500)) == ("£ 1.500", "£1,500")
    assert nl.money(None) == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.4, "0"), (-0.4, "0"), (0.5, "0"), (0.6, "1"), (-1234.6, "-1,235"), (0.0, "0")],
)
def test_amounts_of_a_table_are_whole_and_never_minus_0(en, value, text):
    assert en.amount(value) == text


def test_numbers_and_shares(nl, en):
    assert (nl.number(0.25), en.number(1234.5, 1)) == ("0,25", "1,234.5")
    assert nl.percent(0.0225) == "2,25%"


def test_words_of_an_appraisal_alone(found):
    assert Words(found.appraised, "nl").line("work") == "Werk"
