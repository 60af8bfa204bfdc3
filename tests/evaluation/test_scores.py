"""Scores of a case: answers of one or several assessors, no contribution, and no data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small import case, cost, gain

from impactmonitor.catalogue.frameworks import Frameworks
from impactmonitor.evaluation import evaluate
from impactmonitor.evaluation.scores import FrameworkScore, scores_of, shared_scores
from impactmonitor.intake import load_case
from impactmonitor.model.frameworks import Framework, Scale
from impactmonitor.resources import folder

TEXT = {"nl": "Tekst die zegt wanneer het geldt", "en": "Text that says when it applies"}
FOUR = Scale.model_validate(
    {"id": "four", "title": TEXT, "levels": [{"title": TEXT, "text": TEXT}] * 4}
)


def asked(**more: Any) -> dict[str, Any]:
    return {"title": TEXT, "group": "now", "horizon": "short", **more}


def framework(**indicators: dict[str, Any]) -> Frameworks:
    found = Framework.model_validate({
        "id": "test",
        "title": TEXT,
        "source": "us",
        "origin": "impactmonitor",
        "note": TEXT,
        "groups": {"now": {"title": TEXT}, "later": {"title": TEXT}},
        "indicators": indicators,
    })  # fmt: skip
    return Frameworks({"test": found}, {"four": FOUR})


LEVELS = asked(kind="qualitative", scale="four")
LONG = asked(kind="quantitative", zero=0, full=10, horizon="long", group="later", weight=2)
FALLING = asked(kind="quantitative", zero=10, full=0)
BOTH = framework(people=LEVELS, trees=LONG)


def scored(answers: dict[str, Any], frameworks: Frameworks = BOTH, **fields: Any) -> FrameworkScore:
    lines = {"costs": {"work": cost()}, **fields}
    return scores_of(case(**lines, scores={"test": answers}), frameworks)["test"]


def test_the_score_by_hand() -> None:
    """Level 2 of 4 is 1/3 with weight 1; 5 of 10 is 1/2 with weight 2 x 3."""
    found = scored({"people": 2, "trees": 5})
    assert found.total.score == pytest.approx(100 * (1 / 3 + 3) / 7)
    assert found.total.score_unweighted == pytest.approx(100 * (1 / 3 + 1) / 3)
    assert found.indicators["trees"].contribution == pytest.approx(100 * 3 / 7)
    assert found.groups["later"].score == 50
    assert found.readiness is None
    assert found.agreement is None


def test_no_data_is_not_no_contribution() -> None:
    unknown, nothing = scored({"people": 2}), scored({"people": 2, "trees": "none"})
    assert unknown.total.score == pytest.approx(100 / 3)
    assert (unknown.total.coverage, nothing.total.coverage) == (pytest.approx(1 / 7), 1)
    assert nothing.total.score == pytest.approx(100 / 21)
    assert unknown.indicators["trees"].status == "missing"
    assert nothing.indicators["trees"].status == "none"
    assert nothing.indicators["trees"].score == 0
    assert nothing.indicators["trees"].value is None
    assert scored({"people": 2, "trees": "unknown"}).total == unknown.total


def test_what_does_not_apply_leaves_the_framework() -> None:
    away = {"status": "not-applicable", "reason": "No trees here"}
    found = scored({"people": 2, "trees": away})
    assert found.total.coverage == 1
    assert found.total.score == found.total.high == pytest.approx(100 / 3)
    assert found.indicators["trees"].status == "not-applicable"


def test_no_answer_at_all() -> None:
    found = scored({})
    assert (found.total.score, found.total.coverage) == (None, 0)
    assert (found.total.low, found.total.high) == (0, 100)


def test_a_decrease_and_a_ratio() -> None:
    found = scored({"falls": {"numerator": 5, "denominator": 2}}, framework(falls=FALLING))
    assert found.indicators["falls"].value == 2.5
    assert found.total.score == 75


def test_points_and_levels_of_its_own() -> None:
    own = asked(kind="qualitative", levels=[
        {"title": TEXT, "text": TEXT, "score": s} for s in (0, 0.2, 1)])  # fmt: skip
    curved = asked(kind="quantitative", points=[[0, 0], [10, 0.8], [100, 1]])
    found = scored({"own": 2, "curved": 55}, framework(own=own, curved=curved))
    assert found.indicators["own"].score == 0.2
    assert found.indicators["curved"].score == pytest.approx(0.9)


def test_of_several_assessors_the_middle_level_and_how_they_differ() -> None:
    answers = {"people": [{"level": 2, "assessor": "A"}, {"level": 4, "assessor": "B"}]}
    found = scored(answers)
    assert found.indicators["people"].value == 2
    assert found.indicators["people"].spread == 2
    assert found.indicators["people"].assessors == 2
    assert found.agreement is not None
    three = scored({"people": [2, 4, 3]})
    assert three.indicators["people"].value == 3
    # who says that there is no contribution is lower than every level
    assert scored({"people": ["none", 4]}).indicators["people"].status == "none"
    assert scored({"people": ["unknown", 4]}).indicators["people"].value == 4


def test_in_euros_as_well() -> None:
    linked = asked(kind="quantitative", zero=0, full=10, indicator="hospital-days-avoided")
    effects = {"days": gain(3, indicator="hospital-days-avoided", falls_to="insurer")}
    found = scored({"days": 5, "people": 4}, framework(days=linked, people=LEVELS), effects=effects)
    assert found.indicators["days"].is_monetised
    assert found.total.score == 75
    assert found.total.score_without_monetised == 100


def test_readiness() -> None:
    tree = BOTH.frameworks["test"].model_dump(exclude_unset=True)
    tree |= {"purpose": "readiness", "indicators": {"a": LEVELS, "b": LEVELS}}
    ready = Frameworks({"test": Framework.model_validate(tree)}, {"four": FOUR})
    found = scored({"a": 4, "b": 2}, ready).readiness
    assert found is not None
    assert (found.overall, found.gap, found.held_back_by) == (2, 2, (1,))
    assert scored({"a": 4}, ready).readiness.overall is None  # type: ignore[union-attr]
    away = {"status": "not-applicable", "reason": "x"}
    assert scored({"a": 4, "b": away}, ready).readiness is None


answers = st.one_of(st.integers(1, 4), st.just("none"), st.just("unknown"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(answers, st.integers(0, 5), st.sampled_from(["short", "medium", "long"])),
                min_size=1, max_size=6))  # fmt: skip
def test_the_slow_way(rows: list[tuple[Any, int, str]]) -> None:
    """One indicator after the other, in plain Python."""
    named = {
        f"i{i}": asked(kind="qualitative", scale="four", weight=weight, horizon=horizon)
        for i, (_, weight, horizon) in enumerate(rows)
    }
    found = scored({f"i{i}": a for i, (a, _, _) in enumerate(rows)}, framework(**named)).total
    gained = covered = whole = 0.0
    for answer, weight, horizon in rows:
        mass = weight * {"short": 1, "medium": 2, "long": 3}[horizon]
        whole += mass
        if answer != "unknown":
            covered += mass
            gained += mass * (0 if answer == "none" else (answer - 1) / 3)
    assert found.score == (pytest.approx(100 * gained / covered) if covered else None)
    assert found.coverage == (pytest.approx(covered / whole) if whole else None)
    if whole:
        assert found.low == pytest.approx(100 * gained / whole)
        assert found.high == pytest.approx(100 * (gained + whole - covered) / whole)


def test_agreement_is_over_questions_with_equally_many_levels() -> None:
    own = asked(kind="qualitative", levels=[{"title": TEXT, "text": TEXT}] * 2)
    both = framework(a=LEVELS, b=LEVELS, c=own)
    answers = {"a": [1, 1], "b": [4, 4]}
    alone, beside = scored(answers, both), scored({**answers, "c": [1, 2]}, both)
    assert alone.agreement is not None
    assert alone.agreement.alpha == 1
    assert beside.agreement == alone.agreement


def test_readiness_on_a_scale_of_more_levels() -> None:
    tree = BOTH.frameworks["test"].model_dump(exclude_unset=True)
    twelve = asked(kind="qualitative", levels=[{"title": TEXT, "text": TEXT}] * 12)
    tree |= {"purpose": "readiness", "indicators": {"a": twelve, "b": twelve}}
    ready = Frameworks({"test": Framework.model_validate(tree)}, {"four": FOUR})
    found = scored({"a": 12, "b": 10}, ready).readiness
    assert found is not None
    assert (found.overall, found.gap) == (10, 2)


# --- variants -----------------------------------------------------------------------------------


def test_a_variant_has_the_very_scores_that_it_does_not_change() -> None:
    path = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    found = evaluate(load_case(path))
    base = found.appraised.resolved
    for variant in (*found.scenarios.values(), *found.alternatives.values()):
        own = variant.appraised.resolved
        assert variant.scores == scores_of(own.case, own.frameworks)
        known = shared_scores(own, base, found.scores)
        assert all(variant.scores[name] is found.scores[name] for name in known)
    assert shared_scores(base, base, found.scores) == found.scores


def test_a_variant_that_prices_another_indicator_has_its_own_scores() -> None:
    path = folder("examples") / "neighbourhood-prevention" / "case.yaml"
    found = evaluate(load_case(path))
    base = found.appraised.resolved
    framework, asked = next(
        (name, indicator.indicator)
        for name in found.scores
        for indicator in base.frameworks.frameworks[name].indicators.values()
        if indicator.indicator
    )
    effects = {
        name: effect.model_copy(update={"monetised": effect.indicator != asked})
        for name, effect in base.case.effects.items()
    }
    if all(one.indicator != asked for one in effects.values()):
        priced = next(iter(effects.values())).model_copy(update={"indicator": asked})
        effects["priced"] = priced.model_copy(update={"monetised": True})
    variant = replace(base, case=base.case.model_copy(update={"effects": effects}))
    assert framework not in shared_scores(variant, base, found.scores)
    answers = {**base.case.scores, framework: {}}
    other = replace(base, case=base.case.model_copy(update={"scores": answers}))
    assert framework not in shared_scores(other, base, found.scores)
