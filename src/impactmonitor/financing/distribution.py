"""Distributional weights: a euro counts more for who has little.

The weighted result stands beside the plain one and never in its place: that transfers change
nothing for society holds only where every euro counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Distribution:
    """Net results by actor, plain and weighted.

    Attributes
    ----------
    reference_income, elasticity : float
        By which the weights were made.
    weights : Mapping[str, float]
        By actor; 1 for those without an income.
    weighted : Mapping[str, float]
        Net present value times weight, by actor.
    net, weighted_net : float
        Of all actors together.
    """

    reference_income: float
    elasticity: float
    weights: Mapping[str, float]
    weighted: Mapping[str, float]
    net: float
    weighted_net: float


def welfare_weight(income: float | None, reference_income: float, elasticity: float) -> float:
    """How much a euro counts for somebody with an income.

    Parameters
    ----------
    income : float or None
        Yearly, above 0; None for an organisation, for which every euro counts once.
    reference_income : float
        Income at which a euro counts once, above 0.
    elasticity : float
        Of the marginal utility of income, 0 or more.

    Returns
    -------
    float
        ``(reference_income / income) ** elasticity``.

    Notes
    -----
    The marginal utility of income with a constant elasticity: at 1 a euro counts twice for who has
    half the reference income.

    Examples
    --------
    >>> welfare_weight(20_000, 40_000, 1.0), welfare_weight(None, 40_000, 1.3)
    (2.0, 1.0)
    """
    return 1.0 if income is None else (reference_income / income) ** elasticity


def distribution_of(evaluation: Evaluation) -> Distribution | None:
    """The weighted results of a case that asks for them.

    Returns
    -------
    Distribution or None
        None where the case has no ``distribution``.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> distribution_of(evaluate(case)) is None
    True
    """
    asked = evaluation.case.distribution
    if asked is None:
        return None
    people = evaluation.appraised.resolved.has_income
    weights = {
        name: welfare_weight(
            actor.income if people[name] else None, asked.reference_income, asked.elasticity
        )
        for name, actor in evaluation.case.actors.items()
    }
    weighted = {name: weights[name] * party.net for name, party in evaluation.by_actor.items()}
    return Distribution(
        asked.reference_income,
        asked.elasticity,
        weights,
        weighted,
        evaluation.amount("net_present_value"),
        sum(weighted.values()),
    )
