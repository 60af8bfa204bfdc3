"""The payments of an arrangement as transfers of a case that can be evaluated again."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.financing.test_arrangement import FOUR, methods_section_2
from tests.small import case, cost, gain

from impactmonitor.evaluation import evaluate
from impactmonitor.financing.arranged_case import with_payments
from impactmonitor.financing.arrangement import arrange
from impactmonitor.intake.writing import to_yaml
from impactmonitor.model.case import Case
from impactmonitor.plain import read_yaml


@pytest.mark.parametrize("by_year", [False, True])
def test_after_the_payments_everybody_holds_what_was_said(by_year: bool) -> None:
    before = methods_section_2(discount={"rate": 0.03, "timing": "end_of_year"})
    found = arrange(before, "value", by_year)
    after = evaluate(with_payments(found))
    for name, position in found.positions.items():
        assert after.by_actor[name].net == pytest.approx(position.net_after, abs=1e-4)
        assert after.by_actor[name].cash_net == pytest.approx(position.cash_net_after, abs=1e-4)
    assert after.amount("net_present_value") == pytest.approx(before.amount("net_present_value"))
    assert arrange(after, "value").is_feasible


def test_it_is_a_case_that_can_be_written_and_read() -> None:
    made = with_payments(arrange(methods_section_2(arrangement={"whole": "value"})))
    assert Case.model_validate(read_yaml(to_yaml(made).encode()).tree) == made
    assert "Betaling van Insurer aan City" in to_yaml(made)


def test_what_was_settled_is_paid_and_no_longer_asked() -> None:
    settled = {"whole": "value", "given": {"state": 100_000},
               "forbidden": [{"from": "insurer", "to": "people"}]}  # fmt: skip
    made = with_payments(arrange(methods_section_2(arrangement=settled)))
    assert made.arrangement is not None
    assert not made.arrangement.given
    assert made.arrangement.forbidden
    assert not arrange(evaluate(made)).is_needed


def test_names_that_are_taken() -> None:
    lines: dict[str, Any] = {"payment-insurer-city": {"from": "city", "to": "state", "amount": 0}}
    made = with_payments(arrange(methods_section_2(transfers=lines), "value"))
    assert list(made.transfers)[1:] == ["payment-insurer-city-2", "payment-state-city"]


def test_long_names_are_cut() -> None:
    long = "a" * 30
    actors = {**FOUR, long: {"kind": "municipality"}, f"b{long[1:]}": {"kind": "health-insurer"}}
    effects = {"gain": gain(1, 500, falls_to=f"b{long[1:]}", cashable=1)}
    made = with_payments(
        arrange(evaluate(case(actors=actors, costs={"work": cost(100, paid_by=long)},
                              effects=effects)))
    )  # fmt: skip
    (name,) = made.transfers
    assert len(name) <= 60
    assert evaluate(made).by_actor[long].net == pytest.approx(0)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.floats(0, 0.1), st.booleans())
def test_society_is_where_it_was(first: int, second: int, rate: float, by_year: bool) -> None:
    effects = {
        "one": gain(1, first, falls_to="insurer", cashable=1, first_year=2027),
        "two": gain(1, second, falls_to="state", cashable=1),
    }
    before = evaluate(case(actors=FOUR, costs={"work": cost(100)}, effects=effects,
                           discount={"rate": rate}))  # fmt: skip
    after = evaluate(with_payments(arrange(before, by_year=by_year)))
    assert after.amount("net_present_value") == pytest.approx(
        before.amount("net_present_value"), abs=1e-9
    )
    assert after.amount("costs") == before.amount("costs")


def test_what_instruments_become_is_not_written() -> None:
    plan = {"kind": "loan", "from": "state", "to": "city", "amount": 9, "rate": 0.1, "years": 2}
    for amount in (148_310, 0):
        before = methods_section_2(
            costs={"work": cost(amount)}, instruments={"plan": plan}, inflation=0.0
        )
        made = with_payments(arrange(before, "value"))
        assert not any(name.startswith("plan") for name in made.transfers)
        assert list(made.instruments) == ["plan"]
        assert evaluate(made).by_actor["city"].net == pytest.approx(
            arrange(before, "value").positions["city"].net_after, abs=1e-6
        )
