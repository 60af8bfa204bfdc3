"""Run many cases: a source cut into parts, worked out by any executor, kept part by part."""

from __future__ import annotations

import os
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from impactmonitor.bulk.answers import Answer, without_taken
from impactmonitor.bulk.folder import Facts, RunFolder
from impactmonitor.bulk.installed import check_installed
from impactmonitor.bulk.options import BulkOptions
from impactmonitor.bulk.parts import Part, Survey, writable
from impactmonitor.bulk.processes import processes
from impactmonitor.bulk.rows import DONE, NOT_SIMULATED, REFUSED
from impactmonitor.bulk.seen import SeenIds
from impactmonitor.bulk.sources import kind_of, survey
from impactmonitor.bulk.working import Asked, Task, catalogue_asked, work_out
from impactmonitor.problems import InvalidInput, Problem

_AHEAD = 2
"""Parts in flight for each worker: one it works on, and the next."""

Progress = Callable[[int, int], None]
"""Called with the number of cases done and of all cases."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of a run.

    Attributes
    ----------
    folder : Path
        Where the results are.
    asked : dict
        What the run is, as its manifest has it.
    cases, refused, not_simulated : int
        All cases, those without a result, and those with a point result only although draws
        were asked.
    problems : Counter
        How many cases have each problem, by its code.
    first : Mapping[str, str]
        By problem the file, and the line in a file of lines, of the first case that has it.
    left_aside : int
        Files in the source that are no case files by their names.
    cases_before : int
        Cases that an earlier run had done.
    seconds : float
        That this run took.
    """

    folder: Path
    asked: dict[str, Any]
    cases: int
    refused: int
    not_simulated: int
    problems: Counter[str]
    first: Mapping[str, str]
    left_aside: int
    cases_before: int
    seconds: float


def run_bulk(
    source: Path | str,
    out: Path | str,
    options: BulkOptions | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    is_restarted: bool = False,
    progress: Progress | None = None,
) -> BulkResult:
    """Point results, or distributions as well, of many cases in constant memory.

    Parameters
    ----------
    source : Path or str
        A folder with case files, or a file with one JSON case on each line (.jsonl, .ndjson).
    out : Path or str
        Folder of the results: ``parts/`` with a row for each case, ``actors/`` with a row for
        each of its actors, and the manifest ``run.json``. One that holds the same run, stopped
        halfway, is taken up where it stopped.
    options : BulkOptions, optional
        What is asked; by default point results.
    executor : Executor, optional
        Where parts are worked out: processes, threads, or ``Client.get_executor()`` of
        dask.distributed, whose workers have to see source and catalogue under the same paths.
        By default processes of our own; a script that wants those keeps its work under
        ``if __name__ == "__main__":``.
    workers : int, optional
        How many parts the executor works on at a time; by default the number of processors.
    is_restarted : bool
        Whether an earlier run in that folder is thrown away.
    progress : callable, optional
        Told how many cases are done, and how many there are.

    Returns
    -------
    BulkResult

    Raises
    ------
    NotFound
        If there is no such source or catalogue.
    InvalidInput
        If the source holds no cases or changes meanwhile, if the folder holds something else, or
        if workers are lost. A broken case is no error of the run: its row has its problems.
    ValueError
        If workers is below 1.

    Notes
    -----
    Every number is that of ``evaluate`` and ``simulate`` of the case alone, whatever the executor,
    the number of workers and the size of a part. Of two cases with the same id the first one in
    the order of the source counts, and the second is refused.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from tempfile import TemporaryDirectory
    >>> from impactmonitor.resources import folder
    >>> with TemporaryDirectory() as out, ThreadPoolExecutor(1) as threads:
    ...     found = run_bulk(folder("examples") / "perry-age-27", out, executor=threads)
    >>> found.cases, found.refused
    (1, 0)
    """
    check_installed("pyarrow")
    if workers is not None and workers < 1:
        raise ValueError(f"at least one worker is needed, not {workers}")
    asked = options or BulkOptions()
    run = _Run(Path(source), Path(out), asked, is_restarted)
    return run.carried_out(executor, workers or os.cpu_count() or 1, progress)


_Waiting = tuple[Part, "Facts | Future[Answer]"]
"""A part that was done before, or one that somebody works on."""


