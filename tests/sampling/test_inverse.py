"""Quantiles of every form, against scipy's laws, the moments of the same number, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats
from scipy.special import ndtri

from impactmonitor.model.numbers import (
    ABOVE_MINUS_ONE,
    ANY,
    NOT_NEGATIVE,
    SHARE,
    UNCERTAIN,
    Number,
    Range,
)
from impactmonitor.sampling.inverse import INVERSES, inverse
from impactmonitor.sampling.moments import moments

READ = TypeAdapter(Number).validate_python
Z95 = stats.norm.ppf(0.95)
GRID = (np.arange(1 << 16) + 0.5) / (1 << 16)

LAWS = {
    "pert": ({"pert": [-1, 0.5, 2]}, stats.beta(3, 3, loc=-1, scale=3)),
    "pert to one side": ({"pert": [0, 0, 2]}, stats.beta(1, 5, scale=2)),
    "triangular": ({"triangular": [-1, 0.25, 2]}, stats.triang(1.25 / 3, loc=-1, scale=3)),
    "triangular rising": ({"triangular": [-1, 2, 2]}, stats.triang(1, loc=-1, scale=3)),
    "triangular falling": ({"triangular": [-1, -1, 2]}, stats.triang(0, loc=-1, scale=3)),
    "uniform": ({"uniform": [-2, 3]}, stats.uniform(-2, 5)),
    "normal": ({"normal": {"mean": 0.4, "sd": 0.8}}, stats.norm(0.4, 0.8)),
    "lognormal": (
        {"lognormal": {"p05": math.exp(-0.4 * Z95), "p95": math.exp(0.4 * Z95)}},
        stats.lognorm(0.4),
    ),
    "lognormal by its median": (
        {"lognormal": {"median": 0.5, "p95": 0.5 * math.exp(0.6 * Z95)}},
        stats.lognorm(0.6, scale=0.5),
    ),
    "beta": ({"beta": {"mean": 0.3, "sd": 0.1}}, stats.beta(6, 14)),
    "beta with two tops": ({"beta": {"mean": 0.5, "sd": 0.4}}, stats.beta(0.28125, 0.28125)),
    "counts": ({"counts": {"events": 3, "n": 9}}, stats.beta(3.5, 6.5)),
    "no events": ({"counts": {"events": 0, "n": 40}}, stats.beta(0.5, 40.5)),
    "interval from below 0": ({"interval": {"low": -1, "high": 4}}, stats.norm(1.5, 2.5 / Z95)),
    "interval above 0": (
        {"interval": {"low": 0.5, "high": 4, "coverage": 0.8}},
        stats.lognorm(math.log(8) / 2 / stats.norm.ppf(0.9), scale=math.sqrt(2)),
    ),
}
RANGES = [
    ANY,
    NOT_NEGATIVE,
    SHARE,
    ABOVE_MINUS_ONE,
    Range(0.25, 0.75),
    Range(low=0.5),
    Range(high=0.5),
]
laws = pytest.mark.parametrize(("written", "law"), LAWS.values(), ids=LAWS)
ranges = pytest.mark.parametrize("allowed", RANGES, ids=str)


def of(written: dict, allowed: Range = ANY):
    return inverse(READ(written), allowed)


def near(found, wanted, rel=1e-9):
    np.testing.assert_allclose(found, wanted, rtol=rel, atol=1e-12)


# --- against scipy's laws -----------------------------------------------------------------------


@laws
def test_the_whole_distribution(written, law):
    p = np.array([1e-9, 1e-4, 0.05, 0.3, 0.5, 0.8, 0.95, 0.9999, 1 - 1e-9])
    near(of(written)(p), law.ppf(p), rel=1e-8)
    assert of(written).lost == pytest.approx(0, abs=1e-15)


@laws
@ranges
def test_what_is_cut_off(written, law, allowed):
    start, end = law.cdf(allowed.low), law.cdf(allowed.high)
    if moments(READ(written), allowed).lost == 1:
        return
    p = np.array([1e-6, 0.01, 0.05, 0.3, 0.5, 0.8, 0.95, 0.99, 1 - 1e-6])
    found = of(written, allowed)
    assert found.lost == pytest.approx(1 - (end - start), abs=1e-9)
    assert found.lost == moments(READ(written), allowed).lost
    if end - start < 1e-4:
        return  # probabilities from below, as here, are then too alike; see the tails further on
    near(found(p), law.ppf(start + p * (end - start)), rel=1e-8)


@laws
@ranges
def test_mean_and_spread_of_quantiles_are_those_of_the_truncated_distribution(
    written, law, allowed
):
    """The error of the middles of 65,536 strips is below 0.0003 standard deviations."""
    expected, _, lost = moments(READ(written), allowed)
    if lost > 0.9999:
        return
    values, sd = of(written, allowed)(GRID), law.std()
    assert abs(values.mean() - expected) < 3e-4 * sd
    low, high = max(allowed.low, law.ppf(1e-15)), min(allowed.high, law.isf(1e-15))
    x = np.linspace(low, high, 400_001)
    weights = np.diff(law.cdf(x))
    middles = (x[1:] + x[:-1]) / 2
    variance = np.average((middles - expected) ** 2, weights=weights)
    assert values.var() == pytest.approx(variance, rel=4e-3)


def test_every_form_is_registered_and_tried():
    assert set(INVERSES) == set(UNCERTAIN)
    tried = {next(iter(written)) for written, _ in LAWS.values()} | {"discrete"}
    assert tried == {form.tag for form in UNCERTAIN}


# --- bounds, order, shape -----------------------------------------------------------------------


@laws
@ranges
def test_values_rise_and_stay_within_the_range(written, law, allowed):
    p = np.concatenate([[2.0**-1000, 2.0**-60, 2.0**-33], GRID[::16], [1 - 2.0**-33, 1 - 2.0**-53]])
    if moments(READ(written), allowed).lost == 1:
        return
    values = of(written, allowed)(p)
    assert np.isfinite(values).all()
    assert allowed.contains(values.min())
    assert allowed.contains(values.max())
    assert (np.diff(values) >= -1e-12 * np.abs(values[1:])).all()


def test_an_open_bound_itself_never_comes_out():
    tiny = np.array([2.0**-1000])
    assert of({"uniform": [-3, 1]}, ABOVE_MINUS_ONE)(tiny) > -1
    assert of({"uniform": [-3, 1]}, Range(low=-1))(tiny) == -1


def test_any_shape():
    triangle = of({"triangular": [0, 1, 2]})
    assert triangle(np.full((3, 4), 0.5)).shape == (3, 4)
    assert triangle(0.5) == 1
    assert triangle([]).shape == (0,)
    discrete = of({"discrete": {"values": [1, 2], "probabilities": [0.5, 0.5]}})
    assert discrete(np.full((3, 4), 0.7)).tolist() == [[2] * 4] * 3


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.5, math.nan, [0.5, 1], [0.5, math.nan]])
def test_probabilities_of_0_and_1_and_beyond_are_refused(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        of({"uniform": [0, 1]})(p)


# --- tails --------------------------------------------------------------------------------------


def test_far_above_and_far_below_mirror_each_other():
    p = GRID[::1024]
    above = of({"normal": {"mean": 0, "sd": 1}}, Range(low=6.5))
    below = of({"normal": {"mean": 0, "sd": 1}}, Range(high=-6.5))
    near(above(p), -below(1 - p), rel=1e-14)
    assert np.unique(above(p)).size == p.size
    near(stats.norm.sf(above(p)), (1 - p) * stats.norm.sf(6.5), rel=1e-12)


def test_the_upper_tail_of_a_beta_and_a_triangle():
    p = GRID[::1024]
    beta, law = of({"beta": {"mean": 0.3, "sd": 0.1}}, Range(low=0.8)), stats.beta(6, 14)
    near(law.sf(beta(p)), (1 - p) * law.sf(0.8), rel=1e-9)
    triangle = of({"triangular": [0, 1, 2]}, Range(low=2 - 1e-5))
    near((2 - triangle(p)) / 1e-5, np.sqrt(1 - p), rel=1e-9)


def test_the_last_number_before_1_is_no_infinite_value():
    last, sd = np.array([1 - 2.0**-53]), 1.0
    for allowed in (NOT_NEGATIVE, Range(low=-39), Range(low=-40, high=39), Range(-39, 40)):
        assert 7 < of({"normal": {"mean": 0, "sd": sd}}, allowed)(last) < 9
    assert of({"counts": {"events": 0, "n": 40}}, Range(low=0.001))(last) < 0.7
    assert of({"counts": {"events": 40, "n": 40}}, Range(high=0.999))(1 - last) > 0.3


# --- forms by hand ------------------------------------------------------------------------------


def test_discrete_values_come_in_order_and_in_their_shares():
    found = of({"discrete": {"values": [5, 1, 3, 1], "probabilities": [0.5, 0.125, 0.25, 0.125]}})
    values, counts = np.unique(found(GRID), return_counts=True)
    assert values.tolist() == [1, 3, 5]
    assert (counts / GRID.size).tolist() == [0.25, 0.25, 0.5]
    # a quantile is the least value with at least this probability
    assert found([0.25, 0.2500001, 0.5, 0.5000001]).tolist() == [1, 3, 3, 5]


def test_what_is_cut_from_a_discrete_number_leaves_the_rest_in_proportion():
    table = {"values": [-1, 0.2, 0.8], "probabilities": [0.5, 0.125, 0.375]}
    found = of({"discrete": table}, SHARE)
    assert (found.lost, found(GRID).mean()) == (0.5, pytest.approx(0.65))


def test_a_discrete_value_on_an_open_bound_or_without_probability_never_comes_out():
    table = {"values": [-1, 2, 7], "probabilities": [0.5, 0.5, 0]}
    assert of({"discrete": table}, ABOVE_MINUS_ONE)([0.01, 0.99]).tolist() == [2, 2]
    assert of({"discrete": table}, Range(low=-1))([0.01, 0.99]).tolist() == [-1, 2]


def test_a_lognormal_and_an_interval_pass_through_what_was_given():
    near(of({"lognormal": {"p05": 2, "p95": 9}})([0.05, 0.95]), [2, 9])
    near(of({"lognormal": {"median": 2, "p95": 9}})([0.5, 0.95]), [2, 9])
    near(of({"interval": {"low": -2, "high": 9, "coverage": 0.8}})([0.1, 0.9]), [-2, 9])
    near(of({"interval": {"low": 2, "high": 9, "coverage": 0.8}})([0.1, 0.9]), [2, 9])


@pytest.mark.parametrize(
    "written",
    [
        {"pert": [0.4, 0.4, 0.4]},
        {"triangular": [0.4, 0.4, 0.4]},
        {"uniform": [0.4, 0.4]},
        {"normal": {"mean": 0.4, "sd": 0}},
        {"lognormal": {"median": 0.4, "p95": 0.4}},
        {"beta": {"mean": 0.4, "sd": 0}},
        {"discrete": {"values": [0.4], "probabilities": [1]}},
        {"interval": {"low": 0.4, "high": 0.4}},
        {"interval": {"low": 0, "high": 0}},
    ],
)
@ranges
def test_a_number_without_spread_is_the_point_estimate_exactly(written, allowed):
    expected = moments(READ(written), allowed).expected
    if math.isnan(expected):
        return
    assert (of(written, allowed)(GRID[:99]) == expected).all()


def test_central_changes_no_quantile():
    p = GRID[:99]
    assert (of({"uniform": [0, 1], "central": 9})(p) == of({"uniform": [0, 1]})(p)).all()


@pytest.mark.parametrize(
    "written",
    [
        {"pert": [-3, -2, -1]},
        {"triangular": [-2, -2, -2]},
        {"uniform": [-3, 0]},
        {"normal": {"mean": -100, "sd": 1}},
        {"normal": {"mean": -1, "sd": 0}},
        {"discrete": {"values": [-1, 2], "probabilities": [1, 0]}},
        {"interval": {"low": -20, "high": -18}, "central": 3},
    ],
)
def test_nothing_left_in_the_range(written):
    with pytest.raises(ValueError, match=r"nothing of this .* lies within >= 0"):
        of(written, NOT_NEGATIVE)


# --- properties ---------------------------------------------------------------------------------

finite = st.floats(-50, 50).map(lambda x: round(x, 3))
positive = st.floats(0.01, 50).map(lambda x: round(x, 3))


@st.composite
def written_numbers(draw):
    kind = draw(st.sampled_from(["pert", "triangular", "uniform", "normal", "lognormal", "counts"]))
    if kind in ("pert", "triangular"):
        return {kind: sorted(draw(st.lists(finite, min_size=3, max_size=3)))}
    if kind == "uniform":
        return {kind: sorted(draw(st.lists(finite, min_size=2, max_size=2)))}
    if kind == "normal":
        return {kind: {"mean": draw(finite), "sd": draw(positive)}}
    if kind == "lognormal":
        low, high = sorted(draw(st.lists(positive, min_size=2, max_size=2)))
        assume(high < 5 * low)  # of longer tails a grid of quantiles does not give the mean
        return {kind: {draw(st.sampled_from(["p05", "median"])): low, "p95": high}}
    n = draw(st.integers(1, 200))
    return {kind: {"events": draw(st.integers(0, n)), "n": n}}


@st.composite
def bounds(draw):
    low, high = sorted(draw(st.lists(finite, min_size=2, max_size=2)))
    end = draw(st.sampled_from(["none", "low", "high"]))
    return Range(
        -math.inf if end == "low" else low,
        math.inf if end == "high" else high,
        draw(st.booleans()),
    )


@settings(max_examples=150)
@given(written_numbers(), bounds())
def test_any_number_in_any_range(written, allowed):
    number = READ(written)
    expected, _, lost = moments(number, allowed)
    if lost == 1:
        with pytest.raises(ValueError, match="nothing"):
            inverse(number, allowed)
        return
    values = inverse(number, allowed)(GRID[8::16])
    assert allowed.contains(values[0])
    assert allowed.contains(values[-1])
    assert (np.diff(values) >= -1e-9 * (1 + np.abs(values[1:]))).all()
    assume(lost < 0.999999)
    assert values.mean() == pytest.approx(expected, rel=1e-3, abs=2e-3 * (values.std() + 1e-9))


@given(written_numbers(), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_cutting_at_two_quantiles_stretches_what_is_between(written, first, second):
    number = READ(written)
    low, high = sorted((first, second))
    assume(high - low > 0.01)
    whole = inverse(number, ANY)
    ends = whole([low, high])
    assume(ends[1] - ends[0] > 1e-6)
    cut = inverse(number, Range(float(ends[0]), float(ends[1])))
    p = np.array([0.1, 0.5, 0.9])
    np.testing.assert_allclose(
        cut(p), whole(low + p * (high - low)), rtol=1e-6, atol=1e-6 * (ends[1] - ends[0])
    )
    assert cut.lost == pytest.approx(1 - (high - low), abs=1e-8)


@given(st.floats(0.5, 300), st.floats(0.5, 300), st.floats(1e-6, 1 - 1e-6))
def test_a_normal_cut_at_one_side_is_a_normal_quantile(mean, sd, p):
    found = of({"normal": {"mean": mean, "sd": sd}}, NOT_NEGATIVE)
    kept = 1 - found.lost
    assert found(p) == pytest.approx(
        mean + sd * ndtri(1 - kept + p * kept), rel=1e-6, abs=1e-6 * sd
    )
