"""What a level means and counts for, as it stands on the sheet and is looked up there."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.report.workbook.scored import AWAY, FILLED, after, typed, written

from impactmonitor.report.workbook.scores_block import APPLIES, VALUE
from impactmonitor.report.workbook.writing import Written


@cache
def made() -> Written:
    return written(FILLED)


def beside(name: str, answer: Any, column: int) -> Any:
    """What stands in a column beside an answer."""
    one = made()
    values = after(one, typed(one, {name: answer}))
    row = one.outcome.scores.blocks["test"].answers[name].row
    return values[one.book.layout.sheet_name("scores"), row, column]


@pytest.mark.parametrize(("answer", "text"), [
    (1, "It is like 1"), (3, "It is like 3"), ("unknown", "not known"),
    ("none", "The plan contributes nothing to this. That counts as 0."),
    (AWAY, "The question does not fit this plan. It leaves the framework."),
])  # fmt: skip
def test_the_text_of_a_level_follows_the_answer(answer: Any, text: str) -> None:
    assert beside("own", answer, APPLIES) == text


@pytest.mark.parametrize("answer", [0, 4, 2.5, "much", "2"])
def test_what_is_no_level_is_not_known(answer: Any) -> None:
    assert beside("own", answer, APPLIES) == "not known"
    assert beside("own", answer, VALUE) == 0


@pytest.mark.parametrize(("number", "score"), [
    (-11, 0.2), (-10, 0.2), (-5, 0.6), (0, 1), (2, 0.95), (52, 0.6), (100, 0.3), (1e9, 0.3),
])  # fmt: skip
def test_a_line_from_point_to_point(number: float, score: float) -> None:
    assert beside("curve", number, VALUE) == pytest.approx(score, abs=1e-12)


def test_each_scale_stands_there_once() -> None:
    cells = made().book.pages["scores"].cells.values()
    values = [cell.value for cell in cells]
    assert values.count("Four levels") == 1
    assert [values.count(f"It is like {i}") for i in range(1, 5)] == [2, 2, 2, 1]
