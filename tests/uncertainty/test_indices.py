"""Sampled Sobol' indices: known functions, exact ones, enumeration, and correlated inputs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.appraisal.test_present import SPECIAL
from tests.small import case, cost, gain
from tests.uncertainty.test_exact import MIXED, PERT, UNIFORM, discretised, enumerated, normal
from tests.uncertainty.test_models import model
from tests.uncertainty.test_responses import OVERLAP

from impactmonitor.uncertainty import indices
from impactmonitor.uncertainty.exact import exact_of
from impactmonitor.uncertainty.indices import indices_of, sobol_indices

SEEDS = 40


def made(**fields):
    return model(case(**{"horizon": 9, **fields}))


# --- Functions of which the indices are known ---------------------------------------------------
# Ishigami and Homma (1990), doi 10.1109/ISUMA.1990.151285; the g-function of Sobol' with uniform
# numbers, of which factor k has mean 1 and variance 1 / (3 (1 + a_k)^2). Shares worked out here.


def ishigami(points):
    x = np.pi * (2 * points - 1)
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def of_ishigami():
    alone = np.array([(1 + 0.1 * np.pi**4 / 5) ** 2 / 2, 7**2 / 8, 0])
    together = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = alone.sum() + together
    return alone / whole, (alone + together * np.array([1, 0, 1])) / whole


A = np.array([0, 0.5, 3, 9, 99, 99])[:, None]


def sobol_g(points):
    return ((np.abs(4 * points - 2) + A) / (1 + A)).prod(axis=0)


def of_sobol_g():
    parts = 1 / (3 * (1 + A.ravel()) ** 2)
    whole = (1 + parts).prod() - 1
    return parts / whole, parts / (1 + parts) * (1 + parts).prod() / whole


KNOWN = {"Ishigami": (ishigami, *of_ishigami()), "Sobol' g": (sobol_g, *of_sobol_g())}


def test_the_known_indices_are_those_that_are_published():
    # rounded in the documentation of scipy.stats.sobol_indices and of SALib
    first, total = of_ishigami()
    assert first == pytest.approx([0.314, 0.442, 0], abs=5e-4)
    assert total == pytest.approx([0.558, 0.442, 0.244], abs=5e-4)


@pytest.mark.parametrize(("function", "first", "total"), KNOWN.values(), ids=KNOWN)
def test_indices_of_known_functions(function, first, total):
    found = sobol_indices(function, len(first), 1 << 16, seed=3)
    assert found.first_order == pytest.approx(first, abs=0.004)
    assert found.total == pytest.approx(total, abs=0.004)


def scores(function, first, total, draws=2048):
    """How many standard errors estimates lie from what they should be, seed by seed."""
    result = []
    for seed in range(SEEDS):
        found = sobol_indices(function, len(first), draws, seed)
        result.append([(found.first_order - first) / found.first_order_error,
                       (found.total - total) / found.total_error])  # fmt: skip
    return np.array(result)


@pytest.mark.parametrize(("function", "first", "total"), KNOWN.values(), ids=KNOWN)
def test_errors_from_randomisations_are_what_they_say(function, first, total):
    z = scores(function, first, total)
    assert (np.abs(z.sum(axis=0)) < 4.5 * math.sqrt(SEEDS)).all()
    # of eight randomisations: Student's t with seven degrees of freedom, sd 1.18
    assert (z.std(axis=0) < 1.8).all()
    assert (z.std(axis=0) > 0.75).all()


def test_the_same_test_sees_a_planted_error():
    function, first, total = KNOWN["Ishigami"]
    z = scores(function, first + 0.02, total + 0.02)
    assert (np.abs(z.sum(axis=0)) > 4.5 * math.sqrt(SEEDS)).all()


def test_quasi_random_points_gain_over_the_square_root():
    function, _, total = KNOWN["Ishigami"]
    errors = [
        np.mean([
            (sobol_indices(function, 3, draws, seed).total - total) ** 2 for seed in range(8)
        ]) ** 0.5
        for draws in (1024, 16384)
    ]  # fmt: skip
    assert errors[1] < errors[0] / 5  # plain draws: 4


def test_a_function_of_one_input():
    found = sobol_indices(lambda x: x[0] ** 2, 1, 1024, seed=1)
    assert found.first_order == pytest.approx([1], abs=0.05)
    assert found.total == pytest.approx([1], abs=0.05)


def test_a_function_that_does_not_vary_has_no_shares():
    found = sobol_indices(lambda x: np.full(x.shape[1], 3.0), 2, 64, seed=1)
    assert np.isnan(found.first_order).all()
    assert np.isnan(found.total).all()


@pytest.mark.parametrize("draws", [0, 4, 1001])
def test_draws_are_divided_over_randomisations(draws):
    with pytest.raises(ValueError, match="a multiple of 8"):
        sobol_indices(ishigami, 3, draws, seed=1)
    one = made(costs={"c": cost(PERT)})
    with pytest.raises(ValueError, match="a multiple of 8"):
        indices_of(one, one.net[-1], 1, draws)


def test_blocks_change_no_number(monkeypatch):
    one = made(**MIXED)
    whole = sobol_indices(ishigami, 3, 4096, 1), indices_of(one, one.net[-1], 1, 4096)
    monkeypatch.setattr(indices, "BLOCK", 128)
    parts = sobol_indices(ishigami, 3, 4096, 1), indices_of(one, one.net[-1], 1, 4096)
    assert parts[0].total == pytest.approx(whole[0].total, rel=1e-12)
    for mine, theirs in zip(parts[1], whole[1], strict=True):
        assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-12)


# --- Models -------------------------------------------------------------------------------------


def close(one, first, total, draws=1 << 15, within=0.02):
    found = indices_of(one, one.net[-1], 5, draws)
    paths = [v.path for v in one.compiled.inputs]
    for mine, wanted in zip(found, (first, total), strict=True):
        assert list(mine) == paths
        assert list(mine.values()) == pytest.approx(list(wanted), abs=within)


def test_exact_and_sampled_indices_agree():
    one = made(**MIXED)
    found = exact_of(one, one.net[-1])
    close(one, found.first_order.values(), found.total.values(), 1 << 17, 0.01)


INVOLVED = {
    "overlap": discretised(OVERLAP | {"overlaps": {
        "o": {"lines": ["a", "b"], "alpha": {"uniform": [0.2, 0.8]}}}}),
    "rate and drop-off": discretised(SPECIAL["uncertain rate"]),
    "growth and drop-off": discretised(SPECIAL["drop-off and growth"]),
}  # fmt: skip


@pytest.mark.parametrize("fields", INVOLVED.values(), ids=INVOLVED)
def test_all_combinations_of_discrete_inputs_that_work_together(fields):
    one = made(**fields)
    close(one, *enumerated(one)[2:])


def test_what_does_not_vary_has_no_indices():
    one = made(effects={"e": gain({"uniform": [3, 3]}, lasts=5, drop_off={"uniform": [0.1, 0.1]})})
    assert indices_of(one, one.net[-1], 1, 64) == ({}, {})
    none = made(effects={"e": gain(3)})
    assert indices_of(none, none.net[-1], 1, 64) == ({}, {})


@pytest.mark.parametrize("rho", [0.5, -0.9, 1.0])
def test_correlated_inputs_tell_of_each_other(rho):
    fields = {
        "costs": {"c": cost({"uniform": [100, 160]})},
        "effects": {"e": gain(normal(50, 1), 20), "f": gain(normal(50, 1), 40)},
    }
    pairs = [["effects.e.quantity", "effects.f.quantity", rho]]
    one = made(**fields, correlations=pairs)
    r = 2 * math.sin(math.pi * rho / 6)  # of the scores, for this rank correlation
    whole = 60**2 / 12 + 20**2 + 40**2 + 2 * r * 20 * 40
    first = {
        "costs.c.amount": 60**2 / 12,
        "effects.e.quantity": (20 + 40 * r) ** 2,
        "effects.f.quantity": (40 + 20 * r) ** 2,
    }
    total = {
        "costs.c.amount": 60**2 / 12,
        "effects.e.quantity": 20**2 * (1 - r**2),
        "effects.f.quantity": 40**2 * (1 - r**2),
    }
    close(one, *([part[v.path] / whole for v in one.compiled.inputs] for part in (first, total)))


def test_three_correlated_inputs_in_lines_that_multiply():
    fields = {
        "effects": {
            "e": gain(normal(30, 2), normal(50, 5)),
            "f": gain(normal(20, 3), 30, deadweight=UNIFORM),
        }
    }
    q, v, f = "effects.e.quantity", "effects.e.unit_value", "effects.f.quantity"
    one = made(**fields, correlations=[[q, v, 0.6], [v, f, 0.4], [q, f, 0.2]])
    means = {q: (30, 2), v: (50, 5), f: (20, 3)}
    paths = [variable.path for variable in one.compiled.inputs]
    (copula,) = one.correlated
    members = [key.split(":")[-1] for key in copula.keys]
    normal_correlation = copula.factor @ copula.factor.T
    rng = np.random.default_rng(1)
    left = 1 - rng.uniform(0.05, 0.2, (1, 1 << 9))

    def net(scores, left):
        x = {p: means[p][0] + means[p][1] * s for p, s in zip(members, scores, strict=True)}
        return x[q] * x[v] + 30 * x[f] * left

    drawn = copula.factor @ rng.standard_normal((3, 1 << 18))
    whole = net(drawn, 1 - rng.uniform(0.05, 0.2, 1 << 18)).var()
    wanted_first, wanted_total = {}, {}
    for place, path in enumerate(members):
        rest = [other for other in range(3) if other != place]
        known = rng.standard_normal((1, 1 << 9))
        # everything given one input, and one input given everything, in two loops of draws
        shift = normal_correlation[rest, place]
        spread = np.linalg.cholesky(
            normal_correlation[np.ix_(rest, rest)] - np.outer(shift, shift)
        ) @ rng.standard_normal((2, 1 << 12))
        inner = np.empty((3, 1 << 9, 1 << 12))
        inner[place] = known.T
        inner[rest] = shift[:, None, None] * known[0][:, None] + spread[:, None, :]
        answers = net(inner, 1 - rng.uniform(0.05, 0.2, 1 << 12))
        wanted_first[path] = answers.mean(axis=1).var() / whole
        others = drawn[rest][:, : 1 << 9]
        solved = np.linalg.solve(normal_correlation[np.ix_(rest, rest)], shift)
        noise = rng.standard_normal(1 << 12) * math.sqrt(1 - shift @ solved)
        inner[rest] = others[:, :, None]
        inner[place] = (solved @ others)[:, None] + noise
        wanted_total[path] = net(inner, left.T).var(axis=1).mean() / whole
    found = indices_of(one, one.net[-1], 2, 1 << 16)
    for path in set(paths) & means.keys():
        assert found[0][path] == pytest.approx(wanted_first[path], abs=0.07)
        assert found[1][path] == pytest.approx(wanted_total[path], abs=0.02)


def test_the_draws_behind_the_indices_are_those_of_the_simulation():
    pairs = [["effects.e.quantity", "effects.f.quantity", 0.5]]
    one = made(effects={"e": gain(normal(50, 1), 20), "f": gain(PERT, 40)}, correlations=pairs)
    block = indices._Drawn(one, 7, 64).at(0, 64, randomisation=2)
    wanted = one.draws(7, 64, "sobol").at(0, 64, randomisation=2)
    assert (block.values == wanted).all()
    exchange = indices._Exchange(one, one.net[-1])
    (members,) = exchange._together
    for row, own in zip(members, block.scores[0], strict=True):
        assert exchange._values(row, own) == pytest.approx(block.values[row], rel=1e-6)
