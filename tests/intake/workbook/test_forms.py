"""Every function that is known can be used, and all others are refused."""

from __future__ import annotations

import pytest
from tests.intake.workbook.calculating import value
from tests.intake.workbook.comparing import BY_HAND, OF_ONE

from impactmonitor.intake.workbook.forms import FORMS, REFERRING
from impactmonitor.intake.workbook.functions import FUNCTIONS
from impactmonitor.intake.workbook.scalars import UnknownFormula

ADDING = """SUM PRODUCT SUMPRODUCT SUMIFS SUMIF COUNTIFS COUNTIF COUNT COUNTA COUNTBLANK AVERAGE
    MIN MAX IRR SMALL"""
OF_NUMBERS = """ABS SIGN SQRT EXP LN POWER INT ROUND MOD NORMSDIST NORMSINV BETADIST BETAINV"""
CHOOSING = """IF IFERROR AND OR NOT INDEX MATCH CHOOSE ROW COLUMN ROWS COLUMNS"""
OF_TEXTS = """LEN LEFT MID RIGHT TRIM UPPER LOWER SUBSTITUTE EXACT TEXT FIXED VALUE"""
ASKING = """ISNUMBER ISTEXT ISBLANK ISERROR N T"""
KNOWN = " ".join([ADDING, OF_NUMBERS, CHOOSING, OF_TEXTS, ASKING]).split()


def test_these_functions_are_known_and_no_others() -> None:
    assert sorted([*FORMS, *FUNCTIONS]) == sorted(KNOWN)
    assert REFERRING.keys() <= FORMS.keys()


@pytest.mark.parametrize("name", KNOWN)
def test_each_function_is_compared_with_libreoffice(name: str) -> None:
    assert any(f"{name}(" in formula for formula in [*BY_HAND, *OF_ONE])


@pytest.mark.parametrize("name", KNOWN)
def test_no_function_takes_any_number_of_nothing(name: str) -> None:
    if name in {"ROW", "COLUMN"}:
        return
    with pytest.raises(UnknownFormula):
        value(f"{name}()")


@pytest.mark.parametrize(
    "name", ["OFFSET", "INDIRECT", "NPV", "XLOOKUP", "VLOOKUP", "TODAY", "SOM"]
)
def test_other_functions_are_refused(name: str) -> None:
    with pytest.raises(UnknownFormula, match=f"the function {name}"):
        value(f"{name}(A1)")
