"""Small local results beside a card: a worked example, published intervals, laws, a slow way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.appraisal.shrinkage import (
    Spread,
    TwoGroups,
    in_a_new_setting,
    log_ratio,
    shrink,
    spread_of_interval,
    z_of,
)
from impactmonitor.problems import InvalidInput

MEANS = st.floats(-3, 3)
SDS = st.floats(0.01, 3)


def test_worked_example_of_a_local_halving() -> None:
    """Ratio 0.50 with s = 0.45 beside the falls card: weight 0.17, then 0.72 (0.50 to 1.03)."""
    prior = in_a_new_setting(Spread(-0.2614, 0.0398), 0.20)
    found = shrink(Spread(math.log(0.50), 0.45), prior)
    low, high = found.interval()
    assert found.weight == pytest.approx(0.17, abs=0.005)
    rounded = [round(math.exp(x), 2) for x in (found.mean, low, high)]
    assert rounded == [0.72, 0.5, 1.03]


def test_the_fall_card_in_a_new_setting() -> None:
    """0.71 to 0.83 is about the mean of settings; the next project is 0.52 to 1.15."""
    low, high = in_a_new_setting(Spread(-0.2614, 0.0398), 0.20).interval()
    assert [round(math.exp(x), 2) for x in (low, high)] == [0.52, 1.15]


def test_intervals_of_the_flu_letters_have_their_own_coverage() -> None:
    """99.55% and 99.29%: sigma 0.2094 and 0.1133 percentage points."""
    assert spread_of_interval(0.29, 1.48, 0.9955, is_ratio=False).sd == pytest.approx(
        0.2094, abs=5e-5
    )
    assert spread_of_interval(0.0, 0.61, 0.9929, is_ratio=False).sd == pytest.approx(
        0.1133, abs=5e-5
    )
    assert z_of(0.95) == pytest.approx(1.959964, abs=1e-6)


@given(MEANS, SDS, MEANS, SDS)
def test_the_answer_lies_between_and_is_surer_than_either(
    here: float, s: float, there: float, sd: float
) -> None:
    found = shrink(Spread(here, s), Spread(there, sd))
    assert min(here, there) - 1e-9 <= found.mean <= max(here, there) + 1e-9
    assert found.sd <= min(s, sd) + 1e-12
    assert 0 <= found.weight <= 1


@given(MEANS, SDS, MEANS, SDS)
def test_weighing_is_the_same_from_either_side(
    here: float, s: float, there: float, sd: float
) -> None:
    one = shrink(Spread(here, s), Spread(there, sd))
    other = shrink(Spread(there, sd), Spread(here, s))
    assert one.mean == pytest.approx(other.mean, abs=1e-9)
    assert one.sd == pytest.approx(other.sd)
    assert one.weight == pytest.approx(1 - other.weight)


def test_the_posterior_on_a_fine_grid() -> None:
    """A second way: prior times likelihood, added up."""
    grid = np.linspace(-4, 4, 400_001)
    weights = np.exp(-((grid + 0.26) ** 2) / (2 * 0.2**2) - (grid + 0.7) ** 2 / (2 * 0.45**2))
    mean = float((grid * weights).sum() / weights.sum())
    sd = math.sqrt(float((weights * (grid - mean) ** 2).sum() / weights.sum()))
    found = shrink(Spread(-0.7, 0.45), Spread(-0.26, 0.2))
    assert (found.mean, found.sd) == pytest.approx((mean, sd), abs=1e-6)


def test_an_exact_local_result_stands() -> None:
    found = shrink(Spread(0.3, 0.0), Spread(-1.0, 0.5))
    assert (found.mean, found.sd, found.weight) == (0.3, 0.0, 1.0)


# Two groups -------------------------------------------------------------------------------------


def test_physicians_health_study_risk_ratio_of_heart_attacks() -> None:
    """104 of 11,037 with aspirin, 189 of 11,034 with placebo: 0.55 (0.43 to 0.70).

    Counts of the final report (NEJM 1989), worked out with the formula of the textbook.
    """
    found = log_ratio("RR", TwoGroups(104, 11_037, 189, 11_034))
    low, high = found.interval()
    assert [round(math.exp(x), 2) for x in (found.mean, low, high)] == [0.55, 0.43, 0.70]


@pytest.mark.parametrize("measure", ["RaR", "RR", "OR"])
def test_the_standard_error_by_drawing_groups(measure: str) -> None:
    """A second way: the spread of the ratio over many pairs of groups."""
    chance = np.random.default_rng(3)
    n, m, p, q = 2_000, 1_500, 0.2, 0.3
    if measure == "RaR":
        a, c = chance.poisson(n * p, 40_000), chance.poisson(m * q, 40_000)
        logs = np.log((a / n) / (c / m))
    else:
        a, c = chance.binomial(n, p, 40_000), chance.binomial(m, q, 40_000)
        logs = np.log((a / n) / (c / m))
        if measure == "OR":
            logs = np.log((a / (n - a)) / (c / (m - c)))
    found = log_ratio(measure, TwoGroups(n * p, n, m * q, m))
    assert found.sd == pytest.approx(float(logs.std()), rel=0.02)
    assert found.mean == pytest.approx(float(logs.mean()), abs=0.01)


@pytest.mark.parametrize("measure", ["RaR", "IRR", "RR", "OR"])
@pytest.mark.parametrize("cells", [(0, 50, 4, 50), (4, 50, 0, 50), (0, 50, 0, 50)])
def test_an_empty_cell_gives_a_wide_answer_and_not_none(
    measure: str, cells: tuple[float, ...]
) -> None:
    found = log_ratio(measure, TwoGroups(*cells))
    assert math.isfinite(found.mean)
    assert found.sd > 1.4


@given(st.integers(1, 40), st.integers(41, 90), st.integers(1, 40), st.integers(41, 90))
def test_swapping_the_groups_turns_the_ratio_round(a: int, n: int, c: int, m: int) -> None:
    for measure in ("RaR", "RR", "OR"):
        one, other = (
            log_ratio(measure, TwoGroups(a, n, c, m)),
            log_ratio(measure, TwoGroups(c, m, a, n)),
        )
        assert one.mean == pytest.approx(-other.mean, abs=1e-12)
        assert one.sd == pytest.approx(other.sd)


@pytest.mark.parametrize(
    ("measure", "groups", "code"),
    [
        ("HR", TwoGroups(1, 10, 2, 10), "local-ratio-impossible"),
        ("MD", TwoGroups(1, 10, 2, 10), "local-ratio-impossible"),
        ("RR", TwoGroups(11, 10, 2, 10), "local-more-events"),
        ("OR", TwoGroups(1, 10, 12, 10), "local-more-events"),
        ("RR", TwoGroups(10, 10, 10, 10), "local-no-contrast"),
    ],
)
def test_what_gives_no_ratio_is_refused(measure: str, groups: TwoGroups, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        log_ratio(measure, groups)
    assert caught.value.problems[0].code == code


def test_events_may_be_more_than_people_for_a_rate() -> None:
    assert math.exp(log_ratio("RaR", TwoGroups(30, 10, 60, 10)).mean) == pytest.approx(0.5)
