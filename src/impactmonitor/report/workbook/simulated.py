"""How sure the result is, on the sheet of what is computed and not live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from impactmonitor.report.uncertainty_sentences import (
    Told,
    break_even,
    chance,
    choices,
    is_varying,
    measure_first,
    spread,
)
from impactmonitor.report.workbook.book import Chart, Scalar, Series
from impactmonitor.report.workbook.charts import BLUE, DASHED, DOTTED, GREEN, ORANGE, STRIPED
from impactmonitor.report.workbook.rows import Rows
from impactmonitor.uncertainty.results import Simulation
from impactmonitor.uncertainty.summary import QUANTILES, Summary

COLUMNS = 6
WIDTH = 900
MOST_INPUTS = 10
EXACT = 10**15
"""Larger whole numbers lose digits in a spreadsheet."""
_AMOUNTS = ("mean", "low", "middle", "high")


def write_simulated(rows: Rows, simulation: Simulation) -> None:
    """Chance, spread, what the result depends on, the years, and what to measure.

    Parameters
    ----------
    rows : Rows
        Where the next row goes.
    simulation : Simulation
        The distributions.
    """
    told = Told.of(simulation, rows.answer.language)
    rows.section("simulated")
    rows.sentence(chance(told) if simulation.inputs else spread(told))
    if simulation.inputs:
        rows.sentence(spread(told))
    rows.add(
        ("draws", simulation.draws),
        ("seed", simulation.seed if abs(simulation.seed) < EXACT else str(simulation.seed)),
        ("method", told.text(f"detail.{simulation.method}")),
    )
    if not is_varying(simulation):
        return
    _parties(rows, told)
    if told.important():
        _new_page(rows)
        _tornado(rows, told)
    _list(rows, told.text("break_even.title"), break_even(told))
    _new_page(rows)
    _years(rows, told)
    _list(rows, told.text("choice.title"), choices(told))
    lines = measure_first(told)
    intro = told.text("measure.intro") if lines else told.text("measure.nothing")
    _list(rows, told.text("measure.title"), [intro, *lines])


def _new_page(rows: Rows) -> None:
    """Print the next section on a new page."""
    rows.book.pages["computed"].breaks.append(rows.row + 1)


def _list(rows: Rows, title: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if found:
        rows.title(title)
        for line in found:
            rows.sentence(line)


def _parties(rows: Rows, told: Told) -> None:
    """A table of net results and one of money, of society, actors and perspectives."""
    simulation, words = told.simulation, told.words
    parties = {words.text("parties.society"): simulation.society}
    parties |= {words.actor(name): one for name, one in simulation.actors.items()}
    parties |= {words.perspective(name): one for name, one in simulation.perspectives.items()}
    heads = [told.text(f"parties.{name}") for name in _AMOUNTS]
    heads.append(told.text("parties.chance"))
    currency = simulation.evaluation.case.currency
    for key, part in (("net", "net"), ("cash", "cash_net")):
        rows.title(told.text(f"parties.{key}", currency=currency))
        rows.heads_of_numbers(words.text("parties.actor"), *heads)
        lines = [(name, *_numbers(getattr(one, part))) for name, one in parties.items()]
        rows.table(lines, "name", *["money"] * len(_AMOUNTS), "percent")
    rows.sentence(told.text("parties.caption"))


def _numbers(one: Summary) -> tuple[Scalar, ...]:
    return one.mean, one.p05, one.p50, one.p95, one.probability_positive


def _tornado(rows: Rows, told: Told) -> None:
    """What changes if a number turns out low or high, as a table and as bars."""
    point = told.simulation.evaluation.amount("net_present_value")
    rows.title(told.text("tornado.title"))
    ends = [rows.answer.text(f"computed.{key}") for key in ("low", "high", "if_low", "if_high")]
    rows.heads_of_numbers(told.text("tornado.input"), *ends)
    shown = list(told.important().items())[:MOST_INPUTS]
    lines: list[tuple[Scalar, ...]] = [
        (
            told.names.title(path),
            told.names.value(path, one.low, is_short=True),
            told.names.value(path, one.high, is_short=True),
            *(net - point for net in one.tornado),
        )
        for path, one in shown
    ]
    top = rows.table(lines, "name", *["money"] * 4)
    text = rows.answer.text
    series = [
        Series(ends[2], rows.area(top, 1), rows.area(top, 4), ORANGE, STRIPED),
        Series(ends[3], rows.area(top, 1), rows.area(top, 5), BLUE),
    ]
    rows.draw(Chart(
        "bar", "", told.text("tornado.title"), text("computed.tornado_about"),
        series, (0, 0), (WIDTH, 160 + 36 * len(lines)),
    ))  # fmt: skip


def _years(rows: Rows, told: Told) -> None:
    """The fan by year, and the same added up, each as a table and as lines."""
    fan, text = told.simulation.years, rows.answer.text
    currency = told.simulation.evaluation.case.currency
    names = {"p05": ("low", DOTTED, ORANGE), "p25": ("p25", DASHED, GREEN),
             "p50": ("middle", None, BLUE), "p75": ("p75", DASHED, GREEN),
             "p95": ("high", DOTTED, ORANGE)}  # fmt: skip
    heads = [_head(rows, told, key) for key, _, _ in names.values()]
    titles = (told.text("fan.title", currency=currency), text("computed.added_up"))
    for title, quantiles in zip(titles, (fan.net, fan.cumulative), strict=True):
        rows.title(title)
        rows.sentence(text("computed.years_about"))
        rows.heads_of_numbers(told.text("fan.year"), *heads)
        lines: list[tuple[Scalar, ...]] = [
            (str(year), *(float(quantiles[name][i]) for name in QUANTILES))
            for i, year in enumerate(fan.years)
        ]
        top = rows.table(lines, "name", *["money"] * len(QUANTILES))
        looks: Sequence[tuple[str | None, str]] = [look[1:] for look in names.values()]
        series = [
            Series(head, rows.area(top, 1), rows.area(top, column), colour, pattern)
            for column, (head, (pattern, colour)) in enumerate(
                zip(heads, looks, strict=True), start=2
            )
        ]
        about = text("computed.fan_about")
        rows.draw(Chart("line", "", title, about, series, (0, 0), (WIDTH, 320)))


def _head(rows: Rows, told: Told, key: str) -> str:
    if key in _AMOUNTS:
        return told.text(f"parties.{key}")
    return rows.answer.text(f"computed.{key}")
