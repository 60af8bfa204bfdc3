"""Every mistake is found, once, at its place, and said in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.errors.contract import SECTIONS
from tests.errors.provoking import Mistake, changed, found_in_tree, places

from impactmonitor.messages import LANGUAGES

ALL = [
    pytest.param(mistake, id=f"{section}: {mistake} {number}")
    for section, mistakes in SECTIONS.items()
    for number, mistake in enumerate(mistakes)
]


def test_the_base_has_no_mistake(tmp_path: Path) -> None:
    assert found_in_tree(tmp_path, changed()) == []


@pytest.mark.parametrize("ending", [".yaml", ".json"])
@pytest.mark.parametrize("mistake", ALL)
def test_a_mistake_is_found_once_and_named(mistake: Mistake, ending: str, tmp_path: Path) -> None:
    found = found_in_tree(tmp_path, changed(mistake.changes), ending)
    assert places(found) == [(mistake.code, mistake.path)]
    for language in LANGUAGES:
        message = found[0].message(language)
        assert all(name in message for name in mistake.names), message
