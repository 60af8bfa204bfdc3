"""Tables of inverse distribution functions against the exact ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from impactmonitor.model.numbers import ANY, NOT_NEGATIVE, SHARE, Number, Range
from impactmonitor.sampling.inverse import inverse
from impactmonitor.sampling.moments import moments
from impactmonitor.sampling.tables import _LOWEST, fast_inverse, tabulated

READ = TypeAdapter(Number).validate_python
FINE = (np.arange(1 << 15) + 0.5) / (1 << 15)
TAILS = 2.0 ** -np.linspace(1, 34, 4001)
EVERYWHERE = np.concatenate([TAILS[::-1], FINE, 1 - TAILS])

WRITTEN = [
    {"pert": [150, 200, 240]},
    {"pert": [0, 0, 2]},
    {"pert": [0, 2, 2]},
    {"pert": [-1, 0.2, 1.5]},
    {"beta": {"mean": 0.3, "sd": 0.1}},
    {"beta": {"mean": 0.02, "sd": 0.001}},
    {"counts": {"events": 3, "n": 9}},
    {"counts": {"events": 0, "n": 40}},
    {"counts": {"events": 412, "n": 1000}},
]
RANGES = [ANY, NOT_NEGATIVE, SHARE, Range(0.01, 0.75), Range(high=0.5)]


@pytest.mark.parametrize("written", WRITTEN, ids=str)
@pytest.mark.parametrize("allowed", RANGES, ids=str)
def test_tables_are_exact_to_a_millionth_of_the_spread(written, allowed):
    number = READ(written)
    if moments(number, allowed).lost == 1:
        return
    exact, quick = inverse(number, allowed), fast_inverse(number, allowed)
    assert (quick.low, quick.high, quick.lost) == (exact.low, exact.high, exact.lost)
    spread = exact(FINE).std()
    assert np.abs(quick(EVERYWHERE) - exact(EVERYWHERE)).max() < 2e-6 * spread
    assert abs(quick(FINE).mean() - exact(FINE).mean()) < 1e-7 * spread
    assert abs(quick(FINE).std() / spread - 1) < 1e-7


@settings(max_examples=40)
@given(st.floats(0, 1), st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
@example(0.0, 0.0, 1.0)
@example(1.0, 0.0, 1.0)
@example(0.5, 0.0, 1.0)
@example(1e-9, 0.0, 1.0)
@example(float((1 - np.cos(0.5 * np.pi / 32)) / 2), 0.0, 1.0)
def test_any_mode_of_a_pert(share, low, width):
    written = {"pert": [low, min(low + share * width, low + width), low + width]}
    exact, quick = inverse(READ(written), ANY), fast_inverse(READ(written), ANY)
    spread = exact(FINE[::8]).std() + 1e-9 * abs(low)
    assert np.abs(quick(EVERYWHERE[::4]) - exact(EVERYWHERE[::4])).max() < 3e-6 * spread


@pytest.mark.parametrize(
    "written",
    [
        {"normal": {"mean": 3, "sd": 2}},
        {"lognormal": {"median": 3, "p95": 9}},
        {"uniform": [-1, 2]},
        {"triangular": [0, 3, 4]},
    ],
)
def test_other_distributions_can_be_tabulated_too(written):
    exact = inverse(READ(written), ANY)
    quick, spread = tabulated(exact), exact(FINE).std()
    # a triangle bends at its mode
    limit = 1e-4 if "triangular" in written else 1e-5
    assert np.abs(quick(FINE) - exact(FINE)).max() < limit * spread
    assert abs(quick(FINE).mean() - exact(FINE).mean()) < 1e-6 * spread


@pytest.mark.parametrize(
    "written",
    [
        {"normal": {"mean": 3, "sd": 2}},
        {"triangular": [0, 3, 4]},
        {"discrete": {"values": [1, 2], "probabilities": [0.3, 0.7]}},
        {"pert": [2, 2, 2]},
        {"beta": {"mean": 0.2, "sd": 0}},
    ],
)
def test_what_is_fast_or_has_no_spread_stays_exact(written):
    number = READ(written)
    assert (fast_inverse(number, ANY)(FINE) == inverse(number, ANY)(FINE)).all()


@pytest.mark.parametrize("written", WRITTEN, ids=str)
def test_values_rise_and_stay_within_bounds(written):
    found = fast_inverse(READ(written), ANY)
    values = found(np.sort(EVERYWHERE))
    assert (np.diff(values) >= -1e-7 * values.std()).all()
    assert found.low <= values[0]
    assert values[-1] <= found.high


def test_the_ends_and_the_middle():
    found = fast_inverse(READ({"beta": {"mean": 0.5, "sd": 0.189}}), ANY)
    exact = inverse(READ({"beta": {"mean": 0.5, "sd": 0.189}}), ANY)
    edges = np.array([2.0**-1000, 2.0**-53, _LOWEST, 0.5, 1 - 2.0**-53])
    wanted = exact([_LOWEST, _LOWEST, _LOWEST, 0.5, 1 - _LOWEST])
    np.testing.assert_allclose(found(edges), wanted, atol=1e-7)
    np.testing.assert_allclose(found(np.nextafter(0.5, [0, 1])), [0.5, 0.5], atol=1e-7)
    assert found(0.5).shape == ()
    assert found(np.full((3, 4), 0.25)).shape == (3, 4)


def test_the_points_are_left_as_they_were():
    points = FINE.copy()
    fast_inverse(READ({"pert": [0, 1, 2]}), ANY)(points)
    assert (points == FINE).all()


@settings(max_examples=30)
@given(st.integers(1, 500), st.data())
def test_any_measured_share(n, data):
    number = READ({"counts": {"events": data.draw(st.integers(0, n)), "n": n}})
    exact, quick = inverse(number, SHARE), fast_inverse(number, SHARE)
    assert np.abs(quick(FINE) - exact(FINE)).max() < 2e-6 * exact(FINE).std()
