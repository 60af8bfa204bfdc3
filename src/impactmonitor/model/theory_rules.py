"""The rules for a theory of change, without the catalogue: its names exist, and it goes one way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from impactmonitor.model.case import Case
from impactmonitor.model.theory import MAX_LINKS, MAX_STEPS, Theory, is_too_large, links_of
from impactmonitor.problems import Problem, nearest

Findings = Iterator[Problem]


def _costs_exist(case: Case, theory: Theory) -> Findings:
    for name, activity in theory.activities.items():
        for cost in dict.fromkeys(activity.costs):
            if cost not in case.costs:
                params = {"id": cost, "nearest": nearest(cost, case.costs)}
                path, premises = f"theory.activities.{name}.costs", (f"costs.{cost}",)
                yield Problem("theory-unknown-cost", path, params, premises=premises)


def _effects_exist(case: Case, theory: Theory) -> Findings:
    for name in theory.effects:
        if name not in case.effects:
            params = {"id": name, "nearest": nearest(name, case.effects)}
            premises = (f"effects.{name}",)
            yield Problem("theory-unknown-effect", f"theory.effects.{name}", params,
                          premises=premises)  # fmt: skip


def _next_steps_exist(case: Case, theory: Theory) -> Findings:
    """Activities and outputs lead to outputs and to effects of the case."""
    known = {**theory.outputs, **case.effects}
    for path, link in theory.links():
        if not path.startswith("theory.effects.") and link.to not in known:
            params = {"id": link.to, "nearest": nearest(link.to, known)}
            premises = (f"theory.outputs.{link.to}", f"effects.{link.to}")
            yield Problem("unknown-next-step", path, params, premises=premises)


def _one_meaning(case: Case, theory: Theory) -> Findings:
    """A name after ``leads_to`` is an output or an effect, not both."""
    for name in theory.outputs:
        if name in case.effects:
            path, premises = f"theory.outputs.{name}", (f"effects.{name}",)
            yield Problem("output-named-as-effect", path, {"id": name}, premises=premises)


def _no_repeats(case: Case, theory: Theory) -> Findings:
    lists: dict[str, Iterable[str]] = {
        f"theory.{section}.{name}.leads_to": [link.to for link in links_of(leads_to)]
        for section, name, leads_to in theory.steps()
    }
    lists |= {f"theory.activities.{n}.costs": one.costs for n, one in theory.activities.items()}
    for path, names in lists.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield Problem("repeated-in-list", path, {"id": name})


def _one_way(case: Case, theory: Theory) -> Findings:
    """Outputs and effects never lead back to themselves.

    An effect that names itself means the indicator with its name: no effect leads to itself.
    """
    graph = {
        name: [link.to for link in links_of(leads_to) if not (of == "effects" and link.to == name)]
        for of, name, leads_to in theory.steps()
        if of != "activities"
    }
    around = cycle_in(graph)
    if around:
        section = "outputs" if around[0] in theory.outputs else "effects"
        params = {"steps": " → ".join([*around, around[0]])}
        yield Problem("theory-goes-round", f"theory.{section}.{around[0]}.leads_to", params)


def cycle_in(graph: Mapping[str, Sequence[str]]) -> list[str]:
    """The steps of one circle in a graph, or none where there is no circle.

    Parameters
    ----------
    graph : Mapping
        What each step leads to; what leads to nothing need not be in it.

    Examples
    --------
    >>> cycle_in({"a": ["b"], "b": ["c", "d"], "c": ["b"]})
    ['b', 'c']
    >>> cycle_in({"a": ["b"], "b": ["c"]})
    []
    """
    nexts = {step: [one for one in ends if one in graph] for step, ends in graph.items()}
    before: dict[str, list[str]] = {step: [] for step in nexts}
    for step, ends in nexts.items():
        for end in ends:
            before[end].append(step)
    open_ways = {step: len(ends) for step, ends in nexts.items()}
    ending = [step for step, ways in open_ways.items() if not ways]
    while ending:  # what only leads to an end is on no circle
        for step in before[ending.pop()]:
            open_ways[step] -= 1
            if not open_ways[step]:
                ending.append(step)
    left = [step for step, ways in open_ways.items() if ways]
    return _walked_round(left[0], nexts, open_ways) if left else []


def _walked_round(
    start: str, nexts: Mapping[str, Sequence[str]], open_ways: Mapping[str, int]
) -> list[str]:
    """A circle, found by walking on: from what is left there is always a way."""
    walked = {start: 0}
    step = start
    while True:
        step = next(one for one in nexts[step] if open_ways[one])
        if step in walked:
            return list(walked)[walked[step] :]
        walked[step] = len(walked)


def _size(case: Case, theory: Theory) -> Findings:
    """No more than somebody can look at in one picture."""
    if is_too_large(theory):
        steps, links = len(theory.steps()), len(theory.links())
        params = {"steps": steps, "links": links, "most": MAX_STEPS, "most_links": MAX_LINKS}
        yield Problem("theory-too-large", "theory", params)


def _of_theory(rule: Callable[[Case, Theory], Findings]) -> Callable[[Case], Findings]:
    def of_case(case: Case) -> Findings:
        if case.theory is not None:
            yield from rule(case, case.theory)

    return of_case


THEORY_RULES: tuple[Callable[[Case], Findings], ...] = tuple(
    _of_theory(rule)
    for rule in (
        _size,
        _costs_exist,
        _effects_exist,
        _next_steps_exist,
        _one_meaning,
        _no_repeats,
        _one_way,
    )
)
