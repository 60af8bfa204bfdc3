"""What a simulation gives: frozen, and named as the case names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.evaluation.result import Evaluation
from impactmonitor.problems import Problem
from impactmonitor.uncertainty.summary import Summary


@dataclass(frozen=True, slots=True)
class Spread:
    """Distributions of one party's results.

    Attributes
    ----------
    net, cash_net : Summary
        Present values; ``cash_net`` is the part that is money.
    """

    net: Summary
    cash_net: Summary


def by_party(parties: Sequence[str], found: Sequence[Summary]) -> dict[str, Spread]:
    """Spreads by party, from the net of every party and then the cash of every party."""
    both = zip(found[: len(parties)], found[len(parties) :], strict=True)
    return {name: Spread(*each) for name, each in zip(parties, both, strict=True)}


@dataclass(frozen=True, slots=True)
class Ratio:
    """The distribution of a number that does not exist in every draw.

    Attributes
    ----------
    summary : Summary or None
        Of the draws in which it exists; None where there are none.
    undefined : float
        Share of the draws in which it does not exist.
    """

    summary: Summary | None
    undefined: float


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles by year of amounts that are not discounted.

    Attributes
    ----------
    years : tuple of int
        The years of the horizon.
    net, cash : mapping from str to array of shape (years,)
        By name of the quantile: society's net amounts, and those that are money.
    cumulative : mapping from str to array of shape (years,)
        Of the net amounts added up from the first year on.
    actors : mapping from str to mapping from str to array of shape (years,)
        Money of every actor.
    """

    years: tuple[int, ...]
    net: Mapping[str, Array]
    cash: Mapping[str, Array]
    cumulative: Mapping[str, Array]
    actors: Mapping[str, Mapping[str, Array]]


@dataclass(frozen=True, slots=True)
class Variation:
    """A scenario or an alternative, on the same draws as the case.

    Attributes
    ----------
    society : Spread
    actors : mapping from str to Spread
    difference : Summary
        Its net present value minus that of the case, draw by draw, in the first draws.
    """

    society: Spread
    actors: Mapping[str, Spread]
    difference: Summary


@dataclass(frozen=True, slots=True)
class Exact:
    """What can be worked out without draws.

    Attributes
    ----------
    mean, sd : float
        Of the net present value.
    first_order, total : mapping from str to float
        Sobol' indices by path of the input; empty where the result does not vary.
    """

    mean: float
    sd: float
    first_order: Mapping[str, float]
    total: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class InputResult:
    """What one uncertain number does to the result.

    Attributes
    ----------
    low, expected, high : float
        Its 5th percentile, point estimate and 95th percentile.
    tornado : tuple of float
        Net present value at its 5th and 95th percentile, all others at their point estimate.
    switching_value : float or None
        Where the net present value of society is 0, nearest to the point estimate within its 0.1
        to 99.9 % range; None if nowhere.
    switching_of_payers : mapping from str to (float or None)
        The same for the net present value of every actor that pays.
    first_order, total : float
        Sobol' indices: the share of the variance that would vanish if it were known, and the
        share that would remain if only it were not. Exact where the structure of the case allows.
    sampled_first_order, sampled_total : float
        The same from draws.
    evppi : float
        What it is worth to know it before society decides, in the money of the case.
    """

    low: float
    expected: float
    high: float
    tornado: tuple[float, float]
    switching_value: float | None
    switching_of_payers: Mapping[str, float | None]
    first_order: float
    total: float
    sampled_first_order: float
    sampled_total: float
    evppi: float


@dataclass(frozen=True, slots=True)
class Turning:
    """At which discount rate and horizon the net present value of a party changes its sign.

    Attributes
    ----------
    rate : float or None
        What would have to be added to every discount rate, at most 20 percentage points; None if
        nothing up to there will do.
    horizon : int or None
        The number of years; None if no horizon will do.
    """

    rate: float | None
    horizon: int | None


