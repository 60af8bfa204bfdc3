"""The functions that choose: between values, of a table, or where something stands.

Each function here makes a program of the arguments of one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from impactmonitor.intake.workbook import lookups, totals
from impactmonitor.intake.workbook.formula import Call, Constant, Node, RangeNode
from impactmonitor.intake.workbook.grid import Area, Program, caught
from impactmonitor.intake.workbook.scalars import (
    CellError,
    Fails,
    UnknownFormula,
    number,
    truth,
)

if TYPE_CHECKING:
    from impactmonitor.intake.workbook.compiling import Compiler

Arguments = Sequence[Node]
Form = Callable[["Compiler", Arguments, bool], Program]
"""Makes a program of the arguments of a function; the last one says whether they are arrays."""


def check(name: str, arguments: Arguments, least: int, most: int) -> None:
    """Refuse a function of too few or too many arguments."""
    if not least <= len(arguments) <= most:
        raise UnknownFormula(f"{name} of {len(arguments)} arguments")


def _branch(compiler: Compiler, node: Node) -> Program:
    """A value that may not be needed; one that is left out is 0."""
    return compiler.scalar(Constant(0.0) if node == Constant(None) else node)


def if_(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    """IF: what is not chosen is not calculated."""
    check("IF", arguments, 2, 3)
    condition = compiler.scalar(arguments[0])
    yes = _branch(compiler, arguments[1])
    no = _branch(compiler, arguments[2] if len(arguments) == 3 else Constant(False))

    def program(references: Sequence[Any]) -> Any:
        value = condition(references)
        if value is True:
            return yes(references)
        return yes(references) if value is not False and truth(value) else no(references)

    return program


def if_error(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    """IFERROR."""
    check("IFERROR", arguments, 2, 2)
    first, other = (_branch(compiler, each) for each in arguments)

    def program(references: Sequence[Any]) -> Any:
        value = first(references)
        return other(references) if isinstance(value, CellError) else value

    return program


def choose(compiler: Compiler, arguments: Arguments, is_array: bool) -> Program:
    """CHOOSE: what is not chosen is not calculated."""
    if is_array:
        return choose_range(compiler, arguments)
    return _chosen(compiler, arguments, [_branch(compiler, each) for each in arguments[1:]])


def choose_range(compiler: Compiler, arguments: Arguments, _: bool = False) -> Program:
    """CHOOSE for a function that takes ranges: of ranges only, or of values only."""
    nodes = arguments[1:]
    if not any(isinstance(node, RangeNode) for node in nodes):
        return compiler.scalar(Call("CHOOSE", tuple(arguments)))
    return caught(_chosen(compiler, arguments, [compiler.area(node) for node in nodes]))


def _chosen(compiler: Compiler, arguments: Arguments, choices: list[Program]) -> Program:
    check("CHOOSE", arguments, 2, 255)
    which = compiler.scalar(arguments[0])

    def program(references: Sequence[Any]) -> Any:
        place = int(number(which(references)))
        if not 1 <= place <= len(choices):
            raise Fails(CellError.VALUE)
        return choices[place - 1](references)

    return program


def index(compiler: Compiler, arguments: Arguments, is_array: bool) -> Program:
    """INDEX where a value is expected, or an array."""
    if is_array:
        return _narrowed(index_range(compiler, arguments, is_array))
    table, places = _table(compiler, arguments, is_array)
    return lambda references: lookups.cell_at(table(references), *places(references))


def _table(
    compiler: Compiler, arguments: Arguments, is_array: bool
) -> tuple[Program, Callable[[Sequence[Any]], list[float]]]:
    """The table of an INDEX, and the places in it."""
    check("INDEX", arguments, 2, 3)
    table = compiler.array(arguments[0]) if is_array else compiler.area(arguments[0])
    places = [compiler.scalar(each) for each in arguments[1:]]
    return table, lambda references: [number(each(references)) for each in places]


def _narrowed(program: Program) -> Program:
    """A range of one cell is that cell, also inside SUMPRODUCT."""

    def narrowed(references: Sequence[Any]) -> Any:
        value = program(references)
        if isinstance(value, Area) and value.shape == (1, 1):
            return value.one()
        return value

    return narrowed


def index_range(compiler: Compiler, arguments: Arguments, is_array: bool) -> Program:
    """INDEX for a function that takes ranges."""
    table, places = _table(compiler, arguments, is_array)

    def program(references: Sequence[Any]) -> Any:
        whole = table(references)
        if isinstance(whole, Area):
            _ = whole.present  # asks for cells that are not calculated yet
        return lookups.part_at(whole, *places(references))

    return caught(program)


def match(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    """MATCH: in a range, or in the array that an INDEX gives."""
    check("MATCH", arguments, 2, 3)
    wanted = compiler.scalar(arguments[0])
    is_index = isinstance(arguments[1], Call) and arguments[1].function == "INDEX"
    values = compiler.argument(arguments[1], is_array=is_index)
    kind = compiler.scalar(arguments[2]) if len(arguments) == 3 else compiler.scalar(Constant(1.0))

    def program(references: Sequence[Any]) -> float:
        value = wanted(references)
        if isinstance(value, CellError):
            raise Fails(value)
        within = values(references)
        if isinstance(within, totals.Inside):
            raise UnknownFormula("MATCH in one cell")
        if isinstance(within, CellError):
            raise Fails(within)
        return lookups.match(value, within, number(kind(references)))

    return program


def size(axis: int) -> Form:
    """ROWS and COLUMNS, which need no values."""

    def form(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
        check("ROWS or COLUMNS", arguments, 1, 1)
        area = compiler.area(arguments[0])
        return lambda references: float(area(references).shape[axis])

    return form


def position(axis: int) -> Form:
    """ROW and COLUMN, without an argument of the formula's own cell."""

    def form(compiler: Compiler, arguments: Arguments, is_array: bool) -> Program:
        check("ROW or COLUMN", arguments, 0, 1)
        area = compiler.area(arguments[0]) if arguments else lambda references: references[0].area

        def program(references: Sequence[Any]) -> Any:
            where = area(references)
            start = (where.top, where.left)[axis]
            places = np.arange(start, start + where.shape[axis], dtype=float)
            if places.size == 1:
                return float(start)
            if not is_array:
                raise UnknownFormula("ROW or COLUMN of several")
            return places.reshape((-1, 1) if axis == 0 else (1, -1))

        return program

    return form
