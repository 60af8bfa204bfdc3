"""From one result to another in steps, line by line: each replaces one factor of the line.

The order is fixed, and ours: the quantity of a line is replaced first, then its price, then its
discounting, then the rest of the method. What comes earlier is new by then, what comes later
still old, so that the steps of a line add up to its change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array, sum_by
from impactmonitor.appraisal.compiling import compile_case
from impactmonitor.appraisal.components import (
    Components,
    LineKey,
    components_of,
    discounted,
    last_year,
    line_keys,
)
from impactmonitor.appraisal.incidence import Split, split
from impactmonitor.appraisal.ledger import run
from impactmonitor.appraisal.program import BENEFIT, COST
from impactmonitor.model.record import FrozenDict

STEPS = ("added", "dropped", "quantity", "price", "rate", "method")
TOTALS = ("costs", "benefits", "net_present_value", "beyond_horizon")
COLUMNS = ("costs", "benefits", "transfers", "net", "cash_net")
ADDED, DROPPED, QUANTITY, METHOD = (
    STEPS.index(s) for s in ("added", "dropped", "quantity", "method")
)


@dataclass(frozen=True, slots=True)
class Walk:
    """What each line amounts to on the way from the old to the new result.

    Attributes
    ----------
    inside, outside : array, shape (lines, steps)
        Change of the present value within and after the horizon.
    before, after : array, shape (lines,)
        Present value before and after the step ``method``, of what both results have.
    inside_sizes, outside_sizes : array, shape (lines, 2)
        Sum of absolute values over the years, of the old and of the new result.
    """

    inside: Array
    outside: Array
    before: Array
    after: Array
    inside_sizes: Array
    outside_sizes: Array


def walk(old: Appraised, new: Appraised, lines: Sequence[LineKey]) -> Walk:
    """Take the lines of two results from the old to the new, one factor at a time.

    Parameters
    ----------
    old, new : Appraised
        The two results.
    lines : sequence of LineKey
        All lines of both.
    """
    first_year = min(old.years.start, new.years.start)
    years = range(first_year, max(last_year(old), last_year(new)) + 1)
    pair = [components_of(a, years) for a in (old, new)]
    rows = tuple(dict.fromkeys((*pair[0].rows, *pair[1].rows)))
    known = [set(components.rows) for components in pair]
    # what an actor keeps comes and goes with its effect: else it is shared in another way
    is_known = np.array([[row.whole in own for row in rows] for own in known], dtype=bool)
    place = {key: i for i, key in enumerate(lines)}
    line = np.array([place[row.line] for row in rows], dtype=np.intp)
    before, after = (components.aligned(rows) for components in pair)
    shared = shared_as(new, old)
    between = after if shared is new else components_of(shared, years).aligned(rows)
    stages = [_stage(before, between, replaced) for replaced in range(4)]
    stages.append(_stage(before, after, 4))
    inside, outside = (np.stack(part, axis=1) for part in zip(*stages, strict=True))

    def by_line(amounts: Array) -> Array:
        return sum_by(line, amounts, len(lines))

    is_kept = np.logical_and(*is_known)
    kept = by_line(np.where(is_kept[:, None], inside.sum(axis=2)[:, 3:], 0.0))
    sizes = [by_line(np.abs(part[:, [0, 4]]).sum(axis=2)) for part in (inside, outside)]
    moved = [by_line(_moved(part.sum(axis=2), is_known)) for part in (inside, outside)]
    return Walk(*moved, *kept.T, *sizes)


def shared_as(a: Appraised, other: Appraised) -> Appraised:
    """A result in which effects fall to actors, and actors keep of them, as in another result.

    Parameters
    ----------
    a, other : Appraised
        Two results. What only ``a`` has is shared as it was.

    Returns
    -------
    Appraised
        ``a`` itself where in the other one nobody keeps less from year to year.
    """
    if not other.compiled.keepers:
        return a
    effects = dict(a.resolved.effects)
    for name in effects.keys() & other.resolved.effects.keys():
        falls_to = other.resolved.effects[name].falls_to
        effects[name] = replace(effects[name], falls_to=falls_to)
    actors = FrozenDict({**a.case.actors, **other.case.actors})
    case = a.case.model_copy(update={"actors": actors})
    resolved = replace(a.resolved, case=case, effects=FrozenDict(effects))
    compiled = compile_case(resolved)
    inputs = compiled.expected()
    known = {one.path: row for one, row in zip(a.compiled.inputs, a.ledger.inputs, strict=True)}
    for row, one in enumerate(compiled.inputs):
        inputs[row] = known.get(one.path, inputs[row])
    ledger = run(compiled.program, inputs)
    return Appraised(resolved, compiled, ledger, ledger)


def _stage(old: Components, new: Components, replaced: int) -> tuple[Array, Array]:
    """Amounts by row and year within and after the horizon, after so many steps."""
    quantity, price, rate, method = (new,) * replaced + (old,) * (4 - replaced)
    amounts = discounted(quantity, price, rate, method)
    return amounts * method.within, amounts * method.after


def _moved(stages: Array, is_known: Array) -> Array:
    """From what each row is worth at each stage to its change in each step.

    Parameters
    ----------
    stages : array, shape (rows, 5)
        Present values: old, and after each of the four factors.
    is_known : array of bool, shape (2, rows)
        Whether the old and the new result have the row.

    Returns
    -------
    array, shape (rows, steps)
    """
    in_old, in_new = is_known
    moved = np.zeros((len(stages), len(STEPS)))
    moved[:, ADDED] = np.where(in_new & ~in_old, stages[:, -1], 0.0)
    moved[:, DROPPED] = np.where(in_old & ~in_new, -stages[:, 0], 0.0)
    moved[:, QUANTITY:] = np.where((in_old & in_new)[:, None], np.diff(stages, axis=1), 0.0)
    return moved


def in_totals(inside: Array, outside: Array, lines: Sequence[LineKey]) -> Array:
    """Amounts of lines as they count in the totals.

    Parameters
    ----------
    inside, outside : array, shape (lines, columns)
        Within and after the horizon.
    lines : sequence of LineKey
        Say which role each line has.

    Returns
    -------
    array, shape (lines, columns, totals)
        In the order of ``TOTALS``.
    """
    roles = np.array([key.role for key in lines])
    costs = np.where(roles == COST, 1.0, 0.0)[:, None]
    benefits = np.where(roles == BENEFIT, 1.0, 0.0)[:, None]
    net = benefits - costs
    return np.stack([costs * inside, benefits * inside, net * inside, net * outside], axis=2)


def by_actor(
    found: Walk, pair: tuple[Appraised, Appraised], lines: Sequence[LineKey], actors: Sequence[str]
) -> tuple[Array, Array]:
    """What each step of each line is to each actor.

    Changes by quantity, price and rate are divided over the actors as the old result divides
    the line; that it is divided in another way is part of the method.

    Parameters
    ----------
    found : Walk
        From ``walk``.
    pair : tuple of Appraised
        The old and the new result.
    lines, actors : sequences
        Those of both.

    Returns
    -------
    shared : array, shape (lines, actors, steps, columns)
        In the order of ``COLUMNS``.
    sizes : array, shape (lines, actors)
        Sum of absolute values of what goes to or from the actor in both results.
    """
    (old, old_gross), (new, new_gross) = (_incidence(a, lines, actors) for a in pair)
    shared = found.inside[:, None, :, None] * old[:, :, None, :]
    shared[:, :, ADDED] = found.inside[:, ADDED, None, None] * new
    shared[:, :, METHOD] = found.after[:, None, None] * new - found.before[:, None, None] * old
    before, after = found.inside_sizes.T
    return shared, before[:, None] * old_gross + after[:, None] * new_gross


def columns_of(parties: Split) -> Array:
    """The columns of ``COLUMNS``; shape (parties, as in the split, columns)."""
    parts = (parties.costs, parties.benefits, parties.transfers, parties.net, parties.cash)
    return np.stack(parts, axis=2)


def _incidence(
    a: Appraised, lines: Sequence[LineKey], actors: Sequence[str]
) -> tuple[Array, Array]:
    """What one unit of money of each line is to each actor, in ``COLUMNS`` and gross."""
    p, own = a.compiled.program, len(a.compiled.actors)
    unturned = np.zeros((p.sizes["flow"], 1), dtype=bool)
    found = split(p, np.eye(p.sizes["line"]), a.ledger.slots[:, :1], unturned)
    gross = found.costs + found.benefits + found.received + found.paid
    place = {key: i for i, key in enumerate(lines)}
    cells = np.ix_([place[key] for key in line_keys(a)], places(a, actors))
    shares = np.zeros((len(lines), len(actors), len(COLUMNS)))
    sizes = np.zeros((len(lines), len(actors)))
    shares[cells] = columns_of(found)[:own].swapaxes(0, 1)
    sizes[cells] = gross[:own].T
    return shares, sizes


def places(a: Appraised, actors: Sequence[str]) -> list[int]:
    """Where the actors of a result stand among these."""
    return [actors.index(actor) for actor in a.compiled.actors]
