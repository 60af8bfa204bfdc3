"""What did not go well: harms, holdings below plan, and money that did not come back."""

from __future__ import annotations

from typing import Any

import pytest
from tests import small
from tests.portfolio.small_funds import case, loan, report
from tests.tracking.recorded import record

from impactmonitor.portfolio.setbacks import exits, harms, shortfalls


def harmful(*measurements: dict[str, Any]) -> dict[str, Any]:
    """Benefits of 300 and a harm of 200 a year."""
    effects = {"joy": small.gain(3, years=2), "noise": small.gain(-2, years=2)}
    return case(effects=effects, measurements=list(measurements))


def test_a_harm_stands_apart_from_the_gains_of_the_same_holding() -> None:
    """A quarter of 200 a year; two years at a rate of 0 over the whole life."""
    (one,) = harms(report({"quarter": loan()}, {"a.json": harmful()}).rows)
    assert (one.holding, one.line, one.is_measured) == ("quarter", "noise", False)
    assert (one.period, one.plan, one.lifetime) == (-50, -50, -100)


def test_a_measured_harm_is_told_beside_what_was_planned() -> None:
    measured = harmful(record("effects.noise", 2025, -5))
    (one,) = harms(report({"quarter": loan()}, {"a.json": measured}).rows)
    assert one.is_measured
    assert (one.period, one.plan) == (-125, -50)


def test_the_largest_harm_comes_first() -> None:
    holdings = {"small": loan(share=0.1), "large": loan(share=0.5)}
    found = harms(report(holdings, {"a.json": harmful()}).rows)
    assert [one.holding for one in found] == ["large", "small"]


def test_a_harm_of_an_unknown_share_is_not_zero() -> None:
    unknown = loan(positions={"2025": {"equity": 40, "debt": 60}})
    (one,) = harms(report({"quarter": unknown}, {"a.json": harmful()}).rows)
    assert one.period is None
    assert one.lifetime == -100


def test_no_harm_without_a_negative_benefit() -> None:
    assert harms(report({"quarter": loan()}).rows) == ()


def test_only_what_was_measured_can_stay_below_plan() -> None:
    """Half of what was planned: a quarter of 50 instead of a quarter of 200."""
    cases = {"a.json": case(), "b.json": case(id="b", measurements=[
        record("effects.joy", 2025, 1.5)])}  # fmt: skip
    found = shortfalls(report({"plan": loan(), "measured": loan("b.json")}, cases).held)
    assert [(one.holding, one.planned, one.realised) for one in found] == [("measured", 50, 12.5)]
    assert found[0].difference == -37.5


def left(**fields: Any) -> dict[str, Any]:
    early = {"date": "2024-01-01", "amount": 25, "total_funding": 100}
    return loan("a.json", 0.25, 2024, commitment=early, **{"exit": "2025-06-30", **fields})


def test_what_came_back_of_a_holding_that_was_left() -> None:
    (one,) = exits(report({"gone": left(values={"2025-06-30": 10}), "held": loan()}))
    assert (one.outstanding, one.received, one.difference) == (25, 10, -15)


def test_without_a_value_in_the_year_nobody_knows_what_came_back() -> None:
    (one,) = exits(report({"gone": left(values={"2024-12-31": 25}), "held": loan()}))
    assert one.received is None
    assert one.difference is None


def test_a_loss_in_another_currency_is_told_in_that_of_the_fund() -> None:
    holdings = {"gone": left(values={"2025-06-30": 10}, currency="GBP"), "held": loan()}
    rates = {"GBP": {"2024-01-01": 1.2}}
    (one,) = exits(report(holdings, exchange_rates=rates))
    assert one.difference == pytest.approx(-15 * 1.2)


def test_who_left_in_another_year_is_no_news() -> None:
    assert exits(report({"gone": left(exit="2024-12-31"), "held": loan()})) == ()
