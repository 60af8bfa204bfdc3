"""Expected values, modes and lost mass, against numerical integration and the format's rules."""

from __future__ import annotations

import math
import warnings

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import integrate, stats

from impactmonitor.model.numbers import (
    ABOVE_MINUS_ONE,
    ANY,
    NOT_NEGATIVE,
    SHARE,
    UNCERTAIN,
    Number,
    Range,
)
from impactmonitor.sampling.moments import (
    beta_shape,
    lognormal_parameters,
    moments,
    pert_shape,
    z_value,
)

READ = TypeAdapter(Number).validate_python
Z95 = stats.norm.ppf(0.95)


def of(written: dict, allowed: Range = ANY):
    return moments(READ(written), allowed)


def between(low, high):
    """The lognormal distribution with these logarithms at 5 and 95 percent."""
    return stats.lognorm((high - low) / 2 / Z95, scale=math.exp((low + high) / 2))


def pert(q):
    low, mode, high = q
    rise = 4 * (mode - low) / (high - low)
    return stats.beta(1 + rise, 5 - rise, loc=low, scale=high - low)


def triangular(q):
    low, mode, high = q
    return stats.triang((mode - low) / (high - low), loc=low, scale=high - low)


def lognormal(q):
    high = math.log(q["p95"])
    return between(math.log(q["p05"]) if "p05" in q else 2 * math.log(q["median"]) - high, high)


def beta(q):
    weight = q["mean"] * (1 - q["mean"]) / q["sd"] ** 2 - 1
    return stats.beta(q["mean"] * weight, (1 - q["mean"]) * weight)


def interval(q):
    z = stats.norm.ppf((1 + q.get("coverage", 0.9)) / 2)
    if q["low"] <= 0:
        return stats.norm((q["low"] + q["high"]) / 2, (q["high"] - q["low"]) / 2 / z)
    low, high = math.log(q["low"]), math.log(q["high"])
    return stats.lognorm((high - low) / 2 / z, scale=math.exp((low + high) / 2))


LAWS = {
    "pert": pert,
    "triangular": triangular,
    "uniform": lambda q: stats.uniform(q[0], q[1] - q[0]),
    "normal": lambda q: stats.norm(q["mean"], q["sd"]),
    "lognormal": lognormal,
    "beta": beta,
    "counts": lambda q: stats.beta(q["events"] + 0.5, q["n"] - q["events"] + 0.5),
    "interval": interval,
}


def reference(written: dict):
    """The same distribution of scipy, made straight from the format."""
    ((kind, q),) = written.items()
    return LAWS[kind](q)


def truncated_mean(law, allowed: Range) -> tuple[float, float]:
    """Mean and mass within a range: the integral of the quantiles between two probabilities."""
    low, high = law.cdf(allowed.low), law.cdf(allowed.high)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", integrate.IntegrationWarning)
        middle = (low + high) / 2
        parts = [integrate.quad(law.ppf, *p, limit=200)[0] for p in ((low, middle), (middle, high))]
    return sum(parts) / (high - low), high - low


WRITTEN = [
    {"pert": [150, 200, 240]},
    {"pert": [0, 0, 10]},
    {"pert": [-5, 1, 1]},
    {"triangular": [0.3, 0.6, 1.0]},
    {"triangular": [-2, -2, 3]},
    {"triangular": [0, 4, 4]},
    {"uniform": [-1, 3]},
    {"normal": {"mean": 0.3, "sd": 0.4}},
    {"lognormal": {"p05": 0.2, "p95": 3}},
    {"lognormal": {"median": 0.8, "p95": 1.6}},
    {"beta": {"mean": 0.3, "sd": 0.1}},
    {"beta": {"mean": 0.9, "sd": 0.2}},
    {"counts": {"events": 0, "n": 12}},
    {"counts": {"events": 12, "n": 12}},
    {"counts": {"events": 3, "n": 20}},
    {"interval": {"low": -1, "high": 4}},
    {"interval": {"low": 0.5, "high": 4, "coverage": 0.5}},
]
RANGES = [
    ANY,
    NOT_NEGATIVE,
    SHARE,
    ABOVE_MINUS_ONE,
    Range(0.25, 0.75),
    Range(low=0.5),
    Range(high=0.5),
]


def names(value):
    return str(value) if isinstance(value, Range) else next(iter(value))


# --- every form, untruncated and truncated ------------------------------------------------------


