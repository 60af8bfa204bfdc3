"""Arrangements of whole cases: the worked example, what the case settles, and the laws."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small import ACTORS, case, cost, gain

from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.financing.arrangement import arrange
from impactmonitor.problems import InvalidInput

FOUR = {**ACTORS, "state": {"kind": "central-government"}}


def methods_section_2(**fields: Any) -> Evaluation:
    """The city loses 148,310; the insurer and the State gain 249,765 and 214,435 in value."""
    return evaluate(case(**{
        "actors": FOUR,
        "costs": {"work": cost(148_310)},
        "effects": {
            "less-care": gain(1, 249_765, falls_to="insurer", cashable=0.1),
            "more-tax": gain(1, 214_435, falls_to="state", cashable=1),
        },
        **fields,
    }))  # fmt: skip


def paid(found: Any) -> dict[tuple[str, str], float]:
    return {(p.giver, p.receiver): round(p.present_value, 6) for p in found.payments}


def test_methods_section_2() -> None:
    found = arrange(methods_section_2(), "value")
    assert found.is_feasible
    assert found.is_needed
    assert {pair: round(amount) for pair, amount in paid(found).items()} == {
        ("insurer", "city"): 79_799,
        ("state", "city"): 68_511,
    }
    city = found.positions["city"]
    assert city.net_after == pytest.approx(0, abs=1e-6)
    assert city.cash_net_after == pytest.approx(0, abs=1e-6)


def test_nobody_pays_from_gains_that_are_no_money() -> None:
    """By default who pays has to be whole in money too: the insurer has 24,976.50 of it."""
    found = arrange(methods_section_2())
    assert found.is_feasible
    insurer, state = found.positions["insurer"], found.positions["state"]
    assert insurer.spares == pytest.approx(24_976.5)
    assert insurer.paid / insurer.spares == pytest.approx(state.paid / state.spares)
    assert found.payments == arrange(methods_section_2(), "both").payments
    assert found.payments == arrange(methods_section_2(), "cash").payments


def test_who_neither_pays_nor_is_asked_need_not_be_whole_in_money() -> None:
    """People lose money but gain in value: that is no reason to pay them, unless it is asked."""
    effects = {
        "joy": gain(1, 50),
        "rent": gain(-1, 20, cashable=1),
        "less-care": gain(1, 500, falls_to="insurer", cashable=1),
    }
    result = evaluate(case(costs={"work": cost(100)}, effects=effects))
    assert arrange(result).positions["people"].lacks == 0
    assert arrange(result, "cash").positions["people"].lacks == 20


def test_citizens_are_not_asked_unless_the_case_says_so() -> None:
    effects = {"joy": gain(1, 500, cashable=1)}
    found = arrange(evaluate(case(costs={"work": cost(100)}, effects=effects)))
    assert found.subsidies == {"city": 100}
    actors = {**ACTORS, "people": {"kind": "citizen", "may_pay": True}}
    found = arrange(evaluate(case(actors=actors, costs={"work": cost(100)}, effects=effects)))
    assert paid(found) == {("people", "city"): 100}
    actors = {**ACTORS, "insurer": {"kind": "health-insurer", "may_pay": False}}
    effects = {"less-care": gain(1, 500, falls_to="insurer", cashable=1)}
    found = arrange(evaluate(case(actors=actors, costs={"work": cost(100)}, effects=effects)))
    assert not found.is_feasible


def test_what_the_case_has_settled() -> None:
    settled = {
        "whole": "value",
        "given": {"state": 100_000},
        "forbidden": [{"from": "insurer", "to": "people"}],
    }
    found = arrange(methods_section_2(arrangement=settled))
    assert found.whole == "value"
    assert paid(found) == {
        ("state", "city"): pytest.approx(100_000, abs=1e-2),
        ("insurer", "city"): pytest.approx(48_310, abs=1e-2),
    }
    # what is asked for on the spot goes before what the case says
    assert arrange(methods_section_2(arrangement=settled), "both").whole == "both"


def test_what_cannot_be_kept_to_is_an_error() -> None:
    settled = {"given": {"insurer": 10}, "forbidden": [
        {"from": "insurer", "to": "city"}]}  # fmt: skip
    with pytest.raises(InvalidInput) as raised:
        arrange(methods_section_2(arrangement=settled))
    assert [p.code for p in raised.value.problems] == ["arrangement-impossible"]


def test_over_time_the_payer_waits_for_its_gains() -> None:
    effects = {"less-care": gain(1, 60, years=3, first_year=2026, falls_to="insurer", cashable=1)}
    result = evaluate(case(costs={"work": cost(100)}, effects=effects))
    found = arrange(result, by_year=True)
    (payment,) = found.payments
    assert min(payment.by_year) == 2026
    assert sum(payment.by_year.values()) == pytest.approx(100)
    assert (found.positions["city"].deepest_need, found.positions["city"].deepest_year) == (
        pytest.approx(100), 2025,
    )  # fmt: skip
    level = arrange(result, by_year=False).payments[0].by_year
    assert set(level) == {2025, 2026, 2027, 2028, 2029}
    assert set(level.values()) == {20.0}


def test_payments_are_worth_now_what_they_are_said_to_be() -> None:
    result = methods_section_2(discount={"rate": 0.07, "timing": "end_of_year"})
    for by_year in (False, True):
        effects = {"gain": gain(1, 500_000, falls_to="insurer", cashable=1)}
        result = evaluate(
            case(costs={"work": cost(100)}, effects=effects,
                 discount={"rate": 0.07, "timing": "end_of_year"})
        )  # fmt: skip
        for payment in arrange(result, by_year=by_year).payments:
            worth = sum(a / 1.07 ** (y - 2024) for y, a in payment.by_year.items())
            assert worth == pytest.approx(payment.present_value)


money = st.integers(-300, 300)


@settings(max_examples=80, deadline=None)
@given(
    st.tuples(money, money, money, money),
    st.tuples(*[st.sampled_from([0.0, 0.5, 1.0])] * 4),
    st.sampled_from([None, "value", "cash", "both"]),
    st.booleans(),
)
def test_everybody_is_whole_or_exactly_what_is_missing_is_said(
    gains: tuple[int, ...], cashable: tuple[float, ...], whole: Any, by_year: bool
) -> None:
    """Society's total is that of before; with the subsidies everybody is whole."""
    effects = {
        f"effect-{name}": gain(1, amount, falls_to=name, cashable=share)
        for name, amount, share in zip(FOUR, gains, cashable, strict=True)
    }
    result = evaluate(case(actors=FOUR, costs={"work": cost(50)}, effects=effects))
    found = arrange(result, whole, by_year)
    moved = sum(p.received - p.paid for p in found.positions.values())
    assert moved == pytest.approx(0, abs=1e-6)
    for position in found.positions.values():
        assert position.received + position.subsidy >= position.lacks - 1e-6
        assert position.paid <= position.spares + 1e-6
        assert not (position.paid > 0 and position.received > 0)
    lacks = sum(p.lacks for p in found.positions.values())
    spares = sum(
        p.spares for name, p in found.positions.items()
        if result.appraised.resolved.may_pay[name]
    )  # fmt: skip
    missing = sum(found.subsidies.values())
    if not by_year:
        assert missing == pytest.approx(max(0.0, lacks - spares), abs=1e-6)
    assert missing >= max(0.0, lacks - spares) - 1e-6
    assert np.isclose(sum(p.present_value for p in found.payments), lacks - missing, atol=1e-6)


