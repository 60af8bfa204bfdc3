"""The legs of instruments: from what was agreed to transfers that the ledger can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from impactmonitor import messages
from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.cover import Cover, cover_schedule
from impactmonitor.appraisal.inputs import InputRegister
from impactmonitor.appraisal.repayment import (
    Schedule,
    equity_schedule,
    grant_schedule,
    loan_schedule,
    revolving_schedule,
)
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.case import Case
from impactmonitor.model.financing import Instrument
from impactmonitor.model.legs import (
    DIVIDEND,
    EXIT,
    FEE,
    INTEREST,
    PAID,
    PUT_IN,
    REPAYMENT,
    Leg,
    exit_year_of,
    first_year_of,
    with_legs_among_transfers,
)
from impactmonitor.model.numbers import ABOVE_MINUS_ONE
from impactmonitor.model.record import Translated, in_language
from impactmonitor.problems import InvalidInput, Problem

Moment = Literal["start_of_year", "end_of_year"]


@dataclass(frozen=True, slots=True)
class LegEntry:
    """One amount of a leg.

    Attributes
    ----------
    instrument, leg : str
        Ids.
    moment : {"start_of_year", "end_of_year"}
        When in its year the money moves.
    year : int
        Calendar year.
    nominal : float
        In the money of that moment.
    real : float
        In the money of the price year of the case.
    """

    instrument: str
    leg: str
    moment: Moment
    year: int
    nominal: float
    real: float


def with_legs(case: Case) -> Case:
    """The case with the legs of its instruments among its transfers.

    Parameters
    ----------
    case : Case
        That keeps its rules.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2, "inflation": 0.02,
    ...     "actors": {"city": {"kind": "municipality"}, "bank": {"kind": "bank"}},
    ...     "instruments": {"plan": {"kind": "loan", "from": "bank", "to": "city",
    ...                              "amount": 100, "rate": 0.05, "years": 2}},
    ... })
    >>> list(with_legs(case).transfers)
    ['plan-in', 'plan-interest', 'plan-repayment']
    """
    return with_legs_among_transfers(case, legs_of(case)) if case.instruments else case


def legs_of(case: Case) -> dict[str, Leg]:
    """The legs of all instruments, by id; without those in which nothing flows.

    Raises
    ------
    InvalidInput
        If an instrument grows beyond what a computer can count.
    """
    found: dict[str, Leg] = {}
    too_large = []
    for name, instrument in case.instruments.items():
        with np.errstate(all="ignore"):  # what overflows is found below, with its name
            flows = list(_LEGS_OF[instrument.kind](case, instrument))
        if not all(np.isfinite(flow.amounts).all() for flow in flows):
            too_large.append(Problem("instrument-too-large", f"instruments.{name}"))
            continue
        for flow in flows:
            if flow.amounts.any():
                found[f"{name}-{flow.name}"] = _leg(case, name, instrument, flow)
    if too_large:
        raise InvalidInput(too_large)
    return found


def leg_entries(case: Case) -> list[LegEntry]:
    """Every amount of every leg, nominal and at the expected inflation in the case's own money."""
    inflation = expected_inflation(case)
    return [
        LegEntry(
            leg.instrument,
            name,
            _moment(leg),
            year,
            amount,
            amount / _prices(case, leg, year, inflation),
        )
        for name, leg in legs_of(case).items()
        for year, amount in amounts_of(leg).items()
    ]


def amounts_of(leg: Leg) -> dict[int, float]:
    """The nominal amounts of a leg by year."""
    if not isinstance(leg.amount, Mapping):
        raise TypeError("the amounts of a leg are by year")
    return {year: float(amount) for year, amount in leg.amount.items()}  # type: ignore[arg-type]


def expected_inflation(case: Case) -> float:
    """The point estimate of the inflation of a case; 0 where it has none."""
    if case.inflation is None:
        return 0.0
    register = InputRegister(case)
    return register.value(register.slot("inflation", case.inflation, ABOVE_MINUS_ONE))


