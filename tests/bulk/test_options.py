"""What is asked can be carried out, and is what simulate takes it for."""

from __future__ import annotations

import pytest

from impactmonitor import load_case, simulate
from impactmonitor.bulk.options import BulkOptions
from impactmonitor.resources import folder


@pytest.mark.parametrize("options", [{"draws": 0}, {"draws": 2**31}, {"part": 0}, {"part": 10**5}])
def test_options_that_nobody_can_carry_out_are_refused(options):
    with pytest.raises(ValueError, match="not"):
        BulkOptions(**options)


@pytest.mark.parametrize("draws", [1, 8, 9, 100])
def test_draws_seed_and_method_are_those_of_a_simulation(draws):
    found = simulate(load_case(folder("examples") / "warm-homes" / "case.yaml"), draws=draws)
    sampling = BulkOptions(draws).sampling
    assert (sampling.draws, sampling.seed, sampling.method) == (
        found.draws, found.seed, found.method,
    )  # fmt: skip


def test_without_draws_nothing_is_sampled():
    assert BulkOptions().sampling is None
