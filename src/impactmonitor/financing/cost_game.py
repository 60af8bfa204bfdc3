"""What is known of a joint cost: of every coalition, or only totals by player."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np

from impactmonitor.financing.games import TOLERANCE, Array
from impactmonitor.model.game import PLUS, CoalitionGame, TotalsGame, players_of

MOST_NAMED = 200
"""So many coalitions at most are named as missing."""
CENT = 0.01
"""Amounts that people rounded may differ by this much."""


@dataclass(frozen=True, slots=True)
class CostGame:
    """A joint cost, as far as it is known.

    Attributes
    ----------
    players : tuple of str
        Who share it, each with a different name.
    coalitions : Mapping[int, float]
        Known costs by coalition: player i is in coalition n if bit i of n is set. Nobody costs 0
        and is not in it.
    stand_alone, marginal, benefits : Mapping[str, float] or None
        By player, as far as they are known: what each would pay alone, what each adds to the cost
        of all the others, what each gains. None: nothing was said about it.
    has_coalitions : bool
        Whether the costs of coalitions were given, so that a missing one can be named.
    """

    players: tuple[str, ...]
    coalitions: Mapping[int, float]
    stand_alone: Mapping[str, float] | None = None
    marginal: Mapping[str, float] | None = None
    benefits: Mapping[str, float] | None = None
    has_coalitions: bool = False

    @classmethod
    def of_coalitions(
        cls,
        players: Sequence[str],
        costs: Mapping[int, float],
        benefits: Mapping[str, float] | None = None,
    ) -> CostGame:
        """A joint cost by coalition.

        Examples
        --------
        >>> game = CostGame.of_coalitions(["a", "b"], {1: 8.0, 2: 6.0, 3: 10.0})
        >>> game.total, game.stand_alone, game.marginal
        (10.0, {'a': 8.0, 'b': 6.0}, {'a': 4.0, 'b': 2.0})
        """
        names = tuple(players)
        alone = {name: costs[1 << i] for i, name in enumerate(names) if 1 << i in costs}
        marginal = _marginal(names, costs)
        return cls(names, dict(costs), alone, marginal, benefits, has_coalitions=True)

    @classmethod
    def of_totals(
        cls,
        players: Sequence[str],
        total: float,
        stand_alone: Mapping[str, float] | None = None,
        marginal: Mapping[str, float] | None = None,
        benefits: Mapping[str, float] | None = None,
    ) -> CostGame:
        """A joint cost of which totals by player are known.

        Examples
        --------
        >>> game = CostGame.of_totals(["a", "b"], 10.0, {"a": 8.0, "b": 6.0})
        >>> game.coalitions, game.marginal  # the others of two are one
        ({1: 8.0, 2: 6.0, 3: 10.0}, {'a': 4.0, 'b': 2.0})
        """
        names = tuple(players)
        given = stand_alone or {}
        costs = {1 << i: given[name] for i, name in enumerate(names) if name in given}
        costs[(1 << len(names)) - 1] = total
        derived = _marginal(names, costs)
        known = {**derived, **(marginal or {})} if derived or marginal is not None else None
        return cls(names, costs, stand_alone, known, benefits)

    @property
    def everybody(self) -> int:
        """The coalition of all players."""
        return (1 << len(self.players)) - 1

    @property
    def total(self) -> float | None:
        """What is divided; None where the cost of everybody together is not known."""
        return self.coalitions.get(self.everybody)

    @property
    def is_complete(self) -> bool:
        """Whether the cost of every coalition is known."""
        return len(self.coalitions) == self.everybody

    def name(self, coalition: int) -> str:
        """A coalition as it is written.

        Examples
        --------
        >>> CostGame.of_totals(["a", "b", "c"], 10.0).name(0b101)
        'a+c'
        """
        return PLUS.join(p for i, p in enumerate(self.players) if coalition >> i & 1)

    def missing(self) -> list[str]:
        """Coalitions whose cost is not known, the smallest first, and at most 200 of them."""
        return [self.name(number) for number in islice(self._unknown(), MOST_NAMED)]

    def _unknown(self) -> Iterator[int]:
        bits = [1 << i for i in range(len(self.players))]
        for size in range(1, len(bits) + 1):
            for chosen in combinations(bits, size):
                if sum(chosen) not in self.coalitions:
                    yield sum(chosen)

    def contradictions(self) -> list[tuple[str, str, float, float]]:
        """Totals by player that differ from what the known costs say.

        Returns
        -------
        list of tuple
            Section, player, the amount given, and the amount that follows.
        """
        follows = {
            "stand_alone": {
                name: self.coalitions[1 << i]
                for i, name in enumerate(self.players)
                if 1 << i in self.coalitions
            },
            "marginal": _marginal(self.players, self.coalitions),
        }
        return [
            (field, name, given, other)
            for field, amounts in follows.items()
            for name, other in amounts.items()
            for given in [(getattr(self, field) or {}).get(name, other)]
            if abs(given - other) > CENT + TOLERANCE * abs(other)
        ]

    def array(self) -> Array:
        """All costs by number, as ``games`` takes them; shape (2 ** players,).

        Raises
        ------
        KeyError
            If a coalition is missing.
        """
        rest = (self.coalitions[number] for number in range(1, self.everybody + 1))
        return np.array([0.0, *rest])


def _marginal(names: tuple[str, ...], costs: Mapping[int, float]) -> dict[str, float]:
    """What each player adds to all the others, where both costs are known."""
    everybody = (1 << len(names)) - 1
    with_nobody = {0: 0.0, **costs}
    return {
        name: costs[everybody] - with_nobody[everybody ^ 1 << i]
        for i, name in enumerate(names)
        if everybody in costs and everybody ^ 1 << i in with_nobody
    }


def cost_game(written: CoalitionGame | TotalsGame) -> CostGame:
    """A joint cost from how it was written down.

    Parameters
    ----------
    written : CoalitionGame or TotalsGame
        In which every name is known.
    """
    benefits = _stripped(written.benefits)
    if isinstance(written, TotalsGame):
        alone, marginal = _stripped(written.stand_alone), _stripped(written.marginal)
        return CostGame.of_totals(written.players, written.total, alone, marginal, benefits)
    bits = {name: 1 << i for i, name in enumerate(written.players)}
    costs = {
        sum(bits[name] for name in players_of(coalition)): cost
        for coalition, cost in written.costs.items()
    }
    return CostGame.of_coalitions(written.players, costs, benefits)


def _stripped(amounts: Mapping[str, float] | None) -> dict[str, float] | None:
    return None if amounts is None else {name.strip(): x for name, x in amounts.items()}