@pytest.mark.parametrize("written", WRITTEN, ids=names)
@pytest.mark.parametrize("allowed", RANGES, ids=names)
def test_mean_and_lost_mass_are_those_of_the_truncated_distribution(written, allowed):
    law, found = reference(written), of(written, allowed)
    mass = law.cdf(allowed.high) - law.cdf(allowed.low)
    if mass < 1e-9:
        assert (math.isnan(found.expected), found.lost) == (True, 1)
        return
    mean, mass = truncated_mean(law, allowed)
    assert found.expected == pytest.approx(mean, rel=1e-6, abs=1e-7)
    assert found.lost == pytest.approx(1 - mass, abs=1e-9)


@pytest.mark.parametrize("written", WRITTEN, ids=names)
def test_without_bounds_the_mean_is_that_of_the_distribution(written):
    found = of(written)
    assert found.expected == pytest.approx(reference(written).mean(), rel=1e-9)
    assert found.lost == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("written", WRITTEN, ids=names)
@pytest.mark.parametrize("allowed", RANGES, ids=names)
def test_mode_and_mean_lie_within_the_range(written, allowed):
    found = of(written, allowed)
    if not math.isnan(found.expected):
        assert allowed.contains(found.expected)
        assert allowed.low <= found.mode <= allowed.high


def test_every_form_is_tried():
    tried = {next(iter(written)) for written in WRITTEN} | {"discrete"}
    assert tried == {form.tag for form in UNCERTAIN}


# --- the format's own formulas ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"pert": [150, 200, 240]}, (150 + 4 * 200 + 240) / 6),
        ({"triangular": [1, 2, 6]}, (1 + 2 + 6) / 3),
        ({"uniform": [1, 4]}, 2.5),
        ({"normal": {"mean": -3, "sd": 50}}, -3),
        ({"lognormal": {"median": 10, "p95": 10 * math.exp(Z95 * 0.5)}}, 10 * math.exp(0.125)),
        ({"lognormal": {"p05": math.exp(-Z95), "p95": math.exp(Z95)}}, math.exp(0.5)),
        ({"beta": {"mean": 0.2, "sd": 0.1}}, 0.2),
        ({"counts": {"events": 3, "n": 9}}, 3.5 / 10),
        ({"discrete": {"values": [1, 5], "probabilities": [0.75, 0.25]}}, 2),
        ({"interval": {"low": -4, "high": 10}}, 3),
    ],
)
def test_expected_values_by_hand(written, expected):
    assert of(written).expected == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ({"pert": [150, 200, 240]}, 200),
        ({"triangular": [1, 2, 6]}, 2),
        ({"uniform": [1, 4]}, 2.5),  # the midpoint
        ({"normal": {"mean": -3, "sd": 50}}, -3),
        ({"lognormal": {"median": 10, "p95": 10 * math.exp(Z95 * 0.5)}}, 10 * math.exp(-0.25)),
        ({"beta": {"mean": 0.5, "sd": 0.1}}, 0.5),
        ({"counts": {"events": 3, "n": 9}}, 2.5 / 8),  # (a - 1) / (a + b - 2) of 3.5 and 6.5
        ({"counts": {"events": 0, "n": 9}}, 0.5 / 10),  # no inner mode: the mean
        ({"counts": {"events": 9, "n": 9}}, 9.5 / 10),
        ({"beta": {"mean": 0.5, "sd": 0.4}}, 0.5),
        ({"beta": {"mean": 0.1, "sd": 0.2}}, 0.1),
        ({"interval": {"low": -4, "high": 10}}, 3),
        ({"discrete": {"values": [4, 2, 3], "probabilities": [0.4, 0.2, 0.4]}}, 3),
        # the same value twice is one value
        ({"discrete": {"values": [1, 2, 1], "probabilities": [0.3, 0.4, 0.3]}}, 1),
    ],
)
def test_modes_by_hand(written, mode):
    assert of(written).mode == pytest.approx(mode, rel=1e-12)


def test_a_positive_interval_is_lognormal_and_keeps_its_coverage():
    law = reference({"interval": {"low": 2, "high": 8, "coverage": 0.8}})
    assert (law.cdf(2), law.cdf(8)) == pytest.approx((0.1, 0.9))
    found = of({"interval": {"low": 2, "high": 8, "coverage": 0.8}})
    assert found.expected == pytest.approx(law.mean())
    assert found.mode < 4 < found.expected  # of a lognormal around the median of 4


def test_an_interval_from_0_is_normal():
    assert of({"interval": {"low": 0, "high": 8}}).expected == 4


# --- truncation by hand -------------------------------------------------------------------------


