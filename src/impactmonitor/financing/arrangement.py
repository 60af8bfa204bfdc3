"""An arrangement: payments between the actors of a case after which nobody is worse off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.compensation import (
    Conditions,
    Payments,
    Timing,
    deepest_need,
    payments_over_time,
    side_payments,
)
from impactmonitor.financing.pockets import Pocket, Pockets, pockets_of
from impactmonitor.financing.programme import Unsolvable
from impactmonitor.model.financing import Arrangement, Wholeness
from impactmonitor.problems import InvalidInput, Problem

Array = NDArray[np.float64]
MOST_PAYMENTS = 15_000
"""Payments of one actor to another in one year: more would take minutes and gigabytes."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What one actor pays another.

    Attributes
    ----------
    giver, receiver : str
        Actors.
    present_value : float
        Above 0.
    by_year : Mapping[int, float]
        Undiscounted payments in real prices; their present value at the standard rate and the
        timing of the case is ``present_value``.
    """

    giver: str
    receiver: str
    present_value: float
    by_year: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor holds before and after the payments, as present values.

    Attributes
    ----------
    lacks, spares : float
        What was missing to be whole, and what could be paid at most; 0 or more.
    paid, received, subsidy : float
        To and from other actors, and what is still missing.
    net, cash_net, net_after, cash_net_after : float
        In value and in money; after the payments, without any subsidy.
    deepest_need, deepest_year : float, int or None
        What it has to advance at most after the payments, and when.
    """

    lacks: float
    spares: float
    paid: float
    received: float
    subsidy: float
    net: float
    cash_net: float
    deepest_need: float
    deepest_year: int | None

    @property
    def net_after(self) -> float:
        """Net with the payments."""
        return self.net - self.paid + self.received

    @property
    def cash_net_after(self) -> float:
        """Cash with the payments."""
        return self.cash_net - self.paid + self.received


@dataclass(frozen=True)
class Arranged:
    """Payments with which everybody is whole, or what is missing for that.

    Attributes
    ----------
    evaluation : Evaluation
        The result that it was made from.
    whole : {"value", "cash", "both"} or None
        In what nobody may lose; None for the default: both for who pays, value for the others.
    is_by_year : bool
        Whether no payer advances money for others; else the same amount is paid every year.
    payments : tuple of Payment
        The largest first.
    positions : Mapping[str, Position]
        By actor.
    pockets : Pockets
        Who paid and gained before.
    """

    evaluation: Evaluation
    whole: Wholeness | None
    is_by_year: bool
    payments: tuple[Payment, ...]
    positions: Mapping[str, Position]
    pockets: Pockets

    @property
    def subsidies(self) -> dict[str, float]:
        """What is missing, by actor that is not whole."""
        return {name: p.subsidy for name, p in self.positions.items() if p.subsidy > 0}

    @property
    def is_feasible(self) -> bool:
        """Whether the payments alone will do."""
        return not self.subsidies

    @property
    def is_needed(self) -> bool:
        """Whether somebody is not whole without payments."""
        return any(position.lacks > 0 for position in self.positions.values())


def arrange(
    evaluation: Evaluation, whole: Wholeness | None = None, by_year: bool | None = None
) -> Arranged:
    """The smallest payments between actors after which everybody is whole.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case.
    whole : {"value", "cash", "both"}, optional
        In what nobody may lose. By default what the case says, or else both value and cash for
        everybody who pays something, and value for the others.
    by_year : bool, optional
        Spread the payments over the years so that no payer advances money for others. By default
        what the case says.

    Returns
    -------
    Arranged
        Where payments alone will not do, with the smallest subsidy for each that is not whole.

    Raises
    ------
    InvalidInput
        ``may-not-pay`` for a contribution of somebody who is not asked to pay;
        ``arrangement-impossible`` where nothing keeps to what the case has settled beforehand;
        ``arrangement-too-large`` for payments by year between very many actors and years.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> found = arrange(evaluate(case), whole="value")
    >>> found.is_needed
    False
    """
    asked = evaluation.case.arrangement or Arrangement()
    whole = whole if whole is not None else asked.whole
    is_by_year = asked.by_year if by_year is None else by_year
    pockets = pockets_of(evaluation)
    _insist(list(_not_allowed(evaluation, asked)))
    conditions = _conditions(evaluation, pockets, asked, whole)
    a = evaluation.appraised
    count = len(a.years)
    if is_by_year:
        _insist(list(_too_large(conditions, count)))
    factors = a.ledger.factors[0, :count, 0]
    timing = Timing(factors, a.ledger.yearly.cash[: len(pockets.actors), :count])
    try:
        found = payments_over_time(conditions, timing) if is_by_year else side_payments(conditions)
    except Unsolvable:
        raise InvalidInput([Problem("arrangement-impossible", "arrangement")]) from None
    by_year_of = found.by_year
    if by_year_of is None:  # the same amount every year
        by_year_of = (found.amounts / factors.sum())[:, :, None] * np.ones(count)
    return Arranged(
        evaluation,
        whole,
        is_by_year,
        _listed(found, by_year_of, tuple(pockets.actors), a.years),
        _positions(found, by_year_of, conditions, timing, pockets, a.years),
        pockets,
    )


