"""The sheets in words: the summary, the method, and what to look at before signing."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.portfolio_book import SHEETS, PortfolioBook
from impactmonitor.report.portfolio_sentences import (
    method_sentences,
    own_choices,
    portfolio_basis,
    portfolio_headline,
    portfolio_sentences,
)
from impactmonitor.report.report_book import TABLE_ROW

KEY_FIGURES = (
    ("costs", "period", "costs"), ("benefits", "period", "benefits"), ("net", "period", "net"),
    ("plan_net", "plan", "net"), ("difference", "period", "difference"),
    ("life_net", "lifetime", "net"),
)  # fmt: skip


def summary_page(made: PortfolioBook) -> None:
    """Whose report it is, the answer, the key figures, and where to find the rest."""
    told, result = made.told, made.told.report.result
    portfolio, about = result.portfolio, result.portfolio.about
    title = told.text("title", title=told.read(portfolio.title), period=result.period)
    made.start("summary", title, portfolio_basis(told), (36, 16, 60))
    made.page("summary").is_portrait = True
    made.say(At("summary", 3, 1), portfolio_headline(told), "answer")
    row = TABLE_ROW
    for sentence in portfolio_sentences(told):
        made.say(At("summary", row, 1), sentence, "wide")
        row += 1
    row = _key_figures(made, row + 1)
    for key in ("entity", "thesis"):
        said = told.read(getattr(about, key))
        if said:
            row += 1
            made.say(At("summary", row, 1), told.text(f"about.{key}"), "strong")
            row += 1
            made.say(At("summary", row, 1), said, "wide")
    made.say(At("summary", row + 2, 1), _facts(made), "intro")
    _contents(made, row + 4)


def _key_figures(made: PortfolioBook, top: int) -> int:
    """Totals of the sheet of holdings, which move when a share is changed there."""
    told, totals = made.told, made.told.report.result.totals
    title = made.text("key_figures", period=told.report.result.period, currency=told.currency)
    made.say(At("summary", top, 1), title, "section")
    row = top
    for name, basis, figure in KEY_FIGURES:
        row += 1
        made.say(At("summary", row, 1), made.text(f"holdings.{name}"))
        cell = made.total_of(name, "summary")
        value = (
            totals["period"].total.net - totals["plan"].total.net
            if figure == "difference"
            else getattr(totals[basis].total, figure)  # type: ignore[index]
        )
        made.work_out(At("summary", row, 2), cell, value)
    made.say(At("summary", row + 1, 1), made.text("sentences_stay"), "wide")
    return row + 1


def _facts(made: PortfolioBook) -> str:
    """Who made it, when, and in which state it is, in one line."""
    about = made.told.report.result.portfolio.about
    facts = {
        "manager": about.manager,
        "contact": about.contact,
        "date": made.told.date(about.date) if about.date else None,
        "version": about.version,
        "status": made.text(f"status.{about.status}") if about.status else None,
        "reviewer": about.reviewer,
    }
    known = {key: value for key, value in facts.items() if value}
    return " · ".join(f"{made.text(f'facts.{key}')}: {value}" for key, value in known.items())


def _contents(made: PortfolioBook, row: int) -> None:
    made.say(At("summary", row, 1), made.text("contents"), "section")
    for sheet in SHEETS[1:]:
        row += 1
        made.book.lead_to(At("summary", row, 1), sheet)
        made.say(At("summary", row, 2), made.text(f"about_sheet.{sheet}"), "wide")


def method_page(made: PortfolioBook) -> None:
    """What every word means, and what is a choice of this report."""
    told = made.told
    made.start("method", told.text("method.title"), portfolio_basis(told), (30, 90))
    row = TABLE_ROW
    own = told.read(told.report.result.portfolio.about.method)
    if own:
        made.say(At("method", row, 1), told.text("about.method"), "strong_wrapped")
        made.say(At("method", row, 2), own, "paragraph")
        row += 1
    for name, text in method_sentences(told):
        made.say(At("method", row, 1), name, "strong_wrapped")
        made.say(At("method", row, 2), text, "paragraph")
        row += 1
    row += 1
    made.say(At("method", row, 1), told.text("ours.title"), "section")
    for name, text in own_choices(told):
        row += 1
        made.say(At("method", row, 1), name, "strong_wrapped")
        made.say(At("method", row, 2), text, "paragraph")


def remarks_page(made: PortfolioBook) -> None:
    """Everything that somebody should look at, with what can be done about it."""
    told, result = made.told, made.told.report.result
    made.start("remarks", told.text("problems.title"), made.text("remarks_about"), (28, 60, 50))
    heads = [told.text(f"problems.{name}") for name in ("place", "message", "hint")]
    made.heads("remarks", TABLE_ROW, heads, texts=3)
    made.keep("remarks")
    found = [*result.problems, *result.warnings]
    for row, one in enumerate(found, TABLE_ROW + 1):
        made.say(At("remarks", row, 1), one.place or one.path)
        made.say(At("remarks", row, 2), one.message(told.language))
        made.say(At("remarks", row, 3), one.hint(told.language))
    if not found:
        made.say(At("remarks", TABLE_ROW + 1, 1), told.text("problems.none"), "wide")