def test_modes_outside_the_range_move_to_its_edge():
    assert of({"normal": {"mean": -3, "sd": 5}}, NOT_NEGATIVE).mode == 0
    assert of({"triangular": [-4, -1, 2]}, NOT_NEGATIVE).mode == 0
    assert of({"pert": [0, 2, 3]}, SHARE).mode == 1
    assert of({"lognormal": {"median": 5, "p95": 20}}, SHARE).mode == 1


def test_the_midpoint_of_a_cut_uniform_is_that_of_what_is_left():
    found = of({"uniform": [-1, 3]}, SHARE)
    assert (found.expected, found.mode, found.lost) == (0.5, 0.5, 0.75)


def test_what_is_cut_from_a_discrete_number_leaves_the_rest_in_proportion():
    table = {"values": [-1, 0.2, 0.8], "probabilities": [0.5, 0.125, 0.375]}
    found = of({"discrete": table}, SHARE)
    assert found.expected == pytest.approx((0.2 * 0.125 + 0.8 * 0.375) / 0.5)
    assert (found.mode, found.lost) == (0.8, 0.5)


def test_a_discrete_value_on_an_open_bound_is_outside():
    table = {"values": [-1, 2], "probabilities": [0.5, 0.5]}
    assert of({"discrete": table}, ABOVE_MINUS_ONE).expected == 2
    assert of({"discrete": table}, Range(low=-1)).expected == 0.5


def test_a_value_without_probability_is_no_mode():
    table = {"values": [7, 3], "probabilities": [0, 1]}
    assert of({"discrete": table}).mode == 3


@pytest.mark.parametrize(
    "written",
    [
        {"pert": [-3, -2, -1]},
        {"pert": [-3, -3, -3]},
        {"triangular": [-3, -2, -1]},
        {"triangular": [-2, -2, -2]},
        {"uniform": [-3, -1]},
        {"uniform": [-3, 0]},
        {"uniform": [-1, -1]},
        {"normal": {"mean": -100, "sd": 1}},
        {"normal": {"mean": -1, "sd": 0}},
        {"discrete": {"values": [-1, -2], "probabilities": [0.5, 0.5]}},
        {"discrete": {"values": [-1, 2], "probabilities": [1, 0]}},
        {"interval": {"low": -20, "high": -18}},
        {"interval": {"low": -20, "high": -20}},
    ],
)
def test_nothing_left_in_the_range(written):
    found = of(written, NOT_NEGATIVE)
    assert (math.isnan(found.expected), found.lost) == (True, 1)


@pytest.mark.parametrize(
    "written",
    [
        {"lognormal": {"median": 100, "p95": 101}},
        {"lognormal": {"median": 3, "p95": 3}},
        {"interval": {"low": 5, "high": 6}},
    ],
)
def test_nothing_left_below_1(written):
    assert math.isnan(of(written, SHARE).expected)


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
        {"interval": {"low": -0.0, "high": 0}},
    ],
)
@pytest.mark.parametrize("allowed", [ANY, SHARE])
def test_a_number_without_spread_is_that_number(written, allowed):
    found = of(written, allowed)
    value = 0 if written == {"interval": {"low": -0.0, "high": 0}} else 0.4
    assert found.expected == found.mode == pytest.approx(value, rel=1e-15)
    assert found.lost == 0


# --- central ------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", WRITTEN, ids=names)
def test_central_stands_for_the_expected_value_and_the_mode(written):
    found = of({**written, "central": 0.6}, SHARE)
    assert (found.expected, found.mode) == (0.6, 0.6)
    assert found.lost == of(written, SHARE).lost


def test_central_of_0_is_central():
    assert of({"uniform": [5, 9], "central": 0}).expected == 0


# --- properties ---------------------------------------------------------------------------------

finite = st.floats(-50, 50).map(lambda x: round(x, 3))
positive = st.floats(0.01, 50).map(lambda x: round(x, 3))


@st.composite
def written_numbers(draw):
    kind = draw(st.sampled_from(["pert", "triangular", "uniform", "normal", "lognormal", "counts"]))
    if kind in ("pert", "triangular"):
        q = sorted(draw(st.lists(finite, min_size=3, max_size=3)))
        assume(q[2] - q[0] > 0.01)
    elif kind == "uniform":
        q = sorted(draw(st.lists(finite, min_size=2, max_size=2)))
        assume(q[1] - q[0] > 0.01)
    elif kind == "normal":
        q = {"mean": draw(finite), "sd": draw(positive)}
    elif kind == "lognormal":
        low, high = sorted(draw(st.lists(positive, min_size=2, max_size=2)))
        assume(1.01 * low < high < 20 * low)
        q = {draw(st.sampled_from(["p05", "median"])): low, "p95": high}
    else:
        n = draw(st.integers(1, 200))
        q = {"events": draw(st.integers(0, n)), "n": n}
    return {kind: q}


