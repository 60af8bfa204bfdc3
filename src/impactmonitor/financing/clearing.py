"""Clearing: who has to pay whom so that everybody ends up with the own share, in few payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Cleared:
    """A payment.

    Attributes
    ----------
    giver, receiver : str
        Two different parties.
    amount : float
        Above 0.
    """

    giver: str
    receiver: str
    amount: float


def cleared(balances: Mapping[str, float]) -> tuple[Cleared, ...]:
    """Payments after which nobody has to pay or to receive anything more.

    Who owes as much as another is owed pays that one. Then the one that owes most pays the one
    that is owed most, until all is paid. Nobody both pays and receives, and there is at most one
    payment less than there are parties.

    Parameters
    ----------
    balances : Mapping[str, float]
        What each party is to receive, below 0 what it is to pay; they add up to 0.

    Returns
    -------
    tuple of Cleared
        The largest first.

    Raises
    ------
    ValueError
        If the balances do not add up to 0.

    Examples
    --------
    >>> for one in cleared({"city": 70.0, "insurer": -50.0, "state": -20.0}):
    ...     print(one.giver, one.receiver, one.amount)
    insurer city 50.0
    state city 20.0
    """
    size = max((abs(x) for x in balances.values()), default=0.0)
    if abs(sum(balances.values())) > 1e-9 * size:
        raise ValueError("what is received has to be what is paid")
    nothing = ROUNDING * size
    owing = {name: -x for name, x in balances.items() if x < -nothing}
    owed = {name: x for name, x in balances.items() if x > nothing}
    found = _matched(owing, owed, nothing)
    while owing and owed:
        giver, receiver = max(owing, key=owing.__getitem__), max(owed, key=owed.__getitem__)
        amount = min(owing[giver], owed[receiver])
        found.append(Cleared(giver, receiver, amount))
        for side, name in ((owing, giver), (owed, receiver)):
            side[name] -= amount
            if side[name] <= nothing:
                del side[name]
    return tuple(sorted(found, key=lambda one: -one.amount))


def _matched(owing: dict[str, float], owed: dict[str, float], nothing: float) -> list[Cleared]:
    """Payments between two who are done with it, taken from what is owed."""
    found = []
    for giver, amount in list(owing.items()):
        receiver = next((name for name, x in owed.items() if abs(x - amount) <= nothing), None)
        if receiver is not None:
            found.append(Cleared(giver, receiver, amount))
            del owing[giver], owed[receiver]
    return found
