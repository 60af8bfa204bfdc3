"""What groups and frameworks come to in the cells is what the engine finds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.workbook.comparing import years_of
from tests.report.workbook.scored import (
    AWAY,
    FILLED,
    INDICATORS,
    OWN,
    after,
    expected,
    scores,
    shown,
    typed,
    written,
)

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.resources import folder

CASES: dict[str, dict[str, Any]] = {
    "everything": dict(FILLED),
    "beyond the ends": {"trees": 99, "waiting": 50, "curve": -11, "own": 3, "healthy": -1},
    "beyond the other ends": {"trees": -1, "waiting": 1, "curve": 1e6, "own": 1, "healthy": 9},
    "on a point": {"curve": 4, "waiting": 5, "trees": 0},
    "none": dict.fromkeys(INDICATORS, "none"),
    "what does not apply": {**FILLED, "trees": AWAY, "say": AWAY},
    "nothing applies": dict.fromkeys(INDICATORS, AWAY),
    "a group that does not apply": {**FILLED, **dict.fromkeys(("say", "waiting", "own"), AWAY)},
    "unknown": {"say": 2, "trees": "unknown"},
    "nothing known": {},
    "only what weighs nothing": {"nothing": 1},
    "only what is in euros": {"healthy": 0.02},
}


def assert_equal(cells: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert set(cells) >= set(wanted)
    texts = {path for path, value in wanted.items() if value == ""}
    assert {path for path in wanted if cells[path] == ""} == texts
    numbers = {path: value for path, value in wanted.items() if path not in texts}
    assert {p: cells[p] for p in numbers} == pytest.approx(numbers, rel=1e-9, abs=1e-9)


@cache
def filled(language: Language = "en") -> Written:
    return written(FILLED, {"first": 4, "second": 2, "third": 3}, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_small_case(name: str, language: Language) -> None:
    """As somebody fills it in over other answers."""
    one = filled(language)
    assert_equal(shown(one, after(one, typed(one, CASES[name]))), expected(scores(CASES[name])))


def test_the_answers_of_a_case() -> None:
    """Middle ones of several assessors, a ratio, and words."""
    answers = {
        "say": [{"level": 4, "assessor": "a"}, {"level": 2, "assessor": "b"},
                {"status": "unknown", "assessor": "c"}],
        "trees": {"numerator": 50, "denominator": 3}, "waiting": [30, "none", 8], "curve": "none",
        "own": AWAY, "again": "unknown", "nothing": 0.4,
    }  # fmt: skip
    assert_equal(shown(written(answers, {}, "nl")), expected(scores(answers, {})))
    assert_equal(shown(filled()), expected(scores(FILLED, {"first": 4, "second": 2, "third": 3})))


@cache
def example() -> Evaluation:
    file: Path = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    return evaluate(load_case(file), load_catalogue())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example(language: Language) -> None:
    evaluation, catalogue = example(), load_catalogue()
    years, computed = years_of(evaluation), computed_of(evaluation)
    one = workbook(evaluation.case, catalogue, language, years, computed)
    wanted = expected(evaluation.scores)
    assert_equal(shown(one), wanted)
    assert len(wanted) > 80
    assert wanted["scores.readiness.readiness.overall"] == 4


LEVELS = {"say": 4, "again": 4, "own": len(OWN)}
WORDS = st.sampled_from(["none", "unknown"]) | st.just(AWAY)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        name: WORDS | (st.integers(1, LEVELS[name]) if name in LEVELS else st.floats(-120, 120))
        for name in INDICATORS
    },
)
FACTORS = st.fixed_dictionaries({
    name: st.just(0.0) | st.floats(0.01, 1000) for name in ("short", "medium", "long")
})  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(ANSWERS, FACTORS)
def test_other_answers_and_multipliers(answers: Any, multipliers: Any) -> None:
    one = filled()
    cells = shown(one, after(one, typed(one, answers, multipliers)))
    assert_equal(cells, expected(scores(answers, multipliers=multipliers)))


def test_a_higher_multiplier_moves_the_score_by_hand() -> None:
    """Level 4 of 4 is 1, short, weight 1.5; 15 of 30 is 1/2, long, weight 2."""
    answers, one = {"say": 4, "trees": 15}, filled()
    before, later = (
        shown(one, after(one, typed(one, answers, {"long": long}))) for long in (3.0, 6.0)
    )
    assert before["scores.test.score"] == pytest.approx(100 * (1.5 + 3) / (1.5 + 6))
    assert later["scores.test.score"] == pytest.approx(100 * (1.5 + 6) / (1.5 + 12))
    assert later["scores.test.score_unweighted"] == before["scores.test.score_unweighted"]


READY: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "all known": ({"first": 4, "second": 2, "third": 3}, 2, 2),
    "all equal": ({"first": 3, "second": 3, "third": 3}, 3, 0),
    "one not known": ({"first": 4, "second": 2}, "", ""),
    "one contributes nothing": ({"first": 4, "second": 2, "third": "none"}, "", ""),
    "one does not apply": ({"first": 4, "second": 2, "third": AWAY}, 2, 2),
    "only one applies": ({"first": 4, "second": AWAY, "third": AWAY}, "", ""),
}


@pytest.mark.parametrize("name", READY)
def test_the_lowest_level_counts(name: str) -> None:
    answers, overall, gap = READY[name]
    one = filled()
    cells = shown(one, after(one, typed(one, answers, framework="ready")))
    found = [cells[f"scores.ready.readiness.{key}"] for key in ("overall", "gap")]
    assert found == [overall, gap]
    assert_equal(cells, expected(scores(FILLED, answers)))
