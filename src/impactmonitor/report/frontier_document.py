"""The one maker of the JSON object about a frontier of options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from impactmonitor.proposals.frontier import PlacedOption
from impactmonitor.version import __version__


def frontier_document(options: Sequence[PlacedOption]) -> dict[str, Any]:
    """A frontier as one object of plain values.

    Parameters
    ----------
    options : sequence of PlacedOption
        In their order.

    Returns
    -------
    dict
        As ``impactmonitor frontier FILE --json`` prints it; numbers are not rounded.
        ``compared_with`` and ``equal_to`` name other options by option.

    Examples
    --------
    >>> from impactmonitor.intake.options_csv import Option
    >>> from impactmonitor.proposals.frontier import frontier_of
    >>> found = frontier_document(frontier_of([Option("a", 0, 0), Option("b", 100, 5)]))
    >>> found["options"][1]
    {'option': 'b', 'cost': 100.0, 'effect': 5.0, 'status': 'frontier', 'icer': 20.0}
    >>> found["compared_with"]
    {'b': 'a'}
    """
    return {
        "engine": __version__,
        "options": [
            {
                "option": one.option,
                "cost": one.cost,
                "effect": one.effect,
                "status": one.status,
                "icer": one.icer,
            }
            for one in options
        ],
        "compared_with": {o.option: o.compared_with for o in options if o.compared_with},
        "equal_to": {o.option: o.equal_to for o in options if o.equal_to},
    }
