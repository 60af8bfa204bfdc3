"""Divided costs and pots as one JSON object: every number of them, under its public name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from impactmonitor.financing.allocation import Allocation, Division
from impactmonitor.financing.claims import PotDivision
from impactmonitor.financing.games import Array
from impactmonitor.financing.shared_costs import Settlement, SharedCosts
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem
from impactmonitor.report.document import problem_list


def allocation_document(allocation: Allocation, language: Language = "en") -> dict[str, Any]:
    """A joint cost divided by several keys.

    Parameters
    ----------
    allocation : Allocation
        The shares, and the tests of them.
    language : {"nl", "en"}
        Of the messages; numbers and names are the same in both.

    Returns
    -------
    dict
        As ``impactmonitor allocate GAME --json`` prints it; numbers are not rounded.

    Examples
    --------
    >>> from impactmonitor.financing.allocation import allocate
    >>> from impactmonitor.financing.cost_game import CostGame
    >>> game = CostGame.of_coalitions(["a", "b"], {1: 8.0, 2: 6.0, 3: 10.0})
    >>> allocation_document(allocate(game))["methods"]["nucleolus"]["shares"]
    {'a': 6.0, 'b': 4.0}
    """
    return {
        "players": list(allocation.game.players),
        "total": allocation.game.total,
        "methods": _methods(allocation),
        "warnings": problem_list(allocation.warnings, language),
    }


def _methods(allocation: Allocation) -> dict[str, dict[str, Any]]:
    players = allocation.game.players
    return {key: _division(one, players) for key, one in allocation.by_key.items()}


def _division(one: Division, players: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "shares": _by_name(players, one.shares),
        "rounded": _by_name(players, one.rounded),
        "individually_rational": one.individually_rational,
        "in_core": one.in_core,
        "at_least_marginal": one.at_least_marginal,
        "needs": list(one.needs),
    }
    if one.sample is not None:
        found |= {
            "standard_error": _by_name(players, one.sample.standard_error),
            "orders": one.sample.orders,
            "seed": one.sample.seed,
        }
    return found


def _by_name(names: Iterable[str], amounts: Array | None) -> dict[str, float] | None:
    if amounts is None:
        return None
    return {name: amount + 0.0 for name, amount in zip(names, amounts.tolist(), strict=True)}


def pot_document(division: PotDivision) -> dict[str, Any]:
    """A pot divided among claims, as ``impactmonitor allocate`` prints it with ``--json``.

    Examples
    --------
    >>> from impactmonitor.financing.claims import divide_pot
    >>> pot_document(divide_pot(100, {"bank": 100, "friend": 200}))["methods"]["talmud"]["shares"]
    {'bank': 50.0, 'friend': 50.0}
    """
    names = list(division.claims)
    return {
        "pot": division.pot,
        "claims": dict(division.claims),
        "left": division.left,
        "methods": {
            rule: {
                "shares": _by_name(names, awards),
                "rounded": _by_name(names, division.rounded[rule]),
            }
            for rule, awards in division.awards.items()
        },
    }


def shared_document(
    shared: SharedCosts, language: Language = "en", warnings: Iterable[Problem] = ()
) -> dict[str, Any]:
    """The joint costs of a case divided by several keys, and who then pays whom.

    Parameters
    ----------
    shared : SharedCosts
        Made from the evaluation of the case.
    language : {"nl", "en"}
        Of the titles and messages.
    warnings : iterable of Problem
        What was noticed while reading and evaluating the case.

    Returns
    -------
    dict
        As ``impactmonitor share-costs CASE --json`` prints it; numbers are not rounded.
    """
    evaluation, case = shared.evaluation, shared.evaluation.case
    methods = {
        key: method | _settlement(shared.settlements.get(key), shared.yearly)
        for key, method in _methods(shared.allocation).items()
    }
    return {
        "case": case.id,
        "title": in_language(case.title, language),
        "currency": case.currency,
        "price_year": case.price_year,
        "base_year": case.base_year,
        "horizon": case.horizon,
        "scenario": evaluation.scenario,
        "costs": list(shared.lines),
        "players": list(shared.players),
        "total": shared.total,
        "actors": {
            name: {
                "costs": shared.costs[name],
                "benefits": shared.benefits[name],
                "stand_alone": case.actors[name].stand_alone,
            }
            for name in case.actors
        },
        "methods": methods,
        "warnings": problem_list([*shared.allocation.warnings, *warnings], language),
    }


def _settlement(settlement: Settlement | None, yearly: float) -> dict[str, Any]:
    if settlement is None:
        return {"transfers": None, "payments": None}
    return {
        "transfers": dict(settlement.transfers),
        "payments": [
            {
                "from": one.giver,
                "to": one.receiver,
                "present_value": one.amount,
                "yearly": one.amount / yearly,
            }
            for one in settlement.payments
        ],
    }
