"""What a reader of a portfolio should know besides: harms, what went wrong, risks, data quality."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from impactmonitor.model.record import Text
from impactmonitor.portfolio.indicator_totals import IndicatorTotal
from impactmonitor.report.calibration_screen import calibration_headline
from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.report.tables import new_table, numeric


def doubt_parts(told: PortfolioWords) -> Iterator[RenderableType]:
    """Indicators against their targets, and everything that did not go well or is not sure.

    Parameters
    ----------
    told : PortfolioWords
    """
    measured = [one for one in told.report.result.indicators.values() if one.measured or one.hidden]
    if measured:
        yield from (_indicators(told, measured), Line(""))
    if told.report.harms:
        yield from (_harms(told), Line(""))
    yield from _went_wrong(told)
    yield from _listed(told, "risks", [of_period(told, "risks")])
    yield from _quality(told)
    yield from _listed(
        told, "calibration", [calibration_headline(told.report.calibration.overall, told.language)]
    )


def of_period(told: PortfolioWords, name: str) -> str:
    """What the fund wrote about the period itself: ``went_wrong`` or ``risks``."""
    result = told.report.result
    said: Text | None = getattr(result.portfolio.about, name).get(result.period)
    return told.read(said)


def _listed(told: PortfolioWords, key: str, said: list[str]) -> Iterator[RenderableType]:
    known = [text for text in said if text]
    if not known:
        return
    yield Line(told.text(f"{key}.title"), style="bold")
    for text in known:
        yield Padding(Line(text), (0, 0, 0, 2))
    yield Line("")


def _indicators(told: PortfolioWords, found: list[IndicatorTotal]) -> Table:
    table = new_table(told.text("indicators.title", period=told.report.result.period))
    table.add_column(told.text("indicators.indicator"), overflow="fold", min_width=16)
    table.add_column(told.text("indicators.unit"), overflow="fold")
    heads = ("value", "compared", "target", "holdings")
    numeric(table, *(told.text(f"indicators.{head}") for head in heads))
    for one in found:
        is_ratio = one.measure == "ratio"
        show = told.percent if is_ratio else told.number
        value = told.text("hidden") if one.hidden else show(one.value)
        figures = (show(x) for x in (one.compared, one.target))
        count = str(len(one.measured) + len(one.hidden))
        table.add_row(told.read(one.title) or one.id, told.unit(one.unit), value, *figures, count)
    table.caption = told.text("indicators.caption")
    return table


def _harms(told: PortfolioWords) -> Table:
    period = told.report.result.period
    table = new_table(told.text("harms.title", period=period, currency=told.currency))
    table.add_column(told.text("holding"), overflow="fold", min_width=14)
    table.add_column(told.text("harms.line"), overflow="fold", min_width=14)
    numeric(table, *(told.text(f"harms.{head}") for head in ("period", "plan", "lifetime")))
    table.add_column(told.text("harms.rests_on"), overflow="fold")
    for one in told.report.harms:
        table.add_row(
            told.holding(one.holding), told.line(one.holding, one.line),
            *map(told.amount, (one.period, one.plan, one.lifetime)),
            told.text("measured" if one.is_measured else "planned"),
        )  # fmt: skip
    return table


def _went_wrong(told: PortfolioWords) -> Iterator[RenderableType]:
    said = [of_period(told, "went_wrong"), *setbacks_said(told)]
    yield from _listed(told, "went_wrong", said)


def setbacks_said(told: PortfolioWords) -> list[str]:
    """Which holdings stayed below plan, and what their people wrote about it."""
    below = [
        told.text(
            "went_wrong.below",
            name=told.holding(one.holding),
            realised=told.money(one.realised),
            planned=told.money(one.planned),
        )
        for one in told.report.shortfalls
    ]
    lessons = [
        told.text(
            "went_wrong.lesson",
            name=told.holding(one.holding),
            reported=told.read(one.went_wrong),
            learned=told.read(one.learned),
        )
        for one in told.report.lessons
    ]
    return below + lessons


def _quality(told: PortfolioWords) -> Iterator[RenderableType]:
    quality = told.report.quality
    said = [
        told.text("quality.measured", share=told.percent(quality.measured_share)),
        told.text("quality.confirmed", share=told.percent(quality.confirmed_share)),
    ]
    if quality.evidence:
        grades = ", ".join(
            f"{told.evidence(grade)} {told.percent(share)}"
            for grade, share in quality.evidence.items()
        )
        said.append(told.text("quality.evidence", grades=grades))
    if quality.unmeasured:
        names = ", ".join(map(told.holding, quality.unmeasured))
        said.append(told.text("quality.unmeasured", count=len(quality.unmeasured), names=names))
    yield from _listed(told, "quality", said)
