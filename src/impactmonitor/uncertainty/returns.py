"""Internal rates of return of many cash flows at once."""

from __future__ import annotations

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.returns import HIGHEST_RATE, LOWEST_RATE

_GRID = 200
_HALVINGS = 60


def internal_rates(times: Array, flows: Array) -> Array:
    """The only rate at which each cash flow is worth nothing; nan where there is no such rate.

    Parameters
    ----------
    times : array, shape (moments,)
        In years, rising.
    flows : array, shape (moments, draws)

    Returns
    -------
    array, shape (draws,)
        Within the range of ``appraisal.returns``. nan where no rate, or more than one, was found.

    Examples
    --------
    >>> flows = np.array([[-100.0, 1.0], [110.0, 1.0]])
    >>> internal_rates(np.array([0.0, 1.0]), flows).round(6).tolist()
    [0.1, nan]
    """
    # close together around 0, where rates usually are, and near the lowest
    steps = np.linspace(np.arcsinh(LOWEST_RATE * 20), np.arcsinh(HIGHEST_RATE * 20), _GRID)
    growth = np.linspace(np.log1p(LOWEST_RATE), np.log1p(HIGHEST_RATE), _GRID)
    rates = np.union1d(np.sinh(steps) / 20, np.expm1(growth))
    with np.errstate(all="ignore"):  # near the lowest rate late years overflow: no sign there
        values = np.power(1.0 + rates[:, None], -times) @ flows
    crosses = np.sign(values[1:]) * np.sign(values[:-1]) < 0
    result = np.full(flows.shape[1], np.nan)
    single = np.flatnonzero(crosses.sum(axis=0) + (values == 0).sum(axis=0) == 1)
    single = single[crosses[:, single].any(axis=0)]
    place = crosses[:, single].argmax(axis=0)
    low, high = rates[place], rates[place + 1]
    falls = values[place, single] > 0
    chosen = flows[:, single]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        worth = np.einsum("md,md->d", np.power(1.0 + middle, -times[:, None]), chosen)
        is_left = (worth > 0) == falls
        low, high = np.where(is_left, middle, low), np.where(is_left, high, middle)
    result[single] = (low + high) / 2
    return result
