"""Options that are worth considering for what they cost: names put to the frontier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from impactmonitor.intake.options_csv import Option
from impactmonitor.uncertainty.cost_effectiveness import incremental_cost_effectiveness

Status = Literal["frontier", "extended-dominated", "dominated"]
_STATUS: dict[str, Status] = {
    "frontier": "frontier",
    "extendedly-dominated": "extended-dominated",
    "dominated": "dominated",
}


@dataclass(frozen=True, slots=True)
class PlacedOption:
    """An option among the others.

    Attributes
    ----------
    option : str
        Its name.
    cost, effect : float
        As they were given.
    status : {"frontier", "extended-dominated", "dominated"}
        On the frontier; or two others, mixed, do as much for less; or another one costs no more
        and does no less.
    icer : float or None
        Cost of each extra unit of effect when going over from the option before it on the
        frontier; None for the first one and for what is not on the frontier.
    compared_with : str or None
        That option.
    equal_to : str or None
        The first option with exactly the same cost and effect, where there is one before.
    """

    option: str
    cost: float
    effect: float
    status: Status
    icer: float | None
    compared_with: str | None
    equal_to: str | None


def frontier_of(options: Sequence[Option]) -> tuple[PlacedOption, ...]:
    """Options in order: the frontier by cost, then extended-dominated, then dominated ones by cost.

    Parameters
    ----------
    options : sequence of Option
        At least one; names differ.

    Returns
    -------
    tuple of PlacedOption

    Examples
    --------
    >>> options = [Option("none", 0, 0), Option("some", 90, 4), Option("all", 100, 10)]
    >>> [(one.option, one.status, one.icer) for one in frontier_of(options)]
    [('none', 'frontier', None), ('all', 'frontier', 10.0), ('some', 'extended-dominated', None)]
    """
    found = incremental_cost_effectiveness(
        [one.cost for one in options], [one.effect for one in options]
    )
    names = [one.name for one in options]
    return tuple(
        PlacedOption(
            names[one.option],
            one.cost,
            one.effect,
            _STATUS[one.status],
            one.ratio,
            None if one.compared_with is None else names[one.compared_with],
            None if one.equal_to is None else names[one.equal_to],
        )
        for one in found
    )
