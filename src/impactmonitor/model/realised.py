"""Realised lines: lines of which what was measured stands in the place of what was expected.

A case is written with its plan only. When it is tracked, its lines become these; they are worked
out, never written, as the legs of instruments are.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from impactmonitor.model.lines import Cost, Effect, Transfer
from impactmonitor.model.record import FrozenDict, Map, PlainText, Record, Year

SHARES_OFF = ("deadweight", "displacement", "attribution_to_others")
"""What is taken off an effect and can be measured for what started in one year."""


class Rebased(Record):
    """What of an effect is still to start, taken again from what was measured.

    Attributes
    ----------
    after : int
        The last calendar year that was measured; what starts later is rebased.
    scale : float
        By what quantity x factors is multiplied; 0 or more.
    kept_spread : float
        What is left of the distance between a draw and the point estimate, 0..1.
    """

    after: Year
    scale: Annotated[float, Field(ge=0)] = 1.0
    kept_spread: Annotated[float, Field(ge=0, le=1)] = 1.0


class RealisedCost(Cost):
    """A cost with measured amounts by year, in its own price level and currency.

    A measured amount is what was really paid: an optimism bias is not added to it.
    """

    realised: Map[Year, float] = Field(default_factory=FrozenDict)


class RealisedTransfer(Transfer):
    """A transfer with measured amounts by year, in its own price level and currency."""

    realised: Map[Year, float] = Field(default_factory=FrozenDict)


class RealisedEffect(Effect):
    """An effect with what was measured of it.

    Attributes
    ----------
    realised : Mapping[int, float]
        Measured quantity x factors of what started in a year; the factors of the effect are not
        multiplied into it. An optimism bias is: it is also about what a unit is worth.
    realised_shares : Mapping[int, Mapping[str, float]]
        Measured shares that are taken off what started in a year, by the name of the field, in
        all years that it goes on.
    realised_unit_value : Mapping[int, float]
        Measured money per unit in a calendar year, whenever what goes on then has started; in the
        price level and currency of the effect's own unit value. It has no real price change.
    rebased : Rebased or None
        How what is still to start is taken again from what was measured.
    """

    realised: Map[Year, float] = Field(default_factory=FrozenDict)
    realised_shares: Map[Year, Map[PlainText, float]] = Field(default_factory=FrozenDict)
    realised_unit_value: Map[Year, float] = Field(default_factory=FrozenDict)
    rebased: Rebased | None = None
