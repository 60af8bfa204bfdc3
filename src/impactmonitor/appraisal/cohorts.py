"""Cohorts: what starts in some years of a line and is multiplied by the same numbers.

A planned line is one cohort. Of a realised line, what was measured stands apart from what was
not: factors, shares and an optimism bias of the plan are not multiplied into a measured figure,
while all other years keep their own numbers, and so their draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeVar

from impactmonitor.appraisal.layout import Layout
from impactmonitor.model.figures import ranges
from impactmonitor.model.lines import Cost, Effect, Line, Transfer
from impactmonitor.model.realised import (
    RealisedCost,
    RealisedEffect,
    RealisedTransfer,
    Rebased,
)

K = TypeVar("K", bound=Hashable)


class Run(NamedTuple):
    """Something that starts again in each of some years that follow each other.

    Attributes
    ----------
    first, years : int
        First calendar year, and how many years.
    slot : int
        How much.
    grown : int
        Years that the first of them has grown already.
    """

    first: int
    years: int
    slot: int
    grown: int = 0


@dataclass(frozen=True, slots=True)
class Cohort:
    """What starts in some years, with what is multiplied into it.

    Attributes
    ----------
    runs : tuple of Run
        When it starts.
    factors : tuple of int
        Slots that are multiplied into the quantity.
    shares : Mapping[str, int]
        Slots of shares that are taken off instead of those of the line, by field.
    is_measured : bool
        Whether it is no estimate.
    """

    runs: tuple[Run, ...]
    factors: tuple[int, ...] = ()
    shares: Mapping[str, int] = field(default_factory=dict)
    is_measured: bool = False


def planned_runs(layout: Layout, path: str, field_name: str, line: Line) -> tuple[Run, ...]:
    """What starts by plan; nothing where its size is unknown.

    Parameters
    ----------
    layout : Layout
        Gives the slots.
    path : str
        Where the line stands in the case.
    field_name : {"amount", "quantity"}
    line : Line
    """
    value, allowed = getattr(line, field_name), ranges(type(line))[field_name]
    if isinstance(value, str):
        return ()
    if isinstance(value, dict):
        return tuple(
            Run(year, 1, layout.register.slot(f"{path}.{field_name}.{year}", figure, allowed))
            for year, figure in value.items()
        )
    slot = layout.register.slot(f"{path}.{field_name}", value, allowed)
    return (Run(line.first_year or layout.case.base_year, line.years, slot),)


def parted(runs: Iterable[Run], key: Callable[[int], K]) -> dict[K, tuple[Run, ...]]:
    """Runs by a property of the year in which something starts; each keeps how far it has grown.

    Examples
    --------
    >>> parted([Run(2025, 4, slot=7)], lambda year: year == 2026)[False]
    (Run(first=2025, years=1, slot=7, grown=0), Run(first=2027, years=2, slot=7, grown=2))
    """
    found: dict[K, list[Run]] = {}
    for run in runs:
        for name, places in groupby(range(run.years), lambda i, first=run.first: key(first + i)):  # type: ignore[misc]
            here = list(places)
            part = Run(run.first + here[0], len(here), run.slot, run.grown + here[0])
            found.setdefault(name, []).append(part)
    return {name: tuple(parts) for name, parts in found.items()}


def amount_cohorts(
    layout: Layout, record: Cost | Transfer, runs: tuple[Run, ...]
) -> Iterator[Cohort]:
    """The cohorts of a cost or a transfer: by plan, and as measured."""
    if not isinstance(record, RealisedCost | RealisedTransfer) or not record.realised:
        yield Cohort(runs)
        return
    yield Cohort(parted(runs, record.realised.__contains__).get(False, ()))
    yield Cohort(_constant(layout, record.realised), is_measured=True)


def effect_cohorts(
    layout: Layout, effect: Effect, runs: tuple[Run, ...], factors: tuple[int, ...], growth: int
) -> Iterator[Cohort]:
    """The cohorts of an effect: by plan, as measured, and rebased on what was measured.

    Parameters
    ----------
    layout : Layout
        Gives the slots.
    effect : Effect
    runs : tuple of Run
        By plan.
    factors : tuple of int
        Slots of the factors, at least one.
    growth : int
        Slot of the yearly growth.
    """
    if not isinstance(effect, RealisedEffect):
        yield Cohort(runs, factors)
        return
    cohorts = [*_planned(layout, effect, runs, factors, growth), *_measured(layout, effect)]
    yield from cohorts or [Cohort((), factors)]


def _planned(
    layout: Layout,
    effect: RealisedEffect,
    runs: tuple[Run, ...],
    factors: tuple[int, ...],
    growth: int,
) -> Iterator[Cohort]:
    """What was not measured, by what is taken off and whether it is rebased."""
    rebased = effect.rebased

    def key(year: int) -> tuple[int, bool] | None:
        if year in effect.realised:
            return None
        own = year if year in effect.realised_shares else 0
        return own, rebased is not None and year > rebased.after

    for name, parts in parted(runs, key).items():
        if name is None:
            continue
        shares = _shares(layout, effect, name[0])
        if name[1] and rebased is not None:
            yield from _rebased(layout, rebased, Cohort(parts, factors, shares), growth)
        else:
            yield Cohort(parts, factors, shares)


def _measured(layout: Layout, effect: RealisedEffect) -> Iterator[Cohort]:
    own = [year for year in effect.realised if year in effect.realised_shares]
    rest = {year: x for year, x in effect.realised.items() if year not in own}
    if rest:
        yield Cohort(_constant(layout, rest), (layout.one,), is_measured=True)
    for year in own:
        runs = _constant(layout, {year: effect.realised[year]})
        yield Cohort(runs, (layout.one,), _shares(layout, effect, year), is_measured=True)


def _shares(layout: Layout, effect: RealisedEffect, year: int) -> dict[str, int]:
    measured = effect.realised_shares.get(year, {})
    return {name: layout.register.constant(share) for name, share in measured.items()}


def _constant(layout: Layout, amounts: Mapping[int, float]) -> tuple[Run, ...]:
    constant = layout.register.constant
    return tuple(Run(year, 1, constant(float(amount))) for year, amount in amounts.items())


def _rebased(layout: Layout, rebased: Rebased, cohort: Cohort, growth: int) -> Iterator[Cohort]:
    """A scaled forecast of which a part no longer varies: it stands at the point estimate.

    Draw by draw ``scale x (kept_spread x draw + (1 - kept_spread) x point estimate)``.
    """
    constant, value_of = layout.register.constant, layout.register.value
    scale, spread = rebased.scale, rebased.kept_spread
    if spread > 0:
        factors = (*cohort.factors, constant(scale * spread))
        yield Cohort(cohort.runs, factors, cohort.shares)
    if spread < 1:
        point = scale * (1.0 - spread) * math.prod(value_of(slot) for slot in cohort.factors)
        fixed = {
            run.first + i: point * value_of(run.slot) * (1.0 + value_of(growth)) ** (run.grown + i)
            for run in cohort.runs
            for i in range(run.years)
        }
        yield Cohort(_constant(layout, fixed), (layout.one,), cohort.shares)
