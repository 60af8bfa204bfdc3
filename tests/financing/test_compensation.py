"""Side payments: the published example of our methods, laws, and a search by brute force."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactmonitor.financing.compensation import (
    Conditions,
    Payments,
    Timing,
    deepest_need,
    payments_over_time,
    side_payments,
)
from impactmonitor.financing.programme import Unsolvable

NEED = np.array([148_310.0, 0.0, 0.0])
CAPACITY = np.array([0.0, 249_765.0, 214_435.0])


def conditions(need: Sequence[float], capacity: Sequence[float], **settled: object) -> Conditions:
    plain = Conditions.plain(np.array(need, dtype=float), np.array(capacity, dtype=float))
    fields = {name: getattr(plain, name) for name in plain.__dataclass_fields__}
    return Conditions(**{**fields, **settled})


def without(actors: int, *pairs: tuple[int, int]) -> np.ndarray:
    allowed = ~np.eye(actors, dtype=bool)
    for payer, receiver in pairs:
        allowed[payer, receiver] = False
    return allowed


def test_methods_section_2_a_municipality_an_insurer_and_the_state() -> None:
    found = side_payments(Conditions.plain(NEED, CAPACITY))
    assert found.is_feasible
    assert found.amounts[1:, 0].round().tolist() == [79_799, 68_511]
    assert found.received.sum() == pytest.approx(148_310, abs=1e-9)


def test_the_programme_finds_what_follows_in_proportion() -> None:
    """The same conditions, once open and once with a minimum that does not bind."""
    bound = conditions(NEED.tolist(), CAPACITY.tolist(), minimum=np.array([0.0, 1.0, 0.0]))
    assert not bound.is_open
    assert side_payments(bound).amounts == pytest.approx(
        side_payments(Conditions.plain(NEED, CAPACITY)).amounts, rel=1e-6, abs=1e-3
    )


def test_a_forbidden_pair_leaves_the_others() -> None:
    found = side_payments(conditions([10, 5, 0, 0], [0, 0, 10, 10], allowed=without(4, (2, 0))))
    assert found.is_feasible
    assert found.amounts[2, 0] == 0
    assert found.paid == pytest.approx([0, 0, 5, 10], abs=1e-6)


def test_what_is_forbidden_can_make_it_impossible() -> None:
    found = side_payments(conditions([10, 0], [0, 20], allowed=without(2, (1, 0))))
    assert not found.is_feasible
    assert found.subsidies == pytest.approx([10, 0])
    assert not found.amounts.any()


def test_a_required_pair_is_paid_at_least() -> None:
    least = np.zeros((4, 4))
    least[2, 0] = 8
    found = side_payments(conditions([10, 5, 0, 0], [0, 0, 10, 10], least=least))
    assert found.amounts[2, 0] >= 8 - 1e-6
    assert found.received == pytest.approx([10, 5, 0, 0], abs=1e-6)
    assert found.paid == pytest.approx([0, 0, 8, 7], abs=1e-6)


def test_a_given_contribution_is_paid_exactly() -> None:
    given_ = np.array([np.nan, 100_000.0, np.nan])
    found = side_payments(conditions(NEED.tolist(), CAPACITY.tolist(), given=given_))
    assert found.paid == pytest.approx([0, 100_000, 48_310], abs=1e-3)


def test_a_promise_above_what_an_actor_can_spare_asks_for_a_subsidy() -> None:
    found = side_payments(conditions([10, 0], [0, 4], given=np.array([np.nan, 10.0])))
    assert found.paid == pytest.approx([0, 10])
    assert found.subsidies == pytest.approx([0, 6])


def test_a_promise_that_nobody_may_receive() -> None:
    asked = conditions([0, 0], [5, 5], given=np.array([1.0, np.nan]))
    with pytest.raises(Unsolvable):
        side_payments(asked)


def test_nobody_in_need() -> None:
    found = side_payments(Conditions.plain(np.zeros(2), np.ones(2)))
    assert found.is_feasible
    assert not found.amounts.any()


amounts = st.lists(st.integers(-30, 30), min_size=2, max_size=6)


@settings(max_examples=150, deadline=None)
@given(amounts)
def test_everybody_is_whole_and_no_smaller_total_will_do(left: list[int]) -> None:
    net = np.array(left, dtype=float)
    need, capacity = np.maximum(-net, 0), np.maximum(net, 0)
    found = side_payments(Conditions.plain(need, capacity))
    after = net - found.paid + found.received + found.subsidies
    assert (after >= -1e-9).all()
    assert not (found.paid * found.received).any()
    assert found.subsidies.sum() == pytest.approx(max(0.0, need.sum() - capacity.sum()))
    # nobody in need is helped with less than what is missing
    assert found.amounts.sum() + found.subsidies.sum() == pytest.approx(need.sum())
    payers = capacity > 0
    if found.amounts.any():
        shares = found.paid[payers] / capacity[payers]
        assert shares == pytest.approx(np.full(payers.sum(), shares[0]))


def brute_force(need: list[int], capacity: list[int], allowed: np.ndarray) -> int:
    """The smallest missing subsidy, by trying all whole payments."""
    pairs = [
        (a, b) for a in range(len(need)) for b in range(len(need))
        if allowed[a, b] and capacity[a] and need[b]
    ]  # fmt: skip
    best = sum(need)
    ranges = [range(min(capacity[a], need[b]) + 1) for a, b in pairs]
    for tried in itertools.product(*ranges):
        paid, got = [0] * len(need), [0] * len(need)
        for (a, b), amount in zip(pairs, tried, strict=True):
            paid[a] += amount
            got[b] += amount
        if all(p <= c for p, c in zip(paid, capacity, strict=True)):
            missing = sum(max(0, n - g) for n, g in zip(need, got, strict=True))
            best = min(best, missing)
    return best


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=2),
    st.lists(st.integers(0, 4), min_size=2, max_size=2),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_the_missing_subsidy_is_exact(
    need: list[int], capacity: list[int], forbidden: list[bool]
) -> None:
    allowed = ~np.eye(4, dtype=bool)
    for place, (payer, receiver) in enumerate(itertools.product((2, 3), (0, 1))):
        allowed[payer, receiver] = not forbidden[place]
    needs, capacities = [*need, 0, 0], [0, 0, *capacity]
    found = side_payments(conditions(needs, capacities, allowed=allowed))
    expected = brute_force(needs, capacities, allowed)
    assert found.subsidies.sum() == pytest.approx(expected, abs=1e-6)
    after = np.array(capacities) - needs - found.paid + found.received + found.subsidies
    assert (after >= -1e-6).all()


def over_time(
    need: list[float], capacity: list[float], factors: list[float], cash: list[list[float]]
) -> Payments:
    return payments_over_time(conditions(need, capacity), Timing(np.array(factors), np.array(cash)))


def test_nobody_advances_money_for_others() -> None:
    found = over_time([12, 0], [0, 20], [1.0, 1.0, 1.0], [[-6, -6, 0], [0, 8, 12]])
    assert found.is_feasible
    assert found.by_year is not None
    assert found.by_year[1, 0] == pytest.approx([0, 6, 6], abs=1e-6)


def test_money_that_comes_too_late_is_missing() -> None:
    """The payer gains in value, but has no cash of its own in any year: nothing can be paid."""
    found = over_time([5, 0], [0, 20], [1.0, 1.0], [[-5, 0], [-10, 10]])
    assert found.subsidies == pytest.approx([5, 0])


def test_money_that_is_needed_later_cannot_be_paid_before() -> None:
    found = over_time([5, 0], [0, 20], [1.0, 0.5], [[-5, 0], [30, -28]])
    assert found.paid == pytest.approx([0, 2])
    assert found.subsidies == pytest.approx([3, 0])


def test_payments_are_as_even_as_can_be() -> None:
    found = over_time([9, 0], [0, 30], [1.0, 1.0, 1.0], [[0, 0, -9], [10, 10, 10]])
    assert found.by_year is not None
    assert found.by_year[1, 0] == pytest.approx([3, 3, 3], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=2, max_size=4))
def test_conditions_hold_in_every_year(flows: list[list[int]]) -> None:
    cash = np.array(flows, dtype=float)
    factors = np.array([1.0, 0.9, 0.8])
    net = cash @ factors
    need, capacity = np.maximum(-net, 0), np.maximum(net, 0)
    found = payments_over_time(Conditions.plain(need, capacity), Timing(factors, cash))
    assert found.by_year is not None
    moved = found.by_year.sum(axis=0) - found.by_year.sum(axis=1)
    after = net + moved @ factors + found.subsidies
    assert (after >= -1e-6).all()
    cumulative, own = np.cumsum(cash + moved, axis=1), np.cumsum(cash, axis=1)
    payers = found.paid > 0
    assert (cumulative[payers] >= np.minimum(own[payers], 0.0) - 1e-6).all()
    # without the conditions by year nothing less is missing
    assert (
        found.subsidies.sum()
        >= side_payments(Conditions.plain(need, capacity)).subsidies.sum() - 1e-6
    )


def test_the_deepest_need_and_its_year() -> None:
    amount, year = deepest_need(np.array([[-4.0, -4.0, 2.0, -1.0], [3.0, -1.0, 0.0, 0.0]]))
    assert amount.tolist() == [8.0, 0.0]
    assert year.tolist() == [1, 0]


def test_what_is_left_by_rounding_is_nothing_to_spare() -> None:
    """A capacity of 2e-16 beside a need of 0.8 once made the programme fail."""
    found = over_time([0.8, 0], [0, 2.2e-16], [1.0, 0.9], [[0, -1], [-9, 9]])
    assert found.subsidies == pytest.approx([0.8, 0])
