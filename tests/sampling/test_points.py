"""Points by address: the same however they are asked for, even, and independent."""

from __future__ import annotations

import os
import subprocess
import sys
from math import pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import qmc

from impactmonitor.sampling.directions import DIMENSIONS
from impactmonitor.sampling.points import METHODS, Coordinate, PseudoRandom, QuasiRandom

methods = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)

MANY = [Coordinate(f"effects.{e}.{d}", e, d) for e in "abcde" for d in range(4)]
ALONE = [Coordinate(f"costs.{i}") for i in range(20)]
TOGETHER = [Coordinate(f"case.{i}", "case", i) for i in range(20)]
layouts = pytest.mark.parametrize(
    "inputs", [MANY, ALONE, TOGETHER, MANY[:3] + ALONE[:3] + TOGETHER[:3]]
)


# --- addresses ----------------------------------------------------------------------------------


@methods
@layouts
@pytest.mark.parametrize("draws", [1, 2, 7, 1000, 4096, 10_000])
def test_any_chunks_give_the_same_points(method, inputs, draws):
    points = method(3, inputs, draws)
    whole = points.at(0, draws)
    for size in (1, 3, 1000, 4096, 5000):
        if draws / size > 50:
            continue
        parts = [points.at(s, min(size, draws - s)) for s in range(0, draws, size)]
        assert (np.concatenate(parts, axis=1) == whole).all()


@methods
@settings(max_examples=40)
@given(st.data())
def test_any_part_of_any_number_of_draws(method, data):
    draws = data.draw(st.integers(1, 1 << 14))
    more = data.draw(st.integers(draws, 1 << 32))
    start = data.draw(st.integers(0, draws - 1))
    count = data.draw(st.integers(0, draws - start))
    inputs = MANY[:2] + ALONE[:1]
    whole = method(8, inputs, 1 << 14).at(0, 1 << 14)
    assert (method(8, inputs, draws).at(start, count) == whole[:, start : start + count]).all()
    assert (method(8, inputs, more).at(start, count) == whole[:, start : start + count]).all()


@methods
@layouts
def test_other_inputs_and_their_order_change_nothing(method, inputs):
    whole = method(3, inputs, 5000).at(0, 5000)
    order = np.random.default_rng(1).permutation(len(inputs))
    assert (method(3, [inputs[i] for i in order], 5000).at(0, 5000) == whole[order]).all()
    assert (method(3, inputs[2:3], 5000).at(0, 5000) == whole[2:3]).all()
    more = [*inputs, Coordinate("new", "case", 99), Coordinate("newer")]
    assert (method(3, more, 5000).at(0, 5000)[:-2] == whole).all()


@methods
def test_far_draws_can_be_asked_for_by_themselves(method):
    points = method(3, MANY, 1 << 32)
    last = points.at((1 << 32) - 100, 100)
    assert (points.at((1 << 32) - 50, 50) == last[:, 50:]).all()
    assert ((last > 0) & (last < 1)).all()
    assert np.unique(last).size > 1900


@methods
def test_points_are_written_where_asked(method):
    points = method(3, MANY, 5000)
    room = np.full((30, 6000), 9.0)
    found = points.at(10, 4500, out=room[5:25, 100:4600])
    assert (found == points.at(10, 4500)).all()
    assert (room[5:25, 100:4600] == found).all()
    room[5:25, 100:4600] = 9
    assert (room == 9).all()


@methods
def test_another_process_gives_the_same_points(method):
    source = (
        "from impactmonitor.sampling.points import Coordinate, METHODS\n"
        f"m = {[k for k, v in METHODS.items() if v is method]}[0]\n"
        "p = METHODS[m](-5, [Coordinate('é.a', 'g', 1), Coordinate('b')], 9000, 2)\n"
        "print(p.at(8000, 900).tobytes().hex())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", source],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    here = method(-5, [Coordinate("é.a", "g", 1), Coordinate("b")], 9000, 2).at(8000, 900)
    assert found == {here.tobytes().hex()}


def test_points_stay_what_they_were():
    """Results of a recorded seed can be had again: a change here is a break of that promise."""
    inputs = [Coordinate("a", "g", 0), Coordinate("b", "g", 7), Coordinate("c")]
    quasi = QuasiRandom(42, inputs, 10_000).at(9000, 2)
    pseudo = PseudoRandom(42, inputs, 10_000).at(9000, 2)
    np.testing.assert_array_equal(quasi, QUASI)
    np.testing.assert_array_equal(pseudo, PSEUDO)


