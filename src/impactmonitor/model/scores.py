"""Answers to the questions of a framework: a number, a level, or why there is none."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from impactmonitor.model.record import PlainText, Record, Text, Whole
from impactmonitor.model.written import Date, Several

Status = Literal["value", "none", "not-applicable", "unknown"]
"""There is an answer; the project contributes nothing; it does not apply; nobody knows."""

Bare = Literal["none", "unknown"]


class Assessment(Record):
    """One answer to one question, by one assessor.

    Attributes
    ----------
    value : float or None
        A number, for a quantitative indicator.
    level : int or None
        A level from 1 on, for a qualitative one.
    numerator, denominator : float or None
        Instead of a value, for a ratio.
    status : str or None
        Why there is no answer; by default there is one.
    reason : Text or None
        Required where the indicator does not apply.
    """

    value: float | None = None
    level: Annotated[Whole, Field(ge=1)] | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: Status | None = None
    reason: Text | None = None
    date: Date | None = None
    assessor: PlainText | None = None
    evidence: Text | None = None
    note: Text | None = None

    @property
    def has_answer(self) -> bool:
        """Whether it is a number or a level."""
        return any(part is not None for part in (self.value, self.level, self.numerator))

    @property
    def stands_for(self) -> Status:
        """What it says, where the status itself is left out."""
        if self.status is not None:
            return self.status
        return "value" if self.has_answer else "unknown"

    @property
    def number(self) -> float | None:
        """The value, or numerator divided by denominator; None for a level and without answer."""
        if self.numerator is not None and self.denominator:
            return self.numerator / self.denominator
        return self.value


def _kind(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "<several>"
    if isinstance(value, str):
        return "<status>"
    return "<assessment>" if isinstance(value, dict | Assessment) else "<number>"


_One = Annotated[
    Annotated[float, Tag("<number>")]
    | Annotated[Bare, Tag("<status>")]
    | Annotated[Assessment, Tag("<assessment>")],
    Discriminator(_kind),
]
Answer = Annotated[
    Annotated[float, Tag("<number>")]
    | Annotated[Bare, Tag("<status>")]
    | Annotated[Assessment, Tag("<assessment>")]
    | Annotated[Several[_One], Tag("<several>")],
    Discriminator(_kind),
]
"""A number or a level, a word, an assessment, or several assessments."""


def assessments(answer: Answer, is_level: bool) -> tuple[Assessment, ...]:
    """Every assessment in an answer; a bare number is a level where levels are asked.

    Examples
    --------
    >>> assessments(3.0, is_level=True)[0].level, assessments(3.0, is_level=False)[0].value
    (3, 3.0)
    >>> assessments("none", is_level=True)[0].stands_for
    'none'
    """
    if isinstance(answer, tuple):
        return tuple(found for one in answer for found in assessments(one, is_level))
    if isinstance(answer, Assessment):
        return (answer,)
    if isinstance(answer, str):
        return (Assessment(status=answer),)
    if is_level and answer.is_integer() and answer >= 1:
        return (Assessment(level=int(answer)),)
    return (Assessment(value=answer),)
