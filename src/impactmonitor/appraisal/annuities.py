"""Annuities: what one unit of each term is worth now, its years and discounting included."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index, sum_by
from impactmonitor.appraisal.discounting import discount_factors
from impactmonitor.appraisal.terms import Terms

if TYPE_CHECKING:
    from impactmonitor.appraisal.program import Program

Numbers = Callable[[Index], Array]
"""Values of slots, one for each term or entry that asks; shape (asked, draws)."""


def annuities(p: Program, terms: Terms, numbers: Numbers, factors: Array) -> Array:
    """What one unit of each term is worth.

    Parameters
    ----------
    p : Program
        What the terms belong to.
    terms : Terms
        All of them, or some.
    numbers : callable
        Values of the slots of growth, drop-off and price change; asked with the slot of every
        term of ``terms``.
    factors : array, shape (schedules, years, draws or 1)
        Discount factors.

    Returns
    -------
    array, shape (terms, draws)
        The sum over everything that starts and over the years that it goes on: how much it has
        grown, what is left of it, its price and its discount factor; years outside the horizon
        count for nothing.

    Notes
    -----
    What starts in year e counts ``((1 - drop_off) * (1 - leaving)) ** k`` k years later, as long as
    ``k < lasts`` (as in ``flows.surviving``). The sum over k is taken from the last year back, so
    that no power is needed.
    """
    strand = terms.strand
    static = terms.weights[terms.weight_of] * p.row_within[terms.row]
    started = _grown(p, terms, numbers)
    path = _Path(p, terms, numbers)
    staying = (1.0 - numbers(p.strand_drop_off[strand])) * (1.0 - p.strand_leaving[strand, None])
    schedule = p.row_schedule[terms.row]
    lasts = np.minimum(p.strand_lasts[strand][terms.entry_term], p.years - terms.entry_year)
    columns = max(staying.shape[1], factors.shape[2])
    total = np.zeros((len(terms), columns))
    for later in range(int(lasts.max(initial=0)) - 1, -1, -1):
        total *= staying
        entry = np.flatnonzero(lasts > later)
        term, year = terms.entry_term[entry], terms.entry_year[entry] + later
        counted = static[term, year] != 0
        entry, term, year = entry[counted], term[counted], year[counted]
        counts = static[term, year, None]
        if _is_alike(term, schedule[term], year) and not path.moves[term].any():
            # one factor for all: it is not copied for each of them
            added = (counts * started[entry]) * factors[schedule[term[0]], year[0]]
            if len(term) == len(terms):
                total += added
            else:
                total[term] += added
            continue
        worth = path.applied(factors[schedule[term], year] * counts, term, year)
        total += sum_by(term, worth * started[entry], len(terms))
    return total


def _is_alike(term: Index, schedule: Index, year: Index) -> bool:
    """Whether terms that each come once are all discounted by one factor."""
    if not len(term) or (year != year[0]).any() or (schedule != schedule[0]).any():
        return False
    return bool((np.diff(term) > 0).all())


def _grown(p: Program, terms: Terms, numbers: Numbers) -> Array:
    """How much starts with each entry for one unit of its amount; shape (entries, draws)."""
    slots = p.strand_growth[terms.strand]
    grows = _moves(p, slots)
    if not grows.any():
        return terms.entry_amount[:, None]
    growth = numbers(slots)[terms.entry_term]
    power = np.where(grows[terms.entry_term], terms.entry_power, 0.0)
    result: Array = terms.entry_amount[:, None] * np.power(1.0 + growth, power[:, None])
    return result


class _Path:
    """Prices that change from year to year."""

    def __init__(self, p: Program, terms: Terms, numbers: Numbers) -> None:
        slots = p.strand_path[terms.strand]
        self.moves = _moves(p, slots)
        self.growth = 1.0 + numbers(slots) if self.moves.any() else np.ones((len(terms), 1))
        self.exponent = p.strand_path_exponent[terms.strand]

    def applied(self, worth: Array, term: Index, year: Index) -> Array:
        """What some terms are worth in a year, times their prices then.

        Parameters
        ----------
        worth : array, shape (asked, draws or 1)
        term, year : array of int, shape (asked,)

        Returns
        -------
        array, shape (asked, draws or 1)
        """
        here = np.flatnonzero(self.moves[term])
        if not len(here):
            return worth
        prices = np.ones((len(term), self.growth.shape[1]))
        exponent = self.exponent[term[here], year[here], None]
        prices[here] = np.power(self.growth[term[here]], exponent)
        result: Array = worth * prices
        return result


def _moves(p: Program, slots: Index) -> Array:
    """Whether a yearly change is anything but a certain 0."""
    moves: Array = ~(p.slot_constant[slots] == 0.0)
    return moves


def timing_inputs(p: Program, terms: Terms) -> list[tuple[int, ...]]:
    """The inputs that each annuity depends on, each once."""
    if not p.inputs:
        return [()] * len(terms)
    slots = [
        np.where(of > 0, slot[terms.strand], -1)
        for slot, of in (
            (p.strand_growth, _largest(terms, terms.entry_power)),
            (p.strand_drop_off, p.strand_lasts[terms.strand] - 1),
            (p.strand_path, np.abs(p.strand_path_exponent[terms.strand]).max(axis=1, initial=0.0)),
        )
    ]
    of_schedule = _inputs_of_schedules(p)
    schedule = p.row_schedule[terms.row]
    own = np.stack([np.where(s >= 0, p.slot_input[s], -1) for s in slots], axis=1)
    if not any(of_schedule) and (own < 0).all():
        return [()] * len(terms)
    return [
        tuple(dict.fromkeys([one for one in mine if one >= 0] + list(of_schedule[which])))
        for mine, which in zip(own.tolist(), schedule.tolist(), strict=True)
    ]


def _largest(terms: Terms, numbers: Array) -> Array:
    """The largest number among the entries of each term."""
    result = np.zeros(len(terms))
    np.maximum.at(result, terms.entry_term, numbers)
    return result


def _inputs_of_schedules(p: Program) -> list[list[int]]:
    """The uncertain rates of each discount schedule that count in some year."""
    ends = np.append(p.schedule_start[1:], len(p.step_slot))
    counts = (p.step_time != 0).any(axis=1)
    found = []
    for start, end in zip(p.schedule_start, ends, strict=True):
        inputs = p.slot_input[p.step_slot[start:end]]
        found.append(inputs[(inputs >= 0) & counts[start:end]].tolist())
    return found


def schedule_factors(p: Program, inputs: Array) -> Array:
    """Discount factors of every schedule and year.

    Parameters
    ----------
    p : Program
        Holds the schedules.
    inputs : array, shape (inputs, draws)

    Returns
    -------
    array, shape (schedules, years, draws or 1)
        A single column where every rate is certain.
    """
    if p.certain_factors is not None:
        return p.certain_factors
    return discount_factors(p.at(p.step_slot, inputs), p.step_time, p.schedule_start)
