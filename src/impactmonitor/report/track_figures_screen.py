"""The figures of plan against result on screen: lines, indicators, categories, lessons."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.record import in_language
from impactmonitor.report.followed import Followed, Shown
from impactmonitor.report.tables import new_table, numeric
from impactmonitor.report.track_words import TrackWords

MOST_FIGURES = 24
"""Yearly figures of lines that are listed; of more, the last ones."""
COLOURS = {"met": "green", "on_track": "green", "near": "yellow", "behind": "red", "not_met": "red"}


def lines_table(told: TrackWords) -> Table:
    """What was measured of each line, and where the plan stands in its place."""
    shown = told.shown
    table = new_table(told.text("lines.title"))
    table.add_column(told.text("lines.line"), overflow="fold", min_width=16)
    table.add_column(told.text("lines.year"), no_wrap=True)
    numeric(table, *(told.text(f"lines.{head}") for head in ("planned", "measured", "share")))
    last = sorted(shown.figures, key=lambda one: one.year)[-MOST_FIGURES:]
    listed = [one for one in shown.figures if one in last]
    for one in listed:
        is_hidden = (one.line, one.field, one.year) in shown.hidden_figures
        absent = told.text("hidden" if is_hidden else "lines.absent")
        measured = absent if one.measured is None else told.number(one.measured)
        share = told.share(one.measured, one.planned)
        title = told.line(one.line, one.field)
        table.add_row(title, str(one.year), told.number(one.planned), measured, share)
    rest = len(shown.figures) - len(listed)
    if rest:
        table.caption = told.text("lines.more", count=rest)
    return table


def indicators_table(told: TrackWords) -> Table:
    """Progress period by period, and towards the end target."""
    table = new_table(told.text("indicators.title"))
    table.add_column(told.text("indicators.indicator"), overflow="fold", min_width=14)
    table.add_column(told.text("indicators.period"), overflow="fold", min_width=7)
    for head in ("target", "measured"):
        table.add_column(told.text(f"indicators.{head}"), justify="right", overflow="fold")
    numeric(table, told.text("indicators.progress"))
    table.add_column(told.text("indicators.light"), overflow="fold", min_width=10)
    for one in told.shown.indicators.values():
        rows = [(shown.period, shown) for shown in one.periods]
        if one.end.target is not None:
            rows.append((told.text("indicators.end", period=one.end.period), one.end))
        for i, (period, shown) in enumerate(rows):
            title = told.indicator(one) if i == 0 else ""
            table.add_row(title, period, *_progress(told, one, shown))
        table.add_section()
    limits = monitoring_of(told.shown.tracked.plan.case).thresholds
    on_track, near = told.words.percent(limits.on_track), told.words.percent(limits.near)
    table.caption = told.text("indicators.caption", on_track=on_track, near=near)
    return table


def _progress(told: TrackWords, one: Followed, shown: Shown) -> list[str | Text]:
    is_ratio = one.indicator.measure == "ratio"
    colour = "" if shown.is_suppressed else COLOURS.get(shown.progress.light, "")
    light = Text(told.light(shown), style=colour)
    target = told.aim(shown.target, is_ratio)
    return [target, told.figure(shown, is_ratio), told.progress(shown), light]


def categories_table(told: TrackWords) -> Table:
    """What was measured of each category."""
    table = new_table(told.text("categories.title"))
    table.add_column(told.text("indicators.indicator"), overflow="fold", min_width=14)
    table.add_column(told.text("categories.category"), overflow="fold", min_width=10)
    table.add_column(told.text("indicators.period"), overflow="fold")
    table.add_column(told.text("indicators.measured"), justify="right", overflow="fold")
    for one in told.shown.indicators.values():
        title = told.indicator(one)
        for name, few in one.categories.items():
            for shown in few:
                measured = told.figure(shown, one.indicator.measure == "ratio")
                table.add_row(title, told.category(name), shown.period, measured)
                title = ""
        if one.categories:
            table.add_section()
    return table


def reasons_list(told: TrackWords) -> Iterator[RenderableType]:
    """Why totals are not the sum of their parts."""
    for one in told.shown.indicators.values():
        for period, reason in one.reasons:
            said = in_language(reason, told.language)
            title = told.indicator(one)
            yield Padding(
                Text(told.text("indicators.differs", indicator=title, period=period, text=said)),
                (0, 0, 1, 0),
            )


def lessons_list(told: TrackWords) -> Iterator[RenderableType]:
    """What did not go well and what was learned; and of which years that is still to be said."""
    shown = told.shown
    if not shown.lessons and not shown.unanswered:
        return
    yield Text(told.text("lessons.title"), style="bold")
    for period, lesson in shown.lessons.items():
        yield Padding(Text(period, style="bold"), (0, 0, 0, 2))
        for name in ("went_wrong", "learned"):
            said = in_language(getattr(lesson, name), told.language)
            yield Padding(Text(f"{told.text(f'lessons.{name}')}: {said}"), (0, 0, 0, 4))
    if shown.unanswered:
        yield Padding(Text(f"! {missing_lessons(told)}"), (0, 0, 0, 2))
    yield Text("")


def missing_lessons(told: TrackWords) -> str:
    """That questions still have to be answered, and how."""
    years = told.shown.unanswered
    return told.text("lessons.missing", years=", ".join(years), first=years[0])
