"""The legs of instruments as rows of a workbook: real amounts by year, at their moment.

A case travels with its instruments in the table of extras. The rows of their legs are only there
for the calculation; who reads the workbook back leaves them out.
"""

from __future__ import annotations

from impactmonitor import messages
from impactmonitor.appraisal.legs import leg_entries, legs_of
from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.financing import Instrument
from impactmonitor.model.legs import LEG_NAMES, PAID, PUT_IN, first_year_of, last_year_of, leg_ids
from impactmonitor.model.record import in_language


def fill_legs(filled: Filled, case: Case, language: Language) -> None:
    """Add the legs of the instruments of a case to its transfers and to the amounts by year.

    Every leg that an instrument of its kind can have, in every year of its term: with other terms
    something may flow where nothing does.

    Parameters
    ----------
    filled : Filled
        What is filled in of the case itself.
    case : Case
        That keeps its rules.
    language : {"nl", "en"}
        Of the titles.
    """
    real = {(entry.leg, entry.year): entry.real for entry in leg_entries(case)}
    found = legs_of(case)
    for name, instrument in case.instruments.items():
        for part in LEG_NAMES[instrument.kind]:
            leg = found.get(f"{name}-{part}")
            giver, receiver = _between(case, instrument, part)
            if leg is not None:  # with a negative rate the other way round
                giver, receiver = leg.from_, leg.to
            title = in_language(instrument.title, language, name)
            filled.add(
                "transfers",
                code=f"{name}-{part}",
                title=messages.text(f"instruments.legs.{part}", language, title=title),
                to=receiver,
                timing="start_of_year" if part == PUT_IN else "end_of_year",
                **{"from": giver},
            )
            for year in range(first_year_of(case, instrument), last_year_of(case, instrument) + 1):
                number = real.get((f"{name}-{part}", year), 0.0)
                filled.add("by_year", line=f"{name}-{part}", field="amount", year=year,
                           number=number)  # fmt: skip


def rows_of_lending(case: Case, filled: Filled) -> tuple[int, ...]:
    """The rows of transfers with money that is lent or invested, or comes back.

    Whoever gives a grant pays; whoever lends does not.
    """
    legs = {
        leg
        for name, instrument in case.instruments.items()
        if instrument.kind != "grant"
        for leg in leg_ids(name, instrument.kind)
    }
    rows = enumerate(filled.tables["transfers"])
    return tuple(i for i, row in rows if row.get("code") in legs)


def _between(case: Case, instrument: Instrument, part: str) -> tuple[str, str]:
    """Who pays whom in a leg, whether or not anything flows."""
    loan = instrument if instrument.of is None else case.instruments[instrument.of]
    assert loan.to is not None
    if part == PUT_IN:
        return instrument.from_, loan.to
    return (instrument.from_, loan.from_) if part == PAID else (loan.to, instrument.from_)
