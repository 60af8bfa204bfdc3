"""The sheet of changes: what was put right since the last report, and the bridge to this one."""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.changes import Changes, Kind
from impactmonitor.portfolio.results import Restatement
from impactmonitor.portfolio.rows import BASES
from impactmonitor.report.portfolio_annex_screen import SMALLEST, figure_of
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ROW_HEIGHT

HEIGHT = 300
NOISE = 1e-6
"""Less than this is rounding of the computer, and no step."""

KINDS: tuple[Kind, ...] = ("period", "lifetime", "money")


def changes_page(made: PortfolioBook) -> None:
    """First reported beside restated, and three bridges that add up."""
    made.start("changes", made.text("changes_title"), made.text("changes_about"),
               (42, *(17,) * 7))  # fmt: skip
    made.page("changes").frozen = (TABLE_ROW - 1, 1)
    changes = made.told.report.result.changes
    row = _restated(made, TABLE_ROW)
    if not changes:
        made.say(At("changes", row + 2, 1), made.text("no_earlier_report"), "wide")
        return
    tables: dict[Kind, int] = {}
    for kind in KINDS:
        found = changes.get(kind)
        if found is not None:
            tables[kind] = row + 2
            if kind == "lifetime":
                made.page("changes").breaks.append(row + 1)
            row = _bridge(made, row + 2, kind, found)
    made.page("changes").breaks.append(row + 1)
    _chart(made, tables, row + 2, changes["period"])
    row += 2 + HEIGHT // ROW_HEIGHT
    for kind, top in tables.items():
        if changes[kind].steps:
            row = _by_holding(made, row + 2, kind, changes[kind], top)
            made.page("changes").breaks.append(row + 1)


def _restated(made: PortfolioBook, top: int) -> int:
    """Net values as they were reported first, and as they are known now."""
    told, result = made.told, made.told.report.result
    made.say(At("changes", top, 1), made.text("restated_title"), "section")
    heads = ("what", "first_reported", "restated", "difference")
    made.heads("changes", top + 1, [made.text(f"restated.{name}") for name in heads])
    row = top + 1
    for one in (result.previous, result.own):
        if one is not None:
            row = _restatement(made, row, one)
    made.say(At("changes", row + 1, 1), told.text(f"views.{result.view}"), "note")
    return row + 1


def _restatement(made: PortfolioBook, row: int, one: Restatement) -> int:
    for basis in BASES:
        row += 1
        made.say(At("changes", row, 1), made.text(f"restated.{basis}", period=one.period))
        first, now = one.first_reported[basis].net, one.restated[basis].net
        made.put(At("changes", row, 2), first)
        made.put(At("changes", row, 3), now)
        old, new = (made.here("changes", row, column) for column in (2, 3))
        made.work_out(At("changes", row, 4), f"{new}-{old}", now - first)
    return row


def _bridge(made: PortfolioBook, top: int, kind: str, changes: Changes) -> int:
    """Start, every step in its fixed order, the end, and whether they add up."""
    told, figure = made.told, figure_of(kind)
    title = told.text(f"changes.{kind}", earlier=changes.earlier, later=changes.later,
                      currency=told.currency)  # fmt: skip
    made.say(At("changes", top, 1), title, "section")
    heads = [told.text("changes.step"), told.text("changes.amount"), made.text("running")]
    made.heads("changes", top + 1, heads)
    row = top + 2
    made.say(At("changes", row, 1), told.text("changes.start", period=changes.earlier), "strong")
    made.put(At("changes", row, 2), changes.start[figure])
    running = changes.start[figure]
    made.work_out(At("changes", row, 3), made.here("changes", row, 2), running)
    for step, amounts in changes.by_step.items():
        row += 1
        running += amounts[figure]
        made.say(At("changes", row, 1), told.text(f"steps.{step}"))
        made.put(At("changes", row, 2), amounts[figure] if abs(amounts[figure]) > NOISE else 0.0)
        before, moved = made.here("changes", row - 1, 3), made.here("changes", row, 2)
        made.work_out(At("changes", row, 3), f"{before}+{moved}", running)
    made.say(At("changes", row + 1, 1), told.text("changes.end", period=changes.later), "strong")
    made.put(At("changes", row + 1, 2), changes.end[figure], "strong_money")
    end = made.here("changes", row + 1, 2)
    made.check(At("changes", row + 1, 3), made.here("changes", row, 3), end)
    return row + 1


def _chart(made: PortfolioBook, tables: Mapping[Kind, int], top: int, of_year: Changes) -> None:
    """What each step moved of the year."""
    first = tables["period"] + 3
    rows = (first, first + len(of_year.by_step) - 1)
    labels = made.column("changes", 1, rows)
    made.page("changes").charts.append(Chart(
        "bar", "", made.text("changes_chart"), made.text("changes_chart_about"),
        [Series(made.told.text("changes.amount"), labels, made.column("changes", 2, rows), BLUE)],
        (top, 1), (760, HEIGHT),
    ))  # fmt: skip


def _by_holding(made: PortfolioBook, top: int, kind: str, changes: Changes, bridge: int) -> int:
    """What each step moved of each holding; the steps of the bridge are the sums of its columns."""
    told, figure = made.told, figure_of(kind)
    steps = [
        step for step in changes.by_step
        if any(abs(x.amounts[figure]) >= SMALLEST for x in changes.steps if x.step == step)
    ]  # fmt: skip
    title = made.text("by_holding", what=made.text(f"kinds.{kind}"))
    made.say(At("changes", top, 1), title, "section")
    heads = [told.text("holding"), *(told.text(f"steps.{step}") for step in steps)]
    made.heads("changes", top + 1, heads)
    amounts = {(one.holding, one.step): one.amounts[figure] for one in changes.steps}
    names = [name for name in changes.by_holding if any((name, step) in amounts for step in steps)]
    rows = (top + 2, top + 1 + len(names))
    for row, name in enumerate(names, rows[0]):
        made.say(At("changes", row, 1), told.holding(name))
        for column, step in enumerate(steps, 2):
            made.put(At("changes", row, column), amounts.get((name, step), 0.0))
    made.say(At("changes", rows[1] + 1, 1), told.text("total"), "strong")
    for column, step in enumerate(steps, 2):
        total = changes.by_step[step][figure]
        cells = made.column("changes", column, rows, "changes")
        at = At("changes", rows[1] + 1, column)
        made.work_out(at, f"SUM({cells})", total, "strong_money")
        place = At("changes", bridge + 3 + list(changes.by_step).index(step), 2)
        made.work_out(place, made.ref(at, "changes"), total)
    return rows[1] + 1
