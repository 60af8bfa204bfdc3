"""The drawing: whole, the same every time, readable without colour, and proof against its texts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from tests.theorised import THEORY, evaluated

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.theory_picture import BORDERS, theory_picture

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert("x")</script>&amp; \u202e ]]> <!-- {title}'


def drawn(theory=None, language="en", **fields) -> Any:
    return fromstring(theory_picture(evaluated(theory, **fields), language).encode("utf-8"))


def words(svg: Any) -> str:
    return " ".join(" ".join(svg.itertext()).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_all_that_the_screen_says(language) -> None:
    said = words(drawn(language=language))
    expected = {
        "en": ("Activities", "costs €150", "30 person", "worth €80.00", "not in EUR",
               "nobody measures this", "1. pupils → Falls: They train", "End-states"),
        "nl": ("Activiteiten", "kosten € 150", "30 persoon", "waarde € 80,00", "niet in EUR",
               "niemand meet dit", "1. pupils → Vallen: Zij oefenen", "Eindbeelden"),
    }[language]  # fmt: skip
    assert [one for one in expected if one not in said] == []


def test_a_reading_program_hears_every_link() -> None:
    svg = drawn()
    assert svg.get("role") == "img"
    assert svg.get("lang") == "en"
    named = str(svg.get("aria-labelledby")).split()
    found = {one.get("id"): one for one in svg if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert list(found) == named
    description = found[named[1]].text or ""
    assert description.count("; ") == 5
    assert "pupils leads to Falls" in description


def test_there_is_a_box_per_step_and_an_arrow_per_link() -> None:
    svg = drawn()
    groups = svg.findall(f"{SVG}g/{SVG}g")
    assert len(groups) == 7
    assert len(svg.findall(f".//{SVG}polygon")) == len(svg.findall(f".//{SVG}path")) == 6
    assert len(svg.findall(f".//{SVG}circle")) == 1


def test_kinds_differ_in_their_border_and_not_in_colour_alone() -> None:
    borders = [{k: v for k, v in look.items() if k != "fill"} for look in BORDERS.values()]
    alike = [b for i, b in enumerate(borders) if b in borders[:i]]
    assert len(alike) == 1  # activities and end-states: those have a second line
    doubled = [g for g in drawn().findall(f"{SVG}g/{SVG}g") if len(g.findall(f"{SVG}rect")) == 2]
    assert ["End" in words(g) or "Healthy" in words(g) for g in doubled] == [True]


def test_everything_is_within_the_sheet() -> None:
    link = {"to": "falls", "assumption": "why " * 90}
    activities = {"a": {"title": "word " * 60, "leads_to": [link]}}
    svg = drawn({**THEORY, "activities": activities})
    width, height = (float(str(svg.get(side))) for side in ("width", "height"))
    assert svg.get("viewBox") == f"0 0 {width:g} {height:g}"
    shift = str(svg.findall(f"{SVG}g")[0].get("transform"))
    across, down = (float(x) for x in re.findall(r"[\d.]+", shift))
    for rect in svg.findall(f"{SVG}g/{SVG}g/{SVG}rect"):
        x, y, w, h = (float(str(rect.get(side))) for side in ("x", "y", "width", "height"))
        assert x + across + w <= width
        assert y + down + h <= height
    last = max(float(str(t.get("y"))) for text in svg.findall(f"{SVG}text") for t in text)
    assert last <= height


@pytest.mark.parametrize("place", ["title", "activity", "unit", "assumption", "actor"])
def test_no_text_of_a_case_changes_the_drawing(place) -> None:
    theory = {
        "activities": {"a": {"title": HOSTILE if place == "activity" else "A", "leads_to": [
            {"to": "o", "assumption": HOSTILE if place == "assumption" else "B"}]}},
        "outputs": {"o": {"quantity": 1, "unit": HOSTILE if place == "unit" else "C",
                          "leads_to": ["falls"]}},
    }  # fmt: skip
    actors = {"city": {"kind": "municipality"}, "people": {"kind": "citizen"},
              "insurer": {"kind": "health-insurer"}}  # fmt: skip
    if place == "actor":
        actors["insurer"]["title"] = HOSTILE
    fields = {"title": HOSTILE if place == "title" else "Small", "actors": actors}
    svg = drawn(theory, **fields)
    tags = {one.tag.removeprefix(SVG) for one in svg.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "g",
        "rect",
        "text",
        "tspan",
        "path",
        "polygon",
        "circle",
    }
    assert "alert" in words(svg)


def test_nothing_is_fetched_or_run() -> None:
    text = theory_picture(evaluated(), "en")
    assert not re.search(r"href|url\(|<script|<style|@import|on[a-z]+=", text)
    assert text.count("http") == 1  # the name of the format itself


def test_the_same_theory_gives_the_same_drawing() -> None:
    assert theory_picture(evaluated(), "nl") == theory_picture(evaluated(), "nl")


def test_a_theory_of_nothing_can_be_drawn() -> None:
    said = words(drawn({}, effects={}, costs={"work": {"amount": 1, "paid_by": "city"}}))
    assert "nothing leads to anything" in said
