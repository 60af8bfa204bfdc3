"""A catalogue in which some values count as something else, for one variant of a case."""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.entries import Value
from impactmonitor.model.numbers import Distribution
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem, nearest


def with_values(catalogue: Catalogue, values: Mapping[str, float | Distribution]) -> Catalogue:
    """The catalogue with other figures for some of its values.

    Parameters
    ----------
    catalogue : Catalogue
        Stays as it is.
    values : Mapping[str, float or Distribution]
        New figures by id (or id and edition), in the currency and price year of that edition.

    Raises
    ------
    InvalidInput
        ``unknown-value`` for ids that the catalogue does not have.

    Examples
    --------
    >>> from impactmonitor.catalogue.loading import load_catalogue
    >>> changed = with_values(load_catalogue(), {"gp-consult": 40.0})
    >>> changed.value("gp-consult")[1].value
    40.0
    """
    if not values:
        return catalogue
    changed: dict[str, Value] = dict(catalogue.values)
    problems = []
    for name, figure in values.items():
        found = catalogue.value(name)
        if found is None:
            params = {"id": name, "nearest": nearest(name, catalogue.values)}
            problems.append(Problem("unknown-value", f"values.{name}", params))
            continue
        value, edition = found
        editions = tuple(
            e.model_copy(update={"value": figure}) if e.edition == edition.edition else e
            for e in changed[value.id].editions
        )
        changed[value.id] = value.model_copy(update={"editions": editions})
    if problems:
        raise InvalidInput(problems)
    return catalogue.with_values(FrozenDict(changed))
