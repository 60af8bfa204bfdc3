"""Divided costs and pots on screen: the shares side by side, with the tests beneath."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.financing.allocation import Allocation, Division
from impactmonitor.financing.claims import PotDivision
from impactmonitor.financing.cost_keys import EXACT_ONLY, SAVING_TOGETHER
from impactmonitor.financing.games import EXACT_PLAYERS, Array
from impactmonitor.financing.keys import rounded
from impactmonitor.messages import Language
from impactmonitor.problems import Problem
from impactmonitor.report.formatting import number
from impactmonitor.report.tables import WIDEST, new_table, numeric

MOST_NEEDS = 4
TESTS = ("individually_rational", "in_core", "at_least_marginal")
_SENTENCES = {
    "costs": "costs",
    "stand_alone": "stand_alone",
    "marginal": "marginal",
    "benefits": "benefits",
    "stand_alone above 0": "stand_alone_above",
    "benefits above 0": "benefits_above",
    EXACT_ONLY: "few_players",
    SAVING_TOGETHER: "saving",
}


def allocation_screen(allocation: Allocation, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor allocate`` shows of a joint cost.

    Parameters
    ----------
    allocation : Allocation
        The shares, and the tests of them.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    total, players = allocation.game.total, allocation.game.players
    if total is None:
        headline = _text("headline.cost_unknown", language)
    else:
        key = "headline.cost_one" if len(players) == 1 else "headline.cost"
        headline = _text(key, language, total=number(total, language, 2), count=len(players))
    yield Padding(Text(headline, style="bold"), (0, 0, 1, 0))
    if any(division.shares is not None for division in allocation.by_key.values()):
        yield _shares(allocation, language)
        yield Text("")
        yield from _paragraphs(remarks(allocation, language))
    yield from needs_list(allocation.by_key, language)
    yield from _doubts(allocation.warnings, language)


def worked_out(by_key: Mapping[str, Division]) -> dict[str, tuple[Array, Division]]:
    """The shares of the keys of which nothing is missing, with all that is known of them."""
    return {key: (one.shares, one) for key, one in by_key.items() if one.shares is not None}


def _shares(allocation: Allocation, language: Language) -> Table:
    found, total = worked_out(allocation.by_key), allocation.game.total or 0.0
    heads = [_text(f"methods.{key}.head", language) for key in found]
    unit, digits = scale([[*shares, total] for shares, _ in found.values()], heads, language)
    columns = [shown(shares, unit, digits, total) for shares, _ in found.values()]
    table = titled_table("shares", unit, language)
    table.add_column(_text("shares.player", language), overflow="fold", min_width=12)
    numeric(table, *heads)
    for place, name in enumerate(allocation.game.players):
        table.add_row(Text(name), *(number(c[place], language, digits) for c in columns))
    table.add_section()
    sums = (number(sum(column), language, digits) for column in columns)
    table.add_row(_text("shares.total", language), *sums)
    table.add_section()
    divisions = [division for _, division in found.values()]
    for label, *verdicts in verdict_rows(divisions, language):
        table.add_row(label, *verdicts)
    table.caption = caption(divisions, digits, language)
    return table


def verdict_rows(divisions: Iterable[Division], language: Language) -> Iterator[list[str]]:
    """A row for every test of the shares, in words."""
    found = list(divisions)
    for test in TESTS:
        verdicts = (_verdict(getattr(one, test), language) for one in found)
        yield [_text(f"tests.{test}", language), *verdicts]


def is_tested(division: Division) -> bool:
    """Whether any of the tests could be done."""
    return any(getattr(division, test) is not None for test in TESTS)


def caption(divisions: Iterable[Division], digits: int, language: Language) -> str:
    """How the amounts were rounded, and what unknown means where that stands there."""
    rounding = "shares.rounded" if digits else "shares.rounded_more"
    sentences = [_text(rounding, language)]
    tested = [getattr(one, test) for one in divisions for test in TESTS]
    if None in tested:
        sentences.append(_text("tests.caption", language))
    return " ".join(sentences)


def _verdict(holds: bool | None, language: Language) -> str:
    key = "unknown" if holds is None else "yes" if holds else "no"
    return _text(f"tests.{key}", language)


def remarks(allocation: Allocation, language: Language) -> Iterator[str]:
    """What is to be known of the shares as a whole."""
    nucleolus = allocation.by_key.get("nucleolus")
    if nucleolus is not None and nucleolus.in_core is False:
        yield _text("headline.empty_core", language)
    for division in allocation.by_key.values():
        if division.sample is not None:
            sample = division.sample
            error = number(float(sample.standard_error.max()), language)
            orders = number(sample.orders, language, 0)
            yield _text("sampled.line", language, orders=orders, seed=sample.seed, error=error)


def needs_list(by_key: Mapping[str, Division], language: Language) -> Iterator[RenderableType]:
    """What is missing for the keys that could not be worked out; the same needs together."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for key, division in by_key.items():
        if division.needs:
            lacking.setdefault(division.needs, []).append(key)
    if not lacking:
        return
    yield Text(_text("needs.title", language), style="bold")
    for needs, keys in lacking.items():
        names = ", ".join(_text(f"methods.{key}.name", language) for key in keys)
        names = names[0].upper() + names[1:]
        line = _text("needs.line", language, key=names, needs=_needs(needs, language))
        yield Padding(Text(line), (0, 0, 0, 2))
    yield Text("")