class _Run:
    """One run, from its folder to its results."""

    def __init__(self, source: Path, out: Path, options: BulkOptions, is_restarted: bool) -> None:
        self.started = perf_counter()
        self.source, self.folder = source.resolve(), RunFolder(out)
        catalogues = tuple(str(folder.resolve()) for folder in options.catalogues)
        self.asked = Asked(options.sampling, catalogues, catalogue_asked(catalogues))
        self.survey = survey(self.source, options.part)
        self.manifest = _manifest(self.source, self.survey, options.part, self.asked)
        self.folder.begin(self.manifest, is_restarted)
        self.seen = SeenIds()
        self.statuses, self.problems = Counter[str](), Counter[str]()
        self.first: dict[str, str] = {}
        self.before = 0

    def carried_out(
        self, executor: Executor | None, workers: int, progress: Progress | None
    ) -> BulkResult:
        """Work out the parts that are missing, and put it all together."""
        tell = progress or (lambda _done, _all: None)
        tell(0, self.survey.cases)
        with ExitStack() as stack:
            wanted = min(workers, len(self.survey.parts))
            chosen = executor or stack.enter_context(processes(wanted))
            try:
                done = 0
                for part in self._kept(chosen, _AHEAD * wanted):
                    done += part.cases
                    tell(done, self.survey.cases)
            except _losses() as error:
                params = {"kind": type(error).__name__}
                raise InvalidInput([Problem("bulk-worker-died", params=params)]) from None
        return self._result()

    def _kept(self, executor: Executor, in_flight: int) -> Iterator[Part]:
        """Have every part done and kept, in the order of the source."""
        waiting = deque[_Waiting]()
        left = iter(self.survey.parts)
        try:
            while True:
                while len(waiting) < in_flight and (part := next(left, None)) is not None:
                    waiting.append(self._begun(part, executor))
                if not waiting:
                    return
                facts = self._done(*waiting[0])
                part, _ = waiting.popleft()
                self.statuses += facts.statuses
                self.problems += facts.problems
                self.first = {**facts.first, **self.first}
                yield part
        finally:
            for _, future in waiting:
                if not isinstance(future, Facts):
                    future.cancel()

    def _begun(self, part: Part, executor: Executor) -> _Waiting:
        facts = self.folder.facts(part.number)
        if facts is not None:
            return part, facts
        return part, executor.submit(work_out, Task(str(self.source), part, self.asked))

    def _done(self, part: Part, found: Facts | Future[Answer]) -> Facts:
        """What is known of a part, once it is done and kept."""
        if isinstance(found, Facts):
            self.before += part.cases
            for name in found.ids:
                if name is not None:
                    self.seen.add(name)
            return found
        return self._keep(part, found.result())

    def _keep(self, part: Part, answer: Answer) -> Facts:
        """Write the results of a part, and look at what was written."""
        taken = [name is not None and not self.seen.add(name) for name in answer.ids]
        chosen = (
            without_taken(answer, taken, self.asked.sampling is not None) if any(taken) else answer
        )
        self.folder.keep(part.number, chosen.cases, chosen.actors)
        facts = self.folder.facts(part.number)
        if facts is None:
            params = {"folder": self.folder.path.name, "detail": f"{part.number:05d}"}
            raise InvalidInput([Problem("bulk-folder-not-written", params=params)])
        return facts

    def _result(self) -> BulkResult:
        counted = {name: self.statuses[name] for name in (DONE, REFUSED, NOT_SIMULATED)}
        self.folder.note(self.manifest, {"cases": self.survey.cases, **counted})
        return BulkResult(
            self.folder.path,
            self.manifest,
            self.survey.cases,
            self.statuses[REFUSED],
            self.statuses[NOT_SIMULATED],
            self.problems,
            self.first,
            self.survey.left_aside,
            self.before,
            perf_counter() - self.started,
        )


def _manifest(source: Path, surveyed: Survey, size: int, asked: Asked) -> dict[str, Any]:
    """What a run is: whatever differs in this is another run."""
    sampling = asked.sampling
    return {
        "source": {
            "name": writable(source.name),
            "kind": kind_of(source),
            "cases": surveyed.cases,
            "fingerprint": surveyed.fingerprint,
        },
        "part": size,
        "draws": sampling.draws if sampling else None,
        "seed": sampling.seed if sampling else None,
        "method": sampling.method if sampling else None,
        "engine": asked.engine,
        "catalogue": asked.catalogue,
    }


def _losses() -> tuple[type[BaseException], ...]:
    """What is raised when workers are lost; of a cluster, only where one can be in use."""
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return (BrokenExecutor,)
    return (BrokenExecutor, distributed.KilledWorker, distributed.CancelledError)
