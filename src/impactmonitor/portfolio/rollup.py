"""Sums over holdings: by theme, mission, transition, goal, region, domain and kind of actor.

A label takes its share of everything that a holding is part of; what is left of 1 is not
assigned. Every dimension therefore adds up to the same total.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal

from impactmonitor.model.portfolio import Portfolio, Tags
from impactmonitor.model.portfolio_rules import RESERVED_LABEL
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.ledger import grouped
from impactmonitor.portfolio.rows import Row, Totals, added, by_kind, total_of

Dimension = Literal["theme", "mission", "transition", "sdg", "region", "domain", "actor"]
TAGGED: tuple[Dimension, ...] = ("theme", "mission", "transition", "sdg", "region")
"""The dimensions in which a holding has labels."""

DIMENSIONS: tuple[Dimension, ...] = (*TAGGED, "domain", "actor")
NOT_ASSIGNED = RESERVED_LABEL
_FIELDS = {"mission": "missions", "transition": "transitions", "sdg": "sdgs"}
_NOTHING_LEFT = 1e-9

Labels = Mapping[str, float]
"""Label to share; together 1, ``not-assigned`` among them."""

RollUp = Mapping[str, Totals]
"""What each label comes to; together the total."""


def labels_of(portfolio: Portfolio, tags: Tags) -> Mapping[Dimension, Labels]:
    """The labels of a holding or candidate in every dimension in which it has any.

    What it does not say itself comes from its themes: the share of a theme times the share of the
    label in that theme.

    Parameters
    ----------
    portfolio : Portfolio
        With its themes.
    tags : Tags
        Of the holding.

    Returns
    -------
    Mapping[str, Mapping[str, float]]
        By dimension; in each the shares add up to 1.

    Examples
    --------
    >>> fund = Portfolio.model_validate({"impactmonitor_portfolio": 1, "id": "f", "title": "F",
    ...     "currency": "EUR", "price_year": 2025, "base_year": 2025,
    ...     "themes": {"care": {"missions": {"health": 0.5}}}})
    >>> found = labels_of(fund, Tags(themes={"care": 0.8}))
    >>> dict(found["theme"]), dict(found["mission"])
    ({'care': 0.8, 'not-assigned': 0.2}, {'health': 0.4, 'not-assigned': 0.6})
    """
    named: dict[Dimension, Labels] = {"theme": tags.themes, "region": tags.regions}
    for dimension in ("mission", "transition", "sdg"):
        own: Labels = getattr(tags, _FIELDS[dimension])
        named[dimension] = own or _from_themes(portfolio, tags, _FIELDS[dimension])
    return FrozenDict({name: _whole(named[name]) for name in TAGGED})


def _from_themes(portfolio: Portfolio, tags: Tags, field: str) -> Labels:
    parts: dict[str, list[float]] = {}
    for name, share in tags.themes.items():
        theme = portfolio.themes.get(name)
        for label, part in (getattr(theme, field) if theme else {}).items():
            parts.setdefault(label, []).append(share * part)
    return {label: math.fsum(each) for label, each in parts.items()}


def _whole(shares: Labels) -> Labels:
    """Shares with what is left of 1."""
    left = 1.0 - math.fsum(shares.values())
    rest = {NOT_ASSIGNED: round(left, 15)} if left > _NOTHING_LEFT else {}
    return FrozenDict({label: shares[label] for label in sorted(shares)} | rest)


def roll_up(
    rows: Iterable[Row],
    dimension: Dimension,
    labels: Mapping[str, Mapping[Dimension, Labels]],
    is_whole: bool = False,
) -> RollUp:
    """What every label of one dimension comes to.

    Parameters
    ----------
    rows : iterable of Row
        Of one basis.
    dimension : str
        One of ``DIMENSIONS``.
    labels : Mapping
        By holding, what ``labels_of`` gives.
    is_whole : bool
        Of whole cases instead of the part of the fund.

    Returns
    -------
    Mapping[str, Totals]
        By label, in alphabetical order and ``not-assigned`` last; together the total of the rows.
        By actor also what one kind pays another, which cancels.
    """
    if dimension == "actor":
        return _ordered(by_kind(rows, is_whole))
    if dimension == "domain":
        own = (row for row in rows if row.role != "transfer")
        parts = grouped(own, lambda row: row.domain or NOT_ASSIGNED)
        return _ordered({name: total_of(each, is_whole) for name, each in parts.items()})
    shares: dict[str, list[Totals]] = {}
    for holding, few in grouped(rows, lambda row: row.holding).items():
        total = total_of(few, is_whole)
        for label, share in labels[holding][dimension].items():
            shares.setdefault(label, []).append(total.times(share))
    return _ordered({label: added(parts) for label, parts in shares.items()})


def roll_ups(
    rows: Iterable[Row], labels: Mapping[str, Mapping[Dimension, Labels]]
) -> Mapping[Dimension, RollUp]:
    """The part of the fund in every dimension; see ``roll_up``."""
    found = tuple(rows)
    return FrozenDict({name: roll_up(found, name, labels) for name in DIMENSIONS})


def by_label_and_holding(
    totals: Mapping[str, Totals],
    dimension: Dimension,
    labels: Mapping[str, Mapping[Dimension, Labels]],
) -> Mapping[tuple[str, str], Totals]:
    """What every holding gives to every label, as a heat map shows it.

    Parameters
    ----------
    totals : Mapping[str, Totals]
        By holding.
    dimension : str
        One in which holdings have labels: one of ``TAGGED``.
    labels : Mapping
        By holding, what ``labels_of`` gives.

    Returns
    -------
    Mapping[tuple of str, Totals]
        By (label, holding).
    """
    return FrozenDict({
        (label, holding): total.times(share)
        for holding, total in totals.items()
        for label, share in labels[holding][dimension].items()
    })  # fmt: skip


def _ordered(found: Mapping[str, Totals]) -> RollUp:
    names = sorted(found, key=lambda name: (name == NOT_ASSIGNED, name))
    return FrozenDict({name: found[name] for name in names})
