"""Formulas have the values that a spreadsheet gives them, in any order, or none at all."""

from __future__ import annotations

import itertools
import math
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.workbook import comparing
from tests.intake.workbook.calculating import calculator, key, value
from tests.spreadsheets import libreoffice

from impactmonitor.intake.workbook.calculate import (
    Calculator,
    CellError,
    CircularFormula,
    NotCalculable,
    UnknownFormula,
)

AMOUNTS = st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-6)


def test_libreoffice_says_the_same(tmp_path: Path) -> None:
    libreoffice.require()
    formulas = comparing.everything()
    ours, theirs = comparing.ours(formulas), comparing.theirs(formulas, tmp_path)
    compared = [
        (formula, one, other)
        for formula, one, other in zip(formulas, ours, theirs, strict=True)
        if not isinstance(one, UnknownFormula)
    ]
    assert [each for each in compared if not comparing.is_same(*each[1:])] == []
    assert len(compared) > 0.9 * len(formulas)
    kinds = {type(one) for _, one, _ in compared}
    assert kinds == {float, str, bool, CellError}


@pytest.mark.parametrize("formula", comparing.BY_HAND)
def test_what_is_compared_by_hand_is_not_refused(formula: str) -> None:
    (result,) = comparing.ours([formula])
    assert not isinstance(result, UnknownFormula), result


def test_an_empty_cell_is_what_is_asked_for() -> None:
    assert value("A1+1") == 1
    assert value('A1&"x"') == "x"
    assert value('AND(A1="",A1=0,NOT(A1))') is True
    assert value("ISBLANK(A1)") is True
    assert Calculator({}, {}).value(("S", 1, 1)) is None


def test_a_formula_that_refers_to_an_empty_cell_is_0() -> None:
    """As Excel says; for LibreOffice such a cell also equals an empty text."""
    assert calculator({"A1": "=B1"}).value(key("A1")) == 0.0
    assert value('A1=""', A1="=B1") is False


def test_a_result_is_of_the_plain_types() -> None:
    formulas = ["SUM(A1:B1)", "SUMPRODUCT(A1:B1*A1:B1)", "INDEX(A1:B1,2)", "A1", "MAX(A1:B1)",
                "SUMIFS(A1:B1,A1:B1,1)", "ROW()", "ROUND(A1,0)", "SUMPRODUCT(A1:A1*1)"]  # fmt: skip
    for formula in formulas:
        assert type(value(formula, A1=1, B1=2)) is float, formula
    assert value("SUMPRODUCT(1*(A1:B1>1))=1", A1=1, B1=2) is True


@pytest.mark.parametrize(
    "cell",
    ["=A1", "=A1+1", "=SUM(A1:A3)", "=IF(TRUE,A1,0)", "=SUMIFS(A1:A3,A1:A3,1)", "=INDEX(A1:A3,2)"],
)
def test_a_formula_that_needs_itself_is_refused(cell: str) -> None:
    with pytest.raises(CircularFormula, match="'S'!A1 ="):
        calculator({"A1": cell, "A2": 1}).all_values()


def test_formulas_that_need_each_other_are_named() -> None:
    cells = {"A1": "=B1+1", "B1": "=SUM(C1:D1)", "C1": "=A1", "D1": 5, "E1": "=A1"}
    with pytest.raises(CircularFormula) as refusal:
        calculator(cells).value(key("E1"))
    assert "E1" not in str(refusal.value)
    for name in ("A1", "B1", "C1"):
        assert f"'S'!{name} =" in str(refusal.value)


def test_a_long_circle_is_named_in_short() -> None:
    circle = {("S", i, 1): f"A{i % 1000 + 1}" for i in range(1, 1001)}
    with pytest.raises(CircularFormula, match="and 995 more"):
        Calculator({}, circle).all_values()


def test_after_a_refusal_other_cells_still_have_values() -> None:
    sheet = calculator({"A1": "=A2", "A2": "=A1", "B1": "=1+1", "B2": "=B1^B3", "B3": "=TRUE&1"})
    for _ in range(2):
        with pytest.raises(CircularFormula):
            sheet.value(key("A1"))
        with pytest.raises(UnknownFormula):
            sheet.value(key("B2"))
        assert sheet.value(key("B1")) == 2