def test_who_is_not_asked_to_pay_cannot_have_promised() -> None:
    settled = {"given": {"people": 5}, "minimum": {"insurer": 1}}
    with pytest.raises(InvalidInput) as raised:
        arrange(methods_section_2(arrangement=settled))
    assert [(p.code, p.path) for p in raised.value.problems] == [
        ("may-not-pay", "arrangement.given.people")
    ]


def test_a_promise_that_cannot_be_kept_in_time_is_part_of_what_is_missing() -> None:
    """The insurer has 60 a year from 2026 on, and has promised 100 in all: 100 of it in time."""
    effects = {"care": gain(1, 60, years=2, first_year=2026, falls_to="insurer", cashable=1)}
    settled = {"given": {"insurer": 150}}
    result = evaluate(case(costs={"work": cost(150)}, effects=effects, arrangement=settled))
    found = arrange(result, by_year=True)
    assert not found.is_feasible
    assert found.subsidies == {"insurer": pytest.approx(30, abs=1e-4)}
    assert sum(p.present_value for p in found.payments) == pytest.approx(150, abs=1e-4)


def test_a_promise_when_nobody_lacks_anything_goes_to_those_who_bear_the_costs() -> None:
    actors = {**FOUR, "city": {"kind": "municipality", "reservation": -1e6, "cash_floor": -1e6}}
    found = arrange(methods_section_2(actors=actors, arrangement={"given": {"state": 10}}))
    assert paid(found) == {("state", "city"): pytest.approx(10, abs=1e-3)}


def test_payments_by_year_between_very_many() -> None:
    actors = {f"a{i}": {"kind": "municipality"} for i in range(30)}
    effects = {
        f"e{i}": gain(1, 50 if i % 2 else -40, falls_to=f"a{i}", cashable=1) for i in range(30)
    }
    result = evaluate(case(actors=actors, effects=effects, horizon=300))
    with pytest.raises(InvalidInput) as raised:
        arrange(result, "value", by_year=True)
    assert [p.code for p in raised.value.problems] == ["arrangement-too-large"]
    assert arrange(result, "value").is_feasible
