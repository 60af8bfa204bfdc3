"""Readiness: several levels of which the lowest holds the others back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HIGHEST_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready something is, over several levels such as technology, society and customers.

    Attributes
    ----------
    overall : int or None
        The lowest level; None while one is not known, for that one may be lower.
    at_most : int or None
        The lowest of the known levels; None if none is known.
    held_back_by : tuple of int
        Places of the levels that are the lowest; empty if all are equal or one is not known.
    gap : int or None
        From the lowest to the highest, 0 if all are equal; None while one is not known.
    unknown : tuple of int
        Places of the levels that are not known.
    """

    overall: int | None
    at_most: int | None
    held_back_by: tuple[int, ...]
    gap: int | None
    unknown: tuple[int, ...]


def overall_readiness(
    levels: Sequence[int | None], highest_level: int = HIGHEST_LEVEL
) -> Readiness:
    """The lowest of several levels, which one it is, and how far the highest is ahead.

    That the lowest counts is our own rule.

    Parameters
    ----------
    levels : sequence of int or None
        Two or more levels, from 1; None where one is not known.
    highest_level : int, optional
        The end of the scale.

    Returns
    -------
    Readiness

    Raises
    ------
    ValueError
        If there are fewer than two levels, or one is no whole number on the scale.

    Examples
    --------
    >>> overall_readiness([7, 3, 5])
    Readiness(overall=3, at_most=3, held_back_by=(1,), gap=4, unknown=())
    >>> overall_readiness([7, None, 5])
    Readiness(overall=None, at_most=5, held_back_by=(), gap=None, unknown=(1,))
    """
    known = [level for level in levels if level is not None]
    if len(levels) < 2:
        raise ValueError("readiness has two levels or more")
    if any(level != int(level) or not 1 <= level <= highest_level for level in known):
        raise ValueError(f"a level is a whole number from 1 to {highest_level}")
    unknown = tuple(place for place, level in enumerate(levels) if level is None)
    at_most = min(known, default=None)
    if unknown or at_most is None:
        return Readiness(None, at_most, (), None, unknown)
    gap = max(known) - at_most
    slowest = (place for place, level in enumerate(levels) if level == at_most)
    return Readiness(at_most, at_most, tuple(slowest) if gap else (), gap, ())
