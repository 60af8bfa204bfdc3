"""How sure a result is, on screen: first one sentence, then who, why, and what to measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.screen import unmonetised_table, warning_list
from impactmonitor.report.sentences import basis
from impactmonitor.report.tables import bar, largest_unit, new_table, numeric
from impactmonitor.report.uncertainty_detail import detail_screen
from impactmonitor.report.uncertainty_sentences import (
    Told,
    break_even,
    choices,
    is_varying,
    measure_first,
    spread,
    sure_headline,
)
from impactmonitor.uncertainty.results import Simulation, Variation
from impactmonitor.uncertainty.summary import Summary

MOST_INPUTS = 10
HALF_BAR = 9
WIDEST, WIDEST_BESIDE_STRIP, WIDEST_BESIDE_CHANCES = 42, 40, 30
"""Characters that the amounts of a table may take on a screen of 80 columns."""
STRIP = 30
MOST_YEARS = 12
"""Up to so many years are all shown; of more, every fifth one."""


def uncertainty_screen(
    simulation: Simulation, language: Language, is_detailed: bool = False
) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor simulate`` shows.

    Parameters
    ----------
    simulation : Simulation
        The distributions.
    language : {"nl", "en"}
        The reader's language.
    is_detailed : bool
        Also what only people who know the methods need.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    told = Told.of(simulation, language)
    evaluation, words = simulation.evaluation, told.words
    yield Text(in_language(evaluation.case.title, language), style="bold")
    if evaluation.scenario is not None:
        state = evaluation.applied[0]
        title = in_language(state.title, language, state.id)
        yield Text(words.text("basis.scenario", title=title))
    yield Padding(Text(sure_headline(told), style="bold"), (0, 0, 1, 0))
    yield Padding(Text(spread(told)), (0, 0, 1, 0))
    if is_varying(simulation):
        yield from _results(told)
    if any(not effect.monetised for effect in evaluation.case.effects.values()):
        yield unmonetised_table(evaluation, words)
    yield from warning_list(simulation.warnings, words)
    if is_detailed:
        yield from detail_screen(told)
    yield Text(basis(evaluation, words), style="dim")


def _results(told: Told) -> Iterator[RenderableType]:
    net, cash = parties_table(told, "net"), parties_table(told, "cash_net")
    net.caption = told.text("parties.caption")
    yield from (net, Text(""), cash)
    if told.important():
        yield from (_tornado(told), Text(""))
    yield from _list(told.text("break_even.title"), break_even(told))
    yield from (_fan(told), Text(""))
    if told.simulation.scenarios or told.simulation.alternatives:
        yield _variants(told)
    yield from _list(told.text("choice.title"), choices(told))
    yield from _measure(told)


def _list(title: str, lines: Iterable[str]) -> Iterator[RenderableType]:
    found = list(lines)
    if not found:
        return
    yield Text(title, style="bold")
    for line in found:
        yield Padding(Text(line), (0, 0, 0, 2))
    yield Text("")


# --- parties --------------------------------------------------------------------------------------


def parties_table(told: Told, part: str) -> Table:
    """The distribution of every party's net result, or of the part of it that is money.

    Parameters
    ----------
    told : Told
        The simulation and its words.
    part : {"net", "cash_net"}
        Which of the two.
    """
    simulation, words = told.simulation, told.words
    groups = [
        {words.text("parties.society"): simulation.society},
        {words.actor(name): spread for name, spread in simulation.actors.items()},
        {words.perspective(name): spread for name, spread in simulation.perspectives.items()},
    ]
    summaries: list[dict[str, Summary]] = [
        {title: getattr(spread, part) for title, spread in group.items()} for group in groups
    ]
    rows = [_amounts(one) for group in summaries for one in group.values()]
    unit = largest_unit(rows, words, WIDEST)
    key = "parties.net" if part == "net" else "parties.cash"
    table = new_table(told.text(key, currency=words.currency(unit)))
    table.add_column(words.text("parties.actor"), overflow="fold", min_width=12)
    numeric(table, *_heads(told), told.text("parties.chance"))
    for group in summaries:
        for title, one in group.items():
            amounts = (words.amount(a, unit) for a in _amounts(one))
            table.add_row(title, *amounts, told.chance(one.probability_positive))
        table.add_section()
    return table


def _heads(told: Told) -> list[str]:
    return [told.text(f"parties.{name}") for name in ("mean", "low", "middle", "high")]


def _amounts(one: Summary) -> list[float]:
    return [one.mean, one.p05, one.p50, one.p95]


# --- what it depends on ---------------------------------------------------------------------------


def _tornado(told: Told) -> Table:
    """Two bars for each number: what the result is if it is low, and if it is high."""
    words, important = told.words, told.important()
    shown = list(important.items())[:MOST_INPUTS]
    point = told.simulation.evaluation.amount("net_present_value")
    largest = max(abs(net - point) for _, one in shown for net in one.tornado)
    table = new_table(told.text("tornado.title"))
    table.add_column(told.text("tornado.input"), overflow="fold", min_width=16)
    table.add_column(told.text("tornado.value"), no_wrap=True)
    numeric(table, told.text("tornado.net"))
    table.add_column(told.text("tornado.picture"), no_wrap=True, justify="center")
    for path, one in shown:
        ends = zip(("low", "high"), (one.low, one.high), one.tornado, strict=True)
        name = told.names.title(path)
        rows = [
            (
                told.text(f"tornado.{end}", value=told.names.value(path, value, is_short=True)),
                words.money(net),
                bar(net - point, largest, HALF_BAR),
            )
            for end, value, net in ends
        ]
        cells = ("\n".join(column) for column in zip(*rows, strict=True))
        table.add_row(name, *cells)
    caption = told.text("tornado.caption", net=words.money(point))
    rest = len(important) - len(shown)
    if rest:
        caption += " " + told.text("tornado.more_one" if rest == 1 else "tornado.more", count=rest)
    table.caption = caption
    return table


# --- by year --------------------------------------------------------------------------------------


def _fan(told: Told) -> Table:
    """How far the net result of each year can differ."""
    fan, words = told.simulation.years, told.words
    names = ("p05", "p25", "p50", "p75", "p95")
    rows = [[float(fan.net[name][i]) for name in names] for i in range(len(fan.years))]
    totals = [float(x) for x in fan.cumulative["p50"]]
    amounts = [[row[0], row[2], row[4], total] for row, total in zip(rows, totals, strict=True)]
    unit = largest_unit(amounts, words, WIDEST_BESIDE_STRIP)
    table = new_table(told.text("fan.title", currency=words.currency(unit)))
    table.add_column(told.text("fan.year"), no_wrap=True)
    numeric(table, *_heads(told)[1:])
    table.add_column(told.text("fan.picture"), no_wrap=True)
    numeric(table, told.text("fan.total"))
    ends = min(0.0, *(row[0] for row in rows)), max(0.0, *(row[-1] for row in rows))
    for i in _shown_years(len(rows)):
        low, middle, high, total = (words.amount(a, unit) for a in amounts[i])
        table.add_row(str(fan.years[i]), low, middle, high, strip(rows[i], *ends), total)
    table.caption = told.text("fan.caption")
    return table


def _shown_years(count: int) -> list[int]:
    if count <= MOST_YEARS:
        return list(range(count))
    return sorted({0, *range(4, count, 5), count - 1})


def strip(quantiles: Sequence[float], least: float, most: float) -> str:
    """A row of characters: 9 of 10 cases as a line, half of them as a block, zero as |.

    Parameters
    ----------
    quantiles : sequence of float
        The 5th, 25th, 50th, 75th and 95th percentile.
    least, most : float
        The amounts at both ends; zero lies between them.

    Examples
    --------
    >>> strip([-1.0, 0.0, 1.0, 2.0, 3.0], -1.0, 3.0)
    '───────|██████████████───────'
    """
    reach = most - least
    at = [round((STRIP - 2) * (x - least) / reach) if reach else 0 for x in (*quantiles, 0.0)]
    low, inner, _, outer, high, zero = at
    marks = [" "] * (STRIP - 1)
    marks[low : high + 1] = "─" * (high + 1 - low)
    marks[inner : outer + 1] = "█" * (outer + 1 - inner)
    marks[zero] = "|"
    return "".join(marks)


# --- other choices, and what to measure -----------------------------------------------------------


def _variants(told: Told) -> Table:
    """Scenarios and alternatives beside the case itself."""
    words, simulation = told.words, told.simulation
    found: list[tuple[str, Summary, Variation | None]] = [
        (words.text("variants.itself"), simulation.net_present_value, None)
    ]
    evaluation = simulation.evaluation
    groups: tuple[tuple[str, Mapping[str, Variation]], ...] = (
        ("scenarios", simulation.scenarios),
        ("alternatives", simulation.alternatives),
    )
    for kind, variations in groups:
        for name, one in variations.items():
            variant = getattr(evaluation, kind)[name].applied[-1]
            title = in_language(variant.title, words.language, variant.id)
            title = f"{title} ({words.text(f'variants.{variant.kind}')})"
            found.append((title, one.society.net, one))
    amounts = [[net.mean, net.p05, net.p95] for _, net, _ in found]
    unit = largest_unit(amounts, words, WIDEST_BESIDE_CHANCES)
    title = told.text("variants.title")
    table = new_table(f"{title} ({words.currency(unit)})")
    table.add_column(words.text("variants.variant"), overflow="fold")
    mean, low, _, high = _heads(told)
    numeric(table, mean, low, high, told.text("parties.chance"), told.text("variants.better"))
    for (name, net, variation), row in zip(found, amounts, strict=True):
        better = variation.difference.probability_positive if variation else None
        cell = "–" if better is None else told.chance(better)
        numbers = (words.amount(a, unit) for a in row)
        table.add_row(name, *numbers, told.chance(net.probability_positive), cell)
    return table


def _measure(told: Told) -> Iterator[RenderableType]:
    lines = measure_first(told)
    intro = told.text("measure.intro") if lines else told.text("measure.nothing")
    yield from _list(told.text("measure.title"), [intro, *lines])
