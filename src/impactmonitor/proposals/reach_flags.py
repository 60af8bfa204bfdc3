"""Questions about numbers of people: more than there are, or more than are reached."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.model.lines import UNKNOWN, Effect
from impactmonitor.model.numbers import ParameterReference
from impactmonitor.proposals.checked import Amount, Flag
from impactmonitor.proposals.judged import Judged
from impactmonitor.proposals.reached import (
    PEOPLE_UNITS,
    YEARS_OF_PEOPLE,
    Reach,
    counted_unit,
    place_of_quantity,
    reached_unit,
    started,
    unit_of,
)

POPULATION_NAMES = ("population", "target-group", "inhabitants", "residents", "doelgroep",
                    "populatie", "inwoners", "bewoners")  # fmt: skip
"""What a factor is called that is the size of a group."""

SHARE_NAMES = ("uptake", "participation", "reach", "response", "adherence", "deelname", "bereik",
               "opkomst", "respons")  # fmt: skip
"""What a factor is called that says which part of a group takes part."""

ROUNDING = 1e-6


def reach_above_population(judged: Judged) -> Iterator[Flag]:
    """More people have the effect at one moment than the population of the case has.

    Each different number of people is asked about once, at the effect that lasts longest.
    """
    about = judged.evaluation.case.about
    population = None if about is None else about.population
    if population:
        found = [*judged.reaches, *_years_of_people(judged)]
        for reach in _different(found):
            if reach.at_once > population * (1 + ROUNDING):
                compared = (Amount(population, unit=reach.unit),)
                given = Amount(reach.at_once, unit=reach.unit)
                yield Flag(_ABOVE, reach.path, given, compared, reach.effect)
    yield from _above_own_factor(judged)


_ABOVE = "reach-above-population"


def _different(found: list[Reach]) -> list[Reach]:
    longest: dict[tuple[object, ...], Reach] = {}
    for reach in sorted(found, key=lambda one: -one.lasts):
        longest.setdefault(tuple(sorted(reach.by_year.items())), reach)
    return list(longest.values())


def _years_of_people(judged: Judged) -> Iterator[Reach]:
    """Effects in years of people, of which a person has one a year: as many people at once."""
    evaluation, catalogue = judged.evaluation, judged.catalogue
    for name, effect in evaluation.case.effects.items():
        unit = counted_unit(evaluation, catalogue, name, YEARS_OF_PEOPLE)
        if unit is not None and effect.quantity != UNKNOWN:
            by = judged.points.product(f"effects.{name}.factors", effect.factors)
            begun = started(evaluation, judged.points, name)
            by_year = {year: amount * by for year, amount in begun.items()}
            yield Reach(name, place_of_quantity(name, effect), unit, by_year, effect.lasts)


def _above_own_factor(judged: Judged) -> Iterator[Flag]:
    """More than the whole of a group takes part, where the group is one of the factors."""
    evaluation = judged.evaluation
    for name, effect in evaluation.case.effects.items():
        group = _group_of(judged, name, effect)
        if group is None or effect.quantity == UNKNOWN:
            continue
        path = f"effects.{name}.factors"
        size = judged.points.of(f"{path}.{group}", effect.factors[group])
        shares = {key: effect.factors[key] for key in effect.factors if _is_named(key, SHARE_NAMES)}
        most = max(started(evaluation, judged.points, name).values(), default=0.0)
        reached = most * size * judged.points.product(path, shares)
        if reached > size * (1 + ROUNDING):
            yield Flag(_ABOVE, f"{path}.{group}", Amount(reached), (Amount(size),), name)


def _group_of(judged: Judged, name: str, effect: Effect) -> str | None:
    """The factor that is the size of a group, by its name or by the unit of its parameter."""
    case = judged.evaluation.case
    for key, figure in effect.factors.items():
        if _is_named(key, POPULATION_NAMES):
            return key
        if isinstance(figure, ParameterReference):
            unit = case.parameters[figure.parameter].unit
            if unit is not None and unit_of(judged.catalogue, unit) in PEOPLE_UNITS:
                return key
    return None


def _is_named(key: str, names: tuple[str, ...]) -> bool:
    words = key.casefold().replace("_", "-")
    return any(name in words for name in names)


def more_helped_than_reached(judged: Judged) -> Iterator[Flag]:
    """An effect on more people than those who are reached for it."""
    evaluation, catalogue = judged.evaluation, judged.catalogue
    for name, effect in evaluation.case.effects.items():
        unit = None if effect.quantity == UNKNOWN else reached_unit(evaluation, catalogue, name)
        if unit is None or counted_unit(evaluation, catalogue, name) != unit:
            continue
        by = judged.points.product(f"effects.{name}.factors", effect.factors)
        if by > 1 + ROUNDING:
            reached = max(started(evaluation, judged.points, name).values(), default=0.0)
            given, compared = Amount(reached * by, unit=unit), (Amount(reached, unit=unit),)
            yield Flag("more-helped-than-reached", f"effects.{name}.factors", given, compared, name)


def shares_above_one(judged: Judged) -> Iterator[Flag]:
    """A share that is more than the whole: perhaps a percentage that was not divided by 100."""
    for name, parameter in judged.evaluation.case.parameters.items():
        if parameter.unit is None or unit_of(judged.catalogue, parameter.unit) != "share":
            continue
        value = judged.points.of(f"parameters.{name}.value", parameter.value)
        if value > 1 + ROUNDING:
            path = f"parameters.{name}.value"
            names = {"parameter": name}
            yield Flag("share-above-one", path, Amount(value), (Amount(1.0),), names=names)
