"""Partial information beside enumeration, closed forms and the draws of the exact expectation."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from impactmonitor.sampling.points import Coordinate, QuasiRandom
from impactmonitor.uncertainty.decisions import expected_value_of_perfect_information
from impactmonitor.uncertainty.partial_information import (
    Choice,
    Conditioning,
    PartialInformation,
    expected_value_of_partial_information,
)

N = 1 << 14
SEEDS = 40


def with_nothing(net):
    """One option, or doing nothing."""
    return np.stack([net, np.zeros_like(net)], axis=1)


def normal_loss(mean, sd):
    """E[max(X, 0)] - max(mean, 0) of a normal X (Raiffa and Schlaifer 1961)."""
    size = abs(mean)
    return float(sd * stats.norm.pdf(size / sd) - size * stats.norm.cdf(-size / sd))


# --- enumerated ---------------------------------------------------------------------------------

VALUES = {"uptake": (0.1, 0.4, 0.7), "price": (20.0, 50.0), "cost": (5.0, 15.0)}


def enumerated():
    """All combinations, equally likely, and the net benefits of three options."""
    worlds = list(itertools.product(*VALUES.values()))
    net = [[u * p - c, 2 * u * p - 3 * c + 5, 0.0] for u, p, c in worlds]
    return np.array(worlds), np.array(net)


def by_hand(known):
    """Mean over what is known of the best mean over the rest, in plain loops."""
    worlds, net = enumerated()
    best: dict[tuple, list] = {}
    for world, row in zip(worlds.tolist(), net.tolist(), strict=True):
        best.setdefault(tuple(world[i] for i in known), []).append(row)
    total = sum(
        len(rows) * max(sum(column) / len(rows) for column in zip(*rows, strict=True))
        for rows in best.values()
    )
    return total / len(worlds) - max(sum(column) / len(worlds) for column in net.T)


@pytest.mark.parametrize(
    "known", [k for size in (1, 2, 3) for k in itertools.combinations(range(3), size)]
)
def test_an_enumerated_case_is_exact(known):
    worlds, net = enumerated()
    found = expected_value_of_partial_information(net, worlds[:, known])
    assert found.value == pytest.approx(by_hand(known), abs=1e-12)


def test_knowing_all_inputs_is_perfect_information():
    worlds, net = enumerated()
    found = expected_value_of_partial_information(net, worlds)
    assert found.value == pytest.approx(expected_value_of_perfect_information(net), abs=1e-12)


def test_a_discrete_input_among_continuous_noise():
    """A coin of +-6 on a mean of 2: told, the loss of 4 in half of the cases is avoided."""
    rng = np.random.default_rng(1)
    coin = rng.permutation(np.repeat([-6.0, 6.0], N // 2))
    found = expected_value_of_partial_information(
        with_nothing(2 + coin + rng.normal(0, 5, N)), coin
    )
    assert found.value == pytest.approx(2, abs=4 * found.standard_error)
    assert found.standard_error == pytest.approx(
        math.sqrt((16 + 25) / 2 - 4) / math.sqrt(N), rel=0.03
    )


# --- closed forms -------------------------------------------------------------------------------


@pytest.mark.parametrize("mean", [0.1, 0.3, -0.5, 1.0])
@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_a_normal_input_has_its_closed_form(mean, share):
    """Over many seeds: right on average, and as far off as the standard errors say."""
    exact = normal_loss(mean, math.sqrt(share))
    found = []
    for seed in range(SEEDS):
        known, rest = np.random.default_rng(seed).standard_normal((2, N // 4))
        net = mean + math.sqrt(share) * known + math.sqrt(1 - share) * rest
        found.append(expected_value_of_partial_information(with_nothing(net), known))
    errors = np.array([f.value for f in found]) - exact
    scale = np.mean([f.standard_error for f in found])
    if exact > 0.001:
        assert abs(errors.mean()) < 4 * scale / math.sqrt(SEEDS)
        assert 0.4 * scale < errors.std() < 1.7 * scale
    else:
        assert np.abs(errors).max() < 0.002


def test_a_group_of_normal_inputs_has_its_closed_form():
    rng = np.random.default_rng(7)
    inputs = rng.standard_normal((N, 6)) @ np.diag([3, 2, 1, 1, 1, 1]) + 100
    net = inputs.sum(axis=1) - 598.5
    for known in ([0, 1], [0, 2, 3], [1, 2, 3, 4, 5]):
        variance = sum((3, 2, 1, 1, 1, 1)[i] ** 2 for i in known)
        found = expected_value_of_partial_information(with_nothing(net), inputs[:, known])
        exact = normal_loss(1.5, math.sqrt(variance))
        assert found.value == pytest.approx(exact, abs=4 * found.standard_error)


def test_correlated_inputs_tell_of_each_other():
    rng = np.random.default_rng(8)
    cause, noise = rng.standard_normal((2, N))
    seen = math.sqrt(0.5) * (cause + noise)
    found = expected_value_of_partial_information(with_nothing(0.2 + cause), seen)
    exact = normal_loss(0.2, math.sqrt(0.5))
    assert found.value == pytest.approx(exact, abs=4 * found.standard_error)


# --- the kind of model that is appraised --------------------------------------------------------


def programme():
    """Inputs of two effects and a cost, quasi-random, and net benefits of three options."""
    names = ("quantity", "value", "share", "drop", "cost", "other")
    points = QuasiRandom(3, [Coordinate(n, "g", i) for i, n in enumerate(names)], N).at(0, N)
    scores = stats.norm.ppf(points)
    inputs = np.array(
        [
            100 + 20 * scores[0],
            np.exp(0.4 * scores[1] - 0.08),
            0.6 * points[2],
            0.05 + 0.2 * points[3],
            45 + 6 * scores[4],
            0.7 + 0.2 * scores[5],
        ]
    )
    return inputs, _net_of(*inputs)


def _net_of(quantity, value, share, drop, cost, other):
    years = (1 - (1 - drop) ** 20) / drop / 10
    full = quantity * value * (1 - share) * years - cost
    return np.stack([full, 0.6 * quantity * value * years * other - cost / 2, 0 * full], axis=1)


@pytest.mark.parametrize(
    "known", [[0], [1], [2], [3], [4], [5], [0, 1], [2, 3], [0, 1, 2], [1, 3, 5], [0, 1, 2, 3]]
)
def test_products_and_annuities(known):
    """Beside the exact conditional expectation: every other input enters by its own mean."""
    inputs, net = programme()
    years = ((1 - (1 - inputs[3]) ** 20) / inputs[3] / 10).mean()
    means = [100, 1, 0.3, None, 45, 0.7]
    seen = [inputs[i] if i in known else np.full(N, means[i] or 0.0) for i in range(6)]
    if 3 in known:
        expected = _net_of(*seen)
    else:
        scale = np.array([1.0, 1.0, 0.0])
        seen[3] = np.ones(N)  # a drop-off of 1 leaves one year, worth 1 / 10
        cost = np.stack([-seen[4], -seen[4] / 2, np.zeros(N)], axis=1)
        expected = (_net_of(*seen) - cost) * 10 * years * scale + cost
    exact = expected.max(axis=1).mean() - expected.mean(axis=0).max()
    found = expected_value_of_partial_information(net, inputs[known].T)
    # quasi-random: far within the standard error of independent draws, which is 0.1
    assert found.value == pytest.approx(exact, abs=0.06, rel=0.01)


@pytest.mark.parametrize(
    "function",
    [lambda x: np.maximum(x, 0.5), np.square, lambda x: np.sin(3 * x), np.exp],
    ids=["kink", "square", "wave", "exponential"],
)
def test_bent_dependence(function):
    known, rest = np.random.default_rng(9).standard_normal((2, N))
    part = function(known)
    part = part - part.mean() + 0.05
    found = expected_value_of_partial_information(with_nothing(part + rest), known)
    exact = np.maximum(part, 0).mean() - 0.05
    assert found.value == pytest.approx(exact, abs=2 * found.standard_error)


def test_inputs_that_do_not_matter_are_worth_nothing():
    """Where plain regression finds something: two options that are as good as each other."""
    found = []
    for seed in range(SEEDS):
        net, *others = np.random.default_rng(seed).standard_normal((5, N // 4))
        choice = Choice(with_nothing(net - net.mean()))
        found += [Conditioning(other).worth(choice).value for other in others]
        found.append(Conditioning(np.stack(others, axis=1)).worth(choice).value)
    assert np.mean(np.array(found) == 0) > 0.85
    assert np.mean(found) < 0.01


# --- laws ---------------------------------------------------------------------------------------

whole = st.integers(-20, 20).map(float)


@st.composite
def cases(draw):
    draws, options, inputs = (draw(st.integers(1, most)) for most in (60, 4, 3))
    known = draw(arrays.arrays(np.float64, (draws, inputs), elements=whole))
    if draw(st.booleans()):
        known = known + np.random.default_rng(draws).random((draws, inputs))
    net = draw(arrays.arrays(np.float64, (draws, options), elements=whole))
    return net + draw(st.sampled_from([0.0, 1.0])) * known[:, :1] * np.arange(options), known


@given(cases())
def test_between_nothing_and_everything(case):
    net, known = case
    found = expected_value_of_partial_information(net, known)
    assert 0 <= found.value <= expected_value_of_perfect_information(net) + 1e-9
    assert math.isnan(found.standard_error) if len(net) == 1 else found.standard_error >= 0


@given(cases(), st.data())
def test_what_all_options_share_and_their_order_do_not_matter(case, data):
    net, known = case
    shared = data.draw(arrays.arrays(np.float64, (len(net), 1), elements=whole))
    order = data.draw(st.permutations(range(net.shape[1])))
    before = expected_value_of_partial_information(net, known).value
    after = expected_value_of_partial_information(net[:, order] + shared, known).value
    assert after == pytest.approx(before, abs=1e-9)


@given(cases(), st.sampled_from([1e-6, 0.5, 3.0, 1e9]), st.sampled_from([-4.0, 1e-5, 1e6]))
def test_units_do_not_matter(case, money, unit):
    net, known = case
    before = expected_value_of_partial_information(net, known).value
    after = expected_value_of_partial_information(net * money, known * unit).value
    assert after == pytest.approx(before * money, rel=1e-6, abs=1e-9 * money)


@settings(max_examples=20)
@given(st.integers(0, 9999))
def test_more_inputs_tell_no_less(seed):
    """For enumerated inputs exactly: what is known of two is worth at least what one is."""
    net = np.random.default_rng(seed).normal(0, 1, (12, 3))
    one, other = np.repeat([0, 1, 2], 4), np.tile([0, 1], 6)
    both = expected_value_of_partial_information(net, np.stack([one, other], axis=1)).value
    for alone in (one, other):
        assert both >= expected_value_of_partial_information(net, alone).value - 1e-12


# --- prepared once ------------------------------------------------------------------------------


def test_prepared_inputs_and_choices_give_the_same():
    worlds, net = enumerated()
    inputs, choice = Conditioning(worlds[:, 0]), Choice(net)
    once = expected_value_of_partial_information(net, worlds[:, 0])
    for found in (
        inputs.worth(net),
        inputs.worth(choice),
        expected_value_of_partial_information(choice, inputs),
        expected_value_of_partial_information(choice, worlds[:, 0]),
    ):
        assert found == once
    assert choice.everything == pytest.approx(expected_value_of_perfect_information(net))


def test_a_constant_tells_nothing():
    net = np.random.default_rng(0).standard_normal((100, 3))
    assert expected_value_of_partial_information(net, np.full(100, 3.3)) == PartialInformation(0, 0)
    known = np.stack([np.full(100, 3.3), np.arange(-50.0, 50.0)], axis=1)
    line = net + known[:, 1:] * [1, -1, 0]
    alone = expected_value_of_partial_information(line, known[:, 1])
    found = expected_value_of_partial_information(line, known)
    assert found.value == pytest.approx(alone.value, rel=0.01)


@pytest.mark.parametrize(
    ("net", "inputs", "said"),
    [
        ([[1, 2]], [1, 2], "net_benefits has 1 draws, and the inputs have 2"),
        ([[1, np.nan]], [1], "net_benefits must be finite numbers, but draw 0, option 1 is nan"),
        ([[1, 2]], [np.inf], "inputs must be finite numbers, but draw 0, input 0 is inf"),
        ([1, 2], [1, 2], r"net_benefits must have shape \(draws, options\)"),
        ([[1, 2]], [], "inputs must have at least 1 draw and 1 input"),
    ],
)
def test_what_does_not_fit_is_refused(net, inputs, said):
    with pytest.raises(ValueError, match=said):
        expected_value_of_partial_information(net, inputs)
