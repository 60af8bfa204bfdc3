"""Run models on blocks of draws, in one process or several, always to the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.uncertainty.blocks import RANDOMISATIONS, Piece, blocks_of, draws_of
from impactmonitor.uncertainty.models import Model
from impactmonitor.uncertainty.tally import Tally

Progress = Callable[[int, int], None]
"""Called with the number of draws done and of all draws."""


@dataclass(frozen=True)
class Work:
    """How a simulation is carried out; no number depends on it.

    Attributes
    ----------
    executor : Executor, optional
        Where the blocks are run, such as a ``ProcessPoolExecutor``; by default in this process.
    chunk : int
        About how many draws are handed out at a time.
    progress : callable, optional
        Told how many draws are done, and how many there are.
    """

    executor: Executor | None = None
    chunk: int = 1 << 16
    progress: Progress | None = None


SAMPLE = 16_384
"""So many first draws are kept with all that they follow from."""


@dataclass(frozen=True)
class Sampling:
    """Which draws are taken.

    Attributes
    ----------
    draws : int
        A multiple of the number of randomisations.
    seed : int
    method : {"sobol", "mc"}
    """

    draws: int
    seed: int
    method: str


@dataclass(frozen=True)
class Run:
    """What a model gives for all draws.

    Attributes
    ----------
    tally : Tally
        Net of every party, then cash of every party.
    inputs : array, shape (inputs, sampled draws)
        The first draws.
    present : array, shape (lines, sampled draws)
        Present values of the lines in those draws.
    """

    tally: Tally
    inputs: Array
    present: Array


_Found = tuple[Array, tuple[Piece, ...]]


def run_model(model: Model, sampling: Sampling, work: Work) -> Run:
    """Draw a model and add up what it gives.

    Parameters
    ----------
    model : Model
    sampling : Sampling
        Which draws.
    work : Work
        How it is carried out.

    Returns
    -------
    Run
    """
    point = model.outcome(model.compiled.expected())
    centre = point.both[:, 0]
    tally = Tally(np.where(np.isfinite(centre), centre, 0.0), RANDOMISATIONS, sampling.draws)
    blocks = blocks_of(sampling.draws)
    kept = sum(piece.size for block in blocks[: _sampled(blocks)] for piece in block)
    inputs = np.empty((len(model.variables), kept))
    present = np.empty((len(model.compiled.lines), kept))
    done = 0
    for (values, pieces), sample in _results(model, sampling, blocks, work):
        here = slice(done, done + values.shape[1])
        tally.add(values, [(piece.randomisation, piece.size) for piece in pieces])
        if sample is not None:
            inputs[:, here], present[:, here] = sample
        done = here.stop
        if work.progress is not None:
            work.progress(done, sampling.draws)
    return Run(tally, inputs, present)


_Sample = tuple[Array, Array]
_Result = tuple[_Found, _Sample | None]


def _results(
    model: Model,
    sampling: Sampling,
    blocks: Sequence[tuple[Piece, ...]],
    work: Work,
) -> Iterator[_Result]:
    """What every block gives, in the order of the blocks."""
    sampled = _sampled(blocks)
    if work.executor is None:  # what lies ready for one block is used for all
        yield from _blocks(model, sampling, sampled, list(enumerate(blocks)))
        return
    parts = _parts(blocks, work.chunk)
    for found in work.executor.map(partial(_part, model, sampling, sampled), parts):
        yield from found


def _part(
    model: Model, sampling: Sampling, sampled: int, part: Sequence[tuple[int, tuple[Piece, ...]]]
) -> list[_Result]:
    found = []
    for result, sample in _blocks(model, sampling, sampled, part):
        # the inputs are written over by the next block
        kept = None if sample is None else (sample[0].copy(), sample[1])
        found.append((result, kept))
    return found


def _blocks(
    model: Model, sampling: Sampling, sampled: int, part: Sequence[tuple[int, tuple[Piece, ...]]]
) -> Iterator[_Result]:
    each = sampling.draws // RANDOMISATIONS
    draws = model.draws(sampling.seed, each, sampling.method, RANDOMISATIONS)
    numbers = [number for number, _ in part]
    found = draws_of(draws, [pieces for _, pieces in part], len(model.variables))
    for number, (pieces, inputs) in zip(numbers, found, strict=True):
        with np.errstate(all="ignore"):
            outcome = model.outcome(inputs)
        is_kept = number < sampled
        sample = (inputs, outcome.ledger.present) if is_kept else None
        yield (outcome.both, pieces), sample


def _sampled(blocks: Sequence[tuple[Piece, ...]]) -> int:
    """How many first blocks hold the draws that are kept."""
    counts = np.cumsum([sum(piece.size for piece in block) for block in blocks])
    return int(np.searchsorted(counts, SAMPLE)) + 1


def _parts(
    blocks: Sequence[tuple[Piece, ...]], chunk: int
) -> list[list[tuple[int, tuple[Piece, ...]]]]:
    """Blocks with their numbers, as many together as a chunk has draws, at least one."""
    parts: list[list[tuple[int, tuple[Piece, ...]]]] = []
    room = 0
    for number, block in enumerate(blocks):
        size = sum(piece.size for piece in block)
        if not parts or room < size:
            parts.append([])
            room = max(chunk, size)
        parts[-1].append((number, block))
        room -= size
    return parts


def run_models(models: Mapping[str, Model], sampling: Sampling, work: Work) -> dict[str, Run]:
    """Run several models on the same draws; see ``run_model``."""
    found, total = {}, sampling.draws * len(models)
    for place, (name, model) in enumerate(models.items()):

        def told(done: int, _: int, before: int = place * sampling.draws) -> None:
            if work.progress is not None:
                work.progress(before + done, total)

        found[name] = run_model(model, sampling, replace(work, progress=told))
    return found
