"""The end of a report on a portfolio: what changed, claims, overlaps, method and all holdings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.portfolio.changes import Changes
from impactmonitor.portfolio.template_results import TemplateResult
from impactmonitor.report.portfolio_emissions import known_figures, template_title
from impactmonitor.report.portfolio_sentences import method_sentences, own_choices
from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.report.tables import new_table, numeric

LISTED_ELSEWHERE = frozenset({"possible-overlap", "double-claim-period", "double-claim-commitment"})
MOST_OVERLAPS = 8
SMALLEST = 0.005
"""Amounts below half a cent are rounding and are not listed."""


def annex_parts(told: PortfolioWords) -> Iterator[RenderableType]:
    """What changed since the last report, what may be counted twice, and every holding.

    Parameters
    ----------
    told : PortfolioWords
    """
    for kind, changes in told.report.result.changes.items():
        yield from (changes_table(told, kind, changes), Text(""))
    for result in told.report.templates:
        yield from (_emissions(told, result), Text(""))
    if told.report.templates:
        yield from (Text(told.text("emissions.caption")), Text(""))
    yield from _claims(told)
    yield from _overlaps(told)
    yield from _method(told)
    yield from (_holdings(told), Text(""))
    yield from _problems(told)


def figure_of(kind: str) -> str:
    """Which figure a bridge of this kind shows.

    Examples
    --------
    >>> figure_of("period"), figure_of("money")
    ('net', 'outstanding')
    """
    return "outstanding" if kind == "money" else "net"


def changes_table(told: PortfolioWords, kind: str, changes: Changes) -> Table:
    """From what was first reported of the earlier period to this one, step by step."""
    figure = figure_of(kind)
    table = new_table(told.text(f"changes.{kind}", earlier=changes.earlier, later=changes.later,
                                currency=told.currency))  # fmt: skip
    table.add_column(told.text("changes.step"), overflow="fold", min_width=44)
    numeric(table, told.text("changes.amount"))
    earlier, later = changes.earlier, changes.later
    table.add_row(told.text("changes.start", period=earlier), told.amount(changes.start[figure]))
    for step, amounts in changes.by_step.items():
        if abs(amounts[figure]) >= SMALLEST:
            table.add_row(told.text(f"steps.{step}"), told.amount(amounts[figure]))
    table.add_section()
    table.add_row(told.text("changes.end", period=later), told.amount(changes.end[figure]))
    if kind != "lifetime" and changes.restated[figure] != changes.start[figure]:
        caption = told.text(
            "changes.restated", period=earlier, restated=told.money(changes.restated[figure])
        )
        table.caption = caption
    return table


def _emissions(told: PortfolioWords, result: TemplateResult) -> Table:
    """The figures of a template that are known, with how much of the money they rest on."""
    table = new_table(template_title(told, result))
    table.add_column(told.text("emissions.figure"), overflow="fold", min_width=20)
    numeric(table, told.text("emissions.value"))
    table.add_column(told.text("emissions.unit"), overflow="fold")
    numeric(table, told.text("emissions.coverage"), told.text("emissions.quality"))
    for one in known_figures(told, result):
        value = told.percent(one.value) if one.is_share else told.number(one.value)
        coverage, quality = told.percent(one.coverage), told.number(one.quality)
        table.add_row(one.title, value, one.unit, coverage, quality)
    return table


def _section(told: PortfolioWords, title: str, said: list[str]) -> Iterator[RenderableType]:
    if said:
        yield Text(told.text(title), style="bold")
        for text in said:
            yield Padding(Text(text), (0, 0, 0, 2))
        yield Text("")


def _claims(told: PortfolioWords) -> Iterator[RenderableType]:
    found = [one.problem for one in told.report.result.claims]
    said = [f"! {one.message(told.language)} {one.hint(told.language)}" for one in found]
    yield from _section(told, "claims.title", said)


def _overlaps(told: PortfolioWords) -> Iterator[RenderableType]:
    """By pair of holdings, the most lines first."""
    pairs = Counter((one.first[0], one.second[0]) for one in told.report.result.overlaps)
    said = [
        told.text("overlaps.pair", first=told.holding(a), second=told.holding(b), count=count)
        for (a, b), count in pairs.most_common(MOST_OVERLAPS)
    ]
    if len(pairs) > MOST_OVERLAPS:
        said.append(told.text("overlaps.more", count=len(pairs) - MOST_OVERLAPS))
    yield from _section(told, "overlaps.title", said)


def _method(told: PortfolioWords) -> Iterator[RenderableType]:
    said = [f"{name}: {text}" for name, text in method_sentences(told)]
    yield from _section(told, "method.title", said)
    yield from _section(told, "ours.title", [f"{name}: {text}" for name, text in own_choices(told)])


def _holdings(told: PortfolioWords) -> Table:
    result = told.report.result
    table = new_table(told.text("holdings.title", period=result.period, currency=told.currency))
    table.add_column(told.text("holding"), overflow="fold", min_width=14)
    table.add_column(told.text("holdings.instrument"), overflow="fold")
    heads = ("outstanding", "share", "net", "plan_net", "lifetime_net")
    numeric(table, *(told.text(f"holdings.{head}") for head in heads))
    table.add_column(told.text("holdings.rests_on"), overflow="fold", min_width=10)
    for one in result.holdings.values():
        reason = one.reason("period")
        is_measured = one.case is not None and one.case.is_measured
        rests_on = told.text("measured" if is_measured else "planned")
        table.add_row(
            told.holding(one.id), told.instrument(one.share.kind),
            told.amount(one.money.outstanding), told.percent(one.share.period_share),
            told.amount(one.period.net if one.period else None),
            told.amount(one.plan.net if one.plan else None),
            told.amount(one.lifetime.net if one.lifetime else None),
            rests_on if reason is None else told.reason(reason),
        )  # fmt: skip
    table.caption = told.text("holdings.caption")
    return table


def _problems(told: PortfolioWords) -> Iterator[RenderableType]:
    result = told.report.result
    found = [
        one for one in (*result.problems, *result.warnings) if one.code not in LISTED_ELSEWHERE
    ]
    said = []
    for one in found:
        place = f"{one.place}: " if one.place else ""
        text = f"! {place}{one.message(told.language)} {one.hint(told.language)}"
        said.append(text.rstrip())
    yield from _section(told, "problems.title", said)
