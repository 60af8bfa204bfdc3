"""Figures of templates over a portfolio on screen: what is known, how sure, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.portfolio_templates import TemplateIndicator
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.evic_inflation import EvicInflation
from impactmonitor.portfolio.investee_facts import Missing
from impactmonitor.portfolio.template_results import TemplateFigure, TemplateResult
from impactmonitor.report.financed_screen import data_quality, financed_screen, whole_percents
from impactmonitor.report.formatting import number, percent
from impactmonitor.report.tables import new_table, numeric
from impactmonitor.report.template_document import Filled, unit_text

INDENT = (0, 0, 0, 2)
MOST_MISSING = 8


def template_screen(filled: Filled, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor portfolio indicators`` shows, the answer first.

    Parameters
    ----------
    filled : Filled
        Templates that were worked out.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    for result in filled.results:
        yield from _Shown(filled, result, language).parts()


class _Shown:
    """One template that was worked out, with the words for it."""

    def __init__(self, filled: Filled, result: TemplateResult, language: Language) -> None:
        self.filled, self.result, self.language = filled, result, language
        self.template = result.template
        self.is_quarterly = self.template.moments == "quarter-ends"

    def text(self, key: str, **params: object) -> str:
        return messages.text(f"templates.{key}", self.language, **params)

    def parts(self) -> Iterator[RenderableType]:
        moment = self.text(f"moments.{self.template.moments}", period=self.result.period)
        title = in_language(self.template.title, self.language)
        yield Text(self.text("title", title=title, moment=moment), style="bold")
        yield Text(self.text("edition", edition=self.template.edition), style="dim")
        for sentence in self.sentences():
            yield Text(sentence)
        if self.known():
            yield self.table()
            for sentence in self.legend():
                yield Text(sentence, style="dim")
        financed = self.filled.financed.get(self.template.id)
        if financed is not None:
            yield from financed_screen(financed, self.filled.portfolio, self.language)
        yield from self.without()
        yield from self.missing()
        yield Text("")

    # --- The answer ---------------------------------------------------------------------------

    def known(self) -> dict[str, TemplateFigure]:
        """The indicators that have a figure, or one for some sector."""
        found = self.result.indicators.items()
        return {n: r for n, r in found if r.value is not None or r.reason == "by-sector"}

    def sentences(self) -> Iterator[str]:
        known, count = len(self.known()), len(self.result.indicators)
        yield self.text("headline.known" if known else "headline.none", known=known, count=count)
        if self.result.within is not None:
            yield self.text("headline.within", within=self.text(f"within.{self.result.within}"))
        days = sorted({day for one in self.known().values() for day in one.days_missing})
        if days and self.is_quarterly:
            key = "headline.quarters_one" if len(days) == 1 else "headline.quarters"
            yield self.text(key, count=len(days), days=", ".join(f"{day}" for day in days))
        inflation = self.filled.inflation.get(self.template.id)
        if inflation is not None:
            yield self.inflation(inflation)

    def inflation(self, found: EvicInflation) -> str:
        adjustment = found.adjustment
        if adjustment is None:
            return self.text("inflation.none", base_period=found.base_period)
        change = adjustment.change
        sign = "+" if change is not None and change > 0 else ""
        return self.text(
            "inflation.found",
            base_period=found.base_period,
            period=found.period,
            base=self.number(adjustment.base),
            current=self.number(adjustment.adjusted_current),
            change=f"{sign}{percent(change, self.language)}",
            factor=self.number(adjustment.factor),
            reported=self.number(adjustment.base),
            reported_now=self.number(adjustment.current),
        )

    def number(self, value: float | None) -> str:
        return number(value, self.language)

    def table(self) -> Table:
        table = new_table()
        table.add_column(self.text("table.indicator"), overflow="fold", ratio=3)
        numeric(table, self.text("table.value"))
        table.add_column(self.text("table.unit"), overflow="fold", ratio=2)
        kind = "reported" if self.is_quarterly else "quality"
        numeric(table, self.text("table.coverage"), self.text(f"table.{kind}"))
        for name, one in self.known().items():
            indicator = self.template.indicators[name]
            if one.value is not None:
                table.add_row(*self.row(indicator, self.named(name), one))
            for sector, part in one.sectors.items():
                if part.value is not None:
                    title = self.text("sector", title=self.named(name), sector=sector)
                    table.add_row(*self.row(indicator, title, part))
        return table

    def named(self, name: str) -> str:
        """The title of an indicator, with its number, and whether it stands apart."""
        indicator = self.template.indicators[name]
        title = in_language(indicator.title, self.language)
        if indicator.number is not None:
            return self.text("without.numbered", number=indicator.number, title=title)
        return self.text("apart", title=title) if indicator.is_apart else title

    def row(self, indicator: TemplateIndicator, title: str, one: TemplateFigure) -> list[str]:
        value = percent(one.value, self.language)
        unit = ""
        if not indicator.is_share:
            value = self.number(one.value)
            unit = unit_text(indicator.unit, self.result.currency, self.language)
        sure = one.sureness
        is_said = sure.not_said is None or sure.not_said < 1
        reported = percent(whole_percents(sure.reported) if is_said else None, self.language)
        last = reported if self.is_quarterly else self.quality(sure.quality)
        return [title, value, unit, percent(whole_percents(sure.coverage), self.language), last]

    def quality(self, score: float | None) -> str:
        return data_quality(score, self.language)

    def legend(self) -> Iterator[str]:
        yield self.text("legend.coverage")
        if any((one.sureness.coverage or 0.0) < 1 for one in self.known().values()):
            yield self.text("legend.partial")
        yield self.text("legend.reported" if self.is_quarterly else "legend.quality")
        shown = {name: self.template.indicators[name] for name in self.known()}
        if any(one.is_apart for one in shown.values()):
            yield self.text("legend.apart")
        untried = dict.fromkeys(
            one.number or in_language(one.title, self.language)
            for one in shown.values()
            if not one.is_tried
        )
        if untried:
            yield self.text("legend.tried", numbers=", ".join(untried))

    # --- What is not known --------------------------------------------------------------------

    def without(self) -> Iterator[RenderableType]:
        known = self.known()
        others = {n: r for n, r in self.result.indicators.items() if n not in known}
        if not others:
            return
        yield Text(f"\n{self.text('without.title')}", style="bold")
        for reason in ("nothing-held", "no-amounts"):
            titles = [self.named(name) for name, one in others.items() if one.reason == reason]
            if titles:
                line = self.text(f"reason.{reason}", titles="; ".join(titles))
                yield Padding(Text(line), INDENT)
        for name, one in others.items():
            if one.reason == "no-data":
                facts = ", ".join(self.template.needed(name))
                line = self.text("reason.no-data", title=self.named(name), facts=facts)
                yield Padding(Text(line), INDENT)

    def missing(self) -> Iterator[RenderableType]:
        """What would complete the figures that can be given, each place once."""
        found = dict.fromkeys(one for r in self.known().values() for one in r.missing)
        if not found:
            return
        yield Text(f"\n{self.text('missing.title')}", style="bold")
        for one in list(found)[:MOST_MISSING]:
            yield Padding(Text(self.lacking(one)), INDENT)
        if len(found) > MOST_MISSING:
            more = self.text("missing.more", count=len(found) - MOST_MISSING)
            yield Padding(Text(more, style="dim"), INDENT)

    def lacking(self, one: Missing) -> str:
        fact = self.template.facts.get(one.name)
        name = one.name if fact is None else in_language(fact.title, self.language)
        return self.text(f"missing.{one.lack}", place=one.place, name=name)
