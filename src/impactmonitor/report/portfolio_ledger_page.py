"""The sheets on which all sums rest: the one table, and which label a holding belongs to."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.rollup import NOT_ASSIGNED
from impactmonitor.portfolio.rows import Row
from impactmonitor.report.portfolio_book import HOLDINGS, LEDGER, PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW

_TEXTS = LEDGER.index("is_cash")
_SHARE = {"lifetime": "commitment", "period": "share", "plan": "share"}


def ledger_page(made: PortfolioBook) -> None:
    """Every amount of every case, the share of the fund, and the part of the fund as a formula."""
    told = made.told
    about = made.text("ledger_about", currency=told.currency)
    made.start("ledger", made.text("ledger_title"), about, (22, 20, 26, 10, 10, 12, 18, 18, 7, 9,
                                                            13, 9, 13))  # fmt: skip
    made.heads("ledger", TABLE_ROW, [made.text(f"ledger.{name}") for name in LEDGER], _TEXTS)
    made.keep("ledger", columns=3)
    for row, one in enumerate(told.report.result.rows, TABLE_ROW + 1):
        _row(made, row, one)


def _row(made: PortfolioBook, row: int, one: Row) -> None:
    texts = (one.holding, one.case, one.line, one.basis, one.role, one.domain or NOT_ASSIGNED,
             one.giver_kind, one.receiver_kind)  # fmt: skip
    for column, text in enumerate(texts, 1):
        if text is not None:
            made.say(At("ledger", row, column), text, "list")
    made.put(At("ledger", row, 9), int(one.is_cash), "whole")
    made.put(At("ledger", row, 10), int(one.is_measured), "whole")
    made.put(At("ledger", row, 11), one.amount)
    source = At("holdings", made.row_of(one.holding), HOLDINGS.index(_SHARE[one.basis]) + 1)
    cell = made.ref(source, "ledger")
    share, amount = made.here("ledger", row, 12), made.here("ledger", row, 11)
    known = "" if one.share is None else one.share
    made.work_out(
        At("ledger", row, 12), f'IF(ISNUMBER({cell}),{cell},"")', known, "percent"
    )  # fmt: skip
    attributed = "" if one.attributed is None else one.attributed
    made.work_out(At("ledger", row, 13), f'IF(ISNUMBER({share}),{amount}*{share},"")', attributed)


def labels_page(made: PortfolioBook) -> None:
    """Which part of a holding belongs to which label; in every dimension together 1."""
    told, columns = made.told, made.label_columns
    about = made.text("labels_about")
    made.start("labels", made.text("labels_title"), about, (32, 20, *(12,) * len(columns)))
    heads = [told.text("holding"), made.text("holdings.code")]
    for of, name in columns:
        dimension = told.text(f"dimensions.{of}")
        heads.append(made.text("label", dimension=dimension, label=told.label(of, name)))
    made.heads("labels", TABLE_ROW, heads, texts=2)
    made.keep("labels")
    for one in made.holdings:
        row = made.row_of(one.id)
        made.say(At("labels", row, 1), told.holding(one.id))
        made.say(At("labels", row, 2), one.id, "note")
        for (dimension, name), column in columns.items():
            share = told.report.result.labels[one.id][dimension].get(name, 0.0)
            made.put(At("labels", row, column), share, "share")
