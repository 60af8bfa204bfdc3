"""Numbers of a case: certain, uncertain, or a reference to a named parameter.

An uncertain number is written as a mapping with the name of its distribution as key. This
module knows the parameters and their rules; expected values, modes and inverse distribution
functions are the business of ``sampling``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from impactmonitor.model.record import Id, Map, Record, Year
from impactmonitor.model.written import Several

SUM_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a field may take; what lies outside is cut off or refused.

    Parameters
    ----------
    low, high : float
        Bounds. ``low`` belongs to the range unless ``is_open`` is set.
    is_open : bool
        Whether the lower bound itself is outside (growth and rates: above -1).
    """

    low: float = -math.inf
    high: float = math.inf
    is_open: bool = False

    def contains(self, value: float) -> bool:
        """Whether a certain number is allowed."""
        above = value > self.low if self.is_open else value >= self.low
        return above and value <= self.high

    def intersect(self, other: Range) -> Range:
        """The range that satisfies both."""
        low = max(self.low, other.low)
        is_open = any(r.is_open and r.low == low for r in (self, other))
        return Range(low, min(self.high, other.high), is_open)

    def __str__(self) -> str:
        if self.low == -math.inf and self.high == math.inf:
            return "any number"
        if self.high == math.inf:
            return f"> {self.low:g}" if self.is_open else f">= {self.low:g}"
        return f"{self.low:g} .. {self.high:g}"


def in_figures(value: float) -> str:
    """A number in a sentence.

    Examples
    --------
    >>> in_figures(0.1 + 0.2), in_figures(math.inf)
    ('0.3', '∞')
    """
    return f"{value:.10g}".replace("inf", "∞")


ANY = Range()
NOT_NEGATIVE = Range(low=0.0)
SHARE = Range(low=0.0, high=1.0)
ABOVE_MINUS_ONE = Range(low=-1.0, is_open=True)


class ParameterReference(Record):
    """A reference to a named parameter of the case."""

    tag: ClassVar[str] = "parameter"
    parameter: Id


class Distribution(Record):
    """An uncertain number; ``central`` overrides its expected value in the point estimate."""

    tag: ClassVar[str]
    central: float | None = None

    @property
    def kind(self) -> str:
        """The name of the distribution as it is written in a case."""
        return type(self).tag


Triple = Annotated[tuple[float, float, float], Field(strict=False)]
Pair = Annotated[tuple[float, float], Field(strict=False)]
Numbers = Several[float]


def _refuse_disorder(name: str, *values: float) -> None:
    if sorted(values) != list(values):
        listed = ", ".join(f"{v:g}" for v in values)
        raise PydanticCustomError("not-ascending", "", {"name": name, "values": listed})


class Pert(Distribution):
    """A beta distribution between low and high with the given mode (PERT, weight 4)."""

    tag: ClassVar[str] = "pert"
    pert: Triple

    def model_post_init(self, context: Any, /) -> None:
        """Refuse bounds and mode out of order."""
        _refuse_disorder("pert", *self.pert)


class Triangular(Distribution):
    """A triangle between low and high with its top at the mode."""

    tag: ClassVar[str] = "triangular"
    triangular: Triple

    def model_post_init(self, context: Any, /) -> None:
        """Refuse bounds and mode out of order."""
        _refuse_disorder("triangular", *self.triangular)


class Uniform(Distribution):
    """Any value between low and high, all equally likely."""

    tag: ClassVar[str] = "uniform"
    uniform: Pair

    def model_post_init(self, context: Any, /) -> None:
        """Refuse bounds out of order."""
        _refuse_disorder("uniform", *self.uniform)


class MeanSd(Record):
    """A mean and a standard deviation."""

    mean: float
    sd: Annotated[float, Field(ge=0)]


class Normal(Distribution):
    """A normal distribution."""

    tag: ClassVar[str] = "normal"
    normal: MeanSd


class LognormalQuantiles(Record):
    """The 95th percentile with either the 5th percentile or the median, all above 0."""

    p05: Annotated[float, Field(gt=0)] | None = None
    median: Annotated[float, Field(gt=0)] | None = None
    p95: Annotated[float, Field(gt=0)]

    def model_post_init(self, context: Any, /) -> None:
        """Refuse both or neither of p05 and median, and quantiles out of order."""
        given = [v for v in (self.p05, self.median) if v is not None]
        if len(given) != 1:
            raise PydanticCustomError("lognormal-quantiles", "")
        _refuse_disorder("lognormal", given[0], self.p95)


class Lognormal(Distribution):
    """A number whose logarithm is normal."""

    tag: ClassVar[str] = "lognormal"
    lognormal: LognormalQuantiles


class Beta(Distribution):
    """A beta distribution between 0 and 1, by mean and standard deviation."""

    tag: ClassVar[str] = "beta"
    beta: MeanSd

    def model_post_init(self, context: Any, /) -> None:
        """Refuse a mean outside 0 and 1 and a spread that no beta distribution has."""
        mean, sd = self.beta.mean, self.beta.sd
        if not 0 <= mean <= 1 or (sd > 0 and sd * sd >= mean * (1 - mean)):
            raise PydanticCustomError("beta-impossible", "", {"mean": mean, "sd": sd})


