"""Side payments: the smallest amounts between actors after which nobody is worse off.

Everything is on plain arrays. What an actor needs and what it can spare are numbers from outside;
``arrangement`` takes them from the result of a case.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from impactmonitor.financing.programme import Programme, Rows

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

ROUNDING = 1e-7
NOTHING = 1e-9
"""An amount of so little, as a share of the largest one, is rounding of the programme."""


@dataclass(frozen=True)
class Conditions:
    """What payments have to keep to.

    Attributes
    ----------
    need : array, shape (actors,)
        What each lacks to be whole, as a present value; 0 or more.
    capacity : array, shape (actors,)
        What each can pay at most and still be whole; 0 for those in need.
    allowed : array of bool, shape (actors, actors)
        Whether the first may pay the second.
    least : array, shape (actors, actors)
        What the first pays the second at least.
    minimum : array, shape (actors,)
        What each pays at least.
    given : array, shape (actors,)
        What each pays exactly; nan where that is open.
    receives : array of bool, shape (actors,)
        Who may receive: by default those in need.
    """

    need: Array
    capacity: Array
    allowed: Flags
    least: Array
    minimum: Array
    given: Array
    receives: Flags

    @classmethod
    def plain(cls, need: Array, capacity: Array) -> Conditions:
        """Everybody may pay everybody, and nothing is settled beforehand.

        Examples
        --------
        >>> found = Conditions.plain(np.array([3.0, 0.0]), np.array([0.0, 5.0]))
        >>> found.is_open
        True
        """
        actors = len(need)
        return cls(
            need=np.asarray(need, dtype=float),
            capacity=np.asarray(capacity, dtype=float),
            allowed=~np.eye(actors, dtype=bool),
            least=np.zeros((actors, actors)),
            minimum=np.zeros(actors),
            given=np.full(actors, np.nan),
            receives=np.asarray(need) > 0,
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing is forbidden, asked for or settled beforehand."""
        others = ~np.eye(len(self.need), dtype=bool)
        return bool(
            self.allowed[others].all()
            and not self.least.any()
            and not self.minimum.any()
            and np.isnan(self.given).all()
        )

    @property
    def promised(self) -> Array:
        """What each has to pay at least, whatever it can spare."""
        asked = np.maximum(self.minimum, self.least.sum(axis=1))
        result: Array = np.maximum(asked, np.where(np.isnan(self.given), 0.0, self.given))
        return result

    @property
    def most(self) -> Array:
        """What each pays at most: its capacity, or what it has promised where that is more."""
        promised = self.promised
        most: Array = np.where(np.isnan(self.given), np.maximum(self.capacity, promised), promised)
        return np.where(self.receives & (promised == 0), 0.0, most)


@dataclass(frozen=True)
class Timing:
    """When money is there.

    Attributes
    ----------
    factors : array, shape (years,)
        What a payment in each year is worth now.
    cash : array, shape (actors, years)
        Undiscounted cash of each actor by year, without the payments.
    """

    factors: Array
    cash: Array

    @property
    def cumulative(self) -> Array:
        """Cash up to and including each year; shape (actors, years)."""
        result: Array = np.cumsum(self.cash, axis=1)
        return result


@dataclass(frozen=True)
class Payments:
    """Who pays whom, and what is missing.

    Attributes
    ----------
    amounts : array, shape (actors, actors)
        Present value of what the first pays the second.
    subsidies : array, shape (actors,)
        The smallest amounts from outside without which somebody is not whole; together as small
        as they can be.
    by_year : array, shape (actors, actors, years) or None
        Undiscounted payments, where they were spread over time.
    """

    amounts: Array
    subsidies: Array
    by_year: Array | None = field(default=None)

    @property
    def is_feasible(self) -> bool:
        """Whether nothing is missing."""
        return not self.subsidies.any()

    @property
    def paid(self) -> Array:
        """What each pays; shape (actors,)."""
        result: Array = self.amounts.sum(axis=1)
        return result

    @property
    def received(self) -> Array:
        """What each receives from the others; shape (actors,)."""
        result: Array = self.amounts.sum(axis=0)
        return result


def side_payments(conditions: Conditions) -> Payments:
    """The smallest payments after which everybody is whole, or the smallest missing subsidy.

    Among the smallest, payers share in proportion to what they can spare, as far as the
    conditions leave room for that.

    Parameters
    ----------
    conditions : Conditions

    Returns
    -------
    Payments
        Without subsidies if payments alone will do. Nobody both pays and receives.

    Notes
    -----
    The rule is ours (methods of this project); where conditions bind, a sequence of linear
    programmes finds the payments (HiGHS, through scipy).

    Examples
    --------
    A municipality loses 148,310; an insurer and the State gain 249,765 and 214,435:

    >>> need = np.array([148_310.0, 0.0, 0.0])
    >>> capacity = np.array([0.0, 249_765.0, 214_435.0])
    >>> side_payments(Conditions.plain(need, capacity)).paid.round().tolist()
    [0.0, 79799.0, 68511.0]
    """
    if conditions.is_open:
        return _in_proportion(conditions)
    return _solved(conditions, None)


