"""Work out many cases: what the command does between its options and its answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from impactmonitor import messages
from impactmonitor.bulk.installed import check_installed
from impactmonitor.bulk.options import LARGEST_PART, BulkOptions
from impactmonitor.bulk.running import BulkResult, Progress, run_bulk
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.cli.simulating import check_drawing
from impactmonitor.cli.waiting import shown_progress
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, Problem

STOPPED = 130
"""Exit code of a command that somebody stopped with Ctrl-C, as shells have it."""


class Place(NamedTuple):
    """Where cases are worked out.

    Attributes
    ----------
    workers : int
        Processes on this machine.
    cluster : str or None
        Address of a scheduler of dask.distributed, or ``local``.
    """

    workers: int
    cluster: str | None


def checked_options(
    draws: int | None, seed: int, part: int, catalogues: Sequence[Path] | None
) -> BulkOptions:
    """What is asked of every case, once it can be done.

    Raises
    ------
    WrongUse
        ``draws-out-of-range``, ``part-out-of-range``.
    """
    if draws is not None:
        check_drawing(draws, "sobol")
    if not 1 <= part <= LARGEST_PART:
        params: dict[str, object] = {"part": part, "most": LARGEST_PART}
        raise WrongUse(Problem("part-out-of-range", params=params))
    return BulkOptions(draws, seed, part, tuple(catalogues or ()))


def checked_place(workers: int | None, cluster: str | None) -> Place:
    """Where cases are worked out, once what that needs is there.

    Raises
    ------
    WrongUse
        ``too-few-workers``, ``scale-not-installed``.
    """
    if workers is not None and workers < 1:
        raise WrongUse(Problem("too-few-workers", params={"workers": workers}))
    try:
        check_installed("pyarrow", *(["distributed"] if cluster is not None else []))
    except InvalidInput as missing:
        raise WrongUse(missing.problems[0]) from None
    return Place(workers or os.cpu_count() or 1, cluster)


def run(
    source: Path,
    out: Path,
    options: BulkOptions,
    place: Place,
    is_restarted: bool,
    shown: tuple[Language, bool],
) -> None:
    """Work out many cases, and print what became of them.

    Parameters
    ----------
    source, out : Path
        Where cases come from, and where results go.
    options : BulkOptions
        What is asked.
    place : Place
        Where it is done.
    is_restarted : bool
        Whether an earlier run in that folder is thrown away.
    shown : tuple
        Language of the texts, and whether a program reads them.

    Raises
    ------
    InvalidInput, NotFound
        As ``run_bulk`` and ``cluster`` raise them.
    """
    language, as_json = shown
    bar = _Watched(language)
    try:
        with bar.shown() as progress:
            found = _carried_out(source, out, options, place, is_restarted, progress)
    except KeyboardInterrupt:
        params = {"done": bar.done, "cases": bar.cases, "folder": out.as_posix()}
        console(is_error=True).print(messages.text("bulk.stopped", language, **params))
        sys.exit(STOPPED)
    if as_json:
        from impactmonitor.report.bulk_document import bulk_document

        print_json(bulk_document(found))
        return
    from impactmonitor.report.bulk_screen import bulk_screen

    out_console = console()
    for part in bulk_screen(found, language):
        out_console.print(part)


def _carried_out(
    source: Path,
    out: Path,
    options: BulkOptions,
    place: Place,
    is_restarted: bool,
    progress: Progress,
) -> BulkResult:
    if place.cluster is None:
        return run_bulk(source, out, options, None, place.workers, is_restarted, progress)
    from impactmonitor.bulk.clusters import cluster

    with cluster(place.cluster, place.workers) as made:
        return run_bulk(source, out, options, *made, is_restarted, progress)


class _Watched:
    """How far a run is, shown on standard error to who watches it for over a second."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.done = self.cases = 0

    @contextmanager
    def shown(self) -> Iterator[Progress]:
        """A progress bar, with how long it will still take."""
        with shown_progress("bulk.progress.working", self.language, is_counted=True) as bar:

            def told(done: int, cases: int) -> None:
                self.done, self.cases = done, cases
                if bar is not None:
                    bar(done, cases)

            yield told
