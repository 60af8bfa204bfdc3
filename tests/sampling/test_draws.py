"""Draws against points and inverse distribution functions, however they are asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats

from impactmonitor.model.numbers import ANY, NOT_NEGATIVE, SHARE, Number, Range
from impactmonitor.sampling.correlation import Pair, copulas
from impactmonitor.sampling.draws import MANY, Draws, Variable
from impactmonitor.sampling.inverse import inverse
from impactmonitor.sampling.points import METHODS, Coordinate

READ = TypeAdapter(Number).validate_python
methods = pytest.mark.parametrize("method", METHODS)

WRITTEN = [
    {"uniform": [0.2, 0.7]},
    {"uniform": [-1e-18, 3e-18]},
    {"triangular": [0, 50, 100]},
    {"triangular": [-1, -1, 1]},
    {"triangular": [0.1, 0.9, 0.9]},
    {"triangular": [1e9, 1e9 + 1, 1e9 + 3]},
    {"normal": {"mean": 0.4, "sd": 0.3}},
    {"normal": {"mean": 1e6, "sd": 1}},
    {"normal": {"mean": 0, "sd": 1e30}},
    {"lognormal": {"median": 0.3, "p95": 0.9}},
    {"lognormal": {"p05": 100, "p95": 300}},
    {"lognormal": {"median": 0.3, "p95": 90}},
    {"interval": {"low": 0.1, "high": 0.5}},
    {"interval": {"low": -0.1, "high": 0.5}},
    {"pert": [150, 200, 240]},
    {"pert": [0, 0, 1]},
    {"beta": {"mean": 0.3, "sd": 0.1}},
    {"beta": {"mean": 0.02, "sd": 0.05}},
    {"counts": {"events": 3, "n": 9}},
    {"counts": {"events": 0, "n": 40}},
    {"discrete": {"values": [0.1, 0.2, 0.4], "probabilities": [0.2, 0.3, 0.5]}},
    {"uniform": [0.3, 0.3]},
    {"pert": [0.3, 0.3, 0.3]},
    {"normal": {"mean": 0.5, "sd": 0}},
]
RANGES = [ANY, NOT_NEGATIVE, Range(0.15, 0.8), Range(0, is_open=True), Range(high=60)]


def some_variables() -> list[Variable]:
    """Every form in every range that leaves something of it, alone and in groups."""
    found: list[Variable] = []
    for number in map(READ, WRITTEN):
        for allowed in RANGES:
            try:
                inverse(number, allowed)
            except ValueError:
                continue
            key, group = f"k{len(found)}", f"g{len(found) // 4}"
            place = Coordinate(key, group, len(found) % 4) if len(found) % 3 else Coordinate(key)
            found.append(Variable(place, number, allowed))
    return found


EVERY = some_variables()
FEW = [
    Variable(Coordinate("a", "g", 0), READ({"triangular": [0, 1, 4]}), ANY),
    Variable(Coordinate("b", "g", 1), READ({"lognormal": {"p05": 1, "p95": 3}}), ANY),
    Variable(Coordinate("c", "h", 0), READ({"pert": [0.1, 0.2, 0.6]}), SHARE),
    Variable(Coordinate("d", "h", 3), READ({"uniform": [2, 5]}), ANY),
    Variable(Coordinate("e"), READ({"normal": {"mean": 3, "sd": 2}}), NOT_NEGATIVE),
    Variable(Coordinate("f"), READ({"discrete": {"values": [1, 2, 5],
                                                 "probabilities": [0.5, 0.3, 0.2]}}), ANY),
]  # fmt: skip
MEANS = [5 / 3, None, 0.25, 3.5, None, 2.1]


def exactly(variables, seed, draws, method="sobol"):
    points = METHODS[method](seed, [v.coordinate for v in variables], draws).at(0, draws)
    return [inverse(v.distribution, v.allowed)(p) for v, p in zip(variables, points, strict=True)]


# --- what comes out -----------------------------------------------------------------------------


@methods
@pytest.mark.parametrize("draws", [1000, 4096, MANY, 4 * MANY])
def test_values_are_quantiles_of_the_points(method, draws):
    found = Draws(5, EVERY, draws, method).at(0, draws)
    for variable, values, exact in zip(EVERY, found, exactly(EVERY, 5, draws, method), strict=True):
        bounds = inverse(variable.distribution, variable.allowed)
        error = np.abs(values - exact).max()
        assert error <= 1e-6 * exact.std() + 4 * np.spacing(np.abs(exact).max()), variable
        assert bounds.low <= values.min(), variable
        assert values.max() <= bounds.high, variable


@pytest.mark.parametrize("variable", FEW, ids=lambda v: v.distribution.kind)
def test_far_in_the_tails_they_are_as_good(variable):
    """In millions of draws there are points within a millionth of 0 and 1."""
    draws = 1 << 22
    part, several = 1 << 15, range(0, draws, 1 << 18)
    quick = Draws(1, [variable], draws)
    points = METHODS["sobol"](1, [variable.coordinate], draws)
    exact = inverse(variable.distribution, variable.allowed)
    spread = exact(points.at(0, part)[0]).std()
    for start in several:
        wanted = exact(points.at(start, part)[0])
        assert np.abs(quick.at(start, part)[0] - wanted).max() < 1e-6 * spread


def test_few_and_many_draws_agree():
    few, many = Draws(3, EVERY, 4096).at(0, 4096), Draws(3, EVERY, 1 << 20).at(0, 4096)
    spreads = few.std(axis=1) + 4e6 * np.spacing(np.abs(few).max(axis=1))
    assert (np.abs(few - many).max(axis=1) <= 2e-6 * spreads).all()


def test_any_larger_number_of_draws_gives_the_same():
    found = [Draws(3, FEW, n).at(2000, 6000) for n in (MANY, 50_000, 1 << 20, 1 << 32)]
    for other in found[1:]:
        assert (other == found[0]).all()


# --- addresses ----------------------------------------------------------------------------------


@methods
@pytest.mark.parametrize("draws", [1, 7, 1000, 5000, MANY, 20_000])
def test_any_slices_give_the_same_values(method, draws):
    source = Draws(3, EVERY, draws, method)
    whole = source.at(0, draws)
    for size in (1, 1000, 4096, 5000):
        if draws / size > 30:
            continue
        parts = [source.at(s, min(size, draws - s)) for s in range(0, draws, size)]
        assert (np.concatenate(parts, axis=1) == whole).all()


@settings(max_examples=30)
@given(st.integers(0, 30_000), st.integers(0, 30_000))
def test_any_part_of_many_draws(first, second):
    start, end = sorted((first, second))
    source = Draws(8, FEW, 30_000)
    assert (source.at(start, end - start) == source.at(0, 30_000)[:, start:end]).all()


@methods
@pytest.mark.parametrize("draws", [1000, 20_000])
def test_other_inputs_and_their_order_change_nothing(method, draws):
    whole = Draws(3, EVERY, draws, method).at(0, draws)
    order = np.random.default_rng(1).permutation(len(EVERY))
    mixed = Draws(3, [EVERY[i] for i in order], draws, method).at(0, draws)
    assert (mixed == whole[order]).all()
    for row in range(0, len(EVERY), 7):
        assert (Draws(3, EVERY[row : row + 1], draws, method).at(0, draws) == whole[row]).all()


@methods
@pytest.mark.parametrize("draws", [5000, 20_000])
def test_values_are_written_where_asked(method, draws):
    source = Draws(3, FEW, draws, method)
    room = np.full((8, 6000), 9.0)
    found = source.at(10, 4500, out=room[1:7, 100:4600])
    assert (found == source.at(10, 4500)).all()
    assert (room[1:7, 100:4600] == found).all()
    room[1:7, 100:4600] = 9
    assert (room == 9).all()


@methods
def test_seeds_and_randomisations_differ(method):
    sources = [Draws(seed, FEW[:4], MANY, method, 2) for seed in (1, 2)]
    found = [source.at(0, 100, randomisation=r) for source in sources for r in (0, 1)]
    for other in found[1:]:
        assert (other != found[0]).all()


# --- spread -------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [10, 12, 13, 15])
def test_a_power_of_two_has_one_value_in_each_strip(bits):
    n = 1 << bits
    for start in (0, 3 * n):
        found = Draws(6, FEW[:4], 4 * n).at(start, n)
        for variable, values in zip(FEW[:4], found, strict=True):
            edges = inverse(variable.distribution, variable.allowed)(np.arange(1, n) / n)
            # in single strips rounding may carry a value over an edge
            counts = np.bincount(np.searchsorted(edges, values), minlength=n)
            assert (counts != 1).mean() < 0.01
            assert counts.max() <= 2


@methods
@pytest.mark.parametrize("draws", [1024, MANY])
def test_means_and_deviations_are_right_over_many_seeds(method, draws):
    seeds = 120 if draws == 1024 else 40
    found = np.array([Draws(s, FEW, draws, method).at(0, draws) for s in range(seeds)])
    exact = np.array([inverse(v.distribution, v.allowed)((np.arange(1 << 16) + 0.5) / (1 << 16))
                      for v in FEW])  # fmt: skip
    for statistic in (np.mean, np.std):
        scores = statistic(found, axis=2)
        wanted = statistic(exact, axis=1)
        error = scores.std(axis=0, ddof=1) / seeds**0.5 + 1e-5 * exact.std(axis=1)
        assert (np.abs(scores.mean(axis=0) - wanted) < 4.5 * error + 1e-3 * error).all()
    for row, mean in enumerate(MEANS):
        if mean is not None:
            assert found[:, row].mean() == pytest.approx(mean, rel=3e-3)


@pytest.mark.parametrize("draws", [1 << 11, 1 << 15])
def test_inputs_are_not_correlated(draws):
    found = np.array(
        [np.corrcoef(Draws(s, FEW, draws).at(0, draws))[np.triu_indices(6, 1)] for s in range(8)]
    )
    assert np.abs(found).max() < 7 / draws**0.5


# --- correlation --------------------------------------------------------------------------------


@methods
@pytest.mark.parametrize("draws", [2048, 1 << 15])
def test_correlations_are_met(method, draws):
    correlated = copulas([Pair("a", "c", 0.6), Pair("c", "e", -0.3)])
    found = Draws(2, FEW, draws, method, correlated=correlated).at(0, draws)
    ranks = stats.spearmanr(found, axis=1).statistic
    assert ranks[0, 2] == pytest.approx(0.6, abs=0.05)
    assert ranks[2, 4] == pytest.approx(-0.3, abs=0.06)
    assert np.abs(ranks[1]).max() == pytest.approx(1)
    assert np.sort(np.abs(ranks[1]))[-2] < 0.08
    apart = Draws(2, FEW, draws, method).at(0, draws)
    assert (apart[[1, 3, 5]] == found[[1, 3, 5]]).all()  # others stay what they were
    assert np.abs(apart[0] - found[0]).max() < 1e-5  # and the first of the copula too


def test_correlated_draws_by_any_slices():
    source = Draws(2, FEW, 20_000, correlated=copulas([Pair("a", "c", 0.6)]))
    parts = [source.at(s, 1000) for s in range(0, 20_000, 1000)]
    assert (np.concatenate(parts, axis=1) == source.at(0, 20_000)).all()


# --- special cases ------------------------------------------------------------------------------


@methods
@pytest.mark.parametrize("draws", [10, MANY])
def test_no_inputs_and_no_draws(method, draws):
    assert Draws(1, [], draws, method).at(0, 10).shape == (0, 10)
    assert Draws(1, FEW, draws, method).at(4, 0).shape == (6, 0)


@methods
@pytest.mark.parametrize("draws", [10, MANY])
def test_draws_beyond_the_number_of_draws_are_refused(method, draws):
    source = Draws(1, FEW, draws, method)
    for start, count in ((0, draws + 1), (draws, 1), (-1, 2), (3, -1)):
        with pytest.raises(ValueError, match="do not lie within"):
            source.at(start, count)


@methods
@pytest.mark.parametrize("draws", [10, MANY])
def test_what_does_not_fit_together_is_refused(method, draws):
    twice = [FEW[5], FEW[0]._replace(coordinate=FEW[5].coordinate)]
    with pytest.raises(ValueError, match="same key"):
        Draws(1, twice, draws, method)
    cut = Variable(Coordinate("x"), READ({"uniform": [2, 3]}), SHARE)
    with pytest.raises(ValueError, match="nothing of this uniform"):
        Draws(1, [cut], draws, method)


def test_one_place_twice_is_refused_whichever_way_values_come():
    many = READ({"discrete": {"values": [float(v) for v in range(500)],
                              "probabilities": [1 / 500] * 500}})  # fmt: skip
    twice = [FEW[0], Variable(Coordinate("x", "g", 0), many, ANY)]
    with pytest.raises(ValueError, match="same place in a group"):
        Draws(1, twice, MANY)