def payments_over_time(conditions: Conditions, timing: Timing) -> Payments:
    """Payments by year with which no payer advances money for others.

    The conditions hold in present value. In no year does the cumulative cash of a payer fall
    below 0, or below what it would have been without payments where that is less. Among the
    smallest payments, those are taken with which receivers have to advance least, and of these
    the ones that are most even over the years.

    Parameters
    ----------
    conditions : Conditions
    timing : Timing

    Returns
    -------
    Payments
        With ``by_year``.

    Examples
    --------
    >>> conditions = Conditions.plain(np.array([10.0, 0.0]), np.array([0.0, 20.0]))
    >>> timing = Timing(np.array([1.0, 1.0]), np.array([[-10.0, 0.0], [0.0, 20.0]]))
    >>> payments_over_time(conditions, timing).by_year[1, 0].round(6).tolist()
    [0.0, 10.0]
    """
    return _solved(conditions, timing)


def deepest_need(cash: Array) -> tuple[Array, NDArray[np.intp]]:
    """How much each has to advance at most, and in which year.

    Parameters
    ----------
    cash : array, shape (actors, years)
        Undiscounted.

    Returns
    -------
    amount : array, shape (actors,)
        The deepest cumulative shortage, 0 or more.
    year : array of int, shape (actors,)
        The first year in which it is that deep.

    Examples
    --------
    >>> amount, year = deepest_need(np.array([[-5.0, -3.0, 9.0], [1.0, 0.0, 0.0]]))
    >>> amount.tolist(), year.tolist()
    ([8.0, 0.0], [1, 0])
    """
    cumulative = np.minimum(np.cumsum(cash, axis=1), 0.0)
    rounding = ROUNDING * np.abs(cash).sum(axis=1, keepdims=True)
    cumulative = np.where(cumulative >= -rounding, 0.0, cumulative)
    year = cumulative.argmin(axis=1)
    amount: Array = -cumulative.min(axis=1)
    return amount + 0.0, year


def _in_proportion(conditions: Conditions) -> Payments:
    """Payments where nothing binds: in proportion to capacity, and to need."""
    need, capacity = conditions.need, np.where(conditions.need > 0, 0.0, conditions.capacity)
    wanted, there = float(need.sum()), float(capacity.sum())
    moved = min(wanted, there)
    paid = capacity * (moved / there if there > 0 else 0.0)
    shares = need / wanted if wanted > 0 else np.zeros_like(need)
    missing = max(0.0, wanted - there)
    return Payments(np.outer(paid, shares), missing * shares)


class _Model:
    """The variables of the programme: payments by pair and year, then subsidies."""

    def __init__(self, conditions: Conditions, timing: Timing | None) -> None:
        c = conditions
        self.conditions, self.timing = c, timing
        self.actors = len(c.need)
        self.scale = max(float(np.max([c.need, c.most])), float(c.least.max(initial=0.0)), 1e-300)
        may = c.allowed & (c.most > 0)[:, None] & c.receives[None, :] & ~(c.most > 0)[None, :]
        self.pairs = np.argwhere(may)
        self.factors = np.ones(1) if timing is None else timing.factors
        self.years = len(self.factors)
        self.payments = len(self.pairs) * self.years
        self.variables = self.payments + self.actors
        self.programme = Programme(self.variables)
        self._conditions()
        if timing is not None:
            self._advance_nothing(timing)

    def rows_of(self, side: int, year: int | None = None) -> Array:
        """Sum of payments by payer (0) or receiver (1); of one year undiscounted, else worth now.

        Shape (actors, variables).
        """
        rows = np.zeros((self.actors, self.variables))
        weights = self.factors if year is None else np.eye(self.years)[year]
        for place, pair in enumerate(self.pairs):
            start = place * self.years
            rows[pair[side], start : start + self.years] += weights
        return rows

    def subsidy_rows(self) -> Array:
        """The subsidy of each actor; shape (actors, variables)."""
        rows = np.zeros((self.actors, self.variables))
        rows[:, self.payments :] = np.eye(self.actors)
        return rows

    def _conditions(self) -> None:
        c, scale = self.conditions, self.scale
        paid, received = self.rows_of(0), self.rows_of(1)
        left = received - paid + self.subsidy_rows()
        self.programme.at_least(left, (c.need - c.capacity * (c.need <= 0)) / scale)
        self.programme.at_most(paid, c.most / scale)
        self.programme.at_least(paid, c.minimum / scale)
        is_given = ~np.isnan(c.given)
        self.programme.equal(paid[is_given], c.given[is_given] / scale)
        for place, (payer, receiver) in enumerate(self.pairs):
            if c.least[payer, receiver] > 0:
                row = np.zeros((1, self.variables))
                row[0, place * self.years : (place + 1) * self.years] = self.factors
                self.programme.at_least(row, c.least[[payer], [receiver]] / scale)

    def _advance_nothing(self, timing: Timing) -> None:
        """What a payer has paid up to a year is at most the cash that it has by then.

        What was promised and cannot be paid in time is part of what is missing.
        """
        so_far = -self.subsidy_rows() * (self.conditions.promised > 0)[:, None]
        room = np.maximum(timing.cumulative, 0.0) / self.scale
        for year in range(self.years):
            so_far = so_far + self.rows_of(0, year)
            self.programme.at_most(so_far, room[:, year])


