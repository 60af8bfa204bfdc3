"""A workbook of a case, or a blank one: the questions, and the live answer to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.intake.workbook.assessments import with_assessors
from impactmonitor.intake.workbook.calculate import Calculator, Key, Scalar, UnknownFormula
from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.intake.workbook.filling import fill, nothing_yet
from impactmonitor.intake.workbook.layout import TABLES, WHAT_IF, Layout, SheetId
from impactmonitor.intake.workbook.measured import MEASURED, SPARE_ROWS
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain
from impactmonitor.model.figures import figures, parameter_ranges
from impactmonitor.model.numbers import Range
from impactmonitor.report.workbook.assessment_beside import write_beside
from impactmonitor.report.workbook.assessment_form import AssessmentForm, write_forms
from impactmonitor.report.workbook.assessment_rows import assessed_of
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.calculation import (
    Sheet,
    write_constants,
    write_discounting,
    write_numbers,
    write_own_indices,
    write_years,
)
from impactmonitor.report.workbook.computed import Computed
from impactmonitor.report.workbook.expected import write_expected
from impactmonitor.report.workbook.flows import reserve_flows, write_amounts, write_effects
from impactmonitor.report.workbook.keeping import Keeping, Retentions, retentions_of
from impactmonitor.report.workbook.legs import fill_legs, rows_of_lending
from impactmonitor.report.workbook.listing import ListWriter
from impactmonitor.report.workbook.offering import Chosen, Offering
from impactmonitor.report.workbook.offers import offers_of
from impactmonitor.report.workbook.outcome import Outcome
from impactmonitor.report.workbook.questions import Questions
from impactmonitor.report.workbook.saving import Values
from impactmonitor.report.workbook.scores_asked import Asked, asked_of
from impactmonitor.report.workbook.sharing import Sharing, write_moments
from impactmonitor.report.workbook.suggesting import write_suggestions

USUAL_CURRENCY = "EUR"
BLANK_YEARS = 120
"""Two times sixty: what happens after a horizon of sixty years can be shown as well."""

_BEARERS_OF_EACH = 2


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
    forms : Mapping of str to AssessmentForm
        Where the answers of each assessor stand, by sheet.
    """

    book: Book
    outcome: Outcome
    values: Values
    forms: Mapping[SheetId, AssessmentForm]


