"""Formulas that LibreOffice calculates too, over cells with everything that cells can hold."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from tests.spreadsheets.libreoffice import recalculated

from impactmonitor.intake.workbook.calculate import (
    Calculator,
    CellError,
    Key,
    Scalar,
    UnknownFormula,
)

SHEET, OTHER, RESULTS = "S", "It's another", "Results"
NAMES = {"Rate": (SHEET, 3, 2), "Label": (SHEET, 2, 1)}

_MIXED = [1.0, "abc", None, "12", 0.0, "", -2.5, "ABC", "a*c", 0.3, "Year 2"]
_TABLE = [[1.5, 2.0, 3.0, 4.25], [-1.0, 0.5, None, 8.0], [10.0, 20.0, 30.0, 40.0]]

CONSTANTS: dict[Key, Scalar] = {
    **{(SHEET, i + 1, 1): value for i, value in enumerate(_MIXED) if value is not None},
    **{(SHEET, i + 1, 2): i + 1.0 for i in range(11)},
    (SHEET, 3, 2): 0.05,
    **{(SHEET, i + 1, 3): value for i, value in enumerate([1.0, 1.0, 2.0, 3.0, 3.0])},
    **{(SHEET, i + 1, 4): value for i, value in enumerate([9.0, 7.0, 4.0, 2.0])},
    **{(SHEET, i + 1, 5): value for i, value in enumerate([-100.0, 30.0, 40.0, 50.0, 20.0])},
    **{(SHEET, i + 1, 6): value for i, value in enumerate(["x", "y", "X", "z", "y"])},
    **{
        (OTHER, i + 1, j + 1): value
        for i, row in enumerate(_TABLE)
        for j, value in enumerate(row)
        if value is not None
    },
}
"""Column A is mixed, B to E are numbers, F is text; G1 and G2 are formulas."""

FORMULAS: dict[Key, str] = {(SHEET, 1, 7): "1/0", (SHEET, 2, 7): "A1=1"}

ODD = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "B11", "G1", "G2"]
OPERATORS = ["+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">="]
OF_ONE = [
    "ABS({})", "SIGN({})", "SQRT({})", "EXP({})", "LN({})", "INT({})", "NOT({})", "ISNUMBER({})",
    "ISTEXT({})", "ISBLANK({})", "ISERROR({})", "N({})", "T({})", "LEN({})", "LEFT({})",
    "RIGHT({},2)", "MID({},2,1)", "TRIM({})", "UPPER({})", "LOWER({})", "VALUE({})",
    'TEXT({},"0")', 'TEXT({},"0.0")', 'TEXT({},"0.00")', 'TEXT({},"#,##0")', 'TEXT({},"0%")',
    "FIXED({},1)", "NORMSDIST({})", "NORMSINV({})", "IF({},1,2)", "IFERROR({},9)", "CHOOSE({},5,6)",
    "-{}", "{}%", "-{}^2", "SUM({})", "PRODUCT({},2)", "MAX({},-1)", "MIN({},1)", "AND({},TRUE)",
    "OR({},FALSE)", "COUNT({})", "COUNTA({})", "COUNTBLANK({})", "AVERAGE({},1)", "ROUND({},1)",
    "ROUND(7.25,{})", "MOD({},2)", "MOD(7,{})", "POWER(2,{})", 'EXACT({},"abc")',
    'SUBSTITUTE({},"b","x")', "INDEX($B$1:$B$11,{})", "MATCH({},$A$1:$A$11,0)",
    "MATCH({},$C$1:$C$5,1)", "COUNTIF($A$1:$A$11,{})", "SUMIF($A$1:$A$11,{},$B$1:$B$11)",
    "BETADIST({},2,3,-3,12)", "BETAINV({},2,3)", "SUMPRODUCT({},2)", "IRR($E$1:$E$5,{})",
    "SMALL($B$1:$B$11,{})",
]  # fmt: skip

BY_HAND = """
    1+2*3^2-4/5
    -2^2
    2^3^2
    2^-1
    -50%
    5%%
    --A1
    (1+2)*3
    1E3+.5
    "a""b"&"c"
    " x "&1/3
    0.1+0.2=0.3
    0.3-0.1-0.2
    1-0.9-0.1=0
    (0.1+0.2)-0.3
    100000.1-100000=0.1
    "a"="A"
    "B">"a"
    "10"<"9"
    1<"a"
    1+A3
    A3=""
    A3=0
    A3&"x"
    A3=FALSE
    Rate*100
    rate+Label
    Label&"!"
    'It''s another'!A1*'It''s another'!$B$3
    SUM('It''s another'!A1:D3)
    SUM(A1:A11)
    SUM(B1:B11,C1:C5,7)
    SUM(B1,A2,A3)
    SUM(G1:G1)
    SUM(A3)
    PRODUCT(C1:D4)
    PRODUCT(H1:H3)
    AVERAGE(A1:A11)
    AVERAGE(H1:H3)
    MIN(A1:A11)
    MAX(A1:A11,3)
    MAX(H1:H3)
    MAX(0,B1-B2)
    COUNT(A1:A11)
    COUNT(A1:A11,1)
    COUNTA(A1:A11)
    COUNTA(A1:G3)
    COUNTBLANK(A1:A11)
    COUNTBLANK(H1:J3)
    SUMPRODUCT(B1:B5,C1:C5)
    SUMPRODUCT(A1:A11,B1:B11)
    SUMPRODUCT(A1:A3*B1:B3)
    SUMPRODUCT(B1:B5*C1:C5)
    SUMPRODUCT(B1:B3,B1:B2)
    SUMPRODUCT(B1:B3,2)
    SUMPRODUCT(B1:B3)
    SUMPRODUCT((B1:B11>3)*1)
    SUMPRODUCT((B1:B11>3)*(B1:B11<8)*B1:B11)
    SUMPRODUCT(--(F1:F5="x"),B1:B5)
    SUMPRODUCT((F1:F5="x")*B1:B5)
    SUMPRODUCT((F1:F5<>"x")*B1:B5)
    SUMPRODUCT((A1:A11="")*1)
    SUMPRODUCT((A1:A11=0)*1)
    SUMPRODUCT((A1:A11=A2)*1)
    SUMPRODUCT((A3:A3=0)*1)
    SUMPRODUCT((A1:A11>0.5)*1)
    SUMPRODUCT(B1:B3*'It''s another'!A1:D3)
    SUMPRODUCT('It''s another'!A1:D1*'It''s another'!A1:D3)
    SUMPRODUCT(B1:B3*'It''s another'!A1:D1)
    SUMPRODUCT('It''s another'!A1:D1*INDEX('It''s another'!$A$1:$D$3,3,0))
    SUMPRODUCT('It''s another'!A1:D1*INDEX('It''s another'!$A$1:$D$3,$C$3,0)*Rate)
    SUMPRODUCT(B1:B5/C1:C5)
    SUMPRODUCT(B1:B5/(C1:C5-1))
    SUMPRODUCT(E1:E5/(1+Rate)^(ROW(E1:E5)-ROW(E1)))
    SUMPRODUCT('It''s another'!A3:D3/(1+Rate)^(COLUMN(A1:D1)-1))
    SUMPRODUCT(ABS(E1:E5))
    SUMPRODUCT(ABS(E1:E5-30)*(E1:E5>0))
    SUMPRODUCT(ROUND(B1:B5/3,1))
    SUMPRODUCT(LEN(F1:F5))
    SUMPRODUCT(LEN(A1:A11))
    SUMPRODUCT(ISNUMBER(A1:A11)*1)
    SUMPRODUCT(ISTEXT(A1:A11)*1)
    SUMPRODUCT(MAX((F1:F5="y")*B1:B5))
    SUMPRODUCT(MAX(B1:B5*C1:C5))
    SUMPRODUCT(SUM(B1:B5*C1:C5))
    SUMPRODUCT(-B1:B5)
    SUMPRODUCT(B1:B5%)
    SUMPRODUCT(B1:B5^2)
    SUMPRODUCT((C1:C5&"")*1)
    SUMPRODUCT(CHOOSE(2,B1:B5,C1:C5),D1:D5)
    SUMPRODUCT(CHOOSE(2,B1:B5,C1:C5)*E1:E5)
    SUMPRODUCT(B1:B11*G1:G11)
    SUMPRODUCT(E1:E5-B1:B5)
    SUMPRODUCT((E1:E5>=C1:C5)*1)
    SUM(CHOOSE(1,B1:B5,C1:C5))
    SUM(INDEX('It''s another'!A1:D3,2,0))
    SUM(INDEX('It''s another'!A1:D3,0,2))
    SUM(INDEX('It''s another'!A1:D3,0,0))
    SUM(INDEX(A1:A11,2))
    SUMPRODUCT(MAX(INDEX(B1:B11*2,0)))
    SUMPRODUCT(INDEX(B1:B11*2,0),A1:A11)
    SUMPRODUCT(INDEX(B1:B11*2,3)*B1:B3)
    MATCH(12,INDEX(B4:B11*2,0),0)
    INDEX(B1:B11,3)
    INDEX(B1:B11,3,1)
    INDEX('It''s another'!A1:D1,3)
    INDEX('It''s another'!A1:D1,1,3)
    INDEX('It''s another'!A1:D3,2,3)
    INDEX('It''s another'!A1:D3,2.9,4.9)
    INDEX(A1:A11,12)
    INDEX(A1:A11,-1)
    INDEX(A1:B11,2,3)
    INDEX(A1:A11,3)&"x"
    INDEX(A1:A11,3)+1
    ISBLANK(INDEX(A1:A11,3))
    MATCH(TRUE,INDEX(E1:E5>=0,0),0)
    MATCH(TRUE,INDEX(E1:E5>1000,0),0)
    MATCH(0,A1:A11,0)
    MATCH("ABC",A1:A11,0)
    MATCH("a*",A1:A11,0)
    MATCH("a~*c",A1:A11,0)
    MATCH("?*",F1:F5,0)
    MATCH("?*c",A1:A11,0)
    MATCH("zz",A1:A11,0)
    MATCH(1,C1:C5,1)
    MATCH(1.5,C1:C5,1)
    MATCH(3,C1:C5)
    MATCH(0.5,C1:C5,1)
    MATCH(7,D1:D4,-1)
    MATCH(8,D1:D4,-1)
    MATCH(10,D1:D4,-1)
    MATCH(1,D1:D4,-1)
    MATCH(30,'It''s another'!A3:D3,0)
    INDEX(F1:F5,MATCH(3,C1:C5,0))
    CHOOSE(2,"a","b","c")
    CHOOSE(2.9,1,2)
    CHOOSE(0,1,2)
    CHOOSE(3,1,2)
    CHOOSE(1,2,1/0)
    IF(B1>0,"yes",1/0)
    IF(FALSE,1)
    IF(TRUE,,5)
    IF(A3,1,2)
    IF(TRUE,A3)&"x"
    IF("abc",1,2)
    IF(G1,1,2)
    IF(G2,1,2)
    IFERROR(G1,"x")
    IFERROR(1/0,A2)
    IFERROR(A3,1)
    IFERROR(MATCH("zz",F1:F5,0),0)
    AND(TRUE,1,A3)
    AND(A1:A2)
    AND(A2,TRUE)
    AND(A2)
    AND(A3)
    AND("a",TRUE)
    AND(B1>0,B2>0)
    AND(B1:B3)
    AND(IF(B1>0,TRUE,FALSE),B2>0)
    OR(A5,A3)
    OR(B1>5,B2>5)
    OR(FALSE,G1)
    NOT(A3)
    NOT("a")
    COUNTIF(A1:A11,"")
    COUNTIF(A1:A11,"=")
    COUNTIF(A1:A11,"<>")
    COUNTIF(A1:A11,"<>"&"")
    COUNTIF(A1:A11,"abc")
    COUNTIF(A1:A11,"<>abc")
    COUNTIF(A1:A11,"=ABC")
    COUNTIF(A1:A11,"a*c")
    COUNTIF(A1:A11,"a~*c")
    COUNTIF(A1:A11,"a?c")
    COUNTIF(F1:F5,"*")
    COUNTIF(F1:F8,"*")
    COUNTIF(D1:F5,"y*")
    COUNTIF(F1:F8,"<>*")
    COUNTIF(F1:F5,"<>y")
    COUNTIF(F1:G5,"x")
    COUNTIF(A1:A11,A3)
    COUNTIF(A1:A11,0)
    COUNTIF(A1:A11,">=0")
    COUNTIF(A1:A11,">0.25")
    COUNTIF(A1:A11,"<-1E0")
    COUNTIF(B1:B11,"<>1")
    COUNTIF(B1:B11,"<>")
    COUNTIF(A2,"abc")
    COUNTIF(A1:A11,"ab")
    COUNTIF(B1:B11,">="&B4)
    COUNTIFS(B1:B5,">1",F1:F5,"y")
    COUNTIFS(B1:B5,">1",F1:F4,"y")
    SUMIF(B1:B5,">3")
    SUMIF(F1:F5,"y",B1:B5)
    SUMIF(B1:B2,">0",G1:G2)
    SUMIF(B1:B11,">3",A1:A11)
    SUMIFS(B1:B5,F1:F5,"y")
    SUMIFS(B1:B5,F1:F5,"x",B1:B5,">1")
    SUMIFS(B1:B5,F1:F5,"nobody")
    SUMIFS(B1:B5,F1:F4,"y")
    SUMIFS('It''s another'!A1:D1,'It''s another'!A3:D3,">=20")
    SUMIFS(A1:A11,B1:B11,"<="&5)
    SUMIFS(INDEX('It''s another'!A1:D3,2,0),'It''s another'!A1:D1,">"&2)
    ROW()
    COLUMN()
    ROW(B7)
    COLUMN(B7)
    ROWS(A5:B7)
    COLUMNS(A5:B7)
    ROWS(A5)
    ROUND(2.5,0)
    ROUND(-2.5,0)
    ROUND(1.005,2)
    ROUND(2.675,2)
    ROUND(1234.5,-2)
    ROUND(1234.5,1.9)
    ROUND(-1234.5678,3)
    ROUND(0.5,0)
    ROUND(1E-9,3)
    ROUND(55,-3)
    INT(-2.5)
    INT(7)
    MOD(-5,3)
    MOD(5,-3)
    MOD(5.5,2)
    MOD(5,0)
    SQRT(-1)
    SQRT(2)
    LN(0)
    EXP(1)
    EXP(1000)
    POWER(2,0.5)
    POWER(0,0.5)
    (-2)^0.5
    0^-1
    2^1024
    1E300*1E300
    1/3&""
    0.1+0.2&""
    123456789012345&""
    12345678901.234567&""
    0.00012345678901234567&""
    -0.5&""
    TEXT(-0.4,"0")
    TEXT(0.125,"0.00")
    TEXT(1.005,"0.00")
    TEXT(1234567.891,"#,##0")
    TEXT(-1234.5,"#,##0")
    TEXT(999.5,"#,##0")
    TEXT(0.125,"0%")
    TEXT(-0.004,"0%")
    TEXT(A3,"0.0")
    FIXED(-0.4,0)
    FIXED(1234567.891,0)
    FIXED(-1234.5,0)
    FIXED(1234.5,1)
    FIXED(1234.5,-2)
    FIXED(44.332)
    FIXED(-0.004,2)
    FIXED(A3,0)
    TEXT("abc","0")
    VALUE("1.5")
    VALUE("-2e3")
    VALUE("50%")
    VALUE("abc")
    VALUE("")
    VALUE(A3)
    LEFT("abc",-1)
    LEFT("abc")
    LEFT("abc",10)
    LEFT(1234.5,3)
    MID("abc",0,1)
    MID("abc",2,10)
    MID("abc",5,1)
    MID("abc",2,-1)
    RIGHT("abc",0)
    RIGHT("abc")
    TRIM("  a   b ")
    UPPER("aé1")
    LOWER("ÀÉ")
    SUBSTITUTE("aaa","a","b",2)
    SUBSTITUTE("aaa","a","b",4)
    SUBSTITUTE("aaa","","b")
    SUBSTITUTE("aaa","a","b",0)
    SUBSTITUTE("aAa","A","")
    EXACT("a","A")
    EXACT(1,"1")
    EXACT(A3,"")
    NORMSDIST(1.5)
    NORMSDIST(-6)
    NORMSINV(0)
    NORMSINV(1)
    NORMSINV(0.3)
    NORMSINV(1E-10)
    NORMSINV(NORMSDIST(0.7))
    BETADIST(0.3,2,3)
    BETADIST(0.3,2,3,0)
    BETADIST(3,2,3,1,5)
    BETADIST(1,2,3,1,5)
    BETADIST(0.5,0,3,0,1)
    BETADIST(0.5,2,3,1,1)
    BETADIST(0.02,0.5,9)
    BETAINV(0.3,2,3)
    BETAINV(0.3,2,3,1,5)
    BETAINV(0.95,4.2,1.8,10,20)
    BETAINV(1,2,3)
    BETAINV(0.3,0,3)
    BETAINV(0.3,2,3,5,1)
    BETAINV(1.5,2,3)
    IRR(E1:E5)
    IRR(E1:E5,0.5)
    IRR(C1:C5)
    IRR(H1:H5)
    """.strip().split("\n    ")


def random_formulas(count: int, seed: int) -> Iterator[str]:
    """Formulas of operators and functions in one another."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    leaves = [*ODD[:9], "B2", "B5", "C3", "D1", "E2", "2", "0.5", "10", '"abc"', "Rate"]

    def tree(depth: int) -> str:
        if depth == 0 or draw.random() < 0.15:
            return draw.choice(leaves)
        one, other = tree(depth - 1), tree(depth - 1)
        kind = draw.random()
        if kind < 0.5:
            return f"({one}{draw.choice(OPERATORS)}{other})"
        return draw.choice(
            [f"IF({one},{other},{tree(depth - 1)})", f"IFERROR({one},{other})",
             f"MAX({one},{other})", f"SUM({one},{other},B1:B3)", f"ROUND({one},2)",
             f"LEN({one})", f"-{one}", f"ABS({one})", f"{one}%", f"MIN({one},{other})",
             f"SUMPRODUCT(B1:B5*({one}))", f"SUMPRODUCT(({one}+C1:C5)*E1:E5)",
             f"SUMPRODUCT((B1:B5>{one})*1)", f'SUMIFS(B1:B11,B1:B11,">"&{one})',
             f"INDEX(B1:B11,{one})", f"IF(ISNUMBER({one}),{one},0)", f"EXP(-ABS({one}))"]
        )  # fmt: skip

    for _ in range(count):
        yield tree(draw.choice([1, 2, 3]))


