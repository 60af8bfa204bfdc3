"""How sure everybody is to be whole: against what is known exactly, and against ``simulate``."""

from typing import Any

import pytest
from tests.small import case, cost, gain

from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.financing.arrangement import arrange
from impactmonitor.financing.chances import chances_of, drawn
from impactmonitor.uncertainty.simulation import simulate


def uncertain(**fields: Any) -> Evaluation:
    """The insurer gains between 0 and 400, all equally likely; the city pays 100."""
    return evaluate(case(**{
        "costs": {"work": cost(100)},
        "effects": {"less-care": gain({"uniform": [0, 4]}, 100, falls_to="insurer", cashable=1)},
        **fields,
    }))  # fmt: skip


def test_what_is_known_exactly() -> None:
    """The insurer pays 100, and still gains in three quarters of all cases."""
    result = uncertain()
    found = chances_of(arrange(result), drawn(result))
    city, insurer = found["city"], found["insurer"]
    assert (city.before, city.after) == (0, 1)
    assert insurer.before == 1
    assert insurer.after == pytest.approx(0.75, abs=0.002)
    assert insurer.safely_spares == pytest.approx(40, abs=1)


def test_the_same_draws_as_a_simulation() -> None:
    result = uncertain()
    taken = drawn(result, 1024, seed=7)
    found = simulate(result.case, draws=1024, seed=7)
    assert taken.net["insurer"].mean() == pytest.approx(found.actors["insurer"].net.mean)
    assert taken.cash["insurer"].std() == pytest.approx(found.actors["insurer"].cash_net.sd)


def test_what_is_accepted_counts() -> None:
    actors = {
        "city": {"kind": "municipality", "reservation": -100, "cash_floor": -100},
        "insurer": {"kind": "health-insurer", "reservation": 200},
        "people": {"kind": "citizen"},
    }
    result = uncertain(actors=actors)
    found = chances_of(arrange(result), drawn(result))
    assert found["city"].before == 1
    assert found["insurer"].before == pytest.approx(0.5, abs=0.002)
    assert found["insurer"].safely_spares == 0


def test_value_and_money_apart() -> None:
    effects = {"less-care": gain({"uniform": [0, 4]}, 100, falls_to="insurer", cashable=0.5)}
    result = uncertain(effects=effects)
    found = chances_of(arrange(result, "value"), drawn(result))["insurer"]
    assert found.value_after == pytest.approx(0.75, abs=0.002)
    assert found.cash_after == pytest.approx(0.5, abs=0.002)
    assert found.after == found.value_after


def test_without_anything_uncertain_it_is_yes_or_no() -> None:
    effects = {"less-care": gain(1, 150, falls_to="insurer", cashable=1)}
    result = uncertain(effects=effects)
    found = chances_of(arrange(result), drawn(result, 64))
    assert {chance.after for chance in found.values()} == {1.0}


@pytest.mark.parametrize("by_year", [False, True])
def test_what_a_programme_found_counts_as_whole(by_year: bool) -> None:
    """Nothing is uncertain, and payments are exact to a millionth: everybody is whole."""
    effects = {"care": gain(1, 60_000, years=4, falls_to="insurer", cashable=1)}
    result = uncertain(
        costs={"work": cost(98_544.37)}, effects=effects, discount={"rate": 0.031},
        arrangement={"minimum": {"insurer": 1}},
    )  # fmt: skip
    found = arrange(result, by_year=by_year)
    assert found.is_feasible
    assert {chance.after for chance in chances_of(found, drawn(result, 64)).values()} == {1.0}
    assert not any(p.deepest_year for p in found.positions.values() if p.deepest_need == 0)
