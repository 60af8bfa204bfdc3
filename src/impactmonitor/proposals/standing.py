"""What one case comes to in the money of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import SOCIETY
from impactmonitor.model.record import FrozenDict

FIGURES = (
    "costs",
    "benefits",
    "net_present_value",
    "benefit_cost_ratio",
    "equivalent_annual_value",
    "cash_net",
    "confirmed_share",
    "payback_years",
)


@dataclass(frozen=True, slots=True)
class KindAmounts:
    """What all actors of one kind pay and gain together, as present values.

    Attributes
    ----------
    actors : tuple of str
        Their ids in the case.
    costs, benefits, transfers, net, cash_net : float
        ``transfers`` is received minus paid; ``net`` is benefits - costs + transfers; ``cash_net``
        the part of it that is money.
    """

    actors: tuple[str, ...]
    costs: float
    benefits: float
    transfers: float
    net: float
    cash_net: float


@dataclass(frozen=True)
class Standing:
    """A case on one set of terms, in the money and at the moment of the comparison.

    Attributes
    ----------
    evaluation : Evaluation
        In the case's own money and at its own base year.
    scale : float
        What its amounts are multiplied by to be those of the comparison.
    figures : Mapping[str, float or None]
        ``FIGURES`` by name. ``cash_net`` is the money that all actors together get or save minus
        what they spend; ``confirmed_share`` the benefits that their bearers confirmed as a share
        of all, None where benefits are 0 or less; ``payback_years`` counts from the case's own
        base year, undiscounted, None where costs are never earned back.
    domains : Mapping[str, float]
        Net value by domain, all four of them.
    kinds : Mapping[str, KindAmounts]
        By kind of actor, because every case has actors of its own.
    evidence : Mapping[str, float]
        Share of the size of the effects by grade of evidence, strongest first; adds up to 1,
        empty where no effect is in euros.
    """

    evaluation: Evaluation
    scale: float
    figures: Mapping[str, float | None]
    domains: Mapping[str, float]
    kinds: Mapping[str, KindAmounts]
    evidence: Mapping[str, float]

    def amount(self, figure: str) -> float:
        """A figure that always has a value, such as ``net_present_value``."""
        value = self.figures[figure]
        if value is None:
            raise TypeError(f"{figure} is no amount")
        return value


def standing_of(evaluation: Evaluation, scale: float) -> Standing:
    """What a result comes to in the money of a comparison.

    Parameters
    ----------
    evaluation : Evaluation
        Of one case.
    scale : float
        Price level, currency and moment together.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> found = standing_of(evaluate(case), 2.0)
    >>> found.amount("benefits"), found.kinds["society"].costs
    (216004.0, 24712.0)
    """
    found = evaluation.domain_results()
    domains = {name: found[name].net * scale if name in found else 0.0 for name in DOMAINS}
    sizes = evaluation.evidence_results()
    whole = sum(sizes.values())
    return Standing(
        evaluation,
        scale,
        FrozenDict(_figures(evaluation, scale)),
        FrozenDict(domains),
        FrozenDict(_kinds(evaluation, scale)),
        FrozenDict({grade: size / whole for grade, size in sizes.items()} if whole else {}),
    )


def _figures(evaluation: Evaluation, scale: float) -> dict[str, float | None]:
    society = evaluation.by_perspective[SOCIETY]
    totals = evaluation.totals
    payback, ratio = totals["payback_year"], totals["benefit_cost_ratio"]
    assert payback is None or isinstance(payback, int)
    assert ratio is None or isinstance(ratio, int | float)
    return {
        "costs": society.costs * scale,
        "benefits": society.benefits * scale,
        "net_present_value": evaluation.amount("net_present_value") * scale,
        "benefit_cost_ratio": ratio,
        "equivalent_annual_value": evaluation.amount("equivalent_annual_value") * scale,
        "cash_net": society.cash_net * scale,
        "confirmed_share": (
            society.benefits_confirmed / society.benefits if society.benefits > 0 else None
        ),
        "payback_years": None if payback is None else float(payback - evaluation.case.base_year),
    }


def _kinds(evaluation: Evaluation, scale: float) -> dict[str, KindAmounts]:
    """Actors of one kind added up, in the order in which the case names the kinds."""
    names: dict[str, list[str]] = {}
    for name, actor in evaluation.case.actors.items():
        names.setdefault(actor.kind, []).append(name)

    def total(actors: list[str], column: str) -> float:
        return scale * sum(float(getattr(evaluation.by_actor[name], column)) for name in actors)

    columns = ("costs", "benefits", "transfers", "net", "cash_net")
    return {
        kind: KindAmounts(tuple(actors), *(total(actors, column) for column in columns))
        for kind, actors in names.items()
    }
