"""What goes around every answer: a name for the request, limits, safe headers, figures, a log."""

from __future__ import annotations

import logging
import re
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impactmonitor.problems import Problem
from impactmonitor.version import __version__
from impactmonitor_api.http.figures import Figures
from impactmonitor_api.http.refusals import Refused, refusal, refused

LOG = logging.getLogger("impactmonitor_api")
SAFE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
    "API-Version": __version__,
}
UNROUTED = "(none)"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")


class Envelope:
    """Goes around the whole application.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    max_bytes : int
        Largest body; more is refused, as declared and as it comes in.
    figures : Figures
        In which requests are counted.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, figures: Figures) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = perf_counter()
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id", ""))
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(send, request_id)
        try:
            self._check(_declared(headers))
            await self.app(scope, self._counted(receive), answer.send)
        except Exception as error:
            if answer.status:  # its beginning is with the client already
                raise
            await self._apologise(error, scope, receive, answer)
        finally:
            seconds = perf_counter() - started
            route = getattr(scope.get("route"), "path", UNROUTED)
            self.figures.count(scope["method"], route, answer.status, seconds)
            _log(scope, route, answer, seconds)

    def _counted(self, receive: Receive) -> Receive:
        """The parts of the body, until there are too many."""
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            self._check(size)
            return message

        return counted

    def _check(self, size: int) -> None:
        """Refuse a body of so many bytes if it is too large."""
        if size > self.max_bytes:
            params = {"megabytes": self.max_bytes / 10**6}
            headers = {"Connection": "close"}
            raise refused(413, "file-too-large", params=params, headers=headers)

    async def _apologise(
        self, error: Exception, scope: Scope, receive: Receive, answer: _Answer
    ) -> None:
        """Say that it failed; why is for the log, not for the client."""
        if not isinstance(error, Refused):
            LOG.error("failed", exc_info=error, extra={"fields": {"request": answer.request_id}})
            params = {"request": answer.request_id}
            error = Refused(500, [Problem("service-failed", params=params)])
        response = refusal(Request(scope), error)
        await response(scope, receive, answer.send)


class _Answer:
    """Sends an answer on, with what every answer carries, and remembers how it went."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status = 0
        self.bytes = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in SAFE.items():
                headers.setdefault(name, value)
            headers["X-Request-Id"] = self.request_id
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)


def _request_id(given: str) -> str:
    """The client's own name for the request if it is a UUID, else a new one."""
    return str(UUID(given)) if _UUID.match(given) else str(uuid4())


def _declared(headers: Headers) -> int:
    given = headers.get("content-length", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def _log(scope: Scope, route: str, answer: _Answer, seconds: float) -> None:
    """One line for a request: neither its address nor anything that it carried."""
    fields: dict[str, Any] = {
        "request": answer.request_id,
        "method": scope["method"],
        "route": route,
        "status": answer.status,
        "milliseconds": round(1000 * seconds, 2),
        "bytes": answer.bytes,
        "key": scope["state"].get("key_id"),
    }
    LOG.info("answered", extra={"fields": fields})
