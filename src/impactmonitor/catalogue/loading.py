"""The shipped catalogue, and what a user's own folders add to it or change in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from impactmonitor.catalogue.checks import check
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.folders import read_folder
from impactmonitor.catalogue.kinds import SECTIONS
from impactmonitor.catalogue.layers import entries_of, merge, name_of, read_layers
from impactmonitor.catalogue.reading import Contents
from impactmonitor.model.entries import IndexSeries
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
    own = read_layers(paths)
    layers = [_shipped_contents(), *own]
    merged, replaced = merge(layers)
    overrides = [*replaced, *_replaced_indices(merged)]
    problems = [p for layer in own for p in layer.problems] + check(merged, layers)
    if problems:
        raise InvalidInput(problems)
    added = [layer.edition.edition if layer.edition else name_of(path)
             for layer, path in zip(own, paths, strict=True)]  # fmt: skip
    edition = "+".join([shipped_edition(), *added])
    return _catalogue(merged, edition, overrides, tuple(paths))


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


def _catalogue(
    contents: Contents, edition: str, overrides: Sequence[Problem], folders: tuple[Path, ...] = ()
) -> Catalogue:
    sections = {section: entries_of(contents, section) for section in SECTIONS}
    return Catalogue(edition=edition, overrides=tuple(overrides), folders=folders, **sections)