def workbook(
    case: Case,
    catalogue: Catalogue,
    language: Language,
    years: int,
    computed: Computed | None = None,
    effects: int = 0,
    chosen: Chosen | None = None,
    further: Sequence[Asked] = (),
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
    computed : Computed or None
        What the engine found: formulas alone cannot find everything.
    effects : int
        Rows for effects, at least; there are always 40, and as many as the case has.
    chosen : tuple of str, optional
        Ids of a topic and one of its target groups, to suggest effects for in the free rows.
    further : sequence of Asked
        Frameworks to ask about which the case does not answer yet.
    """
    asked = (
        () if computed is None
        else asked_of(computed.scores, computed.frameworks, catalogue, language)
    )  # fmt: skip
    asked = (*asked, *further)
    assessed = with_assessors(assessed_of(asked), plain(case).get("scores", {}))
    filled = fill(case, language, assessed)
    fill_legs(filled, case, language)
    layout = Layout(language, _rows(filled, effects), years, assessed)
    book = Book(layout)
    editions = [e.unit_value for e in case.effects.values() if isinstance(e.unit_value, str)]
    writer = ListWriter(book, catalogue, editions, followed_in(case))
    offering = Offering(writer, offers_of(catalogue, language), chosen)
    perspectives = len(case.perspectives)
    return _written(
        book, offering, filled, allowed_ranges(case, filled), perspectives, computed,
        retentions_of(case), case, asked,
    )  # fmt: skip


def blank_workbook(
    catalogue: Catalogue,
    language: Language,
    years: int = BLANK_YEARS,
    effects: int = 0,
    chosen: Chosen | None = None,
    asked: Sequence[Asked] = (),
) -> Written:
    """A workbook in which somebody still has to fill in a case.

    Parameters
    ----------
    catalogue : Catalogue
        What is offered to choose from.
    language : {"nl", "en"}
        Of all words.
    years : int
        Years that have a column: the longest horizon, and what comes after it.
    effects : int
        Rows for effects, at least; there are always 40.
    chosen : tuple of str, optional
        As for :func:`workbook`.
    asked : sequence of Asked
        Frameworks to ask about.
    """
    scheme = catalogue.default_scheme(USUAL_CURRENCY) or ""
    layout = Layout(language, _rows(Filled(), effects), years, assessed_of(asked))
    filled = nothing_yet(layout, USUAL_CURRENCY, scheme)
    book = Book(layout)
    writer = ListWriter(book, catalogue, ())
    offering = Offering(writer, offers_of(catalogue, language), chosen)
    return _written(book, offering, filled, {}, 0, None, asked=asked)


def _rows(filled: Filled, effects: int) -> dict[str, int]:
    """How many rows each table gets; with more effects come more rows about them."""
    rows = {t.id: max(t.rows, len(filled.tables[t.id])) for t in TABLES}
    measured = len(filled.tables[MEASURED])
    rows[MEASURED] = max(rows[MEASURED], measured + SPARE_ROWS) if measured else rows[MEASURED]
    more = max(0, effects - rows["effects"])
    return rows | {
        "effects": rows["effects"] + more,
        "bearers": rows["bearers"] + _BEARERS_OF_EACH * more,
        "factors": rows["factors"] + more,
    }


def _written(
    book: Book,
    offering: Offering,
    filled: Filled,
    allowed: Mapping[int, Range],
    perspectives: int,
    computed: Computed | None,
    retentions: Retentions | None = None,
    case: Case | None = None,
    asked: Sequence[Asked] = (),
) -> Written:
    """The live calculation around what is filled in."""
    Questions(book, offering.lists, filled)
    write_suggestions(book, offering, filled)
    forms = write_forms(book, asked, filled)
    beside = write_beside(book, asked)
    sheet = Sheet(book, offering.lists)
    write_constants(sheet, WHAT_IF)
    write_years(sheet)
    write_own_indices(sheet)
    write_numbers(sheet)
    write_discounting(sheet)
    write_expected(sheet, allowed)
    reserve_flows(sheet)
    keeping = Keeping(sheet, retentions) if retentions else None
    for table in ("costs", "transfers"):
        write_amounts(sheet, table)
    write_effects(sheet)
    sharing = Sharing(sheet, perspectives, keeping)
    write_moments(sheet)
    lent = () if case is None else rows_of_lending(case, filled)
    outcome = Outcome(sheet, sharing, computed, lent, asked, beside)
    if case is not None:
        outcome.name_cards(case)
    if case is not None and case.instruments:
        outcome.show_instruments(case, filled)
    names = {
        n: (book.layout.sheet_name(at.sheet), at.row, at.column) for n, at in book.names.items()
    }
    calculator = Calculator(book.constants(), book.formulas(), names)
    return Written(book, outcome, _values(calculator, book.formulas()), forms)


def _values(calculator: Calculator, formulas: Iterable[Key]) -> Values:
    """The values of the formulas, without those on which spreadsheets differ.

    Only extreme figures lead there, such as a growth of -99.9 % for a century. A workbook without
    one of its values is still a workbook: spreadsheets calculate it when they open it.
    """
    try:
        return calculator.all_values()
    except UnknownFormula:
        found = ((key, _value(calculator, key)) for key in formulas)
        return {key: value for key, value in found if value is not None}


def _value(calculator: Calculator, key: Key) -> Scalar:
    try:
        return calculator.value(key)
    except UnknownFormula:
        return None


def followed_in(case: Case) -> list[str]:
    """The indicators that a case follows, by id, as the lists of its workbook offer them first."""
    plans = case.monitoring.indicators if case.monitoring else {}
    return list(dict.fromkeys([*plans, *(r.indicator for r in case.measurements if r.indicator)]))


def allowed_ranges(case: Case, filled: Filled) -> dict[int, Range]:
    """What the place of each uncertain number allows, by its row."""
    allowed = {place.path: place.allowed for place in figures(case)}
    allowed |= {f"parameters.{n}.value": r for n, r in parameter_ranges(case).items()}
    rows = enumerate(filled.tables["uncertain"])
    return {i: allowed.get(str(row.get("path")), Range()) for i, row in rows}
