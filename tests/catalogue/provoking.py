"""Catalogue folders with mistakes in them, and what is said about those."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from impactmonitor.catalogue import load_catalogue
from impactmonitor.messages import LANGUAGES
from impactmonitor.problems import InvalidInput, Problem

SOURCES = "kind: sources\nsources: {us: {title: Our books}}\n"


def problems_with(folder: Path, **files: str | bytes) -> tuple[Problem, ...]:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.yaml").write_bytes(data)
    with pytest.raises(InvalidInput) as caught:
        load_catalogue(folder)
    assert_readable(caught.value.problems)
    return caught.value.problems


def assert_readable(problems: Iterable[Problem]) -> None:
    """Every problem has words in both languages, without a name in braces left over."""
    for problem in problems:
        for language in LANGUAGES:
            assert problem.message(language), problem
            for text in (problem.message(language), problem.hint(language)):
                assert not re.search(r"\{[a-z_]+\}", text), problem
