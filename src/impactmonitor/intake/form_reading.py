"""Read back a form in which measurements were reported, with the cell of every mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from impactmonitor import messages
from impactmonitor.intake.update_form import (
    ANSWERS,
    FORM_SHEETS,
    LESSONS,
    PREFILLED,
    SIGNATURE_AT,
    VERSION,
    FormLayout,
    Row,
    Signature,
    mark_of,
    row_of,
    signed,
)
from impactmonitor.intake.workbook.answers import Refused, answer
from impactmonitor.intake.workbook.cells import Content as Cell
from impactmonitor.intake.workbook.cells import Sheets, read_cells
from impactmonitor.intake.workbook.filled import UNKNOWN, Content
from impactmonitor.intake.workbook.layout import At, Column, letters
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Lesson
from impactmonitor.model.validation import problems_of
from impactmonitor.problems import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, and where its fields stand in the file that it comes from.

    Attributes
    ----------
    record : Measurement
        As it was reported.
    cells : Mapping[str, tuple of str]
        Sheet and cell by field; under an empty name that of the whole record. Empty for a file
        without cells.
    line : int or None
        Line in a text file.
    """

    record: Measurement
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    line: int | None = None

    def located(self, problem: Problem, name: str) -> Problem:
        """A problem about a field of the record, with its place in the file."""
        if self.line is not None:
            return replace(problem, line=self.line)
        place = self.cells.get(name.partition(".")[0], self.cells.get(""))
        return problem if place is None else replace(problem, sheet=place[0], cell=place[1])


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody reported, as far as it could be read.

    Attributes
    ----------
    records : tuple of Placed
        Rows in which something was answered and that have the form of a record.
    problems : tuple of Problem
        What is to be mended, each with its place, and remarks.
    case : str or None
        Id of the case that it says it is about.
    lessons : Mapping[str, Lesson]
        By period.
    language : str or None
        Of the form.
    unanswered : int
        Rows without an answer.
    """

    records: tuple[Placed, ...]
    problems: tuple[Problem, ...] = ()
    case: str | None = None
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    language: str | None = None
    unanswered: int = 0


def read_form(path: Path) -> Reported:
    """Read a form that was filled in.

    Parameters
    ----------
    path : Path
        An .xlsx file that ``impactmonitor update-form`` once wrote, in either language.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is no safe workbook, no form, or one of which the rows are no longer those that
        were asked: ``form-not-a-form``, ``form-version``, ``form-rows-changed``.
    """
    sheets = read_cells(path)
    signature, layout = _signature(sheets)
    return _FormReader(sheets, signature, layout).reported


def _signature(sheets: Sheets) -> tuple[Signature, FormLayout]:
    """What a form says that it is."""
    for language in LANGUAGES:
        layout = FormLayout(language)
        title = layout.sheet_name(SIGNATURE_AT.sheet)
        cell = sheets.get(title, {}).get(SIGNATURE_AT[1:])
        found = signed(str(cell.value)) if cell is not None else None
        if isinstance(found, int):
            params = {"version": found, "known": VERSION}
            raise InvalidInput([Problem("form-version", sheet=title, params=params)])
        if found is not None and found.language == language:
            absent = [n for n in map(layout.sheet_name, FORM_SHEETS) if n not in sheets]
            if absent:
                raise InvalidInput([Problem("workbook-sheet-missing", params={"sheet": n})
                                    for n in absent])  # fmt: skip
            return found, layout
    raise InvalidInput([Problem("form-not-a-form")])


class _FormReader:
    """Takes the answers out of the cells; the result stands in ``reported``."""

    def __init__(self, sheets: Sheets, signature: Signature, layout: FormLayout) -> None:
        self.sheets, self.signature, self.layout = sheets, signature, layout
        self.problems: list[Problem] = []
        self.unanswered = 0
        rows = self._rows()
        records = [one for i, row in enumerate(rows) if (one := self._record(i, row)) is not None]
        lesson = self._lesson()
        self.reported = Reported(
            tuple(records),
            tuple(self.problems),
            signature.case,
            {} if lesson is None else {signature.period: lesson},
            signature.language,
            self.unanswered,
        )

    def _cell(self, at: At) -> Cell | None:
        return self.sheets[self.layout.sheet_name(at.sheet)].get(at[1:])

    def _place(self, at: At) -> tuple[str, str]:
        return self.layout.sheet_name(at.sheet), f"{letters(at.column)}{at.row}"

    def _rows(self) -> list[Row]:
        """What each row is about, once it is sure that they are those that were asked."""
        cells = [self._cell(self.layout.key_at(i)) for i in range(self.signature.rows + 1)]
        keys = [str(cell.value) for cell in cells if cell is not None]
        rows = [row for row in map(row_of, keys) if row is not None]
        is_same = len(rows) == self.signature.rows and mark_of(keys) == self.signature.mark
        if not is_same:
            sheet = self.layout.sheet_name("figures")
            raise InvalidInput([Problem("form-rows-changed", sheet=sheet)])
        return rows

    def _answer(self, at: At, column: Column, path: str) -> tuple[Content, bool]:
        """What stands in a cell, and whether it could be read."""
        cell = self._cell(at)
        if cell is None:
            return None, True
        sheet, name = self._place(at)
        try:
            content = answer(cell, column, self.layout.language)
        except Refused as refused:
            found = refused.problem
            self.problems.append(replace(found, path=path, sheet=sheet, cell=name))
            return None, False
        if content is UNKNOWN:
            question = label_of(column, self.layout)
            params: dict[str, object] = {"question": question}
            self.problems.append(
                Problem("form-answer-unknown", path, params, "warning", sheet=sheet, cell=name)
            )
            return None, True
        return content, True

    def _record(self, index: int, row: Row) -> Placed | None:
        """The record of a row; None where nothing was answered, or it cannot be one."""
        path, tree, is_read = f"rows.{index}", dict[str, Any](), True
        cells = {c.key: self._place(self.layout.answer_at(index, c.key)) for c in ANSWERS}
        for column in ANSWERS:
            at = self.layout.answer_at(index, column.key)
            content, is_fine = self._answer(at, column, f"{path}.{column.key}")
            is_read = is_read and is_fine
            if content is not None:
                tree[column.key] = content
        if is_read and not set(tree) - PREFILLED:
            self.unanswered += 1
            return None
        tree |= row.about
        asked = "value" if row.form == "value" else "numerator"
        places = {**cells, "": cells[asked]}
        try:
            record = Measurement.model_validate(tree)
        except ValidationError as error:
            for problem in problems_of(error, Measurement):
                sheet, name = places.get(problem.path.partition(".")[0], places[""])
                self.problems.append(replace(problem.moved_to(path), sheet=sheet, cell=name))
            return None
        return Placed(record, places) if is_read else None

    def _lesson(self) -> Lesson | None:
        """What went wrong and what was learned; both have to be answered."""
        found: dict[str, str] = {}
        for column in LESSONS:
            at = self.layout.lesson_at(column.key)
            path = f"lessons.{self.signature.period}.{column.key}"
            before = len(self.problems)
            content, _ = self._answer(at, column, path)
            if content is None:
                del self.problems[before:]  # that nobody knows is no answer to these
                sheet, name = self._place(at)
                params: dict[str, object] = {"question": label_of(column, self.layout)}
                self.problems.append(
                    Problem("form-lesson-unanswered", path, params, sheet=sheet, cell=name)
                )
            else:
                found[column.key] = str(content)
        if len(found) < len(LESSONS):
            return None
        try:
            return Lesson.model_validate(found)
        except ValidationError as error:
            for problem in problems_of(error, Lesson):
                sheet, name = self._place(self.layout.lesson_at(problem.path))
                path = f"lessons.{self.signature.period}"
                self.problems.append(replace(problem.moved_to(path), sheet=sheet, cell=name))
            return None


def label_of(column: Column, layout: FormLayout) -> str:
    """What a question is called in a form.

    Examples
    --------
    >>> label_of(LESSONS[1], FormLayout("en"))
    'What was learned?'
    """
    part = "lessons" if column in LESSONS else "answers"
    return messages.text(f"update.form.{part}.{column.key}.label", layout.language)
