"""What a case follows over time: its indicators, periods and categories, and what was learned.

What each field means stands in the message catalogue (``fields``), in both languages.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from impactmonitor.model.lines import Domain, Evidence
from impactmonitor.model.measurements import (
    LinePath,
    Measured,
    MeasuredField,
    OutOf,
    PeriodKey,
    PeriodName,
)
from impactmonitor.model.record import FrozenDict, Id, Map, PlainText, Record, Text, Whole
from impactmonitor.model.written import Date

Measure = Literal["stock", "flow", "cumulative", "ratio"]
Direction = Literal["increase", "decrease"]
Frequency = Literal["year", "quarter", "month"]
CumulateBy = Literal["reporter", "project"]


class IndicatorPlan(Record):
    """What a case says about an indicator that it follows; the catalogue says the rest.

    Attributes
    ----------
    direction : {"increase", "decrease"} or None
        Where the figures themselves should go: ten falls avoided is more than five.
    baseline, target : float or None
        The figure before, and the one to be reached in the end; for a flow the target is the
        total over all periods. Never the sum of the targets of periods.
    """

    title: Text | None = None
    description: Text | None = None
    unit: PlainText | None = None
    measure: Measure | None = None
    direction: Direction | None = None
    counts_people: bool | None = None
    domain: Domain | None = None
    every: Frequency | None = None
    baseline: Measured | None = None
    baseline_numerator: Measured | None = None
    baseline_denominator: OutOf | None = None
    target: Measured | None = None
    target_period: PeriodName | None = None
    source: PlainText | None = None


class OwnPeriod(Record):
    """A period that is no year, quarter or month, such as a school year."""

    title: Text | None = None
    first: Date
    last: Date


class Category(Record):
    """One of the categories of a dimension."""

    title: Text | None = None


class Dimension(Record):
    """A way in which figures are broken down: categories that together are everybody."""

    title: Text | None = None
    categories: Annotated[Map[Id, Category], Field(min_length=1)]


class Thresholds(Record):
    """From which part of the way to a target it is on track, and from which it is near."""

    on_track: Annotated[float, Field(ge=0, le=1)] = 0.9
    near: Annotated[float, Field(ge=0, le=1)] = 0.7


class Lesson(Record):
    """What went wrong in a period, and what was learned; both have to be answered."""

    went_wrong: Text
    learned: Text


class Forecast(Record):
    """What was expected of a period before it was measured, kept to be compared afterwards."""

    indicator: Id | None = None
    line: LinePath | None = None
    field: MeasuredField | None = None
    period: PeriodName
    made: Date
    mean: float
    p05: float
    p95: float
    evidence: Evidence | None = None

    @property
    def of(self) -> str:
        """What was forecast: the id of an indicator, or the path of a line."""
        return self.indicator or self.line or ""


class Monitoring(Record):
    """What is followed over time, and by which rules.

    Attributes
    ----------
    cumulate_by : {"reporter", "project"}
        Whose last figure of a cumulative indicator or a stock stands until there is a new one.
    suppress_under : int
        Numbers of people from 1 up to, and not with, this one are never exported.

    Examples
    --------
    >>> Monitoring().thresholds.on_track, Monitoring().cumulate_by
    (0.9, 'reporter')
    """

    indicators: Map[Id, IndicatorPlan] = Field(default_factory=FrozenDict)
    periods: Map[Id, OwnPeriod] = Field(default_factory=FrozenDict)
    dimensions: Map[Id, Dimension] = Field(default_factory=FrozenDict)
    cumulate_by: CumulateBy = "reporter"
    thresholds: Thresholds = Field(default_factory=Thresholds)
    suppress_under: Annotated[Whole, Field(ge=1, le=1000)] = 5
    lessons: Map[PeriodKey, Lesson] = Field(default_factory=FrozenDict)
    forecasts: Annotated[tuple[Forecast, ...], Field(strict=False)] = ()
