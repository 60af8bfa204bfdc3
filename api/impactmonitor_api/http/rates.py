"""How many requests a key may make in a minute."""

from __future__ import annotations

from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from impactmonitor_api.http.refusals import refused


class Rates:
    """Counts the requests of each key in this process.

    Parameters
    ----------
    requests_per_minute : int
        That one key may make; 0 for as many as it likes.

    Examples
    --------
    >>> rates = Rates(1)
    >>> rates.check("one"), rates.check("other")
    (None, None)
    """

    def __init__(self, requests_per_minute: int) -> None:
        self._limit = RateLimitItemPerMinute(requests_per_minute) if requests_per_minute else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def check(self, key_id: str) -> None:
        """Count a request.

        Raises
        ------
        Refused
            429, with after how many seconds to try again.
        """
        if self._limit is None or self._limiter.hit(self._limit, key_id):
            return
        until = self._limiter.get_window_stats(self._limit, key_id).reset_time
        seconds = max(1, ceil(until - time()))
        params = {"count": self._limit.amount, "seconds": seconds}
        raise refused(429, "too-many-requests", params=params,
                      headers={"Retry-After": str(seconds)})  # fmt: skip
