"""The service with two echoes beside it, as its load is measured: prints its address and a key."""

from __future__ import annotations

import socket
import sys
from typing import Any

import uvicorn
from starlette.responses import Response

from impactmonitor_api import Settings, create_app
from impactmonitor_api.http.bodies import Body
from impactmonitor_api.routes.declared import Reader
from impactmonitor_api.storage.keys import add_key
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation


async def raw_echo(receive: Any, send: Any) -> None:
    """Give a body back, with nothing around it."""
    parts, is_more = [], True
    while is_more:
        message = await receive()
        parts.append(message.get("body", b""))
        is_more = message.get("more_body", False)
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"".join(parts)})


def main() -> None:
    app = create_app(Settings(sys.argv[1], requests_per_minute=0, has_worker=False))
    database = app.state.database
    migrate(database)
    with database.writing() as session:
        made = add_organisation(session, "Load")
        key = add_key(session, made, "load", "viewer", None)[1]

    @app.post("/v1/echo")
    async def echo(caller: Reader, body: Body) -> Response:
        return Response(body, media_type="application/json")

    async def served(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == "/raw-echo":
            await raw_echo(receive, send)
        else:
            await app(scope, receive, send)

    listening = socket.create_server(("127.0.0.1", 0))
    # asyncio does so for sockets that it makes itself; else every answer waits for 40 ms
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"http://127.0.0.1:{listening.getsockname()[1]} {key}", flush=True)
    config = uvicorn.Config(served, log_level="error", access_log=False, lifespan="off")
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