QUASI = [
    [0.41338428400922567, 0.9272418458713219],
    [0.37305574712809175, 0.6397782893618569],
    [0.4999924189178273, 0.8304327208315954],
]
PSEUDO = [
    [0.9250211250367407, 0.8928774087147123],
    [0.829170780410433, 0.7138390392926405],
    [0.16059036289772333, 0.9559700848292302],
]


# --- strictly within, even ----------------------------------------------------------------------


@methods
@layouts
def test_points_are_uniform_and_never_0_or_1(method, inputs):
    points = method(5, inputs, 1 << 14).at(0, 1 << 14)
    assert points.min() > 0
    assert points.max() < 1
    for row in points:
        assert stats.kstest(row, "uniform").pvalue > 1e-5


@layouts
@pytest.mark.parametrize("bits", [0, 1, 5, 10, 12, 13, 15])
def test_a_power_of_two_has_one_point_in_each_strip(inputs, bits):
    n = 1 << bits
    points = QuasiRandom(6, inputs, n).at(0, n)
    assert (np.sort((points * n).astype(int), axis=1) == np.arange(n)).all()
    later = QuasiRandom(6, inputs, 4 * n).at(3 * n, n)
    assert (np.sort((later * n).astype(int), axis=1) == np.arange(n)).all()


def test_first_dimensions_of_a_group_fill_boxes_evenly():
    n = 1 << 13
    points = QuasiRandom(7, MANY[:2], n).at(0, n)
    for bits in range(14):
        cells = (points[0] * 2**bits).astype(int) * 2 ** (13 - bits)
        cells += (points[1] * 2 ** (13 - bits)).astype(int)
        assert (np.bincount(cells, minlength=n) == 1).all()


def test_a_scrambled_group_is_as_even_as_scipys():
    n = 1 << 10
    ours = [
        qmc.discrepancy(QuasiRandom(s, TOGETHER[:6], n).at(0, n).T, method="L2-star")
        for s in range(8)
    ]
    theirs = [qmc.discrepancy(qmc.Sobol(6, rng=s).random(n), method="L2-star") for s in range(8)]
    plain = qmc.discrepancy(PseudoRandom(1, TOGETHER[:6], n).at(0, n).T, method="L2-star")
    assert np.mean(ours) < 1.25 * np.mean(theirs)
    assert np.mean(ours) < 0.5 * plain


# --- independent --------------------------------------------------------------------------------


@methods
@layouts
def test_inputs_are_not_correlated(method, inputs):
    n, seeds = 1 << 11, 12
    found = np.array(
        [np.corrcoef(method(s, inputs, n).at(0, n))[np.triu_indices(len(inputs), 1)]
         for s in range(seeds)]
    )  # fmt: skip
    assert np.abs(found).max() < 7 / n**0.5
    assert (found**2).mean() < 2 / n  # of independent draws: 1 / n
    assert np.abs(found.mean(axis=0)).max() < 6 / (n * seeds) ** 0.5


@methods
def test_bits_of_different_groups_are_independent(method):
    """All combinations of the first two bits of two inputs come equally often, over many seeds."""
    counts = np.zeros(16)
    seeds, n = 300, 64
    for seed in range(seeds):
        a, b = (method(seed, ALONE[:2], n).at(0, n) * 4).astype(int)
        counts += np.bincount(a * 4 + b, minlength=16)
    deviation = (counts - seeds * n / 16) / (seeds * n / 16) ** 0.5
    assert np.abs(deviation).max() < 5


@methods
def test_randomisations_and_seeds_are_independent(method):
    n = 1 << 12
    rows = [method(1, MANY[:2], n, r).at(0, n)[0] for r in range(8)]
    rows += [method(s, MANY[:2], n).at(0, n)[0] for s in range(2, 8)]
    found = np.corrcoef(rows)[np.triu_indices(len(rows), 1)]
    # one dimension under two scrambles: strips of both coincide, so the spread is not 1 / sqrt(n)
    assert np.abs(found.mean()) < 0.25
    for row in rows[1:]:
        assert (row != rows[0]).mean() > 0.99


