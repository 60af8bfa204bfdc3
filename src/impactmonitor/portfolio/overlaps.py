"""Overlaps across cases: lines that may count the same value for the same people.

Two projects of one fund may both claim the same fewer falls in the same town. That is never put
right silently: it is named, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two lines of different cases that may count the same value.

    Attributes
    ----------
    indicator : str
        That both name.
    actor_kind : str
        To which both fall.
    place : str
        What both name: the area of the case, or else a region of the holding.
    first_year, last_year : int
        In which both count something.
    first, second : tuple of str
        Holding, case and line.
    """

    indicator: str
    actor_kind: str
    place: str
    first_year: int
    last_year: int
    first: tuple[str, str, str]
    second: tuple[str, str, str]


def overlap_warnings(found: Iterable[Overlap]) -> Iterator[Problem]:
    """One warning for each indicator and place, which names every line that has to do with it.

    Parameters
    ----------
    found : iterable of Overlap
        From ``overlaps``.
    """
    groups: dict[tuple[str, str], list[Overlap]] = {}
    for one in found:
        groups.setdefault((one.indicator, one.place), []).append(one)
    for (indicator, place), several in groups.items():
        lines = dict.fromkeys(line for one in several for line in (one.first, one.second))
        params: dict[str, object] = {
            "lines": ", ".join(f"{case} ({line})" for _, case, line in sorted(lines)),
            "indicator": indicator,
            "kinds": ", ".join(sorted({one.actor_kind for one in several})),
            "place": place,
            "first_year": min(one.first_year for one in several),
            "last_year": max(one.last_year for one in several),
        }
        path = f"holdings.{min(lines)[0]}"
        yield Problem("possible-overlap", path, params, severity="warning")


@dataclass(frozen=True, slots=True)
class Counted:
    """A case of a portfolio, and where it is.

    Attributes
    ----------
    holding : str
        One of those that hold it.
    evaluation : Evaluation
    regions : frozenset of str
        Of all its holdings.
    """

    holding: str
    evaluation: Evaluation
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Benefit:
    place: str
    kind: str
    indicator: str
    years: frozenset[int]
    of: tuple[str, str, str]


def overlaps(cases: Iterable[Counted]) -> tuple[Overlap, ...]:
    """Lines of different cases with one indicator, one kind of bearer, one place and one year.

    Parameters
    ----------
    cases : iterable of Counted
        Every case once.

    Returns
    -------
    tuple of Overlap
        In the order of the names.
    """
    groups: dict[tuple[str, str], list[_Benefit]] = {}
    for one in sorted(cases, key=lambda one: one.holding):
        for benefit in _benefits(one):
            groups.setdefault((benefit.indicator, benefit.kind), []).append(benefit)
    found: dict[tuple[object, ...], Overlap] = {}
    for (indicator, kind), several in sorted(groups.items()):
        for a, b in combinations(several, 2):
            years = a.years & b.years
            is_same_place = a.place.casefold() == b.place.casefold()
            if a.of[1] != b.of[1] and is_same_place and years:
                key = (indicator, kind, a.of, b.of)
                found.setdefault(
                    key,
                    Overlap(indicator, kind, a.place, min(years), max(years), a.of, b.of),
                )
    return tuple(found.values())


def _benefits(one: Counted) -> Iterator[_Benefit]:
    evaluation = one.evaluation
    case = evaluation.case
    places = _places(one)
    quantities = {line.id: line.quantity for line in evaluation.line_results()}
    for name, effect in case.effects.items():
        if effect.indicator is None:
            continue
        years = _years(quantities.get(name))
        kinds = {case.actors[actor].kind for actor in _bearers(evaluation, name)}
        for place in places:
            for kind in sorted(kinds):
                yield _Benefit(place, kind, effect.indicator, years, (one.holding, case.id, name))


def _places(one: Counted) -> list[str]:
    """The area of the case, in both languages, before the regions of its holdings."""
    about = one.evaluation.case.about
    area = about.area if about is not None else None
    named = [in_language(area, language).strip() for language in LANGUAGES]
    places = {name.casefold(): name for name in (*named, *sorted(one.regions)) if name}
    return list(places.values())


def _bearers(evaluation: Evaluation, name: str) -> Iterable[str]:
    return evaluation.appraised.resolved.effects[name].falls_to


def _years(quantity: Mapping[int, float] | None) -> frozenset[int]:
    return frozenset(year for year, x in (quantity or {}).items() if x)
