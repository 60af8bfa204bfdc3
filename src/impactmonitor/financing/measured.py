"""What a contract for outcomes looks at in a ledger: quantities, and what they save the payer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array, Flags, Index
from impactmonitor.appraisal.discounting import discount_factors, time_in_steps
from impactmonitor.appraisal.ledger import Ledger
from impactmonitor.model.financing import Contract
from impactmonitor.uncertainty.models import Model


@dataclass(frozen=True)
class Measured:
    """What a contract needs of some draws.

    Attributes
    ----------
    quantities : array, shape (effects, years, draws)
        Gross: before deadweight, and not scaled by overlap.
    cash : array, shape (draws,)
        Present value within the horizon of the money that falls to the payer from the effects:
        after deadweight, displacement, attribution and overlap.
    factors : array, shape (years, draws)
        Standard discount factors at the end of each year.
    """

    quantities: Array
    cash: Array
    factors: Array

    @property
    def is_finite(self) -> bool:
        """Whether a computer can hold all of it."""
        parts = (self.quantities, self.cash, self.factors)
        return all(bool(np.isfinite(part).all()) for part in parts)


def joined(parts: Iterable[Measured]) -> Measured:
    """Draws one after the other."""
    rows = [(part.quantities, part.cash, part.factors) for part in parts]
    return Measured(*(np.concatenate(each, axis=-1) for each in zip(*rows, strict=True)))


@dataclass(frozen=True)
class Scope:
    """Where in a ledger a contract finds what it needs.

    Attributes
    ----------
    model : Model
        Of the case.
    years : range
        Years after the base year whose outcomes are paid for.
    effects : array of int, shape (effects,)
        The line of each effect, in the order of the prices.
    is_covered : array of bool, shape (lines,)
        Lines that hold something of these effects.
    payer : int
        The payer's place among the parties.
    steps : array of int
        Slots of the standard discount rates.
    spent : array, shape (steps, years)
        Time in each of them at the end of each year.
    """

    model: Model
    years: range
    effects: Index
    is_covered: Flags
    payer: int
    steps: Index
    spent: Array

    @classmethod
    def of(cls, contract: Contract, model: Model, appraised: Appraised) -> Scope:
        """Of a contract that keeps the rules of its case."""
        case, compiled = appraised.case, model.compiled
        years = contract_years(contract, case.base_year, case.horizon)
        steps = appraised.resolved.schedules["standard"]
        ends = np.array([year + 1.0 for year in years])
        return cls(
            model,
            years,
            # what an actor keeps of an effect has lines of its own, after that of the effect
            np.array([compiled.lines.index(name) for name in contract.prices], dtype=np.intp),
            np.array([name in contract.prices for name in compiled.lines]),
            compiled.actors.index(contract.payer),
            compiled.program.step_slot[: len(steps)],
            time_in_steps(ends, [step.until for step in steps]),
        )

    def measured(self, ledger: Ledger) -> Measured:
        """What the contract needs of a ledger of its case."""
        p = ledger.program
        years = slice(self.years.start, self.years.stop)
        rates = p.at(self.steps, ledger.inputs)
        factors = discount_factors(rates, self.spent, np.zeros(1, dtype=np.intp))[0]
        return Measured(ledger.quantities[self.effects, years], self._cash(ledger), factors)

    def _cash(self, ledger: Ledger) -> Array:
        """See ``Model.outcome``, of which this is the part of some lines and one party."""
        model = self.model
        own = np.where(self.is_covered, model.cash[self.payer], 0.0)
        cash: Array = own @ ledger.present
        entries = np.flatnonzero(self.is_covered[model.cash_line])
        if len(entries):
            shares = ledger.inputs[model.cash_input[entries]]
            amounts = ledger.present[model.cash_line[entries]] * shares
            cash = cash + model.cash_share[self.payer, entries] @ amounts
        return cash


def contract_years(contract: Contract, base_year: int, horizon: int) -> range:
    """Years after the base year whose outcomes a contract pays for, as far as they count.

    Parameters
    ----------
    contract : Contract
        By default it starts in the base year and lasts to the end of the horizon.
    base_year, horizon : int
        Of the case.

    Examples
    --------
    >>> contract = Contract(payer="city", provider="firm", prices={"jobs": 1.0},
    ...                     first_year=2026, years=5)
    >>> contract_years(contract, 2025, 4)
    range(1, 4)
    """
    first = (contract.first_year or base_year) - base_year
    last = horizon if contract.years is None else min(first + contract.years, horizon)
    return range(first, last)
