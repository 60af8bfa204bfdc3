"""The command that reports on a portfolio."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
from tests.cli.test_commands import call, flat, said
from tests.portfolio.small_funds import case, fund, loan, written

REPORT = ("portfolio", "report")


def small(tmp_path: Path) -> str:
    """Two years of a quarter in one case, of which the second position was corrected."""
    held = loan("a.json", 0.25, 2025, 2026)
    held["positions"]["2025"]["restated"] = [{"in": 2026, "reason": "Audit", "debt": 10}]
    written(tmp_path, fund(holdings={"a": held}), {"a.json": case()})
    return str(tmp_path / "portfolio.json")


def as_json(*words: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(*REPORT, *words, "--json", code=code).stdout)
    return found


def test_the_last_period_is_reported_by_default(tmp_path: Path) -> None:
    assert as_json(small(tmp_path))["period"] == 2026
    assert as_json(small(tmp_path), "--period", "2025")["period"] == 2025


def test_corrections_count_where_they_are_asked_for(tmp_path: Path) -> None:
    """A quarter of (300 - 100); with a debt of 10 instead of 60 a half of it."""
    file = small(tmp_path)
    first = as_json(file, "--period", "2025")
    later = as_json(file, "--period", "2025", "--restated")
    assert first["totals"]["period"]["net"] == 50
    assert later["totals"]["period"]["net"] == 100
    assert first["restated"] == later["restated"]


def test_the_answer_in_both_languages(tmp_path: Path) -> None:
    file = small(tmp_path)
    assert flat(said(*REPORT, file)).startswith("Fund: report on 2026 As planned")
    assert flat(said(*REPORT, file, "--lang", "nl")).startswith("Fund: verslag over 2026 Volgens")


def test_a_workbook_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    file, out = small(tmp_path), tmp_path / "report.xlsx"
    call(*REPORT, file, "--excel", str(out))
    assert "Ledger" in openpyxl.load_workbook(out).sheetnames
    call(*REPORT, file, "--excel", str(out), code=2)
    call(*REPORT, file, "--excel", str(out), "--force")
    call(*REPORT, file, "--excel", str(tmp_path / "report.pdf"), code=2)


def test_a_year_without_positions_is_refused_with_those_there_are(tmp_path: Path) -> None:
    (error,) = as_json(small(tmp_path), "--period", "2031", code=3)["errors"]
    assert error["code"] == "period-not-in-portfolio"
    assert "2025, 2026" in error["message"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (error,) = as_json(str(tmp_path / "none.yaml"), code=5)["errors"]
    assert error["code"] == "file-not-found"
