"""Who should pay: from a wrong pocket to a financing that holds.

Functions on plain arrays (side payments, cost keys, claims, schedules, contracts) and on the result
of a case (pockets, arrangements, shared costs, instruments, contracts)::

    from impactmonitor.financing import arrange, loan_schedule, shapley
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from impactmonitor.appraisal.cover import cover_schedule
    from impactmonitor.appraisal.repayment import (
        equity_schedule,
        grant_schedule,
        loan_schedule,
        revolving_schedule,
    )
    from impactmonitor.financing.arranged_case import with_payments
    from impactmonitor.financing.arrangement import Arranged, arrange
    from impactmonitor.financing.chances import chances_of, drawn
    from impactmonitor.financing.claims import (
        constrained_equal_awards,
        constrained_equal_losses,
        divide_pot,
        proportional,
        talmud,
    )
    from impactmonitor.financing.compensation import (
        Conditions,
        Payments,
        Timing,
        deepest_need,
        payments_over_time,
        side_payments,
    )
    from impactmonitor.financing.contracts import contracts_of
    from impactmonitor.financing.distribution import distribution_of, welfare_weight
    from impactmonitor.financing.financier_returns import (
        investor_returns,
        modified_internal_rate,
        multiple,
        real_rate,
    )
    from impactmonitor.financing.games import is_in_core, is_individually_rational, shapley
    from impactmonitor.financing.instruments import instruments_of
    from impactmonitor.financing.keys import (
        equal,
        in_proportion,
        rounded,
        separable_costs_remaining_benefits,
    )
    from impactmonitor.financing.nucleolus_shares import nucleolus
    from impactmonitor.financing.outcome_payments import payments_due, payments_within, saving
    from impactmonitor.financing.pockets import Pockets, pockets_of
    from impactmonitor.financing.price_limits import highest_price_factor
    from impactmonitor.financing.result import Financing, financing_of
    from impactmonitor.financing.sampled import sampled_shapley
    from impactmonitor.financing.shared_case import with_shares
    from impactmonitor.financing.shared_costs import share_costs
    from impactmonitor.financing.tiers import rates_of_return, waterfall

_PLACES = {
    "Arranged": "impactmonitor.financing.arrangement",
    "Conditions": "impactmonitor.financing.compensation",
    "Financing": "impactmonitor.financing.result",
    "Payments": "impactmonitor.financing.compensation",
    "Pockets": "impactmonitor.financing.pockets",
    "Timing": "impactmonitor.financing.compensation",
    "arrange": "impactmonitor.financing.arrangement",
    "chances_of": "impactmonitor.financing.chances",
    "constrained_equal_awards": "impactmonitor.financing.claims",
    "constrained_equal_losses": "impactmonitor.financing.claims",
    "contracts_of": "impactmonitor.financing.contracts",
    "cover_schedule": "impactmonitor.appraisal.cover",
    "deepest_need": "impactmonitor.financing.compensation",
    "distribution_of": "impactmonitor.financing.distribution",
    "divide_pot": "impactmonitor.financing.claims",
    "drawn": "impactmonitor.financing.chances",
    "equal": "impactmonitor.financing.keys",
    "equity_schedule": "impactmonitor.appraisal.repayment",
    "financing_of": "impactmonitor.financing.result",
    "grant_schedule": "impactmonitor.appraisal.repayment",
    "highest_price_factor": "impactmonitor.financing.price_limits",
    "in_proportion": "impactmonitor.financing.keys",
    "instruments_of": "impactmonitor.financing.instruments",
    "investor_returns": "impactmonitor.financing.financier_returns",
    "is_in_core": "impactmonitor.financing.games",
    "is_individually_rational": "impactmonitor.financing.games",
    "loan_schedule": "impactmonitor.appraisal.repayment",
    "modified_internal_rate": "impactmonitor.financing.financier_returns",
    "multiple": "impactmonitor.financing.financier_returns",
    "nucleolus": "impactmonitor.financing.nucleolus_shares",
    "payments_due": "impactmonitor.financing.outcome_payments",
    "payments_over_time": "impactmonitor.financing.compensation",
    "payments_within": "impactmonitor.financing.outcome_payments",
    "pockets_of": "impactmonitor.financing.pockets",
    "proportional": "impactmonitor.financing.claims",
    "rates_of_return": "impactmonitor.financing.tiers",
    "real_rate": "impactmonitor.financing.financier_returns",
    "revolving_schedule": "impactmonitor.appraisal.repayment",
    "rounded": "impactmonitor.financing.keys",
    "sampled_shapley": "impactmonitor.financing.sampled",
    "saving": "impactmonitor.financing.outcome_payments",
    "separable_costs_remaining_benefits": "impactmonitor.financing.keys",
    "shapley": "impactmonitor.financing.games",
    "share_costs": "impactmonitor.financing.shared_costs",
    "side_payments": "impactmonitor.financing.compensation",
    "talmud": "impactmonitor.financing.claims",
    "waterfall": "impactmonitor.financing.tiers",
    "welfare_weight": "impactmonitor.financing.distribution",
    "with_payments": "impactmonitor.financing.arranged_case",
    "with_shares": "impactmonitor.financing.shared_case",
}

__all__ = [
    "Arranged",
    "Conditions",
    "Financing",
    "Payments",
    "Pockets",
    "Timing",
    "arrange",
    "chances_of",
    "constrained_equal_awards",
    "constrained_equal_losses",
    "contracts_of",
    "cover_schedule",
    "deepest_need",
    "distribution_of",
    "divide_pot",
    "drawn",
    "equal",
    "equity_schedule",
    "financing_of",
    "grant_schedule",
    "highest_price_factor",
    "in_proportion",
    "instruments_of",
    "investor_returns",
    "is_in_core",
    "is_individually_rational",
    "loan_schedule",
    "modified_internal_rate",
    "multiple",
    "nucleolus",
    "payments_due",
    "payments_over_time",
    "payments_within",
    "pockets_of",
    "proportional",
    "rates_of_return",
    "real_rate",
    "revolving_schedule",
    "rounded",
    "sampled_shapley",
    "saving",
    "separable_costs_remaining_benefits",
    "shapley",
    "share_costs",
    "side_payments",
    "talmud",
    "waterfall",
    "welfare_weight",
    "with_payments",
    "with_shares",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: most cases need few of them."""
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
