"""Suggestions: what is worth looking at for a topic and a target group, and why.

A suggestion is a place to start and no finding about anybody's project: it is never local.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError

from impactmonitor.model.entries import Entry
from impactmonitor.model.record import Id, Map, PlainText, Record, Text
from impactmonitor.model.written import Several

_ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
FrameworkIndicatorPath = Annotated[
    str, StringConstraints(pattern=rf"^{_ID}\.{_ID}$", max_length=121)
]
"""An indicator of a framework, written as ``framework.indicator``."""


class TargetGroup(Entry):
    """People whom a project is meant for."""


class Suggestion(Record):
    """One effect or indicator to look at.

    Attributes
    ----------
    title : Text or None
        What it is called; by default as the indicator that it names.
    why : Text
        Why it is suggested.
    indicator : str or None
        Id of the catalogue's indicator: an effect to count, and often to value in money.
    framework_indicator : str or None
        ``framework.indicator``: something to answer beside money.
    card : str or None
        Id of an effect card that says how large such effects were elsewhere.
    groups : sequence of str or None
        The target groups that it fits; by default all those of its topic.

    Examples
    --------
    >>> found = Suggestion.model_validate(
    ...     {"why": "It is what is prevented.", "indicator": "falls-avoided"})
    >>> found.kind, found.is_for("older-people")
    ('effect', True)
    """

    title: Text | None = None
    why: Text
    indicator: Id | None = None
    framework_indicator: FrameworkIndicatorPath | None = None
    card: PlainText | None = None
    groups: Several[Id] | None = None

    def model_post_init(self, context: object, /) -> None:
        """Refuse a suggestion of nothing, and one that nobody has a name for."""
        if self.indicator is None and self.framework_indicator is None:
            if self.card is None:
                raise PydanticCustomError("suggestion-of-nothing", "")
            if self.title is None:
                raise PydanticCustomError("suggestion-without-title", "")

    @property
    def kind(self) -> Literal["effect", "indicator"]:
        """An effect to count, or only an indicator to answer beside money."""
        is_effect = self.indicator is not None or self.card is not None
        return "effect" if is_effect else "indicator"

    def is_for(self, group: str) -> bool:
        """Whether it fits a target group of its topic."""
        return self.groups is None or group in self.groups


class Topic(Entry):
    """Something that projects are about, with the target groups and suggestions that fit it.

    Attributes
    ----------
    groups : sequence of str
        Ids of target groups.
    suggestions : Mapping[str, Suggestion]
        By id, the most telling first.
    """

    groups: Several[Id]
    suggestions: Annotated[Map[Id, Suggestion], Field(min_length=1)]
