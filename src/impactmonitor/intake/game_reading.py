"""Read a file with a joint cost or a pot of claims, with everything that is wrong in it at once."""

from __future__ import annotations

from pathlib import Path

from impactmonitor.intake.documents import ENDINGS, READERS, mapping_in, placed
from impactmonitor.intake.files import bytes_of_kind
from impactmonitor.model.game import Game, game_of
from impactmonitor.problems import InvalidInput


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
    data = bytes_of_kind(path, READERS, "game-file-kind", known=ENDINGS)
    return read_game(data, path.suffix.lower())


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
    document = READERS[ending](data)
    game, found = game_of(mapping_in(document))
    problems = placed(document, found)
    if problems or game is None:
        raise InvalidInput(problems)
    return game
