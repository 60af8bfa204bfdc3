"""The one maker of the JSON object about instruments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from impactmonitor.appraisal.coverage import Coverage
from impactmonitor.financing.financier_returns import InvestorReturns
from impactmonitor.financing.instrument_results import (
    FinancierResult,
    InstrumentResult,
    InstrumentsResult,
    LegResult,
)
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language


def instruments_document(result: InstrumentsResult, language: Language = "en") -> dict[str, Any]:
    """What stands under ``financing.instruments`` in the JSON object of a result.

    Parameters
    ----------
    result : InstrumentsResult
        From ``instruments_of``.
    language : {"nl", "en"}
        Of the titles; numbers and names are the same in both.

    Returns
    -------
    dict
        Numbers are not rounded. One that does not exist is None, and ``reasons`` says why.

    Examples
    --------
    >>> empty = InstrumentsResult(0.0, 0.03, 0.03, {}, {}, {})
    >>> sorted(instruments_document(empty))
    ['by_financier', 'by_instrument', 'coverage', 'finance_rate', 'inflation', 'reinvestment_rate']
    """
    return {
        "inflation": result.inflation,
        "finance_rate": result.finance_rate,
        "reinvestment_rate": result.reinvestment_rate,
        "by_instrument": {
            name: _instrument(name, one, language) for name, one in result.instruments.items()
        },
        "by_financier": {name: _financier(one) for name, one in result.financiers.items()},
        "coverage": {name: _coverage(one) for name, one in result.coverage.items()},
    }


def _instrument(name: str, one: InstrumentResult, language: Language) -> dict[str, Any]:
    return {
        "title": in_language(one.title, language, name),
        "kind": one.kind,
        "financier": one.financier,
        "receiver": one.receiver,
        "schedule": {
            "nominal": _rows(one.years, one.schedule),
            "real": _rows(one.years, one.schedule_real),
        },
        "legs": {leg: _leg(record) for leg, record in one.legs.items()},
        "returns": _both(one.nominal, one.real),
    }


def _rows(years: Sequence[int], columns: Mapping[str, Sequence[float]]) -> list[dict[str, Any]]:
    return [
        {"year": year, **{name: amounts[i] for name, amounts in columns.items()}}
        for i, year in enumerate(years)
    ]


def _leg(leg: LegResult) -> dict[str, Any]:
    return {
        "from": leg.giver,
        "to": leg.receiver,
        "moment": leg.moment,
        "amounts": [
            {"year": year, "nominal": amount, "real": leg.real[year]}
            for year, amount in leg.nominal.items()
        ],
    }


def _financier(one: FinancierResult) -> dict[str, Any]:
    columns = {"nominal": one.net, "real": one.net_real}
    return {
        "instruments": list(one.instruments),
        "years": _rows(one.years, columns),
        "returns": _both(one.nominal, one.real),
    }


def _both(nominal: InvestorReturns, real: InvestorReturns) -> dict[str, Any]:
    return {"nominal": _returns(nominal), "real": _returns(real)}


def _returns(found: InvestorReturns) -> dict[str, Any]:
    return {
        "put_in": found.put_in,
        "paid_out": found.paid_out,
        "internal_rate_of_return": {
            "value": found.internal_rate.value,
            "reason": found.reasons.get("internal_rate"),
            "roots": list(found.internal_rate.roots),
        },
        "modified_internal_rate_of_return": found.modified_rate,
        "multiple": found.multiple,
        "payback_year": found.payback_year,
        "reasons": dict(found.reasons),
    }


def _coverage(found: Coverage) -> dict[str, Any]:
    plain = asdict(found)
    years, cumulative = plain.pop("years"), plain.pop("cumulative")
    return {"is_covered": found.first_shortfall is None, **plain,
            "years": _rows(years, {"cumulative_cash": cumulative})}  # fmt: skip
