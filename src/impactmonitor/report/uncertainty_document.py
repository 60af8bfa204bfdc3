"""The one maker of the JSON object about uncertainty: every number of a simulation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from impactmonitor.messages import Language
from impactmonitor.report.input_names import InputNames
from impactmonitor.report.words import Words
from impactmonitor.uncertainty.results import (
    Fan,
    Measurement,
    Ratio,
    Simulation,
    Spread,
    Variation,
)
from impactmonitor.uncertainty.summary import Summary


def uncertainty_document(simulation: Simulation, language: Language = "en") -> dict[str, Any]:
    """What stands under ``uncertainty`` in the JSON object of a result.

    Parameters
    ----------
    simulation : Simulation
        The distributions.
    language : {"nl", "en"}
        Of the titles; numbers and names are the same in both.

    Returns
    -------
    dict
        Numbers are not rounded. A number that does not exist is None; nan never occurs.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> from impactmonitor.uncertainty.simulation import simulate
    >>> case = folder("examples") / "fall-prevention-65plus" / "case.yaml"
    >>> found = uncertainty_document(simulate(load_case(case), draws=64))
    >>> found["draws"], sorted(found["actors"]["insurer"])
    (64, ['cash_net', 'net'])
    """
    names = InputNames(simulation.evaluation, Words(simulation.evaluation, language))
    whole = {
        "draws": simulation.draws,
        "seed": simulation.seed,
        "method": simulation.method,
        "sampled": simulation.sampled,
        "value_ranges": simulation.uses_value_ranges,
        "net_present_value": simulation.society.net,
        "cash_net": simulation.society.cash_net,
        "actors": simulation.actors,
        "perspectives": simulation.perspectives,
        "domains": simulation.domains,
        "lines": simulation.lines,
        "benefit_cost_ratio": _ratio(simulation.benefit_cost_ratio),
        "internal_rate_of_return": _ratio(simulation.internal_rate_of_return),
        "years": _years(simulation.years),
        "scenarios": {name: _variation(one) for name, one in simulation.scenarios.items()},
        "alternatives": {name: _variation(one) for name, one in simulation.alternatives.items()},
        "exact": simulation.exact,
        "inputs": {
            path: {"title": names.title(path), **_plain(one)}
            for path, one in simulation.inputs.items()
        },
        "indicators": _indicators(simulation, names),
        "two_way": simulation.two_way,
        "turning": simulation.turning,
        "evpi": simulation.evpi,
        "decisions": simulation.decisions,
        "measure_next": [_measurement(one) for one in simulation.measure_next],
    }
    found: dict[str, Any] = _plain(whole)
    return found


def _plain(value: Any) -> Any:
    """Plain values only; a number that is not finite becomes None."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def _ratio(ratio: Ratio) -> dict[str, Any]:
    """The numbers of a distribution, each None where it exists in no draw at all."""
    names = [field.name for field in fields(Summary)]
    numbers = {name: getattr(ratio.summary, name, None) for name in names}
    return {**numbers, "undefined": ratio.undefined}


def _years(fan: Fan) -> list[dict[str, Any]]:
    """Quantiles year by year."""

    def at(place: int, quantiles: Mapping[str, Any]) -> dict[str, float]:
        return {name: float(amounts[place]) for name, amounts in quantiles.items()}

    return [
        {
            "year": year,
            "net": at(i, fan.net),
            "cash_net": at(i, fan.cash),
            "cumulative": at(i, fan.cumulative),
            "actors": {name: {"cash_net": at(i, q)} for name, q in fan.actors.items()},
        }
        for i, year in enumerate(fan.years)
    ]


def _variation(variation: Variation) -> dict[str, Any]:
    society: Spread = variation.society
    return {
        "net_present_value": society.net,
        "cash_net": society.cash_net,
        "actors": variation.actors,
        "difference": variation.difference,
    }


def _indicators(simulation: Simulation, names: InputNames) -> dict[str, Any]:
    society = simulation.decisions.get("society")
    found = society.indicators if society is not None else {}
    return {name: {"title": names.indicator(name), "evppi": worth} for name, worth in found.items()}


def _measurement(one: Measurement) -> dict[str, Any]:
    """Named by its indicator, or by the path of a number that belongs to none."""
    what = {"path": one.path} if one.indicator is None else {"indicator": one.indicator}
    return {
        **what,
        "value": one.value,
        "measuring_cost": one.measuring_cost,
        "decision": one.decision,
    }
