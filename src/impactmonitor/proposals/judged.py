"""A result with everything that the checks look at, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.resolved import ResolvedEffect
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.gaps import Gaps
from impactmonitor.model.lines import Effect
from impactmonitor.proposals.point_values import PointValues
from impactmonitor.proposals.reached import Reach, reaches
from impactmonitor.proposals.thresholds import Thresholds


@dataclass(frozen=True)
class Judged:
    """A result as the checks see it.

    Attributes
    ----------
    evaluation, catalogue, gaps : Evaluation, Catalogue, Gaps
        Of one case.
    thresholds : Thresholds
        From where on something is asked about.
    twice : tuple of (str, float)
        Effects that are net, with the deadweight that the applicant gives all the same; it was
        left out of the result.
    """

    evaluation: Evaluation
    catalogue: Catalogue
    gaps: Gaps
    thresholds: Thresholds
    twice: tuple[tuple[str, float], ...] = ()

    @cached_property
    def points(self) -> PointValues:
        """Point estimates of its figures."""
        return PointValues(self.evaluation)

    @cached_property
    def reaches(self) -> list[Reach]:
        """Whom each effect reaches."""
        return reaches(self.evaluation, self.catalogue, self.points)

    @cached_property
    def values(self) -> dict[str, float]:
        """Present values of the effects in money that are no transfers."""
        resolved = self.evaluation.appraised.resolved.effects
        return {
            line.id: line.present_value
            for line in self.evaluation.line_results()
            if line.kind == "effect"
            and line.present_value is not None
            and not resolved[line.id].taken_from
        }

    @cached_property
    def largest(self) -> str | None:
        """The effect that is worth most; None where nothing is worth anything."""
        gains = {name: value for name, value in self.values.items() if value > 0}
        return max(gains, key=lambda name: gains[name]) if gains else None

    def share(self, name: str) -> float:
        """The part of an effect in the sizes of all effects in money, harms too."""
        whole = sum(abs(value) for value in self.values.values())
        return abs(self.values.get(name, 0.0)) / whole if whole else 0.0

    def gains(self) -> Iterator[tuple[str, Effect, ResolvedEffect]]:
        """The effects that are worth something, in the order of the case."""
        for name, effect in self.evaluation.case.effects.items():
            if self.values.get(name, 0.0) > 0:
                yield name, effect, self.evaluation.appraised.resolved.effects[name]

    def deadweight(self, name: str) -> float:
        """The point estimate of the deadweight of an effect."""
        effect = self.evaluation.case.effects[name]
        return self.points.of(f"effects.{name}.deadweight", effect.deadweight)