def test_the_same_place_in_two_groups_is_independent():
    n = 1 << 12
    rows = QuasiRandom(1, [Coordinate(f"k{i}", f"g{i}", 3) for i in range(40)], n).at(0, n)
    found = np.corrcoef(rows)[np.triu_indices(40, 1)]
    assert np.abs(found).max() < 7 / n**0.5


# --- integrals ----------------------------------------------------------------------------------


def ishigami(u):
    x = (2 * u - 1) * pi
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def product(u):
    return np.prod(1 + (u - 0.5) * 0.8, axis=0)


def errors(method, function, inputs, n, exact, seeds=24):
    found = [function(method(s, inputs, n).at(0, n)).mean() - exact for s in range(seeds)]
    return np.sqrt(np.mean(np.square(found)))


@pytest.mark.parametrize(("function", "exact"), [(ishigami, 3.5), (product, 1.0)])
def test_errors_of_smooth_integrals_fall_faster(function, exact):
    """From 256 to 16,384 draws plain Monte Carlo gains 8; Sobol' points gain over 60."""
    inputs = MANY[:3]
    few, many = (errors(QuasiRandom, function, inputs, n, exact) for n in (256, 16384))
    plain_few, plain_many = (errors(PseudoRandom, function, inputs, n, exact) for n in (256, 16384))
    assert few / many > 60
    assert 4 < plain_few / plain_many < 16
    assert many < plain_many / 50


def test_sums_of_groups_gain_as_much_as_one_group():
    def model(u):
        return sum(product(u[4 * e : 4 * e + 4]) for e in range(5))

    grouped = errors(QuasiRandom, model, MANY, 4096, 5.0)
    alone = errors(QuasiRandom, model, ALONE, 4096, 5.0)
    plain = errors(PseudoRandom, model, MANY, 4096, 5.0)
    assert grouped < plain / 30
    assert alone < plain / 2


@methods
def test_standard_errors_from_randomisations_are_true(method):
    """Means of 8 randomisations: (mean - truth) / (sd / sqrt 8) is a t variable with 7 df."""
    scores = []
    for seed in range(60):
        means = [product(method(seed, MANY[:3], 256, r).at(0, 256)).mean() for r in range(8)]
        scores.append((np.mean(means) - 1) / (np.std(means, ddof=1) / 8**0.5))
    assert stats.kstest(scores, stats.t(7).cdf).pvalue > 1e-3


# --- special cases ------------------------------------------------------------------------------


@methods
def test_no_inputs_and_no_draws(method):
    assert method(1, [], 10).at(0, 10).shape == (0, 10)
    assert method(1, MANY, 10).at(4, 0).shape == (20, 0)


@methods
def test_draws_beyond_the_number_of_draws_are_refused(method):
    points = method(1, MANY, 10)
    for start, count in ((0, 11), (10, 1), (-1, 2), (3, -1)):
        with pytest.raises(ValueError, match="do not lie within 10"):
            points.at(start, count)
    for draws in (0, -1, (1 << 32) + 1):
        with pytest.raises(ValueError, match="number of draws lies between"):
            method(1, MANY, draws)


@methods
def test_a_key_twice_is_refused(method):
    with pytest.raises(ValueError, match="same key: 'a'"):
        method(1, [Coordinate("b"), Coordinate("a"), Coordinate("a", "g")], 10)


def test_a_place_twice_is_refused():
    with pytest.raises(ValueError, match="same place in a group"):
        QuasiRandom(1, [Coordinate("a", "g", 2), Coordinate("b", "g", 2)], 10)
    with pytest.raises(ValueError, match="0 or more"):
        QuasiRandom(1, [Coordinate("a", "g", -1)], 10)
    # a group of that name is no key of that name
    assert QuasiRandom(1, [Coordinate("a"), Coordinate("b", "a")], 10).at(0, 10).shape == (2, 10)


def test_dimensions_beyond_the_table_are_groups_of_their_own():
    inputs = [Coordinate(f"k{i}", "g", i) for i in range(0, 3 * DIMENSIONS, DIMENSIONS // 2)]
    n = 1 << 11
    points = QuasiRandom(1, inputs, n).at(0, n)
    found = np.corrcoef(points)[np.triu_indices(len(inputs), 1)]
    assert np.abs(found).max() < 7 / n**0.5
