"""Read a file with a joint cost or a pot of claims, with everything that is wrong in it at once."""

from __future__ import annotations

from pathlib import Path

from impactmonitor.intake.files import bytes_of, is_file
from impactmonitor.intake.reading import READERS
from impactmonitor.model.game import Game, game_of
from impactmonitor.model.validation import shown
from impactmonitor.plain import Document
from impactmonitor.problems import InvalidInput, NotFound, Problem, listed


def load_game(path: Path | str) -> Game:
    """Load what is to be divided from a YAML or JSON file.

    Parameters
    ----------
    path : Path or str
        A file that ends in .yaml, .yml or .json.

    Returns
    -------
    CoalitionGame, TotalsGame or ClaimsGame
        Of the right form, with every name in it known.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        With every error found, each with its path and its line.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if not is_file(path):
        raise NotFound(Problem("file-not-found", params={"file": path.name}))
    if ending not in READERS:
        params: dict[str, object] = {"ending": ending, "known": ", ".join(READERS)}
        raise InvalidInput([Problem("game-file-kind", params=params)])
    return read_game(bytes_of(path), ending)


def read_game(data: bytes, ending: str) -> Game:
    """Read the bytes of such a file.

    Raises
    ------
    InvalidInput
        As ``load_game`` does.

    Examples
    --------
    >>> read_game(b"{pot: 100, claims: {bank: 80, friend: 40}}", ".yaml").pot
    100.0
    """
    document: Document = READERS[ending](data)
    tree, refused = document.tree, document.problems
    if not isinstance(tree, dict):
        absent = "file-empty" if tree is None else "not-a-mapping"
        raise InvalidInput(refused or [Problem(absent, params={"value": shown(tree)})])
    game, problems = game_of(tree)
    places = {p.path for p in refused}
    found = listed([*refused, *(p for p in problems if p.path not in places)])
    if found or game is None:
        raise InvalidInput([document.located(p) for p in found])
    return game