def everything(seed: int = 1, count: int = 300) -> list[str]:
    """All formulas that are compared."""
    return [
        *BY_HAND,
        *(pattern.format(cell) for pattern in OF_ONE for cell in ODD),
        *(f"{x}{sign}{y}" for sign in OPERATORS for x, y in itertools.product(ODD, ODD)),
        *random_formulas(count, seed),
    ]


def ours(formulas: Sequence[str]) -> list[Scalar | UnknownFormula]:
    """What the calculator says, or why it refuses."""
    values: list[Scalar | UnknownFormula] = []
    for i, formula in enumerate(formulas):
        key = (SHEET, i + 1, 20)
        try:
            values.append(Calculator(CONSTANTS, {**FORMULAS, key: formula}, NAMES).value(key))
        except UnknownFormula as refusal:
            values.append(refusal)
    return values


def theirs(formulas: Sequence[str], folder: Path) -> list[Any]:
    """What LibreOffice says; an empty text comes back as None."""
    file = folder / "formulas.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheets = {title: book.add_worksheet(title) for title in (SHEET, OTHER)}
        for (title, row, column), value in CONSTANTS.items():
            if value == "":  # an empty text is no constant in a file
                sheets[title].write_formula(row - 1, column - 1, '=""', None, "")
            else:
                sheets[title].write(row - 1, column - 1, value)
        for name, (title, row, column) in NAMES.items():
            book.define_name(name, f"='{title}'!${'AB'[column - 1]}${row}")
        for (title, row, column), formula in FORMULAS.items():
            sheets[title].write_formula(row - 1, column - 1, f"={formula}", None, -777)
        for i, formula in enumerate(formulas):
            sheets[SHEET].write_formula(i, 19, f"={formula}", None, -777)
    (again,) = recalculated([file], folder / "again")
    sheet = openpyxl.load_workbook(again, data_only=True)[SHEET]
    return [sheet.cell(i + 1, 20).value for i in range(len(formulas))]


def is_same(one: Scalar, other: Any) -> bool:
    """Whether a value is the one that LibreOffice wrote; of errors, whether both are one."""
    if isinstance(one, CellError):
        return other in {error.code for error in CellError}
    if isinstance(one, bool):
        return isinstance(other, bool) and one == other
    if isinstance(one, float):  # a number made of booleans may show as one there
        return isinstance(other, int | float) and math.isclose(one, other, rel_tol=1e-12)
    return one == (other or "")
