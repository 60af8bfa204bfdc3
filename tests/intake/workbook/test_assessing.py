"""What a workbook asks of its assessors, written in a cell and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.workbook.assessing import (
    Assessed,
    Question,
    form_sheet,
    is_form,
    letter_of,
    number_of,
    read_from_a_cell,
    sheets_of,
    written_in_a_cell,
)

IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,3}", fullmatch=True)
QUESTIONS = st.lists(st.builds(Question, IDS, st.integers(0, 12)), min_size=1, max_size=6)
FRAMEWORKS = st.lists(
    st.builds(Assessed, IDS, QUESTIONS.map(tuple), st.integers(2, 9)), max_size=4
).map(tuple)


@given(FRAMEWORKS)
def test_it_comes_back_as_it_was(assessed: tuple[Assessed, ...]) -> None:
    assert read_from_a_cell(written_in_a_cell(assessed)) == assessed


@given(FRAMEWORKS)
def test_every_sheet_knows_its_framework(assessed: tuple[Assessed, ...]) -> None:
    sheets = list(sheets_of(assessed))
    assert len(sheets) == len(set(sheets)) == sum(one.assessors + 1 for one in assessed)
    counts = [sum(number_of(s) == i and is_form(s) for s in sheets) for i in range(len(assessed))]
    assert counts == [one.assessors for one in assessed]


@pytest.mark.parametrize("text", [
    "x", "x:2", "x:2:", "x:0:a/1", "x:10:a/1", "X:2:a/1", "x:2:a", "x:2:a/", "x:2:a/1;", ";",
    "x:2:a/1,", "x:2:../1", "x:2:a/1 ", "=x:2:a/1", "x:2:a/100",
])  # fmt: skip
def test_what_nobody_wrote_so_is_refused(text: str) -> None:
    assert read_from_a_cell(text) is None


def test_a_workbook_without_frameworks_says_nothing() -> None:
    assert read_from_a_cell("") == ()
    assert written_in_a_cell(()) == ""


def test_assessors_have_letters() -> None:
    assert [letter_of(form_sheet(3, i)) for i in range(9)] == list("ABCDEFGHI")
