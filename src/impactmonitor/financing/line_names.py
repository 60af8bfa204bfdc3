"""Names for lines that are written into a case."""

from __future__ import annotations

from collections.abc import Collection

LONGEST = 60
"""Characters that the id of a line may have."""


def free_name(name: str, taken: Collection[str]) -> str:
    """A name that is not yet taken, and as short as names have to be.

    Parameters
    ----------
    name : str
        The one that would be best; a number is added where it is taken.
    taken : collection of str
        Ids of the lines that there are.

    Examples
    --------
    >>> free_name("payment-insurer-city", {"payment-insurer-city"})
    'payment-insurer-city-2'
    """
    name = name[:LONGEST].rstrip("-")
    number, found = 2, name
    while found in taken:
        end = f"-{number}"
        found, number = name[: LONGEST - len(end)].rstrip("-") + end, number + 1
    return found
