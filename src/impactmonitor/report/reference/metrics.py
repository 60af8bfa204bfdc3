"""The page with every number of an answer."""

from __future__ import annotations

from typing import get_args

from impactmonitor import messages
from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.appraisal.returns import InternalRate, Reason
from impactmonitor.messages import Language
from impactmonitor.report.reference.markdown import page, quoted, table, word

_RATE_REASONS = [reason.replace("_", "-") for reason in get_args(Reason)]


def metrics_page(language: Language) -> str:
    """Every number by group, with its definition and formula.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the page.
    """
    groups = [_group(name, language) for name in messages.section("metrics")]
    title, intro = (word(f"metrics.{key}", language) for key in ("title", "intro"))
    return page(language, title, intro, *groups)


def _group(name: str, language: Language) -> str:
    heading = f"## {word(f'metrics.groups.{name}', language)}"
    columns: tuple[str, ...] = ("number", "title", "definition", "formula")
    intro = ""
    if name == "checks":
        columns, intro = ("id", "definition"), word("metrics.checks_intro", language)
    rows = [_row(name, key, language) for key in messages.section("metrics")[name]]
    headers = [word(f"columns.{column}", language) for column in columns]
    return "\n\n".join(part for part in (heading, intro, table(headers, rows)) if part)


def _row(group: str, key: str, language: Language) -> list[str]:
    def part(name: str) -> str:
        return messages.text(f"metrics.{group}.{key}.{name}", language)

    if group == "checks":
        return [quoted(key), part("title")]
    definition = f"{part('definition')} {_without_value(group, key, language)}".strip()
    return [quoted(key), part("title"), definition, part("formula")]


def _without_value(group: str, key: str, language: Language) -> str:
    """Which warnings say that the number has no value."""
    reasons: list[str] = []
    if group == "totals":
        metric = METRICS[key]
        is_rate = metric.compute.__annotations__.get("return") == InternalRate.__name__
        reasons = _RATE_REASONS if is_rate else [metric.reason] if metric.reason else []
    elif group == "party" and key == "benefit_cost_ratio":
        reasons = [METRICS[key].reason]
    listed = ", ".join(quoted(reason) for reason in reasons)
    return word("metrics.null_when", language, reasons=listed) if reasons else ""
