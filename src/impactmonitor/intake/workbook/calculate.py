"""The values of the formulas that a workbook is written with.

Only the part of the language that is known is calculated; everything else is refused, so that no
value is ever wrong without being noticed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from impactmonitor.intake.workbook.arrays import settled
from impactmonitor.intake.workbook.compiling import Compiler
from impactmonitor.intake.workbook.formula import cut, place
from impactmonitor.intake.workbook.grid import UNKNOWN, Area, Cell, NotReady, Program, Sheet
from impactmonitor.intake.workbook.scalars import (
    CellError,
    NotCalculable,
    Scalar,
    UnknownFormula,
)

__all__ = [
    "Calculator",
    "CellError",
    "CircularFormula",
    "Key",
    "NotCalculable",
    "Scalar",
    "UnknownFormula",
]

Key = tuple[str, int, int]
"""Sheet title, row, column, from 1."""


class CircularFormula(NotCalculable):
    """A formula that needs its own value."""


class Calculator:
    """Calculates formulas, each once and in the order in which they need each other.

    Parameters
    ----------
    constants : Mapping of Key to Scalar
        The cells without a formula; what is absent is empty.
    formulas : Mapping of Key to str
        Formulas as a workbook stores them: English, with commas, without the leading ``=``.
    names : Mapping of str to Key
        The cells that have a name.

    Raises
    ------
    UnknownFormula
        If a formula uses what is not known.

    Examples
    --------
    >>> calculator = Calculator(
    ...     {("S", 1, 1): 2.0, ("S", 1, 2): 3.0},
    ...     {("S", 2, 1): "SUM(A1:B1)*Factor", ("S", 2, 2): "A2/0"},
    ...     {"Factor": ("S", 1, 1)},
    ... )
    >>> calculator.value(("S", 2, 1)), calculator.value(("S", 2, 2)).code
    (10.0, '#DIV/0!')
    """

    def __init__(
        self,
        constants: Mapping[Key, Scalar],
        formulas: Mapping[Key, str],
        names: Mapping[str, Key] | None = None,
    ) -> None:
        self._formulas = formulas
        self._sheets: dict[str, Sheet] = {}
        self._known: dict[tuple[str, str], Cell | Area] = {}
        self._programs: dict[str, Program] = {}
        for key, value in constants.items():
            self._cell(key).value = _constant(key, value)
        self._cells = [self._formula_cell(key) for key in formulas]
        named = {name.upper(): self._cell(key) for name, key in (names or {}).items()}
        self._compiler = Compiler(named)
        for cell, formula in zip(self._cells, formulas.values(), strict=True):
            self._bind(cell, formula)
        for sheet in self._sheets.values():
            sheet.fill()

    def value(self, key: Key) -> Scalar:
        """The value of a cell, None if it is empty.

        Raises
        ------
        CircularFormula
            If a formula needs its own value.
        UnknownFormula
            If a formula meets a value for which spreadsheets differ.
        """
        sheet = self._sheets.get(key[0])
        cell = None if sheet is None else sheet.cells.get(key[1:])
        if cell is None:
            return None
        self._calculate([cell])
        value: Scalar = cell.value
        return value

    def all_values(self) -> dict[Key, Scalar]:
        """The values of all formulas, in the order in which they were given."""
        self._calculate(self._cells)
        return {key: cell.value for key, cell in zip(self._formulas, self._cells, strict=True)}

    def _cell(self, key: Key) -> Cell:
        title, row, column = key
        sheet = self._sheets.get(title)
        if sheet is None:
            sheet = self._sheets[title] = Sheet(title)
        return sheet.cell(row, column)

    def _formula_cell(self, key: Key) -> Cell:
        cell = self._cell(key)
        if cell.value is not None:
            raise ValueError(f"{cell} is both a constant and a formula")
        cell.value = UNKNOWN
        return cell

    def _bind(self, cell: Cell, formula: str) -> None:
        """Give a cell the program of its formula, and the cells that it refers to."""
        try:
            shape, references = cut(formula)
            title = cell.sheet.title
            known = self._known
            bound: list[Any] = [cell]
            for reference in references:
                found = known.get((title, reference))
                bound.append(self._referred(title, reference) if found is None else found)
            program = self._programs.get(shape)
            if program is None:
                program = self._programs[shape] = self._compiler.program(shape)
        except UnknownFormula as error:
            raise UnknownFormula(f"{cell} ={formula}: {error}") from None
        cell.program, cell.references = program, bound

    def _referred(self, title: str, reference: str) -> Cell | Area:
        where = place(reference)
        sheet = self._sheets.get(title if where.sheet is None else where.sheet)
        if sheet is None:
            raise UnknownFormula(f"the sheet {where.sheet}")
        found: Cell | Area
        if where.is_range:
            found = sheet.area(where.top, where.left, where.bottom, where.right)
        else:
            found = sheet.cell(where.top, where.left)
        self._known[title, reference] = found
        return found

    def _calculate(self, cells: Sequence[Cell]) -> None:
        """Calculate cells and all that they need.

        A formula that meets a cell without a value is put aside for that cell, and starts again
        when the value is there. So chains of any length need no depth of calls.
        """
        with np.errstate(all="ignore"):  # errors are values here
            for first in cells:
                if first.value is not UNKNOWN:
                    continue
                try:
                    self._finish([first])
                except BaseException:
                    for cell in self._cells:
                        cell.is_waiting = False
                    raise

    def _finish(self, stack: list[Cell]) -> None:
        while stack:
            cell = stack[-1]
            if cell.value is not UNKNOWN:
                stack.pop()
                continue
            assert cell.program is not None
            try:
                value = settled(cell.program(cell.references))
            except NotReady as needed:
                cell.is_waiting = True
                if any(each.is_waiting for each in needed.cells):
                    raise CircularFormula(self._circle(stack, needed.cells)) from None
                stack.extend(reversed(needed.cells))
                continue
            except UnknownFormula as error:
                raise UnknownFormula(f"{self._written(cell)}: {error}") from None
            cell.is_waiting = False
            cell.sheet.keep(cell, 0.0 if value is None else value)  # a sheet shows 0 for empty
            stack.pop()

    def _circle(self, stack: Sequence[Cell], needed: Sequence[Cell]) -> str:
        """The formulas that need each other, from the first one to itself."""
        waiting = [cell for cell in stack if cell.is_waiting]
        start = next(i for i, cell in enumerate(waiting) if cell in needed)
        shown = [self._written(cell) for cell in waiting[start:][:5]]
        return "formulas that need each other: " + _listed(shown, len(waiting) - start)

    def _written(self, cell: Cell) -> str:
        return f"{cell} ={self._formulas[cell.sheet.title, cell.row, cell.column]}"


def _listed(shown: Sequence[str], count: int) -> str:
    more = f" and {count - len(shown)} more" if count > len(shown) else ""
    return ", ".join(shown) + more


def _constant(key: Key, value: Any) -> Scalar:
    """A constant as one of the kinds of value; what no cell can hold is refused."""
    if value is None or isinstance(value, str | bool | CellError):
        return value
    amount = float(value)
    if not math.isfinite(amount):
        raise ValueError(f"{key} holds {value}, which no cell can hold")
    return amount
