"""The one maker of the JSON object about a choice under a budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.choosing_frontier import BudgetPoint, Frontier
from impactmonitor.portfolio.choosing_robustly import Robustness
from impactmonitor.portfolio.chosen import Considered, LeftOut, NotChosen, Selection
from impactmonitor.problems import Problem
from impactmonitor.report.document import problem_list
from impactmonitor.version import __version__


def choosing_document(
    selection: Selection, language: Language = "en", warnings: Iterable[Problem] = ()
) -> dict[str, Any]:
    """A choice as one object of plain values.

    Parameters
    ----------
    selection : Selection
        From ``select``.
    language : {"nl", "en"}
        Of titles and messages; numbers and names are the same in both.
    warnings : iterable of Problem
        What was noticed on the way.

    Returns
    -------
    dict
        As ``impactmonitor select FILE --json`` prints it; numbers are not rounded. Amounts are in
        the currency and prices of the fund, chances and shares from 0 to 1, and ``score`` of
        totals and points is a sum of amount x score (0 to 100). ``chosen`` is null where the
        floor cannot be reached, and ``unreachable`` then says by how much.
    """
    fund, terms = selection.portfolio, selection.terms
    framework = selection.framework
    return {
        "portfolio": fund.id,
        "title": in_language(fund.title, language),
        "engine": __version__,
        "currency": fund.currency,
        "price_year": fund.price_year,
        "base_year": fund.base_year,
        "framework": None if framework is None else framework.id,
        "terms": {**asdict(terms), "themes": dict(terms.themes)},
        "draws": selection.draws,
        "seed": selection.seed,
        "chosen": None if selection.chosen is None else list(selection.chosen),
        "is_proven": selection.is_proven,
        "totals": None if selection.totals is None else asdict(selection.totals),
        "unreachable": None if selection.unreachable is None else asdict(selection.unreachable),
        "candidates": {
            name: _candidate(one, selection, language) for name, one in selection.candidates.items()
        },
        "left_out": {n: _left_out(one, language) for n, one in selection.left_out.items()},
        "step": float(selection.step),
        "value_of_step": selection.value_of_step,
        "budgets": [_budget(point, selection) for point in selection.budgets],
        "frontier": None if selection.frontier is None else _frontier(selection.frontier),
        "not_on_frontier": list(selection.unscored),
        "robustness": None if selection.robustness is None else _sure(selection.robustness),
        "warnings": problem_list(warnings, language),
    }


def _candidate(one: Considered, selection: Selection, language: Language) -> dict[str, Any]:
    why = selection.not_chosen.get(one.id)
    return {
        **asdict(one),
        "title": in_language(one.title, language, one.id),
        "themes": dict(one.themes),
        "is_chosen": None if selection.chosen is None else one.id in selection.chosen,
        "not_chosen": None if why is None else _why(why),
    }


def _why(why: NotChosen) -> dict[str, Any]:
    blocks = [{"kind": b.kind, "names": list(b.names), "short": b.short} for b in why.blocks]
    return {"blocks": blocks, "lost": why.lost}


def _left_out(one: LeftOut, language: Language) -> dict[str, Any]:
    return {
        "title": in_language(one.title, language, one.id),
        "reason": one.reason,
        "probability_of_loss": one.probability_of_loss,
        "needs": list(one.needs),
        "problems": problem_list(one.problems, language),
    }


def _budget(point: BudgetPoint, selection: Selection) -> dict[str, Any]:
    best = point.best
    found: Fraction | None = None if best is None else best.reached[0]
    return {
        "budget": float(point.budget),
        selection.terms.maximise: None if found is None else float(found),
        "chosen": None if best is None else list(best.chosen),
        "is_proven": best is None or best.is_proven,
    }


def _frontier(frontier: Frontier) -> dict[str, Any]:
    points = [
        {
            "chosen": list(one.chosen),
            "npv": float(one.value),
            "score": float(one.score),
            "is_proven": one.is_proven,
        }
        for one in frontier.points
    ]
    return {"is_complete": frontier.is_complete, "points": points}


def _sure(found: Robustness) -> dict[str, Any]:
    return {
        "draws": found.draws,
        "mean": found.mean,
        "p05": found.p05,
        "p95": found.p95,
        "probability_of_loss": found.probability_of_loss,
        "solved": found.solved,
        "best": found.best,
        "expected_regret": found.expected_regret,
        "members": dict(found.members),
        "is_proven": found.is_proven,
    }
