"""A blank workbook that is filled in shows what the engine finds in that same file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.report.workbook.comparing import TOLERANCE, differences, size_of, wanted
from tests.soaking import times
from tests.spreadsheets import libreoffice
from tests.spreadsheets.filling_in import Filler
from tests.spreadsheets.test_recalculation import RATE, SPOILT, shown

from impactmonitor import evaluate, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.reading import checked, read_file
from impactmonitor.messages import Language, text
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written, blank_workbook

FILLS: list[tuple[Language, int]] = [("nl", 1), ("en", 2), ("nl", 3), ("en", 4)][: times(2, 4)]


class FilledIn(NamedTuple):
    """A workbook that was filled in and calculated by LibreOffice."""

    file: Path
    blank: Written
    evaluation: Evaluation


@pytest.fixture(scope="module")
def filled_in(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Language, int], FilledIn]:
    """All of them, through one process."""
    libreoffice.require()
    to, catalogue = tmp_path_factory.mktemp("blank"), load_catalogue()
    blanks = {language: blank_workbook(catalogue, language) for language in ("nl", "en")}
    files, written = [], []
    for language, seed in FILLS:
        blank = blanks[language]
        filler = Filler(blank.book.layout, catalogue, seed)
        filler.try_out(blank.outcome.financing.choice, blank.outcome.financing.payments)
        book = filler.typed_into(blank.book)
        written.append(replace(blank, book=book))
        files.append(to / f"{language}-{seed}.xlsx")
        files[-1].write_bytes(to_bytes(book, dict.fromkeys(blank.values, SPOILT), "x"))
    again = libreoffice.recalculated(files, to / "again")
    found = {}
    for key, file, one in zip(FILLS, again, written, strict=True):
        evaluation = evaluate(checked(read_file(file)), catalogue)
        found[key] = FilledIn(file, one, evaluation)
    return found


@pytest.mark.parametrize(("language", "seed"), FILLS)
def test_the_workbook_shows_what_the_engine_finds(
    filled_in: Any, language: Language, seed: int
) -> None:
    one = filled_in[language, seed]
    cells = shown(one.file, one.blank)
    expected = wanted(one.blank, one.evaluation)
    if cells[RATE] == text("workbook.answer.several", language):
        del expected[RATE]
    found = differences(cells, expected, size_of(one.evaluation))
    assert {path: f for path, f in found.items() if f[2] > TOLERANCE} == {}
    assert {path: v for path, v in cells.items() if path.startswith("checks.") and v} == {}


def test_the_fills_differ(filled_in: Any) -> None:
    results = {one.evaluation.amount("net_present_value") for one in filled_in.values()}
    assert len(results) == len(FILLS)
    assert all(len(one.evaluation.case.effects) > 0 for one in filled_in.values())
