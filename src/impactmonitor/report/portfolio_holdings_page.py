"""The annex of all holdings: the shares, which a reader may change, and what follows from them."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.results import HoldingResult
from impactmonitor.portfolio.rows import Basis, Totals
from impactmonitor.report.portfolio_book import HOLDINGS, PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW

PARTS: tuple[tuple[str, Basis, str], ...] = (
    ("costs", "period", "costs"), ("benefits", "period", "benefits"), ("net", "period", "net"),
    ("plan_costs", "plan", "costs"), ("plan_benefits", "plan", "benefits"),
    ("plan_net", "plan", "net"), ("life_costs", "lifetime", "costs"),
    ("life_benefits", "lifetime", "benefits"), ("life_net", "lifetime", "net"),
)  # fmt: skip
"""Column, basis and figure of everything that is a sum over the one table."""

NONE = Totals()
SMALLEST = 0.54
"""All columns of a holding are printed side by side."""


def column_of(name: str) -> int:
    """A column of this sheet.

    Examples
    --------
    >>> column_of("title"), column_of("share")
    (1, 5)
    """
    return HOLDINGS.index(name) + 1


def holdings_page(made: PortfolioBook) -> None:
    """A row for each holding and the totals; the shares are cells to fill in."""
    told = made.told
    title = told.text("holdings.title", period=told.report.result.period, currency=told.currency)
    widths = (32, 18, 14, 13, 10, 12, 12, 12, 12, 12, 12, 12, 12, 13, 13, 13, 16)
    made.start("holdings", title, made.text("holdings_about"), widths)
    made.heads("holdings", TABLE_ROW, [made.text(f"holdings.{name}") for name in HOLDINGS], 3)
    made.say(At("holdings", TABLE_ROW, len(HOLDINGS)), made.text("holdings.rests_on"), "head")
    made.keep("holdings")
    made.page("holdings").smallest = SMALLEST
    for one in made.holdings:
        _row(made, made.row_of(one.id), one)
    _totals(made)


def _row(made: PortfolioBook, row: int, one: HoldingResult) -> None:
    told = made.told
    made.say(At("holdings", row, 1), told.holding(one.id))
    made.say(At("holdings", row, 2), one.id, "note")
    made.say(At("holdings", row, 3), told.instrument(one.share.kind))
    made.put(At("holdings", row, 4), one.money.outstanding)
    for name, share in (("share", one.share.period_share),
                        ("commitment", one.share.commitment_share)):  # fmt: skip
        made.book.put(At("holdings", row, column_of(name)), share, "input_percent")
    code = made.here("holdings", row, 2)
    for name, basis, figure in PARTS:
        totals = one.totals(basis) or NONE
        at = At("holdings", row, column_of(name))
        if figure == "net":
            costs, benefits = (made.here("holdings", row, at.column - back) for back in (2, 1))
            made.work_out(at, f"{benefits}-{costs}", totals.net)
        else:
            role = "cost" if figure == "costs" else "benefit"
            formula = made.summed("holdings", basis, role, holding=code)  # type: ignore[arg-type]
            made.work_out(at, formula, getattr(totals, figure))
    _difference(made, row, (one.period or NONE).net - (one.plan or NONE).net)
    reason = one.reason("period")
    is_measured = one.case is not None and one.case.is_measured
    said = told.text("measured" if is_measured else "planned")
    last = At("holdings", row, column_of("rests_on"))
    made.say(last, said if reason is None else told.reason(reason), "origin")


def _difference(made: PortfolioBook, row: int, value: float, style: str = "money") -> None:
    net, plan = (made.here("holdings", row, column_of(name)) for name in ("net", "plan_net"))
    made.work_out(At("holdings", row, column_of("difference")), f"{net}-{plan}", value, style)


def _totals(made: PortfolioBook) -> None:
    """Sums of the columns, and whether they are those of the whole table."""
    result = made.told.report.result
    row = made.holding_rows[1] + 1
    made.say(At("holdings", row, 1), made.told.text("total"), "strong")
    sums = {name: getattr(result.totals[basis].total, figure) for name, basis, figure in PARTS}
    sums["outstanding"] = result.outstanding
    for name, value in sums.items():
        column = column_of(name)
        cells = made.column("holdings", column, made.holding_rows, "holdings")
        made.work_out(At("holdings", row, column), f"SUM({cells})", value, "strong_money")
    net = result.totals["period"].total.net - result.totals["plan"].total.net
    _difference(made, row, net, "strong_money")
    made.say(At("holdings", row + 1, 1), made.text("check_ledger"), "note")
    for name, basis, figure in PARTS:
        if figure != "net":
            role = "cost" if figure == "costs" else "benefit"
            whole = made.summed("holdings", basis, role)  # type: ignore[arg-type]
            at = At("holdings", row + 1, column_of(name))
            made.check(at, made.here("holdings", row, at.column), whole)
    made.say(At("holdings", row + 3, 1), made.told.text("holdings.caption"), "wide")
