"""A report on a portfolio on screen: the answer first, then what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.portfolio.rollup import Dimension
from impactmonitor.portfolio.rows import Totals
from impactmonitor.report.portfolio_annex_screen import annex_parts
from impactmonitor.report.portfolio_doubts_screen import doubt_parts
from impactmonitor.report.portfolio_reported import HEAT_BASIS
from impactmonitor.report.portfolio_sentences import (
    portfolio_basis,
    portfolio_headline,
    portfolio_sentences,
)
from impactmonitor.report.portfolio_words import PortfolioWords, label_order
from impactmonitor.report.tables import bar, new_table, numeric

SHADES = ("·", "░", "▒", "▓", "█")
"""From hardly anything to the most; a minus before it tells a loss from a gain."""

SHADED = (0.02, 0.15, 0.4, 0.7)
"""Parts of the largest amount from which a shade begins: a choice of ours."""


def portfolio_screen(told: PortfolioWords) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor portfolio report`` shows.

    Parameters
    ----------
    told : PortfolioWords

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    result = told.report.result
    title = told.read(result.portfolio.title)
    yield Text(told.text("title", title=title, period=result.period), style="bold")
    yield Padding(Text(portfolio_headline(told), style="bold"), (0, 0, 1, 0))
    for sentence in portfolio_sentences(told):
        yield Text(sentence)
    yield Text("")
    about = result.portfolio.about
    for key in ("entity", "thesis", "method"):
        said = told.read(getattr(about, key))
        if said:
            yield Text(f"{told.text(f'about.{key}')}: {said}")
    yield Text("")
    for table in (_results(told, "theme"), _heat(told), _actors(told)):
        yield from (table, Text(""))
    yield from doubt_parts(told)
    yield from annex_parts(told)
    yield Text(portfolio_basis(told), style="dim")


def _results(told: PortfolioWords, dimension: Dimension) -> Table:
    """What every label came to in the year beside its plan, and over the whole life apart."""
    result = told.report.result
    table = new_table(
        told.text(f"results.{dimension}", period=result.period, currency=told.currency)
    )
    table.add_column(told.text(f"dimensions.{dimension}"), overflow="fold", min_width=14)
    heads = ("costs", "benefits", "net", "plan_net", "difference", "lifetime_net")
    numeric(table, *(told.text(f"results.{head}") for head in heads))
    none = Totals()
    by_basis = {basis: result.roll_ups[basis][dimension] for basis in result.roll_ups}
    for label in dict.fromkeys(name for found in by_basis.values() for name in found):
        row = tuple(by_basis[basis].get(label, none) for basis in ("period", "plan", "lifetime"))
        table.add_row(told.label(dimension, label), *_cells(told, *row))
    table.add_section()
    whole = (result.totals[basis].total for basis in ("period", "plan", "lifetime"))
    table.add_row(told.text("total"), *_cells(told, *whole))
    table.caption = told.text("results.caption")
    return table


def _cells(told: PortfolioWords, period: Totals, plan: Totals, lifetime: Totals) -> list[str]:
    amounts = (
        period.costs, period.benefits, period.net, plan.net, period.net - plan.net, lifetime.net
    )  # fmt: skip
    return [told.amount(amount) for amount in amounts]


def shade(amount: float, largest: float) -> str:
    """How large an amount is beside the largest, as a mark; a minus stands before a loss.

    Parameters
    ----------
    amount, largest : float
        ``largest`` is the largest size, above or at 0.

    Examples
    --------
    >>> shade(80.0, 100.0), shade(-80.0, 100.0), shade(1.0, 100.0), shade(0.0, 100.0)
    ('█', '-█', '·', '')
    """
    if not amount or not largest:
        return ""
    part = abs(amount) / largest
    mark = SHADES[sum(part >= least for least in SHADED)]
    return f"-{mark}" if amount < 0 else mark


def _heat(told: PortfolioWords) -> Table:
    """Every holding by transition: a mark for the size, and the amount."""
    heat = told.report.heat
    labels = sorted({label for label, _ in heat}, key=label_order)
    largest = max((abs(x.net) for x in heat.values()), default=0.0)
    table = new_table(told.text("heat.title", currency=told.currency))
    table.add_column(told.text("holding"), overflow="fold", min_width=14)
    numeric(table, *(told.label("transition", label) for label in labels))
    for name in dict.fromkeys(holding for _, holding in heat):
        cells = []
        for label in labels:
            found = heat.get((label, name))
            net = 0.0 if found is None else found.net
            cells.append(f"{told.amount(net)} {shade(net, largest):<2}" if found else "")
        table.add_row(told.holding(name), *cells)
    key = " ".join(SHADES)
    caption = told.text(f"heat.caption_{HEAT_BASIS}", shades=key)
    table.caption = caption
    return table


def _actors(told: PortfolioWords) -> Table:
    """Who pays and who benefits: the part of the fund, in the year."""
    result = told.report.result
    found = result.roll_ups["period"]["actor"]
    largest = max((abs(x.net) for x in found.values()), default=0.0)
    table = new_table(told.text("actors.title", period=result.period, currency=told.currency))
    table.add_column(told.text("dimensions.actor"), overflow="fold", min_width=12)
    numeric(table, *(told.text(f"actors.{head}") for head in
                     ("costs", "benefits", "transfers", "net", "cash_net")))  # fmt: skip
    table.add_column("", no_wrap=True)
    for kind, one in found.items():
        amounts = (one.costs, one.benefits, one.transfers, one.net, one.cash_net)
        table.add_row(
            told.label("actor", kind), *map(told.amount, amounts), bar(one.net, largest, 8)
        )
    table.caption = told.text("actors.caption")
    return table
