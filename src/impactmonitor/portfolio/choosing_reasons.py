"""Why a candidate was not chosen, and why a floor cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from impactmonitor.portfolio.choosing_among import (
    OTHER,
    Candidates,
    Wish,
    furthest,
    programme_of,
)
from impactmonitor.portfolio.choosing_programme import Limit, at_least, exact
from impactmonitor.portfolio.choosing_solver import FEW_SETS, Best, best_set
from impactmonitor.portfolio.chosen import Block, NotChosen, Unreachable


def not_chosen(candidates: Candidates, wish: Wish, best: Best) -> dict[str, NotChosen]:
    """What stands in the way of every candidate that is not in the chosen set.

    Parameters
    ----------
    candidates : Candidates
    wish : Wish
    best : Best
        The chosen set.

    Returns
    -------
    dict of str to NotChosen
        In the order of the alphabet.

    Examples
    --------
    >>> from impactmonitor.portfolio.choosing_among import best_choice
    >>> found, wish = Candidates({"a": 60, "b": 50}, {"a": 90, "b": 40}), Wish(100)
    >>> why = not_chosen(found, wish, best_choice(found, wish))["b"]
    >>> why.blocks, why.lost
    ((Block(kind='budget', names=(), short=10.0),), 50.0)
    """
    return {
        name: NotChosen(
            tuple(_blocks(candidates, wish, best.chosen, name)),
            _lost(candidates, wish, best, name),
        )
        for name in sorted(set(candidates.amounts) - set(best.chosen))
    }


def _lost(candidates: Candidates, wish: Wish, best: Best, name: str) -> float | None:
    """What it costs of the goal to have a candidate all the same."""
    had = at_least(f"{name} is chosen", {name: 1}, 1)
    other = best_set(programme_of(candidates, wish, [had]), most_sets=FEW_SETS)
    return None if other is None else float(max(best.reached[0] - other.reached[0], Fraction(0)))


def _blocks(
    candidates: Candidates, wish: Wish, chosen: Sequence[str], name: str
) -> Iterator[Block]:
    """What a set that also has a candidate does not keep to."""
    more = [*chosen, name]
    over = candidates.spent(more) - exact(wish.budget)
    if over > 0:
        yield Block("budget", short=float(over))
    if wish.floor is not None:
        under = exact(wish.floor) - candidates.total(OTHER[wish.maximise], more)
        if under > 0:
            yield Block("floor", short=float(under))
    others: dict[str, set[str]] = {"needs": set(), "excludes": set()}
    for limit, passed in _passed(candidates, more):
        if limit.kind in others:
            others[limit.kind] |= limit.uses.keys() - {name}
        elif limit.kind == "theme":
            yield Block("theme", (limit.name,), float(passed))
        else:
            yield Block("return", short=float(passed / candidates.spent(more)))
    if others["needs"]:
        yield Block("needs", tuple(sorted(others["needs"])))
    if others["excludes"]:
        yield Block("excludes", tuple(sorted(others["excludes"])))


def _passed(candidates: Candidates, chosen: Sequence[str]) -> Iterator[tuple[Limit, Fraction]]:
    """The limits that a set does not keep to, and by how much."""
    for limit in candidates.limits:
        used = sum((exact(limit.uses.get(one, 0)) for one in chosen), Fraction(0))
        if used > exact(limit.highest):
            yield limit, used - exact(limit.highest)


def unreachable(candidates: Candidates, wish: Wish) -> Unreachable | None:
    """How far a floor is out of reach, and which other limit keeps it there.

    Parameters
    ----------
    candidates : Candidates
        That keep to all limits but the floor when nothing is chosen.
    wish : Wish
        With a floor that no set reaches.

    Returns
    -------
    Unreachable or None
        None where there is no floor.

    Examples
    --------
    >>> found = Candidates({"a": 5, "b": 4}, {"a": 7, "b": 1}, {"a": 300, "b": 200})
    >>> unreachable(found, Wish(5, floor=450))
    Unreachable(furthest=300.0, short=150.0, without={'budget': 500.0})
    """
    most = furthest(candidates, wish)
    if wish.floor is None or most is None:
        return None
    without = dict[str, float]()
    for name, eased, easier in _eased(candidates, wish):
        found = furthest(eased, easier)
        if found is not None and found > most:
            without[name] = float(found)
    return Unreachable(float(most), float(exact(wish.floor) - most), without)


def _eased(candidates: Candidates, wish: Wish) -> Iterator[tuple[str, Candidates, Wish]]:
    """The same question without one of the limits, by its name."""
    everything = candidates.spent(candidates.amounts)
    yield "budget", candidates, replace(wish, budget=max(everything, exact(wish.budget)))
    links = ("needs", "excludes")
    for limit in candidates.limits:
        if limit.kind not in links:
            kept = tuple(one for one in candidates.limits if one is not limit)
            name = limit.name if limit.kind != "theme" else f"themes.{limit.name}"
            yield name, replace(candidates, limits=kept), wish
    free = tuple(one for one in candidates.limits if one.kind not in links)
    if len(free) < len(candidates.limits):
        yield "needs-and-excludes", replace(candidates, limits=free), wish
