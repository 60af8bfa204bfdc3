"""What the discount rate or the horizon would have to be to turn the result.

Both follow from the amounts of a result by year: other rates weigh them otherwise, another
horizon counts more or fewer of them. Overlap is a matter of present values, and so is corrected
anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index, sum_by
from impactmonitor.appraisal.discounting import discount_factors
from impactmonitor.appraisal.incidence import split
from impactmonitor.appraisal.ledger import Ledger, line_scale
from impactmonitor.appraisal.returns import LOWEST_RATE
from impactmonitor.evaluation.result import Evaluation
from impactmonitor.uncertainty.roots import ROUNDING, nearest_roots

HIGHEST_SHIFT = 0.2
LONGEST_HORIZON = 300
"""As many years as a case may have."""
POINTS = 128
"""So many shifts on either side of 0 are looked at first."""


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What flows in a result, not discounted and before overlap.

    Attributes
    ----------
    ledger : Ledger
        Of one draw.
    weights : array, shape (lines,)
        What one unit of money of each line is to the party.
    """

    ledger: Ledger
    weights: Array

    def by_schedule(self) -> list[Array]:
        """Of each discount schedule the amounts by line and year; also after the horizon."""
        p, value = self.ledger.program, self.ledger.value[:, :, 0]
        return [
            sum_by(p.row_line, np.where(own[:, None], value, 0.0), p.sizes["line"])
            for own in p.row_schedule == np.arange(p.sizes["schedule"])[:, None]
        ]

    def net(self, present: Array) -> tuple[Array, Array]:
        """Net present value of the party, and the size of what it is made of.

        Parameters
        ----------
        present : array, shape (lines, columns)
            Present values before overlap.
        """
        p = self.ledger.program
        alpha = p.at(p.overlap_alpha, self.ledger.inputs)
        counted = self.weights[:, None] * line_scale(p, alpha, present) * present
        return counted.sum(axis=0), np.abs(counted).sum(axis=0)


def _amounts(evaluation: Evaluation, party: int) -> _Amounts:
    ledger = evaluation.appraised.ledger
    p = ledger.program
    unscaled = replace(ledger, scale=np.ones_like(ledger.scale))
    unturned = np.zeros((p.sizes["flow"], 1), dtype=bool)  # to the net it is all the same
    units = split(p, np.eye(p.sizes["line"]), ledger.slots, unturned)
    return _Amounts(unscaled, units.net[party])


def switching_rate(evaluation: Evaluation, party: int) -> float | None:
    """What would have to be added to every discount rate for a net present value of 0.

    Parameters
    ----------
    evaluation : Evaluation
    party : int
        An actor or perspective by its place in ``Compiled.parties``, -1 for society.

    Returns
    -------
    float or None
        The same decimal for all classes and steps, below 0 for lower rates, the nearest to 0; 0
        if the net present value is 0 already. None where there is none between the lowest
        possible rate (-99.99 % for the lowest of the rates, as for rates of return) and 0.2
        (20 percentage points).

    Examples
    --------
    >>> from impactmonitor import evaluate
    >>> from impactmonitor.model.case import Case
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2, "discount": {"rate": 0.03},
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "effects": {"rest": {"quantity": 1, "unit_value": 105, "first_year": 2026,
    ...                          "falls_to": "city", "domain": "social"}},
    ... })
    >>> round(switching_rate(evaluate(case), -1), 12)
    0.02
    """
    amounts = _amounts(evaluation, party)
    p, horizon = amounts.ledger.program, evaluation.case.horizon
    rates = amounts.ledger.slots[p.step_slot, :1]
    by_schedule = [part[:, :horizon] for part in amounts.by_schedule()]
    counts = np.flatnonzero(np.any(by_schedule, axis=(0, 1)))

    def net_at(_: Index, shifts: Array) -> tuple[Array, Array]:
        present = np.zeros((p.sizes["line"], len(shifts)))
        with np.errstate(all="ignore"):  # far below 0 the factors of late years overflow
            factors = discount_factors(rates + shifts, p.step_time[:, counts], p.schedule_start)
            for own, factor in zip(by_schedule, factors, strict=True):
                present += own[:, counts] @ factor
            return amounts.net(present)

    shifts = _shifts(1.0 + float(rates.min()))
    net, size = net_at(np.arange(0), shifts)
    start = np.flatnonzero(shifts == 0)
    found = float(nearest_roots(net_at, shifts[None], net[None], size[None], start)[0])
    return None if np.isnan(found) else found


def _shifts(lowest_growth: float) -> Array:
    """Rising shifts around 0, at equal distances, and far below it at equal ratios.

    Parameters
    ----------
    lowest_growth : float
        1 plus the lowest of the rates.
    """
    near = np.linspace(0.0, HIGHEST_SHIFT, POINTS + 1)
    lowest = min(np.log1p(LOWEST_RATE) - np.log(lowest_growth), 0.0)
    far = lowest_growth * np.expm1(np.linspace(lowest, 0.0, POINTS, endpoint=False))
    within = -near[-near > far[0]]
    return np.unique(np.concatenate([far, within, near]))


def switching_horizon(evaluation: Evaluation, party: int) -> int | None:
    """The horizon at which the net present value of a party has another sign.

    Parameters
    ----------
    evaluation : Evaluation
    party : int
        An actor or perspective by its place in ``Compiled.parties``, -1 for society.

    Returns
    -------
    int or None
        In years: the one nearest to the horizon of the case, the shorter of two equally near.
        At least 1, and at most the last year in which anything flows (or 300). Of a net present
        value of 0 any other has another sign. None where there is no such horizon.

    Notes
    -----
    A horizon says which years count and nothing else, so that no case needs to be evaluated
    again.

    Examples
    --------
    >>> from impactmonitor import evaluate
    >>> from impactmonitor.model.case import Case
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 5, "discount": {"rate": 0.03},
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "effects": {"rest": {"quantity": 1, "unit_value": 40, "years": 5,
    ...                          "falls_to": "city", "domain": "social"}},
    ... })
    >>> switching_horizon(evaluate(case), -1)
    2
    """
    amounts = _amounts(evaluation, party)
    factors = amounts.ledger.factors[:, :, 0]
    each = zip(amounts.by_schedule(), factors, strict=True)
    net, size = amounts.net(np.cumsum(sum(own * factor for own, factor in each), axis=1))
    signs = np.where(np.abs(net) <= ROUNDING * size, 0.0, np.sign(net))[:LONGEST_HORIZON]
    horizon = evaluation.case.horizon
    others = np.flatnonzero(signs != signs[horizon - 1]) + 1
    if not len(others):
        return None
    return int(others[np.argmin(np.abs(others - horizon))])
