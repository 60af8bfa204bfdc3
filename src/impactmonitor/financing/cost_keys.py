"""The registry of keys: what each needs to know of a joint cost, and how it divides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.games import EXACT_PLAYERS, TOLERANCE, Array, shapley
from impactmonitor.financing.keys import (
    equal,
    in_proportion,
    separable_costs_remaining_benefits,
)
from impactmonitor.financing.nucleolus_shares import nucleolus
from impactmonitor.financing.sampled import ORDERS, SampledShapley, sampled_shapley

EXACT_ONLY = f"at most {EXACT_PLAYERS} players"
SAVING_TOGETHER = "total at most stand_alone"
SECTIONS = ("stand_alone", "marginal", "benefits")


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the Shapley value of many players is sampled."""

    orders: int = ORDERS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Divided:
    """What a key gives before it is tested.

    Attributes
    ----------
    shares : array, shape (players,)
        Add up to the total.
    sample : SampledShapley or None
        Where the shares come from a sample.
    is_equal : bool
        Whether nothing was left to divide by, so that the rest was divided equally.
    """

    shares: Array
    sample: SampledShapley | None = None
    is_equal: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A way to divide a joint cost.

    Attributes
    ----------
    needs : callable
        What is missing of a joint cost for this key; nothing: it can be worked out.
    divide : callable
        The shares, given a joint cost of which nothing is missing.
    """

    needs: Callable[[CostGame], list[str]]
    divide: Callable[[CostGame, Drawing], Divided]


# --- What is missing ------------------------------------------------------------------------------


def _total(game: CostGame) -> list[str]:
    return [f"costs.{game.name(game.everybody)}"] if game.total is None else []


def _section(game: CostGame, field: str) -> list[str]:
    """The players of whom a total is missing, or the coalitions from which it would follow."""
    known: Mapping[str, float] | None = getattr(game, field)
    if known is None:
        return [field]
    absent = [(i, name) for i, name in enumerate(game.players) if name not in known]
    if field == "benefits" or not game.has_coalitions:
        return [f"{field}.{name}" for _, name in absent]
    coalitions = [1 << i if field == "stand_alone" else game.everybody ^ 1 << i for i, _ in absent]
    return [f"costs.{game.name(one)}" for one in coalitions if one not in game.coalitions]


def _needs_sections(*fields: str) -> Callable[[CostGame], list[str]]:
    def needs(game: CostGame) -> list[str]:
        return [*_total(game), *(need for field in fields for need in _section(game, field))]

    return needs


def _needs_weights(field: str) -> Callable[[CostGame], list[str]]:
    def needs(game: CostGame) -> list[str]:
        missing = [*_total(game), *_section(game, field)]
        if missing:
            return missing
        weights = amounts_of(game, field)
        is_usable = (weights >= 0).all() and (weights.any() or not game.total)
        return [] if is_usable else [f"{field} above 0"]

    return needs


def _needs_scrb(game: CostGame) -> list[str]:
    fields = SECTIONS if game.benefits is not None else SECTIONS[:2]
    return list(dict.fromkeys(_needs_sections(*fields)(game)))


def _needs_coalitions(game: CostGame) -> list[str]:
    if game.is_complete:
        return []
    return [f"costs.{name}" for name in game.missing()] if game.has_coalitions else ["costs"]


def _needs_nucleolus(game: CostGame) -> list[str]:
    if len(game.players) > EXACT_PLAYERS:
        return [EXACT_ONLY]
    missing = _needs_coalitions(game)
    return missing or ([SAVING_TOGETHER] if is_dearer_together(game) else [])


def is_dearer_together(game: CostGame) -> bool:
    """Whether everybody together costs more than everybody alone."""
    if game.total is None or _section(game, "stand_alone"):
        return False
    alone = amounts_of(game, "stand_alone")
    size = max(abs(cost) for cost in game.coalitions.values())
    return bool(game.total - alone.sum() > TOLERANCE * max(size, float(np.abs(alone).sum())))


# --- The keys -------------------------------------------------------------------------------------


def amounts_of(game: CostGame, field: str) -> Array:
    """Totals of all players, of a section in which none is missing; shape (players,)."""
    amounts: Mapping[str, float] = getattr(game, field)
    return np.array([amounts[name] for name in game.players])


def _whole(game: CostGame) -> float:
    if game.total is None:
        raise ValueError("the cost of everybody together is not known")
    return game.total


def _by_head(game: CostGame, _: Drawing) -> Divided:
    return Divided(equal(_whole(game), len(game.players)))


def _by_weight(field: str, game: CostGame, _: Drawing) -> Divided:
    return Divided(in_proportion(_whole(game), amounts_of(game, field)))


def _by_remaining_benefit(game: CostGame, _: Drawing) -> Divided:
    alone, marginal = amounts_of(game, "stand_alone"), amounts_of(game, "marginal")
    benefits = None if game.benefits is None else amounts_of(game, "benefits")
    total = _whole(game)
    shares, is_equal = separable_costs_remaining_benefits(total, alone, marginal, benefits)
    has_rest = abs(total - marginal.sum()) > TOLERANCE * max(abs(total), np.abs(marginal).sum())
    return Divided(shares, is_equal=bool(is_equal and has_rest))


def _by_shapley(game: CostGame, drawing: Drawing) -> Divided:
    players = len(game.players)
    if players <= EXACT_PLAYERS:
        return Divided(shapley(game.array()))
    costs = game.array()
    bits = 1 << np.arange(players)
    sample = sampled_shapley(
        lambda is_in: float(costs[int(bits[is_in].sum())]), players, drawing.orders, drawing.seed
    )
    return Divided(sample.shares, sample)


def _by_nucleolus(game: CostGame, _: Drawing) -> Divided:
    return Divided(nucleolus(game.array()))


KEYS: dict[str, Key] = {
    "equal": Key(_needs_sections(), _by_head),
    "stand_alone": Key(_needs_weights("stand_alone"), partial(_by_weight, "stand_alone")),
    "proportional_to_benefits": Key(_needs_weights("benefits"), partial(_by_weight, "benefits")),
    "scrb": Key(_needs_scrb, _by_remaining_benefit),
    "shapley": Key(_needs_coalitions, _by_shapley),
    "nucleolus": Key(_needs_nucleolus, _by_nucleolus),
}
"""The keys by name: a new one is a function that says what it needs and one that divides."""
