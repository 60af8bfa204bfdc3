"""The sheet of what may be counted twice: claims of financiers, and overlaps across cases."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.claims import DoubleClaim
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW


def claims_page(made: PortfolioBook) -> None:
    """Every claimant with its share and the sum; then every pair of lines."""
    told, result = made.told, made.told.report.result
    made.start("claims", made.text("claims_title"), told.text("overlaps.caption"),
               (34, 34, 30, 22, 26, 14))  # fmt: skip
    made.page("claims").frozen = (TABLE_ROW - 1, 0)
    made.say(At("claims", TABLE_ROW, 1), told.text("claims.title"), "section")
    row = TABLE_ROW
    if not result.claims:
        row += 1
        made.say(At("claims", row, 1), told.text("claims.none"), "wide")
    else:
        row += 1
        heads = [told.text(f"claims.{name}") for name in ("case", "claimants", "basis", "total")]
        made.heads("claims", row, heads, texts=3)
    for one in result.claims:
        row = _claim(made, row + 1, one)
    _overlaps(made, row + 2)


def _claim(made: PortfolioBook, top: int, one: DoubleClaim) -> int:
    told = made.told
    claimants = {told.holding(name): share for name, share in one.holdings.items()}
    claimants |= {_other(made, one, name): share for name, share in one.others.items()}
    for row, (name, share) in enumerate(claimants.items(), top):
        made.say(At("claims", row, 1), one.case)
        made.say(At("claims", row, 2), name)
        made.say(At("claims", row, 3), told.text(f"claims.{one.basis}"))
        made.put(At("claims", row, 4), share, "percent")
    last = top + len(claimants) - 1
    cells = made.column("claims", 4, (top, last), "claims")
    made.say(At("claims", last + 1, 1), told.text("total"), "strong")
    made.work_out(At("claims", last + 1, 4), f"SUM({cells})", one.total, "percent")
    return last + 1


def _other(made: PortfolioBook, one: DoubleClaim, name: str) -> str:
    """The title of another financier, which holdings of the case name."""
    for holding in one.holdings:
        found = made.told.report.result.holdings[holding].holding.other_financiers.get(name)
        if found is not None:
            return made.told.read(found.title) or name
    return name


def _overlaps(made: PortfolioBook, top: int) -> None:
    told, overlaps = made.told, made.told.report.result.overlaps
    made.say(At("claims", top, 1), told.text("overlaps.title"), "section")
    if not overlaps:
        made.say(At("claims", top + 1, 1), told.text("overlaps.none"), "wide")
        return
    heads = ("first", "second", "indicator", "kind", "place", "years")
    made.heads("claims", top + 1, [told.text(f"overlaps.{name}") for name in heads], texts=6)
    for row, one in enumerate(overlaps, top + 2):
        for column, (holding, _, line) in ((1, one.first), (2, one.second)):
            name = f"{told.holding(holding)}: {told.line(holding, line)}"
            made.say(At("claims", row, column), name)
        made.say(At("claims", row, 3), told.indicator(one.indicator))
        made.say(At("claims", row, 4), told.label("actor", one.actor_kind))
        made.say(At("claims", row, 5), told.place(one.place))
        made.say(At("claims", row, 6), f"{one.first_year}–{one.last_year}")
