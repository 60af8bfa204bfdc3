"""An arrangement on screen: who pays whom how much, what each holds, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.contributions import to_party
from impactmonitor.financing.arrangement import Arranged, Payment
from impactmonitor.financing.result import Financing
from impactmonitor.messages import Language
from impactmonitor.model.legs import Leg
from impactmonitor.model.record import in_language
from impactmonitor.report.pockets_screen import NO_NUMBER, text
from impactmonitor.report.screen import warning_list
from impactmonitor.report.sentences import basis
from impactmonitor.report.tables import largest_unit, new_table, numeric
from impactmonitor.report.words import Words

MOST_REASONS = 2


def arrangement_screen(
    evaluation: Evaluation, financing: Financing, language: Language
) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor arrange`` shows, from the answer to the small print.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    financing : Financing
        With an arrangement, and perhaps with chances.
    language : {"nl", "en"}
        The reader's language.
    """
    arranged = financing.arranged
    if arranged is None:
        raise ValueError("there is no arrangement to show")
    words = Words(evaluation, language)
    yield Text(in_language(evaluation.case.title, language), style="bold")
    yield Padding(Text(arrangement_headline(arranged, words), style="bold"), (0, 0, 1, 0))
    yield Padding(Text(" ".join(_conditions(arranged, words))), (0, 0, 1, 0))
    if arranged.payments:
        yield _payments(arranged, words)
        yield Padding(Text("\n".join(_reasons(arranged, words))), (0, 0, 1, 0))
    yield _before_after(arranged, words)
    yield _sure(financing, arranged, words)
    yield from warning_list(evaluation.warnings, words)
    yield Text(basis(evaluation, words), style="dim")


def arrangement_headline(arranged: Arranged, words: Words) -> str:
    """Whether payments alone will do, and how much is paid or missing, in a sentence."""
    if not arranged.is_needed:
        return text(words, "arrange.headline.nothing")
    if arranged.is_feasible:
        total = sum(payment.present_value for payment in arranged.payments)
        actors = arranged.evaluation.case.actors.values()
        accepts = any(actor.reservation < 0 or actor.cash_floor < 0 for actor in actors)
        key = "feasible_accepted" if accepts else "feasible"
        return text(words, f"arrange.headline.{key}", total=words.money(total))
    short = ", ".join(
        text(words, "arrange.short", actor=words.actor(name), amount=words.money(amount))
        for name, amount in arranged.subsidies.items()
    )
    missing = words.money(sum(arranged.subsidies.values()))
    return text(words, "arrange.headline.infeasible", missing=missing, short=short)


def _conditions(arranged: Arranged, words: Words) -> Iterator[str]:
    """In what nobody may lose, who accepts a loss, and what society gains."""
    net = arranged.evaluation.amount("net_present_value")
    key = "gain" if net > 0 else "loss"
    currency = arranged.evaluation.case.currency
    yield text(words, f"arrange.society.{key}", net=words.money(abs(net)), currency=currency)
    yield text(words, f"arrange.whole.{arranged.whole or 'default'}")
    accepting = ", ".join(_accepted(arranged, words))
    if accepting:
        yield text(words, "arrange.accepts", actors=accepting)
    without_money = [
        words.actor(name)
        for name, position in arranged.positions.items()
        if position.paid and arranged.pockets.actors[name].spares_cash < position.paid
    ]
    if without_money:
        yield text(words, "arrange.no_cash", payers=", ".join(without_money))


def _accepted(arranged: Arranged, words: Words) -> Iterator[str]:
    """The least that each accepts, where that is not nothing, in what counts."""
    counts_value, counts_cash = arranged.whole != "cash", arranged.whole != "value"
    for name, actor in arranged.evaluation.case.actors.items():
        kinds = [
            *(["value"] if counts_value and actor.reservation else []),
            *(["cash"] if counts_cash and actor.cash_floor else []),
        ]
        if kinds:
            kind = kinds[0] if len(kinds) == 1 else "both"
            yield text(
                words,
                f"arrange.accepted.{kind}",
                actor=words.actor(name),
                value=words.money(actor.reservation),
                cash=words.money(actor.cash_floor),
            )


