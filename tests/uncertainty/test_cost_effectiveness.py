"""Incremental ratios and dominance, beside published tables and a search over all mixtures."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.uncertainty.cost_effectiveness import incremental_cost_effectiveness

points = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=8)


def table(costs, effects):
    found = incremental_cost_effectiveness(costs, effects)
    return [(o.option, o.status, o.ratio and round(o.ratio)) for o in found]


# --- published ----------------------------------------------------------------------------------


def test_the_example_of_veterans_affairs():
    """All three kinds of option; here in another order than by cost.

    Health Economics Resource Center (US Department of Veterans Affairs), Cost-Effectiveness
    Analysis, herc.research.va.gov/include/page.asp?id=cost-effectiveness-analysis; with the answer
    in the tests of the R package dampack (tests/testthat/test_calculate_icers.R).
    """
    costs = [55000, 35000, 25000, 10000, 12000, 5000]  # E, D, C, B, A, usual care
    effects = [5, 4, 3, 2, 1.5, 1]
    assert table(costs, effects) == [
        (5, "frontier", None),
        (3, "frontier", 5000),
        (1, "frontier", 12500),
        (0, "frontier", 20000),
        (2, "extendedly-dominated", None),
        (4, "dominated", None),
    ]


def test_published_screening_for_colorectal_cancer():
    """Ratios as printed, from costs in dollars and life years gained.

    Re-interpreting the data on the cost and effectiveness of population screening for colorectal
    cancer in Australia, Australia and New Zealand Health Policy 2005, 2:10, table 7.
    """
    costs = [0, 140117791, 248112291, 304301903, 370181240, 422777702]
    effects = [0, 3551, 6023, 6720, 7076, 7299]
    printed = [None, 39459, 43687, 80616, 185054, 235859]
    found = incremental_cost_effectiveness(costs, effects)
    assert [o.status for o in found] == ["frontier"] * 6
    assert [o.option for o in found] == [0, 1, 2, 3, 4, 5]
    for option, ratio in zip(found[1:], printed[1:], strict=True):
        assert round(option.ratio) == ratio


def test_published_dominated_strategy():
    """JNCI Cancer Spectrum 2020, 4(2), pkaa004, table 1: effects are printed to six decimals."""
    found = incremental_cost_effectiveness(
        [1695.865, 12224.17, 12118.17], [8.570992, 8.583273, 8.590681]
    )
    assert [(o.option, o.status) for o in found] == [
        (0, "frontier"),
        (2, "frontier"),
        (1, "dominated"),
    ]
    assert found[1].ratio == pytest.approx(529_365.8, rel=5e-5)


def test_published_screening_for_hiv():
    """Paltiel and others (2006), Annals of Internal Medicine 145(11), 797-806, table 4.

    Costs and quality-adjusted months as in the vignette "Basic Cost Effectiveness Analysis" of the
    R package dampack. The ratios are ours: those in the article come from unrounded numbers.
    """
    months = [277.25, 277.57, 277.78, 277.83, 277.76]
    assert table([26000, 27000, 28020, 28440, 29440], np.array(months) / 12) == [
        (0, "frontier", None),
        (1, "frontier", round(1000 / 0.32 * 12)),
        (2, "frontier", round(1020 / 0.21 * 12)),
        (3, "frontier", round(420 / 0.05 * 12)),
        (4, "dominated", None),
    ]


# --- a second, slow way -------------------------------------------------------------------------


def status_by_search(options, index):
    """What the definitions say, over all pairs and in exact numbers."""
    cost, effect = options[index]
    for other, (c, e) in enumerate(options):
        if c <= cost and e >= effect and ((c, e) != (cost, effect) or other < index):
            return "dominated"
    for (c1, e1), (c2, e2) in itertools.permutations(options, 2):
        if e1 < effect < e2:
            share = Fraction(effect - e1, e2 - e1)
            if c1 + share * (c2 - c1) < cost:
                return "extendedly-dominated"
    return "frontier"


@given(points)
def test_statuses_are_those_of_the_definitions(options):
    costs, effects = zip(*options, strict=True)
    found = incremental_cost_effectiveness(costs, effects)
    assert sorted(o.option for o in found) == list(range(len(options)))
    for option in found:
        assert option.status == status_by_search(options, option.option)
        assert (option.cost, option.effect) == options[option.option]


@given(points)
def test_order_and_ratios(options):
    found = incremental_cost_effectiveness(*zip(*options, strict=True))
    ranks = ["frontier", "extendedly-dominated", "dominated"]
    places = [(ranks.index(o.status), o.cost, -o.effect, o.option) for o in found]
    assert places == sorted(places)
    frontier = [o for o in found if o.status == "frontier"]
    assert frontier[0].ratio is frontier[0].compared_with is None
    for before, option in itertools.pairwise(frontier):
        assert option.compared_with == before.option
        extra = Fraction(int(option.cost - before.cost), int(option.effect - before.effect))
        assert option.ratio == pytest.approx(float(extra))
        assert option.ratio > 0
    ratios = [o.ratio for o in frontier[1:]]
    assert ratios == sorted(ratios)
    assert all(o.ratio is o.compared_with is None for o in found if o.status != "frontier")


@given(points, st.data())
def test_the_order_in_which_options_come_does_not_matter(options, data):
    order = data.draw(st.permutations(range(len(options))))

    def seen(several):
        found = incremental_cost_effectiveness(*zip(*several, strict=True))
        return [(o.cost, o.effect, o.status, o.ratio) for o in found]

    assert seen([options[i] for i in order]) == seen(options)


@given(points, st.integers(-20, 20), st.integers(-20, 20))
def test_what_is_added_to_all_options_does_not_matter(options, cost, effect):
    costs, effects = np.array(options, dtype=float).T
    before = incremental_cost_effectiveness(costs, effects)
    after = incremental_cost_effectiveness(costs + cost, effects + effect)
    for attribute in ("option", "status", "ratio", "compared_with", "equal_to"):
        assert [getattr(o, attribute) for o in after] == [getattr(o, attribute) for o in before]


# --- special cases ------------------------------------------------------------------------------


def test_equal_options_are_dominated_by_the_first_and_say_so():
    found = incremental_cost_effectiveness([5, 0, 5, 0.0, -0.0], [1, 0, 1, 0.0, 0.0])
    assert [(o.option, o.status, o.equal_to) for o in found] == [
        (1, "frontier", None),
        (0, "frontier", None),
        (3, "dominated", 1),
        (4, "dominated", 1),
        (2, "dominated", 0),
    ]


def test_equal_cost_or_equal_effect_alone_is_dominated():
    assert table([5, 5, 9], [1, 2, 2]) == [
        (1, "frontier", None),
        (0, "dominated", None),
        (2, "dominated", None),
    ]


def test_an_option_on_the_line_stays_also_when_rounding_bends_it():
    costs, effects = [0.0, 0.1, 0.2, 0.3], [0.0, 0.1, 0.2, 0.1 + 0.2]
    assert [status for _, status, _ in table(costs, effects)] == ["frontier"] * 4


def test_savings_and_harm():
    """The cheapest option saves money and does harm; undoing the harm costs 50 a unit."""
    found = incremental_cost_effectiveness([-300, 0, 200], [-4, 0, 2])
    assert [o.ratio for o in found] == [None, 75, 100]


def test_ratios_are_of_means_and_not_means_of_ratios():
    costs, effects = [[0, 10], [0, 30]], [[0, 1], [0, 4]]
    ratio = incremental_cost_effectiveness(costs, effects)[1].ratio
    assert ratio == 20 / 2.5
    assert ratio != (10 / 1 + 30 / 4) / 2


def test_one_option():
    (only,) = incremental_cost_effectiveness([3], [4])
    assert (only.status, only.ratio, only.compared_with) == ("frontier", None, None)


@pytest.mark.parametrize(
    ("costs", "effects", "said"),
    [
        ([1, 2], [1], "the same shape"),
        ([[1, 2]], [1, 2], "the same shape"),
        ([], [], "costs must be a row of at least 1"),
        (1, 1, r"costs must have shape \(draws, options\)"),
        ([1, 2], [1, np.nan], "effects must be finite numbers, but option 1 is nan"),
        ([[1, np.inf]], [[1, 2]], "costs must be finite numbers, but draw 0, option 1 is inf"),
    ],
)
def test_what_cannot_be_compared_is_refused(costs, effects, said):
    with pytest.raises(ValueError, match=said):
        incremental_cost_effectiveness(costs, effects)
