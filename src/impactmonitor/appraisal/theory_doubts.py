"""Doubts about a theory of change: effects from nowhere, steps to nowhere, what nobody counts."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.catalogue.theory import is_measured
from impactmonitor.problems import Problem

Findings = Iterator[Problem]

THEORY_CODES = frozenset({
    "effect-without-activity",
    "leads-to-no-effect",
    "output-not-counted",
    "indicator-not-measured",
})  # fmt: skip
"""What is asked here, by code."""

SECTION = {"activity": "activities", "output": "outputs"}


def theory_doubts(a: Appraised) -> Findings:
    """Everything that an appraiser would ask about the theory of change of a case, as warnings."""
    if a.resolved.theory is not None:
        yield from effects_without_activity(a)
        yield from steps_without_effect(a)
        yield from uncounted_outputs(a)
        yield from unmeasured_indicators(a)


def effects_without_activity(a: Appraised) -> Findings:
    """Effects of the case to which no activity leads."""
    graph = a.resolved.theory
    assert graph is not None
    reached = graph.reached_from([step.key for step in graph.of_kind("activity")])
    for step in graph.of_kind("effect"):
        if step.key not in reached:
            yield Problem("effect-without-activity", f"effects.{step.id}", severity="warning")


def steps_without_effect(a: Appraised) -> Findings:
    """Activities and outputs that lead to no effect."""
    graph = a.resolved.theory
    assert graph is not None
    effects = {step.key for step in graph.of_kind("effect")}
    for step in (*graph.of_kind("activity"), *graph.of_kind("output")):
        if not effects & graph.reached_from([step.key]):
            path = f"theory.{SECTION[step.kind]}.{step.id}"
            yield Problem("leads-to-no-effect", path, severity="warning")


def uncounted_outputs(a: Appraised) -> Findings:
    """Outputs without a quantity."""
    theory = a.case.theory
    for name, output in theory.outputs.items() if theory is not None else ():
        if output.quantity is None:
            yield Problem("output-not-counted", f"theory.outputs.{name}", severity="warning")


def unmeasured_indicators(a: Appraised) -> Findings:
    """Indicators that no effect names and about which no question has an answer."""
    graph = a.resolved.theory
    assert graph is not None
    for step in graph.of_kind("indicator"):
        if not is_measured(a.case, step, a.resolved.frameworks):
            path = next(link.path for link in graph.links if link.end == step.key)
            yield Problem("indicator-not-measured", path or "theory", {"id": step.id},
                          severity="warning")  # fmt: skip
