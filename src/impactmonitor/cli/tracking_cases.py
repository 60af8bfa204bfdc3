"""Track a case: what the command does between its options and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.cli.converting import check_workbook
from impactmonitor.cli.files import write_whole
from impactmonitor.cli.loading import load_and
from impactmonitor.cli.outcome import console, print_json
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.measuring.selecting import View
from impactmonitor.messages import Language
from impactmonitor.report.track_case import track_and_show
from impactmonitor.report.track_shown import ShownTrack

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.model.case import Case


@dataclass(frozen=True, slots=True)
class Asked:
    """How somebody wants to look at plan against result.

    Attributes
    ----------
    as_of : str or None
        Up to which period.
    reforecast : bool
        Whether the rest is forecast again.
    is_first_reported : bool
        Whether later corrections do not count.
    """

    as_of: str | None
    reforecast: bool
    is_first_reported: bool

    @property
    def view(self) -> View:
        """The same in the words of the calculation."""
        return "first_reported" if self.is_first_reported else "restated"


def load_and_track(file: Path, catalogues: Sequence[Path] | None, asked: Asked) -> ShownTrack:
    """Read a case and hold its result against its plan.

    Parameters
    ----------
    file : Path
        Of the case.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    asked : Asked
        How to look at it.

    Raises
    ------
    InvalidInput
        As ``load_case`` and ``track`` raise it.
    NotFound
        ``file-not-found``, ``unknown-period``.
    """

    def work_out(case: Case, catalogue: Catalogue) -> ShownTrack:
        return track_and_show(case, catalogue, asked.as_of, asked.reforecast, asked.view)

    shown, reading = load_and(file, list(catalogues or ()), work_out)
    warned = replace(shown.tracked, warnings=all_warnings(reading, shown.tracked.warnings))
    return replace(shown, tracked=warned)


def check_excel(output: Path | None, is_forced: bool) -> None:
    """Refuse a workbook that cannot be made, before any work is done.

    Raises
    ------
    WrongUse
        As ``check_target``.
    """
    if output is not None:
        check_workbook(output, is_forced)


def save_track(shown: ShownTrack, output: Path, language: Language, is_forced: bool) -> None:
    """Write the workbook of plan against result."""
    with console(is_error=True).status(messages.text("screen.making_workbook", language)):
        from impactmonitor.report.track_workbook import track_workbook

        data = track_workbook(shown, language)
    write_whole(output, data, is_forced)


def show_track(shown: ShownTrack, language: Language, as_json: bool) -> None:
    """Print the whole answer, or the JSON object."""
    if as_json:
        from impactmonitor.report.track_document import document_of

        print_json(document_of(shown, language))
        return
    from impactmonitor.report.track_screen import track_screen

    out = console()
    for part in track_screen(shown, language):
        out.print(part)
