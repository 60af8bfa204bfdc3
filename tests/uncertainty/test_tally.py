"""What is kept of many draws is what all of them together would give."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor.uncertainty import tally
from impactmonitor.uncertainty.summary import summarised
from impactmonitor.uncertainty.tally import Tally

RNG = np.random.default_rng(5)
RESULTS, EACH = 3, 5000
DRAWS = RNG.normal([[10.0], [-2.0], [0.5]], [[3.0], [1.0], [2.0]], (RESULTS, 4 * EACH))


def added(most: int, monkeypatch, sizes=(EACH,) * 4) -> Tally:
    monkeypatch.setattr(tally, "KEPT", most)
    found = Tally(np.array([9.0, -2.0, 0.0]), 4, DRAWS.shape[1])
    start = 0
    for randomisation in range(4):
        for size in sizes:
            part = DRAWS[:, start : start + size * EACH // sum(sizes)]
            found.add(part.copy(), [(randomisation, part.shape[1])])
            start += part.shape[1]
    assert start == DRAWS.shape[1]
    return found


def test_sums_and_exact_quantiles(monkeypatch):
    found = added(1 << 20, monkeypatch)
    for result, row in enumerate(DRAWS):
        wanted = summarised(row)
        got = found.summary(result)
        for name in ("mean", "sd", "p05", "p25", "p50", "p75", "p95", "expected_loss"):
            assert getattr(got, name) == pytest.approx(getattr(wanted, name), rel=1e-11)
        assert got.probability_positive == wanted.probability_positive
        assert got.probability_negative == wanted.probability_negative
    assert (found.kept == DRAWS).all()


def test_standard_errors_come_from_the_randomisations(monkeypatch):
    got = added(1 << 20, monkeypatch).summary(0)
    means = DRAWS[0].reshape(4, EACH).mean(axis=1)
    assert got.standard_error == pytest.approx(np.std(means, ddof=1) / 2)
    shares = (DRAWS[0].reshape(4, EACH) > 0).mean(axis=1)
    assert got.standard_error_of_probability == pytest.approx(np.std(shares, ddof=1) / 2)


def test_bins_give_nearly_the_same_quantiles(monkeypatch):
    exact, binned = added(1 << 20, monkeypatch), added(0, monkeypatch)
    with pytest.raises(ValueError, match="not kept"):
        _ = binned.kept
    for result in range(RESULTS):
        one, other = exact.summary(result), binned.summary(result)
        assert one.mean == other.mean
        for name in ("p05", "p25", "p50", "p75", "p95"):
            # two draws are further apart than a bin is wide
            assert abs(getattr(one, name) - getattr(other, name)) < 0.02 * one.sd


def test_what_lies_outside_the_bins_is_still_counted(monkeypatch):
    monkeypatch.setattr(tally, "KEPT", 0)
    found = Tally(np.zeros(1), 1, 200)
    found.add(np.linspace(0, 1, 100)[None, :], [(0, 100)])
    found.add(np.linspace(1e6, 2e6, 100)[None, :], [(0, 100)])
    got = found.summary(0)
    assert got.p25 == pytest.approx(0.5, abs=0.02)
    assert 1e6 <= got.p75 <= 2e6
    assert got.p95 <= 2e6


def test_a_result_that_does_not_vary(monkeypatch):
    for most in (1 << 20, 0):
        monkeypatch.setattr(tally, "KEPT", most)
        found = Tally(np.array([7.0]), 2, 64)
        for randomisation in range(2):
            found.add(np.full((1, 32), 7.0), [(randomisation, 32)])
        got = found.summary(0)
        assert (got.mean, got.sd, got.standard_error) == (7.0, 0.0, 0.0)
        assert got.p05 == pytest.approx(7.0)


def test_one_randomisation_says_nothing_about_precision():
    found = Tally(np.zeros(1), 1, 4)
    found.add(np.arange(4.0)[None, :], [(0, 4)])
    assert found.summary(0).standard_error is None