class DiscreteTable(Record):
    """Values and their probabilities."""

    values: Numbers
    probabilities: Numbers

    def model_post_init(self, context: Any, /) -> None:
        """Refuse unequal lengths, negative probabilities, and a sum other than 1."""
        if len(self.values) != len(self.probabilities):
            params = {"values": len(self.values), "probabilities": len(self.probabilities)}
            raise PydanticCustomError("discrete-lengths", "", params)
        total = sum(self.probabilities)
        if min(self.probabilities) < 0 or abs(total - 1) > SUM_TOLERANCE:
            raise PydanticCustomError("discrete-probabilities", "", {"sum": in_figures(total)})


class Discrete(Distribution):
    """One of a few values."""

    tag: ClassVar[str] = "discrete"
    discrete: DiscreteTable


class ExpertRange(Record):
    """A low and a high value and the chance that the truth lies between them."""

    low: float
    high: float
    coverage: Annotated[float, Field(gt=0, lt=1)] = 0.9

    def model_post_init(self, context: Any, /) -> None:
        """Refuse bounds out of order."""
        _refuse_disorder("interval", self.low, self.high)


class Interval(Distribution):
    """An expert's range: normal when low is 0 or less, else lognormal."""

    tag: ClassVar[str] = "interval"
    interval: ExpertRange


class MeasuredShare(Record):
    """How many of how many."""

    events: Annotated[float, Field(ge=0)]
    n: Annotated[float, Field(gt=0)]

    def model_post_init(self, context: Any, /) -> None:
        """Refuse more events than cases."""
        if self.events > self.n:
            raise PydanticCustomError("counts-order", "", {"events": self.events, "n": self.n})


class Counts(Distribution):
    """A measured share: beta(events + 1/2, n - events + 1/2)."""

    tag: ClassVar[str] = "counts"
    counts: MeasuredShare


UNCERTAIN: tuple[type[Distribution], ...] = (
    Pert, Triangular, Uniform, Normal, Lognormal, Beta, Discrete, Interval, Counts,
)  # fmt: skip
_FORMS = (Distribution, ParameterReference)
_TAGS = {c.tag: f"<{c.tag}>" for c in UNCERTAIN} | {"parameter": "<parameter>"}


def _number_kind(value: Any) -> str | None:
    """Which form a number has; a mapping of no known form has none."""
    if isinstance(value, dict):
        for key in value:
            if key in _TAGS:
                return _TAGS[key]
        return None
    return _TAGS[value.tag] if isinstance(value, _FORMS) else "<number>"


def _is_year_map(value: Any) -> bool:
    """Whether a mapping is meant as one number per year (or is empty)."""
    if not isinstance(value, dict):
        return False
    first = next(iter(value), 0)
    return isinstance(first, int) or re.fullmatch(r"-?[0-9.]+", str(first)) is not None


def _yearly_kind(value: Any) -> str | None:
    if _is_year_map(value):
        return "<years>"
    return "<text>" if isinstance(value, str) else _number_kind(value)


def _amount_kind(value: Any) -> str | None:
    return "<years>" if _is_year_map(value) else _number_kind(value)


UncertainNumber = (
    Annotated[float, Tag("<number>")]
    | Annotated[Pert, Tag("<pert>")]
    | Annotated[Triangular, Tag("<triangular>")]
    | Annotated[Uniform, Tag("<uniform>")]
    | Annotated[Normal, Tag("<normal>")]
    | Annotated[Lognormal, Tag("<lognormal>")]
    | Annotated[Beta, Tag("<beta>")]
    | Annotated[Discrete, Tag("<discrete>")]
    | Annotated[Interval, Tag("<interval>")]
    | Annotated[Counts, Tag("<counts>")]
)
_Any = UncertainNumber | Annotated[ParameterReference, Tag("<parameter>")]

OwnNumber = Annotated[UncertainNumber, Discriminator(_number_kind)]
"""A certain or uncertain number that cannot be a reference: a parameter, a catalogue value."""

Number = Annotated[_Any, Discriminator(_number_kind)]
"""A certain or uncertain number, or a reference to a parameter."""

YearMap = Annotated[Map[Year, Number], Field(min_length=1)]
_Years = Annotated[YearMap, Tag("<years>")]

Amount = Annotated[_Any | _Years, Discriminator(_amount_kind)]
"""A number, or one number per year."""

Quantity = Annotated[
    _Any | _Years | Annotated[Literal["unknown"], Tag("<text>")], Discriminator(_yearly_kind)
]
"""A number, one number per year, or ``unknown``."""

UnitValue = Annotated[_Any | _Years | Annotated[Id, Tag("<text>")], Discriminator(_yearly_kind)]
"""A number, one number per year, or the id of a catalogue value."""
