"""Whether answers fit the questions: each mistake once, at its place."""

from __future__ import annotations

from typing import Any

import pytest
from tests.small import case, cost, result

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.problems import InvalidInput


@pytest.mark.parametrize(
    ("scores", "code", "path"),
    [
        ({"readines": {}}, "unknown-framework", "scores.readines"),
        ({"missions-2023": {}}, "framework-asks-nothing", "scores.missions-2023"),
        ({"readiness": {"trll": 3}}, "unknown-question", "scores.readiness.trll"),
        ({"readiness": {"trl": 10}}, "level-too-high", "scores.readiness.trl"),
        ({"readiness": {"trl": 2.5}}, "level-expected", "scores.readiness.trl"),
        ({"readiness": {"trl": 0}}, "level-expected", "scores.readiness.trl"),
        ({"readiness": {"trl": [3, {"level": 11}]}}, "level-too-high", "scores.readiness.trl.1"),
    ],
)
def test_what_does_not_fit(scores: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        result(costs={"work": cost()}, scores=scores)
    assert [(p.code, p.path) for p in raised.value.problems if p.severity == "error"] == [
        (code, path)
    ]


def test_a_level_where_a_number_is_asked() -> None:
    name, key = next(
        (name, key)
        for name, framework in load_frameworks_of().items()
        for key, one in framework.indicators.items()
        if one.kind == "quantitative"
    )
    with pytest.raises(InvalidInput) as raised:
        result(costs={"work": cost()}, scores={name: {key: {"level": 2}}})
    (problem,) = raised.value.problems
    assert (problem.code, problem.path) == ("number-expected", f"scores.{name}.{key}.level")


def load_frameworks_of() -> Any:
    from impactmonitor.catalogue.frameworks import load_frameworks

    return load_frameworks().frameworks


def test_a_case_without_answers_loads_no_frameworks() -> None:
    found, _ = resolve(case(costs={"work": cost()}), load_catalogue())
    assert found is not None
    assert found.frameworks is None
