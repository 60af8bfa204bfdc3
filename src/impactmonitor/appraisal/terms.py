"""The terms of a program: what is left to add up once everything that is certain is worked out.

The present value of a row (a strand, or a burden) is a product and a short sum::

    constant x numbers multiplied in x (sum over its terms of amount x annuity)

An annuity is what one unit of a term is worth now, years and discounting included. Where its
rates, growth and drop-off are certain it is one number, so that a draw costs as much for a
century as for a year. Terms only differ from rows where amounts or prices differ by year and are
uncertain, or where optimism moves some years up and others down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from impactmonitor.appraisal.arrays import Array, Flags, Index

if TYPE_CHECKING:
    from impactmonitor.appraisal.program import Program


@dataclass(frozen=True, slots=True)
class Factors:
    """Uncertain numbers by what they are multiplied into.

    Attributes
    ----------
    of : array of int, shape (factors,)
        Which row or term; ascending.
    input : array of int, shape (factors,)
        Which input of the program.
    offset, slope : array, shape (factors,)
        The factor is ``offset + slope x input``: 0 and 1 for a plain number, 1 and -1 for a share
        that is taken off, 1 and the direction for an optimism bias.
    """

    of: Index
    input: Index
    offset: Array
    slope: Array

    def taken(self, chosen: Index) -> Factors:
        """The factors of these rows or terms, numbered anew in this order."""
        parts, of = _ranges(self.of, chosen)
        return Factors(of, self.input[parts], self.offset[parts], self.slope[parts])


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of all rows, in the order of the rows.

    Attributes
    ----------
    row, strand : array of int, shape (terms,)
        The row that a term belongs to, and the strand whose timing it has.
    weight_of : array of int, shape (terms,)
        Its row of ``weights``.
    weights : array, shape (weights, years)
        What every year counts for; the first row is 1 throughout.
    entry_term, entry_year : array of int, shape (entries,)
        What starts, and when; in order of the terms.
    entry_power, entry_amount : array, shape (entries,)
        Years that it has grown, and how much it is: 1 where the amount is an input.
    amounts : Factors
        Uncertain amounts and prices of the terms.
    """

    row: Index
    strand: Index
    weight_of: Index
    weights: Array
    entry_term: Index
    entry_year: Index
    entry_power: Array
    entry_amount: Array
    amounts: Factors

    def __len__(self) -> int:
        return len(self.row)

    def taken(self, chosen: Index) -> Terms:
        """These terms, in this order; a term may be taken more than once."""
        entries, term = _ranges(self.entry_term, chosen)
        return Terms(
            self.row[chosen],
            self.strand[chosen],
            self.weight_of[chosen],
            self.weights,
            term,
            self.entry_year[entries],
            self.entry_power[entries],
            self.entry_amount[entries],
            self.amounts.taken(chosen),
        )


def _ranges(of: Index, chosen: Index) -> tuple[Index, Index]:
    """Places of all elements of the chosen groups, and the number of their new group."""
    starts, ends = np.searchsorted(of, chosen), np.searchsorted(of, chosen, side="right")
    counts = ends - starts
    before = np.cumsum(counts) - counts
    places = np.repeat(starts - before, counts) + np.arange(counts.sum())
    return places, np.repeat(np.arange(len(chosen)), counts)


def terms_of(p: Program) -> Terms:
    """Divide a program into terms."""
    is_input = p.slot_input >= 0
    uncertain = is_input[p.entry_slot]
    slots = len(p.slot_input) + 1
    key = p.entry_strand * slots + np.where(uncertain, p.entry_slot + 1, 0)
    found, term = np.unique(key, return_inverse=True)
    order = np.argsort(term, kind="stable")
    slot = found % slots - 1
    named = np.flatnonzero(slot >= 0)
    terms = Terms(
        row=found // slots,
        strand=found // slots,
        weight_of=np.zeros(len(found), dtype=np.intp),
        weights=np.ones((1, p.years)),
        entry_term=term[order],
        entry_year=p.entry_year[order],
        entry_power=p.entry_power[order],
        entry_amount=np.where(uncertain, 1.0, p.slot_constant[p.entry_slot])[order],
        amounts=_plain(named, p.slot_input[slot[named]]),
    )
    return _with_burdens(p, _with_weights(p, terms))


def _plain(of: Index, inputs: Index) -> Factors:
    return Factors(of, inputs, np.zeros(len(of)), np.ones(len(of)))


def _with_weights(p: Program, terms: Terms) -> Terms:
    """One term for each uncertain price by year, and for the years that optimism moves apart."""
    special = set(p.anchored_strand.tolist()) | set(np.flatnonzero(p.is_mixed).tolist())
    if not special:
        return terms
    chosen, weights, weight_of, more = [], [np.ones(p.years)], [], []
    anchors = _anchors(p)
    for term, strand in enumerate(terms.strand.tolist()):
        ways = product(anchors.get(strand, _WHOLE), _directions(p, strand))
        for (by_price, price), (by_bias, bias) in ways if strand in special else _ALL:
            chosen.append(term)
            more.append([*price, *bias])
            weight_of.append(len(weights) if strand in special else 0)
            if strand in special:
                weights.append(np.ones(p.years) * by_price * by_bias)
    taken = terms.taken(np.array(chosen, dtype=np.intp))
    inputs = np.array([one for each in more for one in each], dtype=np.intp)
    of = np.repeat(np.arange(len(more)), [len(each) for each in more])
    return replace(
        taken,
        weights=np.array(weights),
        weight_of=np.array(weight_of, dtype=np.intp),
        amounts=merged(taken.amounts, _plain(of, inputs)),
    )


