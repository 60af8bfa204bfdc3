"""Small sheets for the tests of formulas: cells by their address, one formula at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from impactmonitor.intake.workbook.calculate import Calculator, CellError, Key, Scalar
from impactmonitor.intake.workbook.formula import place

SHEET = "S"
FORMULA: Key = (SHEET, 500, 500)


def key(address: str) -> Key:
    """``B2`` or ``'Other'!B2`` as a key."""
    where = place(address)
    return where.sheet or SHEET, where.top, where.left


def calculator(cells: Mapping[str, Any], names: Mapping[str, str] | None = None) -> Calculator:
    """A calculator of cells by address; a text that starts with = is a formula."""
    is_formula = {a: isinstance(value, str) and value.startswith("=") for a, value in cells.items()}
    return Calculator(
        {key(a): value for a, value in cells.items() if not is_formula[a]},
        {key(a): value[1:] for a, value in cells.items() if is_formula[a]},
        {name: key(address) for name, address in (names or {}).items()},
    )


def value(formula: str, **cells: Any) -> Scalar:
    """The value of a formula beside some cells; an error as its code."""
    result = calculator({**cells, "SF500": f"={formula}"}).value(FORMULA)
    return result.code if isinstance(result, CellError) else result
