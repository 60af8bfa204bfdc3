"""Figures of templates on screen and as JSON: nothing left out, and nothing shown as zero."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from tests.portfolio.funds import BASE, fund, investee, loan, shares
from tests.report.test_framework_screen import printed

from impactmonitor.catalogue.portfolio_templates import load_templates
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.portfolio.evic_inflation import evic_inflation
from impactmonitor.portfolio.financed import financed_emissions
from impactmonitor.portfolio.indicators import template_result
from impactmonitor.report.template_document import Filled, template_document
from impactmonitor.report.template_screen import template_screen

TEMPLATES = load_templates()
EMITTED = {"emissions-scope-1": {"value": 100, "quality": 2, "origin": "reported"},
           "emissions-scope-2": {"value": 10, "quality": 4, "origin": "estimated"}}  # fmt: skip
MANY = 15


def filled(portfolio: Portfolio, base: int | None = None) -> Filled:
    every = TEMPLATES.templates
    results = [template_result(portfolio, t, 2026) for t in every.values()]
    financed = {"pcaf-2022": financed_emissions(portfolio, TEMPLATES, 2026)}
    inflation = {}
    if base is not None:
        inflation["pcaf-2022"] = evic_inflation(portfolio, every["pcaf-2022"], base, 2026)
    return Filled(portfolio, 2026, results, financed, inflation)


def small() -> Portfolio:
    return fund(
        {"mill": investee({"evic": 1000, **EMITTED}, sector="D"),
         "silent": investee({"evic": 1000}), "car": investee(EMITTED, "motor-vehicle-loans")},
        {"a": {**loan("mill", 100), "values": shares("mill", 1, 1, None, 1)["values"]},
         "b": loan("silent", 100), "c": loan("car", 5), "d": loan(None, 3)},
    )  # fmt: skip


def shown(found: Filled, language: Language = "en") -> str:
    return " ".join(printed(*template_screen(found, language), width=200).split())


def test_the_screen_says_what_the_document_says() -> None:
    found = filled(small())
    document = template_document(found)
    figures = document["templates"]["pcaf-2022"]["indicators"]
    assert figures["financed-scope-1"]["value"] == pytest.approx(110)
    assert "Financed emissions scope 1 110 t CO2e 51% 2.00" in shown(found)
    assert figures["financed-scope-1"]["missing"][0] == {
        "place": "investees.silent.facts.2026.emissions-scope-1",
        "lack": "fact",
        "name": "emissions-scope-1",
        "title": "Scope 1 emissions",
    }
    assert "investees.silent.facts.2026.emissions-scope-1: Scope 1 emissions" in shown(found)
    assert "Holdings that name no investee are in no figure: d." in shown(found)


def test_a_figure_that_is_not_there_is_null_with_a_reason() -> None:
    document = template_document(filled(small()))
    for template in document["templates"].values():
        for figure in template["indicators"].values():
            assert (figure["value"] is None) == (figure["reason"] is not None)
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_a_quarter_that_is_missing_is_on_the_screen() -> None:
    text = shown(filled(small()))
    assert "one quarter is not in the mean" in text
    assert "2026-09-30" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_words_in_both_languages(language: Language) -> None:
    text = shown(filled(small(), base=2025), language)
    assert not re.search(r"[{}]", text)
    assert ("Zonder cijfer" in text) == (language == "nl")
    assert ("nothing to compare with 2025" in text) == (language == "en")


def test_an_earlier_year_is_compared_at_equal_values() -> None:
    facts = {"emissions-scope-1": 10, "emissions-scope-2": 0}
    people = {"w": {"asset_class": "listed-equity", "facts": {
        2025: {"evic": 1e6, **facts}, 2026: {"evic": 2e6, **facts}}}}  # fmt: skip
    held: Any = {"instrument": "equity", "investee": "w",
                 "positions": {y: {"outstanding": 5} for y in (2025, 2026)}}  # fmt: skip
    found = filled(fund(people, {"h": held}), base=2025)
    inflation = template_document(found)["templates"]["pcaf-2022"]["evic_inflation"]
    assert (inflation["factor"], inflation["base"], inflation["current"]) == (0.5, 10, 5)
    assert math.isclose(inflation["change"], 0, abs_tol=1e-12)
    assert "factor of 0.5" in shown(found)


def test_a_fund_without_anything_says_so() -> None:
    text = shown(filled(Portfolio.model_validate(BASE)))
    assert text.count("No figure can be given yet") == 2


def test_long_lists_are_cut_and_counted() -> None:
    people = {f"p{i}": investee({"evic": 100, **EMITTED}) for i in range(MANY)}
    people |= {f"q{i}": investee({"evic": 100}) for i in range(MANY)}
    found = filled(fund(people, {n: loan(n, 10) for n in people}))
    text = shown(found)
    assert f"and {2 * MANY - 12} more; --json gives them all" in text
    document = template_document(found)["templates"]["pcaf-2022"]
    assert len(document["holdings"]) == 2 * MANY
