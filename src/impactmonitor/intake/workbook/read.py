"""From the cells of a case workbook to the tree of the case, with the cell of every mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from impactmonitor.intake.workbook.answers import Refused, answer
from impactmonitor.intake.workbook.assessing import read_from_a_cell
from impactmonitor.intake.workbook.assessments import standing_of
from impactmonitor.intake.workbook.cells import Content as Cell
from impactmonitor.intake.workbook.cells import Sheets, read_cells
from impactmonitor.intake.workbook.filled import Content, Filled, Link, Row
from impactmonitor.intake.workbook.heads import changed, fingerprint, heads, label
from impactmonitor.intake.workbook.layout import (
    ASSESSED_AT,
    ASSESSMENT,
    ASSESSOR,
    FORM_COLUMN,
    FORM_TOP,
    FORMS,
    HEADS_AT,
    LISTS_TOP,
    PLAIN_WHAT_IF,
    SHEETS,
    SIGNATURE_AT,
    TABLE,
    TABLES,
    VERSION,
    WHAT_IF,
    At,
    Column,
    Layout,
    SheetId,
    Spot,
    letters,
    signed,
)
from impactmonitor.intake.workbook.suggested import AREA, CHOSEN, STATUS, is_waiting
from impactmonitor.intake.workbook.suggested import SHEET as SUGGESTING
from impactmonitor.intake.workbook.unfilling import Unfilled, tree_of
from impactmonitor.intake.workbook.words import LABELLED
from impactmonitor.messages import LANGUAGES
from impactmonitor.plain import Document
from impactmonitor.problems import InvalidInput, Problem

_ADDRESS = re.compile(r"(?:'((?:[^']|'')+)'!|([^'!]+)!)?\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_INPUT_SHEETS: tuple[SheetId, ...] = tuple(
    dict.fromkeys([*FORMS, *(c.sheet or t.sheet for t in TABLES for c in t.columns)])
)
_NOT_READ = frozenset(
    Layout(language).sheet_name(sheet)
    for language in LANGUAGES
    for sheet in SHEETS
    if sheet not in {*_INPUT_SHEETS, "results"}  # which has the what-if numbers
)


@dataclass(frozen=True)
class WorkbookDocument(Document):
    """A tree that was filled in in a workbook.

    Attributes
    ----------
    layout : Layout
        Of the workbook.
    spots : Mapping of str to Spot
        Where the field at each path was filled in.
    """

    layout: Layout = field(default_factory=Layout)
    spots: Mapping[str, Spot] = field(default_factory=dict)

    def located(self, problem: Problem) -> Problem:
        """The problem with the sheet and the cell that it is about, in the words of the sheet."""
        if problem.sheet is not None:
            return problem
        path = problem.path
        while path and path not in self.spots:
            path = path.rpartition(".")[0]
        spot = self.spots.get(path)
        if spot is None:
            return problem
        if problem.code == "missing-field":
            name = label(self.layout, spot) if path == problem.path else problem.params["field"]
            problem = Problem("workbook-unanswered", problem.path, {"question": name})
        return _at(self.layout, self.layout.at(spot), problem)


def read_workbook(path: Path) -> WorkbookDocument:
    """Read what is filled in in a case workbook.

    Parameters
    ----------
    path : Path
        An .xlsx file that this package once wrote, in either language.

    Returns
    -------
    WorkbookDocument
        The tree, not yet checked against the model; and everything in cells that can be no part
        of any tree, each with its sheet and cell.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        If it is no safe workbook, none of ours, or one whose questions no longer stand where
        they stood.
    """
    sheets = read_cells(path, _NOT_READ)
    layout = _layout(sheets)
    reader = _Reader(sheets, layout)
    unfilled = tree_of(reader.filled, layout.language, layout.assessed)
    paths = {spot: path for path, spot in reversed(unfilled.spots.items())}
    problems = [
        replace(problem, path=paths.get(spot, "")) for spot, problem in reader.refused.items()
    ]
    problems += _findings(unfilled, layout, paths)
    problems += reader.warnings
    return WorkbookDocument(unfilled.tree, tuple(problems), layout=layout, spots=unfilled.spots)


def _layout(sheets: Sheets) -> Layout:
    """The layout that a workbook says it has, when its questions stand where it puts them."""
    names = {Layout(language).sheet_name("lists"): language for language in LANGUAGES}
    title = next((name for name in names if name in sheets), None)
    cell = sheets[title].get(SIGNATURE_AT[1:]) if title is not None else None
    layout = signed(str(cell.value)) if cell is not None else None
    if layout is None:
        raise InvalidInput([Problem("workbook-not-a-case", sheet=title)])
    if isinstance(layout, int):
        params = {"version": layout, "known": VERSION}
        raise InvalidInput([Problem("workbook-version", sheet=title, params=params)])
    layout = _with_frameworks(layout, sheets[str(title)].get(ASSESSED_AT[1:]))
    if layout is None:
        raise InvalidInput([Problem("workbook-not-a-case", sheet=title)])
    asked = {*_INPUT_SHEETS, *layout.forms}
    absent = [n for s, n in layout.sheet_names.items() if s in asked and n not in sheets]
    if absent:
        raise InvalidInput(
            [Problem("workbook-sheet-missing", params={"sheet": name}) for name in absent]
        )

    def text_at(at: At) -> str:
        found = sheets[layout.sheet_name(at.sheet)].get(at[1:])
        return "" if found is None or found.value is None else str(found.value)

    written = sheets[layout.sheet_name("lists")].get(HEADS_AT[1:])
    moved = changed(str(written.value) if written else "", fingerprint(layout, text_at))
    if moved:
        raise InvalidInput([_moved(layout, sheet, text_at) for sheet in moved])
    return layout


def _with_frameworks(layout: Layout, written: Cell | None) -> Layout | None:
    """The layout with the frameworks that a workbook asks about; None where nobody can tell."""
    text = "" if written is None or written.value is None else str(written.value)
    assessed = read_from_a_cell(text)
    return None if assessed is None else replace(layout, assessed=assessed)


def _moved(layout: Layout, sheet: str, text_at: Any) -> Problem:
    """Which question of a sheet is the first that is not where it was."""
    for at, text in heads(layout).items():
        if at.sheet == sheet and text_at(at) != text:
            problem = Problem("workbook-heads-moved", params={"head": text})
            return _at(layout, at, problem)
    return Problem("workbook-heads-changed", sheet=layout.sheet_name(sheet))


def _at(layout: Layout, at: At, problem: Problem) -> Problem:
    return replace(problem, sheet=layout.sheet_name(at.sheet), cell=f"{letters(at.column)}{at.row}")


def _findings(unfilled: Unfilled, layout: Layout, paths: Mapping[Spot, str]) -> Iterator[Problem]:
    for finding in unfilled.findings:
        problem = Problem(
            finding.code, paths.get(finding.spot, ""), finding.params, finding.severity
        )
        yield _at(layout, layout.at(finding.spot), problem)
    for spot in unfilled.unknown:
        params = {"question": label(layout, spot)}
        problem = Problem("workbook-answer-unknown", paths.get(spot, ""), params, "warning")
        yield _at(layout, layout.at(spot), problem)


class _Reader:
    """Takes the answers out of the cells; its results stand in ``filled``."""

    def __init__(self, sheets: Sheets, layout: Layout) -> None:
        self.layout = layout
        self.sheets: dict[SheetId, dict[tuple[int, int], Cell]] = {
            sheet: sheets.get(name, {}) for sheet, name in layout.sheet_names.items()
        }
        self.names = {name.lower(): sheet for sheet, name in layout.sheet_names.items()}
        self.filled = Filled()
        self.refused: dict[Spot, Problem] = {}
        self.warnings: list[Problem] = []
        self.used: set[At] = set()
        self.links = self._links()
        self.codes = self._codes()
        topic, status = (self.sheets[SUGGESTING].get(a[1:]) for a in (CHOSEN["topic"], STATUS))
        is_chosen = topic is not None and topic.value is not None
        # what a choice fills in has no value either in a file that was never calculated
        self.may_wait = not is_chosen or (status is not None and status.value is not None)
        for column, at in layout.fields():
            self.filled.forms[at.sheet, column.key] = self._answer(
                at, Spot(at.sheet, column.key), column
            )
        for table in TABLES:
            self.filled.tables[table.id] = self._table(table.id)
        for sheet, asked in layout.forms.items():
            self._assessor(sheet, len(asked.questions))
        self._outside()
        self._what_if()
        for name in sheets:
            if name.lower() not in self.names:
                self.warnings.append(
                    Problem("workbook-other-sheet", sheet=name, severity="warning")
                )

    def _links(self) -> dict[At, Link]:
        """The cells that another cell can take its number from."""
        layout = self.layout
        found = {layout.field("people", "reached"): Link("reached")}
        for i in range(layout.rows["parameters"]):
            found[layout.cell("parameters", "value", i)] = Link("parameters", i)
        for i in range(layout.rows["uncertain"]):
            found[layout.expected(i)] = Link("uncertain", i)
        return found

    def _codes(self) -> dict[tuple[str, str], str]:
        """What entries of the catalogue are called in this workbook: by list and label."""
        cells = self.sheets["lists"]
        columns = {
            str(cell.value): column for (row, column), cell in cells.items() if row == LISTS_TOP
        }
        found: dict[tuple[str, str], str] = {}
        for of in LABELLED:
            name, label = (columns.get(f"{of}.{key}") for key in ("code", "label"))
            for (row, column), cell in cells.items():
                code = cells.get((row, name)) if name is not None else None
                if column == label and row > LISTS_TOP and code is not None:
                    found[of, str(cell.value).lower()] = str(code.value)
        return found

    def _table(self, table: str) -> list[Row]:
        rows: list[Row] = []
        columns = TABLE[table].columns
        for i in range(self.layout.rows[table]):
            row: Row = {}
            for column in columns:
                at = self.layout.cell(table, column.key, i)
                content = self._answer(at, Spot(table, column.key, i), column)
                if content is not None:
                    row[column.key] = content
            rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def _assessor(self, sheet: SheetId, questions: int) -> None:
        """Everything that an assessor filled in."""
        spot = Spot(sheet, ASSESSOR.key)
        name = self._answer(self.layout.at(spot), spot, ASSESSOR)
        self.filled.forms[sheet, ASSESSOR.key] = name
        rows: list[Row] = [{} for _ in range(questions)]
        for index, row in enumerate(rows):
            for column in ASSESSMENT:
                spot = Spot(sheet, column.key, index)
                content = self._answer(self.layout.at(spot), spot, column)
                if content is not None:
                    row[column.key] = standing_of(content) if column.key == "answer" else content
        self.filled.answers[sheet] = rows

    def _answer(self, at: At, spot: Spot, column: Column) -> Content:
        found = self.sheets[at.sheet].get(at[1:])
        self.used.add(at)
        if found is None:
            return None
        if self.may_wait and is_waiting(found, self.layout.sheet_name("lists")):
            return None
        if found.formula is not None and column.kind in {"number", "price"}:
            link = self._link(found.formula, at.sheet)
            if link is not None:
                return link
        try:
            content = answer(found, column, self.layout.language)
        except Refused as refused:
            self.refused[spot] = _at(self.layout, at, refused.problem)
            return None
        if column.list == "subjects" and isinstance(content, str):
            return self.codes.get(("indicators", content.lower()), content)
        if column.list in LABELLED and isinstance(content, str):
            return self.codes.get((column.list, content.lower()), content)
        return content

    def _link(self, formula: str, here: SheetId) -> Link | None:
        """What a formula takes its number from, when it does no more than that."""
        found = _ADDRESS.fullmatch(formula.strip().lstrip("=+"))
        if found is None:
            return None
        quoted, plain, column, row = found.groups()
        name = quoted.replace("''", "'") if quoted else plain
        sheet = self.names.get(name.lower()) if name else here
        if sheet is None:
            return None
        return self.links.get(At(sheet, int(row), _number_of(column)))

    # what stands where nothing is read ----------------------------------------------------------

    def _outside(self) -> None:
        """Everything on the sheets of questions that is neither ours nor an answer."""
        ours = self._own_areas()
        for sheet in _INPUT_SHEETS:
            if sheet == "lists":
                continue
            for (row, column), cell in self.sheets[sheet].items():
                at = At(sheet, row, column)
                if (cell.value is None and cell.error is None) or at in self.used:
                    continue
                if not any(top <= row <= bottom and left <= column <= right
                           for top, left, bottom, right in ours[sheet]):  # fmt: skip
                    problem = Problem("workbook-outside", params={"value": _text(cell)})
                    self.refused[Spot(sheet, f"{row},{column}")] = _at(self.layout, at, problem)

    def _own_areas(self) -> dict[SheetId, list[tuple[int, int, int, int]]]:
        """Where titles, questions, heads and names of rows stand: top, left, bottom, right."""
        layout = self.layout
        found: dict[SheetId, list[tuple[int, int, int, int]]] = {}
        for sheet in _INPUT_SHEETS:
            form = FORMS.get(sheet, ())
            bottom = FORM_TOP + len(form) - 1
            areas = [(1, 1, FORM_TOP - 1, FORM_COLUMN + 1)]
            if form:
                areas += [(FORM_TOP, 1, bottom, FORM_COLUMN - 1),
                          (FORM_TOP, FORM_COLUMN + 1, bottom, FORM_COLUMN + 1)]  # fmt: skip
            found[sheet] = areas
        for table in TABLES:
            for sheet in dict.fromkeys(c.sheet or table.sheet for c in table.columns):
                head = layout.head(table.id, sheet)
                last = head.column + len(layout.columns_on(table, sheet))
                found[sheet].append((head.row - 3, 1, head.row, last))
                if sheet != table.sheet:
                    found[sheet].append((head.row, 1, head.row + layout.rows[table.id], 2))
        first, end = layout.expected(0), layout.expected(layout.rows["uncertain"] - 1)
        found[SUGGESTING].append(AREA)
        # beside the expected value: between which bounds it was taken
        found["certainty"].append((first.row - 2, first.column, end.row, end.column + 2))
        return found

    def _what_if(self) -> None:
        """A reader of the results may have forgotten to put back a what-if number."""
        for name, at in WHAT_IF.items():
            cell = self.sheets[at.sheet].get(at[1:])
            if cell is not None and cell.value not in {None, PLAIN_WHAT_IF[name]}:
                problem = Problem("workbook-what-if", severity="warning")
                self.warnings.append(_at(self.layout, at, problem))


def _number_of(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def _text(cell: Cell) -> str:
    from impactmonitor.model.validation import shown

    return shown(cell.error or cell.value)
