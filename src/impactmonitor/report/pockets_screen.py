"""Who pays and loses, who has to wait and advance, and weighted results, on screen."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.financing.distribution import Distribution
from impactmonitor.financing.pockets import Pocket, Pockets
from impactmonitor.financing.result import Financing
from impactmonitor.report.tables import largest_unit, new_table, numeric
from impactmonitor.report.words import Words

NO_NUMBER = "–"


def text(words: Words, key: str, **params: object) -> str:
    """A text of the subject ``financing``."""
    return messages.text(f"financing.{key}", words.language, **params)


def pocket_parts(financing: Financing, words: Words) -> Iterator[RenderableType]:
    """Who pays and loses, who has to wait, and the weighted results: for the whole answer."""
    pockets = financing.pockets
    if pockets.wrong:
        yield Padding(Text(wrong_pocket_sentence(pockets, words), style="bold"), (0, 0, 1, 0))
    if any(one.is_payer for one in pockets.actors.values()):
        yield _waiting(pockets, words)
    if financing.distribution is not None:
        yield _weighted(financing.distribution, words)


def wrong_pocket_sentence(pockets: Pockets, words: Words) -> str:
    """That society gains while those who pay lose: who, and how much.

    Parameters
    ----------
    pockets : Pockets
        With at least one wrong pocket.
    words : Words
        Of the reader's language.
    """
    losers = ", ".join(
        text(
            words,
            "pockets.loser",
            actor=words.actor(name),
            value=words.money(pockets.actors[name].net),
            cash=words.money(pockets.actors[name].cash_net),
        )
        for name in pockets.wrong
    )
    net = pockets.perspectives["society"].net
    return text(words, "pockets.wrong", net=words.money(net), losers=losers)


def _waiting(pockets: Pockets, words: Words) -> Table:
    rows = [[one.deepest_need] for one in pockets.actors.values()]
    unit = largest_unit(rows, words)
    table = new_table(text(words, "pockets.title", currency=words.currency(unit)))
    table.add_column(text(words, "pockets.actor"), overflow="fold", min_width=12)
    headers = ("payback", "cash_payback", "need", "year")
    numeric(table, *(text(words, f"pockets.{key}") for key in headers))
    for name, one in pockets.actors.items():
        table.add_row(words.actor(name), *_waiting_row(one, words, unit))
    table.caption = text(words, "pockets.caption")
    return table


def _waiting_row(one: Pocket, words: Words, unit: int) -> list[str]:
    years = (one.payback_year, one.cash_payback_year)
    never = text(words, "pockets.never")
    return [
        *(never if year is None else str(year) for year in years),
        words.amount(one.deepest_need, unit),
        NO_NUMBER if one.deepest_year is None else str(one.deepest_year),
    ]


def _weighted(found: Distribution, words: Words) -> Table:
    actors = words.evaluation.case.actors
    rows = [[found.weighted[name] / found.weights[name], found.weighted[name]] for name in actors]
    unit = largest_unit(rows, words)
    table = new_table(text(words, "distribution.title", currency=words.currency(unit)))
    table.add_column(text(words, "pockets.actor"), overflow="fold", min_width=12)
    numeric(table, *(text(words, f"distribution.{key}") for key in ("weight", "net", "weighted")))
    for name, (net, weighted) in zip(actors, rows, strict=True):
        weight = words.number(found.weights[name], 2)
        table.add_row(words.actor(name), weight, *(words.amount(a, unit) for a in (net, weighted)))
    table.add_section()
    together = (words.amount(found.net, unit), words.amount(found.weighted_net, unit))
    table.add_row(words.text("parties.society"), "", *together)
    table.caption = text(
        words,
        "distribution.caption",
        reference=words.money(found.reference_income),
        elasticity=words.number(found.elasticity),
    )
    return table
