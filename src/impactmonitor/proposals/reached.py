"""How many people, households or homes a case reaches, as its own effects say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.card_choice import choice_of
from impactmonitor.model.figures import Figure
from impactmonitor.model.lines import UNKNOWN, Effect
from impactmonitor.model.numbers import ParameterReference
from impactmonitor.model.prefilled import PrefilledEffect
from impactmonitor.proposals.point_values import PointValues

REACHED = "reached"
"""What those count who take part, whatever becomes of them."""

PEOPLE_UNITS = ("person", "household", "dwelling")
"""Units that count those who are reached, of the catalogue."""

YEARS_OF_PEOPLE = ("person year", "household year", "benefit year", "working year", "school year")
"""Units of which nobody can have more than one in a year."""

PHYSICAL = frozenset({"energy", "mass", "area", "volume", "length", "greenhouse-gas"})
PHYSICAL_UNITS = frozenset({"m3 natural gas", "dwelling", "tree"})
"""What does not wear off the way behaviour does: insulation stays where it is."""

AT_HOME = frozenset({"energy-poverty", "housing"})
"""Themes of effect cards that are applied to households."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Those who start in each year with one effect.

    Attributes
    ----------
    effect, path : str
        Of which effect, and where the number stands.
    unit : str
        Of the catalogue.
    by_year : Mapping[int, float]
        Starting in each year of the horizon, point estimates.
    lasts : int
        Years that the effect goes on for those who start.
    counts : str or None
        ``reached`` for those who take part; the indicator for those with whom an effect is seen,
        who are another kind; None where such an effect names no indicator.
    """

    effect: str
    path: str
    unit: str
    by_year: Mapping[int, float]
    lasts: int
    counts: str | None = None

    @property
    def total(self) -> float:
        """All who start within the horizon."""
        return sum(self.by_year.values())

    @property
    def at_once(self) -> float:
        """The most who have the effect in one year: all who started in the years that it lasts.

        What wears off in the meantime makes the effect of each of them smaller, not their number.
        """
        years = self.by_year
        return max(
            (sum(years.get(year - k, 0.0) for k in range(self.lasts)) for year in years),
            default=0.0,
        )


def reaches(evaluation: Evaluation, catalogue: Catalogue, points: PointValues) -> list[Reach]:
    """Everybody who is reached by each effect that says so.

    Parameters
    ----------
    evaluation : Evaluation
        Of the case.
    catalogue : Catalogue
        Gives the units, and which indicators count people.
    points : PointValues
        Of the same result.

    Returns
    -------
    list of Reach
        One per effect: those whom an effect card is applied to; those of a quantity that is a
        parameter in persons, households or dwellings; else the quantity times its factors of an
        effect that is counted in such units; else a quantity without a unit that is multiplied by
        factors, of an effect among people: most likely people, and its unit is empty.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case, load_catalogue
    >>> from impactmonitor.resources import folder
    >>> result = evaluate(load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml"))
    >>> for reach in reaches(result, load_catalogue(), PointValues(result)):
    ...     print(reach.effect, reach.unit, reach.total, reach.at_once)
    treated-falls person 1200.0 800.0
    """
    return list(_reaches(evaluation, catalogue, points))


def _reaches(evaluation: Evaluation, catalogue: Catalogue, points: PointValues) -> Iterator[Reach]:
    case = evaluation.case
    for name, effect in case.effects.items():
        if effect.quantity == UNKNOWN:
            continue
        unit = reached_unit(evaluation, catalogue, name)
        by_factors, counts = 1.0, REACHED if unit is not None else effect.indicator
        if unit is None:
            unit = counted_unit(evaluation, catalogue, name)
            by_factors = points.product(f"effects.{name}.factors", effect.factors)
        if unit is None and _is_likely_people(evaluation, catalogue, name):
            unit, by_factors, counts = "", 1.0, None
        if unit is not None:
            begun = started(evaluation, points, name)
            by_year = {year: amount * by_factors for year, amount in begun.items()}
            path = place_of_quantity(name, effect)
            yield Reach(name, path, unit, by_year, effect.lasts, counts)


def _is_likely_people(evaluation: Evaluation, catalogue: Catalogue, name: str) -> bool:
    """Whether a quantity has no unit of its own and becomes one of the effect by its factors."""
    case = evaluation.case
    effect, quantity = case.effects[name], case.effects[name].quantity
    is_named = (
        isinstance(quantity, ParameterReference)
        and case.parameters[quantity.parameter].unit is not None
    )
    return (
        bool(effect.factors)
        and not is_named
        and not is_physical(catalogue, evaluation.appraised.resolved.effects[name].unit)
    )


def is_physical(catalogue: Catalogue, name: str) -> bool:
    """Whether a unit counts things and no people: energy, mass, an area, a tree."""
    unit = catalogue.unit(name)
    return unit is not None and (unit.dimension in PHYSICAL or unit.id in PHYSICAL_UNITS)


def place_of_quantity(name: str, effect: Effect) -> str:
    """Where the applicant wrote how many: beside a card, or as the quantity."""
    is_card = isinstance(effect, PrefilledEffect) and effect.filling("quantity") is not None
    return f"effects.{name}.{'card.reach' if is_card else 'quantity'}"


def reached_unit(evaluation: Evaluation, catalogue: Catalogue, name: str) -> str | None:
    """The unit of a quantity that counts those reached; None where it counts something else."""
    case = evaluation.case
    effect = case.effects[name]
    quantity = effect.quantity
    if isinstance(quantity, ParameterReference):
        unit = case.parameters[quantity.parameter].unit
        found = None if unit is None else unit_of(catalogue, unit)
        if found in PEOPLE_UNITS:
            return found
    if isinstance(effect, PrefilledEffect) and effect.used is not None:
        filling = effect.filling("quantity")
        if filling is not None and effect.card is not None and choice_of(effect.card).reach:
            return "household" if AT_HOME & set(effect.used.themes) else "person"
    return None


def unit_of(catalogue: Catalogue, name: str) -> str | None:
    """The id of a unit, under whatever name; None for one that the catalogue does not know."""
    found = catalogue.unit(name)
    return None if found is None else found.id


def counted_unit(
    evaluation: Evaluation, catalogue: Catalogue, name: str, units: tuple[str, ...] = PEOPLE_UNITS
) -> str | None:
    """The unit of an effect where that counts people; None where it counts something else."""
    found = unit_of(catalogue, evaluation.appraised.resolved.effects[name].unit)
    return found if found in units else None


def started(evaluation: Evaluation, points: PointValues, name: str) -> dict[int, float]:
    """What begins in each year of the horizon, before any factor."""
    case = evaluation.case
    effect = case.effects[name]
    years = range(case.base_year, case.base_year + case.horizon)
    path, quantity = f"effects.{name}.quantity", effect.quantity
    if isinstance(quantity, dict):
        given: Mapping[int, Figure] = quantity
        return {
            int(year): points.of(f"{path}.{year}", figure)
            for year, figure in given.items()
            if int(year) in years
        }
    assert not isinstance(quantity, str)
    first = effect.first_year or case.base_year
    amount = points.of(path, quantity)
    growth = 1.0 + points.of(f"effects.{name}.growth", effect.growth)
    span = range(first, first + effect.years)
    return {year: amount * growth ** (year - first) for year in span if year in years}
