"""What is known of the financing of a case, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arrangement import Arranged
from impactmonitor.financing.chances import Chance, Drawn
from impactmonitor.financing.distribution import Distribution, distribution_of
from impactmonitor.financing.pockets import Pockets, pockets_of


@dataclass(frozen=True)
class Financing:
    """Who pays and gains, and what would hold.

    Attributes
    ----------
    pockets : Pockets
        Who pays, gains and advances.
    distribution : Distribution or None
        Weighted results, where the case asks for them.
    arranged : Arranged or None
        Payments between actors, where they were worked out.
    chances : Mapping[str, Chance]
        How sure everybody is to be whole; empty where nothing was drawn.
    drawn : Drawn or None
        The draws behind the chances.
    """

    pockets: Pockets
    distribution: Distribution | None
    arranged: Arranged | None = None
    chances: Mapping[str, Chance] | None = None
    drawn: Drawn | None = None


def financing_of(evaluation: Evaluation) -> Financing:
    """What follows from a result by itself, without an arrangement.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> financing_of(evaluate(case)).pockets.losers[0]
    'municipality'
    """
    return Financing(pockets_of(evaluation), distribution_of(evaluation))
