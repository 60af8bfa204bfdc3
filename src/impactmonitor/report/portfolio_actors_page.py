"""The sheet of actors: who pays and who benefits, with a picture."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.rows import BASES, Basis, Totals
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE, STRIPED

CODE = 2
FIGURES = ("costs", "benefits", "transfers", "net", "cash_net")
FIRST: dict[Basis, int] = {"period": 3, "plan": 8, "lifetime": 10}
"""The first column of each basis; of the plan and of the whole life only two figures are shown."""

BRIEF = ("net", "cash_net")
TOTALS = {
    ("period", "costs"): "costs",
    ("period", "benefits"): "benefits",
    ("period", "net"): "net",
    ("plan", "net"): "plan_net",
    ("lifetime", "net"): "life_net",
}
"""Where the same total stands among the holdings."""


def actors_page(made: PortfolioBook) -> None:
    """Costs, benefits, transfers and money of every kind of actor, as sums over the one table."""
    told = made.told
    title = told.text("actors.title", period=told.report.result.period, currency=told.currency)
    made.start("actors", title, made.text("actors_about"), (28, 20, *(13,) * 9))
    heads = [told.text("dimensions.actor"), made.text("holdings.code")]
    heads += [told.text(f"actors.{name}") for name in FIGURES]
    heads += [made.text(f"{basis}_of", what=told.text(f"actors.{name}"))
              for basis in ("plan", "lifetime") for name in BRIEF]  # fmt: skip
    made.heads("actors", TABLE_ROW, heads, texts=2)
    made.keep("actors")
    ups = told.report.result.roll_ups
    kinds = sorted({kind for basis in ups for kind in ups[basis]["actor"]})
    rows = (TABLE_ROW + 1, TABLE_ROW + max(1, len(kinds)))
    for row, kind in enumerate(kinds, rows[0]):
        made.say(At("actors", row, 1), told.label("actor", kind))
        made.say(At("actors", row, CODE), kind, "note")
        for basis in BASES:
            _cells(made, row, basis, ups[basis]["actor"].get(kind, Totals()))
    _totals(made, rows)
    _chart(made, rows)


def _cells(made: PortfolioBook, row: int, basis: Basis, totals: Totals) -> None:
    """The figures of one basis; of the year every part stands in a cell of its own."""
    first = FIRST[basis]
    kind = made.here("actors", row, CODE)
    for column, name in enumerate(FIGURES if basis == "period" else BRIEF, first):
        at = At("actors", row, column)
        if name == "net" and basis == "period":
            costs, benefits, moved = (made.here("actors", row, first + i) for i in range(3))
            made.work_out(at, f"{benefits}-{costs}+{moved}", totals.net)
        else:
            made.work_out(at, _formula(made, basis, name, kind), totals.as_figures()[name])


def _formula(made: PortfolioBook, basis: Basis, name: str, kind: str) -> str:
    def summed(role: str, end: str, **more: str) -> str:
        return made.summed("actors", basis, role, **{end: kind}, **more)  # type: ignore[arg-type]

    more = {"is_cash": "1"} if name == "cash_net" else {}
    costs, benefits = (
        summed("cost", "giver_kind", **more),
        summed("benefit", "receiver_kind", **more),
    )
    received = summed("transfer", "receiver_kind", **more)
    moved = f"{received}-{summed('transfer', 'giver_kind', **more)}"
    parts = {"costs": costs, "benefits": benefits, "transfers": moved}
    return parts.get(name, f"{benefits}-{costs}+{moved}")


def _totals(made: PortfolioBook, rows: tuple[int, int]) -> None:
    """Over all actors transfers cancel, and the rest is the total of all holdings."""
    totals, row = made.told.report.result.totals, rows[1] + 1
    made.say(At("actors", row, 1), made.told.text("total"), "strong")
    made.say(At("actors", row + 1, 1), made.text("check_holdings"), "note")
    for basis, first in FIRST.items():
        whole = totals[basis].total
        for column, name in enumerate(FIGURES if basis == "period" else BRIEF, first):
            cells = made.column("actors", column, rows, "actors")
            value = whole.as_figures()[name]
            made.work_out(At("actors", row, column), f"SUM({cells})", value, "strong_money")
            if (basis, name) in TOTALS:
                made.check(
                    At("actors", row + 1, column), made.here("actors", row, column),
                    made.total_of(TOTALS[basis, name], "actors"),
                )  # fmt: skip
    made.say(At("actors", row + 2, 1), made.told.text("actors.caption"), "wide")


def _chart(made: PortfolioBook, rows: tuple[int, int]) -> None:
    labels = made.column("actors", 1, rows)
    series = [
        Series(made.told.text("actors.net"), labels, made.column("actors", 6, rows), BLUE),
        Series(made.told.text("actors.cash_net"), labels, made.column("actors", 7, rows), ORANGE,
               STRIPED),
    ]  # fmt: skip
    made.page("actors").charts.append(Chart(
        "bar", "", made.text("actors_chart"), made.text("actors_chart_about"),
        series, (rows[1] + 5, 1), (820, 160 + 34 * (rows[1] - rows[0] + 1)),
    ))  # fmt: skip
    made.page("actors").breaks.append(rows[1] + 4)
