"""From the bytes of a case to the object that the engine gives for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.of_reading import all_warnings, worked_out
from impactmonitor.intake.reading import WORKBOOK, Reading, read_case, read_file
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.report.document import document

Result = TypeVar("Result")


def reading_of(body: bytes, ending: str) -> Reading:
    """Read the bytes of a case; a workbook in a process of its own, which is guarded.

    Raises
    ------
    InvalidInput
        If the bytes are no such file at all.
    """
    if ending != WORKBOOK:
        return read_case(body, ending)
    with TemporaryDirectory(prefix="impactmonitor-") as place:
        path = Path(place) / f"case{WORKBOOK}"
        path.write_bytes(body)
        return read_file(path)


def from_bytes(
    body: bytes, ending: str, catalogue: Catalogue, work_out: Callable[[Case, Catalogue], Result]
) -> tuple[Result, Reading]:
    """What is worked out from the bytes of a case, and how they were read.

    Raises
    ------
    InvalidInput
        With every mistake of form and content, each with its place.
    """
    reading = reading_of(body, ending)
    return worked_out(reading, catalogue, work_out), reading


def evaluated(
    body: bytes, ending: str, catalogue: Catalogue, scenario: str | None, language: Language
) -> dict[str, Any]:
    """The result of a case, as ``impactmonitor evaluate CASE --json`` prints it.

    Raises
    ------
    InvalidInput, NotFound
        As ``from_bytes`` and ``evaluate`` raise them.
    """

    def work_out(case: Case, known: Catalogue) -> Evaluation:
        return evaluate(case, known, scenario=scenario)

    found, reading = from_bytes(body, ending, catalogue, work_out)
    found = replace(found, warnings=all_warnings(reading, found.warnings))
    return document(found, language)


def checked_case(body: bytes, ending: str, catalogue: Catalogue) -> Case:
    """A case in which nothing is wrong, not even when it is evaluated.

    Raises
    ------
    InvalidInput
        With everything that is wrong.
    """
    return from_bytes(body, ending, catalogue, lambda case, known: evaluate(case, known).case)[0]
