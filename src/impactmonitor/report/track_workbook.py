"""Plan against result as a workbook to hand in: tables that add up live, pictures, lessons."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import SheetId
from impactmonitor.messages import Language
from impactmonitor.report.report_book import ReportLayout
from impactmonitor.report.track_bridge_page import bridge_page
from impactmonitor.report.track_figure_pages import (
    indicators_page,
    lessons_page,
    lines_page,
    warnings_page,
)
from impactmonitor.report.track_money_pages import actors_page, summary_page
from impactmonitor.report.track_pages import TrackBook
from impactmonitor.report.track_shown import ShownTrack
from impactmonitor.report.track_words import TrackWords
from impactmonitor.report.workbook.book import Book
from impactmonitor.report.workbook.saving import to_bytes

SHEETS: tuple[SheetId, ...] = (
    "summary", "actors", "bridge", "indicators", "lines", "lessons", "warnings",
)  # fmt: skip


def track_book(shown: ShownTrack, language: Language) -> TrackBook:
    """All sheets with their formulas, and what each formula gives.

    Parameters
    ----------
    shown : ShownTrack
        Plan against result, of which everything may be shown.
    language : {"nl", "en"}
        Of all words.
    """
    layout = ReportLayout.named(language, SHEETS, "track.sheets")
    made = TrackBook(Book(layout), TrackWords(shown, language))
    for write in (
        summary_page,
        actors_page,
        bridge_page,
        indicators_page,
        lines_page,
        lessons_page,
        warnings_page,
    ):
        write(made)
    return made


def track_workbook(shown: ShownTrack, language: Language) -> bytes:
    """The workbook of plan against result.

    Parameters
    ----------
    shown : ShownTrack
        Plan against result, of which everything may be shown.
    language : {"nl", "en"}
        Of all words.

    Returns
    -------
    bytes
        An .xlsx file. Differences, sums, progress and the bridge are formulas; what is hidden is
        the word that says so.

    Examples
    --------
    >>> from impactmonitor import load_catalogue, track
    >>> from impactmonitor.model.case import Case
    >>> from impactmonitor.report.track_shown import shown_track
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [
    ...         {"line": "costs.work", "period": 2025, "value": 90, "status": "approved"}],
    ... })
    >>> track_workbook(shown_track(track(case), load_catalogue()), "en")[:2]
    b'PK'
    """
    made = track_book(shown, language)
    return to_bytes(made.book, made.values, shown.tracked.plan.case.id)
