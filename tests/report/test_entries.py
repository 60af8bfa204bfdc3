"""Entries of the catalogue as people and programs read them."""

from __future__ import annotations

import io
import json
import re

import pytest
from rich.console import Console

from impactmonitor import messages
from impactmonitor.catalogue import load_catalogue
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.entries import entry_document, entry_screen, list_screen

VALUES = """
kind: values
values:
  stay:
    code: OWN-1
    title: {nl: Verblijf, en: Stay}
    description: {nl: Een nacht, en: One night}
    unit: day
    falls_to: health-insurer
    sector: care
    includes: [medical, production]
    composition: bundle
    market_price: true
    editions:
      - {edition: "2026", value: 1250, low: 1000, high: 2000, currency: EUR, price_year: 2025,
         source: ours, place: "table 3", verification: primary-table, last_checked: "2026-11-21",
         licence: CC0, actor_mapping: ours, note: {nl: Let op, en: Look out}}
      - {edition: "2020", value: 900, currency: GBP, price_year: 2020, status: superseded,
         source: ours, verification: secondary-source, last_checked: "2026-11-20"}
  spread:
    title: Spread
    unit: day
    domain: social
    editions:
      - {edition: "1", value: {pert: [1, 2, 6]}, currency: EUR, price_year: 2025, source: ours,
         verification: primary-table, last_checked: "2026-11-21"}
  norm:
    title: Norm
    unit: QALY
    falls_to: citizen
    domain: social
    class: policy-reference
    editions:
      - {edition: "1", value: 5, currency: EUR, source: ours,
         verification: primary-table, last_checked: "2026-11-21"}
  handed-over:
    title: Handed over
    unit: day
    domain: economic
    is_transfer: true
    editions:
      - {edition: "1", value: 5, currency: EUR, price_year: 2025, source: ours,
         verification: primary-table, last_checked: "2026-11-21"}
"""
SOURCES = """
kind: sources
sources:
  ours: {title: {nl: Ons boek, en: Our book}, publisher: Us, year: 2026, url: "https://x.example"}
"""
INDICATORS = """
kind: indicators
indicators:
  nights:
    title: {nl: Nachten, en: Nights}
    description: {nl: Alle nachten, en: All nights}
    measurement: quantitative
    unit: day
    direction: decrease
    domain: societal
    horizon: short
    measure: flow
    counts_people: false
    unit_value: stay
    source: ours
    origin: us
  smiles:
    title: Smiles
    measurement: quantitative
    unit: person
    direction: increase
    domain: social
    horizon: long
    measure: stock
    counts_people: true
    falls_to: citizen
    origin: us
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogue")
    for name, text in {"values": VALUES, "sources": SOURCES, "indicators": INDICATORS}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_catalogue(folder)


def shown(parts, width: int = 200) -> list[str]:
    """Lines with their runs of spaces made one."""
    out = io.StringIO()
    console = Console(width=width, file=out, highlight=False, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


# --- as JSON ------------------------------------------------------------------------------------


def test_a_value_with_the_source_of_each_edition(catalogue):
    found = entry_document(catalogue, catalogue.values["stay"], "nl")
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["id"], found["title"], found["description"]) == ("stay", "Verblijf", "Een nacht")
    assert (found["unit"], found["falls_to"], found["domain"]) == (
        "day",
        "health-insurer",
        "societal",
    )
    assert found["includes"] == ["medical", "production"]
    new, old = found["editions"]
    assert (new["value"], new["low"], new["high"], new["price_year"]) == (1250, 1000, 2000, 2025)
    assert (new["currency"], new["status"], new["note"]) == ("EUR", "current", "Let op")
    assert (old["edition"], old["status"], old["note"]) == ("2020", "superseded", None)
    assert new["source"] == {
        "id": "ours",
        "title": "Ons boek",
        "publisher": "Us",
        "year": 2026,
        "url": "https://x.example",
        "licence": "not-stated",
    }


def test_a_class_is_named_as_in_the_files(catalogue):
    found = entry_document(catalogue, catalogue.values["norm"], "en")
    assert found["class"] == "policy-reference"
    assert found["editions"][0]["price_year"] is None


def test_an_uncertain_value_stays_uncertain(catalogue):
    (edition,) = entry_document(catalogue, catalogue.values["spread"], "en")["editions"]
    assert edition["value"]["pert"] == [1, 2, 6]


def test_an_indicator_with_its_value_and_source(catalogue):
    found = entry_document(catalogue, catalogue.indicators["nights"], "en")
    assert (found["title"], found["unit_value"], found["measure"]) == ("Nights", "stay", "flow")
    assert found["value"] == entry_document(catalogue, catalogue.values["stay"], "en")
    assert found["source"]["title"] == "Our book"
    bare = entry_document(catalogue, catalogue.indicators["smiles"], "en")
    assert (bare["unit_value"], bare["value"], bare["source"]) == (None, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_entry_is_plain_json(language):
    catalogue = load_catalogue()
    for entry in (*catalogue.values.values(), *catalogue.indicators.values()):
        found = entry_document(catalogue, entry, language)
        assert json.loads(json.dumps(found, allow_nan=False)) == found, entry.id
        assert found["title"], entry.id


# --- lists --------------------------------------------------------------------------------------


def test_a_list_has_a_row_per_entry(catalogue):
    lines = shown(list_screen(catalogue, list(catalogue.values.values())[-4:], "nl"))
    text = "\n".join(lines)
    assert "stay € 1.250 dag 2025 Zorgverzekeraar\nVerblijf\n" in text
    assert "spread pert [1, 2, 6] dag 2025 –\nSpread\n" in text
    qaly = catalogue.units["QALY"].title.nl
    assert f"norm € 5,00 {qaly} – Burger\nNorm\n" in text
    assert lines[-1] == "4 gevonden"


def test_a_list_of_indicators_has_their_values(catalogue):
    entries = [catalogue.indicators[name] for name in ("nights", "smiles")]
    text = "\n".join(shown(list_screen(catalogue, entries, "en")))
    assert "nights €1,250 day 2025 Health insurer\nNights\n" in text
    assert "smiles – person – Citizen\nSmiles\n" in text
    assert text.endswith("2 found")


@pytest.mark.parametrize("section", ["values", "indicators"])
@pytest.mark.parametrize("width", [80, 100])
def test_figures_are_whole_and_nothing_is_left_out(section, width):
    catalogue = load_catalogue()
    longest = 44 if width == 100 else 26
    entries = [e for e in getattr(catalogue, section).values() if len(e.id) <= longest]
    (table, _) = list_screen(catalogue, entries, "en")
    text = "\n".join(shown([table], width=width))
    assert "…" not in text
    for column in table.columns:
        if column.no_wrap:
            assert all(str(cell) in text for cell in column.cells)
    assert all(entry.id in text for entry in entries)  # an id is copied: it is never broken


# --- one entry ----------------------------------------------------------------------------------


def term(name: str, language: str = "en") -> str:
    return messages.text(f"screen.terms.{name}", language)


def facts(catalogue, entry, language: str) -> str:
    return "\n".join(shown(entry_screen(catalogue, entry, language)))


def test_everything_about_a_value(catalogue):
    text = facts(catalogue, catalogue.values["stay"], "en")
    for line in (
        "Stay (stay)",
        "Description One night",
        "Unit day",
        "Falls to Health insurer",
        "Domain societal",
        f"Includes {term('medical')}, {term('production')} ({term('bundle')})",
        f"Value €1,250 (2026, {term('current')})",
        "Price level 2025",
        "Published range 1,000 – 2,000",
        "Source Our book, Us, 2026, https://x.example; table 3",
        "How it was read Primary table",
        "Licence CC0",
        "Last checked 2026-11-21",
        "Note Look out",
        f"Value £900 (2020, {term('superseded')})",
        "How it was read Secondary source",
        f"Licence {term('not-stated')}",
    ):
        assert f"\n{line}\n" in f"\n{text}\n", line


def test_the_same_in_dutch(catalogue):
    text = facts(catalogue, catalogue.values["stay"], "nl")
    value = f"Waarde € 1.250 (2026, {term('current', 'nl')})"
    for line in ("Verblijf (stay)", "Omschrijving Een nacht", "Eenheid dag", value):
        assert f"\n{line}\n" in f"\n{text}\n", line


def test_what_is_not_known_is_said(catalogue):
    text = facts(catalogue, catalogue.values["spread"], "en")
    assert "Falls to none: the case must say" in text
    assert f"Includes {term('not-stated')} ({term('item')})" in text
    assert "Value pert [1, 2, 6] (1, " in text
    assert "Published range" not in text


def test_references_and_transfers_are_called_so(catalogue):
    norm = facts(catalogue, catalogue.values["norm"], "en")
    assert "policy reference, never rebased" in norm
    assert "Price level not stated" in norm
    assert "no cost of society" in facts(catalogue, catalogue.values["handed-over"], "en")
    assert "no cost of society" not in norm


def test_everything_about_an_indicator_and_its_value(catalogue):
    text = facts(catalogue, catalogue.indicators["nights"], "en")
    for line in (
        "Nights (nights)",
        f"Measure {term('flow')}",
        "Unit value stay",
        "Stay (stay)",
    ):
        assert f"\n{line}\n" in f"\n{text}\n", line
    bare = facts(catalogue, catalogue.indicators["smiles"], "en")
    assert "Unit value none: the case must say" in bare
    assert f"Impact shows {term('long')}" in bare


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_entry_can_be_shown(language):
    catalogue = load_catalogue()
    for entry in (*catalogue.values.values(), *catalogue.indicators.values()):
        text = facts(catalogue, entry, language)
        assert f"({entry.id})" in text
        assert not re.search(r"\{[a-z_]+\}", text), entry.id
