"""An indicator over the days of a period: the end of a year, or the mean of four quarters."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from impactmonitor.model.portfolio_templates import TemplateIndicator, Within
from impactmonitor.portfolio.template_results import DayResult, Reason, TemplateFigure
from impactmonitor.portfolio.template_rows import (
    Sureness,
    TemplateRow,
    figure_over,
    held_within,
    sureness,
)


def result_over(
    by_day: Mapping[datetime.date, Sequence[TemplateRow]],
    indicator: TemplateIndicator,
    within: Within | None = None,
) -> TemplateFigure:
    """An indicator over the rows of one day or more.

    Parameters
    ----------
    by_day : Mapping[date, sequence of TemplateRow]
        All holdings of each day.
    indicator : TemplateIndicator
        Of which the rows are.
    within : {"all", "eligible", "covered"}, optional
        By default as the indicator says.
    """
    chosen = within or indicator.within
    days = [_on_day(day, rows, indicator, chosen) for day, rows in by_day.items()]
    if any(one.value is not None for one in days):
        days = [_nothing_as_zero(one, by_day[one.day], indicator, chosen) for one in days]
    known = [one.value for one in days if one.value is not None]
    reason = None if known else _worst(days)
    sure = [sureness(rows, indicator) for rows in by_day.values()]
    counts_all = chosen == "all" and not _is_plain_sum(indicator)
    every = (row for rows in by_day.values() for row in rows)
    about = [row for row in every if counts_all or row.figure.is_eligible]
    missing = tuple(dict.fromkeys(one for row in about for one in row.missing))
    value = math.fsum(known) / len(known) if known else None
    return TemplateFigure(value, reason, tuple(days), _mean(sure), missing)


def _on_day(
    day: datetime.date, rows: Sequence[TemplateRow], indicator: TemplateIndicator, within: Within
) -> DayResult:
    if rows and all(row.amount is None for row in rows):
        return DayResult(day, None, "no-amounts")
    found = figure_over(rows, indicator, within)
    return DayResult(day, found.value, found.reason)


def _nothing_as_zero(
    one: DayResult, rows: Sequence[TemplateRow], indicator: TemplateIndicator, within: Within
) -> DayResult:
    """Where a fund holds something else on a day, its part of what it held before is 0."""
    has_unknown = any(row.amount is None and row.figure.is_eligible for row in rows)
    has_whole = _is_plain_sum(indicator) or held_within(rows, within) > 0
    if one.reason == "nothing-held" and has_whole and not has_unknown:
        return DayResult(one.day, 0.0)
    return one


def _is_plain_sum(indicator: TemplateIndicator) -> bool:
    """Whether there is no amount held in a denominator."""
    return indicator.operator == "attributed-sum" and indicator.over_unit is None


def _worst(days: Iterable[DayResult]) -> Reason:
    reasons = {one.reason for one in days}
    if "no-amounts" in reasons:
        return "no-amounts"
    return "no-data" if "no-data" in reasons else "nothing-held"


def _mean(sure: Sequence[Sureness]) -> Sureness:
    """The mean over the days on which there is something to say."""
    found: dict[str, float | None] = {}
    for field in fields(Sureness):
        known = [v for one in sure if (v := getattr(one, field.name)) is not None]
        found[field.name] = math.fsum(known) / len(known) if known else None
    return Sureness(**found)
