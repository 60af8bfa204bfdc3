"""What a ranking holds: cases in order, and where two of them change places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.model.frameworks import Framework
from impactmonitor.model.record import Text
from impactmonitor.proposals.switching import Switch
from impactmonitor.scoring.comparison import NoRank
from impactmonitor.scoring.robust_ranking import Draws


@dataclass(frozen=True, slots=True)
class RankedCase:
    """One case among the others.

    Attributes
    ----------
    id, title : str, Text
        Of the case.
    score, low, high, coverage : float or None
        Of the case alone, as its evaluation gives them: score and bounds 0 to 100, coverage 0 to
        1; None where nothing has data.
    common_score : float or None
        0 to 100, over the indicators that have data in all cases.
    compared_coverage : float or None
        Coverage over the indicators that apply to all cases; this one decides.
    is_below_coverage : bool
        Too little is known for a first place: after all others.
    rank : int or None
        1 for the best, the same for the same common score; None where the ranking has a reason.
    rank_acceptability : tuple of float, or None
        Share of the draws at rank 1, 2 ...; None where there are no ranks.
    missing : tuple of str
        Indicators without data that apply to all cases, the heaviest first.
    """

    id: str
    title: Text
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    common_score: float | None
    compared_coverage: float | None
    is_below_coverage: bool
    rank: int | None
    rank_acceptability: tuple[float, ...] | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Cases in the order of a framework.

    Attributes
    ----------
    framework : Framework
        With its own weights and multipliers, by which the ranks are.
    draws : Draws
        How many other weights were tried, and which.
    cases : Mapping[str, RankedCase]
        By id, the best first; without ranks by common score.
    switches : tuple of Switch
        Pairs whose common scores cross, those of the best cases first.
    common : tuple of str
        Indicators that are compared: they apply to all cases and have data in all.
    common_coverage : float or None
        Their share of weight times multiplier, 0 to 1.
    left_out : Mapping[str, tuple of str]
        Indicators that do not apply to some cases, with the ids of those.
    reason : {"nothing_in_common", "all_below_coverage"} or None
        Why there are no ranks.
    """

    framework: Framework
    draws: Draws
    cases: Mapping[str, RankedCase]
    switches: tuple[Switch, ...]
    common: tuple[str, ...]
    common_coverage: float | None
    left_out: Mapping[str, tuple[str, ...]]
    reason: NoRank | None

    def switching_multipliers(self, name: str) -> dict[str, tuple[float, ...]]:
        """By other case the long-term multipliers at which the two have the same common score."""
        found: dict[str, tuple[float, ...]] = {other: () for other in self.cases if other != name}
        for one in self.switches:
            if name in (one.before, one.after):
                found[one.after if name == one.before else one.before] += (one.at,)
        return found
