"""Two figures as one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measuring.records import record

from impactmonitor.measuring.figures import Figure, figure_of, ratio, total

DECIMALS = st.floats(-1e6, 1e6, allow_nan=False)


def test_a_figure_of_a_record() -> None:
    assert figure_of(record(value=3)) == Figure(3)
    assert figure_of(record(numerator=3, denominator=4)) == Figure(0.75, 3, 4)
    with pytest.raises(ValueError, match="no figure"):
        figure_of(record(target=3))


def test_nothing_is_not_0() -> None:
    assert total([]) is None
    assert total([Figure(0)]) == Figure(0)
    assert total([ratio(0, 0)]) == Figure(None, 0, 0)


@given(st.lists(DECIMALS, min_size=1), st.randoms(use_true_random=False))
def test_a_sum_is_exact_in_any_order(numbers: list[float], order: object) -> None:
    shuffled = sorted(numbers, key=lambda _: order.random())  # type: ignore[attr-defined]
    found, again = (total(Figure(x) for x in each) for each in (numbers, shuffled))
    assert found == again == Figure(float(sum(map(Fraction, numbers))))


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=1))
def test_a_mean_of_percentages_is_never_taken(pairs: list[tuple[int, int]]) -> None:
    found = total(ratio(n, d) for n, d in pairs)
    assert found is not None
    assert found.value == float(Fraction(sum(n for n, _ in pairs), sum(d for _, d in pairs)))