def test_what_is_not_chosen_is_not_needed() -> None:
    assert calculator({"A1": "=IF(FALSE,A1,7)"}).value(key("A1")) == 7
    assert calculator({"A1": "=IFERROR(3,A1)"}).value(key("A1")) == 3
    assert calculator({"A1": "=CHOOSE(2,A1,4)"}).value(key("A1")) == 4
    assert calculator({"A1": "=ROWS(A1:A9)+COLUMN(A1)"}).value(key("A1")) == 10


def test_a_refusal_names_its_place() -> None:
    with pytest.raises(UnknownFormula, match=r"'S'!AB12 =OFFSET\(A1,1,1\): the function OFFSET"):
        calculator({"AB12": "=OFFSET(A1,1,1)"})
    with pytest.raises(UnknownFormula, match=r"'S'!A1 =B1&1: a boolean as text"):
        calculator({"A1": "=B1&1", "B1": True}).all_values()
    assert issubclass(UnknownFormula, NotCalculable)
    assert issubclass(CircularFormula, NotCalculable)


def test_names_are_of_cells_in_any_case() -> None:
    cells = {"A1": 5, "B1": "=rate*2", "B2": "=SUM(Rate,RATE)", "B3": "=COUNTIF(Rate,5)"}
    sheet = calculator(cells, {"Rate": "A1"})
    assert list(sheet.all_values().values()) == [10, 10, 1]
    with pytest.raises(UnknownFormula, match="the name NOBODY"):
        calculator({"A1": "=Nobody"})


def test_a_name_of_a_formula_waits_for_it() -> None:
    sheet = calculator({"A1": "=Late+1", "B1": "=2*3"}, {"Late": "B1"})
    assert sheet.value(key("A1")) == 7


def test_sheets_by_their_titles() -> None:
    cells = {"'It''s'!A1": 3, "Plain!B2": 4, "A1": "='It''s'!$A$1*Plain!B2"}
    assert calculator(cells).value(key("A1")) == 12
    with pytest.raises(UnknownFormula, match="the sheet Absent"):
        calculator({"A1": "=Absent!A1"})


def test_what_no_cell_can_hold_is_refused() -> None:
    for wrong in (math.nan, math.inf):
        with pytest.raises(ValueError, match="no cell can hold"):
            calculator({"A1": wrong})
    with pytest.raises(ValueError, match="both a constant and a formula"):
        Calculator({("S", 1, 1): 1.0}, {("S", 1, 1): "1"})
    with pytest.raises(UnknownFormula, match="rows and"):
        calculator({"A1": "=SUM(B1:XFD1048576)"})


def test_an_error_as_a_constant() -> None:
    assert value("A1+1", A1=CellError.NA) == "#N/A"
    assert value("ISERROR(A1)", A1=CellError.NA) is True


def test_a_chain_of_any_length_either_way() -> None:
    size = 20_000
    ascending = {("S", i, 1): f"A{i - 1}+1" for i in range(2, size + 1)}
    descending = dict(reversed(ascending.items()))
    for formulas in (ascending, descending):
        sheet = Calculator({("S", 1, 1): 1.0}, formulas)
        assert sheet.value(("S", size, 1)) == size
        assert list(sheet.all_values()) == list(formulas)


def test_sums_of_all_that_is_above() -> None:
    """Each needs a range of which nothing is calculated yet."""
    formulas = {("S", i, 1): f"SUM(A$1:A{i - 1})" for i in range(50, 1, -1)}
    assert Calculator({("S", 1, 1): 1.0}, formulas).value(("S", 50, 1)) == 2.0**48


def test_values_by_key_in_the_order_of_the_formulas() -> None:
    formulas = {("S", 3, 1): "A2*2", ("S", 2, 1): "A1+1"}
    values = Calculator({("S", 1, 1): 1}, formulas).all_values()
    assert list(values.items()) == [(("S", 3, 1), 4.0), (("S", 2, 1), 2.0)]


