"""The one maker of the JSON object with the records of a case."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.record import in_language
from impactmonitor.report.measurements_csv import shown_records


def measurements_document(
    case: Case, hidden: Collection[int], language: Language = "en"
) -> dict[str, Any]:
    """The measurements of a case as plain values, in their order.

    Parameters
    ----------
    case : Case
        With its measurements.
    hidden : collection of int
        Places of the records that stay out of it.
    language : {"nl", "en"}
        Of the title; records are as the case has them.

    Returns
    -------
    dict
        ``measurements`` with the fields of each record as the case has them, and ``hidden``: how
        many were left out, as they are about too few people or would give them away.
    """
    return {
        "case": case.id,
        "title": in_language(case.title, language),
        "measurements": shown_records(case, hidden),
        "hidden": len(hidden),
    }
