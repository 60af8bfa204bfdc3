"""The sheet on scores: what it starts with, what it offers, and that nobody reads it back."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.report.workbook.comparing import written_of
from tests.report.workbook.scored import AWAY, FILLED, written

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.reading import checked, read_file
from impactmonitor.messages import LANGUAGES, Language, text
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.scores_block import (
    ANSWER,
    IN_EUROS,
    NOT_IN_EUROS,
)
from impactmonitor.report.workbook.writing import Written, blank_workbook
from impactmonitor.resources import folder


@cache
def made() -> Written:
    answers = {**FILLED, "trees": "unknown", "own": AWAY, "say": [3, 1, "none", 4]}
    return written(answers, {"first": 1})


def value(one: Written, name: str, column: int, framework: str = "test") -> Any:
    row = one.outcome.scores.blocks[framework].answers[name].row
    cell = one.book.pages["scores"].cells[row, column]
    return one.values["Scores", row, column] if cell.formula else cell.value


def test_it_starts_with_the_answers_of_the_case() -> None:
    answers = {name: value(made(), name, ANSWER) for name in FILLED}
    assert answers == {
        "say": 1, "trees": "", "waiting": 19, "curve": 2.7, "own": "does not apply",
        "again": "no contribution", "nothing": 0.4, "healthy": 0.034,
    }  # fmt: skip
    ready = {n: value(made(), n, ANSWER, "ready") for n in ("first", "second", "third")}
    assert ready == {"first": 1, "second": "", "third": ""}


def test_it_starts_with_the_multipliers_of_the_framework() -> None:
    cells, block = made().book.pages["scores"].cells, made().outcome.scores.blocks["test"]
    given = {name: cells[at.row, at.column] for name, at in block.multipliers.items()}
    assert {name: cell.value for name, cell in given.items()} == {
        "short": 1,
        "medium": 2,
        "long": 3,
    }
    assert {cell.style for cell in given.values()} == {"input_number"}


def test_what_is_in_euros_too_is_marked() -> None:
    marks = {name: (value(made(), name, IN_EUROS), value(made(), name, NOT_IN_EUROS))
             for name in FILLED}  # fmt: skip
    assert marks == {name: ("yes", 0) if name == "healthy" else ("no", 1) for name in FILLED}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_workbook_has_a_title_and_a_sentence(language: Language) -> None:
    page = blank_workbook(load_catalogue(), language, years=4).book.pages["scores"]
    texts = [text(f"workbook.{key}", language) for key in ("sheets.scores.title", "scores.nothing")]
    assert [cell.value for cell in page.cells.values()] == texts
    assert not page.choices
    assert not page.charts


def test_a_case_without_answers_has_the_same_sentence() -> None:
    evaluation = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    page = written_of(evaluation, load_catalogue(), "en").book.pages["scores"]
    assert [cell.value for cell in page.cells.values()][1:] == [
        text("workbook.scores.nothing", "en")
    ]


def opened(one: Written) -> tuple[Any, bytes]:
    data = to_bytes(one.book, one.values, "x")
    return openpyxl.load_workbook(io.BytesIO(data))["Scores"], data


def test_the_file_leaves_multipliers_open_and_takes_answers_from_elsewhere() -> None:
    sheet, data = opened(made())
    block = made().outcome.scores.blocks["test"]
    for place in block.multipliers.values():
        assert sheet.cell(place.row, place.column).protection.locked is False
    for place in block.answers.values():
        assert sheet.cell(place.row, place.column).protection.locked is True
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        drawings = [parts.read(n).decode() for n in parts.namelist() if "drawings/drawing" in n]
    assert sum("For each group of the framework" in one for one in drawings) == 1


@cache
def example() -> Evaluation:
    file = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    return evaluate(load_case(file), load_catalogue())


def test_nobody_reads_it_back_or_complains(tmp_path: Path) -> None:
    """Not even multipliers that make no sense; the answers come back as they were."""
    tried = written_of(example(), load_catalogue(), "nl")
    for block in tried.outcome.scores.blocks.values():
        for at in block.multipliers.values():
            tried.book.pages["scores"].cells[at.row, at.column].value = "nonsense"
    file = tmp_path / "tried.xlsx"
    file.write_bytes(to_bytes(tried.book, tried.values, "x"))
    reading = read_file(file)
    assert not [p for p in reading.problems if p.sheet == "Scores"]
    assert checked(reading) == example().case
    assert checked(reading).scores == example().case.scores != {}
