"""Do the jobs of the service until somebody stops it: what the command does."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from impactmonitor import messages
from impactmonitor.cli.databases import migrated
from impactmonitor.messages import Language

if TYPE_CHECKING:
    from impactmonitor_api.jobs.worker import Worker
    from impactmonitor_api.settings import Settings


def work(settings: Settings, language: Language) -> None:
    """Do jobs until the process is asked to stop; the job in hand is then given back.

    Parameters
    ----------
    settings : Settings
        In which database the jobs are, and how long leases are.
    language : {"nl", "en"}
        Of the one line that is printed; the log goes to standard error.

    Raises
    ------
    WrongUse, NotFound
        As ``migrated`` raises them.
    """
    from impactmonitor_api.http.logs import log_to_stderr
    from impactmonitor_api.working import working

    with migrated(settings.database_url) as database:
        log_to_stderr()
        _live_through_signals()
        with suppress(KeyboardInterrupt), working(database, settings) as worker:
            sys.stdout.write(messages.text("service.worker.begins", language) + "\n")
            sys.stdout.flush()
            _wait(worker)


def _wait(worker: Worker) -> None:
    """Wait in short turns: no system keeps signals from a program that does so."""
    while True:
        worker.wait(0.5)


def _live_through_signals() -> None:
    """Have a request to stop do what Ctrl-C does, and a lost connection end nothing.

    Ctrl-C too: who is started in the background of a shell would not hear it.
    """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _stop)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt
