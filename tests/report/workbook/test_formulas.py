"""How our own formulas are written: alike along a row, without numbers, for every spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from tests.soaking import crossed

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.intake.workbook.formula import Call, Constant, Node, Operation, cut, parse
from impactmonitor.intake.workbook.layout import letters
from impactmonitor.intake.workbook.scalars import CellError
from impactmonitor.messages import Language
from impactmonitor.report.workbook.calculation import FIRST_YEAR
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.report.workbook.yearly import YEARS_LEFT
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").glob("*/case.yaml"))
LANGUAGES: tuple[Language, ...] = ("nl", "en")
NAMED = [
    pytest.param(file, language, id=f"{file.parent.name}-{language}")
    for file in EXAMPLES
    for language in LANGUAGES
]
YEARS = 40
"""More than there are columns for parties, so that the two can be told apart."""

PORTABLE = {
    "ABS", "AND", "BETADIST", "CHOOSE", "COLUMNS", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS",
    "EXP", "FIXED", "IF", "IFERROR", "INDEX", "INT", "IRR", "ISNUMBER", "ISTEXT", "LEFT", "LN",
    "MATCH", "MAX", "MIN", "N", "NORMSDIST", "NORMSINV", "OR", "ROWS", "SIGN", "SMALL",
    "SUBSTITUTE", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "T",
}  # fmt: skip
"""In Excel 2007 without a prefix, in LibreOffice 7.4, and dependent on their cells alone."""

LONGEST, DEEPEST, MOST_ARGUMENTS = 8192, 64, 255
_ADDRESS = re.compile(r"(\$?)([A-Z]+)(\$?)([0-9]+)")


@cache
def written(file: Any, language: Language) -> Written:
    case, catalogue = load_case(file), load_catalogue()
    return workbook(case, catalogue, language, YEARS, computed_of(evaluate(case, catalogue)))


@cache
def trees(file: Any, language: Language) -> dict[str, Node]:
    """The formulas that differ in more than their references, by one that is written so."""
    shapes = {cut(f)[0]: f for f in written(file, language).book.formulas().values()}
    return {formula: parse(shape) for shape, formula in shapes.items()}


def nodes(tree: Node) -> Iterator[Node]:
    yield tree
    inner: tuple[Node, ...] = ()
    if isinstance(tree, Operation):
        inner = (tree.left, tree.right)
    elif isinstance(tree, Call):
        inner = tree.arguments
    for node in inner:
        yield from nodes(node)


def relative(formula: str, row: int, column: int) -> str:
    """The references of a formula as seen from its own cell."""
    shape, references = cut(formula)

    def seen(match: re.Match[str]) -> str:
        fixed_column, name, fixed_row, line = match.groups()
        number = column_number(name)
        across = number if fixed_column else f"[{number - column}]"
        down = line if fixed_row else f"[{int(line) - row}]"
        return f"R{down}C{across}"

    found = []
    for reference in references:
        sheet, _, address = reference.rpartition("!")
        found.append(f"{sheet}!{_ADDRESS.sub(seen, address)}")
    return f"{shape} {found}"


def column_number(name: str) -> int:
    found = 0
    for letter in name:
        found = 26 * found + ord(letter) - ord("A") + 1
    return found


def literals(node: Node, kind: type) -> Iterator[Any]:
    for each in nodes(node):
        if isinstance(each, Constant) and isinstance(each.value, kind):
            yield each.value


def is_one_and_more(node: Node) -> bool:
    """Whether a base has the form 1 + ...: a rate above -1, and never a nought."""
    while isinstance(node, Operation) and node.operator == "+":
        node = node.left
        if node == Constant(1.0):
            return True
    return False


def depth(node: Node) -> int:
    inner = node.arguments if isinstance(node, Call) else ()
    if isinstance(node, Operation):
        inner = (node.left, node.right)
    return isinstance(node, Call) + max(map(depth, inner), default=0)


@pytest.mark.parametrize(("sheet", "left"), [("calculation", FIRST_YEAR), ("yearly", YEARS_LEFT)])
@pytest.mark.parametrize(("file", "language"), crossed(EXAMPLES, LANGUAGES))
def test_a_row_has_one_formula_for_all_years(
    file: Any, language: Language, sheet: Any, left: int
) -> None:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in written(file, language).book.pages[sheet].cells.items():
        if cell.formula is not None and column >= left:
            rows.setdefault(row, {})[column] = relative(cell.formula, row, column)
    of_years = {row: cells for row, cells in rows.items() if len(cells) >= YEARS}
    assert len(of_years) > 20
    assert [row for row, cells in of_years.items() if len(set(cells.values())) > 1] == []
    assert [row for row, cells in of_years.items() if min(cells) != left] == []


def test_references_as_seen_from_their_cell() -> None:
    assert relative("$A1+B$2", 1, 2) == relative("$A3+D$2", 3, 4)
    assert relative("$A1+B$2", 1, 2) != relative("$A3+C$2", 3, 4)
    assert relative("'A1'!B1:C1", 1, 2) == relative(f"'A1'!{letters(3)}1:D1", 1, 3)


@pytest.mark.parametrize(("file", "language"), NAMED)
def test_no_number_but_0_and_1(file: Any, language: Language) -> None:
    found = {f: n for f, tree in trees(file, language).items() for n in literals(tree, float)
             if n not in {0.0, 1.0}}  # fmt: skip
    assert found == {}


@pytest.mark.parametrize(("file", "language"), NAMED)
def test_functions_of_every_spreadsheet(file: Any, language: Language) -> None:
    found = {
        node.function
        for tree in trees(file, language).values()
        for node in nodes(tree)
        if isinstance(node, Call)
    }
    assert found - PORTABLE == set()


@pytest.mark.parametrize(("file", "language"), NAMED)
def test_a_power_is_of_one_and_more(file: Any, language: Language) -> None:
    """A nought to the power of nought is 1 in one spreadsheet and an error in another."""
    powers = [
        (formula, node.left)
        for formula, tree in trees(file, language).items()
        for node in nodes(tree)
        if isinstance(node, Operation) and node.operator == "^"
    ]
    assert powers
    assert [formula for formula, base in powers if not is_one_and_more(base)] == []


def test_what_is_one_and_more() -> None:
    def base(formula: str) -> Node:
        tree = parse(cut(formula)[0])
        assert isinstance(tree, Operation)
        return tree.left

    assert is_one_and_more(base("(1+A1)^2"))
    assert is_one_and_more(base("(1+A1+B1)^2"))
    assert not is_one_and_more(base("A1^2"))
    assert not is_one_and_more(base("(1-A1)^2"))
    assert not is_one_and_more(base("(1*A1)^2"))


@pytest.mark.parametrize(("file", "language"), NAMED)
def test_formulas_fit_in_a_cell(file: Any, language: Language) -> None:
    formulas = written(file, language).book.formulas().values()
    assert max(map(len, formulas)) < LONGEST
    assert max(map(depth, trees(file, language).values())) <= DEEPEST
    calls = [
        node for t in trees(file, language).values() for node in nodes(t) if isinstance(node, Call)
    ]
    assert max(len(call.arguments) for call in calls) <= MOST_ARGUMENTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_a_case_in_a_formula(language: Language) -> None:
    """What stands between quotes is the same for every case, so it is ours."""
    quoted = [
        {text for tree in trees(file, language).values() for text in literals(tree, str)}
        for file in EXAMPLES
    ]
    assert len(quoted[0]) > 20
    assert all(texts == quoted[0] for texts in quoted)


@pytest.mark.parametrize(("file", "language"), NAMED)
def test_no_cell_shows_an_error(file: Any, language: Language) -> None:
    values = written(file, language).values
    assert {at: v.code for at, v in values.items() if isinstance(v, CellError)} == {}
