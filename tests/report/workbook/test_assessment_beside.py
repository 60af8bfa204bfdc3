"""Assessors side by side come to the middle answer of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.workbook.scored import AWAY, after, expected, scores, shown, written

from impactmonitor.intake.workbook.assessing import beside_sheet, form_sheet
from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.workbook.writing import Written

SLOTS = 5
NAMES = [f"p{i}" for i in range(SLOTS)]
WORDS = {"none": "no contribution", "unknown": "I do not know"}


@cache
def made() -> Written:
    """A workbook with five assessors."""
    return written({"say": by(**dict.fromkeys(NAMES, 1))})


def by(**answers: Any) -> list[dict[str, Any]]:
    """Answers of several assessors by name."""
    return [
        {**({"status": a} if isinstance(a, str) else a if isinstance(a, dict) else {"level": a}),
         "assessor": name}
        for name, a in answers.items()
    ]  # fmt: skip


def chosen(**answers: Sequence[Any]) -> dict[tuple[str, int, int], Any]:
    """What the sheets show after the assessors answered: a sequence for each question."""
    cells: dict[At, Any] = {}
    for slot in range(SLOTS):
        for name, at in made().forms[form_sheet(0, slot)].answers.items():
            given_ = answers.get(name, ())
            answer = given_[slot] if slot < len(given_) else None
            is_away = isinstance(answer, dict)
            cells[at] = "does not apply" if is_away else WORDS.get(str(answer), answer)
    return after(made(), cells)


def shown_at(values: Any, name: str, column: int | None = None) -> Any:
    at = made().outcome.scores.beside["test"].combined[name]
    return values[made().book.layout.sheet_name(at.sheet), at.row, column or at.column]


@pytest.mark.parametrize(("answers", "counts", "apart"), [
    ((2, 4), 2, 2), ((2, 4, 3), 3, 2), ((1, 2, 3, 4), 2, 3), (("none", 4), "no contribution", ""),
    (("none", 4, 4), 4, 0), ((AWAY, AWAY), "does not apply", ""), ((AWAY, "unknown"), "", ""),
    ((AWAY, 3), 3, ""), (("unknown", "unknown"), "", ""), ((None, None, 3), 3, ""), ((), "", ""),
])  # fmt: skip
def test_the_middle_answer(answers: Any, counts: Any, apart: Any) -> None:
    values = chosen(say=answers)
    assert shown_at(values, "say") == counts
    assert shown_at(values, "say", made().outcome.scores.beside["test"].spread) == apart


LEVELS = st.lists(
    st.integers(1, 4) | st.sampled_from(["none", "unknown"]) | st.just(AWAY),
    min_size=1, max_size=SLOTS,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(LEVELS, LEVELS)
def test_scores_of_several_assessors_are_those_of_the_engine(first: Any, second: Any) -> None:
    answers = {
        "say": by(**dict(zip(NAMES, first, strict=False))),
        "again": by(**dict(zip(NAMES, second, strict=False))),
    }
    cells, wanted = shown(made(), chosen(say=first, again=second)), expected(scores(answers))
    texts = {path for path, value in wanted.items() if value == ""}
    assert {path for path in wanted if cells[path] == ""} == texts
    numbers = {path: value for path, value in wanted.items() if path not in texts}
    assert {p: cells[p] for p in numbers} == pytest.approx(numbers, rel=1e-9, abs=1e-9)


def test_it_counts_how_often_they_chose_alike() -> None:
    values = chosen(say=(2, 2), again=(1, 2), own=(1, 3))
    after_them = made().outcome.scores.beside["test"].agreement
    title = made().book.layout.sheet_name(after_them.sheet)
    counts = [values[title, after_them.row - i, after_them.column] for i in range(4, 0, -1)]
    assert counts == [3, 1, 1, 1]


def test_names_and_reasons_stand_above_and_beside() -> None:
    answers = {"say": [{"level": 2, "assessor": "Jan", "reason": "Seen", "evidence": "Notes"}]}
    one = written(answers)
    title = one.book.layout.sheet_name(beside_sheet(0))
    texts = {value for (sheet, *_), value in one.values.items() if sheet == title}
    assert {"Jan", "Assessor B", "Seen; Notes"} <= texts
