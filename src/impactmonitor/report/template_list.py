"""Which templates there are, how their figures are worked out, and which facts they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.catalogue import Catalogue
from impactmonitor.messages import Language
from impactmonitor.model.portfolio_templates import (
    AttributionRule,
    DenominatorRule,
    FactDefinition,
    PortfolioTemplate,
    TemplateIndicator,
)
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem
from impactmonitor.report.document import problem_list
from impactmonitor.report.entries import cited
from impactmonitor.report.formatting import number
from impactmonitor.report.tables import new_table
from impactmonitor.report.template_document import definition, described

INDENT = (0, 0, 0, 2)


def template_list_document(
    templates: Iterable[PortfolioTemplate],
    language: Language = "en",
    warnings: Iterable[Problem] = (),
) -> dict[str, Any]:
    """Templates with the facts that they need, as plain values.

    Parameters
    ----------
    templates : iterable of PortfolioTemplate
        Which ones.
    language : {"nl", "en"}
        Of titles and messages.
    warnings : iterable of Problem
        What was noticed on the way.

    Examples
    --------
    >>> from impactmonitor.catalogue.portfolio_templates import load_templates
    >>> found = template_list_document([load_templates().named("sfdr-2022")])
    >>> found["templates"]["sfdr-2022"]["indicators"]["pai-13"]["needs"]
    ['board-women', 'board-members']
    """
    return {
        "templates": {one.id: _listed(one, language) for one in templates},
        "warnings": problem_list(warnings, language),
    }


def _listed(template: PortfolioTemplate, language: Language) -> dict[str, Any]:
    currency = _text("list.currency", language)
    return {
        **described(template, language),
        "indicators": {
            name: definition(template, name, currency, language) for name in template.indicators
        },
        "facts": {
            name: {
                "title": in_language(fact.title, language),
                "unit": in_language(fact.unit, language) or fact.currency,
                "kind": fact.kind,
                "is_money": fact.is_money,
                "is_written_once": fact.is_written_once,
                "description": in_language(fact.description, language) or None,
            }
            for name, fact in template.facts.items()
        },
        "attribution": {
            name: {
                "denominators": [
                    way.model_dump(include={"sum", "below_zero_as_zero", "only", "is_whole"})
                    for way in rule.denominators
                ],
                "shares": rule.shares.model_dump() if rule.shares else None,
            }
            for name, rule in template.attribution.items()
        },
    }


def template_list_screen(
    templates: Sequence[PortfolioTemplate], catalogue: Catalogue, language: Language
) -> Iterator[RenderableType]:
    """Templates with their formulas and facts.

    Parameters
    ----------
    templates : sequence of PortfolioTemplate
        Which ones.
    catalogue : Catalogue
        Gives the sources.
    language : {"nl", "en"}
        The reader's language.
    """
    for template in templates:
        yield Text(f"{template.id}  {in_language(template.title, language)}", style="bold")
        yield from _about(template, catalogue, language)
        yield _indicators(template, language)
        yield _facts(template, language)
        yield from _attribution(template, language)
        yield Text(f"{_text('list.hint', language, id=template.id)}\n", style="dim")


def _about(
    template: PortfolioTemplate, catalogue: Catalogue, language: Language
) -> Iterator[RenderableType]:
    moment = _text(f"moments.any_{template.moments}", language)
    lines = [
        in_language(template.description, language),
        f"{moment}. {_text('edition', language, edition=template.edition)}",
        _text("list.status", language, status=in_language(template.status, language)),
        _text("list.source", language, source=cited(catalogue, template.source, language)),
        in_language(template.note, language),
    ]
    for line in lines:
        if line:
            yield Padding(Text(line), INDENT)


def _indicators(template: PortfolioTemplate, language: Language) -> Table:
    table = new_table()
    table.add_column(_text("list.indicator", language), overflow="fold", ratio=2)
    table.add_column(_text("list.formula", language), overflow="fold", ratio=3)
    for indicator in template.indicators.values():
        title = in_language(indicator.title, language)
        named = (
            _text("without.numbered", language, number=indicator.number, title=title)
            if indicator.number
            else title
        )
        state = _text("list.tried" if indicator.is_tried else "list.ready", language)
        table.add_row(f"{named}\n  {state}", formula(indicator, language))
    return table


def formula(indicator: TemplateIndicator, language: Language) -> str:
    """How an indicator is worked out, in facts and signs.

    Parameters
    ----------
    indicator : TemplateIndicator
        Of any template.
    language : {"nl", "en"}
        The reader's language.

    Examples
    --------
    >>> from impactmonitor.catalogue.portfolio_templates import load_templates
    >>> formula(load_templates().named("sfdr-2022").indicators["pai-13"], "en")
    'Σ amount × board-women / board-members / Σ amount (what there is data for)'
    """
    figure = " + ".join(indicator.numerator)
    if len(indicator.numerator) > 1:
        figure = f"({figure})"
    if indicator.per is not None:
        unit = "" if indicator.per_unit == 1 else f" / {number(indicator.per_unit, language, 0)}"
        figure += f" / {indicator.per}" if not unit else f" / ({indicator.per}{unit})"
    key: str = indicator.operator
    if indicator.weight == "investee":
        key = "count" if key == "attributed-sum" else "count-share"
    elif indicator.over_unit is not None:
        key = "attributed-sum-over"
    within = _text(f"within.{indicator.within}", language)
    unit = number(indicator.over_unit, language, 0)
    found = _text(f"formula.{key}", language, figure=figure, within=within, unit=unit)
    if indicator.eligible is not None:
        found = _text("formula.eligible", language, formula=found, eligible=indicator.eligible)
    if indicator.sectors:
        sectors = ", ".join(indicator.sectors)
        found = _text("formula.sectors", language, formula=found, sectors=sectors)
    return found


def _facts(template: PortfolioTemplate, language: Language) -> Table:
    table = new_table(_text("list.facts", language))
    for key in ("fact", "what", "unit"):
        table.add_column(_text(f"list.{key}", language), overflow="fold")
    for name, fact in template.facts.items():
        more = in_language(fact.description, language)
        what = in_language(fact.title, language)
        table.add_row(name, f"{what}. {more}" if more else what, _unit(fact, language))
    return table


def _unit(fact: FactDefinition, language: Language) -> str:
    if fact.kind == "flag":
        return _text("list.flag", language)
    unit = in_language(fact.unit, language)
    if fact.is_money:
        unit = fact.currency or _text("list.money", language)
    return f"{unit}; {_text('list.once', language)}" if fact.is_written_once else unit


def _attribution(template: PortfolioTemplate, language: Language) -> Iterator[RenderableType]:
    if not template.attribution:
        return
    table = new_table(_text("list.attribution", language))
    table.add_column(_text("classes.label", language), overflow="fold")
    table.add_column(_text("list.what", language), overflow="fold")
    for name, rule in template.attribution.items():
        table.add_row(_text(f"asset_class.{name}", language), _ways(rule, language))
    yield table


def _ways(rule: AttributionRule, language: Language) -> str:
    lines = [_way(way, language) for way in rule.denominators]
    if rule.shares is not None:
        lines.append(_text("list.shares", language, **rule.shares.model_dump()))
    return "\n".join(lines)


def _way(way: DenominatorRule, language: Language) -> str:
    if way.is_whole:
        return _text("list.whole", language)
    facts = " + ".join(f"max({n}, 0)" if n in way.below_zero_as_zero else n for n in way.sum)
    if way.only is None:
        return facts
    return _text("list.only", language, facts=facts, listing=_text(f"list.{way.only}", language))


def _text(key: str, language: Language, **params: object) -> str:
    return messages.text(f"templates.{key}", language, **params)
