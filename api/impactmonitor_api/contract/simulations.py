"""How sure a result is."""

from __future__ import annotations

from pydantic import Field

from impactmonitor_api.contract.distributions import RatioOut, SpreadOfParty, SummaryOut
from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.results import Evaluation
from impactmonitor_api.contract.shared import Answer

_QUANTILES = {"p05": -32689.6, "p25": -18120.0, "p50": -8744.4, "p75": 6268.5, "p95": 25085.0}
_PATH = "costs.visits.amount"
_SUMMARY = {"mean": 315088.02, "p05": 123716.2, "p95": 568982.49}
_SPREAD = {"net": _SUMMARY, "cash_net": _SUMMARY}


class FanOfActor(Answer):
    """Quantiles of what an actor gains in a year."""

    cash_net: dict[str, float] = told("In money.", _QUANTILES)


class FanYear(Answer):
    """Quantiles of a year, not discounted."""

    year: int = told("Which one.", 2026)
    net: dict[str, float] = told("Society's net amount.", _QUANTILES)
    cash_net: dict[str, float] = told("The part of it that is money.", _QUANTILES)
    cumulative: dict[str, float] = told("Net amounts added up so far.", _QUANTILES)
    actors: dict[str, FanOfActor] = told("By actor.", {"municipality": {"cash_net": _QUANTILES}})


class VariationOut(Answer):
    """A scenario or an alternative, on the same draws as the case."""

    net_present_value: SummaryOut = told("Of society.")
    cash_net: SummaryOut = told("The part of it that is money.")
    actors: dict[str, SpreadOfParty] = told("By actor.", {"municipality": _SPREAD})
    difference: SummaryOut = told("Its net present value minus that of the case.")


class ExactOut(Answer):
    """What can be worked out without draws."""

    mean: float | None = told("Of the net present value.", 316834.56)
    sd: float | None = told("Its standard deviation.", 153202.78)
    first_order: dict[str, float | None] = told("Sobol' indices by input.", {_PATH: 0.05})
    total: dict[str, float | None] = told("Total Sobol' indices by input.", {_PATH: 0.05})


class InputOut(Answer):
    """What one uncertain number does to the result."""

    title: str = told("What it is.", "Home visits: amount")
    low: float | None = told("Its 5th percentile.", 105123.48)
    expected: float | None = told("Its expected value.", 116666.67)
    high: float | None = told("Its 95th percentile.", 129083.92)
    tornado: list[float | None] = told("Net present value at both, all else as expected.",
                                       [376054.0, 257420.0])  # fmt: skip
    switching_value: float | None = told("Where society breaks even.", 174000.0)
    switching_of_payers: dict[str, float | None] = told("Where those who pay break even.",
                                                        {"municipality": 116147.23})  # fmt: skip
    first_order: float | None = told("Share of the variance that it explains alone.", 0.05)
    total: float | None = told("Share that it explains with others.", 0.05)
    sampled_first_order: float | None = told("The first from draws.", 0.04)
    sampled_total: float | None = told("The second from draws.", 0.048)
    evppi: float | None = told("What it is worth to know it before deciding.", 0.0)


class IndicatorWorth(Answer):
    """What it is worth to know an indicator."""

    title: str = told("What people call it.", "Treated falls avoided")
    evppi: float | None = told("Before society decides, in money.", 1457.54)


class TwoWayOut(Answer):
    """Society's net present value for combinations of two inputs."""

    first: str = told("Path of the first.", "effects.out-of-debt.unit_value")
    second: str = told("Path of the second.", "effects.out-of-debt.quantity")
    rows: list[float | None] = told("Values of the first.", [1000.0, 2000.0])
    columns: list[float | None] = told("Values of the second.", [60.0, 120.0])
    net: list[list[float | None]] = told("By value of the first and of the second.",
                                         [[1000.0, 5000.0], [3000.0, 9000.0]])  # fmt: skip


