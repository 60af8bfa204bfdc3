"""Answers that were worked out a moment ago: the same question of the same organisation."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable

from cachetools import LRUCache

MOST_BYTES = 64_000_000


class Remembered:
    """Answers by what was asked. Used by one thread, that of the requests.

    A result depends on the bytes of the case, the catalogue, the options and the engine alone, so
    that the same bytes give the same answer; whatever differs by a space is worked out anew.

    Examples
    --------
    >>> remembered = Remembered()
    >>> key = question(b"a case", "organisation", 0)
    >>> remembered.put(key, b"an answer")
    >>> remembered.get(key), remembered.get(question(b"a case", "another", 0))
    (b'an answer', None)
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._answers: LRUCache[Hashable, bytes] = LRUCache(most_bytes, getsizeof=len)

    def get(self, asked: Hashable) -> bytes | None:
        """The answer, if it is remembered."""
        return self._answers.get(asked)

    def put(self, asked: Hashable, answer: bytes) -> None:
        """Remember an answer, and forget those not asked for longest if there are too many."""
        if len(answer) <= self._answers.maxsize:
            self._answers[asked] = answer


def question(body: bytes, *rest: Hashable) -> Hashable:
    """By which a question is known to be the same: its bytes, who asks, and all options."""
    return (hashlib.sha256(body).digest(), *rest)
