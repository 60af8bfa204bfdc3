"""The catalogue of an organisation: what is shipped, with what it added itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.cards import load_cards
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.problems import InvalidInput, Problem

NAME = re.compile(r"(?:(?:frameworks|effects)/)?[a-z0-9][a-z0-9-]{0,59}\.yaml\Z")
FOLDER = "own"


@contextmanager
def folder_of(files: Mapping[str, str]) -> Iterator[Path]:
    """A folder with these files, for as long as it is needed.

    Raises
    ------
    InvalidInput
        ``addition-name`` for each name that is none of a file of the catalogue.
    """
    odd = [name for name in files if not NAME.match(name)]
    if odd:
        raise InvalidInput([Problem("addition-name", "files", {"name": name}) for name in odd])
    with TemporaryDirectory(prefix="impactmonitor-") as place:
        folder = Path(place) / FOLDER
        folder.mkdir()
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        yield folder


def catalogue_with(files: Mapping[str, str]) -> Catalogue:
    """The shipped catalogue with these files over it, its frameworks and effect cards too.

    Raises
    ------
    InvalidInput
        With everything that is wrong in the files.

    Examples
    --------
    >>> catalogue_with({}) is load_catalogue()
    True
    """
    if not files:
        return load_catalogue()
    with folder_of(files) as folder:
        catalogue = _loaded(folder)
        catalogue.read_whole()  # the folder is gone when a case asks for its frameworks or cards
        return catalogue


def _loaded(folder: Path) -> Catalogue:
    """The catalogue with a folder over it, once nothing is wrong in any part of that."""
    problems: list[Problem] = []
    for load in (load_catalogue, load_frameworks, load_cards):
        try:
            load(folder)
        except InvalidInput as invalid:
            # frameworks and cards that lean on a broken catalogue tell of that too
            problems += [found for found in invalid.problems if found not in problems]
    if problems:
        raise InvalidInput(problems)
    return load_catalogue(folder)


def files_from(text: str) -> dict[str, str]:
    """The files as they are kept."""
    found: dict[str, str] = json.loads(text)
    return found
