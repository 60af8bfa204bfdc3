"""The engine against the slow second computation, on every example and on random cases.

The oracle is written straight from the format with plain loops and shares no code with the
engine; it even reads the catalogue's files by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, seed, settings
from tests.oracle import appraise
from tests.soaking import times
from tests.strategies import cases, shipped_catalogue

from impactmonitor.appraisal.prefilling import with_cards
from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import evaluate
from impactmonitor.model.case import Case
from impactmonitor.report.document import document
from impactmonitor.resources import folder

TOLERANCE = 1e-9
OF_CARDS = {"card", "used", "filled", "written"}
WORDS = ("title", "note")
CASES, PARTS = times(800, 2000), 8
CATALOGUE = load_catalogue()
PLAIN = shipped_catalogue()
EXAMPLES = sorted(folder("examples").rglob("case.yaml"))
COMPARED = ("totals", "actors", "domains", "perspectives", "lines", "years", "unmonetised",
            "scenarios", "alternatives")  # fmt: skip


def differences(mine: Any, theirs: Any, size: float, path: str = "") -> Iterator[str]:
    """Where two results differ by more than the tolerance, relative to the size of the case."""
    if isinstance(theirs, dict) and isinstance(mine, dict):
        for key in theirs:
            if key not in WORDS:
                yield from differences(mine.get(key, "missing"), theirs[key], size, f"{path}.{key}")
        if not path.startswith(".lines"):  # the engine says more of a line than the format asks
            yield from (f"{path}.{key}: not in the oracle" for key in mine.keys() - theirs.keys())
    elif isinstance(theirs, list) and isinstance(mine, list) and len(mine) == len(theirs):
        for i, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            yield from differences(one, other, size, f"{path}.{i}")
    elif not same(mine, theirs, size):
        yield f"{path}: {mine!r} / {theirs!r}"


def same(mine: Any, theirs: Any, size: float) -> bool:
    """Equal, or equal to the tolerance where both are numbers."""
    if isinstance(theirs, float) and isinstance(mine, float):
        return math.isclose(mine, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE * size)
    return bool(mine == theirs)


def compare(tree: dict[str, Any]) -> None:
    mine = document(evaluate(Case.model_validate(tree), CATALOGUE))
    theirs = appraise(tree, PLAIN)
    found = []
    for key in COMPARED:
        # money is compared in units of the case, ratios and rates by themselves
        size = sum(abs(line["present_value"] or 0.0) for line in theirs["lines"].values())
        found += differences(mine[key], theirs[key], max(size, 1.0), f".{key}")
    assert not found, found[:8]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_engine_equals_oracle_on_examples(path: Any) -> None:
    compare(without_cards(yaml.safe_load(path.read_text(encoding="utf-8"))))


def without_cards(tree: dict[str, Any]) -> dict[str, Any]:
    """A case with the numbers that its effect cards fill in, which the oracle does not know."""
    filled, _ = with_cards(Case.model_validate(tree), CATALOGUE)
    effects = {
        name: effect.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=OF_CARDS)
        for name, effect in filled.effects.items()
        if effect.card is not None
    }
    return {**tree, "effects": {**tree.get("effects", {}), **effects}}


@pytest.mark.parametrize("part", range(PARTS))
def test_engine_equals_oracle_on_random_cases(part: int) -> None:
    """Many cases, in parts so that they are spread over the cores."""

    @seed(part)
    @settings(max_examples=CASES // PARTS, suppress_health_check=list(HealthCheck), database=None)
    @given(cases())
    def agree(tree: dict[str, Any]) -> None:
        compare(tree)

    agree()
