"""Layers: what is shipped, and over it what a user's own folders hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from impactmonitor.catalogue.folders import read_folder
from impactmonitor.catalogue.kinds import CATALOGUE, Layout
from impactmonitor.catalogue.reading import Contents
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import NotFound, Problem


def name_of(folder: Path) -> str:
    """The name by which a folder is known in editions and places."""
    return folder.resolve().name or "root"


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
    paths = [Path(folder) for folder in folders]
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
