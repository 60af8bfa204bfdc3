"""Run the service on a port of this machine until somebody stops it."""

from __future__ import annotations

import signal
import socket

import uvicorn

from impactmonitor_api.app import create_app
from impactmonitor_api.http.logs import log_to_stderr
from impactmonitor_api.settings import Settings

WAITING = 1024
"""Connections that may wait to be taken."""

AT_ONCE = 512
"""Connections and requests at the same time; more are refused with 503."""

IDLE_SECONDS = 15
STOP_SECONDS = 30
MOST_OF_HEADERS = 32_768


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that it is known to be free before anything else is done.

    Parameters
    ----------
    host : str
        Name or address of this machine, of version 4 or 6.
    port : int
        0 for any that is free.

    Raises
    ------
    OSError
        If the host is none of this machine, or the port is taken or not allowed.

    Examples
    --------
    >>> with listening("127.0.0.1", 0) as found:
    ...     found.getsockname()[0]
    '127.0.0.1'
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = found[0]
    listens = socket.create_server(address, family=family, backlog=WAITING)
    # asyncio does so for sockets that it makes itself; else every answer may wait for 40 ms
    listens.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listens


def run(settings: Settings, place: socket.socket) -> None:
    """Answer requests until the process is asked to stop; what is being done is finished first.

    Parameters
    ----------
    settings : Settings
        How it runs.
    place : socket
        That listens.
    """
    log_to_stderr()
    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        backlog=WAITING,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=MOST_OF_HEADERS,
    )
    _live_through_signals()
    uvicorn.Server(config).run(sockets=[place])


def _live_through_signals() -> None:
    """Have signals do what a service needs, where the command line has other habits.

    The server hears SIGINT and SIGTERM itself, stops, and raises them again when it is done:
    by then there is nothing left to end. A client that goes away is no reason to end at all.
    """
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: None)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
