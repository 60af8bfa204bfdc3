"""The strands of a line: its amounts by year, and all that is multiplied into them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from impactmonitor.appraisal.by_year import Direction
from impactmonitor.appraisal.cohorts import (
    Cohort,
    Run,
    amount_cohorts,
    effect_cohorts,
    planned_runs,
)
from impactmonitor.appraisal.layout import Layout
from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.resolved import ResolvedEffect, ResolvedLine
from impactmonitor.model.legs import Leg
from impactmonitor.model.lines import Cost, Effect, Line, Transfer
from impactmonitor.model.numbers import ABOVE_MINUS_ONE
from impactmonitor.model.realised import SHARES_OFF, RealisedEffect

GAIN, HARM = -1.0, 1.0


def lay_amounts(layout: Layout, path: str, line: int, record: Cost | Transfer) -> tuple[int, ...]:
    """The strands of a cost or a transfer: one, or two where a part of it was measured.

    Returns
    -------
    tuple of int
        Their indices.
    """
    found = layout.resolved.line(path.partition(".")[2])
    layout.slot(path, record, "growth")  # draws depend on the order in which numbers are met
    runs = planned_runs(layout, path, "amount", record)
    laid = []
    for cohort in amount_cohorts(layout, record, runs):
        laid.append(strand := _strand(layout, path, line, record, found))
        _lay_runs(layout, strand, cohort.runs)
        layout.multiply("factor", [(layout.one, False)])
        layout.multiply("worth", [(layout.one, False)])
        layout.add(strand_drop_off=layout.zero, strand_leaving=0.0, strand_lasts=1)
        has_bias = isinstance(record, Cost) and not cohort.is_measured
        layout.bias(layout.slot(path, record, "optimism_bias") if has_bias else layout.zero, HARM)
        _lay_deflation(layout, record)
    return tuple(laid)


def _lay_deflation(layout: Layout, record: Cost | Transfer) -> None:
    inflation = layout.case.inflation
    if record.prices == "nominal" and inflation is not None:
        slot = layout.register.slot("inflation", inflation, ABOVE_MINUS_ONE)
        since = layout.offset(record.price_year or layout.case.price_year)
        later = record.years_later if isinstance(record, Leg) else 0
        layout.price_path(slot, -1.0, since - later)
    else:
        layout.price_path(layout.zero, 0.0, 0)


def lay_effect(
    layout: Layout, path: str, line: int, effect: Effect, kept: float = 1.0, leaving: float = 0.0
) -> None:
    """The strands of an effect: one per cohort, and per sign where a bias tells them apart.

    Parameters
    ----------
    layout : Layout
        With the line.
    path : str
        Where the effect stands in the case.
    line : int
        To which the strands belong: that of the effect, or of what an actor keeps of it.
    effect : Effect
        As it was written.
    kept : float
        What is kept of the effect in the first year of what starts.
    leaving : float
        Share of what is kept that is lost in each further year, besides the drop-off.
    """
    found = layout.resolved.effects[path.partition(".")[2]]
    factors = tuple(
        layout.number(f"{path}.factors.{key}", figure) for key, figure in effect.factors.items()
    )
    bias = layout.slot(path, effect, "optimism_bias")
    is_biased = bias != layout.zero and effect.monetised and effect.quantity != "unknown"
    worth: Direction = 0.0
    if is_biased:  # draws depend on the order in which numbers are met
        worth = _unit_value_at_point(layout, found)
        planned_runs(layout, path, "quantity", effect)
    growth = layout.slot(path, effect, "growth")
    runs = planned_runs(layout, path, "quantity", effect)
    own = _Effect(layout, path, line, effect, found, _unit_values_instead(layout, effect))
    keeping = () if kept == 1.0 else (layout.register.constant(kept),)
    for whole in effect_cohorts(layout, effect, runs, factors or (layout.one,), growth):
        cohort = replace(whole, factors=(*whole.factors, *keeping)) if keeping else whole
        if not is_biased:
            own.lay(cohort, leaving, bias, 0.0, 0.0)
            continue
        for part, sign in _signs(layout, effect, cohort):
            signed = replace(cohort, runs=part)
            own.lay(signed, leaving, bias, sign, _direction(sign, worth))


@dataclass(frozen=True, slots=True)
class _Effect:
    """An effect whose cohorts are laid, with the measured unit values by offset."""

    layout: Layout
    path: str
    line: int
    effect: Effect
    found: ResolvedEffect
    instead: Mapping[int, float]

    def lay(
        self, cohort: Cohort, leaving: float, bias: int, sign: float, direction: Direction
    ) -> None:
        """One strand.

        Parameters
        ----------
        cohort : Cohort
            All of it, or what starts of one sign.
        leaving : float
            Share that is lost in each further year, besides the drop-off.
        bias : int
            Slot of the optimism bias.
        sign : float
            Of what starts; 0 where no bias asks for it.
        direction : Direction
            Where optimism moves it.
        """
        layout, path, effect = self.layout, self.path, self.effect
        strand = _strand(layout, path, self.line, effect, self.found, self.found.unit_factor)
        _lay_runs(layout, strand, cohort.runs, effect.lag, effect.lasts)
        layout.multiply("factor", [(slot, False) for slot in cohort.factors])
        worths = _shares_off(layout, path, effect, cohort)
        unit_value = _unit_value(layout, self.found, strand, self.instead)
        layout.multiply("worth", [*worths, (unit_value, False)])
        drop_off = layout.slot(path, effect, "drop_off")
        layout.add(strand_drop_off=drop_off, strand_leaving=leaving, strand_lasts=effect.lasts)
        signs = {year: sign * value for year, value in self.instead.items()} if sign else {}
        layout.bias(bias, direction, signs)
        change = layout.slot(path, effect, "real_price_change")
        since = layout.offset(effect.real_price_from)
        layout.price_path(change, 1.0, since, self.instead)


def _unit_values_instead(layout: Layout, effect: Effect) -> dict[int, float]:
    """Measured unit values by offset from the base year."""
    if not isinstance(effect, RealisedEffect) or not effect.monetised:
        return {}
    return {layout.offset(year): float(x) for year, x in effect.realised_unit_value.items()}


def _shares_off(
    layout: Layout, path: str, effect: Effect, cohort: Cohort
) -> list[tuple[int, bool]]:
    planned = {field: layout.slot(path, effect, field) for field in SHARES_OFF}
    slots = {**planned, **cohort.shares}
    return [(slot, True) for slot in slots.values() if slot != layout.zero]


def _lay_runs(
    layout: Layout, strand: int, runs: Iterable[Run], lag: int = 0, lasts: int = 1
) -> None:
    for run in runs:
        first = layout.offset(run.first) + lag
        layout.entries(strand, first, run.years, run.slot, run.grown)
        layout.reach(first + run.years - 1 + lasts - 1)


def _strand(
    layout: Layout, path: str, line: int, record: Line, found: ResolvedLine, units: float = 1.0
) -> int:
    strand, price = layout.count("strand_line"), found.price
    scale = rebasing_factor(price.index_from, price.index_to, price.exchange_rate)
    layout.add(
        strand_line=line,
        strand_scale=scale * units,
        strand_growth=layout.slot(path, record, "growth"),
        strand_schedule=layout.schedule(found.discount_class, record.timing or layout.timing),
    )
    return strand


def _unit_value(
    layout: Layout, found: ResolvedEffect, strand: int, instead: Mapping[int, float]
) -> int:
    """The slot of a single unit value; values by year are anchored to their years instead."""
    value, path = found.unit_value, found.unit_value_path
    if value is None:
        return layout.zero
    if isinstance(value, Mapping):
        slots = {
            layout.offset(year): layout.number(f"{path}.{year}", figure)
            for year, figure in sorted(value.items())
        }
    elif instead:
        slots = {0: layout.number(path, value)}
    else:
        return layout.number(path, value)
    constant = layout.register.constant
    layout.anchor(strand, slots, {year: constant(own) for year, own in instead.items()})
    return layout.one


def _signs(layout: Layout, effect: Effect, cohort: Cohort) -> list[tuple[tuple[Run, ...], float]]:
    """What starts in each strand of a cohort, with its sign.

    Whether an entry is a gain or a harm in a year is decided at the point estimate, by the sign
    of quantity x factors x unit value; exactly 0 counts as a gain.
    """
    value_of = layout.register.value
    scale = math.prod(value_of(slot) for slot in cohort.factors)
    points = [scale * value_of(run.slot) for run in cohort.runs]
    is_by_year = isinstance(effect.quantity, Mapping) or isinstance(effect, RealisedEffect)
    if not is_by_year:
        return [(cohort.runs, points[0])]
    pairs = list(zip(cohort.runs, points, strict=True))
    gains = tuple(run for run, point in pairs if point >= 0)
    harms = tuple(run for run, point in pairs if point < 0)
    return [(runs, sign) for runs, sign in ((gains, 1.0), (harms, -1.0)) if runs] or [((), 0.0)]


def _unit_value_at_point(layout: Layout, found: ResolvedEffect) -> Direction:
    """The unit value at the point estimate: one number, or by year where it is given so."""
    value, path = found.unit_value, found.unit_value_path
    value_of = layout.register.value
    if isinstance(value, Mapping):
        return {
            layout.offset(year): value_of(layout.number(f"{path}.{year}", figure))
            for year, figure in value.items()
        }
    return 0.0 if value is None else value_of(layout.number(path, value))


def _direction(quantity: float, worth: Direction) -> Direction:
    """The direction of the bias: opposite to the sign of quantity x unit value."""
    if isinstance(worth, Mapping):
        return {year: quantity * value for year, value in worth.items()}
    return GAIN if quantity * worth >= 0 else HARM
