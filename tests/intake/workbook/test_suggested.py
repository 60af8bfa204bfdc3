"""The place for suggestions, and cells that wait for one."""

from __future__ import annotations

import pytest

from impactmonitor.intake.workbook.cells import Content
from impactmonitor.intake.workbook.layout import FORM_TOP, FORMS, Layout
from impactmonitor.intake.workbook.suggested import (
    AREA,
    CHOSEN,
    HEADS,
    SHEET,
    SHOWN,
    STATUS,
    SUGGESTED,
    is_waiting,
    shown,
)

OURS = "T(INDEX('Lijsten'!$EE$8:$EE$96,'Lijsten'!$ER$16))"


def test_suggestions_stand_below_the_questions_and_in_their_own_area() -> None:
    fields = {at for _, at in Layout("nl").fields() if at.sheet == SHEET}
    cells = {shown(place, key) for place in range(SUGGESTED) for key in SHOWN}
    assert len(cells) == SUGGESTED * len(SHOWN)
    top, left, bottom, right = AREA
    assert top > FORM_TOP + len(FORMS[SHEET])
    for at in (*cells, *CHOSEN.values(), STATUS):
        assert at.sheet == SHEET
        assert top <= at.row <= bottom
        assert left <= at.column <= right
        assert at not in fields
    assert not {at.row for at in (*CHOSEN.values(), STATUS)} & {at.row for at in cells}
    assert min(at.row for at in cells) == HEADS + 1


@pytest.mark.parametrize(
    ("formula", "lists", "expected"),
    [
        (OURS, "Lijsten", True),
        (OURS.replace("'", ""), "Lijsten", True),
        (f'IF($B8={OURS},{OURS},"")', "Lijsten", True),
        (OURS, "Lists", False),
        ("3*4", "Lijsten", False),
        ("'2 Mensen'!$C$7", "Lijsten", False),
    ],
)
def test_a_formula_of_a_suggestion_without_a_value_waits(
    formula: str, lists: str, expected: bool
) -> None:
    assert is_waiting(Content(None, formula), lists) is expected


@pytest.mark.parametrize(
    "cell", [Content("", OURS), Content("Falls", OURS), Content(None, OURS, "#REF!"), Content(None)]
)
def test_what_was_calculated_or_typed_does_not_wait(cell: Content) -> None:
    assert not is_waiting(cell, "Lijsten")
