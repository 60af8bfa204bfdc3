"""Terms are orthogonal, straight where draws are few, and as many as draws allow."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from impactmonitor.uncertainty.regression_terms import (
    MAX_TERMS,
    joint_terms,
    orthogonal,
    recurring,
    smooth_terms,
)

N = 2048
NORMAL = stats.norm.ppf((np.arange(N) + 0.5) / N)
rng = np.random.default_rng(20)
TABLE = rng.standard_normal((N, 4))


def test_terms_are_orthogonal_to_each_other_and_to_a_constant():
    counts = rng.integers(1, 5, N)
    terms = orthogonal(smooth_terms(NORMAL, N), counts)
    assert len(terms) == 16
    weights = counts / counts.sum()
    assert (terms * weights) @ terms.T == pytest.approx(np.eye(16), abs=1e-9)
    assert terms @ weights == pytest.approx(0, abs=1e-9)


def test_every_term_is_straight_beyond_the_ends():
    for term in smooth_terms(NORMAL, N):
        for part in (slice(0, 9), slice(N - 9, N)):
            x, y = NORMAL[part], term[part]
            slopes = np.diff(y) / np.diff(x)
            assert slopes == pytest.approx(slopes[0], rel=1e-6, abs=1e-9)


def test_splines_meet_a_smooth_function_and_straight_lines_exactly():
    terms = orthogonal(smooth_terms(NORMAL, N), np.ones(N, dtype=int))
    for function, error in ((lambda x: 3 * x - 2, 1e-12), (np.sin, 0.015), (np.abs, 0.03)):
        y = function(NORMAL)
        fitted = y.mean() + terms.T @ (terms @ y / N)
        assert np.sqrt(((fitted - y) ** 2).mean()) < error


@pytest.mark.parametrize(("draws", "terms"), [(1, 1), (39, 1), (40, 2), (320, 16), (9999, 16)])
def test_few_draws_bring_few_terms(draws, terms):
    assert len(smooth_terms(NORMAL, draws)) == terms


def test_a_constant_has_no_terms():
    assert len(orthogonal(smooth_terms(np.full(99, 7.1), 99), np.ones(99, dtype=int))) == 0


def test_terms_that_follow_from_others_are_left_out():
    terms = joint_terms(TABLE[:, [0, 1, 0]])
    alone = orthogonal(joint_terms(TABLE[:, :2]), np.ones(N, dtype=int))
    y = TABLE[:, 0] * TABLE[:, 1]
    twice = orthogonal(terms, np.ones(N, dtype=int))
    assert len(twice) < len(terms)
    assert twice @ twice.T / N == pytest.approx(np.eye(len(twice)), abs=1e-7)
    for found in (alone, twice):
        assert y.mean() + found.T @ (found @ y / N) == pytest.approx(y, abs=1e-7)


@pytest.mark.parametrize("inputs", [2, 3, 4, 9, 15, 16, 40])
def test_terms_of_several_inputs_are_as_many_as_draws_allow(inputs):
    table = rng.standard_normal((N, inputs))
    assert inputs <= len(joint_terms(table)) <= max(inputs, min(MAX_TERMS, N // 20))


def test_products_of_all_inputs_are_among_the_terms():
    terms = orthogonal(joint_terms(TABLE), np.ones(N, dtype=int))
    y = np.prod(2 + TABLE, axis=1)
    assert y.mean() + terms.T @ (terms @ y / N) == pytest.approx(y, abs=1e-9)


@pytest.mark.parametrize(
    ("columns", "groups"),
    [
        ([[1, 1, 2, 2]], 2),
        ([[1, 1, 1, 1]], 1),
        ([[1, 1, 2, 2], [3, 4, 3, 4]], 4),
        ([[1, 2, 3, 4]], None),
        ([[1, 1, 2, 2], [1, 2, 3, 4]], None),
        ([list(range(65)) * 2], None),
        ([list(range(64)) * 2], 64),
        ([list(range(8)) * 16, [i // 8 for i in range(64)] * 2, [0, 1] * 64], None),
    ],
)
def test_which_inputs_are_discrete(columns, groups):
    table = np.array(columns, dtype=float).T
    found = recurring(table)
    if groups is None:
        assert found is None
    else:
        by_value = {tuple(row): number for row, number in zip(table, found, strict=True)}
        assert [by_value[tuple(row)] for row in table] == found.tolist()
        assert len(set(found)) == len(by_value) == groups
