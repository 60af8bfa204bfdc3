"""What only people who know the methods ask for: draws, standard errors, indices, ratios."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.report.tables import new_table, numeric
from impactmonitor.report.uncertainty_sentences import Told
from impactmonitor.uncertainty.results import Ratio


def detail_screen(told: Told) -> Iterator[RenderableType]:
    """The technical part of what ``impactmonitor simulate --detail`` shows."""
    yield Text(told.text("detail.title"), style="bold")
    for line in _lines(told):
        yield Padding(Text(line), (0, 0, 0, 2))
    yield Text("")
    if told.simulation.inputs:
        yield _inputs(told)
    yield _ratios(told)


def _lines(told: Told) -> Iterator[str]:
    simulation, words = told.simulation, told.words
    net, money = simulation.net_present_value, words.money
    yield told.text(
        "detail.drawn",
        draws=words.number(simulation.draws, 0),
        seed=simulation.seed,
        method=told.text(f"detail.{simulation.method}"),
        sampled=words.number(simulation.sampled, 0),
    )
    yield told.text(
        "detail.error",
        mean=money(net.mean),
        sd=money(net.sd),
        error=money(net.standard_error),
        chance_error=words.number(net.standard_error_of_probability),
        loss=money(net.expected_loss),
    )
    exact = simulation.exact
    if exact is None:
        yield told.text("detail.no_exact")
    else:
        yield told.text("detail.exact", mean=money(exact.mean), sd=money(exact.sd))
    if simulation.decisions:
        yield told.text("detail.evpi", value=money(simulation.evpi))


def _inputs(told: Told) -> Table:
    words = told.words
    table = new_table(told.text("detail.inputs"))
    table.add_column(words.text("explain.what"), overflow="fold")
    heads = ("first_order", "total", "evppi", "switching")
    numeric(table, *(told.text(f"detail.{name}") for name in heads))
    found = told.simulation.inputs.items()
    for path, one in sorted(found, key=lambda item: -item[1].total):
        switching = one.switching_value
        turn = "–" if switching is None else told.names.value(path, switching)
        indices = (words.number(x, 3) for x in (one.first_order, one.total))
        table.add_row(path, *indices, words.money(one.evppi), turn)
    return table


def _ratios(told: Told) -> Table:
    """Benefit-cost ratio and rate of return, and how often they do not exist."""
    words, simulation = told.words, told.simulation
    table = new_table(told.text("detail.ratios"))
    table.add_column(words.text("returns.metric"))
    heads = ("mean", "low", "middle", "high")
    numeric(table, *(told.text(f"parties.{name}") for name in heads))
    numeric(table, told.text("detail.undefined"))
    for name, is_rate in (("benefit_cost_ratio", False), ("internal_rate_of_return", True)):
        ratio: Ratio = getattr(simulation, name)
        table.add_row(told.text(f"detail.{name}"), *_numbers(told, ratio, is_rate))
    return table


def _numbers(told: Told, ratio: Ratio, is_rate: bool) -> list[str]:
    words, found = told.words, ratio.summary
    numbers = [None] * 4 if found is None else [found.mean, found.p05, found.p50, found.p95]
    written = [words.percent(x) if is_rate else words.number(x, 2) for x in numbers]
    return [*written, words.percent(ratio.undefined)]
