"""The one maker of the JSON object about financing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from impactmonitor.financing.arrangement import Arranged, Position
from impactmonitor.financing.chances import Chance
from impactmonitor.financing.result import Financing
from impactmonitor.messages import Language
from impactmonitor.report.contracts_document import contracts_document
from impactmonitor.report.instruments_document import instruments_document

DEFAULT = "default"


def financing_document(financing: Financing, language: Language = "en") -> dict[str, Any]:
    """What stands under ``financing`` in the JSON object of a result.

    Parameters
    ----------
    financing : Financing
        What is known.
    language : {"nl", "en"}
        Of the titles; numbers and names are the same in both.

    Returns
    -------
    dict
        Numbers are not rounded; None where something does not exist or was not worked out.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.financing.result import financing_of
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> found = financing_document(financing_of(evaluate(case)))
    >>> found["wrong_pockets"], found["arrangement"]
    ([], None)
    """
    pockets = financing.pockets
    return {
        "society_gains": pockets.society_gains,
        "wrong_pockets": list(pockets.wrong),
        "losers": list(pockets.losers),
        "actors": {name: asdict(one) for name, one in pockets.actors.items()},
        "perspectives": {name: asdict(one) for name, one in pockets.perspectives.items()},
        "distribution": None if financing.distribution is None else asdict(financing.distribution),
        "instruments": _instruments(financing, language),
        "contracts": contracts_document(financing.contracts, language),
        "arrangement": _arrangement(financing),
    }


def _instruments(financing: Financing, language: Language) -> dict[str, Any] | None:
    found = financing.instruments
    return None if found is None else instruments_document(found, language)


def _arrangement(financing: Financing) -> dict[str, Any] | None:
    arranged, drawn = financing.arranged, financing.drawn
    if arranged is None:
        return None
    return {
        "feasible": arranged.is_feasible,
        "needed": arranged.is_needed,
        "whole": arranged.whole or DEFAULT,
        "by_year": arranged.is_by_year,
        "payments": _payments(arranged),
        "subsidies": arranged.subsidies,
        "missing": sum(arranged.subsidies.values()),
        "actors": {
            name: _position(position, financing.chances.get(name))
            for name, position in arranged.positions.items()
        },
        "draws": None if drawn is None else drawn.draws,
        "seed": None if drawn is None else drawn.seed,
    }


def _payments(arranged: Arranged) -> list[dict[str, Any]]:
    return [
        {
            "from": payment.giver,
            "to": payment.receiver,
            "present_value": payment.present_value,
            "by_year": {str(year): amount for year, amount in payment.by_year.items()},
        }
        for payment in arranged.payments
    ]


def _position(position: Position, chance: Chance | None) -> dict[str, Any]:
    return {
        "lacks": position.lacks,
        "spares": position.spares,
        "paid": position.paid,
        "received": position.received,
        "subsidy": position.subsidy,
        "before": {"net": position.net, "cash_net": position.cash_net},
        "after": {"net": position.net_after, "cash_net": position.cash_net_after},
        "deepest_need": position.deepest_need,
        "deepest_year": position.deepest_year,
        "chance": None if chance is None else asdict(chance),
    }
