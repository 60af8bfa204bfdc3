"""The three operators: worked numbers, a second slow way, and laws."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.portfolio.operators import Figure, attributed_sum, share, weighted_mean

NAN = math.nan
amounts = st.integers(0, 10_000)
figures = st.one_of(st.none(), st.integers(-1000, 1000))
flags = st.one_of(st.none(), st.sampled_from([0, 1]))
rows = st.lists(st.tuples(amounts, figures), min_size=1, max_size=12)
flagged = st.lists(st.tuples(amounts, flags), min_size=1, max_size=12)


def numbers(values: list[int | None]) -> list[float]:
    return [NAN if value is None else float(value) for value in values]


def columns(found: list[tuple[int, int | None]]) -> tuple[list[float], list[float]]:
    return numbers([w for w, _ in found]), numbers([x for _, x in found])


def slow_mean(found: list[tuple[int, int | None]]) -> Fraction | None:
    """Σ w x / Σ w in fractions, over what is known."""
    known = [(w, x) for w, x in found if x is not None]
    whole = sum(w for w, _ in known)
    return Fraction(sum(w * x for w, x in known), whole) if whole else None


@given(rows)
def test_a_mean_is_what_fractions_say(found: list[tuple[int, int | None]]) -> None:
    value = weighted_mean(*columns(found)).value
    expected = slow_mean(found)
    assert (value is None) == (expected is None)
    if expected is not None:
        assert value == pytest.approx(float(expected), rel=1e-12, abs=1e-12)


@given(rows)
def test_a_mean_lies_between_the_lowest_and_the_highest(
    found: list[tuple[int, int | None]],
) -> None:
    value = weighted_mean(*columns(found)).value
    known = [x for w, x in found if x is not None and w]
    if value is not None:
        assert min(known) - 1e-9 <= value <= max(known) + 1e-9


@given(flagged)
def test_a_share_lies_between_0_and_1(found: list[tuple[int, int | None]]) -> None:
    for within in ("covered", "all"):
        value = share(*columns(found), within=within).value
        assert value is None or 0 <= value <= 1


@given(flagged)
def test_a_share_and_its_opposite_add_up_to_what_is_known(
    found: list[tuple[int, int | None]],
) -> None:
    values, marks = columns(found)
    both = [share(values, m, "all") for m in (marks, [1 - m for m in marks])]
    if both[0].value is not None and both[1].value is not None:
        assert both[0].value + both[1].value == pytest.approx(both[0].coverage)


@given(st.data(), rows)
def test_the_order_never_matters(data: st.DataObject, found: list[tuple[int, int | None]]) -> None:
    mixed = data.draw(st.permutations(found))
    assert weighted_mean(*columns(found)) == weighted_mean(*columns(mixed))
    assert attributed_sum(*columns(found)) == attributed_sum(*columns(mixed))


@given(rows, st.sampled_from([0.25, 2.0, 1024.0]))
def test_a_mean_does_not_change_with_the_scale_of_its_weights(
    found: list[tuple[int, int | None]], scale: float
) -> None:
    weights, values = columns(found)
    assert weighted_mean(weights, values) == weighted_mean([w * scale for w in weights], values)


@given(rows)
def test_the_sum_of_halves_is_the_sum(found: list[tuple[int, int | None]]) -> None:
    factors, values = columns(found)
    halves = [f / 2 for f in factors] * 2
    whole = attributed_sum(factors, values, factors)
    assert attributed_sum(halves, values * 2, halves) == whole


def test_null_is_not_zero() -> None:
    assert weighted_mean([1, 1], [10, NAN]) == Figure(10.0, 0.5)
    assert weighted_mean([1, 1], [10, 0]) == Figure(5.0, 1.0)
    assert attributed_sum([0.1, 0.1], [10, NAN]).coverage == 0.5
    assert attributed_sum([0.1, NAN], [10, 10], [3, 1]) == Figure(1.0, 0.75)


def test_where_nothing_is_known_there_is_a_reason_and_no_number() -> None:
    assert weighted_mean([1, 2], [NAN, NAN]) == Figure(None, 0.0, "no-data")
    assert attributed_sum([0.5], [NAN]) == Figure(None, 0.0, "no-data")
    for nothing in (weighted_mean([], []), attributed_sum([], []), share([0, 0], [1, 1])):
        assert nothing == Figure(None, None, "nothing-held")


@pytest.mark.parametrize(
    ("weights", "values"), [([1], [1, 2]), ([-1], [1]), ([[1]], [[1]])], ids=str
)
def test_what_are_no_holdings_is_refused(weights: list[float], values: list[float]) -> None:
    with pytest.raises(ValueError, match=r"weight|per holding"):
        weighted_mean(weights, values)


def test_a_flag_is_0_or_1() -> None:
    with pytest.raises(ValueError, match="flag"):
        share([1, 1], [0.5, 1])


def test_pcaf_box_8_data_quality() -> None:
    outstanding = [522425, 187449, 82778, 108997, 67556, 54762]
    found = weighted_mean(outstanding, [3, 5, 1, 1, 2, 5]).value
    assert found == pytest.approx(3.03, abs=0.005)
