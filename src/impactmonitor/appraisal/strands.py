"""The strands of a line: its amounts by year, and all that is multiplied into them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from impactmonitor.appraisal.layout import Direction, Layout
from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.resolved import ResolvedEffect, ResolvedLine
from impactmonitor.model.figures import ranges
from impactmonitor.model.legs import Leg
from impactmonitor.model.lines import Cost, Effect, Line, Transfer
from impactmonitor.model.numbers import ABOVE_MINUS_ONE

GAIN, HARM = -1.0, 1.0
_SHARES_OFF = ("deadweight", "displacement", "attribution_to_others")


def lay_amounts(layout: Layout, path: str, line: int, record: Cost | Transfer) -> int:
    """The single strand of a cost or a transfer.

    Returns
    -------
    int
        Its index.
    """
    found = layout.resolved.line(path.partition(".")[2])
    strand = _strand(layout, path, line, record, found)
    _entries(layout, path, "amount", record, strand)
    layout.multiply("factor", [(layout.one, False)])
    layout.multiply("worth", [(layout.one, False)])
    layout.add(strand_drop_off=layout.zero, strand_leaving=0.0, strand_lasts=1)
    bias = layout.slot(path, record, "optimism_bias") if isinstance(record, Cost) else layout.zero
    layout.bias(bias, HARM)
    inflation = layout.case.inflation
    if record.prices == "nominal" and inflation is not None:
        slot = layout.register.slot("inflation", inflation, ABOVE_MINUS_ONE)
        since = layout.offset(record.price_year or layout.case.price_year)
        later = record.years_later if isinstance(record, Leg) else 0
        layout.price_path(slot, -1.0, since - later)
    else:
        layout.price_path(layout.zero, 0.0, 0)
    return strand


def lay_effect(
    layout: Layout, path: str, line: int, effect: Effect, kept: float = 1.0, leaving: float = 0.0
) -> None:
    """The strands of an effect: one, or one per sign where an optimism bias tells them apart.

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
    factors = [
        (layout.number(f"{path}.factors.{key}", figure), False)
        for key, figure in effect.factors.items()
    ] or [(layout.one, False)]
    bias = layout.slot(path, effect, "optimism_bias")
    multiplied = factors if kept == 1.0 else [*factors, (layout.register.constant(kept), False)]
    for years, direction in _signs(layout, path, effect, found, factors, bias):
        strand = _strand(layout, path, line, effect, found, found.unit_factor)
        last = _entries(layout, path, "quantity", effect, strand, effect.lag, years)
        layout.reach(last + effect.lasts - 1)
        layout.multiply("factor", multiplied)
        worth = [(layout.slot(path, effect, field), True) for field in _SHARES_OFF]
        worth = [(slot, off) for slot, off in worth if slot != layout.zero]
        layout.multiply("worth", [*worth, (_unit_value(layout, found, strand), False)])
        drop_off = layout.slot(path, effect, "drop_off")
        layout.add(strand_drop_off=drop_off, strand_leaving=leaving, strand_lasts=effect.lasts)
        layout.bias(bias, direction)
        change = layout.slot(path, effect, "real_price_change")
        layout.price_path(change, 1.0, layout.offset(effect.real_price_from))


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


def _entries(
    layout: Layout,
    path: str,
    field: str,
    record: Line,
    strand: int,
    lag: int = 0,
    years: Collection[int] | None = None,
) -> int:
    """What starts in each year, of all years or of some; returns the last of them."""
    value = getattr(record, field)
    allowed = ranges(type(record))[field]
    last = 0
    if isinstance(value, Mapping):
        for year, figure in value.items():
            if years is None or year in years:
                slot = layout.register.slot(f"{path}.{field}.{year}", figure, allowed)
                layout.entries(strand, layout.offset(year) + lag, 1, slot)
                last = max(last, layout.offset(year) + lag)
    elif not isinstance(value, str):  # its size is known
        slot = layout.register.slot(f"{path}.{field}", value, allowed)
        first = layout.offset(record.first_year) + lag
        layout.entries(strand, first, record.years, slot)
        last = first + record.years - 1
    layout.reach(last)
    return last


def _unit_value(layout: Layout, found: ResolvedEffect, strand: int) -> int:
    """The slot of a single unit value; values by year are anchored to their years instead."""
    value, path = found.unit_value, found.unit_value_path
    if value is None:
        return layout.zero
    if not isinstance(value, Mapping):
        return layout.number(path, value)
    slots = {
        layout.offset(year): layout.number(f"{path}.{year}", figure)
        for year, figure in sorted(value.items())
    }
    layout.anchor(strand, slots)
    return layout.one


def _signs(
    layout: Layout,
    path: str,
    effect: Effect,
    found: ResolvedEffect,
    factors: list[tuple[int, bool]],
    bias: int,
) -> list[tuple[Collection[int] | None, Direction]]:
    """The years of each strand of an effect, with the direction of its bias.

    Whether an entry is a gain or a harm in a year is decided at the point estimate, by the sign
    of quantity x factors x unit value; exactly 0 counts as a gain.
    """
    if bias == layout.zero or not effect.monetised or effect.quantity == "unknown":
        return [(None, 0.0)]
    value_of = layout.register.value
    scale = math.prod(value_of(slot) for slot, _ in factors)
    worth = _unit_value_at_point(layout, found)
    if not isinstance(effect.quantity, Mapping):
        point = value_of(layout.number(f"{path}.quantity", effect.quantity))
        return [(None, _direction(point * scale, worth))]
    points = {
        year: scale * value_of(layout.number(f"{path}.quantity.{year}", figure))
        for year, figure in effect.quantity.items()
    }
    groups = [
        ({y for y, q in points.items() if q >= 0}, 1.0),
        ({y for y, q in points.items() if q < 0}, -1.0),
    ]
    return [(years, _direction(sign, worth)) for years, sign in groups if years]


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
