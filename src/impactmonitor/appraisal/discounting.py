"""Discounting: what an amount at a later moment is worth at time zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index

TIMING = {"start_of_year": 0.0, "mid_year": 0.5, "end_of_year": 1.0}
"""Moment at which a year's flow is counted, in years after its start."""


def time_in_steps(times: Array, untils: Sequence[float]) -> Array:
    """How much of the time up to each moment falls in each step of a schedule.

    Parameters
    ----------
    times : array, shape (times,)
        Years after the start of the base year, 0 or later; fractions are moments in a year.
    untils : sequence of float
        The time up to which each step's rate holds, ascending, infinity for the last.

    Returns
    -------
    array, shape (steps, times)
        Columns add up to the times.

    Examples
    --------
    >>> time_in_steps(np.array([10.0, 31.0]), [30.0, np.inf]).tolist()
    [[10.0, 30.0], [0.0, 1.0]]
    """
    starts = np.array([0.0, *untils[:-1]])
    ends = np.array(untils, dtype=float)
    spent: Array = np.clip(times[None, :], starts[:, None], ends[:, None]) - starts[:, None]
    return spent


def discount_factors(rates: Array, spent: Array, starts: Index) -> Array:
    """Discount factors under rates that may change in steps.

    The factor multiplies step by step: with 3.5 % to year 30 and 3.0 % after,
    ``D(31) = 1.035 ** -30 * 1.03 ** -1``.

    Parameters
    ----------
    rates : array, shape (steps, draws)
        Rate of each step of all schedules, decimals above -1.
    spent : array, shape (steps, times)
        Time in each step, from ``time_in_steps``.
    starts : array of int, shape (schedules,)
        First step of each schedule.

    Returns
    -------
    array, shape (schedules, times, draws)
        1 at time 0.

    Notes
    -----
    HM Treasury, Discounting supplementary guidance (2026), annex A: the factor of year t is
    ``1 / (1 + r) ** t``, year 0 undiscounted.

    Examples
    --------
    >>> spent = time_in_steps(np.array([0.0, 1.0, 30.0]), [30.0, np.inf])
    >>> rates = np.array([[0.035], [0.03]])
    >>> discount_factors(rates, spent, np.array([0])).ravel().round(4).tolist()
    [1.0, 0.9662, 0.3563]
    """
    by_step = np.power(1.0 + rates[:, None, :], -spent[:, :, None])
    result: Array = np.multiply.reduceat(by_step, starts, axis=0)
    return result
