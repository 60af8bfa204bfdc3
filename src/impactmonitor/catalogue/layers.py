"""Layers: what is shipped, and over it what a user's own folders hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from impactmonitor.catalogue.folders import read_folder
from impactmonitor.catalogue.kinds import CATALOGUE, Layout
from impactmonitor.catalogue.reading import Contents
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, NotFound, Problem
from impactmonitor.resources import folder


def name_of(path: Path) -> str:
    """The name by which a folder is known in editions and places."""
    return path.resolve().name or "root"


def read_layers(
    folders: Iterable[Path | str], layout: Layout = CATALOGUE, below: str = ""
) -> list[Contents]:
    """What each of a user's own folders holds.

    Parameters
    ----------
    folders : iterable of Path or str
        The lowest layer first. Where there are several, places start with the name of the folder.
    layout : Layout
        What the files may hold.
    below : str
        Name of the one folder in each of them that is read; a folder without it holds nothing.

    Returns
    -------
    list of Contents
        One for each folder, with the problems in its files.

    Raises
    ------
    NotFound
        ``catalogue-folder-missing`` if one of the folders does not exist.
    """
    paths = [Path(one) for one in folders]
    layers = []
    for path in paths:
        prefix = f"{name_of(path)}/" if len(paths) > 1 else ""
        if not below or (path / below).is_dir():
            inner = f"{prefix}{below}/" if below else prefix
            layers.append(read_folder(path / below, inner, layout))
        elif path.is_dir():
            layers.append(Contents())
        else:
            raise NotFound(Problem("catalogue-folder-missing", params={"folder": str(path)}))
    return layers


def shipped_layer(below: str, layout: Layout) -> Contents:
    """What is shipped in a folder of the catalogue.

    Whether it fits together is tested, and not looked at on every start.

    Raises
    ------
    InvalidInput
        With what is wrong in the files themselves.
    """
    contents = read_folder(folder("indicators") / below, f"{below}/", layout)
    if contents.problems:
        raise InvalidInput(contents.problems)
    return contents


def layered(
    shipped: Contents,
    folders: Iterable[Path | str],
    layout: Layout,
    below: str,
    check: Callable[[Contents], Iterable[Problem]],
) -> tuple[Contents, list[Problem]]:
    """What is shipped with a user's own folders over it, checked as a whole.

    Parameters
    ----------
    shipped : Contents
        The lowest layer.
    folders, layout, below
        As for ``read_layers``.
    check : callable
        Finds every reference in the whole that leads nowhere.

    Returns
    -------
    tuple of Contents and list of Problem
        As for ``merge``.

    Raises
    ------
    NotFound
        If a folder does not exist.
    InvalidInput
        With everything that does not fit, each with file, path and line.
    """
    own = read_layers(folders, layout, below)
    merged, overrides = merge([shipped, *own], layout)
    problems = [problem for layer in own for problem in layer.problems]
    try:
        problems += check(merged)
    except InvalidInput as invalid:  # references into a catalogue that cannot be read say nothing
        problems += invalid.problems
    if problems:
        raise InvalidInput(problems)
    return merged, overrides


def merge(layers: Sequence[Contents], layout: Layout = CATALOGUE) -> tuple[Contents, list[Problem]]:
    """All layers in one, later ones before earlier ones, and what was replaced.

    Parameters
    ----------
    layers : sequence of Contents
        The lowest one first; they stay as they are.
    layout : Layout
        Its sections are merged, in its order.

    Returns
    -------
    tuple of Contents and list of Problem
        Everything without the problems of the layers, and a warning for each entry that replaces
        one of a lower layer as a whole.
    """
    merged = Contents()
    overrides: list[Problem] = []
    for layer in layers:
        merged.broken |= layer.broken
        for section in layout.entries:
            for key, found in layer.sections[section].items():
                replaced = merged.sections[section].pop(key, None)
                merged.sections[section][key] = found
                if replaced is not None:
                    params = {"id": key, "file": found.file, "replaced": replaced.file}
                    path = f"{section}.{key}"
                    overrides.append(Problem("catalogue-override", path, params, "warning"))
    return merged, overrides


def entries_of(contents: Contents, section: str) -> FrozenDict[str, Any]:
    """The entries of a section by id, without their places."""
    found = contents.sections[section].items()
    return FrozenDict({key: each.entry for key, each in found})
