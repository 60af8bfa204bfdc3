"""The page with every error and warning, by its stable name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import impactmonitor
from impactmonitor import messages
from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.appraisal.returns import Reason
from impactmonitor.messages import Language
from impactmonitor.report.reference.markdown import page, quoted, table, word

_WARNERS = {"_warning"}


def problems_page(language: Language) -> str:
    """Every error and warning: what it says, and what to do.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the page.
    """
    groups: dict[str, list[list[str]]] = {"case": [], "catalogue": [], "warning": []}
    warned = warnings_in_source()
    for name in messages.section("problems"):
        is_of_folder = name.startswith("catalogue-")
        group = "warning" if name in warned else "catalogue" if is_of_folder else "case"
        groups[group].append(_row(name, language))
    headers = [word(f"columns.{key}", language) for key in ("code", "message", "hint")]
    parts = [
        f"## {word(f'errors.groups.{group}', language)}\n\n{table(headers, rows)}"
        for group, rows in groups.items()
    ]
    title, intro = (word(f"errors.{key}", language) for key in ("title", "intro"))
    return page(language, title, intro, *parts)


def _row(name: str, language: Language) -> list[str]:
    key = f"problems.{name}"
    hints = [f"{key}.hint", f"{key}.hint_without_nearest"]
    shown = [_words(hint, language) for hint in hints if messages.has(hint)]
    return [quoted(name), _words(f"{key}.message", language), " / ".join(s for s in shown if s)]


def _words(key: str, language: Language) -> str:
    """A sentence with marks around what the program fills in."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", messages.text(key, language))


@cache
def warnings_in_source() -> frozenset[str]:
    """The names of all problems that are warnings, read from the code that raises them.

    Examples
    --------
    >>> found = warnings_in_source()
    >>> "possible-double-count" in found, "no-costs" in found, "shares-sum" in found
    (True, True, False)
    """
    folder = Path(impactmonitor.__file__).parent
    found = {metric.reason for metric in METRICS.values() if metric.reason}
    found |= {reason.replace("_", "-") for reason in get_args(Reason)}
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {str(name) for name in _warned(tree)}
    return frozenset(found)


def _warned(tree: ast.Module) -> Iterator[object]:
    """The first argument of every call that makes a warning."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
        given = [*call.args[3:], *(k.value for k in call.keywords if k.arg == "severity")]
        is_warning = any(isinstance(g, ast.Constant) and g.value == "warning" for g in given)
        if name in _WARNERS or (name == "Problem" and is_warning):
            first = call.args[0]
            if isinstance(first, ast.Constant):
                yield first.value
