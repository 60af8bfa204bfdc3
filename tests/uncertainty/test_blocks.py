"""Blocks hold every draw of every randomisation once, whatever their number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.model.numbers import Range, Uniform
from impactmonitor.sampling.draws import Draws, Variable
from impactmonitor.sampling.points import Coordinate
from impactmonitor.uncertainty.blocks import BLOCK, RANDOMISATIONS, blocks_of, draws_of


@given(st.integers(1, 5000))
def test_every_draw_once(eighth):
    blocks = blocks_of(RANDOMISATIONS * eighth)
    assert all(sum(piece.size for piece in block) <= max(BLOCK, 1) for block in blocks)
    seen = dict.fromkeys(range(RANDOMISATIONS), 0)
    for piece in (piece for block in blocks for piece in block):
        assert piece.start == seen[piece.randomisation]
        seen[piece.randomisation] += piece.size
    assert set(seen.values()) == {eighth}


@pytest.mark.parametrize("draws", [64, 4096, 8 * 5000])
def test_the_inputs_of_blocks_are_the_draws(draws):
    variables = [Variable(Coordinate(k, "g", i), Uniform(uniform=(0, 1)), Range())
                 for i, k in enumerate("ab")]  # fmt: skip

    each = draws // RANDOMISATIONS
    source = Draws(3, variables, each, "sobol", RANDOMISATIONS)
    whole = [source.at(0, each, randomisation=r) for r in range(RANDOMISATIONS)]
    for pieces, values in draws_of(source, blocks_of(draws), 2):
        wanted = [whole[p.randomisation][:, p.start : p.start + p.size] for p in pieces]
        assert (values == np.concatenate(wanted, axis=1)).all()
