"""Blocks of draws: the parts in which a simulation is run, whoever runs them.

A block is always the same draws, so that every number is the same however the blocks are handed
out. The draws are divided over independent randomisations, whose differences tell how precise
the results are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.sampling.draws import Draws

RANDOMISATIONS = 8
BLOCK = 4096


class Piece(NamedTuple):
    """Draws of one randomisation that follow each other."""

    randomisation: int
    start: int
    size: int


def blocks_of(draws: int) -> list[tuple[Piece, ...]]:
    """Divide a number of draws into blocks.

    Parameters
    ----------
    draws : int
        A multiple of the number of randomisations.

    Returns
    -------
    list of tuple of Piece
        Every block has at most ``BLOCK`` draws; the randomisations come one after the other.

    Examples
    --------
    >>> blocks_of(16)[0][:2]
    (Piece(randomisation=0, start=0, size=2), Piece(randomisation=1, start=0, size=2))
    >>> len(blocks_of(65536)), len(blocks_of(1024))
    (16, 1)
    """
    each = draws // RANDOMISATIONS
    together = max(1, BLOCK // each)
    if together > 1:
        return [
            tuple(Piece(r, 0, each) for r in range(first, min(first + together, RANDOMISATIONS)))
            for first in range(0, RANDOMISATIONS, together)
        ]
    return [
        (Piece(r, start, min(BLOCK, each - start)),)
        for r in range(RANDOMISATIONS)
        for start in range(0, each, BLOCK)
    ]


def draws_of(
    draws: Draws, blocks: Sequence[tuple[Piece, ...]], inputs: int
) -> Iterator[tuple[tuple[Piece, ...], Array]]:
    """The inputs of some blocks, one after the other.

    Parameters
    ----------
    draws : Draws
        Of every randomisation.
    blocks : sequence of tuple of Piece
        From ``blocks_of``.
    inputs : int
        How many inputs there are.

    Yields
    ------
    pieces, values : tuple of Piece, array of shape (inputs, draws)
        The array is used again for the next block.
    """
    room = np.empty((inputs, max((_count(b) for b in blocks), default=0)))
    for pieces in blocks:
        count = _count(pieces)
        values = room if count == room.shape[1] else np.empty((inputs, count))
        draws.pieces(pieces, values)
        yield pieces, values


def _count(pieces: Sequence[Piece]) -> int:
    return sum(piece.size for piece in pieces)
