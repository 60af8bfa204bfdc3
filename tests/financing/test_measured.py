"""What a contract looks at: gross quantities, and only the money that its payer gets from them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.financing.contracted import WORK, contracted
from tests.small import ACTORS, case, cost, gain

from impactmonitor import evaluate
from impactmonitor.financing.contracts import contracts_of
from impactmonitor.financing.measured import Scope, contract_years
from impactmonitor.model.financing import Contract
from impactmonitor.uncertainty.models import model_of, places_of

PAIR = {"insurer": 0.75, "people": 0.25}
RANGE = {"uniform": [0.2, 0.6]}


def measured(one, inputs=None):
    """What the contract of a case sees in the point estimate, or for other inputs."""
    evaluation = evaluate(one)
    appraised = evaluation.appraised
    model = model_of(one, appraised.compiled, places_of([appraised.compiled]))
    scope = Scope.of(one.contracts["sib"], model, appraised)
    ledger = appraised.ledger if inputs is None else model.outcome(inputs).ledger
    return scope.measured(ledger)


def test_quantities_are_those_before_deadweight_and_overlap():
    shared = {"deadweight": 0.5, "falls_to": "insurer", "years": 3}
    lines = {"a": gain(10, 100, **shared), "b": gain(4, 100, **shared)}
    both = case(
        **WORK, effects=lines, overlaps={"g": {"lines": ["a", "b"], "alpha": 0}},
        contracts={"sib": {"payer": "insurer", "provider": "firm", "prices": {"b": 1, "a": 1}}},
    )  # fmt: skip
    found = measured(both)
    assert found.quantities[:, :, 0].tolist() == [[4, 4, 4], [10, 10, 10]]
    np.testing.assert_allclose(found.factors[:, 0], [1 / 1.1, 1 / 1.21, 1 / 1.331])


@pytest.mark.parametrize("cashable", [0.5, RANGE, {"insurer": RANGE, "people": 0.9}])
def test_money_is_what_falls_to_the_payer_from_these_effects_alone(cashable):
    """As the whole case does without its other lines."""
    effect = gain({"uniform": [5, 9]}, 100, years=3, falls_to=PAIR, cashable=cashable,
                  deadweight=0.1, displacement=0.2, attribution_to_others=0.3)  # fmt: skip
    other = gain(3, 50, falls_to="insurer", cashable=1)
    sib = {"sib": {"payer": "insurer", "provider": "firm", "prices": {"a": 1}}}
    whole = case(**WORK, effects={"a": effect, "b": other}, contracts=sib,
                 costs={"c": cost(40, paid_by="insurer")})  # fmt: skip
    alone = case(**WORK, effects={"a": effect}, contracts=sib)
    found = measured(whole).cash
    assert found == pytest.approx(evaluate(alone).by_actor["insurer"].cash_net)
    compiled = evaluate(alone).appraised.compiled
    inputs = np.tile([0.2, 0.3, 0.5], (len(compiled.inputs), 1))
    model = model_of(alone, compiled, places_of([compiled]))
    party = compiled.actors.index("insurer")
    np.testing.assert_allclose(measured(whole, inputs).cash, model.outcome(inputs).cash[party])


def test_what_a_payer_does_not_keep_saves_it_nothing():
    leaving = {"share": 0.6, "yearly_leaving": 0.1, "rest_to": "city"}
    insurer = {**ACTORS["insurer"], "retention": leaving}
    base = contracted(effect={"years": 1, "lasts": 3})
    kept = contracted(effect={"years": 1, "lasts": 3}).model_copy(
        update={"actors": case(actors={**WORK["actors"], "insurer": insurer}).actors}
    )
    whole, part = measured(base), measured(kept)
    assert part.quantities.tolist() == whole.quantities.tolist()
    assert part.cash == pytest.approx(evaluate(kept).by_actor["insurer"].cash_net)
    assert part.cash < 0.6 * whole.cash


def test_a_transfer_effect_brings_its_receiver_money():
    effect = gain(2, 50, falls_to="insurer", taken_from="people")
    sib = {"sib": {"payer": "insurer", "provider": "firm", "prices": {"a": 1}}}
    found = measured(case(**WORK, effects={"a": effect}, contracts=sib))
    assert found.cash.tolist() == [100.0]


def test_an_effect_that_is_not_in_money_counts_and_saves_nothing():
    effect = gain(2, None, monetised=False, years=2)
    effect = {key: part for key, part in effect.items() if part is not None}
    sib = {"sib": {"payer": "insurer", "provider": "firm", "prices": {"a": 5}}}
    one = case(**WORK, effects={"a": effect}, contracts=sib)
    found = contracts_of(evaluate(one), draws=8)["sib"]
    assert list(found.point.paid.values()) == [10, 10, 0]
    assert found.cash.mean == 0


def test_an_uncertain_rate_discounts_in_every_draw():
    one = contracted().model_copy(
        update={"discount": case(discount={"rate": {"uniform": [0, 0.2]}}).discount}
    )
    found = measured(one, np.array([[0.0, 0.1]]))
    np.testing.assert_allclose(found.factors, np.array([1, 1.1]) ** -np.arange(1, 4)[:, None])


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, range(4)),
        ({"first_year": 2026}, range(1, 4)),
        ({"years": 2}, range(2)),
        ({"first_year": 2027, "years": 1}, range(2, 3)),
        ({"first_year": 2027, "years": 9}, range(2, 4)),
    ],
)
def test_only_years_of_the_contract_within_the_horizon(fields, wanted):
    contract = Contract(payer="city", provider="firm", prices={"jobs": 1.0}, **fields)
    assert contract_years(contract, 2025, 4) == wanted