class TurningOut(Answer):
    """When a party's net present value changes its sign."""

    rate: float | None = told("What to add to every discount rate.", -0.0145)
    horizon: int | None = told("At which number of years.", 7)


class DecisionOut(Answer):
    """A choice between options when the outcome is not certain."""

    by: str = told("Whose net present value counts.", "society")
    options: list[str] = told("`case`, alternatives, `nothing`.", ["case", "nothing"])
    scale: float = told("How many times the choice is made.", 1.0)
    expected: dict[str, float | None] = told("Net present value by option.", {"case": 315088.02})
    probability_best: dict[str, float | None] = told("How often it is best.", {"case": 0.97})
    expected_loss: dict[str, float | None] = told("Of choosing it now.", {"case": 120.0})
    best: str = told("The best by expectation.", "case")
    evpi: float | None = told("Worth of knowing everything, for one choice.", 120.0)
    inputs: dict[str, float | None] = told("Worth of knowing an input.", {_PATH: 0.0})
    indicators: dict[str, float | None] = told("Worth of knowing an indicator.",
                                               {"treated-falls-avoided": 1457.54})  # fmt: skip


class ToMeasure(Answer):
    """Something that could be measured before deciding."""

    indicator: str = Field(
        default="", description="An indicator; absent for a single number.",
        examples=["treated-falls-avoided"],
    )  # fmt: skip
    path: str = Field(
        default="", description="A single number; absent for an indicator.", examples=[_PATH]
    )
    value: float | None = told("Worth of knowing it minus what measuring costs.", 1457.54)
    measuring_cost: float | None = told("What measuring costs.", 500.0)
    decision: str = told("For which decision it is worth most.", "society")


class Uncertainty(Answer):
    """Distributions of every number of a result."""

    draws: int = told("How many draws.", 4096)
    seed: int = told("From where they were drawn.", 1)
    method: str = told("sobol or mc.", "sobol")
    sampled: int = told("Draws on which lines, years and decisions rest.", 4096)
    value_ranges: bool = told("Whether catalogue values vary in their published range.", False)
    net_present_value: SummaryOut = told("Of society.")
    cash_net: SummaryOut = told("The part of it that is money.")
    actors: dict[str, SpreadOfParty] = told("By actor.", {"municipality": _SPREAD})
    perspectives: dict[str, SpreadOfParty] = told("By perspective.", {"public-funds": _SPREAD})
    domains: dict[str, SummaryOut] = told("Net by domain.", {"societal": _SUMMARY})
    lines: dict[str, SummaryOut] = told("Present value by line.", {"treated-falls": _SUMMARY})
    benefit_cost_ratio: RatioOut = told("Benefits for each unit of cost.")
    internal_rate_of_return: RatioOut = told("Rate at which society breaks even.")
    years: list[FanYear] = told("Year by year, not discounted.")
    scenarios: dict[str, VariationOut] = told("By scenario.", {"bad": {"difference": _SUMMARY}})
    alternatives: dict[str, VariationOut] = told("By alternative.",
                                                 {"small": {"difference": _SUMMARY}})  # fmt: skip
    exact: ExactOut | None = told("What can be worked out without draws.")
    inputs: dict[str, InputOut] = told("By path of the input.", {_PATH: {"total": 0.05}})
    indicators: dict[str, IndicatorWorth] = told(
        "By indicator.", {"treated-falls-avoided": {"evppi": 0.0}}
    )
    two_way: TwoWayOut | None = told("The two inputs that matter most together.")
    turning: dict[str, TurningOut] = told("By party.", {"society": {"rate": None, "horizon": 7}})
    evpi: float | None = told("Worth to society of knowing everything.", 120.0)
    decisions: dict[str, DecisionOut] = told("By decision.", {"society": {"best": "case"}})
    measure_next: list[ToMeasure] = told("What to measure first, the most valuable first.")


class Simulation(Evaluation):
    """A result with how sure it is, as `impactmonitor simulate --json` prints it."""

    uncertainty: Uncertainty = told("Distributions of every number.")