_Way = tuple[Array | float, Sequence[int]]
_WHOLE: tuple[_Way, ...] = ((1.0, ()),)
_ALL: tuple[tuple[_Way, _Way], ...] = ((_WHOLE[0], _WHOLE[0]),)


def _anchors(p: Program) -> dict[int, list[_Way]]:
    """By strand: what its prices that are certain are together by year, and each other one."""
    found: dict[int, list[_Way]] = {}
    ends = np.append(p.anchor_start[1:], len(p.anchor_slot))
    for strand, start, end in zip(p.anchored_strand, p.anchor_start, ends, strict=True):
        slots, weights = p.anchor_slot[start:end], p.anchor_weight[start:end]
        inputs = p.slot_input[slots]
        certain = inputs < 0
        ways: list[_Way] = [
            (weights[inputs == one].sum(axis=0), [one]) for one in np.unique(inputs[~certain])
        ]
        if certain.any():
            ways.append((p.slot_constant[slots[certain]] @ weights[certain], ()))
        found[int(strand)] = ways
    return found


def _directions(p: Program, strand: int) -> tuple[_Way, ...]:
    """The years as they are, and what an optimism bias adds to or takes from each."""
    if not p.is_mixed[strand]:
        return _WHOLE
    slot = p.strand_bias[strand]
    directions = p.strand_direction[strand]
    if p.slot_input[slot] < 0:
        return ((1.0 + directions * p.slot_constant[slot], ()),)
    return (*_WHOLE, (directions, [int(p.slot_input[slot])]))


def _with_burdens(p: Program, terms: Terms) -> Terms:
    """Copies of the terms of costs on which a burden is raised, in rows of their own."""
    if not len(p.burden_strand):
        return terms
    copied, burden = _ranges(terms.strand, p.burden_strand)
    both = terms.taken(np.concatenate([np.arange(len(terms)), copied]))
    rows = np.concatenate([terms.row, len(p.strand_line) + burden])
    return replace(both, row=rows)


def merged(first: Factors, second: Factors) -> Factors:
    """Both, in the order of what they are multiplied into, the first before the second."""
    of = np.concatenate([first.of, second.of])
    order = np.argsort(of, kind="stable")
    both = [
        np.concatenate([getattr(part, name) for part in (first, second)])[order]
        for name in ("input", "offset", "slope")
    ]
    return Factors(of[order], *both)


def multipliers(p: Program) -> tuple[Array, Factors]:
    """What every row is multiplied by: what is certain, and what is not.

    Returns
    -------
    constants : array, shape (rows,)
    uncertain : Factors
        By row.
    """
    strands = len(p.strand_line)
    counted = np.arange(strands)
    of, slots, offset, slope = (
        np.concatenate(parts)
        for parts in zip(
            _ragged(p.factor_start, p.factor_slot, np.zeros(len(p.factor_slot), dtype=bool)),
            _ragged(p.worth_start, p.worth_slot, p.worth_is_share_off),
            (counted, p.strand_bias, np.ones(strands), p.direction),
            strict=True,
        )
    )
    uncertain = _uncertain(p, of, slots, offset, slope)
    constants = p.strand_scale * _certain(p, of, slots, offset, slope, strands)
    if not len(p.burden_strand):
        return constants, uncertain
    burdens = np.arange(len(p.burden_strand))
    rates = (burdens, p.burden_rate, np.zeros(len(burdens)), p.burden_share)
    raised = constants[p.burden_strand] * _certain(p, *rates, len(burdens))
    own = _uncertain(p, *rates)
    own = replace(own, of=own.of + strands)
    both = uncertain.taken(np.concatenate([counted, p.burden_strand]))
    return np.concatenate([constants, raised]), merged(both, own)


def _ragged(starts: Index, slots: Index, is_off: Flags) -> tuple[Index, Index, Array, Array]:
    """Owners of numbers that stand one owner after the other, and what each number makes."""
    counts = np.append(starts[1:], len(slots)) - starts
    offset = np.where(is_off, 1.0, 0.0)
    return np.repeat(np.arange(len(starts)), counts), slots, offset, 1.0 - 2.0 * offset


def _uncertain(p: Program, of: Index, slots: Index, offset: Array, slope: Array) -> Factors:
    if not p.inputs:
        return _plain(of[:0], slots[:0])
    kept = np.flatnonzero((p.slot_input[slots] >= 0) & (slope != 0))
    order = kept[np.argsort(of[kept], kind="stable")]
    return Factors(of[order], p.slot_input[slots[order]], offset[order], slope[order])


def _certain(p: Program, of: Index, slots: Index, offset: Array, slope: Array, size: int) -> Array:
    """Products of the factors that are certain, by owner."""
    numbers = np.where(p.slot_input[slots] < 0, offset + slope * p.slot_constant[slots], 1.0)
    result = np.ones(size)
    np.multiply.at(result, of, numbers)
    return result
