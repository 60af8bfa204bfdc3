"""Show who waits for something how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from impactmonitor import messages
from impactmonitor.cli.outcome import console
from impactmonitor.messages import Language

PATIENCE = 1.0
"""Seconds after which somebody who waits is shown how far it is."""

Progress = Callable[[int, int], None]
"""Given how much is done, and of how much."""


@contextmanager
def shown_progress(
    said: str, language: Language, is_counted: bool = False
) -> Iterator[Progress | None]:
    """A bar on standard error for what takes over a second; nothing where nobody watches.

    Parameters
    ----------
    said : str
        The text beside the bar, by its place among the messages.
    language : {"nl", "en"}
        Of that text.
    is_counted : bool
        Whether the numbers are shown instead of their share.

    Yields
    ------
    callable or None
        To be told how far it is; None where nobody watches.
    """
    out = console(is_error=True)
    if not out.is_terminal:
        yield None
        return
    from rich.progress import MofNCompleteColumn
    from rich.progress import Progress as Bar

    words, line, share, remaining = Bar.get_default_columns()
    shown = MofNCompleteColumn() if is_counted else share
    bar = Bar(words, line, shown, remaining, console=out, transient=True)
    task = bar.add_task(messages.text(said, language), total=None)
    # the bar appears by itself: nothing is reported while results are put together
    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda done, all_of_it: bar.update(task, completed=done, total=all_of_it)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
