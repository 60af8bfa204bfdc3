"""All functions that are more than a function of values, and those that add and count.

They take ranges, or leave out what is not needed. Each function here makes a program of the
arguments of one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from impactmonitor.intake.workbook import choosing, criteria, distributions, totals
from impactmonitor.intake.workbook.choosing import Arguments, Form, check
from impactmonitor.intake.workbook.formula import Call, Constant
from impactmonitor.intake.workbook.grid import Area, Program
from impactmonitor.intake.workbook.scalars import Scalar, UnknownFormula, number

if TYPE_CHECKING:
    from impactmonitor.intake.workbook.compiling import Compiler

_CHOICES = {"IF", "IFERROR", "CHOOSE"}


def _sure(program: Program, is_logical: bool) -> Program:
    """A choice that is a number: of another value it matters whether a cell held it."""
    refused = (str, type(None)) if is_logical else (str, type(None), bool)

    def sure(references: Sequence[Any]) -> Any:
        value = program(references)
        if isinstance(value, refused):
            raise UnknownFormula("a choice that is no number, among numbers")
        return value

    return sure


def _total(function: Callable[..., Scalar], is_logical: bool = False) -> Form:
    def form(compiler: Compiler, arguments: Arguments, is_array: bool) -> Program:
        if not arguments or any(node == Constant(None) for node in arguments):
            raise UnknownFormula("a function with an argument that is left out")
        programs = [
            _sure(compiler.argument(each, is_array), is_logical)
            if isinstance(each, Call) and each.function in _CHOICES
            else compiler.argument(each, is_array)
            for each in arguments
        ]
        if len(programs) == 1:
            only = programs[0]
            return lambda references: function(only(references))
        return lambda references: function(*[each(references) for each in programs])

    return form


def _sum_of_products(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    return _total(totals.sum_of_products)(compiler, arguments, True)


def _rate(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    check("IRR", arguments, 1, 2)
    flows = compiler.argument(arguments[0], is_array=False)
    guess = compiler.scalar(arguments[1]) if len(arguments) == 2 else compiler.scalar(Constant(0.1))
    return lambda references: distributions.internal_rate(
        flows(references), number(guess(references))
    )


def _ranked(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    check("SMALL", arguments, 2, 2)
    numbers = compiler.argument(arguments[0], is_array=False)
    rank = compiler.scalar(arguments[1])
    return lambda references: totals.ranked(numbers(references), number(rank(references)))


def _count_blank(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    check("COUNTBLANK", arguments, 1, 1)
    area = compiler.area(arguments[0])
    return lambda references: totals.count_blank(area(references))


def _conditions(
    compiler: Compiler, arguments: Arguments
) -> Callable[[Sequence[Any]], list[tuple[Area, Scalar]]]:
    """Pairs of a range and its criterion."""
    if not arguments or len(arguments) % 2:
        raise UnknownFormula("a range without its criterion")
    areas = [compiler.area(each) for each in arguments[::2]]
    values = [compiler.scalar(each) for each in arguments[1::2]]
    pairs = list(zip(areas, values, strict=True))
    return lambda references: [(area(references), value(references)) for area, value in pairs]


def _sum_if_all(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    check("SUMIFS", arguments, 3, 255)
    area, conditions = compiler.area(arguments[0]), _conditions(compiler, arguments[1:])
    return lambda references: criteria.sum_if(area(references), conditions(references))


def _sum_if(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    check("SUMIF", arguments, 2, 3)
    area = compiler.area(arguments[2] if len(arguments) == 3 else arguments[0])
    conditions = _conditions(compiler, arguments[:2])

    def program(references: Sequence[Any]) -> float:
        pairs = conditions(references)
        summed = area(references)
        if summed.shape != pairs[0][0].shape:
            raise UnknownFormula("SUMIF with ranges of two sizes")
        return criteria.sum_if(summed, pairs)

    return program


def _count_if(compiler: Compiler, arguments: Arguments, _: bool) -> Program:
    conditions = _conditions(compiler, arguments)
    return lambda references: criteria.count_if(conditions(references))


FORMS: dict[str, Form] = {
    "IF": choosing.if_,
    "IFERROR": choosing.if_error,
    "CHOOSE": choosing.choose,
    "INDEX": choosing.index,
    "MATCH": choosing.match,
    "SUM": _total(totals.total),
    "PRODUCT": _total(totals.product),
    "SUMPRODUCT": _sum_of_products,
    "AVERAGE": _total(totals.average),
    "MIN": _total(totals.smallest),
    "MAX": _total(totals.largest),
    "COUNT": _total(totals.count),
    "COUNTA": _total(totals.count_filled),
    "COUNTBLANK": _count_blank,
    "AND": _total(totals.every, is_logical=True),
    "OR": _total(totals.some, is_logical=True),
    "IRR": _rate,
    "SMALL": _ranked,
    "SUMIFS": _sum_if_all,
    "SUMIF": _sum_if,
    "COUNTIFS": _count_if,
    "COUNTIF": _count_if,
    "ROW": choosing.position(0),
    "COLUMN": choosing.position(1),
    "ROWS": choosing.size(0),
    "COLUMNS": choosing.size(1),
}

REFERRING: dict[str, Form] = {
    "INDEX": choosing.index_range,
    "CHOOSE": choosing.choose_range,
}
"""The functions whose value can be a range."""
