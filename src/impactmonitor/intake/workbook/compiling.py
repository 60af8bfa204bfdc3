"""From the tree of a formula to a program that is quick to run again with other references.

A node is compiled for what its surroundings take: one value, or arrays, as inside SUMPRODUCT.
What a spreadsheet would do with a range where one value is expected depends on its age, so there
is no program for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np

from impactmonitor.intake.workbook import forms
from impactmonitor.intake.workbook.arrays import by_cell, is_several, operated
from impactmonitor.intake.workbook.formula import (
    Call,
    CellNode,
    Constant,
    NameNode,
    Node,
    Operation,
    RangeNode,
    parse,
)
from impactmonitor.intake.workbook.functions import FUNCTIONS, READERS, Function
from impactmonitor.intake.workbook.grid import UNKNOWN, Area, Cell, NotReady, Program, caught
from impactmonitor.intake.workbook.operators import NEARLY, calculated, is_near
from impactmonitor.intake.workbook.scalars import CellError, Fails, Scalar, UnknownFormula
from impactmonitor.intake.workbook.totals import Inside


class Compiler:
    """Makes programs of shapes.

    Parameters
    ----------
    names : Mapping of str to Cell
        The defined names, in capitals.
    """

    def __init__(self, names: Mapping[str, Cell]) -> None:
        self.names = names

    def program(self, shape: str) -> Program:
        """The program of a whole formula."""
        return self.scalar(parse(shape))

    def scalar(self, node: Node) -> Program:
        """A program that gives one value."""
        if isinstance(node, Constant):
            constant = node.value
            return lambda _: constant
        if isinstance(node, CellNode):
            return _reading(node.index)
        if isinstance(node, NameNode):
            return self._named(node.name)
        if isinstance(node, Operation):
            return _operation(node.operator, self.scalar(node.left), self.scalar(node.right))
        if isinstance(node, Call):
            return self._call(node, is_array=False)
        raise UnknownFormula("a range where one value is expected")

    def array(self, node: Node) -> Program:
        """A program that gives one value, a range or an array."""
        if isinstance(node, RangeNode):
            index = node.index
            return lambda references: references[index + 1]
        if isinstance(node, Operation):
            return _array_operation(node.operator, self.array(node.left), self.array(node.right))
        if isinstance(node, Call):
            return self._call(node, is_array=True)
        return self.scalar(node)

    def argument(self, node: Node, is_array: bool) -> Program:
        """A program for a function that takes ranges; what comes from a cell is marked."""
        if isinstance(node, CellNode | NameNode):
            read = self.scalar(node)
            return lambda references: Inside(read(references))
        if isinstance(node, RangeNode):
            return self.array(node)
        if isinstance(node, Call) and node.function in forms.REFERRING:
            return forms.REFERRING[node.function](self, node.arguments, is_array)
        return self.array(node) if is_array else self.scalar(node)

    def area(self, node: Node) -> Program:
        """A program for a function that takes ranges only."""
        if isinstance(node, RangeNode):
            return self.array(node)
        if isinstance(node, CellNode):
            index = node.index
            return lambda references: references[index + 1].area
        if isinstance(node, NameNode):
            cell = self._cell(node.name)
            return lambda _: cell.area
        if isinstance(node, Call) and node.function in forms.REFERRING:
            return _only_areas(forms.REFERRING[node.function](self, node.arguments, False))
        raise UnknownFormula("something else than a range where a function takes ranges only")

    def _call(self, node: Call, is_array: bool) -> Program:
        function = FUNCTIONS.get(node.function)
        if function is not None:
            return self._simple(function, node, is_array)
        form = forms.FORMS.get(node.function)
        if form is None:
            raise UnknownFormula(f"the function {node.function}")
        return caught(form(self, node.arguments, is_array))

    def _simple(self, function: Function, node: Call, is_array: bool) -> Program:
        given = node.arguments
        if not function.least <= len(given) <= len(function.arguments):
            raise UnknownFormula(f"{node.function} of {len(given)} arguments")
        readers = [READERS[letter.lower()] for letter in function.arguments[: len(given)]]
        apply = _applied(function.apply, readers)
        if not is_array:
            return _with(apply, [self.scalar(each) for each in given])
        programs = [self.array(each) for each in given]

        def program(references: Sequence[Any]) -> Any:
            values = [each(references) for each in programs]
            if any(is_several(value) for value in values):
                return by_cell(apply, values)
            return apply(*values)

        return program

    def _named(self, name: str) -> Program:
        cell = self._cell(name)

        def program(_: Sequence[Any]) -> Any:
            if cell.value is UNKNOWN:
                raise NotReady([cell])
            return cell.value

        return program

    def _cell(self, name: str) -> Cell:
        cell = self.names.get(name)
        if cell is None:
            raise UnknownFormula(f"the name {name}")
        return cell


def _reading(index: int) -> Program:
    place = index + 1  # before the references comes the formula's own cell

    def program(references: Sequence[Any]) -> Any:
        cell = references[place]
        value = cell.value
        if value is UNKNOWN:
            raise NotReady([cell])
        return value

    return program


def _only_areas(program: Program) -> Program:
    def checked(references: Sequence[Any]) -> Any:
        value = program(references)
        if isinstance(value, CellError):
            raise Fails(value)
        if not isinstance(value, Area):
            raise UnknownFormula("something else than a range where a function takes ranges only")
        return value

    return checked


def _applied(
    function: Callable[..., Any], readers: Sequence[Callable[[Scalar], Any]]
) -> Callable[..., Scalar]:
    """A function of values as they stand in cells, errors included."""

    def apply(*values: Scalar) -> Scalar:
        try:
            result: Scalar = function(
                *[read(value) for read, value in zip(readers, values, strict=True)]
            )
        except Fails as failure:
            return failure.error
        return result

    return apply


def _with(function: Callable[..., Any], programs: Sequence[Program]) -> Program:
    return lambda references: function(*[each(references) for each in programs])


def _array_operation(operator: str, left: Program, right: Program) -> Program:
    def program(references: Sequence[Any]) -> Any:
        x, y = left(references), right(references)
        if isinstance(x, Area | np.ndarray) or isinstance(y, Area | np.ndarray):
            return operated(operator, x, y)
        return calculated(operator, x, y)

    return program


def _operation(operator: str, left: Program, right: Program) -> Program:
    """An operator between two values; numbers, which are most of them, take a short way."""
    quick = _QUICK.get(operator)
    if quick is None:
        return lambda references: calculated(operator, left(references), right(references))

    def program(references: Sequence[Any]) -> Any:
        x = left(references)
        y = right(references)
        if type(x) is float and type(y) is float:
            return quick(x, y)
        return calculated(operator, x, y)

    return program


def _add(x: float, y: float) -> Scalar:
    result = x + y
    if abs(result) < NEARLY * abs(x) and is_near(x, -y):
        return 0.0
    return result if isfinite(result) else CellError.NUM


def _subtract(x: float, y: float) -> Scalar:
    result = x - y
    if abs(result) < NEARLY * abs(x) and is_near(x, y):
        return 0.0
    return result if isfinite(result) else CellError.NUM


def _multiply(x: float, y: float) -> Scalar:
    result = x * y
    return result if isfinite(result) else CellError.NUM


def _divide(x: float, y: float) -> Scalar:
    if y == 0:
        return CellError.DIV0
    result = x / y
    return result if isfinite(result) else CellError.NUM


def _less(x: float, y: float) -> bool:
    return x < y and not (y - x < NEARLY * abs(x) and is_near(x, y))


_QUICK: dict[str, Callable[[float, float], Scalar]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "<": _less,
    ">": lambda x, y: _less(y, x),
    "<=": lambda x, y: not _less(y, x),
    ">=": lambda x, y: not _less(x, y),
    "=": is_near,
    "<>": lambda x, y: not is_near(x, y),
}
