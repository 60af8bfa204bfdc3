"""The theory of change of a case with its names looked up: all steps, and all links between them.

Frameworks are only asked for by a theory that names one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.case import Case
from impactmonitor.model.record import Text
from impactmonitor.model.scores import assessments
from impactmonitor.model.theory import Link, is_too_large
from impactmonitor.problems import Problem, nearest

if TYPE_CHECKING:  # read only where a theory names one
    from impactmonitor.catalogue.frameworks import Frameworks

StepKind = Literal["activity", "output", "effect", "indicator", "end-state"]
KINDS: tuple[StepKind, ...] = get_args(StepKind)
"""From what is done to what it is for."""

KIND_OF: dict[str, StepKind] = {"activities": "activity", "outputs": "output", "effects": "effect"}


@dataclass(frozen=True, slots=True)
class TheoryStep:
    """One step.

    Attributes
    ----------
    kind : {"activity", "output", "effect", "indicator", "end-state"}
        In the order of a theory.
    id : str
        In the case, in the catalogue, or ``framework.name``.
    title : Text or None
        What people call it, where anybody says.
    indicator : str or None
        For an indicator the one of the catalogue that it is, or that it takes its unit from.
    """

    kind: StepKind
    id: str
    title: Text | None = None
    indicator: str | None = None

    @property
    def key(self) -> str:
        """Kind and id: no two steps have the same."""
        return f"{self.kind}.{self.id}"


@dataclass(frozen=True, slots=True)
class TheoryLink:
    """From one step to a next one, by their keys.

    Attributes
    ----------
    start, end : str
        Keys of steps.
    path : str or None
        Where it is written in the case; None where it follows from an effect's own indicator or
        from the end-state of a framework's indicator.
    assumption : Text or None
        What has to be true for getting there.
    """

    start: str
    end: str
    path: str | None = None
    assumption: Text | None = None


@dataclass(frozen=True, slots=True)
class TheoryGraph:
    """All steps by their key, and all links.

    Attributes
    ----------
    steps : Mapping[str, TheoryStep]
        Activities, outputs, all effects of the case, and the indicators and end-states that they
        lead to.
    links : tuple of TheoryLink
        First those of the case, then those that follow from them.
    """

    steps: Mapping[str, TheoryStep]
    links: tuple[TheoryLink, ...]

    def of_kind(self, kind: StepKind) -> list[TheoryStep]:
        """The steps of one kind, in the order of the case."""
        return [step for step in self.steps.values() if step.kind == kind]

    def after(self, key: str) -> list[TheoryLink]:
        """The links that start at a step."""
        return [link for link in self.links if link.start == key]

    def reached_from(self, keys: list[str]) -> set[str]:
        """The steps to which any of these lead, themselves included."""
        nexts: dict[str, list[str]] = {}
        for link in self.links:
            nexts.setdefault(link.start, []).append(link.end)
        found, waiting = set(keys), list(keys)
        while waiting:
            new = [end for end in nexts.get(waiting.pop(), ()) if end not in found]
            found.update(new)
            waiting += new
        return found


def names_frameworks(case: Case) -> bool:
    """Whether the theory of a case names an indicator or an end-state of a framework."""
    return case.theory is not None and any(
        "." in link.to for path, link in case.theory.links() if path.startswith("theory.effects.")
    )


def theory_graph(
    case: Case, catalogue: Catalogue, frameworks: Frameworks | None
) -> tuple[TheoryGraph | None, list[Problem]]:
    """The theory of change of a case, with everything it names looked up.

    Parameters
    ----------
    case : Case
        Names that its own rules refuse are passed over here.
    catalogue : Catalogue
        Gives indicators.
    frameworks : Frameworks or None
        Give indicators and end-states; None for a theory that names none.

    Returns
    -------
    graph : TheoryGraph or None
        None for a case without a theory, or with one that its rules refuse as too large.
    problems : list of Problem
        Errors: names after an effect that nothing has.
    """
    if case.theory is None or is_too_large(case.theory):
        return None, []
    builder = _Builder(case, catalogue, frameworks)
    return builder.graph(), builder.problems


class _Builder:
    """Collects the steps and links, and what is not there."""

    def __init__(self, case: Case, catalogue: Catalogue, frameworks: Frameworks | None) -> None:
        assert case.theory is not None
        self.case, self.catalogue, self.frameworks = case, catalogue, frameworks
        self.theory = case.theory
        self.problems: list[Problem] = []
        self.links: list[TheoryLink] = []
        own = [
            *(TheoryStep("activity", n, one.title) for n, one in self.theory.activities.items()),
            *(TheoryStep("output", n, one.title) for n, one in self.theory.outputs.items()),
            *(TheoryStep("effect", n, one.title) for n, one in case.effects.items()),
        ]
        self.steps = {step.key: step for step in own}

    def graph(self) -> TheoryGraph:
        for path, link in self.theory.links():
            _, section, name, *_ = path.split(".")
            start = f"{KIND_OF[section]}.{name}"
            end = self._after_effect(path, name, link) if section == "effects" else self._own(link)
            if end is not None and start in self.steps:
                self.steps.setdefault(end.key, end)
                self.links.append(TheoryLink(start, end.key, path, link.assumption))
        for follows in [*self._own_indicators(), *self._end_states_of_indicators()]:
            ends = (follows.start, follows.end)
            if all((one.start, one.end) != ends for one in self.links):
                self.links.append(follows)
        return TheoryGraph(self.steps, tuple(self.links))

    def _own(self, link: Link) -> TheoryStep | None:
        return self.steps.get(f"output.{link.to}") or self.steps.get(f"effect.{link.to}")

    def _after_effect(self, path: str, name: str, link: Link) -> TheoryStep | None:
        """An effect, else an indicator or end-state; an effect never leads to itself."""
        if "." in link.to:
            return self._in_framework(path, link.to)
        if link.to in self.case.effects and link.to != name:
            return self.steps[f"effect.{link.to}"]
        found = self._indicator(link.to)
        if found is None:
            known = [one for one in self.case.effects if one != name]
            near = nearest(link.to, [*known, *self.catalogue.indicators])
            premises = (f"effects.{link.to}",)
            params = {"id": link.to, "nearest": near}
            self.problems.append(Problem("leads-nowhere", path, params, premises=premises))
        return found

    def _indicator(self, name: str) -> TheoryStep | None:
        found = self.catalogue.indicators.get(name)
        return None if found is None else TheoryStep("indicator", name, found.title, name)

    def _in_framework(self, path: str, name: str) -> TheoryStep | None:
        of, _, inner = name.partition(".")
        known = self.frameworks.frameworks if self.frameworks is not None else {}
        framework = known.get(of)
        if framework is None:
            params = {"id": of, "nearest": nearest(of, known)}
            self.problems.append(Problem("unknown-framework", path, params))
            return None
        if inner in framework.indicators:
            indicator = framework.indicators[inner]
            return TheoryStep("indicator", name, indicator.title, indicator.indicator)
        ends = {key: tag.title for key, tag in framework.tags.items()}
        ends |= {key: state.title for key, state in framework.end_states.items()}
        if inner in ends:
            return TheoryStep("end-state", name, ends[inner])
        near = nearest(inner, [*framework.indicators, *ends])
        params = {"framework": of, "id": inner, "nearest": near}
        self.problems.append(Problem("not-in-framework", path, params))
        return None

    def _own_indicators(self) -> Iterator[TheoryLink]:
        """From effects to the indicator that they name, unless a framework's stands for it."""
        for name, effect in self.case.effects.items():
            start = f"effect.{name}"
            ends = [self.steps[link.end] for link in self.links if link.start == start]
            if effect.indicator is None or any(e.indicator == effect.indicator for e in ends):
                continue
            end = self._indicator(effect.indicator)
            if end is not None:
                self.steps.setdefault(end.key, end)
                yield TheoryLink(start, end.key)

    def _end_states_of_indicators(self) -> Iterator[TheoryLink]:
        """From indicators to the end-state of the group to which a framework counts them."""
        for step in [step for step in self.steps.values() if step.kind == "indicator"]:
            found = self.frameworks.indicator(step.id) if self.frameworks is not None else None
            if found is None:
                continue
            framework, indicator = found
            name = framework.groups[indicator.group].end_state
            if name is not None:
                end = TheoryStep("end-state", f"{framework.id}.{name}",
                                 framework.end_states[name].title)  # fmt: skip
                self.steps.setdefault(end.key, end)
                yield TheoryLink(step.key, end.key)


def is_measured(case: Case, step: TheoryStep, frameworks: Frameworks | None) -> bool:
    """Whether anybody measures an indicator: an effect names it, or a question has an answer.

    A framework's indicator is also measured by an effect that names the catalogue's indicator
    behind it, and the other way round.
    """
    if step.indicator is not None and any(
        effect.indicator == step.indicator for effect in case.effects.values()
    ):
        return True
    for name, answers in case.scores.items():
        for question, answer in answers.items():
            path = f"{name}.{question}"
            found = frameworks.indicator(path) if frameworks is not None else None
            behind = found[1].indicator if found is not None else None
            is_same = path == step.id or (behind is not None and behind == step.indicator)
            given = assessments(answer, is_level=False) if is_same else ()
            if any(one.stands_for != "unknown" for one in given):
                return True
    return False
