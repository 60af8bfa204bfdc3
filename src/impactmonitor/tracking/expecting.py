"""What a plan expects to start in each year, as somebody would measure it: line by line.

A quantity is gross and has its factors in it; an amount of money has its optimism bias in it,
since that is what the plan expects to be paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array, Index, product_by
from impactmonitor.appraisal.compiling import Compiled
from impactmonitor.appraisal.inputs import InputRegister
from impactmonitor.appraisal.prices import interpolation_weights
from impactmonitor.appraisal.program import COST, KEPT, Program
from impactmonitor.model.case import Case
from impactmonitor.model.figures import ranges
from impactmonitor.model.legs import own_transfers
from impactmonitor.model.lines import Effect
from impactmonitor.model.numbers import ANY
from impactmonitor.tracking.measured_case import AMOUNT, QUANTITY, UNIT_VALUE
from impactmonitor.tracking.parts import starts_of
from impactmonitor.uncertainty.blocks import RANDOMISATIONS, blocks_of, draws_of
from impactmonitor.uncertainty.models import model_of, places_of

Started = Literal["quantity", "amount"]
Expected = Mapping[tuple[str, str], Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Starting:
    """What starts in one year of one line, in every draw.

    Attributes
    ----------
    line, field : str
        For example ``effects.fewer-falls`` and ``quantity``.
    year : int
        Calendar year.
    draws : array, shape (draws,)
        In the unit of the line; money in its own price level and currency.
    """

    line: str
    field: Started
    year: int
    draws: Array


def expected_figures(appraised: Appraised) -> Expected:
    """What a plan expects of every line and year, at its point estimate.

    Parameters
    ----------
    appraised : Appraised
        The plan.

    Returns
    -------
    Mapping[tuple of str, Mapping[int, float]]
        By line and field, for the years in which something starts, also after the horizon.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> expected_figures(evaluate(case).appraised)["costs.programme", "amount"]
    {1992: 12356.0}
    """
    found: dict[tuple[str, str], dict[int, float]] = {}
    for one in starting(appraised, appraised.ledger.inputs[:, :1]):
        found.setdefault((one.line, one.field), {})[one.year] = float(one.draws[0])
    return found


def starting(appraised: Appraised, inputs: Array) -> list[Starting]:
    """What starts in every year of every line, for values of the inputs.

    Parameters
    ----------
    appraised : Appraised
        The plan; costs, effects and its own transfers are meant.
    inputs : array, shape (inputs, draws)

    Returns
    -------
    list of Starting
        In the order of the lines, then of the years.
    """
    compiled, case = appraised.compiled, appraised.case
    p = compiled.program
    amounts = started(p, inputs)
    line, year = p.strand_line[p.entry_strand], starts_of(appraised)
    paths = _paths(case, compiled)
    found = []
    for key in sorted(set(zip(line.tolist(), year.tolist(), strict=True))):
        if key[0] in paths:
            here: Index = np.flatnonzero((line == key[0]) & (year == key[1]))
            path = paths[key[0]]
            name: Started = QUANTITY if path.startswith("effects.") else AMOUNT
            found.append(Starting(path, name, key[1], amounts[here].sum(axis=0)))
    return found


def started(p: Program, inputs: Array) -> Array:
    """How much starts with each entry of a program.

    Parameters
    ----------
    p : Program
    inputs : array, shape (inputs, draws)

    Returns
    -------
    array, shape (entries, draws)
        With growth and factors; of costs with their optimism bias.
    """
    slots, of = p.values(inputs), p.entry_strand
    growth = np.power(1.0 + slots[p.strand_growth][of], p.entry_power[:, None])
    factors = product_by(p.factor_start, slots[p.factor_slot])[of]
    is_cost = (p.line_role == COST)[p.strand_line]
    bias = np.where(is_cost[:, None], 1.0 + slots[p.strand_bias], 1.0)[of]
    result: Array = slots[p.entry_slot] * growth * factors * bias
    return result


def drawn_inputs(appraised: Appraised, draws: int, seed: int) -> Array:
    """Values of the inputs of a case, the same that a simulation of it alone would take.

    Parameters
    ----------
    appraised : Appraised
    draws : int
        Rounded up to a multiple of 8.
    seed : int

    Returns
    -------
    array, shape (inputs, draws)
    """
    compiled = appraised.compiled
    count = -(-draws // RANDOMISATIONS) * RANDOMISATIONS
    model = model_of(appraised.case, compiled, places_of([compiled]))
    source = model.draws(seed, count // RANDOMISATIONS, "sobol", RANDOMISATIONS)
    parts = draws_of(source, blocks_of(count), len(compiled.inputs))
    return np.concatenate([values.copy() for _, values in parts], axis=1)


def _paths(case: Case, compiled: Compiled) -> dict[int, str]:
    """The place in the case of each of its own lines."""
    kinds = dict.fromkeys(case.costs, "costs") | dict.fromkeys(case.effects, "effects")
    kinds |= dict.fromkeys(own_transfers(case), "transfers")
    roles = compiled.program.line_role
    return {
        line: f"{kinds[name]}.{name}"
        for line, name in enumerate(compiled.lines)
        if name in kinds and roles[line] != KEPT
    }


def expected_rate(appraised: Appraised, path: str, name: str, year: int) -> float | None:
    """What a plan says about a number that is per unit, in one year, at its point estimate.

    Parameters
    ----------
    appraised : Appraised
        The plan.
    path, name : str
        An effect, and ``unit_value`` or a share that is taken off.
    year : int
        Calendar year.

    Returns
    -------
    float or None
        A unit value in its own price level and currency, with its real price change; None for
        an effect that has none.
    """
    case, effect_id = appraised.case, path.partition(".")[2]
    effect, found = case.effects[effect_id], appraised.resolved.effects[effect_id]
    register = InputRegister(case)
    allowed = ranges(Effect)
    if name != UNIT_VALUE:
        return register.value(register.slot(f"{path}.{name}", getattr(effect, name), allowed[name]))
    value = found.unit_value
    if value is None:
        return None
    given = value if isinstance(value, Mapping) else {case.base_year: value}
    offset = year - case.base_year
    places = {y - case.base_year: i for i, y in enumerate(sorted(given))}
    points = [
        register.value(register.slot(f"{found.unit_value_path}.{y}", given[y], ANY))
        for y in sorted(given)
    ]
    change = effect.real_price_change
    rate = register.value(
        register.slot(f"{path}.real_price_change", change, allowed["real_price_change"])
    )
    since = year - (effect.real_price_from or case.base_year)
    weights = interpolation_weights(places, max(offset, 0) + 1)[max(offset, 0)]
    return float(weights @ np.array(points)) * (1.0 + rate) ** since
