"""The sheets of figures and words: indicators, lines, lessons, what to look at."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.record import in_language
from impactmonitor.report.followed import Followed, Shown
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.report.screen import METRIC_REASONS
from impactmonitor.report.track_figures_screen import missing_lessons
from impactmonitor.report.track_pages import TrackBook
from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE, ROW_HEIGHT, STRIPED

MOST_CHARTS = 12
CHART = (640, 260)
CHARTS_ON_A_PAGE = 2
_BASELINE, _TARGET, _VALUE, _NUMERATOR, _DENOMINATOR, _PROGRESS, _LIGHT = range(3, 10)
_PICTURED, _ZERO = (10, 11), 12


# --- indicators -----------------------------------------------------------------------------------


def indicators_page(made: TrackBook) -> None:
    """Progress period by period, with lights as words and marks, and a picture of each."""
    told, shown = made.told, made.told.shown
    title = told.text("indicators.title")
    widths = (32, 18, 12, 12, 12, 12, 12, 12, 20, 12, 12, 12)
    limits = monitoring_of(shown.tracked.plan.case).thresholds
    about = told.text("indicators.caption", on_track=told.words.percent(limits.on_track),
                      near=told.words.percent(limits.near))  # fmt: skip
    made.start("indicators", title, about, widths)
    keys = ("indicator", "period", "baseline", "target", "measured")
    heads = [told.text(f"indicators.{key}") for key in keys]
    heads += [made.text("numerator"), made.text("denominator"), told.text("indicators.progress"),
              told.text("indicators.light"), made.text("picture_target"),
              made.text("picture_measured"), made.text("picture_zero")]  # fmt: skip
    made.heads("indicators", TABLE_ROW, heads, texts=2)
    made.say(At("indicators", TABLE_ROW, _LIGHT), told.text("indicators.light"), "head")
    made.keep("indicators", columns=2)
    row, pictured = TABLE_ROW + 1, []
    for one in shown.indicators.values():
        first = row
        for shown_one in one.periods:
            _progress(made, row, one, shown_one, shown_one.period)
            row += 1
        if row > first and any(s.figure is not None for s in one.periods):
            pictured.append((one, (first, row - 1)))
        if one.end.target is not None:
            name = told.text("indicators.end", period=one.end.period)
            _progress(made, row, one, one.end, name)
            row += 1
    row = _categories(made, row + 1)
    _charts(made, row + 1, pictured[:MOST_CHARTS])


def _progress(made: TrackBook, row: int, one: Followed, shown: Shown, period: str) -> None:
    """A row of the table: what is known, and progress as a formula."""
    told, is_ratio = made.told, one.indicator.measure == "ratio"
    style = "percent" if is_ratio else "amount"
    made.say(At("indicators", row, 1), told.indicator(one))
    made.say(At("indicators", row, 2), period)
    figure = shown.figure
    known = {_BASELINE: shown.baseline, _TARGET: shown.target}
    if figure is not None:
        known[_VALUE] = figure.value
    for column, number in known.items():
        if number is not None:
            made.put(At("indicators", row, column), number, style)
    if shown.is_suppressed and figure is None:
        made.put(At("indicators", row, _VALUE), None)
    for column, part in (
        (_NUMERATOR, None if figure is None else figure.numerator),
        (_DENOMINATOR, None if figure is None else figure.denominator),
    ):
        if part is not None:
            made.put(At("indicators", row, column), part, "amount")
    base, target, value = (
        made.here("indicators", row, column) for column in (_BASELINE, _TARGET, _VALUE)
    )
    share = shown.progress.share
    if share is not None and not shown.is_suppressed:
        formula = f"({value}-{base})/({target}-{base})"
        made.work_out(At("indicators", row, _PROGRESS), formula, share, "percent")
    made.say(At("indicators", row, _LIGHT), told.light(shown), "origin")
    made.put(At("indicators", row, _ZERO), 0.0, "whole")
    for column, source, pictured in (
        (_PICTURED[0], _TARGET, shown.target),
        (_PICTURED[1], _VALUE, None if figure is None else figure.value),
    ):
        if pictured is not None:
            cell = made.here("indicators", row, source)
            drawn, times = (100 * pictured, "*100") if is_ratio else (pictured, "")
            made.work_out(At("indicators", row, column), f"{cell}{times}", drawn, "amount")


def _categories(made: TrackBook, top: int) -> int:
    """What was measured of each category; returns the first free row."""
    told = made.told
    if not any(one.categories for one in told.shown.indicators.values()):
        return top
    made.say(At("indicators", top, 1), told.text("categories.title"), "section")
    heads = [told.text("indicators.indicator"), told.text("categories.category"),
             told.text("indicators.period"), "", told.text("indicators.measured"),
             made.text("numerator"), made.text("denominator")]  # fmt: skip
    made.heads("indicators", top + 1, heads, texts=3)
    row = top + 2
    for one in told.shown.indicators.values():
        style = "percent" if one.indicator.measure == "ratio" else "amount"
        for name, few in one.categories.items():
            for shown in few:
                for column, text in enumerate(
                    (told.indicator(one), told.category(name), shown.period), 1
                ):
                    made.say(At("indicators", row, column), text)
                _measured(made, row, shown, style)
                row += 1
    return row + 1


def _measured(made: TrackBook, row: int, shown: Shown, style: str) -> None:
    figure = shown.figure
    if figure is None:
        if shown.is_suppressed:
            made.put(At("indicators", row, _VALUE), None)
        return
    for column, number in (
        (_VALUE, figure.value),
        (_NUMERATOR, figure.numerator),
        (_DENOMINATOR, figure.denominator),
    ):
        if number is not None:
            at = At("indicators", row, column)
            made.put(at, number, style if column == _VALUE else "amount")


def _charts(made: TrackBook, top: int, pictured: list[tuple[Followed, tuple[int, int]]]) -> None:
    """A picture of target and measured for each indicator, below the table."""
    told = made.told
    page = made.page("indicators")
    for i, (one, rows) in enumerate(pictured):
        names = made.column("indicators", 2, rows)
        series = [
            Series(told.text("indicators.target"), names,
                   made.column("indicators", _PICTURED[0], rows), BLUE),
            Series(told.text("indicators.measured"), names,
                   made.column("indicators", _PICTURED[1], rows), ORANGE, STRIPED),
            Series("-", names, made.column("indicators", _ZERO, rows), ""),  # bars start at zero
        ]  # fmt: skip
        is_ratio = one.indicator.measure == "ratio"
        key = "indicator_chart_percent" if is_ratio else "indicator_chart"
        row = top + i * (CHART[1] // ROW_HEIGHT + 2)
        if i % CHARTS_ON_A_PAGE == 0:
            page.breaks.append(row - 2)
        page.charts.append(Chart(
            "column", "", made.text(key, indicator=told.indicator(one)),
            made.text("indicator_chart_about"), series, (row, 1), CHART,
        ))  # fmt: skip


# --- lines ----------------------------------------------------------------------------------------


def lines_page(made: TrackBook) -> None:
    """What was planned and what was measured of every line and year."""
    told, shown = made.told, made.told.shown
    made.start("lines", told.text("lines.title"), made.text("lines_about"), (36, 24, 9, 14, 16, 10))
    keys = ("line", "year", "planned", "measured", "share")
    heads = [told.text(f"lines.{key}") for key in keys]
    made.heads("lines", TABLE_ROW, [heads[0], made.text("number"), *heads[1:]], texts=2)
    made.keep("lines")
    for row, one in enumerate(shown.figures, TABLE_ROW + 1):
        made.say(At("lines", row, 1), told.words.line(one.line.partition(".")[2]))
        usual = one.field in ("quantity", "amount")
        name = made.text(one.field) if usual else told.text(f"fields.{one.field}")
        made.say(At("lines", row, 2), name)
        made.put(At("lines", row, 3), one.year, "whole")
        if one.planned is not None:
            made.put(At("lines", row, 4), one.planned, "amount")
        if one.measured is not None:
            made.put(At("lines", row, 5), one.measured, "amount")
            if one.planned:
                formula = f"{made.here('lines', row, 5)}/{made.here('lines', row, 4)}"
                share = one.measured / one.planned
                made.work_out(At("lines", row, 6), formula, share, "percent")
        elif (one.line, one.field, one.year) in shown.hidden_figures:
            made.put(At("lines", row, 5), None)
        else:
            made.say(At("lines", row, 5), told.text("lines.absent"), "form_unit")


# --- lessons and warnings -------------------------------------------------------------------------


def lessons_page(made: TrackBook) -> None:
    """What did not go well and what was learned; and what still has to be answered."""
    told, shown = made.told, made.told.shown
    widths = (12, 50, 50)
    made.start("lessons", told.text("lessons.title"), made.text("lessons_about"), widths)
    keys = ("period", "went_wrong", "learned")
    made.heads("lessons", TABLE_ROW, [told.text(f"lessons.{key}") for key in keys], texts=3)
    row = TABLE_ROW + 1
    for period, lesson in shown.lessons.items():
        said = (in_language(text, told.language) for text in (lesson.went_wrong, lesson.learned))
        for column, text in enumerate((period, *said), 1):
            made.say(At("lessons", row, column), text, "paragraph")
        row += 1
    for year in shown.unanswered:
        absent = made.text("unanswered")
        for column, text in enumerate((year, absent, absent), 1):
            made.say(At("lessons", row, column), text, "label" if column > 1 else "paragraph")
        row += 1
    if shown.unanswered:
        made.say(At("lessons", row + 1, 1), missing_lessons(told), "wide")


def warnings_page(made: TrackBook) -> None:
    """What to look at before signing, and what to do about it."""
    told = made.told
    title = told.text("sheets.warnings")
    found = [p for p in told.shown.tracked.warnings if p.code not in METRIC_REASONS]
    about = told.words.text("warnings.title", count=len(found)) if found else ""
    made.start("warnings", title, about or made.text("no_warnings"), (30, 50, 50))
    keys = ("place", "message", "hint")
    made.heads("warnings", TABLE_ROW, [made.text(key) for key in keys], texts=3)
    for row, problem in enumerate(found, TABLE_ROW + 1):
        texts = (problem.place, problem.message(told.language), problem.hint(told.language))
        for column, text in enumerate(texts, 1):
            made.say(At("warnings", row, column), text, "paragraph")
    made.page("warnings").repeated = (TABLE_ROW, TABLE_ROW)
