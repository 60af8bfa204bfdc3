"""Whether shares of a joint cost are fair to everybody, as far as its costs are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.games import TOLERANCE, Array


@dataclass(frozen=True, slots=True)
class KnownCosts:
    """The costs that are known of a joint cost, laid out to test shares against.

    Attributes
    ----------
    game : CostGame
        Whose costs they are.
    is_in : array, shape (coalitions, players)
        Who is in each coalition of which the cost is known: 1 or 0.
    costs : array, shape (coalitions,)
        What each of these would pay by itself.

    Examples
    --------
    >>> known = KnownCosts.of(CostGame.of_totals(["a", "b", "c"], 9.0, {"a": 4.0, "b": 5.0}))
    >>> known.is_in_core(np.array([4.5, 3.0, 1.5])), known.is_in_core(np.array([3.0, 3.0, 3.0]))
    (False, None)
    """

    game: CostGame
    is_in: Array
    costs: Array

    @classmethod
    def of(cls, game: CostGame) -> KnownCosts:
        """Those of a joint cost."""
        places = range(len(game.players))
        rows = [[float(number >> i & 1) for i in places] for number in game.coalitions]
        is_in = np.array(rows).reshape(len(rows), len(game.players))
        return cls(game, is_in, np.array(list(game.coalitions.values()), dtype=float))

    @property
    def room(self) -> float:
        """By how much a share may be off through rounding in the computer."""
        return TOLERANCE * float(np.abs(self.costs).max(initial=0.0))

    def is_individually_rational(self, shares: Array) -> bool | None:
        """Whether nobody pays more than alone; None where that is not known."""
        alone = self._limits("stand_alone")
        return _for_everybody(shares <= alone + self.room, ~np.isnan(alone))

    def is_at_least_marginal(self, shares: Array) -> bool | None:
        """Whether everybody pays at least what it adds to the others; None where not known."""
        own = self._limits("marginal")
        return _for_everybody(shares >= own - self.room, ~np.isnan(own))

    def is_in_core(self, shares: Array) -> bool | None:
        """Whether no coalition pays more than by itself; None where that is not known.

        One coalition that pays more is enough for no, however little is known of the others.
        """
        fits = bool((self.is_in @ shares <= self.costs + self.room).all())
        tests = (self.is_individually_rational(shares), self.is_at_least_marginal(shares))
        if not fits or False in tests:
            return False
        return True if self.game.is_complete else None

    def _limits(self, field: str) -> Array:
        """Amounts by player, nan where one is not known."""
        amounts: Mapping[str, float] = getattr(self.game, field) or {}
        return np.array([amounts.get(name, np.nan) for name in self.game.players])


def _for_everybody(holds: NDArray[np.bool_], is_known: NDArray[np.bool_]) -> bool | None:
    """Whether something holds for everybody; None where it holds for all of whom it is known."""
    if not holds[is_known].all():
        return False
    return True if is_known.all() else None