def _needs(needs: Sequence[str], language: Language) -> str:
    shown = ", ".join(_need(need, language) for need in needs[:MOST_NEEDS])
    rest = len(needs) - MOST_NEEDS
    return _text("needs.more", language, needs=shown, count=rest) if rest > 0 else shown


def _need(need: str, language: Language) -> str:
    """One thing that is missing, in words; a place in a file is named as it is written there."""
    section, _, name = need.partition(".")
    if section == "costs" and name:
        return _text("needs.coalition", language, name=name)
    if need in _SENTENCES:
        return _text(f"needs.{_SENTENCES[need]}", language, count=EXACT_PLAYERS)
    return need


def pot_screen(division: PotDivision, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor allocate`` shows of a pot and the claims on it."""
    claimed = sum(division.claims.values())
    amounts = {
        "pot": division.pot,
        "claims": claimed,
        "short": max(0.0, claimed - division.pot),
        "left": division.left,
    }
    key = "short" if division.pot < claimed else "enough"
    written = {name: number(amount, language, 2) for name, amount in amounts.items()}
    headline = _text(f"headline.{key}", language, **written)
    yield Padding(Text(headline, style="bold"), (0, 0, 1, 0))
    yield _awards(division, claimed, language)


def _awards(division: PotDivision, claimed: float, language: Language) -> Table:
    claims = np.array(list(division.claims.values()))
    paid = min(division.pot, claimed)
    found = [(claims, claimed), *((awards, paid) for awards in division.awards.values())]
    rules = [_text(f"rules.{rule}.head", language) for rule in division.awards]
    heads = [_text("claims.claim", language), *rules]
    unit, digits = scale([[*amounts, total] for amounts, total in found], heads, language)
    columns = [shown(amounts, unit, digits, total) for amounts, total in found]
    table = titled_table("claims", unit, language)
    table.add_column(_text("shares.player", language), overflow="fold", min_width=12)
    numeric(table, *heads)
    for place, name in enumerate(division.claims):
        table.add_row(Text(name), *(number(c[place], language, digits) for c in columns))
    table.add_section()
    sums = (number(sum(column), language, digits) for column in columns)
    table.add_row(_text("shares.total", language), *sums)
    table.caption = caption([], digits, language)
    return table


# --- Amounts that fit beside each other -----------------------------------------------------------


def scale(
    columns: Sequence[Sequence[float]], heads: Sequence[str], language: Language
) -> tuple[int, int]:
    """In how many a table counts, and with how many decimals: the first that fits.

    Parameters
    ----------
    columns : sequence of sequence of float
        The amounts.
    heads : sequence of str
        What stands above each column.
    language : {"nl", "en"}
        The reader's language.

    Examples
    --------
    >>> scale([[412584.0]] * 6, ["Shapley"] * 6, "en")  # whole amounts
    (1, 0)
    """
    least = [max(map(len, head.split("\n"))) for head in heads]
    room = max(WIDEST, sum(least))
    unit, digits = 1, 2
    while True:
        amounts = [[number(x / unit, language, digits) for x in column] for column in columns]
        widths = (max(map(len, column)) for column in amounts)
        if sum(map(max, widths, least)) <= room:
            return unit, digits
        unit, digits = (unit if digits else unit * 1000), 0


def titled_table(subject: str, unit: int, language: Language) -> Table:
    """A table with what it shows, and in how many it counts."""
    if unit == 1:
        return new_table(_text(f"{subject}.title", language))
    return new_table(_text(f"{subject}.title_in", language, unit=number(unit, language, 0)))


def shown(amounts: Array, unit: int, digits: int, total: float) -> list[float]:
    """Amounts as a table counts them, rounded so that the column adds up."""
    decimals = digits if unit == 1 else 1 - len(str(unit))
    return [amount / unit + 0.0 for amount in rounded(amounts, decimals, total).tolist()]


def _paragraphs(sentences: Iterable[str]) -> Iterator[RenderableType]:
    for sentence in sentences:
        yield Padding(Text(sentence), (0, 0, 1, 0))


def _doubts(problems: Iterable[Problem], language: Language) -> Iterator[RenderableType]:
    for problem in problems:
        lead = f"! {problem.place}: " if problem.place else "! "
        text = f"{lead}{problem.message(language)} {problem.hint(language)}".rstrip()
        yield Padding(Text(text), (0, 0, 0, 0))


def _text(key: str, language: Language, /, **params: object) -> str:
    return messages.text(f"allocation.{key}", language, **params)
