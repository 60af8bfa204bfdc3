"""A comparison as a workbook to hand in: tables that add up live, a picture, every change."""

from __future__ import annotations

from impactmonitor.messages import Language
from impactmonitor.proposals.compared import Compared
from impactmonitor.report.comparing_list_pages import levelled_page, notes_page, unpriced_page
from impactmonitor.report.comparing_overview_page import overview_page
from impactmonitor.report.comparing_rank_pages import actors_page, ranks_page
from impactmonitor.report.comparing_sheets import SHEETS, ComparingBook
from impactmonitor.report.comparing_words import ComparingWords
from impactmonitor.report.report_book import ReportLayout
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.saving import to_bytes


def comparing_book(compared: Compared, language: Language) -> ComparingBook:
    """All sheets with their formulas, and what each formula gives.

    Parameters
    ----------
    compared : Compared
        Of two cases or more.
    language : {"nl", "en"}
        Of all words.
    """
    layout = ReportLayout.named(language, SHEETS, "comparing.workbook.sheets")
    made = ComparingBook(Book(layout), ComparingWords(compared, language))
    for write in (
        overview_page,
        actors_page,
        ranks_page,
        levelled_page,
        unpriced_page,
        notes_page,
    ):
        write(made)
    return made


def comparing_workbook(compared: Compared, language: Language) -> bytes:
    """The workbook of a comparison.

    Parameters
    ----------
    compared : Compared
        Of two cases or more.
    language : {"nl", "en"}
        Of all words.

    Returns
    -------
    bytes
        An .xlsx file. Bridges, sums, net values and ratios are formulas.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.proposals.comparing import compare_cases
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> twin = case.model_copy(update={"id": "twin"})
    >>> comparing_workbook(compare_cases([evaluate(case), evaluate(twin)], draws=0), "en")[:2]
    b'PK'
    """
    made = comparing_book(compared, language)
    return to_bytes(made.book, made.values, made.words.text("title", count=len(compared.cases)))
