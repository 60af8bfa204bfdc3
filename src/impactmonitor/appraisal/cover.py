"""Guarantees: what is covered, what that costs, and what is paid, year by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.repayment import Schedule


@dataclass(frozen=True, slots=True)
class Cover:
    """What a guarantee covers and costs, by year from the first one of its loan.

    Attributes
    ----------
    covered : array, shape (years,)
        What it would pay if all that is outstanding in the year were lost.
    fee : array, shape (years,)
        What the borrower pays for it at the end of the year.
    paid : array, shape (years,)
        What it pays the lender at the end of the year.
    """

    covered: Array
    fee: Array
    paid: Array


def cover_schedule(
    loan: Schedule, share: float = 1.0, limit: float = np.inf, fee: float = 0.0
) -> Cover:
    """What a guarantee on a loan covers, costs and pays.

    Parameters
    ----------
    loan : Schedule
        The loan that is covered.
    share : float
        Part of every loss that it bears: 1 for a first-loss guarantee, which bears all of it up
        to the limit.
    limit : float
        The most that it pays in total.
    fee : float
        Yearly price, as a share of what is covered.

    Returns
    -------
    Cover

    Examples
    --------
    >>> from impactmonitor.appraisal.repayment import loan_schedule
    >>> loan = loan_schedule(1000.0, 0.04, 3, "bullet", loss_after=1, loss_share=0.5)
    >>> found = cover_schedule(loan, share=0.8, limit=300.0, fee=0.01)
    >>> found.paid.tolist(), found.covered.tolist()
    ([300.0, 0.0, 0.0], [300.0, 0.0, 0.0])
    """
    owed = share * np.cumsum(loan.loss)
    paid_so_far = np.minimum(owed, limit)
    paid = np.diff(paid_so_far, prepend=0.0)
    left = limit - (paid_so_far - paid)
    covered = np.minimum(share * (loan.opening + loan.drawdown), left)
    return Cover(covered, fee * covered, paid)
