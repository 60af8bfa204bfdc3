"""The steps and links of a theory, looked up; what nothing has is an error at its place."""

from __future__ import annotations

import pytest
from tests.small import gain
from tests.theorised import LINES, evaluated, graph, theorised

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.catalogue.theory import TheoryStep, is_measured, theory_graph
from impactmonitor.model.theory import MAX_STEPS
from impactmonitor.problems import InvalidInput


def test_steps_stand_in_the_order_of_the_case_with_what_follows_from_them() -> None:
    assert list(graph().steps) == [
        "activity.classes",
        "output.pupils",
        "effect.falls",
        "effect.fear",
        "end-state.transition-monitor.healthier-for-all",
        "indicator.prevention-core-set.say",
        "indicator.treated-falls-avoided",
    ]


def test_links_of_the_case_and_those_that_follow() -> None:
    links = {(link.start, link.end): link for link in graph().links}
    written = links["output.pupils", "effect.falls"]
    assert written.path == "theory.outputs.pupils.leads_to.0"
    assert written.assumption is not None
    follows = links["effect.falls", "indicator.treated-falls-avoided"]
    assert follows.path is None
    assert follows.assumption is None
    assert len(links) == 6


def test_the_end_state_of_an_indicator_follows_from_its_framework() -> None:
    frameworks = load_frameworks()
    monitor = frameworks.frameworks["transition-monitor"]
    name, indicator = next(iter(monitor.indicators.items()))
    end = monitor.groups[indicator.group].end_state
    found = graph({"effects": {"fear": {"leads_to": [f"transition-monitor.{name}"]}}})
    ends = [(link.start, link.end) for link in found.links if link.end.startswith("end-state")]
    assert ends == [(f"indicator.transition-monitor.{name}", f"end-state.transition-monitor.{end}")]


def test_a_frameworks_indicator_stands_for_the_catalogues_indicator_behind_it() -> None:
    effects = {"calls": gain(1, 5, indicator="gp-consults-avoided", falls_to="insurer")}
    linked = {"effects": {"calls": {"leads_to": ["prevention-core-set.gp-consults-avoided"]}}}
    own = [step.id for step in graph({}, effects=effects).of_kind("indicator")]
    both = [step.id for step in graph(linked, effects=effects).of_kind("indicator")]
    assert own == ["gp-consults-avoided"]
    assert both == ["prevention-core-set.gp-consults-avoided"]


def test_an_effect_goes_before_an_indicator_of_that_name_but_not_before_its_own() -> None:
    line = gain(1, 5, falls_to="insurer")
    effects = {"a": line, "gp-consults-avoided": line}
    to_effect = {"effects": {"a": {"leads_to": ["gp-consults-avoided"]}}}
    assert graph(to_effect, effects=effects).links[0].end == "effect.gp-consults-avoided"
    to_own = {"effects": {"gp-consults-avoided": {"leads_to": ["gp-consults-avoided"]}}}
    assert graph(to_own, effects=effects).links[0].end == "indicator.gp-consults-avoided"


def test_a_label_of_a_framework_is_where_a_theory_may_end() -> None:
    name, tag = next(iter(load_frameworks().frameworks["sdg"].tags.items()))
    found = graph({"effects": {"fear": {"leads_to": [f"sdg.{name}"]}}})
    (end,) = found.of_kind("end-state")
    assert (end.id, end.title) == (f"sdg.{name}", tag.title)


def test_all_unknown_names_are_found_at_once() -> None:
    theory = {"effects": {"falls": {"leads_to": ["fera", "sdgg.x", "readiness.trll"]}}}
    with pytest.raises(InvalidInput) as raised:
        evaluated(theory)
    found = {p.path: (p.code, p.params["nearest"]) for p in raised.value.problems}
    assert found == {
        "theory.effects.falls.leads_to.0": ("leads-nowhere", "fear"),
        "theory.effects.falls.leads_to.1": ("unknown-framework", "sdg"),
        "theory.effects.falls.leads_to.2": ("not-in-framework", "trl"),
    }


def test_names_that_the_rules_refuse_are_passed_over() -> None:
    theory = {"activities": {"a": {"leads_to": ["nothing", "falls"]}}, "effects": {"gone": {}}}
    found, problems = theory_graph(theorised(theory), load_catalogue(), None)
    assert found is not None
    assert problems == []
    assert [link.end for link in found.after("activity.a")] == ["effect.falls"]


def test_frameworks_are_only_read_for_a_theory_that_names_one() -> None:
    plain = {"activities": {"a": {"leads_to": ["falls"]}}, "effects": {"falls": {}}}
    found, _ = resolve(theorised(plain), load_catalogue())
    assert found is not None
    assert found.theory is not None
    assert found.frameworks is None
    found, _ = resolve(theorised(), load_catalogue())
    assert found is not None
    assert found.frameworks is load_frameworks()


def test_a_case_without_a_theory_has_no_graph() -> None:
    case = theorised().model_copy(update={"theory": None})
    assert theory_graph(case, load_catalogue(), None) == (None, [])


def test_what_is_reached() -> None:
    found = graph()
    assert found.reached_from(["effect.fear"]) == {
        "effect.fear",
        "indicator.prevention-core-set.say",
    }
    assert found.reached_from([]) == set()
    assert len(found.reached_from(["activity.classes"])) == len(found.steps)


@pytest.mark.parametrize(
    ("scores", "is_there"),
    [
        ({}, False),
        ({"prevention-core-set": {"access": 3}}, False),
        ({"prevention-core-set": {"say": "unknown"}}, False),
        ({"prevention-core-set": {"say": 3}}, True),
        ({"prevention-core-set": {"say": "none"}}, True),
        ({"prevention-core-set": {"say": ["unknown", {"level": 2, "assessor": "A"}]}}, True),
    ],
)
def test_an_indicator_is_measured_by_an_answer(scores, is_there) -> None:
    step = TheoryStep("indicator", "prevention-core-set.say")
    assert is_measured(theorised(scores=scores), step, load_frameworks()) == is_there


def test_an_indicator_is_measured_by_an_effect_or_by_its_twin() -> None:
    catalogues = TheoryStep("indicator", "gp-consults-avoided", None, "gp-consults-avoided")
    frameworks = TheoryStep(
        "indicator", "prevention-core-set.gp-consults-avoided", None, "gp-consults-avoided"
    )
    effects = {**LINES["effects"], "calls": gain(1, 5, indicator="gp-consults-avoided")}
    scores = {"prevention-core-set": {"gp-consults-avoided": 1}}
    for step in (catalogues, frameworks):
        assert not is_measured(theorised(), step, load_frameworks())
        assert is_measured(theorised(effects=effects), step, None)
        assert is_measured(theorised(scores=scores), step, load_frameworks())


def test_a_theory_that_is_too_large_is_not_looked_up() -> None:
    outputs = {f"o{i}": {"leads_to": ["falls"]} for i in range(MAX_STEPS + 1)}
    assert theory_graph(theorised({"outputs": outputs}), load_catalogue(), None) == (None, [])
