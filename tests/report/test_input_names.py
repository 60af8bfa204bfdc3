"""Uncertain numbers are named and written as people do."""

from __future__ import annotations

from typing import Any

import pytest
from tests.small import cost, gain, result

from impactmonitor.report.input_names import InputNames
from impactmonitor.report.words import Words

FIELDS: dict[str, Any] = {
    "parameters": {
        "reach": {"title": {"en": "Reach", "nl": "Bereik"}, "value": {"uniform": [1, 2]},
                  "unit": "person"},
        "part": {"value": {"uniform": [0, 1]}, "unit": "share"},
        "wage": {"title": "Wage", "value": {"uniform": [10, 20]}},
        "fading": {"value": {"uniform": [0.1, 0.2]}},
    },
    "costs": {"work": cost({"uniform": [1, 2]}, title={"en": "Work", "nl": "Werk"},
                           growth={"uniform": [0, 0.02]})},
    "effects": {
        "help": gain({"parameter": "reach"}, {"parameter": "wage"}, lasts=2,
                     drop_off={"parameter": "fading"}, unit="person",
                     factors={"uptake": {"parameter": "part"}},
                     cashable={"people": {"uniform": [0, 1]}}),
        "more": gain({"2025": {"uniform": [1, 2]}}, {"uniform": [1, 2]}, unit="hour"),
    },
    "overlaps": {"both": {"lines": ["help", "more"], "alpha": {"uniform": [0, 1]}}},
    "discount": {"rate": {"uniform": [0.01, 0.03]}},
}  # fmt: skip


@pytest.fixture(scope="module", params=["en", "nl"])
def names(request) -> InputNames:
    found = result(**FIELDS)
    return InputNames(found, Words(found, request.param))


def name_in(language: str, **fields: Any) -> InputNames:
    found = result(**{**FIELDS, **fields})
    return InputNames(found, Words(found, language))


@pytest.mark.parametrize(
    ("path", "english", "dutch"),
    [
        ("parameters.reach", "Reach", "Bereik"),
        ("parameters.part", "part", "part"),
        ("costs.work.amount", "Work: amount", "Werk: bedrag"),
        ("costs.work.growth", "Work: growth per year", "Werk: groei per jaar"),
        ("effects.more.quantity.2025", "more: quantity 2025", "more: aantal 2025"),
        ("effects.help.factors.uptake", "help: uptake", "help: uptake"),
        ("effects.help.cashable.people", "help: share that becomes cash with People",
         "help: deel dat geld wordt bij: People"),
        ("overlaps.both.alpha", "overlap of both", "overlap van both"),
        ("discount.rate", "discount rate", "discontovoet"),
        ("schemes.nl-2026.standard", "discount rate (nl-2026)", "discontovoet (nl-2026)"),
        ("values.nowhere", "nowhere", "nowhere"),
        ("something.else", "something_else", "something_else"),
    ],
)  # fmt: skip
def test_names(path, english, dutch):
    assert name_in("en").title(path) == english
    assert name_in("nl").title(path) == dutch


@pytest.mark.parametrize(
    ("path", "value", "written", "short"),
    [
        ("parameters.reach", 12.34, "12.3 person", "12.3"),
        ("parameters.part", 0.12345, "12.3%", "12.3%"),
        ("parameters.wage", 15, "€15.00", "€15.00"),
        ("parameters.fading", 0.5, "50%", "50%"),
        ("costs.work.amount", 1234.5, "€1,234", "€1,234"),
        ("costs.work.growth", 0.0225, "2.25%", "2.25%"),
        ("effects.more.quantity.2025", 1.5, "1.5 hour", "1.5"),
        ("effects.more.unit_value", 2, "€2.00", "€2.00"),
        ("overlaps.both.alpha", 1, "100%", "100%"),
        ("discount.rate", 0.02, "2%", "2%"),
        ("schemes.nl-2026.standard", 0.028, "2.8%", "2.8%"),
    ],
)
def test_values(path, value, written, short):
    names = name_in("en")
    assert names.value(path, value) == written
    assert names.value(path, value, is_short=True) == short


def test_numbers_of_an_alternative_have_names_too():
    changes = {"effects.more.unit_value": "gp-consult", "effects.more.unit": "consultation"}
    names = name_in("en", alternatives={"other": {"changes": changes}})
    assert names.title("values.gp-consult") != "gp-consult"


def test_values_of_the_catalogue_and_their_currency():
    effect = {**gain(), "unit_value": "gp-consult", "unit": None, "falls_to": "insurer"}
    effect = {key: value for key, value in effect.items() if value is not None}
    names = name_in("en", effects={**FIELDS["effects"], "visits": effect})
    assert names.title("values.gp-consult") != "gp-consult"
    assert names.value("values.gp-consult", 40.0) == "€40.00"


def test_indicators(names):
    assert names.indicator("unknown") == "unknown"


def test_a_title_of_an_indicator():
    effect = {**gain(), "indicator": "gp-consults-avoided"}
    for key in ("unit_value", "falls_to", "domain"):
        effect.pop(key)
    effect["falls_to"] = "insurer"
    found = result(effects={"visits": effect})
    title = InputNames(found, Words(found, "en")).indicator("gp-consults-avoided")
    assert title != "gp-consults-avoided"
