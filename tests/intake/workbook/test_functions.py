"""The functions of single values, with the results that the documentation of Excel gives."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.functions import FUNCTIONS
from impactmonitor.intake.workbook.scalars import UnknownFormula

# what begins like a formula is one to the sheet that these tests fill
TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=12).filter(
    lambda text: not text.startswith("=")
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("ABS(-2)", 2),
        ("SIGN(-3)", -1),
        ("SIGN(0)", 0),
        ("SQRT(16)", 4),
        ("SQRT(-1)", "#NUM!"),
        ("EXP(0)", 1),
        ("EXP(1000)", "#NUM!"),
        ("LN(0)", "#NUM!"),
        ("LN(EXP(1))", 1),
        ("POWER(2,10)", 1024),
        ("INT(8.9)", 8),
        ("INT(-8.9)", -9),
        ("ROUND(2.15,1)", 2.2),
        ("ROUND(2.149,1)", 2.1),
        ("ROUND(-1.475,2)", -1.48),
        ("ROUND(21.5,-1)", 20),
        ("ROUND(626.3,-3)", 1000),
        ("ROUND(-50.55,-2)", -100),
        ("MOD(3,2)", 1),
        ("MOD(-3,2)", 1),
        ("MOD(3,-2)", -1),
        ("MOD(3,0)", "#DIV/0!"),
        ("NOT(0)", True),
        ('NOT("a")', "#VALUE!"),
        ("ISNUMBER(1)", True),
        ('ISNUMBER("1")', False),
        ("ISNUMBER(1/0)", False),
        ('ISTEXT("")', True),
        ("ISTEXT(1)", False),
        ("ISBLANK(A1)", True),
        ('ISBLANK("")', False),
        ("ISERROR(1/0)", True),
        ("ISERROR(1)", False),
        ("N(TRUE)", 1),
        ('N("7")', 0),
        ("N(1/0)", "#DIV/0!"),
        ('T("a")', "a"),
        ("T(1)", ""),
        ('LEN("abc")', 3),
        ("LEN(1/4)", 4),
        ("LEN(A1)", 0),
        ('LEFT("Sale Price",4)', "Sale"),
        ('LEFT("Sweden")', "S"),
        ('LEFT("a",-1)', "#VALUE!"),
        ('MID("Fluid Flow",7,20)', "Flow"),
        ('MID("Fluid Flow",20,5)', ""),
        ('MID("a",0,1)', "#VALUE!"),
        ('RIGHT("Sale Price",5)', "Price"),
        ('RIGHT("a",0)', ""),
        ('TRIM(" First  Quarter ")', "First Quarter"),
        ('UPPER("total é")', "TOTAL É"),
        ('LOWER("E. E. Cummings")', "e. e. cummings"),
        ('SUBSTITUTE("Sales Data","Sales","Cost")', "Cost Data"),
        ('SUBSTITUTE("Quarter 1, 2011","1","2",3)', "Quarter 1, 2012"),
        ('SUBSTITUTE("aaa","a","b",9)', "aaa"),
        ('SUBSTITUTE("aaa","a","b",0)', "#VALUE!"),
        ('SUBSTITUTE("aaa","","b")', "aaa"),
        ('EXACT("word","Word")', False),
        ('EXACT(12,"12")', True),
        ('VALUE("1.5")', 1.5),
        ('VALUE("-2e3")', -2000),
        ('VALUE("50%")', 0.5),
        ('VALUE("abc")', "#VALUE!"),
        ("VALUE(A1)", 0),
        ('TEXT(1234.5,"0")', "1235"),
        ('TEXT(-1234.5,"#,##0")', "-1,235"),
        ('TEXT(1234567.891,"#,##0")', "1,234,568"),
        ('TEXT(0.285,"0%")', "29%"),
        ('TEXT(-0.4,"0")', "0"),
        ('TEXT(1.005,"0.00")', "1.01"),
        ('TEXT(2,"0.0")', "2.0"),
        ('TEXT("abc","0")', "abc"),
        ('TEXT(1/0,"0")', "#DIV/0!"),
        ("FIXED(1234.567,1)", "1,234.6"),
        ("FIXED(1234.567,-1)", "1,230"),
        ("FIXED(44.332)", "44.33"),
        ("FIXED(-0.4,0)", "0"),
        ("FIXED(1.005,2)", "1.01"),
    ],
)
def test_results(formula: str, expected: object) -> None:
    result = value(formula)
    assert result == expected
    assert type(result) is (float if type(expected) is int else type(expected))


@pytest.mark.parametrize(
    "formula",
    [
        "INT(0.3/0.1)", "MOD(0.3,0.1)", "MOD(1E15,7)", "ISNUMBER(TRUE)", "VALUE(TRUE)", "LEN(TRUE)",
        'TEXT(TRUE,"0")', 'TEXT(1,"dd-mm-yyyy")', 'TEXT(1,"General")', 'TEXT("1.5","0")',
        'TEXT(1E14,"0.00")', "FIXED(1E14,2)", "FIXED(1,16)",
        'LEN("🙂")', 'LEFT("🙂")', 'UPPER("straße")', 'VALUE("1,5")',
        'VALUE("1 mei")', "LEN(1E20)", "EXACT(TRUE,TRUE)",
    ],
)  # fmt: skip
def test_where_spreadsheets_differ_there_is_no_value(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_errors_pass_through(name: str) -> None:
    function = FUNCTIONS[name]
    filled = ["1/0"] + ["1"] * (function.least - 1)
    expected = {"ISERROR": True, "ISNUMBER": False, "ISTEXT": False, "ISBLANK": False}
    assert value(f"{name}({','.join(filled)})") == expected.get(name, "#DIV/0!")


@given(TEXTS, st.integers(0, 14))
def test_the_parts_of_a_text_make_it_up(text: str, size: int) -> None:
    parts = f"LEFT(A1,{size})&MID(A1,{size + 1},99)"
    assert value(parts, A1=text or None) == text
    assert value(f"RIGHT(A1,{size})", A1=text or None) == (text[-size:] if size else "")
    assert value("LEN(A1)", A1=text or None) == len(text)


@given(st.integers(-(10**9), 10**9), st.integers(1, 1000), st.booleans())
def test_a_remainder_has_the_sign_of_the_divisor(x: int, divisor: int, is_negative: bool) -> None:
    by = -divisor if is_negative else divisor
    assert value("MOD(A1,B1)", A1=x, B1=by) == x % by
    assert value("INT(A1/4)", A1=x) == math.floor(x / 4)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_rounding_cuts_digits(units: int, digits: int) -> None:
    """A whole number of units of a ten-thousandth, so that the expected value is exact."""
    shown = value(f"ROUND(A1,{digits})", A1=units / 10_000)
    step = 10 ** (4 - digits)
    expected = math.copysign((abs(units) + step // 2) // step * step / 10_000, units)
    assert shown == pytest.approx(expected, abs=1e-9)
