"""What levelling did to a case: every number that it changed, and what it had to leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.case import Case

Rule = Literal["scheme", "values", "evidence", "deadweight", "horizon"]
RULES: tuple[Rule, ...] = get_args(Rule)
"""In the order in which they are applied, which is ours; every bridge follows it."""

Note = Literal["spread-scaled", "spread-dropped", "by-year", "spread-of-fund"]
"""What became of how uncertain a number was, or that it was one number for each year."""

Reason = Literal[
    "own-unit",
    "no-fund-value",
    "other-unit",
    "own-price-path",
    "harm",
    "net",
    "shorter",
    "correlation",
]
"""Why something stayed as it was."""


@dataclass(frozen=True, slots=True)
class Levelled:
    """One number that was made the same for all.

    Attributes
    ----------
    rule : str
        Of the policy.
    path : str
        Where it stands in the case.
    given, levelled : float, str or None
        The point estimate as the case has it and as it is compared; of a scheme its id. None
        where there was nothing.
    note : str or None
        What there is to know about its spread.
    given_price_year, price_year : int or None
        Of unit values, the price level of either number.
    """

    rule: Rule
    path: str
    given: float | str | None
    levelled: float | str | None
    note: Note | None = None
    given_price_year: int | None = None
    price_year: int | None = None


@dataclass(frozen=True, slots=True)
class Unlevelled:
    """Something that a rule did not reach, and why.

    Attributes
    ----------
    rule : str
        Of the policy.
    path : str
        Where it stands in the case.
    reason : str
        ``own-unit``: a price of its own, with no indicator that says what it is about.
        ``no-fund-value``: the policy has no value for it. ``other-unit``: in a unit that does not
        convert. ``own-price-path``: its price changes beside all others as the case says.
        ``harm``: what would be taken off would make a harm smaller. ``net``: compared already
        with what would happen anyway. ``shorter``: a horizon that is never made longer.
        ``correlation``: one between numbers of which one is now another.
    value : float or None
        The number that stayed.
    """

    rule: Rule
    path: str
    reason: Reason
    value: float | None = None


@dataclass(frozen=True)
class Levelling:
    """A case on the terms of a policy.

    Attributes
    ----------
    case : Case
        Of the same model as the one that came in, so that everything can be done with it.
    catalogue : Catalogue
        With the values of the policy; the case is evaluated with it.
    changes : tuple of Levelled
        By rule, and then in the order of the case.
    left : tuple of Unlevelled
        What could not be levelled, or is not by this policy.
    """

    case: Case
    catalogue: Catalogue
    changes: tuple[Levelled, ...]
    left: tuple[Unlevelled, ...]
