"""What a position says: how it was corrected, and of what whole it is which part."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.model.financing import InstrumentKind
from impactmonitor.model.portfolio import Financed, Holding, Position, Restated

FIELDS = tuple(Financed.model_fields)
NUMERATORS: dict[InstrumentKind, str] = {
    "grant": "disbursed",
    "loan": "outstanding",
    "equity": "outstanding",
    "guarantee": "called",
    "revolving-fund": "outstanding",
}
"""The amount of a position that counts, by instrument."""


def corrected(position: Position, known_in: int | None = None) -> Financed:
    """A position with the corrections that were known in a period.

    A correction replaces what it names; the rest stays as it was.

    Parameters
    ----------
    position : Position
        As it was first reported, with its corrections.
    known_in : int, optional
        The last period of which corrections count; by default all do.

    Examples
    --------
    >>> one = Position.model_validate({"outstanding": 30, "debt": 120,
    ...     "restated": [{"in": 2026, "reason": "audit", "debt": 100}]})
    >>> corrected(one, known_in=2025).debt, corrected(one).debt, corrected(one).outstanding
    (120.0, 100.0, 30.0)
    """
    figures = {name: getattr(position, name) for name in FIELDS}
    for correction in corrections(position, known_in):
        given = correction.model_fields_set.intersection(FIELDS)
        figures |= {name: getattr(correction, name) for name in given}
    return Financed.model_construct(**figures)


def corrections(position: Position, known_in: int | None = None) -> Iterator[Restated]:
    """What was corrected up to a period, the earliest first."""
    for one in sorted(position.restated, key=lambda one: one.in_):
        if known_in is None or one.in_ <= known_in:
            yield one


def numerator_of(holding: Holding, position: Financed) -> float | None:
    """What of a position counts: outstanding, for a grant disbursed, for a guarantee called."""
    found: float | None = getattr(position, NUMERATORS[holding.instrument])
    return found


def whole_of(holding: Holding, position: Financed) -> float | None:
    """Of what the position is a part: equity + debt, for a grant the total funding.

    Equity below 0 counts as 0. Who states only one of the two has no other one; where both are
    missing there is no whole, which is not 0.

    Parameters
    ----------
    holding : Holding
        Whose commitment gives the total funding of a grant that its position does not name.
    position : Financed
        At the end of a period.

    Examples
    --------
    >>> loan = Holding.model_validate({"instrument": "loan"})
    >>> whole_of(loan, Financed(equity=-50, debt=120)), whole_of(loan, Financed())
    (120.0, None)
    """
    if holding.instrument == "grant":
        if position.total_funding is not None:
            return position.total_funding
        return holding.commitment.total_funding if holding.commitment else None
    if position.equity is None and position.debt is None:
        return None
    return max(position.equity or 0.0, 0.0) + (position.debt or 0.0)
