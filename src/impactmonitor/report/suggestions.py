"""Suggested effects and indicators, as people and programs read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.catalogue import Catalogue
from impactmonitor.catalogue.frameworks import Frameworks, domain_of, unit_of
from impactmonitor.catalogue.suggestions import Suggestions
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.model.suggestions import Suggestion
from impactmonitor.report.tables import new_table


@dataclass(frozen=True)
class Suggesting:
    """Where suggestions and what they name are looked up.

    Attributes
    ----------
    suggestions : Suggestions
        Topics and target groups.
    catalogue, frameworks : Catalogue, Frameworks
        The indicators that suggestions name.
    """

    suggestions: Suggestions
    catalogue: Catalogue
    frameworks: Frameworks


# --- What there is to choose --------------------------------------------------------------------


def topics_document(suggestions: Suggestions, language: Language) -> list[dict[str, Any]]:
    """The topics with their target groups, as plain values.

    Parameters
    ----------
    suggestions : Suggestions
        Topics and target groups.
    language : {"nl", "en"}
        Of the texts.
    """
    return [
        {
            **_named(topic, language),
            "groups": [_named(suggestions.target_groups[name], language) for name in topic.groups],
        }
        for topic in suggestions.topics.values()
    ]


def _named(entry: Any, language: Language) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": in_language(entry.title, language),
        "description": in_language(entry.description, language) or None,
    }


def topics_screen(suggestions: Suggestions, language: Language) -> Iterator[RenderableType]:
    """The topics with their target groups, and how to ask for suggestions.

    Parameters
    ----------
    suggestions : Suggestions
        Topics and target groups.
    language : {"nl", "en"}
        Of the texts.
    """
    yield Text(_text("choose", language))
    table = new_table()
    for key in ("topic", "groups"):
        table.add_column(_text(key, language), overflow="fold")
    for topic in suggestions.topics.values():
        groups = [
            f"{name} ({in_language(suggestions.target_groups[name].title, language)})"
            for name in topic.groups
        ]
        table.add_row(f"{topic.id}\n  {in_language(topic.title, language)}", "\n".join(groups))
    yield table
    for topic in list(suggestions.topics.values())[:1]:
        yield Text(_text("example", language, topic=topic.id, group=topic.groups[0]), style="dim")


# --- What is suggested --------------------------------------------------------------------------


def suggested_document(
    found: Suggesting, topic: str, group: str, language: Language
) -> dict[str, Any]:
    """What is suggested for a topic and a target group, as plain values.

    Parameters
    ----------
    found : Suggesting
        Where to look.
    topic, group : str
        Ids.
    language : {"nl", "en"}
        Of the texts.

    Returns
    -------
    dict
        Topic, group, note and ``suggestions``. Each of those has unit, direction, domain, horizon
        and unit value from what it names, and ``is_local`` false.

    Raises
    ------
    NotFound
        If the topic or the target group is not known.
    """
    suggestions = found.suggestions.suggested(topic, group)
    return {
        "topic": _named(found.suggestions.topics[topic], language),
        "group": _named(found.suggestions.target_groups[group], language),
        "note": _text("note", language),
        "suggestions": [
            {"id": name, **_suggestion(found, each, language)} for name, each in suggestions.items()
        ],
    }


def _suggestion(found: Suggesting, suggestion: Suggestion, language: Language) -> dict[str, Any]:
    return {
        "kind": suggestion.kind,
        "title": _title(found, suggestion, language),
        "why": in_language(suggestion.why, language),
        "indicator": suggestion.indicator,
        "framework_indicator": suggestion.framework_indicator,
        "card": suggestion.card,
        **_prefilled(found, suggestion),
        "is_local": False,
        "origin": "impactmonitor",
    }


def _title(found: Suggesting, suggestion: Suggestion, language: Language) -> str:
    """What a suggestion is called: by itself, or as the indicator that it names."""
    effect = found.catalogue.indicators.get(suggestion.indicator or "")
    asked = found.frameworks.indicator(suggestion.framework_indicator or "")
    if suggestion.title is not None:
        return in_language(suggestion.title, language)
    if effect is not None:
        return in_language(effect.title, language)
    return in_language(asked[1].title if asked is not None else None, language)


def _prefilled(found: Suggesting, suggestion: Suggestion) -> dict[str, Any]:
    """What the named indicator says; the catalogue's goes before a framework's."""
    effect = found.catalogue.indicators.get(suggestion.indicator or "")
    if effect is not None:
        keys = ("unit", "direction", "domain", "horizon", "unit_value")
        return {key: getattr(effect, key) for key in keys}
    asked = found.frameworks.indicator(suggestion.framework_indicator or "")
    if asked is None:
        return dict.fromkeys(("unit", "direction", "domain", "horizon", "unit_value"))
    framework, indicator = asked
    name = (suggestion.framework_indicator or "").partition(".")[2]
    return {
        "unit": unit_of(indicator, found.catalogue),
        "direction": indicator.direction,
        "domain": domain_of(indicator, found.catalogue),
        "horizon": framework.horizon_of(name),
        "unit_value": indicator.unit_value,
    }


def suggested_screen(
    found: Suggesting, topic: str, group: str, language: Language
) -> Iterator[RenderableType]:
    """What is suggested for a topic and a target group: effects, and indicators beside euros.

    Parameters
    ----------
    found : Suggesting
        Where to look.
    topic, group : str
        Ids.
    language : {"nl", "en"}
        Of the texts.

    Raises
    ------
    NotFound
        If the topic or the target group is not known.
    """
    suggestions = found.suggestions.suggested(topic, group)
    names = {
        "topic": in_language(found.suggestions.topics[topic].title, language),
        "group": in_language(found.suggestions.target_groups[group].title, language),
    }
    yield Text(_text("title", language, **names), style="bold")
    for kind, heading in (("effect", "effects"), ("indicator", "indicators")):
        chosen = {name: each for name, each in suggestions.items() if each.kind == kind}
        if chosen:
            yield Text(f"\n{_text(heading, language)}", style="bold")
            yield _table(found, chosen, language)
    yield Text(_text("note", language), style="dim")


def _table(found: Suggesting, chosen: Mapping[str, Suggestion], language: Language) -> Table:
    table = new_table()
    table.add_column(_text("what", language), overflow="fold", ratio=3)
    table.add_column(_text("where", language), overflow="fold", ratio=2)
    for each in chosen.values():
        said = f"{_title(found, each, language)}\n{in_language(each.why, language)}"
        table.add_row(said, "\n".join(_places(found, each, language)))
    return table


def _places(found: Suggesting, suggestion: Suggestion, language: Language) -> Iterator[str]:
    """Where a suggestion stands, in what it counts, and that it is not local."""
    if suggestion.indicator is not None:
        yield _text("catalogue", language, id=suggestion.indicator)
    if suggestion.framework_indicator is not None:
        yield _text("framework", language, id=suggestion.framework_indicator)
    if suggestion.card is not None:
        yield _text("card", language, id=suggestion.card)
    facts = _prefilled(found, suggestion)
    unit = found.catalogue.unit(facts["unit"] or "")
    if unit is not None:
        yield _text("counts", language, unit=in_language(unit.title, language))
    if suggestion.kind == "effect":
        value = facts["unit_value"]
        yield _text("value" if value else "no_value", language, id=value)
    yield _text("not_local", language)


def _text(key: str, language: Language, **params: object) -> str:
    return messages.text(f"frameworks.suggest.{key}", language, **params)
