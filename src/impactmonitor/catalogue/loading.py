"""The shipped catalogue, and what a user's own folders add to it or change in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from impactmonitor.catalogue.checks import check
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.folders import read_folder
from impactmonitor.catalogue.kinds import SECTIONS
from impactmonitor.catalogue.reading import Contents
from impactmonitor.model.entries import IndexSeries
from impactmonitor.model.record import FrozenDict
from impactmonitor.plain import read_yaml
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.resources import folder

EDITION_FILE = "catalogue.yaml"


def load_catalogue(*folders: Path | str) -> Catalogue:
    """The shipped catalogue, with the entries of a user's own folders added to it.

    Parameters
    ----------
    *folders : Path or str
        Folders with YAML files of any kind of the catalogue, in any number and under any name.
        Later folders go before earlier ones; an entry with the id of another one replaces it as
        a whole, which is reported in ``Catalogue.overrides``.

    Returns
    -------
    Catalogue
        Without folders always the same object.

    Raises
    ------
    NotFound
        If a folder does not exist.
    InvalidInput
        With everything that is wrong in the folders, each with file, path and line.

    Examples
    --------
    >>> value, edition = load_catalogue().value("gp-consult")
    >>> edition.value, edition.currency, edition.price_year
    (30.87, 'EUR', 2022)
    """
    if not folders:
        return _shipped_catalogue()
    paths = [Path(f) for f in folders]
    names = [path.resolve().name or "root" for path in paths]
    prefixes = [f"{name}/" if len(paths) > 1 else "" for name in names]
    own = [read_folder(path, prefix) for path, prefix in zip(paths, prefixes, strict=True)]
    layers = [_shipped_contents(), *own]
    merged, overrides = _merge(layers)
    problems = [p for layer in own for p in layer.problems] + check(merged, layers)
    if problems:
        raise InvalidInput(problems)
    added = [layer.edition.edition if layer.edition else name
             for layer, name in zip(own, names, strict=True)]  # fmt: skip
    return _catalogue(merged, "+".join([shipped_edition(), *added]), overrides)


@cache
def shipped_edition() -> str:
    """The name of the shipped catalogue, without reading the rest of it.

    Examples
    --------
    >>> shipped_edition()
    '2026.11'
    """
    tree = read_yaml((folder("indicators") / EDITION_FILE).read_bytes()).tree
    return str(tree["edition"])


@cache
def _shipped_contents() -> Contents:
    """What is shipped; its references are checked by the tests and not again on every start."""
    contents = read_folder(folder("indicators"))
    if contents.problems:
        raise InvalidInput(contents.problems)
    return contents


@cache
def _shipped_catalogue() -> Catalogue:
    return _catalogue(_shipped_contents(), shipped_edition(), [])


def _merge(layers: Sequence[Contents]) -> tuple[Contents, list[Problem]]:
    """All layers in one, later ones before earlier ones, and what was replaced."""
    merged = Contents()
    overrides: list[Problem] = []
    for layer in layers:
        merged.broken |= layer.broken
        for section in SECTIONS:
            for key, found in layer.sections[section].items():
                replaced = merged.sections[section].pop(key, None)
                merged.sections[section][key] = found
                if replaced is not None:
                    params = {"id": key, "file": found.file, "replaced": replaced.file}
                    path = f"{section}.{key}"
                    overrides.append(Problem("catalogue-override", path, params, "warning"))
    return merged, [*overrides, *_replaced_indices(merged)]


def _replaced_indices(merged: Contents) -> Iterator[Problem]:
    """Price indices that another one of the same currency, added later, puts aside."""
    holding: dict[str, str] = {}
    for key, found in merged.sections["indices"].items():
        if isinstance(found.entry, IndexSeries):
            currency = found.entry.currency
            if currency in holding:
                params = {"id": key, "file": found.file, "replaced": holding[currency]}
                params["currency"] = currency
                yield Problem("catalogue-index-replaced", f"indices.{key}", params, "warning")
            holding[currency] = key


def _catalogue(contents: Contents, edition: str, overrides: Sequence[Problem]) -> Catalogue:
    return Catalogue(edition=edition, overrides=tuple(overrides), **dict(_entries(contents)))


def _entries(contents: Contents) -> Iterator[tuple[str, FrozenDict[str, Any]]]:
    for section in SECTIONS:
        entries = contents.sections[section].items()
        yield section, FrozenDict({key: found.entry for key, found in entries})
