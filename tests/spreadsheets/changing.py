"""The same change made twice: in a case, and in the cells of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from impactmonitor.intake.workbook.filled import Filled, rows_of
from impactmonitor.intake.workbook.layout import FORMS, TABLE, At, Column
from impactmonitor.intake.workbook.words import word
from impactmonitor.model.case import Case, Variant
from impactmonitor.model.changes import apply_changes
from impactmonitor.report.workbook.book import Book

Changes = Mapping[str, Any]


def changed(case: Case, changes: Changes) -> Case:
    """The case after the changes, without alternatives and scenarios."""
    return apply_changes(case, Variant(changes=dict(changes))).sound()


def type_over(book: Book, filled: Filled, changes: Changes) -> None:
    """Type other answers in the cells, as a reader of the workbook would."""
    for path, value in changes.items():
        written = list(_cells(book, filled, path, value))
        assert written, f"no cell for {path}"
        for at, content in written:
            cell = book.pages[at.sheet].cells[at.row, at.column]
            assert cell.style.startswith(("input", "link")), f"{at} is no cell for an answer"
            cell.value, cell.formula = content, None


def _cells(book: Book, filled: Filled, path: str, value: Any) -> Iterator[tuple[At, Any]]:
    layout = book.layout
    if isinstance(value, dict):
        full = f"{path}.value" if _is_parameter(path) else path
        index = _row(filled, "uncertain", path=full)
        for row in rows_of(value)[1]:
            for key, figure in row.items():
                yield layout.cell("uncertain", key, index), figure
        return
    for sheet, fields in FORMS.items():
        for field in fields:
            if field.key == path:
                yield layout.field(sheet, field.key), _content(book, field, value)
                return
    section, name, key, *rest = (
        f"{path}.value".split(".") if _is_parameter(path) else path.split(".")
    )
    table, index, column = section, -1, key
    if key in {"falls_to", "taken_from", "paid_by"} and rest:
        table, column = "bearers", "share"
        index = _row(filled, "bearers", line=name, actor=rest[0], role=key)
    elif key in {"falls_to", "taken_from"}:
        table, column = "bearers", "actor"
        index = _row(filled, "bearers", line=name, role=key)
    elif key in {"cashable", "confirmation"}:
        table = "bearers"
        whose = {"actor": rest[0]} if rest else {"role": "all"}
        index = _row(filled, "bearers", line=name, **whose)
    elif rest:
        table, column = "by_year", "number"
        index = _row(filled, "by_year", line=name, field=key, year=int(rest[0]))
    else:
        index = _row(filled, section, code=name)
    found = next(c for c in TABLE[table].columns if c.key == column)
    yield layout.cell(table, column, index), _content(book, found, value)


def _is_parameter(path: str) -> bool:
    """Whether a path names a parameter, and by that its value."""
    return path.startswith("parameters.") and path.count(".") == 1


def _row(filled: Filled, table: str, **contents: Any) -> int:
    """The row that has these contents."""
    rows = filled.tables[table]
    return next(i for i, row in enumerate(rows) if contents.items() <= row.items())


def _content(book: Book, column: Column, value: Any) -> Any:
    """A value as a reader types it: in words where there is a list of them."""
    language = book.layout.language
    if isinstance(value, bool):
        return word("flag", "yes" if value else "no", language)
    if column.kind == "choice" and value is not None:
        return word(column.list, value, language)
    return value
