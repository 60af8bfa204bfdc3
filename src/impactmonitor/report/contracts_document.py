"""The one maker of the JSON object about contracts for outcomes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from impactmonitor.financing.contract_results import ContractResult
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language


def contracts_document(
    results: Mapping[str, ContractResult], language: Language = "en"
) -> dict[str, Any]:
    """What stands under ``financing.contracts`` in the JSON object of a result.

    Parameters
    ----------
    results : mapping from str to ContractResult
        From ``contracts_of``.
    language : {"nl", "en"}
        Of the titles; numbers and names are the same in both.

    Returns
    -------
    dict
        By id of the contract. Numbers are not rounded; one that does not exist is None, and
        ``highest_price`` then has a reason.

    Examples
    --------
    >>> contracts_document({})
    {}
    """
    return {name: _contract(one, language) for name, one in results.items()}


def _contract(one: ContractResult, language: Language) -> dict[str, Any]:
    contract = one.contract
    names = [field.name for field in fields(one) if field.name not in ("id", "contract")]
    found: dict[str, Any] = _plain(
        {
            "title": in_language(contract.title, language, one.id),
            "payer": contract.payer,
            "provider": contract.provider,
            "guarantor": one.guarantor if contract.guarantee else None,
            "prices": contract.prices,
            "chance_of_saving": one.chance_of_saving,
            "chance_of_loss": one.saving.probability_negative,
            **{name: getattr(one, name) for name in names},
        }
    )
    return found


def _plain(value: Any) -> Any:
    """Plain values only: names are text, and a number that is not finite becomes None."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
