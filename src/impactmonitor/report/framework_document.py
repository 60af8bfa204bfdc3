"""Frameworks as plain values, for programs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from impactmonitor.catalogue import Catalogue
from impactmonitor.catalogue.frameworks import Frameworks, domain_of, unit_of
from impactmonitor.messages import Language
from impactmonitor.model.frameworks import Framework
from impactmonitor.model.record import Translated, in_language
from impactmonitor.report.entries import source_document


def framework_summary(framework: Framework, language: Language) -> dict[str, Any]:
    """What a list says about a framework.

    Parameters
    ----------
    framework : Framework
        Any one.
    language : {"nl", "en"}
        Of the texts.
    """
    return {
        "id": framework.id,
        "title": in_language(framework.title, language),
        "description": in_language(framework.description, language) or None,
        "purpose": framework.purpose,
        "origin": framework.origin,
        "coverage": framework.coverage,
        "indicator_count": len(framework.indicators),
        "tag_count": len(framework.tags),
    }


def framework_document(
    frameworks: Frameworks, catalogue: Catalogue, framework: Framework, language: Language
) -> dict[str, Any]:
    """A framework as a whole: its source written out, levels in place, units and domains filled in.

    Parameters
    ----------
    frameworks : Frameworks
        Gives the scales.
    catalogue : Catalogue
        Gives sources, units and domains.
    framework : Framework
        One of the frameworks.
    language : {"nl", "en"}
        Of the texts.

    Returns
    -------
    dict
        The summary of the list, and everything else. ``multiplier`` of an indicator follows from
        its horizon; a level is chosen by its number, from 1.
    """
    return {
        **framework_summary(framework, language),
        "source": source_document(catalogue, framework.source, language),
        "licence": framework.licence,
        "note": in_language(framework.note, language),
        "multipliers": framework.multipliers.model_dump(),
        "horizon_bounds": list(framework.horizon_bounds),
        "end_states": _plain(framework.end_states, language),
        "groups": _plain(framework.groups, language),
        "indicators": {
            name: _indicator(frameworks, catalogue, framework, name, language)
            for name in framework.indicators
        },
        "tags": _plain(framework.tags, language),
    }


def _indicator(
    frameworks: Frameworks,
    catalogue: Catalogue,
    framework: Framework,
    name: str,
    language: Language,
) -> dict[str, Any]:
    indicator = framework.indicators[name]
    levels = zip(frameworks.levels_of(indicator), frameworks.scores_of(indicator), strict=True)
    return {
        **_plain(indicator, language),
        "unit": unit_of(indicator, catalogue),
        "domain": domain_of(indicator, catalogue),
        "horizon": framework.horizon_of(name),
        "horizon_years": None if isinstance(indicator.horizon, str) else indicator.horizon,
        "multiplier": framework.multiplier_of(name),
        "levels": [
            {"level": number, **_plain(level, language), "score": score}
            for number, (level, score) in enumerate(levels, start=1)
        ],
    }


def _plain(content: Any, language: Language) -> Any:
    """Records, mappings and lists as plain values, with each text in one language."""
    if isinstance(content, Translated):
        return in_language(content, language)
    if isinstance(content, BaseModel):
        content = {info.alias or name: getattr(content, name)
                   for name, info in type(content).model_fields.items()}  # fmt: skip
    if isinstance(content, dict):
        return {key: _plain(part, language) for key, part in content.items()}
    if isinstance(content, tuple | list):
        return [_plain(part, language) for part in content]
    return content
