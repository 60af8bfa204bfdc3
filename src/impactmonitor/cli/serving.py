"""Start the service: what the command does before it answers its first request."""

from __future__ import annotations

import ipaddress
import socket
import sys
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.cli.databases import migrated
from impactmonitor.cli.outcome import WrongUse
from impactmonitor.messages import Language
from impactmonitor.problems import Problem

if TYPE_CHECKING:
    from impactmonitor_api.settings import Settings


def serve(settings: Settings, host: str, port: int, language: Language) -> None:
    """Run the service until somebody stops it.

    What a person has to know goes to standard output, once; the log goes to standard error.

    Parameters
    ----------
    settings : Settings
        How it runs.
    host, port : str and int
        Where it listens.
    language : {"nl", "en"}
        Of what is printed.

    Raises
    ------
    WrongUse
        ``place-not-free``, and as ``migrated`` raises it.
    NotFound
        If the database cannot be reached.
    """
    from impactmonitor_api.running import run

    place = _listening(host, port)
    try:
        key = first_key(settings.database_url, language)
        sys.stdout.write("\n".join(greeting(settings, place, key, language)) + "\n")
        sys.stdout.flush()
    except BaseException:
        place.close()
        raise
    run(settings, place)


def _listening(host: str, port: int) -> socket.socket:
    from impactmonitor_api.running import listening

    try:
        return listening(host, port)
    except (OSError, UnicodeError) as error:
        detail = getattr(error, "strerror", None) or type(error).__name__
        params = {"host": host, "port": port, "detail": detail}
        raise WrongUse(Problem("place-not-free", params=params)) from None


def first_key(address: str, language: Language) -> str | None:
    """Make the tables, and in a new database the first organisation with a key; that key.

    Raises
    ------
    WrongUse, NotFound
        As ``migrated`` raises them.
    """
    from impactmonitor_api.storage.beginning import begin

    with migrated(address, is_made=True) as database, database.writing() as session:
        name = messages.text("service.start.organisation", language)
        return begin(session, name, messages.text("service.start.key_name", language))


def greeting(
    settings: Settings, place: socket.socket, key: str | None, language: Language
) -> list[str]:
    """What somebody who starts the service has to know."""
    from sqlalchemy import make_url

    host, port = place.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    data = make_url(settings.database_url).render_as_string(hide_password=True)
    params = {"address": f"http://{shown}:{port}", "data": data}
    keys = ["data", *([] if _is_own(host) else ["tls"]), "listens"]
    lines = [messages.text(f"service.start.{name}", language, **params) for name in keys]
    first = [messages.text("service.start.first", language), "", f"    {key}", ""]
    return [*(first if key else []), *lines]


def _is_own(host: str) -> bool:
    """Whether only this machine can reach it."""
    return ipaddress.ip_address(host.partition("%")[0]).is_loopback
