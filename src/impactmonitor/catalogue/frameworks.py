"""Frameworks and their scales: what is asked about a project beside euros.

They are read when somebody asks for them, and not with the rest of the catalogue: a case without
scores never needs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.framework_checks import check_frameworks
from impactmonitor.catalogue.kinds import Layout
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.reading import Contents
from impactmonitor.catalogue.supplements import Supplement
from impactmonitor.model.frameworks import Framework, FrameworkIndicator, Level, Scale, scores_of
from impactmonitor.model.lines import Domain
from impactmonitor.problems import NotFound, Problem, nearest

FOLDER = "frameworks"
LAYOUT = Layout(
    kinds={FOLDER: ("scales", "frameworks")},
    entries={"scales": Scale, "frameworks": Framework},
)
"""What a file of the kind ``frameworks`` holds."""


@dataclass(frozen=True, eq=False)
class Frameworks:
    """All frameworks and scales by id; read-only.

    Attributes
    ----------
    frameworks, scales : Mapping
        By id, in the order of the files.
    overrides : tuple of Problem
        A warning for every entry of a user's folder that replaces another one.
    """

    frameworks: Mapping[str, Framework]
    scales: Mapping[str, Scale]
    overrides: tuple[Problem, ...] = ()

    def named(self, name: str) -> Framework:
        """The framework with an id.

        Raises
        ------
        NotFound
            ``unknown-framework``.
        """
        found = self.frameworks.get(name)
        if found is None:
            params = {"id": name, "nearest": nearest(name, self.frameworks)}
            raise NotFound(Problem("unknown-framework", params=params))
        return found

    def levels_of(self, indicator: FrameworkIndicator) -> tuple[Level, ...]:
        """The levels to choose from, the lowest first; none for a quantitative indicator."""
        if indicator.levels is not None:
            return indicator.levels
        return self.scales[indicator.scale].levels if indicator.scale is not None else ()

    def scores_of(self, indicator: FrameworkIndicator) -> tuple[float, ...]:
        """What each level counts for, from 0 to 1; nothing for a quantitative indicator."""
        return scores_of(self.levels_of(indicator))

    def indicator(self, path: str) -> tuple[Framework, FrameworkIndicator] | None:
        """An indicator and its framework by ``framework.indicator``; None if there is none."""
        name, _, inner = path.partition(".")
        framework = self.frameworks.get(name)
        found = framework.indicators.get(inner) if framework is not None else None
        return (framework, found) if framework is not None and found is not None else None


_SUPPLEMENT = Supplement(
    FOLDER,
    LAYOUT,
    Frameworks,
    lambda merged, folders: check_frameworks(merged, load_catalogue(*folders)),
)


def load_frameworks(*folders: Path | str) -> Frameworks:
    """The shipped frameworks and scales, with those of a user's own folders added to them.

    Parameters
    ----------
    *folders : Path or str
        Folders that add to the catalogue. Their frameworks stand in a folder ``frameworks`` in
        it, in files of the kind ``frameworks``. Later folders go before earlier ones; a framework
        or scale with the id of another one replaces it as a whole, which is reported in
        ``Frameworks.overrides``.

    Returns
    -------
    Frameworks
        Without folders always the same object.

    Raises
    ------
    NotFound
        If a folder does not exist.
    InvalidInput
        With everything that does not fit, each with file, path and line.

    Examples
    --------
    >>> load_frameworks() is load_frameworks()
    True
    """
    return _SUPPLEMENT.load(*folders)


def shipped_contents() -> Contents:
    """What is shipped; whether it fits together is tested, and not looked at on every start."""
    return _SUPPLEMENT.shipped_contents


def unit_of(indicator: FrameworkIndicator, catalogue: Catalogue) -> str | None:
    """The unit of a framework's indicator: its own, or that of the catalogue's indicator.

    Returns
    -------
    str or None
        None for a level.
    """
    found = catalogue.indicators.get(indicator.indicator or "")
    return indicator.unit or (found.unit if found is not None else None)


def domain_of(indicator: FrameworkIndicator, catalogue: Catalogue) -> Domain | None:
    """The domain of a framework's indicator: its own, or that of the catalogue's indicator."""
    found = catalogue.indicators.get(indicator.indicator or "")
    return indicator.domain or (found.domain if found is not None else None)
