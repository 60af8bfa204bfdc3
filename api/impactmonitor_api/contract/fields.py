"""How a field of an answer is told: what it is, and what it may look like."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field


def told(description: str, *examples: Any) -> Any:
    """A field of an answer.

    Parameters
    ----------
    description : str
        What it is, with its unit and sign where it is a number.
    *examples
        What it may look like; none for a field that is an object of its own.

    Examples
    --------
    >>> told("How many.", 3).examples
    [3]
    """
    return Field(description=description, examples=list(examples) or None)


ByYear = Annotated[
    dict[str, float],
    Field(description="By year.", examples=[{"2026": 1200.0, "2027": 1150.0}]),
]
Ids = Annotated[list[str], Field(description="Ids.", examples=[["municipality", "insurer"]])]
