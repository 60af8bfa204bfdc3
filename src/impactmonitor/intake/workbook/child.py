"""Read the bytes of a workbook in a process of its own, which may fail without harm.

This file is run by its path and imports nothing of the package, so that the process starts soon and
needs little memory. It gets a line with the limits and then the workbook on standard input, and
writes lines of JSON: ``["problem", ...]``, ``["sheet", title]``, ``["row", number, cells]`` and,
always last, ``["end", outcome]``. A cell is ``[column, kind, value]``, with a fourth item where it
holds a formula.

Each sheet is gone through twice. The first time its XML is looked at as it stands: whether the
cells are in order and within the limits, whether a number is a number, and which formulas there
are. Only then openpyxl reads the values, with the shared texts and the dates.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import io
import json
import math
import os
import re
import sys
import warnings
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE, _MERGED = (
    f"{_NAMESPACE} {name}" for name in ("row", "c", "v", "f", "is", "mergeCell")
)
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,6})?\Z")
_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})?T?([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3})?)?)?Z?\Z"
)
_WHOLE = re.compile(r"[0-9]{1,9}\Z")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_LONGEST_NUMBER = 400
_LONGEST_SHOWN = 60
_MOST_PROBLEMS = 200
_CHUNK = 65_536
_SPACE = " \t\r\n"

_MOST_TRANSLATED = 1_000_000
"""Characters of copied formulas that are brought to their own cell; others stay as the first is."""


class _Enough(Exception):
    """Nothing more is to be read of this sheet, or of the whole file."""

    def __init__(self, is_all: bool = False) -> None:
        super().__init__()
        self.is_all = is_all


class _Odd(Exception):
    """The XML of a sheet is not built up as that of a sheet is."""


@dataclass(slots=True)
class _Output:
    """The lines that go back, and what has been counted over the whole file."""

    limits: dict[str, int]
    problems: int = 0
    cells: int = 0
    characters: int = 0
    translated: int = 0

    def line(self, *parts: object) -> None:
        sys.stdout.write(json.dumps(parts, separators=(",", ":"), allow_nan=False) + "\n")

    def problem(
        self, code: str, sheet: str | None = None, cell: str | None = None, **params: object
    ) -> None:
        """Report a problem; after very many the rest is not looked for."""
        self.line("problem", {"code": code, "sheet": sheet, "cell": cell, "params": params})
        self.problems += 1
        if self.problems > _MOST_PROBLEMS:
            raise _Enough(is_all=True)

    def count_text(self, text: str) -> None:
        """Count the text that goes back: one shared text may stand in every cell."""
        self.characters += len(text)
        if self.characters > self.limits["text"]:
            self.problem("workbook-too-much-text", count=self.limits["text"])
            raise _Enough(is_all=True)


# --- The XML of a sheet as it stands ------------------------------------------------------------


@dataclass(slots=True)
class _Formula:
    """A formula of one cell, and whether its cached value is an empty text."""

    text: str
    is_empty_text: bool


@dataclass(slots=True)
class _Raw:
    """One cell while its XML is read."""

    row: int
    column: int
    kind: str
    value: str | None = None
    formula: str | None = None
    shared: str | None = None
    is_filled: bool = False


@dataclass(slots=True)
class _Scan:
    """A pass over the XML of one sheet, in which nothing is kept but the formulas."""

    title: str
    texts: int
    output: _Output
    is_wanted: bool = True
    rows: int = 0
    columns: int = 0
    formulas: dict[tuple[int, int], _Formula] = field(default_factory=dict)
    _depth: int = 0
    _row_depth: int = 0
    _row: int = 0
    _column: int = 0
    _cell: _Raw | None = None
    _parts: list[str] | None = None
    _length: int = 0
    _is_inline: bool = False
    _masters: dict[str, tuple[str, str]] = field(default_factory=dict)
    _translators: dict[str, Any] = field(default_factory=dict)

    def read(self, stream: Any) -> None:
        """Go through a sheet; its problems go to the output."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refused
        parser.EntityDeclHandler = _refused
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def place(self) -> str:
        """The cell that is being read, or the last one that was."""
        return f"{_letters(max(self._column, 1))}{max(self._row, 1)}"

    def _problem(self, code: str, **params: object) -> None:
        self.output.problem(code, self.title, self.place(), **params)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._row_depth:
            inside = self._depth - self._row_depth
            if inside == 1:
                self._start_cell(name, attributes)
            elif inside == 2:
                self._start_part(name, attributes)
            elif name in (_ROW, _CELL) or (self._parts is not None and not self._is_inline):
                raise _Odd
        elif name == _ROW:
            self._start_row(attributes)
        elif name == _MERGED:
            self._merged(attributes.get("ref", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        if said is None:
            number = self._row + 1
        elif _WHOLE.match(said):
            number = int(said)
        else:
            raise _Odd
        if number <= self._row:
            self._problem("workbook-cell-order")
            raise _Enough
        self._row, self._column, self._row_depth = number, 0, self._depth

    def _start_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name != _CELL:
            raise _Odd
        said = attributes.get("r")
        column = self._column + 1
        if said is not None:
            row, column = _row_and_column(said)
            if row != self._row or column <= self._column:
                self._problem("workbook-cell-order")
                raise _Enough
        if not _WHOLE.match(attributes.get("s", "0")):
            raise _Odd
        self._column = column
        self._cell = _Raw(self._row, column, attributes.get("t", "n"))
        self.output.cells += 1
        if self.output.cells > self.output.limits["cells"]:
            self.output.problem("workbook-too-many-cells", count=self.output.limits["cells"])
            raise _Enough(is_all=True)

    def _start_part(self, name: str, attributes: dict[str, str]) -> None:
        cell = self._cell
        if name not in (_VALUE, _FORMULA, _INLINE) or cell is None:
            return
        is_second = cell.value is not None if name == _VALUE else cell.formula is not None
        if name != _INLINE and is_second:
            raise _Odd
        if name == _FORMULA:
            cell.shared = attributes.get("si") if attributes.get("t") == "shared" else None
        self._parts, self._length, self._is_inline = [], 0, name == _INLINE

    def _text(self, text: str) -> None:
        if self._parts is None:
            return
        self._length += len(text)
        if self._length <= self.output.limits["text_of_a_cell"]:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        if self._row_depth:
            inside = self._depth - self._row_depth
            if inside == 2 and self._parts is not None:
                self._end_part(name)
            elif inside == 1:
                self._end_cell()
            elif inside == 0:
                self._row_depth = 0
        self._depth -= 1

    def _end_part(self, name: str) -> None:
        cell, text = self._cell, "".join(self._parts or ())
        assert cell is not None
        self._parts = None
        if self._length > self.output.limits["text_of_a_cell"]:
            self._problem("workbook-text-too-long", max_length=self.output.limits["text_of_a_cell"])
        cell.is_filled = cell.is_filled or bool(text) or name == _FORMULA
        if name == _VALUE:
            cell.value = text
        elif name == _FORMULA:
            cell.formula = text

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        assert cell is not None
        if not cell.is_filled:
            return
        limits = self.output.limits
        if cell.row > limits["rows"] or cell.column > limits["columns"]:
            last = _letters(limits["columns"])
            self._problem("workbook-outside-range", rows=limits["rows"], column=last)
            raise _Enough
        self.rows, self.columns = cell.row, max(self.columns, cell.column)
        self._check_value(cell)
        if cell.formula is not None and self.is_wanted:
            is_empty_text = cell.kind == "str" and cell.value == ""
            text = self._formula(cell)
            self.formulas[cell.row, cell.column] = _Formula(text, is_empty_text)

    def _check_value(self, cell: _Raw) -> None:
        """Whether the value is what the cell says that it is."""
        if cell.kind not in _KINDS:
            self._problem("workbook-cell-unreadable")
        elif cell.value and cell.kind == "n" and not _is_number(cell.value):
            self._problem("workbook-number", value=cell.value.strip(_SPACE)[:_LONGEST_SHOWN])
        elif cell.value and cell.kind != "n" and not self._is_of_kind(cell.kind, cell.value):
            self._problem("workbook-cell-unreadable")

    def _is_of_kind(self, kind: str, value: str) -> bool:
        if kind == "s":
            return bool(_WHOLE.match(value)) and int(value) < self.texts
        if kind == "b":
            return value in ("0", "1")
        return kind != "d" or _is_date(value)

    def _formula(self, cell: _Raw) -> str:
        """The text of a formula; that of a copied one for its own cell, where that can be done."""
        text, shared = cell.formula or "", cell.shared
        if shared is None:
            return text
        if shared not in self._masters:
            self._masters[shared] = text, self.place()
            return text
        if text:
            return text
        first = self._masters[shared][0]
        self.output.translated += len(first)
        if self.output.translated > _MOST_TRANSLATED:
            return first
        with contextlib.suppress(Exception):  # the text of the first formula does as well
            return self._translated(shared)
        return first

    def _translated(self, shared: str) -> str:
        from openpyxl.formula.translate import Translator

        if shared not in self._translators:
            text, origin = self._masters[shared]
            self._translators[shared] = Translator(f"={text}", origin)
        translated: str = self._translators[shared].translate_formula(self.place())
        return translated[1:]

    def _merged(self, reference: str) -> None:
        corner = reference.rpartition(":")[2]
        row, column = _row_and_column(corner)
        limits = self.output.limits
        if row > limits["rows"] or column > limits["columns"]:
            params = {"rows": limits["rows"], "column": _letters(limits["columns"])}
            self.output.problem("workbook-merged-range", self.title, reference[:30], **params)


_KINDS = ("n", "s", "str", "b", "e", "d", "inlineStr")


def _refused(*_: object) -> NoReturn:
    raise _Odd


def _row_and_column(place: str) -> tuple[int, int]:
    found = _PLACE.match(place)
    if not found:
        raise _Odd
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    if column > _LAST_COLUMN or int(found[2]) > _LAST_ROW:
        raise _Odd
    return int(found[2]), column


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _is_number(text: str) -> bool:
    """Whether a text is a finite number as a workbook writes it: Python itself takes more."""
    text = text.strip(_SPACE)
    return len(text) <= _LONGEST_NUMBER and bool(_NUMBER.match(text)) and math.isfinite(float(text))


def _is_date(text: str) -> bool:
    """Whether a text is a date, a moment or a time of day: openpyxl only looks at its start."""
    found = _DATE.match(text)
    if not found:
        return False
    day, hour = found.groups()
    try:
        datetime.date.fromisoformat(day or "2000-01-01")
        datetime.time.fromisoformat(hour or "00:00")
    except ValueError:
        return False
    return bool(day or hour)


# --- The values ---------------------------------------------------------------------------------


def _values(sheet: Any, scan: _Scan, output: _Output) -> None:
    """Write the rows of a sheet."""
    from openpyxl.cell.read_only import EMPTY_CELL

    output.line("sheet", scan.title)
    if not scan.rows:
        return
    rows: Iterator[Any] = sheet.iter_rows(1, scan.rows, 1, scan.columns)
    for number, row in enumerate(rows, 1):
        cells = [
            found
            for cell in row
            if cell is not EMPTY_CELL and (found := _item(cell, scan, output)) is not None
        ]
        if cells:
            output.line("row", number, cells)
        if number == scan.rows:
            return


def _item(cell: Any, scan: _Scan, output: _Output) -> list[object] | None:
    """A cell as it goes back; None where it is empty."""
    formula = scan.formulas.get((cell.row, cell.column))
    value = cell.value
    if value is None and formula is not None and formula.is_empty_text:
        value = ""
    if value is None and formula is None:
        return None
    kind, plain = _plain(value, is_error=cell.data_type == "e")
    if isinstance(plain, str):
        longest = output.limits["text_of_a_cell"]
        if len(plain) > longest:
            place = f"{_letters(cell.column)}{cell.row}"
            output.problem("workbook-text-too-long", scan.title, place, max_length=longest)
            return None
        output.count_text(plain)
    if formula is None:
        return [cell.column, kind, plain]
    output.count_text(formula.text)
    return [cell.column, kind, plain, formula.text]


def _plain(value: Any, is_error: bool) -> tuple[str, object]:
    """The kind of a value and the value as JSON can hold it."""
    if is_error:
        return "error", str(value)
    for kind, known, plain in _FORMS:
        if isinstance(value, known):
            return kind, plain(value)
    raise _Odd


def _day(value: datetime.datetime) -> str:
    return value.isoformat()


_FORMS: tuple[tuple[str, type, Callable[[Any], object]], ...] = (
    ("", type(None), lambda _: None),
    ("text", str, str),
    ("bool", bool, bool),  # before the numbers, of which it is one in Python
    ("number", int, float),
    ("number", float, float),
    ("moment", datetime.datetime, _day),
    ("date", datetime.date, _day),
    ("time", datetime.time, _day),
    ("number", datetime.timedelta, lambda value: value / datetime.timedelta(days=1)),
)


# --- The process --------------------------------------------------------------------------------


def _confine(limits: dict[str, int]) -> None:
    """Set how much memory and time this process may use, where the system knows such limits."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))


def _load(data: bytes) -> Any:
    """Open the workbook with openpyxl; what openpyxl only uses where it happens to be is absent."""
    sys.modules.update(dict.fromkeys(("numpy", "PIL", "lxml")))  # type: ignore[arg-type]
    os.environ["OPENPYXL_DEFUSEDXML"] = "True"
    import openpyxl
    from openpyxl.xml import DEFUSEDXML

    if DEFUSEDXML is not True:
        return None
    return openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )


def _read(data: bytes, output: _Output, unwanted: Container[str]) -> str:
    """Write what is in the workbook; how it ended.

    Sheets whose contents are not wanted are checked like all others.
    """
    book = _load(data)
    if book is None:
        return "unsafe"
    sheets = book.worksheets
    titles = [sheet.title for sheet in sheets]
    if len(sheets) > output.limits["sheets"]:
        output.problem("workbook-too-many-sheets", count=output.limits["sheets"])
        return "done"
    if len({title.casefold() for title in titles}) < len(titles):
        output.problem("workbook-duplicate-sheets")
        return "done"
    scans = []
    for sheet in sheets:
        # openpyxl does not say otherwise which part a sheet is, and it has to be the same one.
        part, texts = vars(sheet)["_worksheet_path"], vars(sheet)["_shared_strings"]
        scan = _Scan(sheet.title, len(texts), output, sheet.title not in unwanted)
        with vars(book)["_archive"].open(part) as stream, _reporting(scan):
            scan.read(stream)
        scans.append(scan)
    if output.problems:
        return "done"
    for sheet, scan in zip(sheets, scans, strict=True):
        if scan.is_wanted:
            with _reporting(scan):
                _values(sheet, scan, output)
    return "done"


@contextlib.contextmanager
def _reporting(scan: _Scan) -> Iterator[None]:
    """Go on with the next sheet when this one cannot be read."""
    try:
        yield
    except _Enough as enough:
        if enough.is_all:
            raise
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  openpyxl raises many kinds
        if "out of memory" in str(error):
            raise MemoryError from None
        scan.output.problem("workbook-sheet-unreadable", scan.title, near=scan.place())


def main() -> None:
    """Read the limits and the workbook from standard input, and answer on standard output."""
    gc.disable()  # nothing here refers to itself, and a short life needs no cleaning
    warnings.simplefilter("ignore")
    question = json.loads(sys.stdin.buffer.readline())
    limits = question["limits"]
    _confine(limits)
    output, outcome = _Output(limits), "unreadable"
    try:
        outcome = _read(sys.stdin.buffer.read(), output, question["unwanted"])
    except _Enough:
        outcome = "done"
    except MemoryError:
        outcome = "memory"
    except Exception as error:  # noqa: BLE001  openpyxl raises many kinds
        outcome = "memory" if "out of memory" in str(error) else "unreadable"
    output.line("end", outcome)


if __name__ == "__main__":
    main()
