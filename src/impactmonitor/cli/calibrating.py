"""Compare kept forecasts with what came of them, over all cases in a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.cli.outcome import console, print_json
from impactmonitor.evaluation import find_problems
from impactmonitor.intake.documents import READERS
from impactmonitor.intake.reading import WORKBOOK, checked, read_file
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors
from impactmonitor.report.calibration_shown import ShownCalibration, shown_calibration
from impactmonitor.tracking.calibrating import calibration

_CASE = re.compile(rb"""(?m)^\s*["']?impactmonitor["']?\s*:""")
"""What the text of a case has and other texts in its folder have not."""


def load_and_calibrate(folder: Path, catalogues: Sequence[Path] | None) -> ShownCalibration:
    """Read every case in a folder and the folders in it, and judge their forecasts.

    Parameters
    ----------
    folder : Path
        Files that are no case are passed over; the same case in two forms counts once.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.

    Raises
    ------
    NotFound
        ``folder-not-found``, ``no-cases-in-folder``.
    InvalidInput
        With everything that is to be mended in the files, each with the file it is in.
    """
    if not folder.is_dir():
        raise NotFound(Problem("folder-not-found", params={"folder": folder.name or str(folder)}))
    catalogue = load_catalogue(*(catalogues or ()))
    cases: list[Case] = []
    problems: list[Problem] = []
    for file in _files(folder):
        try:
            case = _sound(file, catalogue)
        except InvalidInput as invalid:
            if any(problem.code == "workbook-not-a-case" for problem in invalid.problems):
                continue
            name = file.relative_to(folder).as_posix()
            problems += [problem.moved_to(name) for problem in invalid.problems]
        else:
            cases += [] if case in cases else [case]
    if problems:
        raise InvalidInput(problems)
    if not cases:
        raise NotFound(Problem("no-cases-in-folder", params={"folder": folder.name or str(folder)}))
    return shown_calibration(calibration(cases, catalogue), cases, catalogue)


def _sound(file: Path, catalogue: Catalogue) -> Case:
    """The case in a file; what its forecasts are compared with has to be sound too."""
    case = checked(read_file(file))
    found = find_problems(case, catalogue) if monitoring_of(case).forecasts else []
    if any(errors(found)):
        raise InvalidInput(found)
    return case


def _files(folder: Path) -> Iterator[Path]:
    """Files that may be cases, in the order of their names."""
    for file in sorted(folder.rglob("*")):
        ending = file.suffix.lower()
        if file.is_file() and (
            ending == WORKBOOK or (ending in READERS and _says_it_is_a_case(file))
        ):
            yield file


def _says_it_is_a_case(file: Path) -> bool:
    with file.open("rb") as stream:
        return _CASE.search(stream.read(MAX_BYTES)) is not None


def show_calibration(shown: ShownCalibration, language: Language, as_json: bool) -> None:
    """Print how good forecasts were, or the JSON object."""
    if as_json:
        from impactmonitor.report.calibration_shown import calibration_document

        print_json(calibration_document(shown, language))
        return
    from impactmonitor.report.calibration_screen import calibration_screen

    out = console()
    for part in calibration_screen(shown, language):
        out.print(part)
