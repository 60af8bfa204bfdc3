"""Frameworks: indicators with weights, grouped by transition or element, and scales of levels.

A framework says what is asked about a project beside euros. Its weights and multipliers are a
preference of whoever owns it; ``origin`` says whose wording and weights they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from impactmonitor.model.entries import NOT_STATED, Entry
from impactmonitor.model.lines import Domain
from impactmonitor.model.record import FrozenDict, Id, Map, PlainText, Record, Text, Year
from impactmonitor.model.written import Several

Score = Annotated[float, Field(ge=0, le=1)]
Origin = Literal["source", "impactmonitor", "mixed"]
"""Whose wording and weights: the source's, ours, or the source's with additions of ours."""

Coverage = Literal["full", "partial"]
"""Whether the source could be read as a whole."""

Purpose = Literal["score", "readiness", "tags"]
"""What a framework is for: a weighted score, levels of which the lowest counts, or labels."""

Horizon = Literal["short", "medium", "long"]
Measure = Literal["stock", "flow", "cumulative", "ratio"]
DEFAULT_BOUNDS = (3.0, 10.0)


class Level(Record):
    """One level of a scale: what people call it, when it applies, and what it counts for."""

    title: Text
    text: Text
    score: Score | None = None


def scores_of(levels: Sequence[Level]) -> tuple[float, ...]:
    """The score of each level, the lowest first; evenly spaced from 0 to 1 where none is given.

    Examples
    --------
    >>> levels = [Level(title=name, text="…") for name in ("none", "some", "all")]
    >>> scores_of(levels)
    (0.0, 0.5, 1.0)
    """
    last = max(1, len(levels) - 1)
    return tuple(
        place / last if level.score is None else level.score for place, level in enumerate(levels)
    )


class Scale(Entry):
    """Levels from low to high; by default their scores are evenly spaced from 0 to 1.

    Examples
    --------
    >>> found = Scale.model_validate({"id": "yes-no", "title": "Yes or no", "levels": [
    ...     {"title": "No", "text": "It is not there."},
    ...     {"title": "Yes", "text": "It is there."}]})
    >>> found.scores
    (0.0, 1.0)
    """

    levels: Several[Level]
    source: Id | None = None
    origin: Origin = "impactmonitor"
    note: Text | None = None

    @property
    def scores(self) -> tuple[float, ...]:
        """The score of each level, the lowest first."""
        return scores_of(self.levels)


class EndState(Record):
    """What a framework wants to come true in the end."""

    title: Text
    description: Text | None = None
    year: Year | None = None


class Group(Record):
    """A transition, an element, an aspect: what some indicators belong to."""

    title: Text
    description: Text | None = None
    end_state: Id | None = None


class FrameworkIndicator(Record):
    """What is asked about a project, and how an answer becomes a score.

    Attributes
    ----------
    question : Text or None
        As it is put to whoever fills it in; for a qualitative indicator.
    kind : {"qualitative", "quantitative"}
        A level of a scale, or a number.
    horizon : {"short", "medium", "long"} or float
        When the impact shows; or after how many years.
    weight : float
        0 or more.
    scale : str or None
        Id of a shared scale, for a qualitative indicator without ``levels`` of its own.
    zero, full : float or None
        Numbers that count for 0 and for 1, with a straight line between.
    points : sequence of (number, score)
        Instead of those, in rising order of the number.
    indicator : str or None
        Id of the catalogue's indicator for the same thing, which gives unit and domain where they
        are left out. A ratio may have another unit: it is a share or an average of that thing.
    """

    title: Text
    group: Id
    kind: Literal["qualitative", "quantitative"]
    question: Text | None = None
    description: Text | None = None
    unit: PlainText | None = None
    direction: Literal["increase", "decrease"] = "increase"
    domain: Domain | None = None
    horizon: Annotated[Horizon | Annotated[float, Field(ge=0)], Field(union_mode="left_to_right")]
    measure: Measure = "stock"
    counts_people: bool = False
    weight: Annotated[float, Field(ge=0)] = 1.0
    scale: Id | None = None
    levels: Several[Level] | None = None
    zero: float | None = None
    full: float | None = None
    points: Several[Annotated[tuple[float, Score], Field(strict=False)]] | None = None
    indicator: Id | None = None
    unit_value: Id | None = None
    codes: Map[PlainText, PlainText] = Field(default_factory=FrozenDict)
    source: Id | None = None
    origin: Origin = "impactmonitor"

    def model_post_init(self, context: object, /) -> None:
        """Refuse an indicator that could not be scored, or in two ways."""
        ways = [self.scale is not None, self.levels is not None, self.points is not None]
        ways.append(self.zero is not None or self.full is not None)
        allowed = ways[:2] if self.kind == "qualitative" else ways[2:]
        if sum(ways) != 1 or sum(allowed) != 1 or (self.zero is None) != (self.full is None):
            raise PydanticCustomError("indicator-without-scale", "", {"kind": self.kind})
        if self.zero is not None and self.zero == self.full:
            raise PydanticCustomError("zero-equals-full", "", {"value": self.zero})
        numbers = [number for number, _ in self.points or ()]
        if numbers != sorted(set(numbers)):
            raise PydanticCustomError("points-not-ascending", "")


class Tag(Record):
    """A label of a framework that only names things, such as a goal or a mission."""

    title: Text
    group: Id | None = None
    description: Text | None = None


class Multipliers(Record):
    """How much more indicators count whose impact shows later: a preference, never on money."""

    short: Annotated[float, Field(ge=0)] = 1.0
    medium: Annotated[float, Field(ge=0)] = 2.0
    long: Annotated[float, Field(ge=0)] = 3.0


class Framework(Entry):
    """Indicators in groups, with weights and multipliers; or labels.

    Attributes
    ----------
    purpose : {"score", "readiness", "tags"}
        What it is for.
    source, licence, note : str or None, str, Text or None
        Where it comes from, on which terms, and what in it is ours.
    origin, coverage : str
        Whose wording and weights they are, and whether the source was readable as a whole.
    multipliers : Multipliers
        By horizon; ours unless the note says otherwise.
    horizon_bounds : (float, float)
        Years from which an impact counts as medium and as long.
    end_states, groups, indicators, tags : Mapping
        By id; every indicator belongs to a group.
    """

    purpose: Purpose = "score"
    source: Id
    licence: PlainText = NOT_STATED
    origin: Origin
    coverage: Coverage = "full"
    note: Text
    multipliers: Multipliers = Field(default_factory=Multipliers)
    horizon_bounds: Annotated[tuple[float, float], Field(strict=False)] = DEFAULT_BOUNDS
    end_states: Map[Id, EndState] = Field(default_factory=FrozenDict)
    groups: Map[Id, Group] = Field(default_factory=FrozenDict)
    indicators: Map[Id, FrameworkIndicator] = Field(default_factory=FrozenDict)
    tags: Map[Id, Tag] = Field(default_factory=FrozenDict)

    def horizon_of(self, name: str) -> Horizon:
        """When the impact of an indicator shows, in words."""
        horizon = self.indicators[name].horizon
        if isinstance(horizon, str):
            return horizon
        medium, long = self.horizon_bounds
        return "short" if horizon < medium else "medium" if horizon <= long else "long"

    def multiplier_of(self, name: str) -> float:
        """By how much an indicator counts more because its impact shows later."""
        found: float = getattr(self.multipliers, self.horizon_of(name))
        return found
