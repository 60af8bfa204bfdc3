"""LibreOffice finds the scores of the engine after somebody changed multipliers and answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.report.workbook.comparing import written_of
from tests.report.workbook.scored import (
    AWAY,
    FILLED,
    expected,
    first_form,
    places,
    scores,
    typed,
    written,
)
from tests.spreadsheets import libreoffice

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation.scores import scores_of
from impactmonitor.intake.reading import checked, read_file
from impactmonitor.intake.workbook.assessing import QUESTIONS_TOP
from impactmonitor.intake.workbook.layout import At
from impactmonitor.model.frameworks import Multipliers
from impactmonitor.model.scores import Assessment
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written
from impactmonitor.resources import folder

EXAMPLE = folder("examples") / "neighbourhood-prevention" / "case.yaml"
SPOILT = 999
FACTORS = {"short": 0.7, "medium": 1.3, "long": 11.0}
ANSWERS = {"say": 4, "trees": 31, "waiting": 6.5, "curve": -3, "own": "none", "again": AWAY,
           "healthy": "unknown"}  # fmt: skip


def filled_in(one: Written, cells: dict[At, Any]) -> Written:
    for at, value in cells.items():
        cell = one.book.pages[at.sheet].cells[at.row, at.column]
        assert cell.style.startswith("input")
        cell.value = value
    return one


def example() -> tuple[Written, dict[str, Any]]:
    """The example, with another multiplier for the long term."""
    evaluation = evaluate(load_case(EXAMPLE), load_catalogue())
    one, known = written_of(evaluation, load_catalogue(), "nl"), evaluation.appraised.resolved
    assert known.frameworks is not None
    name = "prevention-core-set"
    changed = known.frameworks.frameworks[name].model_copy(
        update={"multipliers": Multipliers(short=1.0, medium=2.0, long=7.5)}
    )
    frameworks = {**known.frameworks.frameworks, name: changed}
    others = type(known.frameworks)(frameworks, known.frameworks.scales)
    at = one.outcome.scores.blocks[name].multipliers["long"]
    return filled_in(one, {at: 7.5}), expected(scores_of(evaluation.case, others))


def small() -> tuple[Written, dict[str, Any]]:
    """Every kind of answer, and other multipliers."""
    one = written(FILLED, {"first": 4, "second": 2, "third": 3})
    ready = {"first": 3, "second": 1, "third": AWAY}
    cells = typed(one, ANSWERS, FACTORS) | typed(one, ready, FACTORS, "ready")
    for framework, name in (("test", "again"), ("ready", "third")):
        form = first_form(one, framework)
        index = form.answers[name].row - QUESTIONS_TOP - 1
        cells[one.book.layout.answer_cell(form.sheet, "reason", index)] = AWAY["reason"]
    return filled_in(one, cells), expected(scores(ANSWERS, ready, FACTORS))


def test_other_multipliers_and_answers(tmp_path: Path) -> None:
    """Every value that the files bring along is made wrong first; the answers are read back."""
    libreoffice.require()
    made, files = {"example": example(), "small": small()}, []
    for name, (one, _) in made.items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(to_bytes(one.book, dict.fromkeys(one.values, SPOILT), name))
    again = libreoffice.recalculated(files, tmp_path / "again")
    for file, (one, wanted) in zip(again, made.values(), strict=True):
        sheet = openpyxl.load_workbook(file, data_only=True)["Scores"]
        cells = {path: sheet.cell(at.row, at.column).value for path, at in places(one).items()}
        numbers = {path: value for path, value in wanted.items() if value != ""}
        assert len(numbers) > 50
        assert {path: cells[path] for path in numbers} == pytest.approx(numbers, rel=1e-9, abs=1e-9)
        assert {path: cells[path] for path in wanted.keys() - numbers if cells[path]} == {}
    one, file = made["example"][0], openpyxl.load_workbook(again[0], data_only=True)
    alphas = {}
    for name, beside in one.outcome.scores.beside.items():
        at = beside.agreement
        alphas[name] = file[one.book.layout.sheet_name(at.sheet)].cell(at.row, at.column).value
    known = evaluate(load_case(EXAMPLE), load_catalogue()).scores
    agreed = {n: s.agreement.alpha for n, s in known.items()
              if s.agreement is not None and s.agreement.alpha is not None}  # fmt: skip
    assert agreed
    assert {n: alphas[n] for n in agreed} == pytest.approx(agreed, abs=1e-9)
    assert all(not alphas[n] for n in known.keys() - agreed.keys())
    found = checked(read_file(again[1])).scores
    assert {n: a for n, a in found["test"].items() if n != "again"} == {
        name: answer for name, answer in ANSWERS.items() if name not in {"again", "nothing"}
    }
    assert found["ready"]["first"] == 3
    for away in (found["test"]["again"], found["ready"]["third"]):
        assert isinstance(away, Assessment)
        assert (away.status, away.reason) == ("not-applicable", AWAY["reason"])