@dataclass(frozen=True, slots=True)
class TwoWay:
    """Society's net present value for combinations of the two inputs that matter most.

    Attributes
    ----------
    first, second : str
        Paths of the inputs.
    rows, columns : array, shape (points,)
        Their values.
    net : array, shape (points, points)
        By value of the first (rows) and of the second (columns).
    """

    first: str
    second: str
    rows: Array
    columns: Array
    net: Array


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """A choice between options when the outcome is not certain.

    Attributes
    ----------
    by : str
        Whose net present value counts: an actor, a perspective or ``society``.
    options : tuple of str
        ``case``, ids of alternatives, ``nothing``.
    scale : float
        How many times the choice is made.
    expected : mapping from str to float
        Expected net present value by option.
    probability_best : mapping from str to float
        Share of the draws in which an option is the best one.
    expected_loss : mapping from str to float
        Of choosing an option now, compared with always choosing the best.
    best : str
        The option with the highest expected net present value.
    evpi : float
        Expected value of perfect information, for one choice.
    inputs, indicators : mapping from str to float
        Expected value of partial information by path and by indicator, for one choice.
    """

    by: str
    options: tuple[str, ...]
    scale: float
    expected: Mapping[str, float]
    probability_best: Mapping[str, float]
    expected_loss: Mapping[str, float]
    best: str
    evpi: float
    inputs: Mapping[str, float]
    indicators: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measurement:
    """Something that could be measured before deciding.

    Attributes
    ----------
    indicator, path : str or None
        One of the two: an indicator with all inputs that name it, or a single input.
    decision : str
        The decision for which knowing it is worth most.
    value : float
        What knowing it is worth, times the scale of that decision, minus what measuring costs.
    measuring_cost : float or None
        What measuring costs; None where nobody says.
    """

    indicator: str | None
    path: str | None
    decision: str
    value: float
    measuring_cost: float | None


@dataclass(frozen=True)
class Simulation:
    """Distributions of every result of a case.

    Attributes
    ----------
    evaluation : Evaluation
        The point estimate, and everything it was made from.
    draws, seed, method : int, int, str
        How it was simulated.
    sampled : int
        Number of first draws on which lines, domains, years, ratios and decisions rest.
    society : Spread
    actors, perspectives : mapping from str to Spread
    domains, lines : mapping from str to Summary
        Net by domain, present value by line (costs positive).
    benefit_cost_ratio, internal_rate_of_return : Ratio
    years : Fan
    scenarios, alternatives : mapping from str to Variation
    exact : Exact or None
        None where the structure of the case does not allow it.
    inputs : mapping from str to InputResult
    two_way : TwoWay or None
        None where fewer than two inputs matter.
    turning : mapping from str to Turning
        For ``society`` and every actor that pays.
    decisions : mapping from str to DecisionResult
    measure_next : tuple of Measurement
        The most valuable first.
    warnings : tuple of Problem
        Those of the evaluation, and what the draws show besides.
    """

    evaluation: Evaluation
    draws: int
    seed: int
    method: str
    sampled: int
    society: Spread
    actors: Mapping[str, Spread]
    perspectives: Mapping[str, Spread]
    domains: Mapping[str, Summary]
    lines: Mapping[str, Summary]
    benefit_cost_ratio: Ratio
    internal_rate_of_return: Ratio
    years: Fan
    scenarios: Mapping[str, Variation] = field(default_factory=dict)
    alternatives: Mapping[str, Variation] = field(default_factory=dict)
    exact: Exact | None = None
    inputs: Mapping[str, InputResult] = field(default_factory=dict)
    two_way: TwoWay | None = None
    turning: Mapping[str, Turning] = field(default_factory=dict)
    decisions: Mapping[str, DecisionResult] = field(default_factory=dict)
    measure_next: tuple[Measurement, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def net_present_value(self) -> Summary:
        """The distribution of society's net present value."""
        return self.society.net

    @property
    def uses_value_ranges(self) -> bool:
        """Whether the published low and high of catalogue values were used."""
        return any(problem.code == "value-ranges-used" for problem in self.warnings)

    @property
    def evpi(self) -> float:
        """What it is worth to society to know everything before the default decision."""
        return self.decisions["society"].evpi if "society" in self.decisions else float(np.nan)
