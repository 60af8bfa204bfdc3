"""From the bytes of a case to the payments after which nobody loses."""

from __future__ import annotations

from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation.of_reading import evaluate_reading
from impactmonitor.financing.arranging import Asked, arranged_financing
from impactmonitor.messages import Language
from impactmonitor.report.document import document
from impactmonitor_api.work.results import reading_of


def arranged(
    body: bytes,
    ending: str,
    catalogue: Catalogue,
    scenario: str | None,
    asked: Asked,
    language: Language,
) -> dict[str, Any]:
    """The arrangement of a case, as ``impactmonitor arrange CASE --json`` prints it.

    Raises
    ------
    InvalidInput, NotFound
        As ``evaluate_reading`` and ``arranged_financing`` raise them.
    """
    result = evaluate_reading(reading_of(body, ending), catalogue, scenario)
    return document(result, language, financing=arranged_financing(result, asked))