@st.composite
def bounds(draw):
    low, high = sorted(draw(st.lists(finite, min_size=2, max_size=2)))
    open_end = draw(st.sampled_from(["none", "low", "high"]))
    return Range(-math.inf if open_end == "low" else low, math.inf if open_end == "high" else high)


@settings(max_examples=60)
@given(written_numbers(), bounds())
@example({"triangular": [0.0, 1.0, 4.0]}, Range(2.0, 3.0))
@example({"triangular": [0.0, 3.0, 4.0]}, Range(1.0, 2.0))
@example({"normal": {"mean": 40.0, "sd": 5.0}}, Range(low=-50.0, high=5.0))
def test_any_number_in_any_range(written, allowed):
    law, found = reference(written), of(written, allowed)
    # of what lies far out numbers from above and below are too alike to be subtracted
    mass = law.cdf(allowed.high) - law.cdf(allowed.low)
    assume(mass > 1e-6)
    mean, _ = truncated_mean(law, allowed)
    size = max(abs(mean), abs(law.mean()), law.std())
    assert found.expected == pytest.approx(mean, rel=1e-5, abs=1e-5 * size)
    assert found.lost == pytest.approx(1 - mass, abs=1e-9)
    assert allowed.low <= found.mode <= allowed.high


@given(written_numbers(), st.floats(0.1, 9), st.floats(-20, 20))
def test_another_unit_of_measurement_moves_everything_with_it(written, scale, shift):
    ((kind, q),) = written.items()
    assume(kind in ("pert", "triangular", "uniform"))
    allowed = Range(0.0, 10.0)
    moved = Range(shift, 10 * scale + shift)
    found = of(written, allowed)
    again = of({kind: [x * scale + shift for x in q]}, moved)
    assume(found.lost < 0.999)
    assert again.expected == pytest.approx(found.expected * scale + shift, rel=1e-6, abs=1e-5)
    assert again.mode == pytest.approx(found.mode * scale + shift, rel=1e-6, abs=1e-5)
    assert again.lost == pytest.approx(found.lost, abs=1e-7)


@given(st.lists(st.tuples(finite, st.integers(0, 9)), min_size=1, max_size=6), bounds())
def test_discrete_numbers_are_as_in_a_plain_loop(table, allowed):
    total = sum(weight for _, weight in table)
    assume(total > 0)
    written = {
        "values": [value for value, _ in table],
        "probabilities": [weight / total for _, weight in table],
    }
    found = of({"discrete": written}, allowed)
    kept = [(v, w) for v, w in table if allowed.low <= v <= allowed.high and w > 0]
    weight = sum(w for _, w in kept)
    if not weight:
        assert math.isnan(found.expected)
        return
    assert found.expected == pytest.approx(sum(v * w for v, w in kept) / weight, abs=1e-9)
    assert found.lost == pytest.approx(1 - weight / total, abs=1e-12)
    by_value = {v: sum(w for u, w in kept if u == v) for v, _ in kept}
    assert by_value[found.mode] == max(by_value.values())


# --- shapes -------------------------------------------------------------------------------------


def test_normal_quantiles():
    for p in (0.01, 0.5, 0.95, 0.999):
        assert z_value(p) == pytest.approx(stats.norm.ppf(p), abs=1e-12)


def test_shapes_give_back_mean_spread_and_quantiles():
    shape = beta_shape(READ({"beta": {"mean": 0.3, "sd": 0.1}}))
    assert stats.beta(*shape).mean() == pytest.approx(0.3)
    assert stats.beta(*shape).std() == pytest.approx(0.1)
    law = stats.beta(*pert_shape(READ({"pert": [10, 12, 20]})), loc=10, scale=10)
    assert law.mean() == pytest.approx((10 + 48 + 20) / 6)
    for quantiles in ({"p05": 2, "p95": 9}, {"median": 3, "p95": 9}):
        mu, sigma = lognormal_parameters(READ({"lognormal": quantiles}))
        law = stats.lognorm(sigma, scale=math.exp(mu))
        for name, value in quantiles.items():
            probability = {"p05": 0.05, "median": 0.5, "p95": 0.95}[name]
            assert law.cdf(value) == pytest.approx(probability)
