"""Criteria pick the cells that both spreadsheets pick."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.criteria import criterion, wildcards
from impactmonitor.intake.workbook.scalars import CellError, UnknownFormula

CELLS = {
    "A1": 1, "A2": "abc", "A4": 0, "A5": "", "A6": "ABC", "A7": "a*c", "A8": 2.5, "A9": "=1/0",
    **{f"B{i}": i for i in range(1, 10)}, "C1": True, "C2": "5", "C3": 1, "C4": "1 mei",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        ("1", [1]),
        ('"1"', [1]),
        ('"=1"', [1]),
        ('">=1"', [1, 8]),
        ('">1"', [8]),
        ('"<1"', [4]),
        ('"<=1"', [1, 4]),
        ('"<>1"', [2, 3, 4, 5, 6, 7, 8, 9]),
        ('"<2.6"', [1, 4, 8]),
        ('">-1E0"', [1, 4, 8]),
        ("A3", [4]),
        ("0", [4]),
        ('"abc"', [2, 6]),
        ('"=Abc"', [2, 6]),
        ('"<>abc"', [1, 3, 4, 5, 7, 8, 9]),
        ('"nobody"', []),
        ('""', [3, 5]),
        ('"="', [3]),
        ('"<>"', [1, 2, 4, 5, 6, 7, 8, 9]),
        ('"<>"&""', [1, 2, 4, 5, 6, 7, 8, 9]),
        ("99", []),
    ],
)
def test_which_cells_are_picked(wanted: str, rows: list[int]) -> None:
    assert value(f"SUMIFS(B1:B9,A1:A9,{wanted})", **CELLS) == sum(rows)
    assert value(f"SUMIF(A1:A9,{wanted},B1:B9)", **CELLS) == sum(rows)
    assert value(f"COUNTIFS(A1:A9,{wanted})", **CELLS) == len(rows)
    assert value(f"COUNTIF(A1:A9,{wanted})", **CELLS) == len(rows)


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [("a*c", [2, 6, 7]), ("a?c", [2, 6, 7]), ("a~*c", [7]), ("<>a*", [1, 3, 4, 5, 8]),
     ("*", [2, 5, 6, 7]), ("?*", [2, 6, 7]), ("*z*", [])],
)  # fmt: skip
def test_signs_for_any_character(wanted: str, rows: list[int]) -> None:
    cells = {**CELLS, "A1": None, "A4": None, "A8": None}
    assert value(f'SUMIFS(B1:B8,A1:A8,"{wanted}")', **cells) == sum(rows)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('SUMIF(B1:B9,">7")', 17),
        ('SUMIFS(B1:B9,B1:B9,">2",A1:A9,"abc")', 6),
        ('COUNTIFS(B1:B9,">2",A1:A9,"abc")', 1),
        ('SUMIFS(B1:B9,B1:B8,">2")', "#VALUE!"),
        ('SUMIFS(B1:B9,A1:A9,"abc",B1:B8,1)', "#VALUE!"),
        ('SUMIFS(A1:A9,B1:B9,">8")', "#DIV/0!"),
        ('SUMIFS(A1:A9,B1:B9,"<9")', 3.5),
        ('SUMIFS(A1:A9,B1:B9,">99")', 0),
        ("COUNTIF(A1,1)", 1),
        ('COUNTIF(C1:C4,"<>abc")', 4),
    ],
)
def test_sums(formula: str, expected: object) -> None:
    assert value(formula, **CELLS) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "COUNTIF(C1:C3,1)", "COUNTIF(C2:C3,5)", "COUNTIF(C2:C4,5)", "COUNTIF(C4,7)",
        "COUNTIF(A1:A9,TRUE)",
        'COUNTIF(A1:A9,"TRUE")', 'COUNTIF(A1:A9,">abc")', 'COUNTIF(A1:A9,"#N/A")', "COUNTIF(A1,A9)",
        'COUNTIF(A1:A9,"1,5")', 'COUNTIF(A1:A9,"1 mei")', 'COUNTIF(A1:A9,">")',
        'COUNTIF(B1:B9,"*")',
        'COUNTIF(B1:B9,"?")', 'COUNTIF(A1:A9,"a*")', 'SUMIF(A1:A9,"abc",B1:B8)',
        "SUMIFS(C1:C4,B1:B4,1)", "COUNTIF(A1:A9*1,1)",
    ],
)  # fmt: skip
def test_where_spreadsheets_differ_there_is_no_value(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula, **CELLS)


def test_a_number_but_for_the_last_bits_is_refused() -> None:
    with pytest.raises(UnknownFormula, match="last bits"):
        value("COUNTIF(A1:A2,B1)", A1=0.3, B1=0.1 + 0.2)


@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=20),
    st.sampled_from(["=", "<>", "<", "<=", ">", ">="]),
    st.integers(-5, 5),
)
def test_numbers_are_compared(numbers: list[int], sign: str, wanted: int) -> None:
    compare = {
        "=": operator.eq, "<>": operator.ne, "<": operator.lt,
        "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    }[sign]  # fmt: skip
    cells = {f"A{i + 1}": number for i, number in enumerate(numbers)}
    formula = f'SUMIF(A1:A{len(numbers)},"{sign}"&{wanted})'.replace("&-", "&0-")
    assert value(formula, **cells) == sum(each for each in numbers if compare(each, wanted))


@given(st.text("ab*?~", max_size=8))
def test_any_pattern_is_one(pattern: str) -> None:
    wildcards(pattern).fullmatch("ab")
    escaped = pattern.replace("~", "~~").replace("*", "~*").replace("?", "~?")
    assert wildcards(escaped).fullmatch(pattern) is not None


def test_what_is_no_criterion() -> None:
    for wrong in (True, CellError.NA):
        with pytest.raises(UnknownFormula):
            criterion(wrong)
