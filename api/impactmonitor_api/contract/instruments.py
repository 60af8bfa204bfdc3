"""Loans, grants, guarantees and such."""

from __future__ import annotations

from pydantic import Field

from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer

_ROWS = [{"year": 2026, "interest": 50.0, "repayment": 500.0}]


class RateOfReturnOut(Answer):
    """A rate of return with all its roots, or why there is none."""

    value: float | None = told("Per year, as a decimal.", 0.04)
    reason: str | None = told("Why there is none.", "no_sign_change")
    roots: list[float] = told("All rates that there are.", [0.04])


class ReturnsOut(Answer):
    """What a financier earns."""

    put_in: float = told("Money that goes in; 0 or more.", 1000.0)
    paid_out: float = told("Money that comes out; 0 or more.", 1100.0)
    internal_rate_of_return: RateOfReturnOut = told("Rate at which both are worth the same.")
    modified_internal_rate_of_return: float | None = told("Per year, as a decimal.", 0.03)
    multiple: float | None = told("Paid out for each unit put in.", 1.1)
    payback_year: int | None = told("From when on more came out than went in.", 2029)
    reasons: dict[str, str] = told("Why one of them does not exist.",
                                   {"payback_year": "not_paid_back"})  # fmt: skip


class BothReturns(Answer):
    """What a financier earns, in money of each year and in money of the case."""

    nominal: ReturnsOut = told("In the money of each year.")
    real: ReturnsOut = told("In the money of the case.")


class AmountOut(Answer):
    """An amount in a year."""

    year: int = told("Which one.", 2026)
    nominal: float = told("In the money of that year.", 500.0)
    real: float = told("In the money of the case.", 490.2)


class LegOut(Answer):
    """Money that moves from one to another."""

    giver: str = Field(alias="from", description="Who pays.", examples=["city"])
    receiver: str = Field(alias="to", description="Who gets it.", examples=["fund"])
    moment: str = told("start_of_year or end_of_year.", "end_of_year")
    amounts: list[AmountOut] = told("Year by year.")


class ScheduleOut(Answer):
    """Year by year; which columns there are depends on the kind of instrument."""

    nominal: list[dict[str, float]] = told("In the money of each year.", _ROWS)
    real: list[dict[str, float]] = told("In the money of the case.", _ROWS)


class InstrumentOut(Answer):
    """An instrument over its whole schedule, also past the horizon."""

    title: str = told("What people call it.", "Loan of the fund")
    kind: str = told("loan, grant, guarantee, …", "loan")
    financier: str = told("Who puts the money in, or gives the guarantee.", "fund")
    receiver: str = told("Who receives the money.", "city")
    schedule: ScheduleOut = told("Year by year.")
    legs: dict[str, LegOut] = told("By id.", {"plan-repayment": {"from": "city", "to": "fund"}})
    returns: BothReturns = told("Of the financier, on this instrument alone.")


class FinancierOut(Answer):
    """All instruments of one financier together."""

    instruments: list[str] = told("Ids.", ["plan"])
    years: list[AmountOut] = told("What it receives minus what it puts in.")
    returns: BothReturns = told("On all of them together.")


class CashOut(Answer):
    """Money at the end of a year."""

    year: int = told("Which one.", 2026)
    cumulative_cash: float = told("All that came in minus all that went out.", -2500.0)


class CoverageOut(Answer):
    """Whether an actor is ever short of money."""

    is_covered: bool = told("Whether it never is.", False)
    first_shortfall: int | None = told("First year in which it is.", 2027)
    deepest_year: int | None = told("Year in which most is short.", 2028)
    deepest: float = told("What is short then; 0 or more.", 12000.0)
    years: list[CashOut] = told("Year by year.")


class InstrumentsOut(Answer):
    """The instruments of a case."""

    inflation: float = told("Per year, as a decimal.", 0.02)
    finance_rate: float = told("Real rate at which what goes in is valued.", 0.03)
    reinvestment_rate: float = told("Real rate at which what comes out grows.", 0.03)
    by_instrument: dict[str, InstrumentOut] = told("By id.", {"plan": {"kind": "loan"}})
    by_financier: dict[str, FinancierOut] = told("By actor.", {"fund": {"instruments": ["plan"]}})
    coverage: dict[str, CoverageOut] = told("By actor that gets money.",
                                            {"city": {"is_covered": True}})  # fmt: skip
