"""A workbook of a case, or a blank one: the questions, and the live answer to them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.intake.workbook.filling import fill
from impactmonitor.intake.workbook.layout import TABLES, Layout
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.figures import figures, parameter_ranges
from impactmonitor.model.numbers import Range
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.calculation import (
    Sheet,
    write_constants,
    write_discounting,
    write_own_indices,
    write_years,
)
from impactmonitor.report.workbook.expected import write_expected
from impactmonitor.report.workbook.flows import write_amounts, write_effects
from impactmonitor.report.workbook.listing import ListWriter
from impactmonitor.report.workbook.outcome import Outcome, what_if_cells
from impactmonitor.report.workbook.questions import Questions
from impactmonitor.report.workbook.saving import Values
from impactmonitor.report.workbook.sharing import Sharing, write_moments


@dataclass(frozen=True)
class Written:
    """A workbook with the value of every formula.

    Attributes
    ----------
    book : Book
        Its cells.
    outcome : Outcome
        Where the results stand.
    values : Mapping
        By sheet title, row and column.
    """

    book: Book
    outcome: Outcome
    values: Values


def workbook(
    case: Case, catalogue: Catalogue, language: Language, years: int, rate: float | None = None
) -> Written:
    """The workbook of a case.

    Parameters
    ----------
    case : Case
        What is filled in.
    catalogue : Catalogue
        What is offered to choose from.
    language : {"nl", "en"}
        Of all words.
    years : int
        Years that have a column.
    rate : float or None
        The internal rate of return that the engine found: formulas alone cannot find it where
        the flows change sign more than once.
    """
    filled = fill(case, language)
    rows = {t.id: max(t.rows, len(filled.tables[t.id])) for t in TABLES}
    book = Book(Layout(language, rows, years))
    editions = [e.unit_value for e in case.effects.values() if isinstance(e.unit_value, str)]
    lists = ListWriter(book, catalogue, editions).lists
    Questions(book, lists, filled)
    sheet = Sheet(book, lists)
    write_constants(sheet, what_if_cells())
    write_years(sheet)
    write_own_indices(sheet)
    write_discounting(sheet)
    write_expected(sheet, allowed_ranges(case, filled))
    for table in ("costs", "transfers"):
        write_amounts(sheet, table)
    write_effects(sheet)
    sharing = Sharing(sheet, len(case.perspectives))
    write_moments(sheet)
    outcome = Outcome(sheet, sharing)
    if rate is not None:
        book.put(outcome.engine_rate, rate, "number")
        book.put(outcome.engine_guess, math.sqrt(1 + rate) - 1, "number")
    names = {
        n: (book.layout.sheet_name(at.sheet), at.row, at.column) for n, at in book.names.items()
    }
    calculator = Calculator(book.constants(), book.formulas(), names)
    return Written(book, outcome, calculator.all_values())


def allowed_ranges(case: Case, filled: Filled) -> dict[int, Range]:
    """What the place of each uncertain number allows, by its row."""
    allowed = {place.path: place.allowed for place in figures(case)}
    allowed |= {f"parameters.{n}.value": r for n, r in parameter_ranges(case).items()}
    rows = enumerate(filled.tables["uncertain"])
    return {i: allowed.get(str(row.get("path")), Range()) for i, row in rows}
