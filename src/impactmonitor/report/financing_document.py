"""The one maker of the JSON object about financing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from impactmonitor.financing.arrangement import Arranged, Position
from impactmonitor.financing.chances import Chance
from impactmonitor.financing.result import Financing

DEFAULT = "default"


def financing_document(financing: Financing) -> dict[str, Any]:
    """What stands under ``financing`` in the JSON object of a result.

    Parameters
    ----------
    financing : Financing
        What is known.

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
        "arrangement": _arrangement(financing),
    }


def _arrangement(financing: Financing) -> dict[str, Any] | None:
    arranged, drawn = financing.arranged, financing.drawn
    if arranged is None:
        return None
    chances = financing.chances or {}
    return {
        "feasible": arranged.is_feasible,
        "needed": arranged.is_needed,
        "whole": arranged.whole or DEFAULT,
        "by_year": arranged.is_by_year,
        "payments": _payments(arranged),
        "subsidies": arranged.subsidies,
        "missing": sum(arranged.subsidies.values()),
        "actors": {
            name: _position(position, chances.get(name))
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
