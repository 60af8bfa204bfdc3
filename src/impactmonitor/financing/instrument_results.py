"""What is found about the instruments of a case: frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from impactmonitor.appraisal.coverage import Coverage
from impactmonitor.financing.financier_returns import InvestorReturns
from impactmonitor.model.record import Translated

Amounts = tuple[float, ...]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "grant": ("drawdown",),
    "loan": ("opening", "drawdown", "interest", "repayment", "loss", "closing"),
    "equity": ("opening", "drawdown", "interest", "repayment", "loss", "closing"),
    "guarantee": ("covered", "fee", "paid"),
    "revolving-fund": ("opening", "drawdown", "interest", "repayment", "loss", "closing"),
}
"""What a schedule says, by kind of instrument."""


@dataclass(frozen=True, slots=True)
class LegResult:
    """One leg of an instrument: a transfer of the ledger.

    Attributes
    ----------
    giver, receiver : str
        Actors.
    moment : {"start_of_year", "end_of_year"}
        When in each year the money moves.
    nominal, real : Mapping[int, float]
        By year; real amounts in the money of the case.
    """

    giver: str
    receiver: str
    moment: Literal["start_of_year", "end_of_year"]
    nominal: Mapping[int, float]
    real: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class InstrumentResult:
    """One instrument over its whole schedule, also past the horizon.

    Attributes
    ----------
    title : str, Translated or None
        As in the case.
    kind, financier : str
        ``financier`` is the actor that puts the money in, or gives the guarantee.
    receiver : str
        Who receives the money; of a guarantee the borrower of its loan.
    years : tuple of int
        Of the schedule.
    schedule, schedule_real : Mapping[str, tuple of float]
        The columns of its kind by year, nominal and in the money of the case.
    legs : Mapping[str, LegResult]
        By id.
    nominal, real : InvestorReturns
        Of the financier, on this instrument alone.
    """

    title: str | Translated | None
    kind: str
    financier: str
    receiver: str
    years: tuple[int, ...]
    schedule: Mapping[str, Amounts]
    schedule_real: Mapping[str, Amounts]
    legs: Mapping[str, LegResult]
    nominal: InvestorReturns
    real: InvestorReturns


@dataclass(frozen=True, slots=True)
class FinancierResult:
    """All instruments of one financier together.

    Attributes
    ----------
    instruments : tuple of str
        That it gives, and guarantees on its loans, whose payments come to it.
    years : tuple of int
        From its first instrument to its last.
    net, net_real : tuple of float
        What it receives minus what it puts in by year, nominal and in the money of the case.
    nominal, real : InvestorReturns
        On all of them together.
    """

    instruments: tuple[str, ...]
    years: tuple[int, ...]
    net: Amounts
    net_real: Amounts
    nominal: InvestorReturns
    real: InvestorReturns


@dataclass(frozen=True, slots=True)
class InstrumentsResult:
    """The instruments of a case.

    Attributes
    ----------
    inflation : float
        In the point estimate.
    finance_rate, reinvestment_rate : float
        Real rates behind the modified rates of return.
    instruments : Mapping[str, InstrumentResult]
        In the order of the case.
    financiers : Mapping[str, FinancierResult]
        By actor.
    coverage : Mapping[str, Coverage]
        By actor that receives an instrument: its cash in the years of the horizon.
    """

    inflation: float
    finance_rate: float
    reinvestment_rate: float
    instruments: Mapping[str, InstrumentResult]
    financiers: Mapping[str, FinancierResult]
    coverage: Mapping[str, Coverage]
