"""Asked rank correlations are met, points stay uniform, and nothing else moves."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from impactmonitor.sampling.correlation import Pair, copulas, nearest_correlation
from impactmonitor.sampling.points import METHODS, Coordinate, PseudoRandom, QuasiRandom

N = 1 << 14


def drawn(keys, pairs, method=QuasiRandom, n=N, seed=1):
    points = method(seed, [Coordinate(k, "g", i) for i, k in enumerate(keys)], n).at(0, n)
    for copula in copulas(pairs):
        copula.apply(points, {key: row for row, key in enumerate(keys)})
    return points


def spearman(points):
    return stats.spearmanr(points, axis=1).statistic


# --- what was asked -----------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize("rho", [-1, -0.9, -0.5, 0, 0.2, 0.7, 0.99, 1])
def test_two_inputs_have_the_rank_correlation_that_was_asked(method, rho):
    points = drawn("ab", [Pair("a", "b", rho)], method)
    # the standard error of independent draws is below 1 / sqrt(n)
    assert spearman(points) == pytest.approx(rho, abs=4 / N**0.5 * (1 - rho**2) + 1e-9)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_points_stay_uniform_and_within_0_and_1(method):
    points = drawn("abcd", [Pair("a", "b", 0.8), Pair("b", "c", -0.5), Pair("a", "d", 1)], method)
    assert points.min() > 0
    assert points.max() < 1
    for row in points:
        assert stats.kstest(row, "uniform").pvalue > 1e-4
        assert row.mean() == pytest.approx(0.5, abs=0.01)


def test_several_inputs_at_once():
    rhos = {("a", "b"): 0.6, ("a", "c"): -0.3, ("b", "c"): 0.2, ("d", "e"): 0.5}
    points = drawn("abcdef", [Pair(*keys, rho) for keys, rho in rhos.items()])
    for i, j in itertools.combinations(range(6), 2):
        wanted = rhos.get(("abcdef"[i], "abcdef"[j]), 0)
        assert spearman(points[[i, j]]) == pytest.approx(wanted, abs=0.02)


def test_one_and_minus_one_are_the_same_and_the_mirrored_points():
    same, mirrored = drawn("ab", [Pair("a", "b", 1)]), drawn("ab", [Pair("a", "b", -1)])
    np.testing.assert_allclose(same[1], same[0], atol=1e-12)
    np.testing.assert_allclose(mirrored[1], 1 - mirrored[0], atol=1e-12)


def test_inputs_that_follow_from_others():
    pairs = [Pair("a", "b", 1), Pair("b", "c", 0.5), Pair("a", "c", 0.5)]
    (found,) = copulas(pairs)
    assert found.moved == 0
    points = drawn("abc", pairs)
    np.testing.assert_allclose(points[1], points[0], atol=1e-9)
    assert spearman(points[[0, 2]]) == pytest.approx(0.5, abs=0.02)


# --- nothing else moves -------------------------------------------------------------------------


def test_others_keep_their_points_and_so_does_the_first():
    before = drawn("abcd", [])
    after = drawn("abcd", [Pair("d", "b", 0.7)])
    assert (after[:3] == before[:3]).all()
    assert (after[3] != before[3]).any()


def test_order_of_pairs_of_inputs_and_other_pairs_change_nothing():
    pairs = [Pair("a", "b", 0.6), Pair("b", "c", 0.2)]
    whole = drawn("abcde", pairs)
    turned = [Pair(p.second, p.first, p.rho) for p in pairs[::-1]]
    assert (drawn("abcde", [Pair("e", "d", 0.4), *turned])[:3] == whole[:3]).all()
    points = np.ascontiguousarray(drawn("abcde", [])[::-1])
    for copula in copulas(pairs):
        copula.apply(points, {key: row for row, key in enumerate("edcba")})
    assert (points[::-1] == whole).all()


@pytest.mark.parametrize("size", [1, 7, 100, 4096])
def test_any_chunks_give_the_same_points(size):
    pairs = [Pair(*keys, 0.4) for keys in itertools.combinations("abcdef", 2)]
    n = min(N, 300 * size)
    whole = drawn("abcdef", pairs)[:, :n]
    parts = drawn("abcdef", [])[:, :n]
    (found,) = copulas(pairs)
    for start in range(0, n, size):
        found.apply(parts[:, start : start + size], {k: i for i, k in enumerate("abcdef")})
    assert (parts == whole).all()


def test_no_pairs_are_no_copulas():
    assert copulas([]) == ()


def test_sets_that_hang_together_make_one_copula_each():
    found = copulas([Pair("z", "y", 0.1), Pair("c", "b", 0.1), Pair("a", "b", 0.1)])
    assert [c.keys for c in found] == [("a", "b", "c"), ("y", "z")]


# --- what cannot be -----------------------------------------------------------------------------

IMPOSSIBLE = [Pair("a", "b", 0.9), Pair("b", "c", 0.9), Pair("a", "c", -0.9)]


def test_the_nearest_is_used_and_said():
    (found,) = copulas(IMPOSSIBLE)
    # normal scores 0.5, 0.5, -0.5 are the nearest, by symmetry: rank correlation 0.4826
    assert found.moved == pytest.approx(0.9 - 6 / np.pi * np.arcsin(0.25), abs=1e-6)
    assert found.used[0, 1] == pytest.approx(0.48259, abs=1e-4)
    assert (np.diag(found.used) == 1).all()
    points = drawn("abc", IMPOSSIBLE)
    np.testing.assert_allclose(spearman(points), found.used, atol=0.02)


def test_the_pair_that_moved_most_is_named():
    pairs = [Pair("a", "b", 0.2), Pair("b", "c", 0.8), Pair("a", "c", -0.9), Pair("c", "d", 0.1)]
    (found,) = copulas(pairs)
    assert found.moved_most() == ("a", "c")


def test_a_little_room_is_room_enough():
    (found,) = copulas([Pair("a", "b", 0.7), Pair("b", "c", 0.7), Pair("a", "c", 0.03)])
    assert (found.moved, found.moved_most()) == (0, None)


@pytest.mark.parametrize("rho", [1.0001, -2, float("nan")])
def test_a_correlation_beyond_1_is_refused(rho):
    with pytest.raises(ValueError, match="between -1 and 1"):
        copulas([Pair("a", "b", rho)])


def test_pairs_with_itself_and_twice_are_refused():
    with pytest.raises(ValueError, match="with itself"):
        copulas([Pair("a", "a", 0.5)])
    with pytest.raises(ValueError, match="twice"):
        copulas([Pair("a", "b", 0.5), Pair("b", "a", 0.5)])


def test_an_input_without_points_is_an_error():
    (found,) = copulas([Pair("a", "b", 0.5)])
    with pytest.raises(KeyError):
        found.apply(np.full((1, 3), 0.5), {"a": 0})


# --- the nearest matrix -------------------------------------------------------------------------


def test_highams_example():
    """Higham (2002), section 4: [[1 1 0] [1 1 1] [0 1 1]] has 0.7607 and 0.1573."""
    found = nearest_correlation(np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]]))
    np.testing.assert_allclose(
        found, [[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]], atol=5e-5
    )


@st.composite
def symmetric(draw):
    n = draw(st.integers(2, 6))
    result = np.eye(n)
    for i, j in itertools.combinations(range(n), 2):
        result[i, j] = result[j, i] = draw(st.floats(-1, 1).map(lambda x: round(x, 3)))
    return result


@settings(max_examples=100)
@given(symmetric())
def test_any_matrix_becomes_one_that_can_exist(matrix):
    found = nearest_correlation(matrix)
    assert np.linalg.eigvalsh(found)[0] > -1e-9
    np.testing.assert_allclose(np.diag(found), 1, atol=1e-12)
    assert (found == found.T).all()
    # no correlation matrix on the way to one that exists is nearer
    for weight in (0.01, 0.1, 0.5):
        other = found * (1 - weight) + weight * np.eye(len(found))
        assert np.sum((found - matrix) ** 2) <= np.sum((other - matrix) ** 2) + 1e-6


@settings(max_examples=100)
@given(symmetric())
def test_weights_give_back_the_correlations(matrix):
    keys = "abcdef"[: len(matrix)]
    pairs = [
        Pair(keys[i], keys[j], matrix[i, j]) for i, j in itertools.combinations(range(len(keys)), 2)
    ]
    (found,) = copulas(pairs)
    normal = found.factor @ found.factor.T
    np.testing.assert_allclose(6 / np.pi * np.arcsin(normal / 2), found.used, atol=2e-4)
    np.testing.assert_allclose(np.diag(normal), 1, atol=1e-12)
    assert (np.triu(found.factor, 1) == 0).all()


def test_plain_and_quasi_random_agree():
    pairs = [Pair("a", "b", 0.6), Pair("b", "c", 0.3)]
    product = [drawn("abc", pairs, m).prod(axis=0).mean() for m in (QuasiRandom, PseudoRandom)]
    assert product[0] == pytest.approx(product[1], abs=0.01)
