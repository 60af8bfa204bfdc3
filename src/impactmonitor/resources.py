"""Where the data folders are: in the installed package, or in the checkout beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

DataFolder = Literal["indicators", "templates", "examples"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: DataFolder) -> Path:
    """The folder of data files with this name.

    An installed package holds the folder inside itself; a checkout (also one that is installed
    for editing) holds it beside ``src``.

    Raises
    ------
    FileNotFoundError
        If neither place has it, which means a broken installation.

    Examples
    --------
    >>> folder("indicators").name
    'indicators'
    """
    for place in (_PACKAGE / name, _PACKAGE.parents[1] / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the data folder {name!r} is missing from this installation")
