"""The rows of the one table of a portfolio, and what rows come to together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Literal

Basis = Literal["lifetime", "period", "plan"]
BASES: tuple[Basis, ...] = ("lifetime", "period", "plan")
Role = Literal["cost", "benefit", "transfer"]


@dataclass(frozen=True, slots=True)
class Row:
    """An amount of one line of one case, between at most two actors.

    Attributes
    ----------
    holding, case, line : str
        Ids.
    basis : {"lifetime", "period", "plan"}
        ``lifetime``: present value at the start of the base year of the fund; ``period``: of the
        year, undiscounted, as it was realised, or as it was planned where that was not measured;
        ``plan``: of the year as it was planned.
    period : int or None
        The year; None for lifetime.
    role : {"cost", "benefit", "transfer"}
        Harms are negative benefits.
    domain : str or None
        None for a transfer and for what names no domain.
    giver, receiver : str or None
        Actors of the case: who pays a cost or a transfer, who gains a benefit or a transfer.
    giver_kind, receiver_kind : str or None
        What kinds of actors they are.
    is_cash : bool
        Whether it is money.
    is_measured : bool
        Whether it rests on what was measured; False for a plan and for lifetime.
    amount : float
        Of the whole case, in the currency and the price level of the fund.
    share : float or None
        Of the fund: at commitment for lifetime, else at the end of the period. None: not known.
    """

    holding: str
    case: str
    line: str
    basis: Basis
    period: int | None
    role: Role
    domain: str | None
    giver: str | None
    receiver: str | None
    giver_kind: str | None
    receiver_kind: str | None
    is_cash: bool
    is_measured: bool
    amount: float
    share: float | None

    @property
    def attributed(self) -> float | None:
        """The part of the fund; None where its share is not known, which is not 0."""
        return None if self.share is None else self.amount * self.share


COLUMNS = (*Row.__dataclass_fields__, "attributed")


@dataclass(frozen=True, slots=True)
class Totals:
    """What rows come to, in the currency and the price level of the fund.

    Attributes
    ----------
    costs, benefits : float
        Harms are negative benefits.
    transfers : float
        Received minus paid; 0 over all actors together.
    cash_net : float
        The part of benefits - costs + transfers that is money.
    """

    costs: float = 0.0
    benefits: float = 0.0
    transfers: float = 0.0
    cash_net: float = 0.0

    @property
    def net(self) -> float:
        """Benefits - costs + transfers.

        Examples
        --------
        >>> Totals(costs=40, benefits=100).net
        60.0
        """
        return float(self.benefits - self.costs + self.transfers)

    def times(self, factor: float) -> Totals:
        """A part of it.

        Examples
        --------
        >>> Totals(costs=40, benefits=100).times(0.5)
        Totals(costs=20.0, benefits=50.0, transfers=0.0, cash_net=0.0)
        """
        return Totals(*(getattr(self, f.name) * factor for f in fields(self)))

    def as_figures(self) -> dict[str, float]:
        """By name, ``net`` among them."""
        named = {f.name: float(getattr(self, f.name)) for f in fields(self)}
        return named | {"net": self.net}


def added(parts: Iterable[Totals]) -> Totals:
    """The sum of totals, whatever their order.

    Examples
    --------
    >>> added([Totals(costs=1, benefits=3), Totals(costs=2)]).net
    0.0
    """
    known = list(parts)
    return Totals(*(math.fsum(getattr(t, f.name) for t in known) for f in fields(Totals)))


def total_of(rows: Iterable[Row], is_whole: bool = False) -> Totals:
    """What rows come to for everybody together; transfers cancel.

    Parameters
    ----------
    rows : iterable of Row
        Of one basis; the bases are never added.
    is_whole : bool
        Of the whole cases instead of the part of the fund.

    Returns
    -------
    Totals
        Rows without a share count for the whole only.
    """
    return added(_society(row, x) for row in rows if (x := _amount(row, is_whole)) is not None)


def _amount(row: Row, is_whole: bool) -> float | None:
    return row.amount if is_whole else row.attributed


def _society(row: Row, amount: float) -> Totals:
    if row.role == "cost":
        return Totals(costs=amount, cash_net=-amount if row.is_cash else 0.0)
    if row.role == "benefit":
        return Totals(benefits=amount, cash_net=amount if row.is_cash else 0.0)
    return Totals()


def by_kind(rows: Iterable[Row], is_whole: bool = False) -> dict[str, Totals]:
    """What rows come to for every kind of actor; transfers go from one to another.

    Parameters
    ----------
    rows, is_whole
        As for ``total_of``.
    """
    return _by_party(rows, is_whole, ("giver_kind", "receiver_kind"))


def by_actor(rows: Iterable[Row], is_whole: bool = False) -> dict[str, Totals]:
    """The same for every actor; only of use for rows of one case."""
    return _by_party(rows, is_whole, ("giver", "receiver"))


def _by_party(rows: Iterable[Row], is_whole: bool, ends: Sequence[str]) -> dict[str, Totals]:
    found: dict[str, list[Totals]] = {}
    for row in rows:
        amount = _amount(row, is_whole)
        if amount is None:
            continue
        if row.role != "transfer":
            party = getattr(row, ends[0] if row.role == "cost" else ends[1])
            found.setdefault(party, []).append(_society(row, amount))
            continue
        for end, signed in zip(ends, (-amount, amount), strict=True):
            part = Totals(transfers=signed, cash_net=signed if row.is_cash else 0.0)
            found.setdefault(getattr(row, end), []).append(part)
    return {party: added(parts) for party, parts in sorted(found.items())}
