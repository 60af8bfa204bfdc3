"""A small case without mistakes, variations of it with mistakes, and what is said about those."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.messages import LANGUAGES
from impactmonitor.plain import read_yaml
from impactmonitor.problems import InvalidInput, Problem, errors

BASE = """
impactmonitor: 1
id: demo
title: Demo
currency: EUR
price_year: 2025
base_year: 2025
horizon: 5
discount: {rate: 0.03}
actors:
  city: {kind: municipality}
  insurer: {kind: health-insurer}
parameters:
  reached: {value: 100}
costs:
  lessons: {amount: 1000, paid_by: city}
effects:
  fewer-falls: {quantity: 10, unit_value: 500, domain: societal, falls_to: insurer}
  calmer-nights: {quantity: 5, unit_value: 200, domain: social, falls_to: {city: 0.5, insurer: 0.5}}
transfers:
  subsidy: {from: city, to: insurer, amount: 100}
sources:
  report: {title: Report}
"""

_BASE = read_yaml(BASE.encode()).tree

GONE = object()
"""In place of a field: it is taken out."""


@dataclass(frozen=True)
class Mistake:
    """One mistake: what is changed in the base, and what has to be said about it.

    Values of ``changes`` are written as in YAML, by path; ``names`` is what the message names.
    """

    code: str
    path: str
    changes: Mapping[str, Any]
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.path}"


PYTHON = ("None", "True", "False", "nan", "inf")


def mistake(code: str, path: str, *names: str, **changes: Any) -> Mistake:
    """A mistake in one field (``to``), or in several (``also``: by path)."""
    also = changes.get("also", {})
    given = {path: changes["to"]} if "to" in changes else {}
    return Mistake(code, path, {**also, **given}, names)


def changed(*changes: Mapping[str, Any]) -> dict[str, Any]:
    """The base with all these changes."""
    tree = copy.deepcopy(_BASE)
    for part in changes:
        for path, snippet in part.items():
            _set(tree, path.split("."), snippet)
    return tree


def _set(tree: Any, keys: list[str], snippet: Any) -> None:
    *above, last = keys
    for key in above:
        tree = tree[int(key)] if isinstance(tree, list) else tree.setdefault(key, {})
    if snippet is GONE:
        del tree[last]
    else:
        tree[last] = read_yaml(snippet.encode()).tree if isinstance(snippet, str) else snippet


def found_in_tree(folder: Path, tree: Any, ending: str = ".json") -> list[Problem]:
    """The errors that evaluating a case gives; JSON is YAML too."""
    return found_in(folder, json.dumps(tree), ending)


def found_in(folder: Path, text: str | bytes, ending: str = ".yaml") -> list[Problem]:
    """The errors that evaluating a file gives, each of them readable."""
    file = folder / f"case{ending}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        load_and_evaluate(file, None)
    except InvalidInput as invalid:
        found = list(errors(invalid.problems))
        assert_readable(found)
        return found
    return []


def places(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Codes and paths, sorted."""
    return sorted((p.code, p.path) for p in problems)


def assert_readable(problems: Iterable[Problem], given: str = "") -> None:
    """Every problem is a whole sentence in both languages, without gaps or words of Python.

    Words that stand in the input itself may be quoted.
    """
    quoted = {word for word in PYTHON if re.search(rf"\b{word}\b", given)}
    for problem in problems:
        spoken = [problem.message(language) for language in LANGUAGES]
        assert len(set(spoken)) == len(LANGUAGES), problem
        for text in spoken:
            assert re.match(r"[\"A-Z0-9É]", text), text
            assert text.endswith("."), text
        for text in (*spoken, *(problem.hint(language) for language in LANGUAGES)):
            assert not re.search(r"\{[a-z_]*\}", text), text
            said = set(re.findall(rf"\b({'|'.join(PYTHON)})\b", text))
            outside = set(re.findall(rf"\b({'|'.join(PYTHON)})\b", re.sub(r'"[^"]*"', "", text)))
            assert not outside, text
            assert said <= quoted, text
