"""What contracts for outcomes give: frozen, and named as the case names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from impactmonitor.model.financing import Contract
from impactmonitor.uncertainty.summary import Summary

NoPrice = Literal["no-limit", "loses-anyway", "nothing-due"]


@dataclass(frozen=True, slots=True)
class TierResult:
    """What an investor may expect.

    Attributes
    ----------
    actor : str
    amount : float
        What it puts in at the start of the first year.
    rate : float or None
        The most it earns a year; None where it gets all that is left.
    point_return : float
        Its internal rate of return in the point estimate; -1 where nothing comes back.
    received : Summary
        All it gets back, with what a guarantee gives it; not discounted.
    internal_rate : Summary
        Its return by draw, draws in which nothing comes back counting as -1.
    return_on_expected : float
        The return on the expected payment of each year. Who invests in many such contracts earns
        this; the mean of the returns is another number.
    repaid, total_loss : float
        Share of the draws in which it gets back at least what it put in, and nothing at all.
    """

    actor: str
    amount: float
    rate: float | None
    point_return: float
    received: Summary
    internal_rate: Summary
    return_on_expected: float
    repaid: float
    total_loss: float


@dataclass(frozen=True, slots=True)
class HighestPrice:
    """The highest prices at which the payer does not lose too often.

    Attributes
    ----------
    probability : float
        The chance of a loss that the payer accepts.
    factor : float or None
        By what all prices of the contract may be multiplied at most; None where there is a reason.
    prices : Mapping[str, float]
        The prices by effect that this gives; none where there is a reason.
    loses : float or None
        Share of the draws in which the payer loses at these prices.
    reason : str or None
        ``no-limit``: at no price the payer loses more often; ``loses-anyway``: at every price, also
        at 0, it loses more often; ``nothing-due``: all prices are 0, or in no draw anything is due.
    """

    probability: float
    factor: float | None
    prices: Mapping[str, float]
    loses: float | None
    reason: NoPrice | None


@dataclass(frozen=True, slots=True)
class ContractPoint:
    """A contract in the point estimate, in which every input has its expected value.

    Attributes
    ----------
    paid : Mapping[int, float]
        For outcomes, by year; not discounted.
    called, rest : float
        What the guarantee costs, and what is left for the provider after all tiers; not discounted.
    cash, saving : float
        Present value of the money that the outcomes save the payer, and what it keeps of that.
    """

    paid: Mapping[int, float]
    called: float
    rest: float
    cash: float
    saving: float


@dataclass(frozen=True, slots=True)
class ContractResult:
    """A contract for outcomes, worked out beside the case.

    Attributes
    ----------
    id : str
    contract : Contract
        As it stands in the case.
    years : tuple of int
        The years whose outcomes are paid for: those of the contract within the horizon.
    draws, seed, method : int, int, str
        How it was simulated.
    point : ContractPoint
    outcomes : Mapping[str, Summary]
        By effect: the quantity above the baseline, all years together.
    paid : Summary
        For outcomes, all years together; not discounted.
    expected_by_year : Mapping[int, float]
        Mean of what is paid in each year; not discounted.
    paid_present, cash, saving : Summary
        Present values: of what is paid for outcomes, of the money that the outcomes save the
        payer, and of what it keeps of that after paying, measuring, and a guarantee of its own.
    called, rest : Summary
        What the guarantee costs, and what is left for the provider after all tiers; not discounted.
    at_cap, at_floor : float
        Share of the draws in which the cap holds back a payment, and in which the floor adds one.
    tiers : tuple of TierResult
        In the order of the contract.
    highest_price : HighestPrice
    """

    id: str
    contract: Contract
    years: tuple[int, ...]
    draws: int
    seed: int
    method: str
    point: ContractPoint
    outcomes: Mapping[str, Summary]
    paid: Summary
    expected_by_year: Mapping[int, float]
    paid_present: Summary
    cash: Summary
    saving: Summary
    called: Summary
    rest: Summary
    at_cap: float
    at_floor: float
    tiers: tuple[TierResult, ...]
    highest_price: HighestPrice

    @property
    def guarantor(self) -> str:
        """Who gives the guarantee, if there is one."""
        return self.contract.guarantor or self.contract.payer

    @property
    def chance_of_saving(self) -> float:
        """Share of the draws in which the payer keeps more than 0."""
        return self.saving.probability_positive

    @property
    def is_finite(self) -> bool:
        """Whether a computer can hold all amounts and returns."""
        totals = [self.paid, self.paid_present, self.cash, self.saving, self.called, self.rest]
        returns = [one for tier in self.tiers for one in (tier.received, tier.internal_rate)]
        numbers = [number for one in (*totals, *returns) for number in (one.mean, one.sd)]
        return all(isfinite(number) for number in numbers)
