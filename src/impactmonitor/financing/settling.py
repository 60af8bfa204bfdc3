"""Settle a contract in some draws: who pays what, and what becomes of it for everybody."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.contract_results import (
    ContractPoint,
    ContractResult,
    HighestPrice,
    TierResult,
)
from impactmonitor.financing.measured import Measured, Scope
from impactmonitor.financing.outcome_payments import (
    Terms,
    guarantee_called,
    payments_due,
    payments_within,
    saving,
    saving_under,
)
from impactmonitor.financing.price_limits import highest_price_factor
from impactmonitor.financing.tiers import SQUARE, Waterfall, is_repaid, rates_of_return, waterfall
from impactmonitor.model.financing import Contract
from impactmonitor.uncertainty.running import Sampling
from impactmonitor.uncertainty.summary import Summary, summarised


class _Settled(NamedTuple):
    """A contract in some draws.

    Attributes
    ----------
    due, paid : array, shape (years, draws)
        Before and after cap and floor.
    called, saving : array, shape (draws,)
    flows : Waterfall
        Of the tiers, and what is left.
    """

    due: Array
    paid: Array
    called: Array
    saving: Array
    flows: Waterfall


def _terms(contract: Contract) -> Terms:
    """What the payer agreed to; a guarantee only if it gives that itself."""
    is_guarantor = contract.guarantor in (None, contract.payer)
    return Terms(
        np.inf if contract.cap is None else contract.cap,
        contract.floor,
        contract.evaluation_cost,
        sum(tier.amount for tier in contract.tiers),
        contract.guarantee if is_guarantor else 0.0,
    )


def _settled(contract: Contract, found: Measured) -> _Settled:
    terms = _terms(contract)
    prices = list(contract.prices.values())
    due = payments_due(found.quantities, prices, _baseline(contract))
    paid = payments_within(due, terms.cap, terms.floor)
    called = guarantee_called(paid, terms.invested, contract.guarantee)
    tiers = [(tier.amount, tier.rate) for tier in contract.tiers]
    own = guarantee_called(paid, terms.invested, terms.guarantee)
    kept = saving(found.cash, paid, found.factors, terms.evaluation_cost, own)
    return _Settled(due, paid, called, kept, waterfall(paid, tiers, called))


def _baseline(contract: Contract) -> list[float]:
    return [contract.baseline.get(effect, 0.0) for effect in contract.prices]


def contract_result(
    name: str,
    contract: Contract,
    scope: Scope,
    drawn: Measured,
    sampling: Sampling,
    evaluation: Evaluation,
) -> ContractResult:
    """Everything that a contract gives.

    Parameters
    ----------
    name : str
        Its id.
    contract : Contract
        As it stands in the case.
    scope : Scope
        What it looks at.
    drawn : Measured
        That, in all draws.
    sampling : Sampling
        Which draws these are.
    evaluation : Evaluation
        The point estimate.
    """
    at_point = scope.measured(evaluation.appraised.ledger)
    point, found = _settled(contract, at_point), _settled(contract, drawn)
    years = tuple(evaluation.case.base_year + year for year in scope.years)
    asked, terms = found.due.sum(axis=0), _terms(contract)
    return ContractResult(
        id=name,
        contract=contract,
        years=years,
        draws=sampling.draws,
        seed=sampling.seed,
        method=sampling.method,
        point=_point(years, at_point, point),
        outcomes=_outcomes(contract, drawn),
        paid=summarised(found.paid.sum(axis=0)),
        expected_by_year=dict(zip(years, found.paid.mean(axis=1).tolist(), strict=True)),
        paid_present=summarised((drawn.factors * found.paid).sum(axis=0)),
        cash=summarised(drawn.cash),
        saving=summarised(found.saving),
        called=summarised(found.called),
        rest=summarised(found.flows.rest.sum(axis=0)),
        at_cap=float(np.mean(asked > terms.cap * (1 + SQUARE))),
        at_floor=float(np.mean(asked < terms.floor * (1 - SQUARE))),
        tiers=_tiers(contract, point.flows.flows, found.flows.flows),
        highest_price=_highest_price(contract, drawn, found.due),
    )


def _outcomes(contract: Contract, drawn: Measured) -> dict[str, Summary]:
    """What is paid for, by effect: the quantity above the baseline, all years together."""
    each = zip(contract.prices, drawn.quantities, _baseline(contract), strict=True)
    return {
        effect: summarised(np.maximum(quantities - least, 0.0).sum(axis=0))
        for effect, quantities, least in each
    }


def _point(years: tuple[int, ...], at: Measured, found: _Settled) -> ContractPoint:
    return ContractPoint(
        dict(zip(years, found.paid[:, 0].tolist(), strict=True)),
        float(found.called[0]),
        float(found.flows.rest.sum()),
        float(at.cash[0]),
        float(found.saving[0]),
    )


def _tiers(contract: Contract, point: Array, flows: Array) -> tuple[TierResult, ...]:
    """What every investor may expect; flows by tier, moment and draw."""
    results = []
    for tier, expected, own in zip(contract.tiers, point, flows, strict=True):
        received = own[1:].sum(axis=0)
        results.append(
            TierResult(
                tier.actor,
                tier.amount,
                tier.rate,
                float(rates_of_return(expected)[0]),
                summarised(received),
                summarised(rates_of_return(own)),
                float(rates_of_return(own.mean(axis=1, keepdims=True))[0]),
                float(np.mean(is_repaid(own))),
                float(np.mean(received == 0)),
            )
        )
    return tuple(results)


def _highest_price(contract: Contract, drawn: Measured, due: Array) -> HighestPrice:
    """By scaling all prices by one factor."""
    probability, terms = contract.probability, _terms(contract)
    if not due.any():
        return HighestPrice(probability, None, {}, None, "nothing-due")
    factor = highest_price_factor(due, drawn.cash, drawn.factors, probability, terms)
    if factor is None:
        return HighestPrice(probability, None, {}, None, "loses-anyway")
    if np.isinf(factor):
        return HighestPrice(probability, None, {}, None, "no-limit")
    prices = {effect: factor * price for effect, price in contract.prices.items()}
    kept = saving_under(terms, drawn.cash, factor * due, drawn.factors)
    return HighestPrice(probability, factor, prices, float(np.mean(kept < 0)), None)
