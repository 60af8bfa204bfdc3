"""The forecast of the rest, taken again from what was measured; the rule is ours.

What an effect still has to start is multiplied by measured ÷ planned, over the years that were
measured completely: who reached four fifths of the plan so far is expected to go on like that.
Only quantities are taken again: prices, costs and transfers of later years stay as planned, and
so does how long what has started goes on.

Of a quantity that is counted one by one, the spread becomes narrower as more is counted (see
``updating.kept_spread``); draw by draw::

    scale x (kept_spread x draw + (1 - kept_spread) x point estimate)

so that the numbers of the plan keep their draws, and what several lines share stays shared. A
quantity that is not counted, such as energy, keeps its relative spread. A share that the plan
gives as counts gets the counts that were measured added to it, for every year in which it was
not itself measured.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import fsum, prod

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array
from impactmonitor.catalogue.units import folded, unit_names
from impactmonitor.model.lines import measured_by_of
from impactmonitor.model.numbers import Counts
from impactmonitor.model.realised import SHARES_OFF, Rebased
from impactmonitor.problems import Problem
from impactmonitor.tracking.expecting import drawn_inputs, starting
from impactmonitor.tracking.measured_case import QUANTITY, Figures, Learned
from impactmonitor.tracking.updating import kept_spread, updated_share

DRAWS, SEED = 4096, 1
WHOLE = 1e-9

MeasuredCounts = Mapping[tuple[str, str], tuple[float, float]]
"""By line and field: how many of how many, over all years that were measured completely."""


def learned_from(
    plan: Appraised,
    planned: Figures,
    measured: Figures,
    counts: MeasuredCounts,
    last_year: int,
) -> tuple[Learned, list[Problem]]:
    """What the figures that were measured say about the rest.

    Parameters
    ----------
    plan : Appraised
        With its own distributions.
    planned : Figures
        What the plan expects; see ``expecting.expected_figures``.
    measured : Figures
        What was measured completely; without any, nothing is learned.
    counts : MeasuredCounts
        Of shares that were measured as numerator and denominator.
    last_year : int
        What starts after it is forecast again.

    Returns
    -------
    learned : Learned
    problems : list of Problem
        Warnings: an effect that cannot be scaled, and one of which nothing came.
    """
    scales, problems = dict[str, float](), []
    for (path, name), figures in measured.items():
        if name != QUANTITY or not _starts_later(planned.get((path, name), {}), last_year):
            continue
        scale = scale_of(planned.get((path, name), {}), figures)
        if scale is None:
            problems.append(Problem("reforecast-without-plan", path, severity="warning"))
            continue
        if scale == 0:
            problems.append(Problem("reforecast-of-nothing", path, severity="warning"))
        scales[path] = scale
    own = {path: measured[path, QUANTITY] for path in scales}
    variations = variations_of(plan, own) if own else {}
    rebased = {
        path.partition(".")[2]: Rebased(
            after=last_year,
            scale=scale,
            kept_spread=kept_spread(variations[path], counted_of(plan, path, own[path])),
        )
        for path, scale in scales.items()
    }
    return Learned(rebased, _shares(plan, counts)), problems


def scale_of(planned: Mapping[int, float], measured: Mapping[int, float]) -> float | None:
    """Measured ÷ planned over the years that were measured.

    Returns
    -------
    float or None
        None where nothing was planned in those years, or the opposite of what came.

    Examples
    --------
    >>> scale_of({2025: 100.0, 2026: 100.0, 2027: 100.0}, {2025: 70.0, 2026: 90.0})
    0.8
    >>> scale_of({2027: 100.0}, {2025: 70.0}) is None
    True
    """
    total = fsum(planned.get(year, 0.0) for year in measured)
    scale = fsum(measured.values()) / total if total else -1.0
    return scale if 0 <= scale < np.inf else None


def counted_of(plan: Appraised, path: str, measured: Mapping[int, float]) -> float:
    """How many things were counted one by one for an effect, over all measured years.

    Parameters
    ----------
    plan : Appraised
    path : str
        Of the effect.
    measured : Mapping[int, float]
        Its quantities by year; one that is measured by an indicator with factors is counted as
        that indicator is, so without them.

    Returns
    -------
    float
        0 for so much of something (with a physical dimension, or money), and for figures that
        are no whole numbers.
    """
    effect = plan.case.effects[path.partition(".")[2]]
    factors: Mapping[str, float] = {}
    if effect.measured_by is not None:
        factors = measured_by_of(effect.measured_by).factors
    factor = prod(factors.values())
    if factor <= 0 or (not factors and _is_quantity_of_something(plan, path)):
        return 0.0
    figures = [figure / factor for figure in measured.values()]
    is_counted = all(x >= 0 and abs(x - round(x)) <= WHOLE * max(1.0, x) for x in figures)
    return fsum(figures) if is_counted else 0.0


def _is_quantity_of_something(plan: Appraised, path: str) -> bool:
    """Whether the unit of an effect is so much of something: m3 of gas, hours of care, euros."""
    unit = folded(plan.resolved.effects[path.partition(".")[2]].unit)
    known = unit_names(plan.resolved.units)
    names = (unit, *unit.split()[:1])
    measures = (known.get(name) for name in names)
    is_money = folded(plan.case.currency) in names
    return is_money or any(one is not None and one.dimension is not None for one in measures)


def variations_of(plan: Appraised, years: Mapping[str, Collection[int]]) -> dict[str, float]:
    """How uncertain a plan was about what starts in some years of each effect.

    Parameters
    ----------
    plan : Appraised
    years : Mapping[str, Collection[int]]
        By effect.

    Returns
    -------
    dict of str to float
        Standard deviation ÷ mean of the total over those years; 0 where nothing is uncertain or
        the mean is 0.
    """
    if not plan.compiled.inputs:
        return dict.fromkeys(years, 0.0)
    totals = {path: np.zeros(1) for path in years}
    for one in starting(plan, drawn_inputs(plan, DRAWS, SEED)):
        if one.year in years.get(one.line, ()):
            totals[one.line] = totals[one.line] + one.draws
    return {path: _variation(total) for path, total in totals.items()}


def _variation(draws: Array) -> float:
    mean = float(draws.mean())
    found = float(draws.std()) / abs(mean) if mean else 0.0
    return found if np.isfinite(found) else 0.0


def _shares(plan: Appraised, counts: MeasuredCounts) -> dict[tuple[str, str], Counts]:
    """Shares of effects that were given as counts, with those that were measured."""
    found = {}
    for (path, name), (events, n) in counts.items():
        effect = path.partition(".")[2]
        share = getattr(plan.case.effects[effect], name) if name in SHARES_OFF else None
        if isinstance(share, Counts) and n > 0:
            found[effect, name] = updated_share(share, events, n)
    return found


def _starts_later(planned: Mapping[int, float], last_year: int) -> bool:
    return any(year > last_year for year in planned)
