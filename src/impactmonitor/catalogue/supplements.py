"""Parts of the catalogue that stand in a folder of their own, and are read when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from impactmonitor.catalogue.kinds import Layout
from impactmonitor.catalogue.layers import entries_of, layered, shipped_layer
from impactmonitor.catalogue.reading import Contents
from impactmonitor.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Supplement(Generic[T]):
    """One such part: what is shipped of it, and a user's own over it.

    Attributes
    ----------
    folder : str
        Its name in the catalogue and in each folder of a user.
    layout : Layout
        What its files may hold.
    collected : callable
        Makes the result of its entries by id, each section under its own name, and of
        ``overrides``, a warning for each entry of a user that replaces another one.
    check : callable
        Finds every reference that leads nowhere in the whole, given the folders of the user.

    Examples
    --------
    >>> from impactmonitor.model.cards import EffectCard
    >>> layout = Layout(kinds={"effect-cards": ("cards",)}, entries={"cards": EffectCard})
    >>> supplement = Supplement("effects", layout, dict, lambda contents, folders: [])
    >>> supplement.load()["cards"]["EC-FALL-EX-MEDCARE"].unit
    'treated fall'
    """

    folder: str
    layout: Layout
    collected: Callable[..., T]
    check: Callable[[Contents, Sequence[Path | str]], Iterable[Problem]]

    def load(self, *folders: Path | str) -> T:
        """What is shipped, with that of a user's own folders added to it.

        Parameters
        ----------
        *folders : Path or str
            Folders that add to the catalogue. Later folders go before earlier ones.

        Returns
        -------
        T
            As ``collected`` makes it; without folders always the same object.

        Raises
        ------
        NotFound
            If a folder does not exist.
        InvalidInput
            With everything that does not fit, each with file, path and line.
        """
        if not folders:
            return self._shipped
        contents, overrides = layered(
            self.shipped_contents,
            folders,
            self.layout,
            self.folder,
            lambda merged: self.check(merged, folders),
        )
        return self._of(contents, overrides)

    @cached_property
    def shipped_contents(self) -> Contents:
        """What is shipped; whether it fits together is tested, and not looked at on every start."""
        return shipped_layer(self.folder, self.layout)

    @cached_property
    def _shipped(self) -> T:
        return self._of(self.shipped_contents, [])

    def _of(self, contents: Contents, overrides: Sequence[Problem]) -> T:
        sections = {section: entries_of(contents, section) for section in self.layout.entries}
        return self.collected(overrides=tuple(overrides), **sections)
