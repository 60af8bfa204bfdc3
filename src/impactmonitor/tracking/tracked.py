"""Plan against result: frozen, and with everything that it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.evaluation import Evaluation
from impactmonitor.measuring.yearly import IncompleteYear
from impactmonitor.model.case import Case
from impactmonitor.problems import Problem
from impactmonitor.tracking.bridging import BridgeStep
from impactmonitor.tracking.measured_case import Learned
from impactmonitor.tracking.parts import Part, Parts


@dataclass(frozen=True, slots=True)
class YearFigure:
    """What was planned and what was measured of one number of a line in one year.

    Attributes
    ----------
    line, field : str
        For example ``effects.fewer-falls`` and ``quantity``.
    year : int
        Calendar year; of a quantity and of a share the one in which it starts.
    planned, measured : float or None
        In the unit of the line, money in its own price level and currency; a quantity with its
        factors in it. ``measured`` is None where the year was not measured completely: the plan
        then stands in its place. ``planned`` is None for an effect that has no unit value.
    """

    line: str
    field: str
    year: int
    planned: float | None
    measured: float | None


@dataclass(frozen=True)
class Tracked:
    """A case against its own plan.

    Attributes
    ----------
    plan, result : Evaluation
        The case as it was planned, and as it was measured; where that was asked for with the
        forecast of the rest taken again.
    as_of : str
        The period up to which is looked.
    last_year : int
        The last calendar year that is complete by then.
    is_reforecast : bool
        Whether the rest was forecast again.
    learned : Learned
        By how much; nothing where it was not asked for.
    plan_parts, parts : Parts
        The plan and the result, each taken apart in what is realised, expected from what has
        started, and still planned.
    bridge : tuple of BridgeStep
        From the realised part of the plan to that of the result.
    figures : tuple of YearFigure
        What it rests on: everything that was measured, and what was planned up to the last year
        and not measured.
    warnings : tuple of Problem
        About the plan, about what was measured, and about the forecast.
    incomplete : tuple of IncompleteYear
        Years of which a part was not reported; they do not count.
    """

    plan: Evaluation
    result: Evaluation
    as_of: str
    last_year: int
    is_reforecast: bool
    learned: Learned
    plan_parts: Parts
    parts: Parts
    bridge: tuple[BridgeStep, ...]
    figures: tuple[YearFigure, ...]
    warnings: tuple[Problem, ...]
    incomplete: tuple[IncompleteYear, ...] = ()

    @property
    def case(self) -> Case:
        """The case as it was measured, which ``simulate`` takes too."""
        return self.result.case

    @property
    def realised(self) -> Part:
        """The value of the years up to and with the last one."""
        return self.parts.realised

    @property
    def expected(self) -> Part:
        """Later years of what has started."""
        return self.parts.expected

    @property
    def planned(self) -> Part:
        """What has not started."""
        return self.parts.planned

    @property
    def unmeasured(self) -> Mapping[str, tuple[int, ...]]:
        """Per line, the years in which the plan stands in the place of a measurement."""
        found: dict[str, list[int]] = {}
        for figure in self.figures:
            if figure.measured is None:
                found.setdefault(figure.line, []).append(figure.year)
        return {line: tuple(years) for line, years in found.items()}
