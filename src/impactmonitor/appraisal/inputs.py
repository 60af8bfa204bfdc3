"""The inputs of a program: every uncertain number once, however many places use it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array, Index
from impactmonitor.catalogue.resolved import Resolved
from impactmonitor.model.case import Case
from impactmonitor.model.figures import Figure, figures, parameter_ranges
from impactmonitor.model.numbers import Distribution, ParameterReference, Range
from impactmonitor.problems import Problem, nearest
from impactmonitor.sampling.moments import moments

NOTEWORTHY_LOSS = 1e-9


class Input(NamedTuple):
    """One uncertain number.

    Attributes
    ----------
    path : str
        Where it is defined: a place in the case, ``parameters.ID`` or ``values.ID``.
    distribution : Distribution
        As it was written.
    allowed : Range
        What all places that use it take together.
    expected, mode : float
        Point estimate and most likely value within the range.
    lost : float
        Probability mass outside the range.
    """

    path: str
    distribution: Distribution
    allowed: Range
    expected: float
    mode: float
    lost: float


@dataclass(slots=True)
class InputRegister:
    """Gives every number a slot: an uncertain one by its path, a certain one by its value.

    Attributes
    ----------
    case : Case
        In which the numbers stand.
    inputs : list of Input
        The uncertain numbers.
    points : list of float
        The point estimate in each slot.
    problems : list of Problem
        What was cut off.
    """

    case: Case
    inputs: list[Input] = field(default_factory=list)
    points: list[float] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _uncertain: dict[str, int] = field(default_factory=dict)
    _certain: dict[float, int] = field(default_factory=dict)
    _parameter_ranges: dict[str, Range] | None = None

    def constant(self, value: float) -> int:
        """The slot of a certain number."""
        slot = self._certain.get(value)
        if slot is None:
            slot = self._certain[value] = len(self.points)
            self.points.append(value)
        return slot

    def slot(self, path: str, figure: Figure, allowed: Range) -> int:
        """The slot of a number of the case.

        Parameters
        ----------
        path : str
            Where the number stands.
        figure : float, Distribution or ParameterReference
            As it was written.
        allowed : Range
            What this place takes; a parameter takes what all its places take.
        """
        if isinstance(figure, float):
            return self.constant(figure)
        if isinstance(figure, ParameterReference):
            name = figure.parameter
            own = self.case.parameters[name].value
            return self.slot(f"parameters.{name}", own, self._parameter_range(name))
        slot = self._uncertain.setdefault(path, len(self.points))
        if slot == len(self.points):
            found = self._input(path, figure, allowed)
            self.inputs.append(found)
            self.points.append(found.expected)
        return slot

    def _parameter_range(self, name: str) -> Range:
        """What all places that use a parameter take; looked for once a place asks for it."""
        if self._parameter_ranges is None:
            self._parameter_ranges = parameter_ranges(self.case)
        return self._parameter_ranges[name]

    def _input(self, path: str, figure: Distribution, allowed: Range) -> Input:
        found = moments(figure, allowed)
        if not math.isfinite(found.expected):
            params = {"range": str(allowed)}
            self.problems.append(Problem("no-mass-in-range", path, params))
        elif found.lost > NOTEWORTHY_LOSS:
            params = {"percent": f"{100 * found.lost:.3g}", "range": str(allowed)}
            self.problems.append(Problem("truncated", path, params, severity="warning"))
        return Input(path, figure, allowed, found.expected, found.mode, found.lost)

    def input_slots(self) -> Index:
        """The slots of the uncertain numbers, in their order."""
        return np.array(list(self._uncertain.values()), dtype=np.intp)

    def constant_slots(self) -> Index:
        """The slots of the certain numbers."""
        return np.array(list(self._certain.values()), dtype=np.intp)

    def constants(self) -> Array:
        """The certain numbers in the order of their slots."""
        return np.array(list(self._certain), dtype=float)

    def value(self, slot: int) -> float:
        """The point estimate in a slot."""
        return self.points[slot]


def correlation_problems(resolved: Resolved, inputs: Sequence[Input]) -> list[Problem]:
    """Correlations of places that do not exist, or that hold no uncertain number.

    Parameters
    ----------
    resolved : Resolved
        The case itself, not a variant of it: a variant may well make a number certain.
    inputs : sequence of Input
        Its uncertain numbers.
    """
    case = resolved.case
    if not case.correlations:
        return []
    places = [place.path for place in figures(case)]
    places += [f"parameters.{name}" for name in case.parameters]
    places += [found.unit_value_path for found in resolved.effects.values()]
    uncertain = {entry.path for entry in inputs}
    found = []
    for i, pair in enumerate(case.correlations):
        for j, path in enumerate(pair[:2]):
            here = f"correlations.{i}.{j}"
            if path not in places:
                params = {"path": path, "nearest": nearest(path, places)}
                found.append(Problem("unknown-path", here, params))
            elif path not in uncertain:
                found.append(
                    Problem("correlation-without-effect", here, {"id": path}, severity="warning")
                )
    return found
