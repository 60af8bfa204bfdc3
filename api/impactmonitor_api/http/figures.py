"""Figures about the service itself, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from impactmonitor.version import __version__

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Figures:
    """Counts of one process; there are few labels, and none of them names a person or a case.

    Examples
    --------
    >>> figures = Figures()
    >>> figures.count("GET", "/v1/cases", 200, 0.01)
    >>> "impactmonitor_requests_total" in figures.text().decode()
    True
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "impactmonitor_request_seconds",
            "Time until an answer was sent.",
            ["method", "route"],
            registry=self._registry,
            buckets=SECONDS,
        )
        self._requests = Counter(
            "impactmonitor_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._jobs = Counter(
            "impactmonitor_jobs",
            "Jobs that this process ended.",
            ["kind", "status"],
            registry=self._registry,
        )
        engine = Gauge(
            "impactmonitor_engine", "Version of the engine.", ["version"], registry=self._registry
        )
        engine.labels(__version__).set(1)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        method = method if method in METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def count_job(self, kind: str, status: str) -> None:
        """Count a job that was ended."""
        self._jobs.labels(kind, status).inc()

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self._registry)