def _payments(arranged: Arranged, words: Words) -> Table:
    table = new_table(
        text(words, "arrange.payments.title", currency=arranged.evaluation.case.currency)
    )
    for key in ("from", "to"):
        table.add_column(text(words, f"arrange.payments.{key}"), overflow="fold")
    numeric(table, *(text(words, f"arrange.payments.{k}") for k in ("worth", "yearly", "years")))
    for payment in arranged.payments:
        table.add_row(
            words.actor(payment.giver),
            words.actor(payment.receiver),
            words.amount(payment.present_value),
            _yearly(payment, words),
            _years(payment),
        )
    kind = "by_year" if arranged.is_by_year else "level"
    year = arranged.evaluation.case.price_year
    table.caption = text(words, f"arrange.payments.{kind}", year=year)
    return table


def _reasons(arranged: Arranged, words: Words) -> Iterator[str]:
    """Why each pays or receives: what its result is made of, the largest lines first."""
    for place, (name, position) in enumerate(arranged.positions.items()):
        amount = position.paid or position.received
        if not amount:
            continue
        kind, sign = ("payer", 1.0) if position.paid else ("receiver", -1.0)
        found = _by_subject(arranged, place, words)
        largest = sorted(found, key=lambda name: -sign * found[name])[:MOST_REASONS]
        lines = ", ".join(
            text(words, "arrange.reasons.line", line=line, amount=words.money(found[line]))
            for line in largest
            if sign * found[line] > 0
        )
        yield text(
            words,
            f"arrange.reasons.{kind}",
            actor=words.actor(name),
            amount=words.money(amount),
            net=words.money(position.net),
            lines=lines or NO_NUMBER,
        )


def _by_subject(arranged: Arranged, place: int, words: Words) -> dict[str, float]:
    """What each line adds to the net result of an actor; all flows of an instrument together."""
    case = arranged.evaluation.case
    found: dict[str, float] = {}
    for one in to_party(arranged.evaluation, place, "net"):
        line = case.transfers.get(one.line)
        title = words.line(one.line)
        if isinstance(line, Leg):
            own = case.instruments[line.instrument].title
            title = in_language(own, words.language, line.instrument)
        found[title] = found.get(title, 0.0) + one.amount
    return found


def _yearly(payment: Payment, words: Words) -> str:
    """What is paid in a year: one amount, or the least and the most."""
    low, high = min(payment.by_year.values()), max(payment.by_year.values())
    shown = [words.amount(low), words.amount(high)]
    return shown[0] if shown[0] == shown[1] else " – ".join(shown)


def _years(payment: Payment) -> str:
    first, last = min(payment.by_year), max(payment.by_year)
    return str(first) if first == last else f"{first}–{last}"


def _before_after(arranged: Arranged, words: Words) -> Table:
    rows = [
        [p.net, p.received - p.paid, p.net_after, p.cash_net, p.cash_net_after, p.subsidy]
        for p in arranged.positions.values()
    ]
    keys = ["value_before", "moved", "value_after", "cash_before", "cash_after", "missing"]
    if arranged.is_feasible:
        rows, keys = [row[:-1] for row in rows], keys[:-1]
    unit = largest_unit(rows, words)
    table = new_table(text(words, "arrange.before_after.title", currency=words.currency(unit)))
    table.add_column(text(words, "pockets.actor"), overflow="fold", min_width=12)
    numeric(table, *(text(words, f"arrange.before_after.{key}") for key in keys))
    for name, row in zip(arranged.positions, rows, strict=True):
        table.add_row(words.actor(name), *(words.amount(amount, unit) for amount in row))
    return table


def _sure(financing: Financing, arranged: Arranged, words: Words) -> Table:
    """How sure everybody is to be whole, and what each has to advance."""
    chances = financing.chances
    table = new_table(text(words, "arrange.sure.title"))
    table.add_column(text(words, "pockets.actor"), overflow="fold", min_width=12)
    keys = [*(["before", "after", "safe"] if chances else []), "need", "year"]
    numeric(table, *(text(words, f"arrange.sure.{key}") for key in keys))
    for name, position in arranged.positions.items():
        row = []
        if name in chances:
            chance = chances[name]
            row += [words.percent(round(share, 2)) for share in (chance.before, chance.after)]
            row.append(words.amount(chance.safely_spares))
        row.append(words.amount(position.deepest_need))
        row.append(NO_NUMBER if position.deepest_year is None else str(position.deepest_year))
        table.add_row(words.actor(name), *row)
    if financing.drawn is not None:
        draws = words.number(financing.drawn.draws, 0)
        table.caption = text(words, "arrange.sure.caption", draws=draws)
    return table
