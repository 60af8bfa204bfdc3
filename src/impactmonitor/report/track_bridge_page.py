"""The sheet with the bridge from plan to result, and its waterfall."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.report.track_pages import TrackBook
from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE, ROW_HEIGHT, STRIPED
from impactmonitor.tracking.bridging import STEPS

_DRAWN = ("start", "end", "base", "more", "less", "below", "more_below", "less_below")


def bridge_page(made: TrackBook) -> None:
    """From plan to result, for society and for each actor; and the waterfall of society."""
    told, shown = made.told, made.told.shown
    actors = list(shown.tracked.plan.case.actors)
    title = told.text("bridge.title", year=shown.tracked.last_year)
    widths = (34, 16, *(16,) * max(len(actors), 7))
    made.start("bridge", title, made.text("bridge_about"), widths)
    heads = [told.text("bridge.step"), made.text("society_net"), *map(told.words.actor, actors)]
    made.heads("bridge", TABLE_ROW, heads)
    made.page("bridge").frozen = (TABLE_ROW, 1)
    labels = [told.text(f"steps.{step}.name") for step in STEPS]
    plan, result = TABLE_ROW + 1, TABLE_ROW + len(STEPS) + 2
    texts = [told.text("bridge.plan"), *labels, told.text("bridge.result")]
    for row, label in enumerate(texts, plan):
        made.say(At("bridge", row, 1), label, "strong" if row in (plan, result) else "name")
    for column, place in enumerate(
        (("totals", "net_present_value"), *(("actors", actor, "net") for actor in actors)), 2
    ):
        amounts = [
            shown.amounts["plan", "realised", *place],
            *(shown.amounts["bridge", step, *place] for step in STEPS),
        ]
        for row, amount in enumerate(amounts, plan):
            made.put(At("bridge", row, column), amount)
        cells = f"{made.here('bridge', plan, column)}:{made.here('bridge', result - 1, column)}"
        made.work_out(
            At("bridge", result, column), f"SUM({cells})",
            shown.amounts["realised", *place], "strong_money",
        )  # fmt: skip
    _waterfall(made, plan, result)


def _waterfall(made: TrackBook, plan: int, result: int) -> None:
    """Bars from where the one before ended, the part below zero apart."""
    shown = made.told.shown
    place = ("totals", "net_present_value")
    steps = [shown.amounts["bridge", step, *place] for step in STEPS]
    planned, realised = shown.planned_total("realised"), shown.total("realised")
    if planned is None or realised is None or any(step is None for step in steps):
        return
    height = 360
    chart_row = result + 3
    top = chart_row + height // ROW_HEIGHT + 2
    made.page("bridge").breaks.append(top - 2)
    made.say(At("bridge", top - 1, 1), made.text("picture"), "section")
    made.heads("bridge", top, [made.told.text("bridge.step"), *map(made.text, _DRAWN)])
    running = planned
    ends = [(0.0, planned)]
    for step in steps:
        ends.append((running, running + (step or 0.0)))
        running += step or 0.0
    ends.append((0.0, realised))
    rows = (top + 1, top + len(ends))
    for i, (start, end) in enumerate(ends):
        _bar(made, (rows[0] + i, plan + i), (start, end), 0 < i < len(ends) - 1)
    labels = made.column("bridge", 1, rows)
    areas = {name: made.column("bridge", column, rows) for column, name in enumerate(_DRAWN, 2)}
    series = [
        Series("-", labels, areas["base"], ""), Series("-", labels, areas["below"], ""),
        *(Series(made.text(name), labels, areas[name], colour, pattern)
          for name, colour, pattern in (("more", BLUE, None), ("less", ORANGE, STRIPED),
                                        ("more_below", BLUE, None),
                                        ("less_below", ORANGE, STRIPED))),
    ]  # fmt: skip
    made.page("bridge").charts.append(Chart(
        "column", "stacked", made.text("bridge_chart"), made.text("bridge_chart_about"),
        series, (chart_row, 1), (820, height),
    ))  # fmt: skip


def _bar(made: TrackBook, rows: tuple[int, int], ends: tuple[float, float], is_step: bool) -> None:
    """One bar: where it starts and ends, and how that is drawn."""
    row, source = rows
    start, end = ends
    low, high = min(ends), max(ends)
    first, last, base, below = (made.here("bridge", row, column) for column in (2, 3, 4, 7))
    lower, upper = f"MIN({first},{last})", f"MAX({first},{last})"
    before = made.here("bridge", row - 1, 3) if is_step else "0"
    is_more, size = end >= start, max(0.0, high) - max(0.0, low)
    size_below = min(0.0, low) - min(0.0, high)
    above = f"MAX(0,{upper})-{base}"
    under = f"MIN(0,{lower})-{below}"
    found = {
        2: (before, start),
        3: (f"{first}+{made.here('bridge', source, 2)}", end),
        4: (f"MAX(0,{lower})", max(0.0, low)),
        5: (f"IF({last}>={first},{above},0)", size if is_more else 0.0),
        6: (f"IF({last}>={first},0,{above})", 0.0 if is_more else size),
        7: (f"MIN(0,{upper})", min(0.0, high)),
        8: (f"IF({last}>={first},{under},0)", size_below if is_more else 0.0),
        9: (f"IF({last}>={first},0,{under})", 0.0 if is_more else size_below),
    }
    made.say(At("bridge", row, 1), made.page("bridge").cells[source, 1].value)
    for column, (formula, value) in found.items():
        made.work_out(At("bridge", row, column), formula, value)
