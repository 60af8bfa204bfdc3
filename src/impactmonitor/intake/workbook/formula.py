"""From the text of a formula to a tree of nodes.

A formula is first cut into its references and the rest. Formulas that differ in their references
only, as along a row, share the rest: their shape. Only a shape is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from impactmonitor.intake.workbook.scalars import UnknownFormula

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_SHEET = r"(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!"
_PIECE = re.compile(
    rf'("(?:[^"]|"")*"|(?<![\w.$!\'])(?:{_SHEET})?{_CELL}(?::{_CELL})?(?![\w.(!:$]))'
)
_PLACE = re.compile(r"(?:(?P<sheet>.+)!)?(?P<first>[^:!]+)(?::(?P<last>[^:!]+))?", re.DOTALL)
_ADDRESS = re.compile(r"\$?([A-Za-z]+)\$?([1-9][0-9]*)")
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<text>"(?:[^"]|"")*")
      | (?P<cell>\x00)
      | (?P<range>\x01)
      | (?P<call>[A-Za-z_][A-Za-z0-9_.]*)\(
      | (?P<name>[A-Za-z_\\][A-Za-z0-9_.\\]*)
      | (?P<sign><=|>=|<>|[-+*/^&=<>%(),])
    )""",
    re.VERBOSE,
)
_LEVELS = (("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_MAX_DEPTH = 64  # as deep as functions can be nested in a sheet


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text or a boolean; None for an argument that is left out."""

    value: float | str | bool | None


@dataclass(frozen=True, slots=True)
class CellNode:
    """The cell that is reference number ``index`` of the formula."""

    index: int


@dataclass(frozen=True, slots=True)
class RangeNode:
    """The range that is reference number ``index`` of the formula."""

    index: int


@dataclass(frozen=True, slots=True)
class NameNode:
    """A defined name."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two nodes with an operator between them; ``-x`` is 0 - x and ``x%`` is x / 100."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Constant | CellNode | RangeNode | NameNode | Operation | Call


class Place(NamedTuple):
    """The cells that a reference means, from 1; ``sheet`` is None for the formula's own."""

    sheet: str | None
    top: int
    left: int
    bottom: int
    right: int
    is_range: bool


def cut(formula: str) -> tuple[str, list[str]]:
    r"""The shape of a formula and its references.

    Parameters
    ----------
    formula : str
        Without the leading ``=``.

    Returns
    -------
    tuple of str and list of str
        In the shape a character 0 stands for a cell, a character 1 for a range.

    Examples
    --------
    >>> cut('SUM(A1:B2)*Inputs!$C3&"A1"')
    ('SUM(\x01)*\x00&"A1"', ['A1:B2', 'Inputs!$C3'])
    """
    if "\x00" in formula or "\x01" in formula:
        raise UnknownFormula("control characters")
    pieces = _PIECE.split(formula)
    references = []
    for i in range(1, len(pieces), 2):
        piece = pieces[i]
        if piece[0] != '"':
            references.append(piece)
            pieces[i] = "\x01" if ":" in piece.rpartition("!")[2] else "\x00"
    return "".join(pieces), references


def place(reference: str) -> Place:
    """The cells that a reference means.

    Raises
    ------
    UnknownFormula
        If it is beyond the last row or column.

    Examples
    --------
    >>> place("'It''s'!$B$3:A1")
    Place(sheet="It's", top=1, left=1, bottom=3, right=2, is_range=True)
    """
    match = _PLACE.fullmatch(reference)
    if match is None:
        raise UnknownFormula(f"the reference {reference}")
    sheet = match["sheet"]
    if sheet is not None and sheet[0] == "'":
        sheet = sheet[1:-1].replace("''", "'")
    row, column = _address(match["first"])
    last_row, last_column = _address(match["last"] or match["first"])
    top, bottom = sorted((row, last_row))
    left, right = sorted((column, last_column))
    return Place(sheet, top, left, bottom, right, match["last"] is not None)


def _address(cell: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(cell)
    if match is None:
        raise UnknownFormula(f"the reference {cell}")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise UnknownFormula(f"{cell}, which is neither a cell nor a name")
    return row, column


def parse(shape: str) -> Node:
    """The tree of a shape.

    Raises
    ------
    UnknownFormula
        If it is not written in the part of the language that is known.

    Examples
    --------
    >>> parse("1+RATE*2")  # doctest: +NORMALIZE_WHITESPACE
    Operation(operator='+', left=Constant(value=1.0),
        right=Operation(operator='*', left=NameNode(name='RATE'), right=Constant(value=2.0)))
    """
    return _Parser(_tokens(shape)).parsed()


def _tokens(shape: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    end = len(shape.rstrip())
    while position < end:
        match = _TOKEN.match(shape, position)
        if match is None:
            raise UnknownFormula(f"what stands at {shape[position : position + 20]!r}")
        kind = str(match.lastgroup)
        tokens.append((kind, match[kind]))
        position = match.end()
    return [*tokens, ("end", "")]


class _Parser:
    """Reads tokens from left to right; each level of operators is one call."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.references = 0
        self.depth = 0

    def parsed(self) -> Node:
        node = self.expression()
        if self.tokens[self.at][0] != "end":
            raise UnknownFormula(f"{self.tokens[self.at][1]!r} where the formula should end")
        return node

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise UnknownFormula("too many brackets in one another")
        node = self.level(0)
        self.depth -= 1
        return node

    def level(self, i: int) -> Node:
        if i == len(_LEVELS):
            return self.signed()
        node = self.level(i + 1)
        while (operator := self.sign(*_LEVELS[i])) is not None:
            node = Operation(operator, node, self.level(i + 1))
        return node

    def signed(self) -> Node:
        """A minus belongs to what follows it, before any power: -2^2 is 4 in a sheet."""
        minuses = 0
        while self.sign("-") is not None:
            minuses += 1
        node = self.operand()
        while self.sign("%") is not None:
            node = Operation("/", node, Constant(100.0))
        for _ in range(minuses):
            node = Operation("-", Constant(0.0), node)
        return node

    def operand(self) -> Node:
        kind, token = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Constant(float(token))
        if kind == "text":
            return Constant(token[1:-1].replace('""', '"'))
        if kind in {"cell", "range"}:
            self.references += 1
            return (CellNode if kind == "cell" else RangeNode)(self.references - 1)
        if kind == "name":
            word = token.upper()
            return Constant(word == "TRUE") if word in {"TRUE", "FALSE"} else NameNode(word)
        if kind == "call":
            return self.call(token.upper())
        if (kind, token) == ("sign", "("):
            node = self.expression()
            self.close()
            return node
        raise UnknownFormula(f"{token or 'the end'!r} where a value is expected")

    def call(self, function: str) -> Node:
        if self.sign(")") is not None:
            return Call(function, ())
        arguments = [self.argument()]
        while self.sign(",") is not None:
            arguments.append(self.argument())
        self.close()
        return Call(function, tuple(arguments))

    def argument(self) -> Node:
        if self.tokens[self.at][1] in {",", ")"} and self.tokens[self.at][0] == "sign":
            return Constant(None)
        return self.expression()

    def close(self) -> None:
        if self.sign(")") is None:
            raise UnknownFormula("a bracket that is not closed")

    def sign(self, *signs: str) -> str | None:
        """Take the next token if it is one of these."""
        kind, token = self.tokens[self.at]
        if kind != "sign" or token not in signs:
            return None
        self.at += 1
        return token
