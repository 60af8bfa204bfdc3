"""The theory of change of a case: what is done, what that delivers, and what it leads to."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from impactmonitor.model.record import FrozenDict, Id, Map, PlainText, Record, Text

MAX_STEPS = 200
MAX_LINKS = 1_000


class Link(Record):
    """A next step, and what has to be true for getting there."""

    to: PlainText
    assumption: Text | None = None


def _target_kind(value: Any) -> str:
    return "<link>" if isinstance(value, dict | Link) else "<text>"


Target = Annotated[
    Annotated[PlainText, Tag("<text>")] | Annotated[Link, Tag("<link>")],
    Discriminator(_target_kind),
]
"""The name of a next step, or a link that says on what it rests."""

Targets = Annotated[tuple[Target, ...], Field(strict=False)]


def links_of(leads_to: Targets) -> tuple[Link, ...]:
    """All next steps as links.

    Examples
    --------
    >>> [link.to for link in links_of(("visits", Link(to="fewer-falls", assumption="They come")))]
    ['visits', 'fewer-falls']
    """
    return tuple(one if isinstance(one, Link) else Link(to=one) for one in leads_to)


class Activity(Record):
    """Something that is done, and the costs of the case that pay for it."""

    title: Text | None = None
    costs: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    leads_to: Targets = ()


class Output(Record):
    """What activities deliver and somebody can count, before anything has changed for people."""

    title: Text | None = None
    quantity: Annotated[float, Field(ge=0)] | None = None
    unit: PlainText | None = None
    leads_to: Targets = ()


class TheoryEffect(Record):
    """What an effect of the case leads to beyond itself."""

    leads_to: Targets = ()


class Theory(Record):
    """Activities, outputs and effects as links of one chain.

    Attributes
    ----------
    activities, outputs : Mapping
        By id. Activities lead to outputs and effects, outputs to outputs and effects.
    effects : Mapping
        By the id of an effect of the case. They lead to other effects, to indicators and to
        end-states; effects that lead to nothing more need not stand here.

    Examples
    --------
    >>> theory = Theory.model_validate({
    ...     "activities": {"classes": {"costs": ["teachers"], "leads_to": ["participants"]}},
    ...     "outputs": {"participants": {"quantity": 400, "leads_to": [
    ...         {"to": "fewer-falls", "assumption": "People keep exercising."}]}},
    ...     "effects": {"fewer-falls": {"leads_to": ["transition-monitor.healthier-for-all"]}},
    ... })
    >>> [link.to for _, link in theory.links()]
    ['participants', 'fewer-falls', 'transition-monitor.healthier-for-all']
    """

    activities: Map[Id, Activity] = Field(default_factory=FrozenDict)
    outputs: Map[Id, Output] = Field(default_factory=FrozenDict)
    effects: Map[Id, TheoryEffect] = Field(default_factory=FrozenDict)

    def steps(self) -> list[tuple[str, str, Targets]]:
        """Section, id and next steps of everything that is written down, in that order."""
        sections: dict[str, dict[str, Any]] = {
            "activities": self.activities,
            "outputs": self.outputs,
            "effects": self.effects,
        }
        return [
            (section, name, step.leads_to)
            for section, steps in sections.items()
            for name, step in steps.items()
        ]

    def links(self) -> list[tuple[str, Link]]:
        """Every link with its path in the case."""
        return [
            (f"theory.{section}.{name}.leads_to.{i}", link)
            for section, name, leads_to in self.steps()
            for i, link in enumerate(links_of(leads_to))
        ]


def is_too_large(theory: Theory) -> bool:
    """Whether there are more steps or links than somebody can look at in one picture."""
    return len(theory.steps()) > MAX_STEPS or len(theory.links()) > MAX_LINKS
