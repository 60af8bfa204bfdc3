"""Every figure of a case that may be uncertain or shared: where it stands and what it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from impactmonitor.model.case import Case
from impactmonitor.model.legs import Leg
from impactmonitor.model.numbers import ANY, Distribution, ParameterReference, Range
from impactmonitor.model.record import Record

Figure = float | Distribution | ParameterReference
_FORMS = (Distribution, ParameterReference)


class Place(NamedTuple):
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
        yield from _of_record(path, record, ranges(type(record)))


def given_figures(case: Case) -> Iterator[Place]:
    """The figures that a case gives, in the order of the document: without defaults.

    Nobody has to look at a default to know that it is in its range and names no parameter.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ... })
    >>> [place.path for place in given_figures(case)]
    ['costs.work.amount']
    >>> [place.path for place in figures(case)]
    ['costs.work.growth', 'costs.work.amount', 'costs.work.optimism_bias']
    """
    for path, record in _records(case):
        given = record.model_fields_set
        allowed = ranges(type(record))
        yield from _of_record(
            path, record, {name: allowed[name] for name in allowed if name in given}
        )


def _of_record(path: str, record: Record, allowed: Mapping[str, Range]) -> Iterator[Place]:
    for name, here in allowed.items():
        value = getattr(record, name)
        if isinstance(value, float) or isinstance(value, _FORMS):  # noqa: SIM101  most are floats
            yield Place(f"{path}{name}", value, here)
        elif isinstance(value, dict):
            for key, figure in value.items():
                yield Place(f"{path}{name}.{key}", figure, here)


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
    found: dict[str, Range] = dict.fromkeys(case.parameters, ANY)
    for place in given_figures(case) if found else ():
        if isinstance(place.figure, ParameterReference):
            name = place.figure.parameter
            so_far = found.get(name, ANY)
            if so_far is ANY:
                found[name] = place.allowed
            elif so_far is not place.allowed:  # one and the same is most often used again
                found[name] = so_far.intersect(place.allowed)
    return found
