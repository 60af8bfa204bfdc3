"""Where two cases change places: by hand, and that their scores are the same there only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.scoring.frameworks import filled

from impactmonitor.scoring.crossing import switching_multipliers
from impactmonitor.scoring.drawn_scores import drawn_scores
from impactmonitor.scoring.horizons import multipliers_at

NAN = float("nan")


def test_by_hand():
    """Ahead 0.3 in the short and 0.1 in the medium, behind 0.2 in the long term.

    0.3 + 0.1 (1 + L) / 2 = 0.2 L, so L = 0.35 / 0.15.
    """
    found = switching_multipliers([0.8, 0.6, 0.3], [0.5, 0.5, 0.5], [1, 1, 1], [0, 1, 2], 5)
    assert found == pytest.approx((7 / 3,))


@pytest.mark.parametrize(
    ("first", "second", "highest", "wanted"),
    [
        ([0.5, 0.2], [0.2, 0.5], 5, (1.0,)),  # at the lower end
        ([0.7, 0.4], [0.1, 0.6], 3, (3.0,)),  # at the upper end
        ([0.7, 0.4], [0.1, 0.6], 2.9, ()),  # beyond it
        ([0.9, 0.9], [0.1, 0.1], 9, ()),  # always ahead
        ([0.3, 0.1 + 0.2], [0.1 + 0.2, 0.3], 9, ()),  # always the same, but for rounding
        ([0.9, 0.5], [0.1, 0.5], 9, ()),  # ahead, whatever the long term weighs
        ([0.5, 0.2], [0.2, 0.5], 1, (1.0,)),  # nothing to choose from
        ([0.5, NAN], [0.2, 0.5], 5, ()),  # only the short term has data in both
    ],
)
def test_ends_and_ties(first, second, highest, wanted):
    found = switching_multipliers(first, second, [1, 1], [0, 2], highest)
    assert found == pytest.approx(wanted)
    assert switching_multipliers(second, first, [1, 1], [0, 2], highest) == found


def test_without_weights_nothing_crosses():
    assert switching_multipliers([1, 0], [0, 1], [0, 0], [0, 2], 5) == ()


@given(filled(cases=2, has_gaps=False), st.floats(1, 10))
def test_the_scores_change_order_there_and_nowhere_else(cases, highest):
    assume(cases.weights.any())
    first, second = cases.scores
    found = switching_multipliers(first, second, cases.weights, cases.horizons, highest)
    assert len(found) <= 1
    long = np.unique([*np.linspace(1, highest, 41), *found])
    scores = drawn_scores(cases.scores, cases.weights, multipliers_at(cases.horizons, long))
    gap = scores[:, 0] - scores[:, 1]
    if not found:
        assert (gap > -1e-9).all() or (gap < 1e-9).all()
        return
    assert gap[long == found[0]] == pytest.approx([0], abs=1e-6)
    before, after = gap[long < found[0]], gap[long > found[0]]
    is_rising = gap[-1] > gap[0]
    for part, is_ahead in ((before, not is_rising), (after, is_rising)):
        assert (part > -1e-6).all() if is_ahead else (part < 1e-6).all()


@given(filled(cases=2, has_gaps=False), st.floats(1, 10))
def test_weights_count_in_proportion_only(cases, highest):
    one, other = (
        switching_multipliers(*cases.scores, factor * cases.weights, cases.horizons, highest)
        for factor in (1, 8)
    )
    assert one == pytest.approx(other)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: switching_multipliers([1], [0], [1], [0], 0.5),
        lambda: switching_multipliers([1], [0], [1], [0], float("nan")),
        lambda: switching_multipliers([1], [0], [1], [3], 2),
        lambda: switching_multipliers([2], [0], [1], [0], 2),
        lambda: switching_multipliers([1], [0], [-1], [0], 2),
        lambda: switching_multipliers([1, 0], [0, 0], [1], [0], 2),
    ],
)
def test_what_cannot_cross_is_refused(refused):
    with pytest.raises(ValueError, match=r"multiplier|horizon|score|weight"):
        refused()
