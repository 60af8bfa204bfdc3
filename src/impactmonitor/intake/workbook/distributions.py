"""The normal and the beta distribution, and the internal rate of return, as a sheet has them.

The functions of scipy are imported when the first formula asks for one: that takes a while.
"""

from __future__ import annotations

import numpy as np

from impactmonitor.intake.workbook.scalars import CellError, Fails, UnknownFormula, finite
from impactmonitor.intake.workbook.totals import numbers_in

IRR_STEPS = 20
IRR_TOLERANCE = 1e-7


def normal(z: float) -> float:
    """NORMSDIST.

    Examples
    --------
    >>> normal(0.0)
    0.5
    """
    from scipy.special import ndtr

    return float(ndtr(z))


def normal_inverse(probability: float) -> float:
    """NORMSINV."""
    from scipy.special import ndtri

    if not 0 < probability < 1:
        raise Fails(CellError.NUM)
    return float(ndtri(probability))


def beta(x: float, alpha: float, beta_: float, low: float = 0.0, high: float = 1.0) -> float:
    """BETADIST, the share below x.

    Examples
    --------
    >>> round(beta(3, 2, 3, 1, 5), 4)
    0.6875
    """
    from scipy.special import betainc

    if alpha <= 0 or beta_ <= 0 or low >= high:
        raise Fails(CellError.NUM)
    if not low <= x <= high:
        raise UnknownFormula("BETADIST outside its bounds")
    return float(betainc(alpha, beta_, (x - low) / (high - low)))


def beta_inverse(
    probability: float, alpha: float, beta_: float, low: float = 0.0, high: float = 1.0
) -> float:
    """BETAINV."""
    from scipy.special import betaincinv

    if probability == 0:
        raise UnknownFormula("BETAINV of 0")
    if alpha <= 0 or beta_ <= 0 or low >= high or not 0 < probability <= 1:
        raise Fails(CellError.NUM)
    return low + (high - low) * float(betaincinv(alpha, beta_, probability))


def internal_rate(values: object, guess: float = 0.1) -> float:
    """IRR by the steps of the spreadsheets, so that it finds the same one of several rates.

    Raises
    ------
    Fails
        If 20 steps do not come to a rate.

    Examples
    --------
    >>> round(internal_rate(np.array([[-100.0, 110.0]])), 12)
    0.1
    """
    flows = numbers_in(values).ravel()
    times = np.arange(flows.size)
    rate = 0.1 if guess == -1 else guess
    for _ in range(IRR_STEPS):
        base = 1 + rate
        worth = float((flows / base**times).sum())
        slope = float((-times * flows / base ** (times + 1)).sum())
        if not (np.isfinite(worth) and np.isfinite(slope)) or slope == 0:
            raise Fails(CellError.NUM)
        step = worth / slope
        rate = finite(rate - step)
        if abs(step) <= IRR_TOLERANCE:
            break
    else:
        raise Fails(CellError.NUM)
    if rate <= -1:
        raise UnknownFormula("IRR at a rate below -100 %")
    return rate