def _without_noise(conditions: Conditions) -> Conditions:
    """Without needs and capacities that are rounding beside the others."""
    both = np.concatenate([conditions.need, conditions.capacity])
    least = NOTHING * float(both.max(initial=0.0))
    need, capacity = (
        np.where(part > least, part, 0.0) for part in (conditions.need, conditions.capacity)
    )
    return replace(conditions, need=need, capacity=capacity)


def _solved(conditions: Conditions, timing: Timing | None) -> Payments:
    conditions = _without_noise(conditions)
    model = _Model(conditions, timing)
    programme, subsidies = model.programme, model.subsidy_rows()
    programme.settle(subsidies.sum(axis=0))
    in_need = conditions.need > 0
    programme.settle_evenly(_per(subsidies, conditions.need, in_need))
    worth = model.rows_of(0)
    programme.settle(worth.sum(axis=0))
    can_pay = conditions.capacity > 0
    programme.settle_evenly(_per(worth, conditions.capacity, can_pay))
    if timing is not None:
        _settle_years(model, timing)
    elif not conditions.is_open:
        programme.settle_evenly(_pair_loads(model, programme.solution))
    return _payments(model, programme.solution)


def _per(rows: Rows, size: Array, chosen: Flags) -> Rows:
    """Rows as shares of a size, of those that have one."""
    return rows[chosen] / size[chosen, None] * float(size[chosen].max(initial=1.0))


def _pair_loads(model: _Model, solution: Array) -> Rows:
    """Each payment as a share of what payer pays times what receiver receives."""
    paid, received = (model.rows_of(side) @ solution for side in (0, 1))
    rows = np.zeros((len(model.pairs), model.variables))
    for place, (payer, receiver) in enumerate(model.pairs):
        weight = paid[payer] * received[receiver]
        rows[place, place] = 1.0 / weight if weight > NOTHING else 0.0
    return rows[rows.any(axis=1)] * float(max(paid.max(initial=0.0), NOTHING))


def _settle_years(model: _Model, timing: Timing) -> None:
    """Least to advance for receivers, then the lowest peaks of payers."""
    programme = model.programme
    receivers = np.unique(model.pairs[:, 1]) if len(model.pairs) else np.array([], dtype=int)
    payers = np.unique(model.pairs[:, 0]) if len(model.pairs) else np.array([], dtype=int)
    advances = programme.more_variables(len(receivers))
    so_far = np.zeros((model.actors, model.variables))
    for year in range(model.years):
        so_far = so_far + model.rows_of(1, year)
        rows = np.hstack([so_far[receivers], np.eye(len(receivers))])
        programme.at_least(rows, -timing.cumulative[receivers, year] / model.scale)
    programme.settle(advances)
    peaks = programme.more_variables(len(payers))
    before = np.zeros((len(payers), len(receivers)))
    for year in range(model.years):
        rows = np.hstack([model.rows_of(0, year)[payers], before, -np.eye(len(payers))])
        programme.at_most(rows, np.zeros(len(payers)))
    programme.settle(peaks)


def _mixed(by_year: Array) -> Array:
    """The same paid and received in every year, each payer paying all receivers in proportion."""
    paid, received = by_year.sum(axis=1), by_year.sum(axis=0)
    total = paid.sum(axis=0)
    share = np.divide(received, total, out=np.zeros_like(received), where=total > 0)
    result: Array = paid[:, None, :] * share[None, :, :]
    return result


def _payments(model: _Model, solution: Array) -> Payments:
    found = np.where(solution[: model.variables] > NOTHING, solution[: model.variables], 0.0)
    found = found * model.scale
    by_year = np.zeros((model.actors, model.actors, model.years))
    for place, (payer, receiver) in enumerate(model.pairs):
        by_year[payer, receiver] = found[place * model.years : (place + 1) * model.years]
    if model.timing is not None and model.conditions.is_open:
        by_year = _mixed(by_year)
    amounts = by_year @ model.factors
    subsidies = found[model.payments :]
    return Payments(amounts, subsidies, None if model.timing is None else by_year)
