"""Contracts for outcomes."""

from __future__ import annotations

from impactmonitor_api.contract.distributions import SummaryOut
from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer


class TierOut(Answer):
    """What an investor may expect."""

    actor: str = told("Who invests.", "social-fund")
    amount: float = told("What it puts in at the start.", 100000.0)
    rate: float | None = told("The most it earns a year; null for all that is left.", 0.04)
    point_return: float = told("Its return with every number as expected.", 0.03)
    received: SummaryOut = told("All it gets back; not discounted.")
    internal_rate: SummaryOut = told("Its return; -1 where nothing comes back.")
    return_on_expected: float | None = told("Return on what is expected of each year.", 0.025)
    repaid: float = told("Share of the draws in which it gets back what it put in.", 0.8)
    total_loss: float = told("Share of the draws in which nothing comes back.", 0.05)


class HighestPriceOut(Answer):
    """The highest prices at which the payer does not lose too often."""

    probability: float = told("The chance of a loss that the payer accepts.", 0.1)
    factor: float | None = told("What all prices may be multiplied by at most.", 1.2)
    prices: dict[str, float] = told("The prices that this gives.", {"into-work": 6000.0})
    loses: float | None = told("Share of the draws in which it loses at these prices.", 0.1)
    reason: str | None = told("Why there is none.", "no-limit")


class ContractPointOut(Answer):
    """A contract with every number as expected."""

    paid: dict[str, float] = told("For outcomes, by year; not discounted.", {"2027": 25000.0})
    called: float = told("What the guarantee costs; not discounted.", 0.0)
    rest: float = told("What is left for the provider; not discounted.", 5000.0)
    cash: float = told("Present value of the money that the outcomes save.", 60000.0)
    saving: float = told("What the payer keeps of that.", 12000.0)


class ContractOut(Answer):
    """A contract for outcomes, worked out beside the case."""

    title: str = told("What people call it.", "Work for young people")
    payer: str = told("Who pays for outcomes.", "municipality")
    provider: str = told("Who works for them.", "foundation")
    guarantor: str | None = told("Who gives the guarantee.", "municipality")
    prices: dict[str, float] = told("Price of each outcome, by effect.", {"into-work": 5000.0})
    chance_of_saving: float = told("Share of the draws in which the payer gains.", 0.7)
    chance_of_loss: float = told("Share of the draws in which the payer loses.", 0.3)
    years: list[int] = told("Years whose outcomes are paid for.", [2026, 2027])
    draws: int = told("How many draws.", 4096)
    seed: int = told("From where they were drawn.", 1)
    method: str = told("sobol or mc.", "sobol")
    point: ContractPointOut = told("With every number as expected.")
    outcomes: dict[str, SummaryOut] = told("Quantity above the baseline, by effect.",
                                           {"into-work": {"mean": 12.0}})  # fmt: skip
    paid: SummaryOut = told("For outcomes, all years together; not discounted.")
    expected_by_year: dict[str, float] = told("Mean of what is paid.", {"2027": 25000.0})
    paid_present: SummaryOut = told("Present value of what is paid.")
    cash: SummaryOut = told("Present value of the money that the outcomes save the payer.")
    saving: SummaryOut = told("Present value of what it keeps of that.")
    called: SummaryOut = told("What the guarantee costs; not discounted.")
    rest: SummaryOut = told("What is left for the provider; not discounted.")
    at_cap: float = told("Share of the draws in which the cap holds back a payment.", 0.1)
    at_floor: float = told("Share of the draws in which the floor adds one.", 0.0)
    tiers: list[TierOut] = told("What investors may expect, in the order of the contract.")
    highest_price: HighestPriceOut = told("What the payer could pay at most.")
