"""The same bits whoever does the work, in whatever portions, and constant memory."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
from tests.small import case, cost, gain
from tests.uncertainty.test_models import model

from impactmonitor.uncertainty.running import SAMPLE, Sampling, Work, run_model

UNIFORM = {"uniform": [0.1, 0.5]}
CASE = case(
    horizon=5,
    costs={"c": cost({"pert": [80, 100, 150]})},
    effects={"e": gain({"pert": [1, 2, 4]}, 40, lasts=4, drop_off=UNIFORM, deadweight=UNIFORM)},
)


def summaries(draws: int, method: str = "sobol", **work):
    found = run_model(model(CASE), Sampling(draws, 7, method), Work(**work))
    results = range(len(found.tally.centre))
    return [found.tally.summary(i) for i in results], found


@pytest.mark.parametrize("method", ["sobol", "mc"])
def test_any_portions_and_any_workers_give_the_same_bits(method):
    draws = 5 * 8 * 4096 + 8 * 100
    wanted, run = summaries(draws, method)
    for chunk in (1, 5000, 1 << 16, 1 << 20):
        got, other = summaries(draws, method, chunk=chunk)
        assert got == wanted
        assert (other.inputs == run.inputs).all()
        assert (other.present == run.present).all()
    for pool in (ThreadPoolExecutor, ProcessPoolExecutor):
        for workers in (1, 2):
            with pool(workers) as executor:
                got, other = summaries(draws, method, executor=executor, chunk=30_000)
            assert got == wanted
            assert (other.tally.kept == run.tally.kept).all()


@pytest.mark.parametrize("draws", [8, 1024, 4096, 65_536])
def test_the_first_draws_are_kept_with_all_that_they_follow_from(draws):
    _, run = summaries(draws)
    kept = run.inputs.shape[1]
    assert kept == draws if draws <= SAMPLE else SAMPLE <= kept < draws
    made = model(CASE)
    outcome = made.outcome(run.inputs)
    np.testing.assert_allclose(run.present, outcome.ledger.present, rtol=1e-13)
    parties = len(made.compiled.parties)
    np.testing.assert_allclose(run.tally.kept[:parties, :kept], outcome.net, rtol=1e-12)


def test_how_far_it_is_is_told():
    told = []
    summaries(8 * 4096 * 2, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (65_536, 65_536)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
