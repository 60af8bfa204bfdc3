"""All commands together, and the start of the program."""

from __future__ import annotations

import signal
import sys

from impactmonitor.cli.application import app

# each of them adds its commands
from impactmonitor.cli.commands import (  # noqa: F401
    administering,
    bulk,
    cases,
    catalogue,
    checking,
    choosing,
    comparing,
    files,
    measurements,
    monitoring,
    portfolio,
    portfolio_indicators,
    portfolio_reporting,
    proposing,
    reasons,
    serving,
    sharing,
    working,
)

__all__ = ["app", "main"]


@app.command()
def version() -> None:
    """Print the version of the engine."""
    from impactmonitor.version import __version__

    sys.stdout.write(f"{__version__}\n")


def main() -> None:
    """Run the command line.

    Text that the terminal cannot show is escaped rather than failing, and a reader who stops
    reading (``| head``) is no error.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app()
