"""Circles in a theory of change, found a second way; the rules are in errors/test_contract."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.theorised import theorised

from impactmonitor.model.rules import broken_rules
from impactmonitor.model.theory import MAX_LINKS, MAX_STEPS
from impactmonitor.model.theory_rules import cycle_in

NAMES = "abcdef"
GRAPHS = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4))


def comes_back(graph: dict[str, list[str]], start: str) -> bool:
    """Whether a step can be reached from itself: slowly, by trying all ways."""
    reached, waiting = set[str](), list(graph.get(start, ()))
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting += graph.get(step, ())
    return start in reached


@given(GRAPHS)
def test_a_circle_is_found_if_and_only_if_a_step_comes_back_to_itself(graph) -> None:
    found = cycle_in(graph)
    assert bool(found) == any(comes_back(graph, step) for step in graph)
    for step, following in zip(found, [*found[1:], *found[:1]], strict=True):
        assert following in graph[step]
    assert len(set(found)) == len(found)


def test_a_long_chain_is_no_circle() -> None:
    chain = {f"s{i}": [f"s{i + 1}"] for i in range(50_000)}
    assert cycle_in(chain) == []
    assert len(cycle_in({**chain, "s50000": ["s0"]})) == 50_001


def test_the_case_of_the_tests_keeps_all_rules() -> None:
    assert broken_rules(theorised()) == []


def test_effects_may_lead_to_the_same_effect_along_two_ways() -> None:
    theory = {"effects": {"falls": {"leads_to": ["fear"]}},
              "outputs": {"a": {"leads_to": ["falls", "fear"]}}}  # fmt: skip
    assert broken_rules(theorised(theory)) == []


def test_an_effect_that_names_itself_means_an_indicator() -> None:
    assert broken_rules(theorised({"effects": {"falls": {"leads_to": ["falls"]}}})) == []


def test_a_theory_has_a_size_that_can_be_looked_at() -> None:
    outputs = {f"o{i}": {"leads_to": ["falls"]} for i in range(MAX_STEPS)}
    assert broken_rules(theorised({"outputs": outputs})) == []
    many = {f"o{i}": {"leads_to": [f"o{k}" for k in range(i)]} for i in range(60)}
    assert sum(len(o["leads_to"]) for o in many.values()) > MAX_LINKS
    assert [p.code for p in broken_rules(theorised({"outputs": many}))] == ["theory-too-large"]
