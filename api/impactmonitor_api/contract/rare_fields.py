"""What no shipped case has: parts of a case that only stand in the contract as examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LOAN: Mapping[str, Any] = {
    "kind": "loan",
    "title": {"nl": "Lening van het fonds", "en": "Loan of the fund"},
    "note": "As offered in May.",
    "source": "offer",
    "from": "fund",
    "to": "foundation",
    "amount": 100_000,
    "first_year": 2026,
    "rate": 0.03,
    "years": 6,
    "repayment": "annuity",
    "grace": 1,
    "loss_year": 2030,
    "loss_share": 0.1,
}
_SHARES: Mapping[str, Any] = {
    "kind": "equity",
    "dividend": 0.02,
    "exit_year": 2032,
    "exit_multiple": 1.2,
}
_COVER: Mapping[str, Any] = {
    "kind": "guarantee",
    "of": "loan-of-the-fund",
    "cover": "first-loss",
    "share": 0.5,
    "limit": 50_000,
    "fee": 0.01,
}
_CONTRACT: Mapping[str, Any] = {
    "title": {"nl": "Werk voor jongeren", "en": "Work for young people"},
    "note": "Prices as in the draft of the contract.",
    "payer": "municipality",
    "provider": "foundation",
    "prices": {"into-work": 5000},
    "baseline": {"into-work": 4},
    "first_year": 2027,
    "years": 4,
    "cap": 200_000,
    "floor": 20_000,
    "tiers": [{"actor": "fund", "amount": 80_000, "rate": 0.04}],
    "guarantee": 10_000,
    "guarantor": "municipality",
    "evaluation_cost": 7500,
    "probability": 0.1,
}
_PAYMENT: Mapping[str, Any] = {"from": "insurer", "to": "municipality"}

RARE: Mapping[str, Any] = {
    "summary": "Exercise classes for older people, so that fewer of them fall.",
    "about": {"reviewer": "Office for research and statistics"},
    "actors": {
        "residents": {
            "kind": "citizens",
            "may_pay": False,
            "income": 28_000,
            "stand_alone": 40_000,
            "retention": {"share": 0.6, "yearly_leaving": 0.07, "equalised": 0.5,
                          "rest_to": "other-insurers"},
        }
    },
    "excess_burden": {"rate": 0.2, "actors": ["municipality"], "borne_by": "state"},
    "exchange_rates": {"USD": {"2025": 0.92, "2026": 0.91}},
    "inflation": 0.02,
    "distribution": {"reference_income": 32_000, "elasticity": 1.3},
    "arrangement": {
        "by_year": True,
        "forbidden": [_PAYMENT],
        "required": [_PAYMENT],
        "minimum": {"municipality": 5000},
        "given": {"state": 25_000},
    },
    "instruments": {"loan-of-the-fund": _LOAN, "shares": _SHARES, "cover": _COVER},
    "contracts": {"work-for-young-people": _CONTRACT},
    "costs": {"licences": {"amount": 4000, "currency": "USD", "growth": 0.02,
                           "discount_class": "fixed_cost"}},
    "transfers": {"grant": {"source": "decision", "first_year": 2026, "growth": 0.02,
                            "price_year": 2025, "currency": "EUR", "in_kind": False}},
    "effects": {"fewer-falls": {"currency": "EUR", "lag": 1, "real_price_change": 0.01,
                                "real_price_from": 2026}},
    "sources": {"decision": {"licence": "CC BY 4.0"}},
}  # fmt: skip
