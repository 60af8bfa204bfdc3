"""The same change made twice: in a case, and in the cells of its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from impactmonitor.intake.workbook.filled import Filled, rows_of
from impactmonitor.intake.workbook.layout import FORMS, TABLE, At, Column
from impactmonitor.intake.workbook.words import word
from impactmonitor.model.case import Case, Variant
from impactmonitor.model.changes import MEASURED, apply_changes
from impactmonitor.report.workbook.book import Book

Changes = Mapping[str, Any]


def changed(case: Case, changes: Changes) -> Case:
    """The case after the changes, without alternatives and scenarios, with what was measured."""
    found = apply_changes(case, Variant(changes=dict(changes))).sound()
    return found.model_copy(update={name: getattr(case, name) for name in MEASURED})


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
    fields = {f.key: (sheet, f) for sheet, form in FORMS.items() for f in form}
    if isinstance(value, dict):
        full = f"{path}.value" if _is_parameter(path) else path
        index = _row(filled, "uncertain", path=full)
        for row in rows_of(value)[1]:
            for key, figure in row.items():
                yield layout.cell("uncertain", key, index), figure
    elif path in fields:
        sheet, field = fields[path]
        yield layout.field(sheet, field.key), _content(book, field, value)
    else:
        table, key, index = _place(filled, f"{path}.value" if _is_parameter(path) else path)
        column = next(c for c in TABLE[table].columns if c.key == key)
        yield layout.cell(table, key, index), _content(book, column, value)


def _place(filled: Filled, path: str) -> tuple[str, str, int]:
    """The table, the column and the row of an answer."""
    section, name, key, *rest = path.split(".")
    if key in {"cashable", "confirmation"}:
        whose = {"actor": rest[0]} if rest else {"role": "all"}
        return "bearers", key, _row(filled, "bearers", line=name, **whose)
    if key in {"falls_to", "taken_from", "paid_by"} and rest:
        return "bearers", "share", _row(filled, "bearers", line=name, role=key, actor=rest[0])
    if key in {"falls_to", "taken_from"}:
        return "bearers", "actor", _row(filled, "bearers", line=name, role=key)
    if rest:
        index = _row(filled, "by_year", line=name, field=key, year=int(rest[0]))
        return "by_year", "number", index
    return section, key, _row(filled, section, code=name)


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
