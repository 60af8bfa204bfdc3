"""What is said of each step: a size, a value, a score, or that nobody knows."""

from __future__ import annotations

import pytest
from tests.small import case, cost
from tests.theorised import THEORY, evaluated

from impactmonitor.evaluation import evaluate
from impactmonitor.problems import NotFound
from impactmonitor.report.theory_words import TheoryWords, graph_of


def said(key: str, language="en", theory=None, **fields) -> tuple[str, list[str]]:
    result = evaluated(theory, **fields)
    words = TheoryWords(result, language)
    step = graph_of(result).steps[key]
    return words.title(step), words.details(step)


def test_an_activity_has_the_costs_that_it_names() -> None:
    assert said("activity.classes") == ("Classes", ["costs €150"])
    bare = {"activities": {"talk": {"leads_to": ["falls"]}}}
    assert said("activity.talk", theory=bare) == ("talk", [])


def test_a_cost_that_is_named_by_two_activities_counts_in_both() -> None:
    both = {name: {"costs": ["rooms"], "leads_to": ["falls"]} for name in ("a", "b")}
    assert [said(f"activity.{name}", theory={"activities": both})[1] for name in "ab"] == [
        ["costs €50.00"],
        ["costs €50.00"],
    ]


def test_an_output_is_counted_in_a_unit_of_the_reader() -> None:
    assert said("output.pupils", "nl") == ("pupils", ["30 persoon"])
    theory = {**THEORY, "outputs": {"pupils": {"leads_to": ["falls"]}}}
    assert said("output.pupils", theory=theory)[1] == ["not counted yet"]
    theory["outputs"]["pupils"]["quantity"] = 0
    assert said("output.pupils", theory=theory)[1] == ["0"]


def test_an_effect_has_its_value_and_its_bearers() -> None:
    assert said("effect.falls") == ("Falls", ["worth €80.00", "for Insurer"])
    assert said("effect.fear") == ("fear", ["not in EUR", "for People"])


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        (None, "nobody measures this"),
        ("unknown", "nobody measures this"),
        ("none", "score 0 of 100"),
        ({"status": "not-applicable", "reason": "x"}, "does not apply"),
        (1, "score 0 of 100"),
    ],
)
def test_an_indicator_has_its_score_or_none(answer, first) -> None:
    scores = {"prevention-core-set": {} if answer is None else {"say": answer}}
    _, (shown, framework) = said("indicator.prevention-core-set.say", scores=scores)
    assert shown == first
    assert framework.startswith("framework ")


def test_an_indicator_that_an_effect_names() -> None:
    title, details = said("indicator.treated-falls-avoided", "nl")
    assert title == "Minder behandelde vallen"
    assert details == ["genoemd bij een effect"]


def test_an_end_state_says_whose_it_is() -> None:
    title, details = said("end-state.transition-monitor.healthier-for-all", "nl")
    assert title.startswith("Langer gezond")
    assert details == ["kader Transitiemonitor"]


def test_a_case_without_a_theory() -> None:
    with pytest.raises(NotFound) as raised:
        graph_of(evaluate(case(costs={"work": cost()})))
    assert (raised.value.problem.code, raised.value.problem.path) == ("no-theory", "theory")
