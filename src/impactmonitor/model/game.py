"""A joint cost to divide, or a pot with claims on it, as somebody writes it down.

Three forms: costs by coalition (``costs``), totals by player (``total``), or a pot and claims
(``pot``, ``claims``). A coalition is written as the names of its players with a plus between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from impactmonitor.model.record import FrozenDict, Map, PlainText, Record
from impactmonitor.model.validation import problems_of, shown
from impactmonitor.model.written import Several
from impactmonitor.problems import Problem, listed, nearest

PLUS = "+"
MOST = 1e15
"""Larger amounts have no cents in the arithmetic of a computer."""


def _player(value: Any) -> Any:
    """A name without blanks around it; people also number their players."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        value = value.strip()
        if not value or PLUS in value:
            raise PydanticCustomError("player-name", "", {"name": shown(value)})
    return value


Player = Annotated[PlainText, BeforeValidator(_player), StringConstraints(max_length=200)]
Amount = Annotated[float, Field(ge=-MOST, le=MOST)]
NotNegative = Annotated[float, Field(ge=0, le=MOST)]
ByName = Map[PlainText, Amount]


class _Shared(Record):
    """What every joint cost has."""

    players: Several[Player]
    benefits: Map[PlainText, NotNegative] | None = None


class CoalitionGame(_Shared):
    """A joint cost of which the cost of coalitions is known.

    Examples
    --------
    >>> game = CoalitionGame.model_validate(
    ...     {"players": ["a", "b"], "costs": {"a": 8, "b": 6, "b + a": 10}}
    ... )
    >>> players_of("b + a"), game.costs["b + a"]
    (('b', 'a'), 10.0)
    """

    costs: Annotated[ByName, Field(min_length=1)]


class TotalsGame(_Shared):
    """A joint cost of which only totals by player are known."""

    total: Amount
    stand_alone: ByName | None = None
    marginal: ByName | None = None


class ClaimsGame(Record):
    """A pot, and who claims how much of it."""

    pot: NotNegative
    claims: Annotated[Map[PlainText, NotNegative], Field(min_length=1)]


class _ListedClaims(Record):
    pot: NotNegative
    claims: Several[NotNegative]

    def named(self) -> ClaimsGame:
        """The same with numbers as names, the first one 1."""
        names = FrozenDict({str(i): claim for i, claim in enumerate(self.claims, start=1)})
        return ClaimsGame(pot=self.pot, claims=names)


Game = CoalitionGame | TotalsGame | ClaimsGame
_FORMS: dict[str, type[Record]] = {
    "pot": ClaimsGame,
    "claims": ClaimsGame,
    "costs": CoalitionGame,
    "total": TotalsGame,
    "stand_alone": TotalsGame,
    "marginal": TotalsGame,
}
"""By the first of these fields that a file has."""
_KNOWN = (*_FORMS, "players", "benefits")


def players_of(coalition: str) -> tuple[str, ...]:
    """The names in a coalition, in the order in which they were written.

    Examples
    --------
    >>> players_of(" city+health insurer ")
    ('city', 'health insurer')
    """
    return tuple(name.strip() for name in coalition.split(PLUS))


def game_of(tree: Mapping[str, Any]) -> tuple[Game | None, list[Problem]]:
    """What is divided among whom, and everything that is wrong with how it was written.

    Parameters
    ----------
    tree : Mapping
        Plain values, as a reader of files gives them.

    Returns
    -------
    game : CoalitionGame, TotalsGame, ClaimsGame or None
        None where anything is wrong.
    problems : list of Problem
    """
    form = next((form for key, form in _FORMS.items() if key in tree), None)
    if form is None:
        return None, listed(_no_form(tree))
    if form is ClaimsGame and isinstance(tree.get("claims"), list):
        form = _ListedClaims
    found: Any = None
    problems: list[Problem] = []
    try:
        found = form.model_validate(dict(tree))
    except ValidationError as error:
        problems = problems_of(error, form)
    problems = listed([*problems, *_broken_rules(tree)])
    if problems:
        return None, problems
    return (found.named() if isinstance(found, _ListedClaims) else found), []


def _no_form(tree: Mapping[str, Any]) -> Iterator[Problem]:
    """Neither a joint cost nor a pot; a misspelt field is named as such."""
    misspelt = {key: nearest(key, _KNOWN) for key in tree if key not in _KNOWN}
    for key, name in misspelt.items():
        yield Problem("unknown-key", key, {"key": shown(key), "nearest": name})
    if not any(name in _FORMS for name in misspelt.values()):
        yield Problem("game-form")


def _broken_rules(tree: Mapping[str, Any]) -> Iterator[Problem]:
    """What the names in a file have to be for each other, whatever the amounts are."""
    if "claims" in tree or "pot" in tree:
        yield from _once("claims", _keys(tree, "claims"))
        return
    names = tree.get("players")
    written = names if isinstance(names, list) else []
    players = [str(name).strip() for name in written if isinstance(name, str | int)]
    yield from _players_once(players)
    if not players:  # whoever is named is unknown then, which is no mistake of its own
        return
    yield from _coalitions(_keys(tree, "costs"), players)
    for field in ("stand_alone", "marginal", "benefits"):
        keys = _keys(tree, field)
        yield from _once(field, keys)
        for key in keys:
            if key.strip() not in players:
                yield _unknown(f"{field}.{key}", key.strip(), players)


def _keys(tree: Mapping[str, Any], field: str) -> list[str]:
    node = tree.get(field)
    return list(node) if isinstance(node, Mapping) else []


def _players_once(players: list[str]) -> Iterator[Problem]:
    for place, name in enumerate(players):
        if name in players[:place]:
            yield Problem("name-twice", f"players.{place}", {"name": shown(name)})


def _once(field: str, keys: Iterable[str]) -> Iterator[Problem]:
    """Keys that differ only by the blanks around them."""
    seen: set[str] = set()
    for key in keys:
        name = key.strip()
        if name in seen:
            yield Problem("name-twice", f"{field}.{key}", {"name": shown(name)})
        elif not name:
            yield Problem("player-name", f"{field}.{key}", {"name": ""})
        seen.add(name)


def _unknown(path: str, name: str, players: list[str]) -> Problem:
    params = {"name": shown(name), "nearest": nearest(name, players)}
    return Problem("unknown-player", path, params, premises=("players",))


def _coalitions(keys: Iterable[str], players: list[str]) -> Iterator[Problem]:
    """Coalitions of known players, each player once and each coalition once."""
    seen: dict[frozenset[str], str] = {}
    known = set(players)
    for key in keys:
        path, names = f"costs.{key}", players_of(key)
        members = frozenset(names)
        if "" in members:
            yield Problem("player-name", path, {"name": shown(key)})
            continue
        for name in dict.fromkeys(names):
            if name not in known:
                yield _unknown(path, name, players)
        if len(members) < len(names):
            yield Problem("player-twice-in-coalition", path, {"coalition": shown(key)})
        elif members in seen:
            params = {"coalition": shown(key), "other": shown(seen[members])}
            yield Problem("coalition-twice", path, params)
        seen.setdefault(members, key)
