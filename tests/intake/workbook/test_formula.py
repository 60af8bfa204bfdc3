"""Formulas are cut into references and a shape, and the shape is read as a sheet reads it."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.formula import cut, parse, place
from impactmonitor.intake.workbook.scalars import UnknownFormula


@pytest.mark.parametrize(
    ("formula", "references"),
    [
        ("A1+$B$2*C$3", ["A1", "$B$2", "C$3"]),
        ("SUM(A1:B2,'4 Effecten'!$D5)", ["A1:B2", "'4 Effecten'!$D5"]),
        ("'It''s'!A1:B3&Plain!C4", ["'It''s'!A1:B3", "Plain!C4"]),
        ('"A1"&"say ""B2"""&C3', ["C3"]),
        ("1E5+1e5", []),
        ("LOG10(Rate2025x)+_A1", []),
        ("A1%+A1^2", ["A1", "A1"]),
        ("'a\"b'!A1&\"'x'!B2\"", ["'a\"b'!A1"]),
    ],
)
def test_references_are_found_where_they_are_some(formula: str, references: list[str]) -> None:
    assert cut(formula)[1] == references


def test_formulas_along_a_row_have_one_shape() -> None:
    shapes = {
        cut(f"IF({letter}$3<1,0,$C7*SUM($E5:{letter}5))&{letter!r}")[0].replace(repr(letter), "")
        for letter in "FGH"
    }
    assert len(shapes) == 1


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("A1", (None, 1, 1, 1, 1, False)),
        ("$XFD$1048576", (None, 1048576, 16384, 1048576, 16384, False)),
        ("$C5:A$2", (None, 2, 1, 5, 3, True)),
        ("A1:A1", (None, 1, 1, 1, 1, True)),
        ("'4 Effecten'!$D5", ("4 Effecten", 5, 4, 5, 4, False)),
        ("'It''s'!A1:B3", ("It's", 1, 1, 3, 2, True)),
        ("Plain!a1", ("Plain", 1, 1, 1, 1, False)),
    ],
)
def test_where_a_reference_points(reference: str, expected: tuple) -> None:
    assert tuple(place(reference)) == expected


@pytest.mark.parametrize("reference", ["XFE1", "A1048577", "A0", "A", "1:3"])
def test_what_is_no_cell_is_refused(reference: str) -> None:
    with pytest.raises(UnknownFormula):
        place(reference)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("1+2*3", 7),
        ("(1+2)*3", 9),
        ("2^3^2", 64),
        ("-2^2", 4),
        ("2^-1", 0.5),
        ("-50%", -0.5),
        ("5%%", 0.0005),
        ("10-2-3", 5),
        ("12/3/2", 2),
        ("--3", 3),
        ("1+1&2*2", "24"),
        ('1&2="12"', True),
        ("1<2=TRUE", True),
        (".5+1.+1e2", 101.5),
        (" ( 1 + 2 ) ", 3),
        ('"say ""hi"""', 'say "hi"'),
        ("true", True),
        ("sum(1,2)", 3),
    ],
)
def test_which_operator_comes_first(formula: str, expected: object) -> None:
    assert value(formula) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "", "1+", "(1", "1)", "SUM(1", "1 2", "A1 A2", "A1:A2:A3", "A:A", "3:3", "{1,2}", "t[col]",
        "[1]Other!A1", "#REF!", "A1#", "+1", "SOM(1)", "SUM(1;2)", "_xlfn.LET(x,1,x)", "@A1",
        "Sheet1:Sheet3!A1", "A1:INDEX(A1:A3,2)", '"open', "Nobody", "ZZZZ1", "1\x00", "RAND()",
        "NOW()", "INDIRECT(A1)", "(A1,A2)", "NPV(0.1,A1:A3)", "ROUND(1)", "ROUND(1,2,3)", "SUM()",
        "SUM(1,)", "IF(1)", "MATCH(1)", "SUMIFS(A1:A2)", "COUNTIFS(A1:A2)", "COUNTIF(1,2)",
        "ROWS(5)", "COUNTIFS(A1:A2,1,A1:A2)",
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula)


def test_brackets_in_one_another_have_a_limit() -> None:
    assert value("(" * 60 + "1" + ")" * 60) == 1
    with pytest.raises(UnknownFormula, match="too many brackets"):
        parse("(" * 5000 + "1" + ")" * 5000)


NUMBERS = st.integers(1, 9).map(str)
TREES = st.recursive(
    NUMBERS,
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({''.join(t)})"),
    max_leaves=12,
)


@given(TREES)
def test_arithmetic_is_that_of_python(formula: str) -> None:
    try:
        expected = eval(formula)  # noqa: S307 - made of digits and signs in the line above
    except ZeroDivisionError:
        assert value(formula) == "#DIV/0!"
        return
    result = value(formula)
    # A difference of which only rounding is left is 0 in a sheet, so that a division by it fails.
    assert isinstance(result, str) or math.isclose(result, expected, rel_tol=1e-9, abs_tol=1e-12)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(formula: str) -> None:
    with contextlib.suppress(UnknownFormula):
        parse(cut(formula)[0])


@given(st.text(st.characters(exclude_characters="\x00\x01", exclude_categories=["Cs"])))
def test_any_text_stands_between_quotes(text: str) -> None:
    assert value('"' + text.replace('"', '""') + '"') == text