@given(st.lists(AMOUNTS, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_the_formulas_does_not_matter(amounts: list[float], draw) -> None:
    constants = {("S", 1, i + 1): amount for i, amount in enumerate(amounts)}
    n = len(amounts)
    keys = [("S", 2, i + 1) for i in range(n)]
    formulas = dict(zip(keys, _running(n), strict=True))
    shuffled = list(formulas.items())
    draw.shuffle(shuffled)
    expected = [math.fsum(amounts[: i + 1]) for i in range(n)]
    for each in (formulas, dict(shuffled)):
        values = Calculator(constants, each).all_values()
        assert [values[k] for k in keys] == pytest.approx(expected, abs=1e-6)


def _running(n: int) -> list[str]:
    return ["A1", *(f"{letters(i)}2+{letters(i + 1)}1" for i in range(1, n))]


def letters(column: int) -> str:
    """Two letters are enough here."""
    first, second = divmod(column - 1, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


@given(st.lists(st.tuples(st.sampled_from("abc"), AMOUNTS), min_size=1, max_size=20))
def test_sums_by_label_add_up_to_the_total(rows: list[tuple[str, float]]) -> None:
    cells = {f"A{i + 1}": label for i, (label, _) in enumerate(rows)} | {
        f"B{i + 1}": amount for i, (_, amount) in enumerate(rows)
    }
    n = len(rows)
    for wanted in "abc":
        expected = math.fsum(amount for label, amount in rows if label == wanted)
        sums = value(f'SUMIFS(B1:B{n},A1:A{n},"{wanted.upper()}")', **cells)
        products = value(f'SUMPRODUCT((A1:A{n}="{wanted}")*B1:B{n})', **cells)
        assert sums == pytest.approx(expected, abs=1e-6)
        assert products == pytest.approx(expected, abs=1e-6)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_formula_means_the_same_wherever_it_is_moved(down: int, right: int) -> None:
    def at(row: int, column: int) -> str:
        return f"{letters(column + right)}{row + down}"

    keys = itertools.product((1, 2), (1, 2))
    constants = {("S", r + down, c + right): float(r * 10 + c) for r, c in keys}
    formula = f"SUMPRODUCT({at(1, 1)}:{at(2, 1)}*{at(1, 1)}:{at(1, 2)})+{at(2, 2)}"
    result = Calculator(constants, {("S", 900, 600): formula}).value(("S", 900, 600))
    assert result == (11 + 21) * (11 + 12) + 22


def workbook_of(count: int) -> tuple[dict, dict]:
    """Rows as a calculation has them: recursions, discounted sums and sums by label."""
    constants: dict = {}
    formulas: dict = {}
    columns = range(5, 157)
    for j in columns:
        constants["T", 3, j], constants["T", 4, j] = float(j - 5), 0.97 ** (j - 5)
        for r in range(90, 108):
            constants["T", r, j] = 1 + r / 100 + j / 1000
    for i in range(1, 201):
        constants["Labels", i, 1] = f"actor {i % 7}"
        constants["Labels", i, 2] = float(i)
    row = 200
    while len(formulas) < count:
        constants["T", row, 2], constants["T", row, 3] = 1.0, 0.05
        constants["T", row + 1, 3] = float(row % 18 + 1)
        for j in columns:
            constants["T", row, j] = float(j)
            before, here = address(j - 1), address(j)
            formulas["T", row + 1, j] = (
                f"IF({here}$3<2,0,{before}{row + 1}*(1-$C{row})"
                f"+INDEX($E{row}:$EZ{row},{here}$3-$B{row}))"
            )
        for j in range(40):
            total = f"$E{row + 1}:$EZ{row + 1}*INDEX($E$90:$EZ$107,$C{row + 1},0)*$E$4:$EZ$4"
            formulas["T", row + 1, 160 + j] = f"SUMPRODUCT({total})"
            formulas["T", row + 1, 200 + j] = (
                f'SUMIFS(Labels!$B$1:$B$200,Labels!$A$1:$A$200,"actor {j % 7}")*$C{row}'
            )
        row += 2
    return constants, formulas


def address(column: int) -> str:
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name


def test_a_large_workbook_takes_seconds() -> None:
    """About one second on a common machine; the limit leaves room for slower ones."""
    constants, formulas = workbook_of(40_000)
    start = time.process_time()
    values = Calculator(constants, formulas).all_values()
    assert time.process_time() - start < 8
    assert len(values) >= 40_000
    assert {type(each) for each in values.values()} == {float}
