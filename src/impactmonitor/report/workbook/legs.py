"""The legs of instruments as rows of a workbook: real amounts by year, at their moment.

A case travels with its instruments in the table of extras. The rows of their legs are only there
for the calculation; who reads the workbook back leaves them out.
"""

from __future__ import annotations

from impactmonitor.appraisal.legs import leg_entries, legs_of
from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.record import in_language


def fill_legs(filled: Filled, case: Case, language: Language) -> None:
    """Add the legs of the instruments of a case to its transfers and to the amounts by year.

    Parameters
    ----------
    filled : Filled
        What is filled in of the case itself.
    case : Case
        That keeps its rules.
    language : {"nl", "en"}
        Of the titles.
    """
    for name, leg in legs_of(case).items():
        title = in_language(leg.title, language, name)
        row = {"code": name, "title": title, "from": leg.from_, "to": leg.to}
        filled.add("transfers", **row, timing=leg.timing)
    for entry in leg_entries(case):
        filled.add("by_year", line=entry.leg, field="amount", year=entry.year, number=entry.real)
