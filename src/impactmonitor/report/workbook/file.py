"""Whole workbooks as the bytes of a file: of a result, of a case, or blank."""

from __future__ import annotations

from collections.abc import Sequence

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.workbook.cells import MAX_CELLS, MAX_COLUMNS
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.report.workbook.calculation import FIRST_YEAR
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.offering import Chosen
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.scores_asked import Asked
from impactmonitor.report.workbook.writing import (
    BLANK_YEARS,
    Written,
    blank_workbook,
    workbook,
)
from impactmonitor.uncertainty.results import Simulation

_SERIES_OF_AN_EFFECT = 5
"""Rows of the calculation with a cell for each year."""


def workbook_of(
    evaluation: Evaluation,
    catalogue: Catalogue,
    language: Language,
    years: int = 0,
    effects: int = 0,
    simulation: Simulation | None = None,
    chosen: Chosen | None = None,
    further: Sequence[Asked] = (),
) -> bytes:
    """The workbook of a case, with its live calculation and what the engine found.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    catalogue : Catalogue
        What it was evaluated with, and what is offered to choose from.
    language : {"nl", "en"}
        Of all words.
    years : int
        Years that have a column, at least; always up to the horizon and the last flow.
    effects : int
        Rows for effects, at least.
    simulation : Simulation, optional
        The simulation of that result, for the sheet of what is computed and not live.
    chosen : tuple of str, optional
        Ids of a topic and one of its target groups, to suggest effects for in the free rows.
    further : sequence of Asked
        Frameworks to ask about which the case does not answer yet.

    Returns
    -------
    bytes
        An .xlsx file.

    Raises
    ------
    InvalidInput
        ``workbook-too-big``: more years and lines than a reader takes back.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case, load_catalogue
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> workbook_of(evaluate(case), load_catalogue(), "en")[:2]
    b'PK'
    """
    case = evaluation.case
    columns = max(years, evaluation.appraised.compiled.program.years, case.horizon)
    _refuse_too_big(columns, max(effects, len(case.effects)))
    computed = computed_of(evaluation, simulation)
    written = workbook(case, catalogue, language, columns, computed, effects, chosen, further)
    return _bytes(written, case.id)


def blank_workbook_file(
    catalogue: Catalogue,
    language: Language,
    years: int = BLANK_YEARS,
    effects: int = 0,
    chosen: Chosen | None = None,
    asked: Sequence[Asked] = (),
) -> bytes:
    """A workbook in which somebody still has to fill in a case.

    Parameters
    ----------
    catalogue, language, years, effects, chosen
        As for :func:`workbook_of`; what is offered to choose from.
    asked : sequence of Asked
        Frameworks to ask about.

    Raises
    ------
    InvalidInput
        ``workbook-too-big``.
    """
    _refuse_too_big(years, effects)
    return _bytes(
        blank_workbook(catalogue, language, years, effects, chosen, asked), "impactmonitor"
    )


def _refuse_too_big(years: int, effects: int) -> None:
    """Refuse what is certain to be too big before it is made."""
    if years * effects * _SERIES_OF_AN_EFFECT > MAX_CELLS:
        raise _too_big(years)
    if FIRST_YEAR + 2 * years > MAX_COLUMNS:  # the sheet of the calculation has half years too
        raise _too_big(years)


def _too_big(years: int) -> InvalidInput:
    return InvalidInput([Problem("workbook-too-big", params={"years": years})])


def _bytes(written: Written, title: str) -> bytes:
    pages = written.book.pages.values()
    if sum(len(page.cells) for page in pages) > MAX_CELLS:
        raise _too_big(written.book.layout.years)
    return to_bytes(written.book, written.values, title)
