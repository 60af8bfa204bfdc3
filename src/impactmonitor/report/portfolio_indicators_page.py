"""The sheet of indicators: what was reached beside its target, for the fund and for each theme."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.indicator_totals import IndicatorTotal
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW

HEADS = ("theme", "indicator", "unit", "value", "compared", "target", "reached", "planned",
         "holdings")  # fmt: skip
VALUE, COMPARED, TARGET, REACHED, PLANNED, HOLDINGS = range(4, 10)


def indicators_page(made: PortfolioBook) -> None:
    """All indicators over the fund, then those of every theme."""
    told, result = made.told, made.told.report.result
    title = told.text("indicators.title", period=result.period)
    made.start("indicators", title, made.text("indicators_about"), (24, 40, 16, 12, 12, 12, 12, 12,
                                                                    14))  # fmt: skip
    made.heads("indicators", TABLE_ROW, [made.text(f"indicators.{name}") for name in HEADS], 3)
    made.keep("indicators", columns=2)
    row = TABLE_ROW + 1
    groups = {made.text("whole_fund"): result.indicators}
    groups |= {told.label("theme", theme): found
               for theme, found in result.indicators_by_theme.items()}  # fmt: skip
    for theme, found in groups.items():
        for one in found.values():
            if one.measured or one.hidden or one.planned is not None:
                _row(made, row, theme, one)
                row += 1
    made.say(At("indicators", row + 1, 1), told.text("indicators.caption"), "wide")
    made.say(At("indicators", row + 2, 1), told.text("method.people.text"), "wide")


def _row(made: PortfolioBook, row: int, theme: str, one: IndicatorTotal) -> None:
    told = made.told
    style = "percent" if one.measure == "ratio" else "amount"
    made.say(At("indicators", row, 1), theme)
    made.say(At("indicators", row, 2), told.read(one.title) or one.id)
    made.say(At("indicators", row, 3), told.unit(one.unit), "unit")
    if one.hidden:
        made.say(At("indicators", row, VALUE), told.text("hidden"), "form_unit")
    else:
        made.put(At("indicators", row, VALUE), one.value, style)
    made.put(At("indicators", row, COMPARED), one.compared, style)
    made.put(At("indicators", row, TARGET), one.target, style)
    made.put(At("indicators", row, PLANNED), one.planned, style)
    made.put(At("indicators", row, HOLDINGS), len(one.measured) + len(one.hidden), "whole")
    if one.compared is None or not one.target:
        made.put(At("indicators", row, REACHED), None)
        return
    compared, target = (made.here("indicators", row, column) for column in (COMPARED, TARGET))
    made.work_out(
        At("indicators", row, REACHED), f"{compared}/{target}", one.compared / one.target, "percent"
    )
