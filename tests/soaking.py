"""How often what is random or repeated is tried: much more of it with ``make soak``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

SOAKING = os.environ.get("IMPACTMONITOR_SOAK") == "1"

T = TypeVar("T")
U = TypeVar("U")


def times(usual: int, soaking: int) -> int:
    """How many random cases are tried."""
    return soaking if SOAKING else usual


def crossed(things: Sequence[T], others: Sequence[U]) -> list[tuple[T, U]]:
    """Pairs of each thing with each other thing; in a usual run with one of them, in turn."""
    if SOAKING:
        return [(one, other) for one in things for other in others]
    return [(one, others[place % len(others)]) for place, one in enumerate(things)]