def _insist(problems: list[Problem]) -> None:
    if problems:
        raise InvalidInput(problems)


def _not_allowed(evaluation: Evaluation, asked: Arrangement) -> Iterator[Problem]:
    """Contributions that the case settles for actors who are not asked to pay."""
    named = {f"arrangement.minimum.{name}": name for name in asked.minimum}
    named |= {f"arrangement.given.{name}": name for name in asked.given}
    named |= {f"arrangement.required.{i}.from": p.from_ for i, p in enumerate(asked.required)}
    for path, name in named.items():
        if not evaluation.appraised.resolved.may_pay[name]:
            yield Problem("may-not-pay", path, {"id": name})


def _too_large(conditions: Conditions, years: int) -> Iterator[Problem]:
    """Payments by year that would take more time and memory than anybody has."""
    payers, receivers = int((conditions.most > 0).sum()), int(conditions.receives.sum())
    if payers * receivers * years > MOST_PAYMENTS:
        params = {"payments": payers * receivers * years, "most": MOST_PAYMENTS}
        yield Problem("arrangement-too-large", "arrangement.by_year", params)


def measures_of(pocket: Pocket, whole: Wholeness | None) -> tuple[float, float]:
    """What an actor lacks, and what it can spare, in what it has to be whole in.

    Parameters
    ----------
    pocket : Pocket
        What it holds.
    whole : {"value", "cash", "both"} or None
        None: who bears costs or pays has to be whole in both, others in value; and nobody pays
        what it does not gain in both.
    """
    value, cash = whole in (None, "value", "both"), whole in ("cash", "both")
    lacks_cash = pocket.lacks_cash if cash or (whole is None and pocket.is_payer) else 0.0
    lacks = max(pocket.lacks_value if value else 0.0, lacks_cash)
    spared = [pocket.spares_value] if value else []
    spared += [pocket.spares_cash] if whole != "value" else []
    return lacks, 0.0 if lacks > 0 else min(spared)


def _conditions(
    evaluation: Evaluation, pockets: Pockets, asked: Arrangement, whole: Wholeness | None
) -> Conditions:
    """What each lacks and can spare, and what the case has settled beforehand."""
    names = list(pockets.actors)
    place = {name: i for i, name in enumerate(names)}
    both = [measures_of(pocket, whole) for pocket in pockets.actors.values()]
    need = np.array([lacks for lacks, _ in both])
    may_pay = np.array([evaluation.appraised.resolved.may_pay[name] for name in names])
    plain = Conditions.plain(need, np.where(may_pay, [spared for _, spared in both], 0.0))
    for pair in asked.forbidden:
        plain.allowed[place[pair.from_], place[pair.to]] = False
    for pair in asked.required:
        plain.least[place[pair.from_], place[pair.to]] = pair.amount
        plain.receives[place[pair.to]] = True
    for name, amount in asked.minimum.items():
        plain.minimum[place[name]] = amount
    for name, amount in asked.given.items():
        plain.given[place[name]] = amount
    if (plain.most > 0).any() and not plain.receives.any():
        # nobody lacks anything, but something was promised: it goes to those who bear the costs
        is_payer = np.array([pocket.is_payer for pocket in pockets.actors.values()])
        promised = np.maximum(plain.minimum, np.nan_to_num(plain.given)) > 0
        plain.receives[:] = is_payer & ~promised & bool(promised.any())
    return plain


def _listed(
    found: Payments, by_year: Array, names: tuple[str, ...], years: range
) -> tuple[Payment, ...]:
    payments = [
        Payment(
            names[giver],
            names[receiver],
            float(found.amounts[giver, receiver]),
            {
                year: float(amount)
                for year, amount in zip(years, by_year[giver, receiver], strict=True)
                if amount > 0
            },
        )
        for giver, receiver in np.argwhere(found.amounts > 0)
    ]
    return tuple(sorted(payments, key=lambda one: -one.present_value))


def _positions(
    found: Payments,
    by_year: Array,
    conditions: Conditions,
    timing: Timing,
    pockets: Pockets,
    years: range,
) -> dict[str, Position]:
    after = timing.cash - by_year.sum(axis=1) + by_year.sum(axis=0)
    need, when = deepest_need(after)
    return {
        name: Position(
            lacks=float(conditions.need[i]),
            spares=float(conditions.capacity[i]),
            paid=float(found.paid[i]),
            received=float(found.received[i]),
            subsidy=float(found.subsidies[i]),
            net=pocket.net,
            cash_net=pocket.cash_net,
            deepest_need=float(need[i]),
            deepest_year=years[int(when[i])] if need[i] > 0 else None,
        )
        for i, (name, pocket) in enumerate(pockets.actors.items())
    }
