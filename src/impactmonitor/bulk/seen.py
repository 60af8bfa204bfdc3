"""Ids that were met before, in little memory."""

from __future__ import annotations

from hashlib import blake2b

_BYTES = 16
"""So long a digest is met twice by chance in less than one of 10^26 runs of a million cases."""


class SeenIds:
    """Ids of cases, of which only digests are kept: about 100 bytes each.

    Examples
    --------
    >>> seen = SeenIds()
    >>> seen.add("a"), seen.add("b"), seen.add("a")
    (True, True, False)
    """

    def __init__(self) -> None:
        self._digests: set[bytes] = set()

    def add(self, name: str) -> bool:
        """Take note of an id, and say whether it is new."""
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
        if digest in self._digests:
            return False
        self._digests.add(digest)
        return True
