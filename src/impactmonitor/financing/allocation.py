"""A joint cost divided by the keys side by side, with what each needs and the tests of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.cost_keys import KEYS, Divided, Drawing, amounts_of, is_dearer_together
from impactmonitor.financing.fairness import KnownCosts
from impactmonitor.financing.games import Array
from impactmonitor.financing.keys import rounded
from impactmonitor.financing.sampled import SampledShapley
from impactmonitor.model.numbers import in_figures
from impactmonitor.problems import Problem


@dataclass(frozen=True, slots=True)
class Division:
    """What one key gives, and the tests of it.

    Attributes
    ----------
    shares, rounded : array or None
        Shape (players,), exact and in whole cents; None where something is missing.
    needs : tuple of str
        What is missing: a coalition (``costs.a+b``), a section or a player of it
        (``stand_alone``, ``marginal.a``), or a condition (``at most 12 players``).
    individually_rational, in_core, at_least_marginal : bool or None
        Whether nobody pays more than alone, no coalition more than by itself, and everybody at
        least what it adds to the cost of the others; None where that is not known.
    sample : SampledShapley or None
        Where the shares come from a sample.
    """

    shares: Array | None = None
    rounded: Array | None = None
    needs: tuple[str, ...] = ()
    individually_rational: bool | None = None
    in_core: bool | None = None
    at_least_marginal: bool | None = None
    sample: SampledShapley | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """A joint cost divided by several keys.

    Attributes
    ----------
    game : CostGame
        What was divided.
    by_key : Mapping[str, Division]
        In the order of ``KEYS``.
    warnings : tuple of Problem
        What to look at before using it.
    """

    game: CostGame
    by_key: Mapping[str, Division]
    warnings: tuple[Problem, ...] = ()


def allocate(
    game: CostGame, keys: Iterable[str] | None = None, drawing: Drawing | None = None
) -> Allocation:
    """Divide a joint cost by every key that what is known allows.

    Parameters
    ----------
    game : CostGame
        The joint cost, as far as it is known.
    keys : iterable of str, optional
        Names of ``KEYS``; by default all.
    drawing : Drawing, optional
        How the Shapley value of more than 12 players is sampled.

    Returns
    -------
    Allocation
        A key that cannot be worked out says what it needs.

    Examples
    --------
    >>> found = allocate(CostGame.of_coalitions(["a", "b"], {1: 8.0, 2: 6.0, 3: 10.0}))
    >>> found.by_key["shapley"].shares.tolist(), found.by_key["shapley"].in_core
    ([6.0, 4.0], True)
    >>> found.by_key["proportional_to_benefits"].needs
    ('benefits',)
    """
    known = KnownCosts.of(game)
    found: dict[str, Division] = {}
    warnings = _doubts(game)
    for name in KEYS if keys is None else keys:
        needs = KEYS[name].needs(game)
        if needs:
            found[name] = Division(needs=tuple(needs))
            continue
        divided = KEYS[name].divide(game, drawing or Drawing())
        if divided.is_equal:
            warnings.append(Problem("divided-equally", severity="warning"))
        found[name] = _tested(known, divided)
    return Allocation(game, found, tuple(warnings))


def _tested(known: KnownCosts, divided: Divided) -> Division:
    shares = divided.shares
    return Division(
        shares,
        rounded(shares, total=known.game.total),
        (),
        known.is_individually_rational(shares),
        known.is_in_core(shares),
        known.is_at_least_marginal(shares),
        divided.sample,
    )


def _doubts(game: CostGame) -> list[Problem]:
    """What people should look at before they use any of the shares."""
    found = [
        Problem(
            "totals-differ",
            f"{field}.{name}",
            {"given": in_figures(given), "other": in_figures(other)},
            "warning",
        )
        for field, name, given, other in game.contradictions()
    ]
    if game.total is not None and is_dearer_together(game):
        apart = float(amounts_of(game, "stand_alone").sum())
        params = {"total": in_figures(game.total), "apart": in_figures(apart)}
        found.append(Problem("dearer-together", "", params, "warning"))
    return found
