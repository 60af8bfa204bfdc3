"""What a comparison of cases holds: each on the same terms, ranks, and how firm they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.evaluation import Evaluation
from impactmonitor.model.policy import Policy
from impactmonitor.model.record import Text
from impactmonitor.problems import Problem
from impactmonitor.proposals.common_base import Base
from impactmonitor.proposals.drawn_cases import Chances
from impactmonitor.proposals.levelled import Levelling, Rule
from impactmonitor.proposals.ranked import Ranking
from impactmonitor.proposals.rule_bridge import RuleBridge
from impactmonitor.proposals.standing import Standing

Ranks = Mapping[str, Mapping[str, int | None]]
"""By quantity and by case."""


@dataclass(frozen=True)
class ComparedCase:
    """One case among the others.

    Attributes
    ----------
    id, title : str, Text
        Of the case.
    handed_in : Evaluation
        As it came in: on its own terms, in its own money, with its variants.
    price_factor, start_factor : float
        What its amounts are multiplied by to come to the money and price level of the
        comparison, and to its moment.
    claimed, levelled : Standing
        Its own numbers on the common base, and those of the policy; the same without a policy.
    bridge : RuleBridge
        From its own terms to the levelled result, in the money of the comparison.
    levelling : Levelling
        Every number that was changed, and what could not be.
    chances : Chances or None
        Of the levelled result; None without draws.
    """

    id: str
    title: Text
    handed_in: Evaluation
    price_factor: float
    start_factor: float
    claimed: Standing
    levelled: Standing
    bridge: RuleBridge
    levelling: Levelling
    chances: Chances | None

    @property
    def scale(self) -> float:
        """Both factors together."""
        return self.price_factor * self.start_factor


@dataclass(frozen=True)
class Robustness:
    """How firm the ranks on net present value are.

    Attributes
    ----------
    shares : Mapping[str, tuple of float] or None
        By case, the share of the draws at rank 1, 2 ...; None without draws.
    without : Mapping[str, Mapping[str, int or None]]
        By rule that is left out, the rank of each case; only rules that changed anything.
    net_without : Mapping[str, Mapping[str, float]]
        By the same rule, the net present value of each case.
    """

    shares: Mapping[str, tuple[float, ...]] | None
    without: Mapping[Rule, Mapping[str, int | None]]
    net_without: Mapping[Rule, Mapping[str, float]]


@dataclass(frozen=True)
class Compared:
    """Cases beside each other.

    Attributes
    ----------
    base : Base
        In what they are compared.
    policy : Policy or None
        None where nothing was levelled.
    draws, seed : int
        0 draws where nothing was drawn.
    rules : tuple of str
        Those that were applied, in their order.
    cases : Mapping[str, ComparedCase]
        By id, the highest levelled net present value first, and equal ones by id.
    claimed_ranks, ranks : Mapping[str, Mapping[str, int or None]]
        By quantity and case, on claimed and on levelled numbers; 1 for the best.
    scores : Mapping[str, Ranking]
        By framework that all cases answer. They stand beside the euros and are never mixed in.
    robustness : Robustness
        Of the levelled ranks on net present value.
    warnings : tuple of Problem
        What to know before anything is concluded from it.
    """

    base: Base
    policy: Policy | None
    draws: int
    seed: int
    rules: tuple[Rule, ...]
    cases: Mapping[str, ComparedCase]
    claimed_ranks: Ranks
    ranks: Ranks
    scores: Mapping[str, Ranking]
    robustness: Robustness
    warnings: tuple[Problem, ...]
