"""Effect cards: what research found about the size of one effect, and how far it carries.

A card is no promise. It says what was found, among whom, compared with what, how sure that is and
what it must not be used for. What is not the source's but ours stands under ``ours``, in
``bearers`` and ``persistence``, and in the class of use.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from impactmonitor.model.entries import Entry
from impactmonitor.model.lines import Evidence
from impactmonitor.model.record import (
    Id,
    PlainText,
    Record,
    Text,
    Whole,
    Year,
    YearCount,
)
from impactmonitor.model.written import Several

CardUse = Literal["A", "B", "C", "N"]
"""A may prefill, B is for scenarios, C is shown and never in euros, N was found not to work."""

EffectMeasure = Literal[
    "RaR", "IRR", "RR", "OR", "HR", "MD", "PP", "PCT", "RATIO", "SMD", "PERCENTILE", "NONE",
]  # fmt: skip
"""How a size of effect is expressed: ratios of rates, risks, odds or hazards; differences."""

RATIO_MEASURES: frozenset[EffectMeasure] = frozenset({"RaR", "IRR", "RR", "OR", "HR"})
"""Measures that are 1 without effect, and whose spread is even on a logarithmic scale."""

WITHOUT_EUROS: frozenset[EffectMeasure] = frozenset({"SMD", "PERCENTILE", "NONE"})
"""Measures that say nothing about how many people or events change."""

Theme = Literal[
    "prevention", "social", "care", "health", "youth", "education", "work", "debt", "housing",
    "energy-poverty", "greening", "mobility", "safety",
]  # fmt: skip
IntervalKind = Literal["CI", "range", "two-metrics"]
Design = Literal["rct", "controlled", "mixed", "model", "before-after", "uncontrolled"]
Provenance = Literal["P", "S", "R"]
TAU = 0.20
"""Spread between settings on a logarithmic scale: ours, with 0.10 to 0.40 as its range."""

SCALE = (0.3, 0.6, 1.0)
"""How much of an effect is left outside trials, as a triangular distribution: ours."""


class CardInterval(Record):
    """The published interval; only a confidence interval may be sampled from.

    Attributes
    ----------
    low, high : float
        In the measure of the card.
    coverage_percent : float or None
        How often such an interval holds the truth; usually 95, but not always.
    kind : {"CI", "range", "two-metrics"}
        A range of analyses, or the answers of two methods, is no confidence interval.
    by : {"source", "ours", "model"}
        Whose interval it is.
    """

    low: float
    high: float
    coverage_percent: Annotated[float, Field(gt=0, lt=100)] | None = None
    kind: IntervalKind
    by: Literal["source", "ours", "model"] = "source"
    note: Text | None = None


class Certainty(Record):
    """How sure the source is; ``grade`` only where GRADE is stated."""

    grade: Literal["high", "moderate", "low", "very-low"] | None = None
    text: Text
    basis: Literal["source", "ours"]


class CardSource(Record):
    """The work that a card or its baseline comes from, and the page that was read."""

    title: PlainText
    authors: PlainText | None = None
    year: Year | None = None
    note: Text | None = None
    publisher: PlainText | None = None
    doi: PlainText | None = None
    url: PlainText | None = None


class CardBaseline(Record):
    """What happens without the activity, in the source; the local figure is always better.

    Attributes
    ----------
    value : float
        A risk (0 to 1) or a number per person and year, as ``unit`` says.
    is_of_the_opposite : bool
        The effect is on the opposite: dropping out, where the ratio is of completing.
    source : CardSource or None
        Where it is from when not from the card's own source.
    """

    value: Annotated[float, Field(gt=0)]
    unit: Text
    is_of_the_opposite: bool = False
    note: Text | None = None
    source: CardSource | None = None


class Persistence(Record):
    """What was seen of how long it lasts, and what a case takes unless it says otherwise (ours)."""

    seen: Text | None = None
    lasts: YearCount = 1
    drop_off: Annotated[float, Field(ge=0, le=1)] = 0.0
    advice: Text | None = None


class CardBearers(Record):
    """Kinds of actors that gain, and kinds that pay or take over work: our mapping."""

    gains: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    pays: Annotated[tuple[Id, ...], Field(strict=False)] = ()


class OurSpread(Record):
    """The distribution that we derived from point and interval.

    ``mu`` and ``sigma`` are on the logarithmic scale for ``lognormal``.
    """

    distribution: Literal["lognormal", "normal"]
    mu: float
    sigma: Annotated[float, Field(gt=0)]


class EffectCard(Entry):
    """A sourced size of one effect.

    Attributes
    ----------
    group : str or None
        Cards of one group overlap: a case takes one of them. By default the beginning of the id.
    use : {"A", "B", "C", "N"}
        What it may be used for.
    good : {"lower", "higher"} or None
        Which direction of the outcome is better.
    measure, point, interval : str, float or None, CardInterval or None
        What was found.
    unit : str or None
        What is counted when the card is applied; None: what the local baseline counts, or nothing.
    is_net : bool
        Whether what would have happened anyway is already out of it.
    is_surrogate : bool
        The outcome is a step on the way (a blood value, minutes of exercise): not in euros.
    is_roll_out : bool
        It was measured in practice at scale, so that no scale factor is needed.
    prices : tuple of str
        Values of the catalogue with the same unit and meaning.
    provenance : {"P", "S", "R"}
        Read in the work's own page, in a summary that quotes it, or in a repository file.

    Examples
    --------
    >>> EffectCard.model_construct(id="EC-FALL-EX-RATE", group=None).overlap_group
    'EC-FALL'
    """

    id_pattern: ClassVar[str] = r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$"
    group: PlainText | None = None
    themes: Several[Theme]
    use: CardUse
    intervention: Text
    population: Text
    comparator: Text
    outcome: Text
    measured_over: Text | None = None
    good: Literal["lower", "higher"] | None = None
    measure: EffectMeasure
    point: float | None = None
    interval: CardInterval | None = None
    studies: Whole | None = None
    participants: Whole | None = None
    studies_note: Text | None = None
    certainty: Certainty
    is_net: bool
    design: Design
    evidence: Evidence
    unit: PlainText | None = None
    unit_title: Text | None = None
    indicator: Id | None = None
    is_surrogate: bool = False
    is_roll_out: bool = False
    baseline: CardBaseline | None = None
    persistence: Persistence = Field(default_factory=Persistence)
    dose: Text | None = None
    cost_in_source: Text | None = None
    bearers: CardBearers = Field(default_factory=CardBearers)
    prices: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    warning: Text
    note: Text | None = None
    ours: OurSpread | None = None
    source: CardSource
    provenance: Provenance

    @property
    def overlap_group(self) -> str:
        """The group of which a case takes one card."""
        return self.group or "-".join(self.id.split("-")[:2])

    @property
    def may_be_sampled(self) -> bool:
        """Whether there is a confidence interval, and so a distribution to draw from."""
        return self.interval is not None and self.interval.kind == "CI" and self.ours is not None
