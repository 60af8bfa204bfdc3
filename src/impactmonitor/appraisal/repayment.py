"""Repayment schedules: what is outstanding, what is paid and what is lost, year by year.

Money is put in at the start of a year; interest, dividend, repayment and loss come at its end.
Amounts are nominal.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
import numpy_financial as npf

from impactmonitor.appraisal.arrays import Array

Repayment = Literal["annuity", "linear", "bullet"]
SMALL_RATE = 1e-6
"""Below this size of a rate numpy-financial, which takes 1 from (1 + rate) ** years and divides by
the rate, loses digits."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What happens to money that is put in, by year from the first one.

    ``closing = opening + drawdown - repayment - loss`` in every year.

    Attributes
    ----------
    opening : array, shape (years,)
        Outstanding before anything happens in the year.
    drawdown : array, shape (years,)
        Put in at the start of the year.
    interest : array, shape (years,)
        Interest or dividend at the end of the year; negative with a negative rate.
    repayment : array, shape (years,)
        Paid back at the end of the year; for a stake what its sale brings in.
    loss : array, shape (years,)
        What will never come back, at the end of the year after the payments; for a stake that is
        sold at a gain, negative.
    closing : array, shape (years,)
        Outstanding after all that.
    """

    opening: Array
    drawdown: Array
    interest: Array
    repayment: Array
    loss: Array
    closing: Array


def loan_schedule(
    amount: float,
    rate: float,
    years: int,
    repayment: Repayment = "annuity",
    grace: int = 0,
    loss_after: int | None = None,
    loss_share: float = 0.0,
) -> Schedule:
    """The schedule of a loan.

    Parameters
    ----------
    amount : float
        Lent at the start of the first year, 0 or more.
    rate : float
        Nominal interest per year, a decimal above -1.
    years : int
        In how many years it is paid back, at least 1.
    repayment : {"annuity", "linear", "bullet"}
        The same payment every year, the same repayment every year, or all at the end.
    grace : int
        First years in which only interest is paid, under ``years``.
    loss_after : int, optional
        After how many years, counted from 1, a part of what is then outstanding is lost; the
        schedule goes on over what is left, in the years that are left.
    loss_share : float
        That part, 0..1.

    Returns
    -------
    Schedule
        Of ``years`` years.

    Notes
    -----
    The payment of an annuity and its balances are those of numpy-financial. Whatever the form,
    all that comes after a loss is in proportion to what is left.

    Examples
    --------
    >>> found = loan_schedule(1000.0, 0.05, 3, "linear")
    >>> found.interest.round(2).tolist(), found.closing.round(2).tolist()
    ([50.0, 33.33, 16.67], [666.67, 333.33, 0.0])
    """
    before_losses = np.concatenate(
        [np.full(grace + 1, amount), _balances(amount, rate, years - grace, repayment)]
    )
    left = np.ones(years + 1)
    if loss_after is not None:
        left[loss_after:] = 1.0 - loss_share
    closing = before_losses[1:] * left[1:]
    return Schedule(
        opening=np.concatenate([[0.0], closing[:-1]]),
        drawdown=np.concatenate([[amount], np.zeros(years - 1)]),
        interest=rate * before_losses[:-1] * left[:-1],
        repayment=(before_losses[:-1] - before_losses[1:]) * left[:-1],
        loss=before_losses[1:] * (left[:-1] - left[1:]),
        closing=closing,
    )


def _balances(amount: float, rate: float, years: int, repayment: Repayment) -> Array:
    """What is outstanding at the end of each year without grace and without losses."""
    paid = np.arange(1, years + 1)
    if repayment == "bullet":
        return np.where(paid < years, amount, 0.0)
    if repayment == "linear" or rate == 0:
        return amount * (years - paid) / years
    if abs(rate) < SMALL_RATE:
        growth = np.log1p(rate)
        shares: Array = np.expm1((paid - years) * growth) / np.expm1(-years * growth)
        return amount * shares
    payment = npf.pmt(rate, years, -amount)
    if rate < 0:  # from the start on, so that rounding shrinks with the balance
        balances = -npf.fv(rate, paid, -payment, amount)
    else:  # what is still to be paid, for the same reason
        balances = npf.pv(rate, years - paid, -payment)
    balances[-1] = 0.0
    result: Array = np.minimum.accumulate(np.minimum(balances, amount))
    return result


def revolving_schedule(
    amount: float,
    rate: float,
    years: int,
    rounds: int,
    repayment: Repayment = "annuity",
    grace: int = 0,
    loss_share: float = 0.0,
) -> Schedule:
    """The schedule of a fund that lends again what came back.

    Parameters
    ----------
    amount : float
        Lent in the first round.
    rate, years, repayment, grace
        Of every round, as for :func:`loan_schedule`.
    rounds : int
        How often the money is lent in all, at least 1. A round starts when the one before it has
        ended, with all interest and repayment of that one.
    loss_share : float
        Part of every round that never comes back: it is lost at the end of the first year of the
        round, and brings neither interest nor repayment.

    Returns
    -------
    Schedule
        Of ``rounds * years`` years.

    Examples
    --------
    >>> revolving_schedule(1000.0, 0.0, 1, 3, loss_share=0.1).drawdown.round(6).tolist()
    [1000.0, 900.0, 810.0]
    """
    parts = []
    lent = amount
    for _ in range(rounds):
        part = _with_lost_share(lent, loss_share, rate, years, repayment, grace)
        # at a very negative rate more may go out than comes back: then there is nothing to lend
        lent = max(0.0, float((part.interest + part.repayment).sum()))
        parts.append(part)
    joined = {
        f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Schedule)
    }
    return Schedule(**joined)


def _with_lost_share(
    lent: float, share: float, rate: float, years: int, repayment: Repayment, grace: int
) -> Schedule:
    """One round, of which a share is lost in its first year."""
    part = loan_schedule(lent * (1.0 - share), rate, years, repayment, grace)
    drawdown, loss = part.drawdown.copy(), part.loss.copy()
    drawdown[0], loss[0] = lent, lent * share
    return Schedule(part.opening, drawdown, part.interest, part.repayment, loss, part.closing)


def equity_schedule(
    amount: float, years: int, dividend: float = 0.0, exit_multiple: float = 1.0
) -> Schedule:
    """The schedule of a stake.

    Parameters
    ----------
    amount : float
        Put in at the start of the first year.
    years : int
        At the end of which year it is sold, counted from 1.
    dividend : float
        Pay-out at the end of every year, the last one included, as a share of ``amount``.
    exit_multiple : float
        What the sale brings in, in times ``amount``.

    Returns
    -------
    Schedule
        Dividend stands under ``interest``, the sale under ``repayment``.

    Examples
    --------
    >>> equity_schedule(100.0, 2, 0.05, 1.5).repayment.tolist()
    [0.0, 150.0]
    """
    bullet = loan_schedule(amount, dividend, years, "bullet")
    repayment = bullet.repayment * exit_multiple
    loss = bullet.repayment - repayment
    return Schedule(
        bullet.opening, bullet.drawdown, bullet.interest, repayment, loss, bullet.closing
    )


def grant_schedule(amount: float, years: int = 1) -> Schedule:
    """The schedule of money that is given, in equal parts; none of it comes back.

    Parameters
    ----------
    amount : float
        In all years together.
    years : int
        Over how many years, at the start of each.

    Examples
    --------
    >>> grant_schedule(100.0, 2).drawdown.tolist()
    [50.0, 50.0]
    """
    given, none = np.full(years, amount / years), np.zeros(years)
    return Schedule(none, given, none, none, given, none)