def schedule_of(case: Case, instrument: Instrument) -> Schedule | Cover:
    """The nominal schedule of an instrument of a case that keeps its rules."""
    i = instrument
    if i.kind == "guarantee":
        assert i.of is not None
        loan = schedule_of(case, case.instruments[i.of])
        assert isinstance(loan, Schedule)
        share = 1.0 if i.share is None else i.share
        return cover_schedule(loan, share, np.inf if i.limit is None else i.limit, i.fee or 0.0)
    assert i.amount is not None
    if i.kind == "grant":
        return grant_schedule(i.amount, i.years or 1)
    if i.kind == "equity":
        years = exit_year_of(case, i) - first_year_of(case, i) + 1
        multiple = 1.0 if i.exit_multiple is None else i.exit_multiple
        return equity_schedule(i.amount, years, i.dividend or 0.0, multiple)
    terms = (i.repayment or "annuity", i.grace or 0)
    rate, years, share = i.rate or 0.0, i.years or 1, i.loss_share or 0.0
    if i.kind == "revolving-fund":
        return revolving_schedule(i.amount, rate, years, i.rounds or 1, *terms, share)
    lost = None if i.loss_year is None else i.loss_year - first_year_of(case, i) + 1
    return loan_schedule(i.amount, rate, years, *terms, lost, share)


@dataclass(frozen=True, slots=True)
class _Flow:
    """Money of an instrument from its first year on, always in one direction."""

    name: str
    giver: str
    receiver: str
    moment: Moment
    amounts: Array


def _balance_flows(case: Case, i: Instrument, income: str, back: str) -> Iterator[_Flow]:
    """The flows of what has a balance: put in, and paid out again."""
    schedule = schedule_of(case, i)
    assert isinstance(schedule, Schedule)
    assert i.to is not None
    yield _Flow(PUT_IN, i.from_, i.to, "start_of_year", schedule.drawdown)
    # with a negative rate it is the financier who pays
    payer, earner = (i.to, i.from_) if schedule.interest.sum() >= 0 else (i.from_, i.to)
    yield _Flow(income, payer, earner, "end_of_year", np.abs(schedule.interest))
    yield _Flow(back, i.to, i.from_, "end_of_year", schedule.repayment)


def _of_loan(case: Case, i: Instrument) -> Iterator[_Flow]:
    return _balance_flows(case, i, INTEREST, REPAYMENT)


def _of_stake(case: Case, i: Instrument) -> Iterator[_Flow]:
    return _balance_flows(case, i, DIVIDEND, EXIT)


def _of_guarantee(case: Case, i: Instrument) -> Iterator[_Flow]:
    cover = schedule_of(case, i)
    assert isinstance(cover, Cover)
    assert i.of is not None
    loan = case.instruments[i.of]
    assert loan.to is not None
    yield _Flow(FEE, loan.to, i.from_, "end_of_year", cover.fee)
    yield _Flow(PAID, i.from_, loan.from_, "end_of_year", cover.paid)


_LEGS_OF: Mapping[str, Callable[[Case, Instrument], Iterator[_Flow]]] = {
    "grant": _of_loan,
    "loan": _of_loan,
    "equity": _of_stake,
    "guarantee": _of_guarantee,
    "revolving-fund": _of_loan,
}


def _leg(case: Case, name: str, instrument: Instrument, flow: _Flow) -> Leg:
    first = first_year_of(case, instrument)
    return Leg.model_validate({
        "instrument": name,
        "title": _title(name, instrument, flow.name),
        "from": flow.giver,
        "to": flow.receiver,
        "amount": {first + k: x for k, x in enumerate(flow.amounts.tolist()) if x != 0},
        "prices": "nominal",
        "timing": flow.moment,
    })  # fmt: skip


def _title(name: str, instrument: Instrument, leg: str) -> Translated:
    words = {
        language: messages.text(
            f"instruments.legs.{leg}",
            language,
            title=in_language(instrument.title, language, name),
        )
        for language in LANGUAGES
    }
    # a title may be as long as a text can be, and this one is longer
    return Translated.model_construct(nl=words["nl"], en=words["en"])


def _moment(leg: Leg) -> Moment:
    return "end_of_year" if leg.years_later else "start_of_year"


def _prices(case: Case, leg: Leg, year: int, inflation: float) -> float:
    """The price level of the moment of a leg, that of the price year being 1."""
    later: float = (1.0 + inflation) ** (year + leg.years_later - case.price_year)
    return later
