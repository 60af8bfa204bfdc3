"""Which part of a whole goes with an amount outstanding, in plain numbers.

Partnership for Carbon Accounting Financials (2022), The Global GHG Accounting and Reporting
Standard Part A: Financed Emissions, second edition. Which whole belongs to which asset class stands
in the templates; here is the arithmetic that they use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from impactmonitor.portfolio.operators import weighted_mean


def attribution_factor(outstanding: float, whole: float) -> float | None:
    """Outstanding / whole.

    Parameters
    ----------
    outstanding : float
        At least 0.
    whole : float
        In the same currency.

    Returns
    -------
    float or None
        Above 1 where more is outstanding than there is; None where the whole is 0 or less.

    Examples
    --------
    Two financiers of a company with equity 50, debt 50 and cash 20 (the EVIC box of the standard):
    without the cash they would claim 63 % each, with it each has a half.

    >>> attribution_factor(50, 100 - 20), attribution_factor(50, evic(50, 0, 50, 0))
    (0.625, 0.5)
    """
    return outstanding / whole if whole > 0 else None


def evic(ordinary: float, preferred: float, debt: float, minority_interests: float) -> float:
    """Enterprise value including cash: cash is not taken off.

    Parameters
    ----------
    ordinary, preferred : float
        Market value of the shares at the end of the financial year.
    debt, minority_interests : float
        Book values.

    Examples
    --------
    >>> evic(40, 10, 45, 5)
    100
    """
    return ordinary + preferred + debt + minority_interests


def equity_and_debt(equity: float, debt: float) -> float:
    """The whole of a company without a market value; equity below 0 counts as 0.

    Examples
    --------
    >>> equity_and_debt(60, 40), equity_and_debt(-25, 40)
    (100, 40)
    """
    return max(equity, 0) + debt


def unlisted_outstanding(held: float, total: float, equity: float) -> float | None:
    """What shares without a market price stand for: held / total x total equity.

    Returns
    -------
    float or None
        0 where equity is below 0; None where there are no shares.

    Examples
    --------
    >>> unlisted_outstanding(20, 100, 60)
    12.0
    """
    return held / total * max(equity, 0) if total > 0 else None


@dataclass(frozen=True, slots=True)
class EvicAdjustment:
    """Two intensities, of which the rise of enterprise values was taken out.

    Attributes
    ----------
    factor : float
        Σ weight x (EVIC of the base period / EVIC of this one) / Σ weight.
    base, current : float
        Σ weight x emissions / EVIC, each with the values of its own period.
    """

    factor: float
    base: float
    current: float

    @property
    def adjusted_base(self) -> float:
        """The base at the values of now."""
        return self.base * self.factor

    @property
    def adjusted_current(self) -> float:
        """The current one at the values of the base."""
        return self.current / self.factor

    @property
    def change(self) -> float | None:
        """The change at equal values, as a decimal; None where the base is 0."""
        return self.adjusted_current / self.base - 1 if self.base else None


def evic_adjustment(
    emissions: Sequence[ArrayLike], values: Sequence[ArrayLike], weights: Sequence[ArrayLike]
) -> EvicAdjustment:
    """Take the rise of enterprise values out of an intensity.

    Emissions per euro fall when enterprise values rise, although nobody emits less.

    Parameters
    ----------
    emissions, values, weights : sequence of two array_like, each of shape (companies,)
        Of the base period and of this one. Emissions in tonnes, enterprise values above 0, weights
        of each company in the amount held.

    Returns
    -------
    EvicAdjustment
        The factor is weighted by the amounts of this period.

    Raises
    ------
    ValueError
        If a value is not above 0, or there is nothing to weigh.

    Examples
    --------
    The example of the standard (emissions in thousands of tonnes, values in millions):

    >>> found = evic_adjustment(
    ...     [[60, 100, 120, 120]] * 2, [[1200, 1000, 800, 600], [1360, 1120, 880, 640]],
    ...     [[0.4, 0.3, 0.2, 0.1]] * 2)
    >>> round(found.factor, 3), f"{found.change:+.3%}"
    (0.896, '+0.914%')
    """
    before, after = (np.asarray(one, dtype=float) for one in values)
    if not ((before > 0).all() and (after > 0).all()):
        raise ValueError("every enterprise value is above 0")
    figures = (
        weighted_mean(weights[1], before / after),
        weighted_mean(weights[0], np.asarray(emissions[0], dtype=float) / before),
        weighted_mean(weights[1], np.asarray(emissions[1], dtype=float) / after),
    )
    found = [one.value for one in figures if one.value is not None]
    if len(found) < len(figures):
        raise ValueError("there is nothing to weigh")
    return EvicAdjustment(*found)
