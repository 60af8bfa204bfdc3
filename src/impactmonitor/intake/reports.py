"""What somebody reported about a case, from a form or a CSV file, and the case with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor.intake.appending import Appended, append, with_lessons
from impactmonitor.intake.form_reading import Placed, Reported, read_form
from impactmonitor.intake.measurements_csv import ENDING as CSV
from impactmonitor.intake.measurements_csv import MeasurementsRead, read_measurements
from impactmonitor.intake.reading import WORKBOOK
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, Problem, errors, listed

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.model.case import Case


def read_reports(path: Path) -> Reported:
    """Read a form or a CSV file with measurements, as far as it can be read.

    Raises
    ------
    NotFound, InvalidInput
        As ``read_form`` and ``read_measurements`` raise them.
    """
    ending = path.suffix.lower()
    if ending == WORKBOOK:
        return read_form(path)
    if ending != CSV:
        params: dict[str, object] = {"ending": path.suffix, "known": f"{WORKBOOK}, {CSV}"}
        raise InvalidInput([Problem("reports-file-kind", params=params)])
    return rows_of(read_measurements(path))


def rows_of(found: MeasurementsRead) -> Reported:
    r"""The rows of a CSV file as what somebody reported.

    Examples
    --------
    >>> from impactmonitor.intake.measurements_csv import measurements_in
    >>> found = rows_of(measurements_in(b"indicator,period,value\nvisits,2025,12"))
    >>> found.records[0].record.value, found.records[0].line
    (12.0, 2)
    """
    pairs = zip(found.measurements, found.lines, strict=True)
    return Reported(tuple(Placed(record, line=line) for record, line in pairs), found.problems)


def added_to(
    case: Case, reported: Reported, catalogue: Catalogue, is_approved: bool, language: Language
) -> Appended:
    """A case with what was reported, once nothing in the report itself is left to mend.

    Parameters
    ----------
    case : Case
        That keeps its rules.
    reported : Reported
        What was read.
    catalogue : Catalogue
        In which the indicators of the case are looked up.
    is_approved : bool
        Whether what is added counts as approved.
    language : {"nl", "en"}
        Of the lessons, where the report itself does not say.

    Raises
    ------
    InvalidInput
        ``form-of-another-case``, ``nothing-to-add``, and every mistake in the report; with those
        that what could be read makes against the rules for single records.
    """
    if reported.case not in (None, case.id):
        params = {"found": reported.case, "id": case.id}
        raise InvalidInput([Problem("form-of-another-case", params=params)])
    appended = append(case, reported.records, is_approved)
    wrong = [*errors(reported.problems), *appended.problems]
    if wrong:
        raise InvalidInput(listed([*wrong, *_of_single_records(appended, catalogue)]))
    if not reported.records:
        raise InvalidInput([Problem("nothing-to-add")])
    spoken = reported.language or language
    whole = with_lessons(appended.case, reported.lessons, "nl" if spoken == "nl" else "en")
    return replace(appended, case=whole)


def _of_single_records(appended: Appended, catalogue: Catalogue) -> Iterable[Problem]:
    """What is wrong with what was added, other than in how records fit together.

    A total whose part could not be read would seem to lack that part.
    """
    from impactmonitor.catalogue.monitored import monitored
    from impactmonitor.model.rules import broken_rules

    found = [*broken_rules(appended.case), *monitored(appended.case, catalogue)[1]]
    for problem in errors(found):
        located = appended.located(problem)
        if located is not problem:
            yield located
