"""Legs: the transfers that instruments become in an evaluation.

A case is written with its instruments only. Its legs join its transfers when it is evaluated, and
are left out again wherever the case is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor.model.case import Case
from impactmonitor.model.financing import Instrument
from impactmonitor.model.lines import Transfer
from impactmonitor.model.record import FrozenDict, Id

PUT_IN, INTEREST, REPAYMENT = "in", "interest", "repayment"
DIVIDEND, EXIT = "dividend", "exit"
FEE, PAID = "fee", "paid"

LEG_NAMES: Mapping[str, tuple[str, ...]] = {
    "grant": (PUT_IN,),
    "loan": (PUT_IN, INTEREST, REPAYMENT),
    "equity": (PUT_IN, DIVIDEND, EXIT),
    "guarantee": (FEE, PAID),
    "revolving-fund": (PUT_IN, INTEREST, REPAYMENT),
}
"""The last part of the ids of the legs that an instrument of each kind can have."""


class Leg(Transfer):
    """One flow of money of an instrument: nominal amounts by year, all at one moment of the year.

    A leg at the end of a year is deflated over a year more than one at its start.
    """

    instrument: Id

    @property
    def years_later(self) -> int:
        """How long after the start of its year the money moves: 0 at the start, 1 at the end."""
        return int(self.timing == "end_of_year")


def leg_ids(instrument: str, kind: str) -> tuple[str, ...]:
    """The ids of all legs that an instrument can have.

    Examples
    --------
    >>> leg_ids("bank-loan", "loan")
    ('bank-loan-in', 'bank-loan-interest', 'bank-loan-repayment')
    """
    return tuple(f"{instrument}-{name}" for name in LEG_NAMES.get(kind, ()))


def with_legs_among_transfers(case: Case, legs: Mapping[str, Leg]) -> Case:
    """The case with legs after its own transfers; what was given and what not stays as it was."""
    transfers = FrozenDict({**own_transfers(case), **legs})
    copied = case.model_copy(update={"transfers": transfers})
    if "transfers" not in case.model_fields_set:
        copied.model_fields_set.discard("transfers")
    return copied


def own_transfers(case: Case) -> dict[str, Transfer]:
    """The transfers that were written in the case itself."""
    return {name: line for name, line in case.transfers.items() if not isinstance(line, Leg)}


def plain_fields(instrument: Instrument) -> dict[str, object]:
    """What was agreed about an instrument: its given fields without its texts."""
    return instrument.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"title", "note", "source"}
    )


def first_year_of(case: Case, instrument: Instrument) -> int:
    """The first year of an instrument; the base year by default, for a guarantee its loan's."""
    if instrument.kind == "guarantee" and instrument.of in case.instruments:
        instrument = case.instruments[instrument.of]
    return instrument.first_year or case.base_year


def exit_year_of(case: Case, instrument: Instrument) -> int:
    """The year in which a stake is sold: by default the last one of the horizon."""
    return instrument.exit_year or case.base_year + case.horizon - 1


def last_year_of(case: Case, instrument: Instrument) -> int:
    """The last year in which money of an instrument can move."""
    if instrument.kind == "equity":
        return exit_year_of(case, instrument)
    if instrument.kind == "guarantee" and instrument.of in case.instruments:
        instrument = case.instruments[instrument.of]
    years = (instrument.years or 1) * (instrument.rounds or 1)
    return first_year_of(case, instrument) + years - 1
