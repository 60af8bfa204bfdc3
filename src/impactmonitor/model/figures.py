"""Every figure of a case that may be uncertain or shared: where it stands and what it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from impactmonitor.model.case import Case
from impactmonitor.model.legs import Leg
from impactmonitor.model.numbers import Distribution, ParameterReference, Range
from impactmonitor.model.record import Record

Figure = float | Distribution | ParameterReference


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of a case.

    Attributes
    ----------
    path : str
        Where it stands, for example ``effects.fewer-falls.factors.uptake``.
    figure : float, Distribution or ParameterReference
        The number as it was written.
    allowed : Range
        The values that this place takes.
    """

    path: str
    figure: Figure
    allowed: Range


@cache
def ranges(model: type[Record]) -> dict[str, Range]:
    """The fields of a record that hold figures, with the range of each.

    Examples
    --------
    >>> from impactmonitor.model.lines import Cost
    >>> str(ranges(Cost)["amount"])
    '>= 0'
    """
    return {
        name: allowed
        for name, info in model.model_fields.items()
        for allowed in info.metadata
        if isinstance(allowed, Range)
    }


def figures(case: Case) -> Iterator[Place]:
    """All figures of a case in the order of the document, parameters' own values excepted."""
    for path, record in _records(case):
        for name, allowed in ranges(type(record)).items():
            value = getattr(record, name)
            if isinstance(value, Figure):
                yield Place(f"{path}{name}", value, allowed)
            elif isinstance(value, dict):
                for key, figure in value.items():
                    yield Place(f"{path}{name}.{key}", figure, allowed)


def _records(case: Case) -> Iterator[tuple[str, Record]]:
    """Every record that may hold figures, with what stands before the names of its fields.

    The amounts of the legs of instruments are worked out, not given.
    """
    if case.discount is not None:
        yield "discount.", case.discount
    for kind in ("costs", "effects", "transfers", "overlaps"):
        for name, record in getattr(case, kind).items():
            if not isinstance(record, Leg):
                yield f"{kind}.{name}.", record
    if case.excess_burden is not None:
        yield "excess_burden.", case.excess_burden
    yield "", case


def parameter_ranges(case: Case) -> dict[str, Range]:
    """The range of each parameter: what all the places that use it allow."""
    found: dict[str, Range] = {name: Range() for name in case.parameters}
    for place in figures(case) if found else ():
        if isinstance(place.figure, ParameterReference):
            name = place.figure.parameter
            found[name] = found.get(name, Range()).intersect(place.allowed)
    return found
