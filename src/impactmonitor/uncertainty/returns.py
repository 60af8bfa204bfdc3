"""Internal rates of return of many cash flows at once."""

from __future__ import annotations

import numpy as np

from impactmonitor.appraisal.arrays import Array

LOWEST, HIGHEST = -0.99, 10.0
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
        Between -0.99 and 10. nan where no rate, or more than one, was found.

    Examples
    --------
    >>> flows = np.array([[-100.0, 1.0], [110.0, 1.0]])
    >>> internal_rates(np.array([0.0, 1.0]), flows).round(6).tolist()
    [0.1, nan]
    """
    # close together around 0, where rates usually are
    steps = np.linspace(np.arcsinh(LOWEST * 20), np.arcsinh(HIGHEST * 20), _GRID)
    rates = np.sinh(steps) / 20
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
