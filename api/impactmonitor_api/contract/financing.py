"""Who pays and gains, and what would hold."""

from __future__ import annotations

from pydantic import Field

from impactmonitor_api.contract.contracts import ContractOut
from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.instruments import InstrumentsOut
from impactmonitor_api.contract.shared import Answer

_POCKET = {"net": -2485.36, "cash_net": -289922.0, "is_payer": True}


class PocketOut(Answer):
    """What a party pays, gains and has to advance. Amounts are present values."""

    is_payer: bool = told("Whether it is one of those who pay.", True)
    net: float = told("All that it gains minus all that it gives.", -2485.36)
    cash_net: float = told("The part of it that is money.", -289922.0)
    lacks_value: float = told("What is missing to the least that it accepts; 0 or more.", 2485.36)
    lacks_cash: float = told("The same in money; 0 or more.", 289922.0)
    spares_value: float = told("What it has above that; 0 or more.", 0.0)
    spares_cash: float = told("The same in money; 0 or more.", 0.0)
    payback_year: int | None = told("From when on it has not lost, undiscounted.", 2028)
    cash_payback_year: int | None = told("The same in money.", 2030)
    deepest_need: float = told("The most money that it has to advance; 0 or more.", 319353.72)
    deepest_year: int | None = told("The year in which that is.", 2027)


class DistributionOut(Answer):
    """Net results in which a euro counts for more where incomes are low."""

    reference_income: float = told("Income at which a euro counts once, a year.", 32000.0)
    elasticity: float = told("How fast a euro counts for less.", 1.0)
    weights: dict[str, float] = told("By actor.", {"residents": 1.4, "municipality": 1.0})
    weighted: dict[str, float] = told("Net result times weight, by actor.", {"residents": 4200.0})
    net: float = told("Of all actors together, not weighted.", 316834.56)
    weighted_net: float = told("Of all actors together, weighted.", 320000.0)


class PaymentOut(Answer):
    """A payment from one actor to another."""

    giver: str = Field(alias="from", description="Who pays.", examples=["creditors"])
    receiver: str = Field(alias="to", description="Who gets it.", examples=["municipality"])
    present_value: float = told("Of all years together.", 87567.8)
    by_year: dict[str, float] = told("By year.", {"2026": 15418.35})


class StandOut(Answer):
    """What an actor holds."""

    net: float = told("Present value.", -2485.36)
    cash_net: float = told("The part of it that is money.", -289922.0)


class ChanceOut(Answer):
    """How often an actor is whole, as shares of the draws."""

    before: float = told("Without the payments.", 0.1)
    after: float = told("With the payments.", 0.9)
    value_after: float = told("With the payments, in value alone.", 0.95)
    cash_after: float = told("With the payments, in money alone.", 0.92)
    safely_spares: float = told("What it could pay and be whole in nine of ten draws.", 12000.0)


class PositionOut(Answer):
    """An actor in an arrangement. Amounts are present values, 0 or more unless they are net."""

    lacks: float = told("What is missing to be whole.", 289922.0)
    spares: float = told("What it can pay.", 0.0)
    paid: float = told("What it pays others.", 0.0)
    received: float = told("What it gets from others.", 87567.8)
    subsidy: float = told("What it still lacks then.", 202354.2)
    before: StandOut = told("Without the payments.")
    after: StandOut = told("With the payments.")
    deepest_need: float = told("The most money that it has to advance then.", 242261.96)
    deepest_year: int | None = told("The year in which that is.", 2027)
    chance: ChanceOut | None = told("How sure that is; null where nothing was drawn.")


class ArrangementOut(Answer):
    """The smallest payments after which nobody is worse off."""

    feasible: bool = told("Whether payments alone suffice.", True)
    needed: bool = told("Whether anybody has to be paid.", True)
    whole: str = told("In what nobody may lose: value, cash, both, or default.", "value")
    by_year: bool = told("Whether nobody advances money in any year.", False)
    payments: list[PaymentOut] = told("Who pays whom.")
    subsidies: dict[str, float] = told("What is still lacking, by actor.", {"municipality": 5000.0})
    missing: float = told("What is still lacking in all.", 5000.0)
    actors: dict[str, PositionOut] = told("By actor.", {"municipality": {"received": 87567.8}})
    draws: int | None = told("How many draws; null for none.", 4096)
    seed: int | None = told("From where they were drawn.", 1)


class Financing(Answer):
    """Who pays and gains, and what would hold."""

    society_gains: bool = told("Whether the net present value of society is above 0.", True)
    wrong_pockets: list[str] = told("Who pays and loses while society gains.", ["municipality"])
    losers: list[str] = told("Who loses in value.", ["municipality"])
    actors: dict[str, PocketOut] = told("By actor.", {"municipality": _POCKET})
    perspectives: dict[str, PocketOut] = told("By perspective.", {"society": _POCKET})
    distribution: DistributionOut | None = told("Weighted results, where the case asks for them.")
    instruments: InstrumentsOut | None = told("Loans, grants and such, where the case has them.")
    contracts: dict[str, ContractOut] = told(
        "Contracts for outcomes.", {"bond": {"payer": "municipality", "provider": "club"}}
    )
    arrangement: ArrangementOut | None = told("Payments between actors, where that was asked for.")
