"""The list of templates: how every figure is worked out, and the facts that it needs."""

from __future__ import annotations

import re

import pytest
from tests.report.test_framework_screen import printed

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.portfolio_templates import load_templates
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.report.template_list import (
    formula,
    template_list_document,
    template_list_screen,
)

TEMPLATES = list(load_templates().templates.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_and_figure_of_every_template_is_shown(language: Language) -> None:
    parts = template_list_screen(TEMPLATES, load_catalogue(), language)
    text = " ".join(printed(*parts, width=250).split())
    assert not re.search(r"[{}]", text)
    document = template_list_document(TEMPLATES, language)["templates"]
    for template in document.values():
        assert template["edition"] in text
        for fact in template["facts"]:
            assert fact in text
        for one in template["indicators"].values():
            assert one["title"] in text
            assert set(one["needs"]) <= set(template["facts"])


@pytest.mark.parametrize(
    ("template", "name", "expected"),
    [
        ("pcaf-2022", "financed-scope-1", "Σ part × emissions-scope-1"),
        ("sfdr-2022", "pai-8",
         "Σ part × emissions-to-water / amount in units of 1,000,000 (all investments)"),
        ("sfdr-2022", "pai-4", "Σ amount if fossil-fuel-sector / Σ amount (all investments)"),
        ("sfdr-2022", "pai-16-count", "number of investees with social-violations"),
        ("sfdr-2022", "pai-18", "Σ amount if energy-inefficient / Σ amount "
         "(what there is data for), only where energy-label-required"),
    ],
)  # fmt: skip
def test_a_formula_names_its_facts(template: str, name: str, expected: str) -> None:
    assert formula(load_templates().named(template).indicators[name], "en") == expected


def test_sectors_are_named() -> None:
    found = formula(load_templates().named("sfdr-2022").indicators["pai-6"], "nl")
    assert found.endswith("voor elk van de sectoren A, B, C, D, E, F, G, H, L")
