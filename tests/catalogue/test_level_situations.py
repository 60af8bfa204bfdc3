"""The trial of the level texts: its figures are those of its own data."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.plain import read_yaml
from impactmonitor.resources import folder

TRIALS = folder("indicators").parent / "docs" / "trials"


FILES = ("level-situations.yaml", "own-level-situations.yaml")


@cache
def trial(file: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = read_yaml((TRIALS / file).read_bytes()).tree
    return found


@cache
def levels_of(file: str) -> dict[str, int]:
    """How many levels there are in each shared scale, or at each indicator with its own."""
    known = load_frameworks()
    if file == FILES[0]:
        return {name: len(scale.levels) for name, scale in known.scales.items()}
    return {
        f"{framework.id}.{name}": len(one.levels)
        for framework in known.frameworks.values()
        for name, one in framework.indicators.items()
        if one.levels is not None
    }


@pytest.mark.parametrize("file", FILES)
def test_every_scale_was_tried_with_ten_situations(file: str) -> None:
    assert set(trial(file)) == set(levels_of(file))
    for name, situations in trial(file).items():
        assert len(situations) == 10
        levels = range(1, levels_of(file)[name] + 1)
        assert all(one["meant"] in levels and len(one["chosen"]) == 3 for one in situations)
        # every level comes up, as far as there are situations for it
        assert len({one["meant"] for one in situations}) >= min(len(levels), 5)


@pytest.mark.parametrize("file", FILES)
def test_in_eight_of_ten_situations_three_readers_chose_the_same_level(file: str) -> None:
    for name, situations in trial(file).items():
        same = sum(len(set(one["chosen"])) == 1 for one in situations)
        assert same >= 8, name


def test_the_page_says_what_the_data_say() -> None:
    text = (TRIALS / "level-texts.md").read_text(encoding="utf-8")
    shared, own = (counts(file) for file in FILES)
    for label, key in {
        "scales": "scales",
        "situations": "situations",
        "all three readers chose the same level": "same",
        "all three chose the level that was meant": "meant",
    }.items():
        assert f"| {label} | {shared[key]} | {own[key]} |" in text


def counts(file: str) -> Counter[str]:
    found = Counter[str]()
    for situations in trial(file).values():
        found["scales"] += 1
        for one in situations:
            found["situations"] += 1
            found["same"] += len(set(one["chosen"])) == 1
            found["meant"] += set(one["chosen"]) == {one["meant"]}
    return found
