"""From the bytes of a case to those of the same case in another form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import evaluate
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.intake.reading import WORKBOOK, checked
from impactmonitor.intake.writing import to_json, to_yaml
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.report.workbook.file import workbook_of
from impactmonitor_api.work.results import from_bytes, reading_of

TEXTS: Mapping[str, Callable[[Case], str]] = {".json": to_json, ".yaml": to_yaml}
"""How a case becomes a text, by the ending of its file."""


def converted(
    body: bytes, ending: str, target: str, catalogue: Catalogue, language: Language
) -> bytes:
    """A case in another form, as ``impactmonitor convert`` writes it.

    Parameters
    ----------
    body, ending
        The case, and how a file of that kind ends.
    target : {".json", ".yaml", ".xlsx"}
        How a file of the kind that is asked for ends.
    catalogue : Catalogue
        With which the workbook calculates.
    language : {"nl", "en"}
        Of the words of the workbook.

    Raises
    ------
    InvalidInput
        With every mistake of form; for a workbook also those of content.
    """
    if target != WORKBOOK:
        return TEXTS[target](checked(reading_of(body, ending))).encode()
    found, reading = from_bytes(body, ending, catalogue, evaluate)
    found = replace(found, warnings=all_warnings(reading, found.warnings))
    return workbook_of(found, catalogue, language)
