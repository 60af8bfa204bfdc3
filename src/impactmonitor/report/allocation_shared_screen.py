"""The shared costs of a case on screen: what each would bear, and who then pays whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.financing.clearing import Cleared
from impactmonitor.financing.games import Array
from impactmonitor.financing.shared_costs import SharedCosts
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem
from impactmonitor.report.allocation_screen import (
    caption,
    is_tested,
    needs_list,
    remarks,
    shown,
    verdict_rows,
    worked_out,
)
from impactmonitor.report.screen import warning_list
from impactmonitor.report.tables import largest_unit, new_table, numeric
from impactmonitor.report.words import Words


def shared_screen(
    shared: SharedCosts,
    language: Language,
    warnings: Iterable[Problem] = (),
    written: str | None = None,
) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor share-costs`` shows.

    Parameters
    ----------
    shared : SharedCosts
        Made from the evaluation of a case.
    language : {"nl", "en"}
        The reader's language.
    warnings : iterable of Problem
        What was noticed while reading and evaluating the case.
    written : str, optional
        Name of the file with the case and these payments.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    words = Words(shared.evaluation, language)
    yield Text(in_language(shared.evaluation.case.title, language), style="bold")
    if shared.evaluation.scenario is not None:
        state = shared.evaluation.applied[0]
        title = in_language(state.title, language, state.id)
        yield Text(words.text("basis.scenario", title=title))
    names = ", ".join(words.actor(name) for name in shared.players)
    total = words.money(shared.total)
    headline = _text("headline", words, total=total, names=names)
    yield Padding(Text(headline, style="bold"), (0, 0, 1, 0))
    lines = ", ".join(words.line(name) for name in shared.lines)
    yield Padding(Text(_text("lines", words, lines=lines)), (0, 0, 1, 0))
    yield _shares(shared, words)
    yield Text("")
    for sentence in remarks(shared.allocation, language):
        yield Padding(Text(sentence), (0, 0, 1, 0))
    if len(shared.allocation.by_key) == 1:
        yield from _payments(shared, words)
    yield from needs_list(shared.allocation.by_key, language)
    if _needs_more_than_a_case(shared):
        key = "allocation.needs.elsewhere"
        yield Padding(Text(messages.text(key, language)), (0, 0, 1, 2))
    yield from warning_list([*shared.allocation.warnings, *warnings], words)
    if written is not None:
        yield Text(_text("written", words, file=written))


def _shares(shared: SharedCosts, words: Words) -> Table:
    found = worked_out(shared.allocation.by_key)
    actors = list(shared.evaluation.case.actors)
    borne = [[shared.costs[name], shared.benefits[name]] for name in actors]
    shares = [_by_actor(shared, amounts) for amounts, _ in found.values()]
    totals = [shared.total, sum(shared.benefits.values())]
    # no share is wider than the total, and the largest unit is that of the widest row
    unit = largest_unit(
        [[*pair, *(shared.total for _ in shares)] for pair in (*borne, totals)], words
    )
    table = new_table(_text("shares", words, currency=words.currency(unit)))
    table.add_column(words.text("parties.actor"), overflow="fold", min_width=12)
    heads = [messages.text(f"allocation.methods.{key}.head", words.language) for key in found]
    numeric(table, _text("now", words), _text("benefits", words), *heads)
    columns = [shown(amounts, unit, 0, shared.total) for amounts in shares]
    for place, name in enumerate(actors):
        first = (words.amount(amount, unit) for amount in borne[place])
        table.add_row(words.actor(name), *first, *(words.number(c[place], 0) for c in columns))
    table.add_section()
    sums = (words.number(sum(column), 0) for column in columns)
    label = messages.text("allocation.shares.total", words.language)
    table.add_row(label, *(words.amount(total, unit) for total in totals), *sums)
    table.add_section()
    divisions = [division for _, division in found.values()]
    known = [one for one in divisions if is_tested(one)]
    for label, *verdicts in verdict_rows(divisions, words.language) if known else ():
        table.add_row(label, "", "", *verdicts)
    sentences = [caption(divisions if known else (), 0, words.language)]
    if not known:
        sentences.append(messages.text("allocation.tests.none", words.language))
    table.caption = " ".join(sentences)
    return table


def _by_actor(shared: SharedCosts, shares: Array) -> Array:
    """What each actor would bear, 0 for those who do not share; in the order of the case."""
    share = dict(zip(shared.players, shares.tolist(), strict=True))
    return np.array([share.get(name, 0.0) for name in shared.evaluation.case.actors])


def _payments(shared: SharedCosts, words: Words) -> Iterator[RenderableType]:
    (key,) = shared.allocation.by_key
    settlement = shared.settlements.get(key)
    if settlement is None:
        return
    name = messages.text(f"allocation.methods.{key}.name", words.language)
    yield Text(_text("payments", words, key=name), style="bold")
    lines = [_payment(one, shared, words) for one in settlement.payments]
    lines = [*lines, _text("society", words)] if lines else [_text("nobody", words)]
    for line in lines:
        yield Padding(Text(line), (0, 0, 0, 2))
    yield Text("")


def _payment(one: Cleared, shared: SharedCosts, words: Words) -> str:
    case = shared.evaluation.case
    return _text(
        "payment_once" if case.horizon == 1 else "payment",
        words,
        giver=words.actor(one.giver),
        receiver=words.actor(one.receiver),
        amount=words.money(one.amount),
        yearly=words.money(one.amount / shared.yearly),
        years=case.horizon,
        year=case.base_year,
    )


def _needs_more_than_a_case(shared: SharedCosts) -> bool:
    needs = {need for one in shared.allocation.by_key.values() for need in one.needs}
    return bool(needs & {"marginal", "costs"})


def _text(key: str, words: Words, /, **params: object) -> str:
    return messages.text(f"allocation.shared.{key}", words.language, **params)
