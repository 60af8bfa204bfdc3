"""The sheet of results: what every label came to, dimension by dimension."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.rollup import TAGGED, Dimension
from impactmonitor.portfolio.rows import Basis, Totals
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE, ROW_HEIGHT, STRIPED

COLUMNS: tuple[tuple[str, Basis, str], ...] = (
    ("costs", "period", "costs"), ("benefits", "period", "benefits"), ("net", "period", "net"),
    ("plan_net", "plan", "net"), ("difference", "period", "difference"),
    ("life_costs", "lifetime", "costs"), ("life_benefits", "lifetime", "benefits"),
    ("life_net", "lifetime", "net"),
)  # fmt: skip
"""Head, basis and figure of the columns after the label."""

SHOWN: tuple[Dimension, ...] = (*TAGGED, "domain")
CHART_HEIGHT = 320
CODE = len(COLUMNS) + 3
"""Of the domain, a column away from the numbers."""


def results_page(made: PortfolioBook) -> None:
    """Themes first, with a picture; then the other dimensions, each with its check."""
    told = made.told
    result = told.report.result
    title = made.text("results_title", period=result.period)
    about = made.text("results_about", currency=told.currency)
    made.start("results", title, about, (38, *(13,) * len(COLUMNS), 3, 14))
    made.page("results").frozen = (ABOUT_KEPT, 1)
    row = TABLE_ROW
    for dimension in SHOWN:
        last = _table(made, dimension, row)
        if dimension == "theme":
            _chart(made, (row + 2, last - 2), last + 2)
            row = last + 3 + CHART_HEIGHT // ROW_HEIGHT
            made.page("results").breaks.append(row - 1)
        else:
            row = last + 2
        if dimension == "sdg":
            made.page("results").breaks.append(row - 1)
    made.say(At("results", row, 1), told.text("results.caption"), "wide")


ABOUT_KEPT = TABLE_ROW - 1


def _labels(made: PortfolioBook, dimension: Dimension) -> list[str]:
    if dimension in TAGGED:
        return made.labels_of(dimension)
    ups = made.told.report.result.roll_ups
    return list(dict.fromkeys(name for basis in ups for name in ups[basis][dimension]))


def _table(made: PortfolioBook, dimension: Dimension, top: int) -> int:
    """A table of a dimension from a row on; returns the row of its check."""
    told = made.told
    made.say(At("results", top, 1), told.text(f"dimensions.{dimension}"), "section")
    heads = [told.text(f"dimensions.{dimension}")]
    heads += [made.text(f"holdings.{name}") for name, _, _ in COLUMNS]
    made.heads("results", top + 1, heads)
    names = _labels(made, dimension)
    rows = (top + 2, top + 1 + len(names))
    for row, name in enumerate(names, rows[0]):
        made.say(At("results", row, 1), told.label(dimension, name))
        _row(made, row, dimension, name)
    _total(made, rows)
    return rows[1] + 2


def _row(made: PortfolioBook, row: int, dimension: Dimension, label: str) -> None:
    ups = made.told.report.result.roll_ups
    found = {basis: ups[basis][dimension].get(label, Totals()) for basis in ups}
    if dimension not in TAGGED:
        made.say(At("results", row, CODE), label, "note")
    for column, (name, basis, figure) in enumerate(COLUMNS, 2):
        at = At("results", row, column)
        if figure == "difference":
            _difference(made, row, found["period"].net - found["plan"].net)
        elif dimension in TAGGED:
            shares = made.column(
                "labels", made.label_columns[dimension, label], made.holding_rows, "results"
            )
            amounts = made.of_holdings(name, "results")
            value = getattr(found[basis], figure)
            made.work_out(at, f"SUMPRODUCT({shares},{amounts})", value)
        else:
            _by_code(made, at, basis, figure, found[basis])


def _by_code(made: PortfolioBook, at: At, basis: Basis, figure: str, totals: Totals) -> None:
    """A sum over the one table by the code at the end of the row."""
    code = made.here("results", at.row, CODE)
    parts = {"costs": made.summed("results", basis, "cost", domain=code),
             "benefits": made.summed("results", basis, "benefit", domain=code)}  # fmt: skip
    formula = parts.get(figure, f"{parts['benefits']}-{parts['costs']}")
    made.work_out(at, formula, getattr(totals, figure))


def _difference(made: PortfolioBook, row: int, value: float, style: str = "money") -> None:
    net, plan = (made.here("results", row, column) for column in (4, 5))
    made.work_out(At("results", row, 6), f"{net}-{plan}", value, style)


def _total(made: PortfolioBook, rows: tuple[int, int]) -> None:
    """The sum, and below it whether that is the total of all holdings."""
    totals, row = made.told.report.result.totals, rows[1] + 1
    made.say(At("results", row, 1), made.told.text("total"), "strong")
    made.say(At("results", row + 1, 1), made.text("check_holdings"), "note")
    for column, (name, basis, figure) in enumerate(COLUMNS, 2):
        if figure == "difference":
            net = totals["period"].total.net - totals["plan"].total.net
            _difference(made, row, net, "strong_money")
            continue
        cells = made.column("results", column, rows, "results")
        value = getattr(totals[basis].total, figure)
        made.work_out(At("results", row, column), f"SUM({cells})", value, "strong_money")
        made.check(
            At("results", row + 1, column), made.here("results", row, column),
            made.total_of(name, "results"),
        )  # fmt: skip


def _chart(made: PortfolioBook, rows: tuple[int, int], top: int) -> None:
    """The net value of each theme beside its plan."""
    labels = made.column("results", 1, rows)
    series = [
        Series(made.text("holdings.net"), labels, made.column("results", 4, rows), BLUE),
        Series(
            made.text("holdings.plan_net"), labels, made.column("results", 5, rows), ORANGE, STRIPED
        ),
    ]
    made.page("results").charts.append(Chart(
        "column", "", made.text("themes_chart"), made.text("themes_chart_about"),
        series, (top, 1), (900, CHART_HEIGHT),
    ))  # fmt: skip
