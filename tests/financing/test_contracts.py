"""Contracts of a case: on the draws of its simulation, whatever they are run with."""

from __future__ import annotations

import pytest
from tests.financing.contracted import EFFECT, UNSURE, contracted
from tests.small import case, cost

from impactmonitor import evaluate, simulate
from impactmonitor.financing import contracts
from impactmonitor.financing.contracts import contracts_of
from impactmonitor.problems import InvalidInput


def found_of(one, draws=256, **fields):
    return contracts_of(evaluate(one), draws=draws, **fields)["sib"]


@pytest.mark.parametrize("method", ["sobol", "mc"])
@pytest.mark.parametrize("draws", [8, 250, 16_384])
def test_the_draws_are_those_of_the_simulation(method, draws):
    """The payer's cash from the effect is all its cash: what the simulation says of it."""
    one = contracted(UNSURE, EFFECT)
    found = found_of(one, draws, seed=3, method=method)
    other = simulate(one, draws=draws, seed=3, method=method)
    cash = other.actors["insurer"].cash_net
    assert found.draws == other.draws
    assert found.cash.mean == pytest.approx(cash.mean, rel=1e-9)
    assert found.cash.p05 == pytest.approx(cash.p05, rel=1e-9)
    assert found.cash.probability_negative == cash.probability_negative


def test_also_beside_alternatives_and_scenarios_with_numbers_of_their_own():
    other = {"title": "Other", "changes": {"effects.help.unit_value": {"uniform": [50, 90]}}}
    alone = contracted(UNSURE, EFFECT)
    variants = case(alternatives={"a": other}, scenarios={"s": other},
                    effects={"help": alone.effects["help"]})  # fmt: skip
    changed = {"alternatives": variants.alternatives, "scenarios": variants.scenarios}
    one = alone.model_copy(update=changed)
    cash = simulate(one, draws=256).actors["insurer"].cash_net
    assert found_of(one).cash.mean == pytest.approx(cash.mean, rel=1e-9)


def test_portions_change_nothing(monkeypatch):
    one = contracted(UNSURE, EFFECT, guarantee=100)
    whole = found_of(one)
    monkeypatch.setattr(contracts, "_CELLS", 1)
    assert found_of(one) == whole


def test_the_same_seed_the_same_numbers_and_another_one_others():
    one = contracted(UNSURE, EFFECT)
    assert found_of(one, seed=4) == found_of(one, seed=4)
    assert found_of(one, seed=4).paid != found_of(one, seed=5).paid


def test_a_scenario_with_prices_of_its_own():
    prices = {"title": "Dear", "changes": {"contracts.sib.prices.help": 60,
                                           "contracts.sib.cap": None}}  # fmt: skip
    scenarios = case(costs={"c": cost()}, scenarios={"dear": prices}).scenarios
    one = contracted(UNSURE, EFFECT, cap=None).model_copy(update={"scenarios": scenarios})
    plain = found_of(one)
    dear = contracts_of(evaluate(one, scenario="dear"), draws=256)["sib"]
    beside = contracts_of(evaluate(one).scenarios["dear"], draws=256)["sib"]
    assert dear.contract.prices == {"help": 60}
    assert dear.paid.mean == pytest.approx(2 * plain.paid.mean)
    assert beside.paid.mean == pytest.approx(dear.paid.mean)
    assert dear.highest_price.prices == {
        "help": pytest.approx(plain.highest_price.prices["help"], rel=1e-9)
    }


def test_payments_are_in_no_total_of_the_case():
    with_contract, without = contracted(), contracted().model_copy(update={"contracts": {}})
    assert evaluate(with_contract).totals == evaluate(without).totals
    assert evaluate(with_contract).by_actor == evaluate(without).by_actor


def test_a_case_without_contracts_has_none():
    assert contracts_of(evaluate(case(costs={"c": cost()}))) == {}


@pytest.mark.parametrize(("fields", "words"), [({"method": "lhs"}, "method"), ({"draws": 0}, "1")])
def test_draws_that_cannot_be_taken(fields, words):
    with pytest.raises(ValueError, match=words):
        contracts_of(evaluate(contracted()), **fields)


def test_amounts_that_no_computer_can_hold():
    one = contracted(10, {"growth": {"uniform": [0, 1e200]}})
    evaluation = evaluate(one, values={"effects.help.growth": 0.0})
    with pytest.raises(InvalidInput) as caught:
        contracts_of(evaluation, draws=64)
    assert [problem.code for problem in caught.value.problems] == ["draws-not-finite"]


@pytest.mark.parametrize(
    "fields",
    [
        {"prices": {"help": 1e308}, "cap": None},
        {"evaluation_cost": 1e308},
        {"tiers": [{"actor": "bank", "amount": 1e308, "rate": 0.1}], "cap": 1e308,
         "guarantee": 1e308, "prices": {"help": 1e308}},
    ],
)  # fmt: skip
def test_a_contract_that_no_computer_can_hold(fields):
    with pytest.raises(InvalidInput) as caught:
        found_of(contracted(UNSURE, EFFECT, **fields))
    wanted = [("contract-not-finite", "contracts.sib")]
    assert [(problem.code, problem.path) for problem in caught.value.problems] == wanted


@pytest.mark.parametrize("rate", [0.0, 1e9, 1e300])
def test_a_high_rate_takes_all_there_is(rate):
    tiers = [{"actor": "bank", "amount": 300, "rate": rate}]
    found = found_of(contracted(UNSURE, EFFECT, tiers=tiers))
    assert found.rest.mean + found.tiers[0].received.mean == pytest.approx(found.paid.mean)
