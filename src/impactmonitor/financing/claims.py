"""Rules that divide a pot among claims that are larger together.

Every rule gives each claim something between 0 and the claim, and all of the pot; a pot that covers
all claims pays them. They differ in who bears what is short: everybody in proportion, everybody
the same loss, the large claims first, or half of each claim after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from impactmonitor.financing.keys import rounded

Array = NDArray[np.float64]


def _checked(pot: float, claims: ArrayLike) -> Array:
    """The claims as numbers, once pot and claims can be divided at all."""
    found = np.asarray(claims, dtype=float)
    if found.ndim != 1 or not found.size or not np.isfinite(found).all() or (found < 0).any():
        raise ValueError("claims are one or more numbers of 0 or more")
    if not (np.isfinite(pot) and pot >= 0):
        raise ValueError(f"a pot is a number of 0 or more, not {pot}")
    return found


def proportional(pot: float, claims: ArrayLike) -> Array:
    """The same share of every claim.

    Parameters
    ----------
    pot : float
        What there is, 0 or more.
    claims : array_like, shape (claims,)
        0 or more.

    Returns
    -------
    array, shape (claims,)

    Raises
    ------
    ValueError
        If the pot or a claim is below 0 or no number.

    Examples
    --------
    >>> proportional(150, [100, 200]).tolist()
    [50.0, 100.0]
    """
    asked = _checked(pot, claims)
    total = asked.sum()
    return asked * (min(1.0, pot / total) if total > 0 else 0.0)


def constrained_equal_awards(pot: float, claims: ArrayLike) -> Array:
    """The same amount for everybody, but nobody more than the claim.

    Parameters
    ----------
    pot, claims
        As for ``proportional``.

    Examples
    --------
    >>> constrained_equal_awards(150, [40, 100, 200]).tolist()
    [40.0, 55.0, 55.0]
    """
    asked = _checked(pot, claims)
    if pot >= asked.sum():
        return asked
    order = np.argsort(asked, kind="stable")
    rising = asked[order]
    # paid when everybody gets at most as much as this claim
    left = len(rising) - np.arange(1, len(rising) + 1)
    paid = np.cumsum(rising) + left * rising
    place = int(np.searchsorted(paid, pot))
    level = (pot - rising[:place].sum()) / (len(rising) - place)
    result: Array = np.minimum(asked, level)
    return result


def constrained_equal_losses(pot: float, claims: ArrayLike) -> Array:
    """The same loss for everybody, but nobody more than the claim.

    Parameters
    ----------
    pot, claims
        As for ``proportional``.

    Examples
    --------
    >>> constrained_equal_losses(150, [40, 100, 200]).tolist()
    [0.0, 25.0, 125.0]
    """
    asked = _checked(pot, claims)
    return asked - constrained_equal_awards(max(0.0, float(asked.sum()) - pot), asked)


def talmud(pot: float, claims: ArrayLike) -> Array:
    """Equal awards up to half of every claim, and from there on equal losses of the other half.

    Parameters
    ----------
    pot, claims
        As for ``proportional``.

    Notes
    -----
    Aumann and Maschler (1985), *Game theoretic analysis of a bankruptcy problem from the Talmud*,
    Journal of Economic Theory 36, 195-213.

    Examples
    --------
    >>> talmud(200, [100, 200, 300]).tolist()
    [50.0, 75.0, 75.0]
    """
    asked = _checked(pot, claims)
    half = asked / 2
    if pot <= half.sum():
        return constrained_equal_awards(pot, half)
    return half + constrained_equal_losses(pot - float(half.sum()), half)


CLAIM_RULES: dict[str, Callable[[float, ArrayLike], Array]] = {
    "proportional": proportional,
    "constrained_equal_awards": constrained_equal_awards,
    "constrained_equal_losses": constrained_equal_losses,
    "talmud": talmud,
}
"""The rules by name."""


@dataclass(frozen=True, slots=True)
class PotDivision:
    """A pot divided among claims, by one rule or several.

    Attributes
    ----------
    pot : float
        What there is.
    claims : Mapping[str, float]
        By name.
    awards, rounded : Mapping[str, array]
        By rule; arrays of shape (claims,), exact and in whole cents.
    """

    pot: float
    claims: Mapping[str, float]
    awards: Mapping[str, Array]
    rounded: Mapping[str, Array]

    @property
    def left(self) -> float:
        """What remains in the pot once all claims are paid."""
        return max(0.0, self.pot - sum(self.claims.values()))


def divide_pot(
    pot: float, claims: Mapping[str, float], rules: Iterable[str] = CLAIM_RULES
) -> PotDivision:
    """A pot among claims by name.

    Parameters
    ----------
    pot : float
        What there is, 0 or more.
    claims : Mapping[str, float]
        0 or more.
    rules : iterable of str
        Names of ``CLAIM_RULES``; by default all.

    Raises
    ------
    ValueError
        If the pot or a claim is below 0 or no number.

    Examples
    --------
    >>> found = divide_pot(100, {"bank": 100, "friend": 200}, ["talmud"])
    >>> found.awards["talmud"].tolist(), found.left
    ([50.0, 50.0], 0.0)
    """
    asked = list(claims.values())
    awards = {rule: CLAIM_RULES[rule](pot, asked) for rule in rules}
    paid = min(pot, sum(asked))
    cents = {rule: rounded(one, total=paid) for rule, one in awards.items()}
    return PotDivision(pot, dict(claims), awards, cents)
