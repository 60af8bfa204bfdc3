"""Expected loss, perfect information and curves over a threshold, beside enumeration by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from impactmonitor.uncertainty.decisions import (
    acceptability_curve,
    best_in_expectation,
    expected_loss,
    expected_loss_curve,
    expected_value_of_perfect_information,
)

whole = st.integers(-50, 50).map(float)
tables = arrays.arrays(np.float64, st.tuples(st.integers(1, 9), st.integers(1, 4)), elements=whole)
pairs = st.tuples(st.integers(1, 9), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        arrays.arrays(np.float64, shape, elements=whole),
        arrays.arrays(np.float64, shape, elements=whole),
    )
)
rows = st.lists(whole, min_size=1, max_size=4)

# --- published ----------------------------------------------------------------------------------

# Warfarin or an occlusion device against stroke: the 10 sample iterations of a worked example of
# the expected value of perfect information. Table 1 of https://pmc.ncbi.nlm.nih.gov/articles/
# PMC4323782 (table/tbl01): cost, QALY and net benefit at $100,000 per QALY, of both options.
ITERATIONS = np.array(
    [
        [19688.0, 4.58, 438601.6, 32138.6, 4.52, 419543.2],
        [19881.7, 4.58, 437745.5, 20514.9, 4.84, 463363.4],
        [20766.8, 4.54, 433453.8, 19104.7, 4.86, 467280.0],
        [20168.7, 4.55, 435035.0, 26638.2, 4.67, 440207.7],
        [20220.2, 4.58, 437617.4, 24538.2, 4.75, 449992.3],
        [20343.2, 4.56, 435430.2, 25111.0, 4.71, 445595.7],
        [20780.0, 4.55, 434030.5, 31271.0, 4.55, 424200.5],
        [20961.1, 4.55, 433893.7, 28563.7, 4.64, 435406.7],
        [20019.8, 4.55, 435033.6, 27927.6, 4.62, 434547.6],
        [19700.8, 4.57, 437555.7, 21898.9, 4.79, 457368.1],
    ]
)


def test_published_perfect_information():
    net = ITERATIONS[:, [2, 5]]
    assert net.mean(axis=0) == pytest.approx([435839.7, 443750.5], abs=0.06)
    assert expected_value_of_perfect_information(net) == pytest.approx(2937.4, abs=0.06)
    # the published means: 446688.0 when every iteration is known
    assert expected_loss(net) == pytest.approx([446688.0 - 435839.7, 2937.4], abs=0.3)


def test_published_optimal_choices():
    """Column "Optimal Choice": warfarin in iterations 1, 7 and 9. QALYs are rounded there."""
    curve = acceptability_curve(ITERATIONS[:, [0, 3]], ITERATIONS[:, [1, 4]], [100_000])
    assert curve.tolist() == [[0.3, 0.7]]
    best = best_in_expectation(ITERATIONS[:, [0, 3]], ITERATIONS[:, [1, 4]], [0, 100_000])
    assert best.tolist() == [0, 1]


# --- enumerated ---------------------------------------------------------------------------------


def test_a_small_case_by_hand():
    """Two equally likely worlds for costs and three for effects; nothing, a little or a lot."""
    costs, effects = [], []
    for price in (10, 30):
        for success in (0, 2, 4):
            costs.append([0, price, 2 * price])
            effects.append([0, success, 3 * success])
    # at 10 per unit. Little: -10 10 30, -30 -10 10; a lot: -20 40 100, -60 0 60
    net = 10 * np.array(effects) - np.array(costs)
    assert net.mean(axis=0).tolist() == [0, 0, 20]
    # known beforehand: 0, 40, 100, 0, 0, 60
    assert expected_value_of_perfect_information(net) == pytest.approx(200 / 6 - 20)
    assert expected_loss(net) == pytest.approx([200 / 6, 200 / 6, 200 / 6 - 20])
    # nothing is best once alone (-10, -20), once more (-30, -60), and once with a lot (0 and 0)
    assert acceptability_curve(costs, effects, [10])[0] == pytest.approx([2.5 / 6, 0, 3.5 / 6])
    assert expected_loss_curve(costs, effects, [10])[0] == pytest.approx(expected_loss(net))
    assert best_in_expectation(costs, effects, [5, 10]).tolist() == [0, 2]


def slowly(costs, effects, threshold):
    """Shares and losses of one threshold, draw by draw, in plain numbers."""
    options = len(costs[0])
    shares, losses = [0.0] * options, [0.0] * options
    for paid, done in zip(costs, effects, strict=True):
        net = [threshold * e - c for c, e in zip(paid, done, strict=True)]
        winners = [option for option in range(options) if net[option] == max(net)]
        for option in range(options):
            shares[option] += (option in winners) / len(winners) / len(costs)
            losses[option] += (max(net) - net[option]) / len(costs)
    return shares, losses


@given(pairs, rows)
def test_curves_are_those_of_enumeration(pair, thresholds):
    costs, effects = pair
    shares = acceptability_curve(costs, effects, thresholds)
    losses = expected_loss_curve(costs, effects, thresholds)
    best = best_in_expectation(costs, effects, thresholds)
    assert shares.sum(axis=1) == pytest.approx(1)
    for row, threshold in enumerate(thresholds):
        by_hand = slowly(costs.tolist(), effects.tolist(), threshold)
        assert shares[row] == pytest.approx(by_hand[0])
        assert losses[row] == pytest.approx(by_hand[1])
        assert losses[row][best[row]] == pytest.approx(losses[row].min())


# --- laws ---------------------------------------------------------------------------------------


@given(tables)
def test_perfect_information_is_the_least_expected_loss(net):
    value = expected_value_of_perfect_information(net)
    assert value == expected_loss(net).min()
    assert value == pytest.approx(net.max(axis=1).mean() - net.mean(axis=0).max())
    assert value >= 0


@given(tables, st.data())
def test_what_all_options_share_and_their_order_do_not_matter(net, data):
    shared = data.draw(arrays.arrays(np.float64, (len(net), 1), elements=whole))
    order = data.draw(st.permutations(range(net.shape[1])))
    losses = expected_loss(net)
    assert expected_loss(net + shared) == pytest.approx(losses)
    assert expected_loss(net[:, order]) == pytest.approx(losses[order])


@given(pairs, rows, st.data())
def test_curves_follow_the_order_of_the_options(pair, thresholds, data):
    costs, effects = pair
    order = data.draw(st.permutations(range(costs.shape[1])))
    for curve in (acceptability_curve, expected_loss_curve):
        moved = curve(costs[:, order], effects[:, order], thresholds)
        assert moved == pytest.approx(curve(costs, effects, thresholds)[:, order])


def test_rounding_never_makes_a_loss_negative():
    net = np.random.default_rng(5).normal(1e9, 1e-7, (1000, 1)) * np.ones((1, 3))
    assert expected_loss(net).tolist() == [0, 0, 0]


def test_one_option_or_one_draw_leaves_nothing_to_learn():
    assert expected_value_of_perfect_information([[1], [-5]]) == 0
    assert expected_value_of_perfect_information([[1, -5]]) == 0


def test_a_normal_difference_has_its_closed_form():
    """Unit normal loss integral (Raiffa and Schlaifer 1961): sd * phi(mu / sd) - mu * Phi(...)."""
    mean, sd, n = 3.0, 10.0, 1 << 14
    drawn = stats.norm.ppf((np.arange(n) + 0.5) / n, mean, sd)
    exact = sd * stats.norm.pdf(mean / sd) - mean * stats.norm.cdf(-mean / sd)
    found = expected_value_of_perfect_information(np.stack([drawn, np.zeros(n)], axis=1))
    assert found == pytest.approx(exact, rel=1e-3)


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("function", [expected_loss, expected_value_of_perfect_information])
def test_net_benefits_are_checked(function):
    with pytest.raises(ValueError, match="net_benefits must be finite numbers, but draw 0, opt"):
        function([[np.inf, 1]])
    with pytest.raises(ValueError, match="at least 1 draw and 1 option"):
        function(np.zeros((0, 2)))


@pytest.mark.parametrize(
    "function", [acceptability_curve, expected_loss_curve, best_in_expectation]
)
@pytest.mark.parametrize(
    ("costs", "effects", "thresholds", "said"),
    [
        ([[1, 2]], [[1, 2, 3]], [1], "costs and effects must have the same shape"),
        ([[1, np.nan]], [[1, 2]], [1], "costs must be finite numbers, but draw 0, option 1"),
        ([[1, 2]], [[1, np.inf]], [1], "effects must be finite numbers, but draw 0, option 1"),
        ([[1, 2]], [[1, 2]], [np.nan], "thresholds must be finite numbers, but threshold 0"),
        ([[1, 2]], [[1, 2]], 1, "thresholds must be a row"),
        ([[1, 2]], [[1, 2]], [], "thresholds must be a row of at least 1"),
    ],
)
def test_curves_check_what_comes_in(function, costs, effects, thresholds, said):
    with pytest.raises(ValueError, match=said):
        function(costs, effects, thresholds)
