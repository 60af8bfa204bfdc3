"""The JSON object about a portfolio: everything of the report, and the engine's own numbers."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from tests.report.portfolios import report_of, told

from impactmonitor.messages import Language
from impactmonitor.report.portfolio_document import portfolio_document


@cache
def document(language: Language = "en") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(portfolio_document(told(language))))
    return found


SUBJECTS = (
    "about", "method", "totals", "roll_ups", "heat_map", "indicators", "harms", "shortfalls",
    "exits", "lessons", "quality", "calibration", "templates", "previous", "changes",
    "double_claims", "overlaps", "holdings", "warnings",
)  # fmt: skip


def test_nothing_of_the_report_is_absent() -> None:
    for key in SUBJECTS:
        assert document()[key], key
    assert document()["about"]["risks"]
    assert document()["about"]["went_wrong"]


def test_numbers_are_those_of_the_engine_and_the_same_in_both_languages() -> None:
    result = report_of().result
    for basis, total in result.totals.items():
        assert document()["totals"][basis]["net"] == total.total.net
    for key in ("totals", "heat_map", "outstanding", "double_claims", "overlaps"):
        assert document()[key] == document("nl")[key]


def test_every_dimension_comes_to_the_total_of_its_basis() -> None:
    for basis, ups in document()["roll_ups"].items():
        for found in ups.values():
            net = sum(label["net"] for label in found.values())
            assert net == pytest.approx(document()["totals"][basis]["net"])


def test_the_heat_map_comes_to_the_value_over_the_whole_life() -> None:
    cells = document()["heat_map"]["cells"].values()
    net = sum(cell["net"] for row in cells for cell in row.values())
    assert net == pytest.approx(document()["totals"]["lifetime"]["net"])


def test_bridges_start_at_what_was_first_reported() -> None:
    changes, previous = document()["changes"], document()["previous"]
    start = changes["period"]["start"]["net"]
    assert start == pytest.approx(previous["first_reported"]["period"]["net"])
    assert previous["restated"]["period"]["net"] != previous["first_reported"]["period"]["net"]
    for one in changes.values():
        for name, end in one["end"].items():
            steps = sum(step[name] for step in one["steps"].values())
            assert one["start"][name] + steps == pytest.approx(end, abs=1e-6)


def test_what_is_not_known_is_null_with_a_reason() -> None:
    left = document()["holdings"]["debts-lake"]
    assert left["period"] is None
    assert left["reasons"]["period"] == "exited"
    assert document()["exits"][0]["difference"] == -110_000


def test_words_are_in_the_language_that_was_asked_for() -> None:
    assert document()["headline"].startswith("Below plan")
    assert document("nl")["headline"].startswith("Onder het plan")
    assert document("nl")["roll_ups"]["period"]["theme"]["warm-homes"]["title"] == "Warme huizen"


def test_the_first_report_has_nothing_to_compare_with() -> None:
    first = portfolio_document(told(period=2025))
    assert first["previous"] is None
    assert first["changes"] == {}
    assert first["exits"] == []
