"""The heat map: which holding adds to which transition, as numbers with a mark and a colour."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.rows import Totals
from impactmonitor.report.portfolio_book import HOLDINGS, PortfolioBook
from impactmonitor.report.portfolio_reported import HEAT_BASIS
from impactmonitor.report.report_book import TABLE_ROW

_LIFE = HOLDINGS.index("life_net") + 1


def heat_page(made: PortfolioBook) -> None:
    """Holdings down, transitions across; a cell is the share of the label x the holding's value."""
    told = made.told
    labels = made.labels_of("transition")
    title = told.text("heat.title", currency=told.currency)
    made.start("heat", title, made.text(f"heat_about_{HEAT_BASIS}"), (36, *(17,) * len(labels), 16))
    heads = [told.text("holding"), *(told.label("transition", name) for name in labels)]
    made.heads("heat", TABLE_ROW, [*heads, told.text("total")])
    made.keep("heat")
    made.page("heat").is_portrait = True  # so that all holdings are on one page
    for one in made.holdings:
        _row(made, one.id, labels)
    _totals(made, labels)
    rows = made.holding_rows
    if labels:
        made.page("heat").tinted.append((rows[0], 2, rows[1], len(labels) + 1))


def _row(made: PortfolioBook, holding: str, labels: list[str]) -> None:
    row = made.row_of(holding)
    made.say(At("heat", row, 1), made.told.holding(holding))
    value = made.ref(At("holdings", row, _LIFE), "heat")
    total = made.told.report.result.holdings[holding].totals(HEAT_BASIS) or Totals()
    for column, label in enumerate(labels, 2):
        share = made.ref(At("labels", row, made.label_columns["transition", label]), "heat")
        found = made.told.report.heat.get((label, holding), Totals())
        made.work_out(At("heat", row, column), f"{share}*{value}", found.net, "heat")
    last = len(labels) + 2
    cells = f"{made.here('heat', row, 2)}:{made.here('heat', row, last - 1)}"
    made.work_out(At("heat", row, last), f"SUM({cells})", total.net)


def _totals(made: PortfolioBook, labels: list[str]) -> None:
    result = made.told.report.result
    row = made.holding_rows[1] + 1
    made.say(At("heat", row, 1), made.told.text("total"), "strong")
    ups = result.roll_ups[HEAT_BASIS]["transition"]
    sums = [ups.get(label, Totals()).net for label in labels]
    for column, value in enumerate([*sums, result.totals[HEAT_BASIS].total.net], 2):
        cells = made.column("heat", column, made.holding_rows, "heat")
        made.work_out(At("heat", row, column), f"SUM({cells})", value, "strong_money")
    last = len(labels) + 2
    made.say(At("heat", row + 1, 1), made.text("check_holdings"), "note")
    made.check(
        At("heat", row + 1, last), made.here("heat", row, last), made.total_of("life_net", "heat")
    )
    made.say(At("heat", row + 3, 1), made.text("heat_key"), "wide")
