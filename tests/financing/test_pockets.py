"""Wrong pockets, in small cases of which every number can be worked out by hand."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small import ACTORS, cost, gain, result

from impactmonitor.financing.pockets import pockets_of


def wrong_pocket(**fields: Any) -> Any:
    """The city pays 100 now, the insurer gains 60 in each of the next two years, half in cash."""
    return result(**{
        "costs": {"work": cost(100)},
        "effects": {"less-care": gain(1, 60, years=2, first_year=2026, falls_to="insurer",
                                      cashable=0.5)},
        "perspectives": {"public": ["city", "insurer"]},
        **fields,
    })  # fmt: skip


def test_the_one_who_pays_loses_while_society_gains() -> None:
    found = pockets_of(wrong_pocket())
    assert found.society_gains
    assert found.wrong == ("city",)
    assert found.losers == ("city",)
    city, insurer = found.actors["city"], found.actors["insurer"]
    assert (city.is_payer, insurer.is_payer) == (True, False)
    assert (city.lacks_value, city.lacks_cash, city.spares_value) == (100, 100, 0)
    assert (insurer.spares_value, insurer.spares_cash) == (120, 60)


def test_over_time() -> None:
    found = pockets_of(wrong_pocket())
    city, public = found.actors["city"], found.perspectives["public"]
    assert (city.payback_year, city.cash_payback_year) == (None, None)
    assert (city.deepest_need, city.deepest_year) == (100, 2025)
    assert found.actors["insurer"].payback_year == 2025
    assert found.actors["insurer"].deepest_year is None
    assert (public.payback_year, public.cash_payback_year) == (2027, None)
    assert (public.deepest_need, public.net) == (100, 20)


def test_no_wrong_pocket_where_society_loses() -> None:
    found = pockets_of(wrong_pocket(costs={"work": cost(200)}))
    assert not found.society_gains
    assert found.wrong == ()
    assert found.losers == ("city",)


def test_what_is_accepted() -> None:
    actors = {**ACTORS, "city": {"kind": "municipality", "reservation": -100, "cash_floor": -80}}
    found = pockets_of(wrong_pocket(actors=actors))
    city = found.actors["city"]
    assert (city.lacks_value, city.lacks_cash) == (0, 20)
    assert found.wrong == ()  # what is short in cash alone is said, but is no wrong pocket
    assert found.perspectives["public"].spares_value == 120  # 20 - (-100)


def test_who_only_loses_a_benefit_does_not_pay() -> None:
    effects = {
        "less-care": gain(1, 300, falls_to="insurer"),
        "noise": gain(-1, 50, falls_to="people"),
    }
    found = pockets_of(result(costs={"work": cost(0)}, effects=effects))
    assert found.society_gains
    assert not found.actors["people"].is_payer
    assert (found.wrong, found.losers) == ((), ("people",))


def test_a_perspective_with_the_name_of_an_actor_is_another_party() -> None:
    found = pockets_of(wrong_pocket(perspectives={"city": ["insurer", "people"]}))
    assert found.actors["city"].net == -100
    assert found.perspectives["city"].net == 120


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=5, max_size=5))
def test_cash_over_time_the_slow_way(flows: list[int]) -> None:
    effects = {"flow": gain({2025 + i: q for i, q in enumerate(flows)}, 1, falls_to="insurer",
                            cashable=1)}  # fmt: skip
    pocket = pockets_of(result(effects=effects)).actors["insurer"]
    total, lowest, when = 0, 0, None
    back = 2025
    for year, flow in enumerate(flows, start=2025):
        total += flow
        if total < lowest:
            lowest, when = total, year
        if total < 0:
            back = year + 1
    assert pocket.deepest_need == pytest.approx(-lowest)
    assert pocket.deepest_year == when
    assert pocket.cash_payback_year == (None if total < 0 else back)


def test_who_lends_does_not_pay_and_who_grants_does() -> None:
    def instrument(kind: str, **fields: Any) -> Any:
        plan = {"kind": kind, "from": "insurer", "to": "city", "amount": 50, **fields}
        return pockets_of(wrong_pocket(instruments={"plan": plan}, inflation=0.0))

    assert not instrument("loan", rate=0.05, years=2).actors["insurer"].is_payer
    assert instrument("grant").actors["insurer"].is_payer
    transfers = {"gift": {"from": "insurer", "to": "city", "amount": 1}}
    assert pockets_of(wrong_pocket(transfers=transfers)).actors["insurer"].is_payer
