"""The sheet of what did not go well: harms, holdings below plan, lost money, risks."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.rows import Basis
from impactmonitor.portfolio.setbacks import Harm
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.portfolio_doubts_screen import of_period, setbacks_said
from impactmonitor.report.report_book import TABLE_ROW

BASES: tuple[Basis, ...] = ("period", "plan", "lifetime")


def setbacks_page(made: PortfolioBook) -> None:
    """Harms as sums over the one table, then words."""
    told = made.told
    made.start("setbacks", made.text("setbacks_title"), made.text("setbacks_about"),
               (36, 36, 16, 16, 16, 16, 22))  # fmt: skip
    made.page("setbacks").frozen = (TABLE_ROW - 1, 0)
    row = _harms(made, TABLE_ROW)
    row = _exits(made, row + 2)
    wrong = [of_period(told, "went_wrong"), *setbacks_said(told)]
    row = listed(made, row + 2, "went_wrong", wrong)
    listed(made, row + 2, "risks", [of_period(told, "risks")])


def listed(made: PortfolioBook, row: int, key: str, said: list[str]) -> int:
    """A title with a text on each row under it; returns the last row."""
    made.say(At("setbacks", row, 1), made.told.text(f"{key}.title"), "section")
    known = [text for text in said if text] or [made.told.text(f"{key}.none")]
    for text in known:
        row += 1
        made.say(At("setbacks", row, 1), text, "wide")
    return row


def _harms(made: PortfolioBook, top: int) -> int:
    told, harms = made.told, made.told.report.harms
    title = told.text("harms.title", period=told.report.result.period, currency=told.currency)
    made.say(At("setbacks", top, 1), title, "section")
    if not harms:
        made.say(At("setbacks", top + 1, 1), told.text("harms.none"), "wide")
        return top + 1
    heads = [told.text("holding"), told.text("harms.line")]
    heads += [told.text(f"harms.{name}") for name in (*BASES, "rests_on")]
    made.heads("setbacks", top + 1, [*heads, made.text("holdings.code")], texts=2)
    for row, one in enumerate(harms, top + 2):
        _harm(made, row, one)
    return top + 1 + len(harms)


def _harm(made: PortfolioBook, row: int, one: Harm) -> None:
    told = made.told
    made.say(At("setbacks", row, 1), told.holding(one.holding))
    made.say(At("setbacks", row, 2), told.line(one.holding, one.line))
    made.say(At("setbacks", row, 7), one.line, "note")
    source = made.ref(At("holdings", made.row_of(one.holding), 2), "setbacks")
    line = made.here("setbacks", row, 7)
    for column, basis in enumerate(BASES, 3):
        value: float | None = getattr(one, basis)
        if value is None:
            made.put(At("setbacks", row, column), None)
            continue
        formula = made.summed(
            "setbacks", basis, "benefit", holding=source, line=line, amount='"<0"'
        )
        made.work_out(At("setbacks", row, column), formula, value)
    said = told.text("measured" if one.is_measured else "planned")
    made.say(At("setbacks", row, 6), said, "origin")


def _exits(made: PortfolioBook, top: int) -> int:
    """What the fund left, and what came back of it."""
    told, exits = made.told, made.told.report.exits
    made.say(At("setbacks", top, 1), made.text("exits_title"), "section")
    if not exits:
        made.say(At("setbacks", top + 1, 1), made.text("exits_none"), "wide")
        return top + 1
    names = ("note", "date", "outstanding", "received", "difference")
    heads = [told.text("holding"), *(made.text(f"exits.{name}") for name in names)]
    made.heads("setbacks", top + 1, heads, texts=3)
    for row, one in enumerate(exits, top + 2):
        holding = told.report.result.holdings[one.holding].holding
        made.say(At("setbacks", row, 1), told.holding(one.holding))
        made.say(At("setbacks", row, 2), told.read(holding.note))
        made.say(At("setbacks", row, 3), told.date(one.date))
        made.put(At("setbacks", row, 4), one.outstanding)
        made.put(At("setbacks", row, 5), one.received)
        if one.difference is None:
            made.put(At("setbacks", row, 6), None)
        else:
            before, after = (made.here("setbacks", row, column) for column in (4, 5))
            made.work_out(At("setbacks", row, 6), f"{after}-{before}", one.difference)
    return top + 1 + len(exits)
