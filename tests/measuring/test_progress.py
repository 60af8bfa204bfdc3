"""Progress and its light."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from impactmonitor.measuring.progress import Progress, light_of, progress
from impactmonitor.model.monitoring import Direction, Thresholds

FIGURES = st.integers(-1000, 1000)
DIRECTIONS = st.sampled_from(["increase", "decrease"])


@pytest.mark.parametrize(
    ("value", "baseline", "target", "direction", "share", "light"),
    [
        (50, 0, 100, "increase", 0.5, "behind"),
        (70, 0, 100, "increase", 0.7, "near"),
        (90, 0, 100, "increase", 0.9, "on_track"),
        (100, 0, 100, "increase", 1, "met"),
        (120, 0, 100, "increase", 1.2, "met"),
        (-10, 0, 100, "increase", -0.1, "behind"),
        (90, 120, 80, "decrease", 0.75, "near"),
        (0.1 + 0.2, 0, 0.3, "increase", 1, "met"),
    ],
)
def test_a_part_of_the_way(
    value: float, baseline: float, target: float, direction: Direction, share: float, light: str
) -> None:
    found = progress(value, baseline, target, direction)
    assert found.share == pytest.approx(share)
    assert (found.light, found.lack) == (light, None)


@pytest.mark.parametrize(
    ("value", "direction", "light"),
    [(5, "increase", "met"), (6, "increase", "met"), (4, "increase", "not_met"),
     (5, "decrease", "met"), (4, "decrease", "met"), (6, "decrease", "not_met")],
)  # fmt: skip
def test_a_target_at_the_baseline_is_met_or_not(
    value: float, direction: Direction, light: str
) -> None:
    found = progress(value, 5, 5, direction)
    assert (found.share, found.light) == (None, light)


def test_what_is_missing_is_said_and_is_not_0() -> None:
    assert progress(1, 0, None, "increase") == Progress(None, "none", "no-target")
    assert progress(1, None, 5, "increase") == Progress(None, "none", "no-baseline")
    assert progress(None, 0, 5, "increase") == Progress(None, "none", "no-value")
    assert progress(0, 0, 5, "increase") == Progress(0, "behind")


def test_thresholds_of_ones_own() -> None:
    strict = Thresholds(on_track=0.95, near=0.5)
    assert [light_of(share, strict) for share in (0.96, 0.94, 0.5, 0.4)] == [
        "on_track", "near", "near", "behind",
    ]  # fmt: skip


@given(FIGURES, FIGURES, FIGURES, DIRECTIONS)
def test_it_is_the_same_in_any_unit_and_upside_down(
    value: int, baseline: int, target: int, direction: Direction
) -> None:
    """Progress to fewer of something is that to more of its absence."""
    other: Direction = "decrease" if direction == "increase" else "increase"
    found = progress(value, baseline, target, direction)
    assert progress(-value, -baseline, -target, other) == found
    scaled = progress(8 * value, 8 * baseline, 8 * target, direction)
    assert scaled == found


@given(FIGURES, FIGURES, FIGURES)
def test_the_share_leads_from_the_baseline_to_the_value(
    value: int, baseline: int, target: int
) -> None:
    assume(target != baseline)
    share = progress(value, baseline, target, "increase").share
    assert share is not None
    assert math.isclose(baseline + share * (target - baseline), value, abs_tol=1e-9)
