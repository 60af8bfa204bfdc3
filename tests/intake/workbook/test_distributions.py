"""Distributions against values from tables, and rates against their definition."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook.calculating import value

from impactmonitor.intake.workbook.scalars import UnknownFormula


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # Abramowitz and Stegun, table 26.1
        ("NORMSDIST(1)", 0.841344746068543),
        ("NORMSDIST(-2)", 0.022750131948179),
        ("NORMSINV(0.975)", 1.959963984540054),
        # the examples of the documentation of Excel
        ("BETADIST(2,8,10,1,3)", 0.6854706),
        ("BETAINV(0.685470581,8,10,1,3)", 2.0),
        # by hand: the density of beta(2, 1) is 2x
        ("BETADIST(0.3,2,1)", 0.09),
        ("BETADIST(0.3,2,1,0)", 0.09),
        ("BETADIST(13,2,1,10,20)", 0.09),
        ("BETAINV(0.09,2,1)", 0.3),
        ("BETAINV(0.09,2,1,10)", "#NUM!"),
        ("BETAINV(0.09,2,1,10,20)", 13),
        ("BETAINV(1,2,1)", 1),
        ("IRR(A1:A2)", 0.1),
        ("IRR(A1:A3)", 0.1),
        ("IRR(A1:A2,0.5)", 0.1),
        ("IRR(A1:A2,-1)", 0.1),
    ],
)
def test_values(formula: str, expected: object) -> None:
    result = value(formula, A1=-100, A2=110, A3="text")
    assert result == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-7))


@pytest.mark.parametrize(
    "formula",
    ["NORMSINV(0)", "NORMSINV(1)", "BETADIST(0.5,0,1)", "BETADIST(0.5,1,1,1,1)", "BETAINV(2,1,1)",
     "BETAINV(0.5,1,1,3,2)", "IRR(A2:A3)", "IRR(A3:A3)", "IRR(A4:A5)"],
)  # fmt: skip
def test_what_is_no_number(formula: str) -> None:
    assert value(formula, A1=-100, A2=110, A4=100, A5=200) == "#NUM!"


@pytest.mark.parametrize("formula", ["BETADIST(2,1,1)", "BETADIST(-1,1,1)", "BETAINV(0,1,1)"])
def test_where_spreadsheets_differ_there_is_no_value(formula: str) -> None:
    with pytest.raises(UnknownFormula):
        value(formula)


@given(st.floats(-0.5, 2), st.lists(st.floats(0, 1000), min_size=1, max_size=10))
def test_a_rate_brings_the_worth_to_nothing(rate: float, gains: list[float]) -> None:
    """Gains after one cost have one rate at most; from a guess above it the steps may fail."""
    cost = sum(gain / (1 + rate) ** (i + 1) for i, gain in enumerate(gains))
    cells = {f"A{i + 2}": gain for i, gain in enumerate(gains)} | {"A1": -cost}
    found = value(f"IRR(A1:A{len(gains) + 1},{rate:.3f})", **cells)
    if cost > 1e-6:
        assert found == pytest.approx(rate, abs=1e-6)


def test_scipy_is_imported_when_it_is_needed() -> None:
    code = (
        "import sys; from impactmonitor.intake.workbook.calculate import Calculator as C; "
        "C({}, {('S', 1, 1): 'SUM(1,2)'}).all_values(); print('scipy.special' in sys.modules); "
        "C({}, {('S', 1, 1): 'NORMSDIST(0)'}).all_values(); print('scipy.special' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
