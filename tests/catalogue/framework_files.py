"""Small folders of a user with frameworks, scales and suggestions of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from tests.catalogue.provoking import SOURCES, assert_readable

from impactmonitor.model.record import Translated
from impactmonitor.problems import InvalidInput, Problem

SCALE = """kind: frameworks
scales:
  three:
    title: {nl: Drie, en: Three}
    levels:
      - {title: None, text: Nobody is there.}
      - {title: Some, text: One person is there.}
      - {title: All, text: Everybody is there.}
"""
WRITTEN = {"title", "text", "question", "description", "note", "why"}
FRAMEWORK = """kind: frameworks
frameworks:
  ours:
    title: {nl: Ons kader, en: Our framework}
    source: us
    origin: impactmonitor
    note: All of it is ours.
    groups: {people: {title: People}}
    indicators:
      presence:
        {title: Presence, group: people, kind: qualitative, horizon: long, scale: three}
      hours:
        {title: Hours, group: people, kind: quantitative, horizon: 2, unit: hour, zero: 0, full: 8}
"""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A folder with these files; a name may hold the folder that it stands in."""
    for name, text in files.items():
        file = folder / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def own_folder(folder: Path, **changes: str) -> Path:
    """A folder with a source, a scale and a framework, some of them in other words."""
    files = {"sources": SOURCES, "frameworks/scale": SCALE, "frameworks/ours": FRAMEWORK}
    changed = {f"frameworks/{name}": text for name, text in changes.items()}
    return written(folder, {**files, **changed})


def refused(load: Callable[[Path], object], folder: Path) -> tuple[Problem, ...]:
    """What is said about a folder that cannot be used, in readable words."""
    with pytest.raises(InvalidInput) as caught:
        load(folder)
    assert_readable(caught.value.problems)
    return caught.value.problems


def texts(path: str, node: Any) -> Iterator[tuple[str, Any]]:
    """Everything in a record that is there to be read, with its place."""
    if isinstance(node, BaseModel) and not isinstance(node, Translated):
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in WRITTEN and value is not None:
                yield f"{path}.{name}", value
            else:
                yield from texts(f"{path}.{name}", value)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from texts(f"{path}.{key}", value)
    elif isinstance(node, tuple):
        for place, value in enumerate(node):
            yield from texts(f"{path}.{place}", value)
