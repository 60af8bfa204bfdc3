"""A catalogue in which values with a published range are uncertain within that range."""

from __future__ import annotations

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.entries import Edition
from impactmonitor.model.numbers import Pert
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import Problem


def with_value_ranges(catalogue: Catalogue) -> Catalogue:
    """The catalogue with a distribution for every value that has a published low and high.

    Sources seldom say how sure a range is. It is taken as the lowest and the highest value there
    can be, with the published value as the most likely one (PERT): a choice of ours. The point
    estimate stays the published value.

    Parameters
    ----------
    catalogue : Catalogue
        Stays as it is.

    Returns
    -------
    Catalogue
        With a warning ``value-ranges-used`` that says how many values it concerns.

    Examples
    --------
    >>> from impactmonitor.catalogue.loading import load_catalogue
    >>> changed = with_value_ranges(load_catalogue())
    >>> [problem.code for problem in changed.overrides]
    ['value-ranges-used']
    """
    changed, count = {}, 0
    for name, value in catalogue.values.items():
        editions = tuple(_ranged(edition) for edition in value.editions)
        count += sum(new is not old for new, old in zip(editions, value.editions, strict=True))
        changed[name] = value.model_copy(update={"editions": editions})
    told = Problem("value-ranges-used", "values", {"count": count}, severity="warning")
    return catalogue.with_values(FrozenDict(changed), [told])


def _ranged(edition: Edition) -> Edition:
    """An edition with its range as a distribution; the same one where it has no such range."""
    low, value, high = edition.low, edition.value, edition.high
    if low is None or high is None or not isinstance(value, float) or not low <= value <= high:
        return edition
    if low == high:
        return edition
    uncertain = Pert(pert=(low, value, high), central=value)
    return edition.model_copy(update={"value": uncertain})
