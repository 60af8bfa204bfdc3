"""Draws of several cases: beside the simulation of each by itself."""

from __future__ import annotations

import numpy as np
import pytest
from tests.proposals.levelling_cases import CATALOGUE, proposal
from tests.small import gain

from impactmonitor.evaluation import evaluate
from impactmonitor.problems import InvalidInput
from impactmonitor.proposals.drawn_cases import MOST_DRAWS, draw_cases, rank_shares
from impactmonitor.uncertainty.simulation import simulate

UNSURE = {"gains": gain(1, {"uniform": [0, 180]}, falls_to={"people": 0.5, "city": 0.5})}


def test_each_case_has_the_draws_of_its_own_simulation():
    cases = [proposal(name, effects=UNSURE) for name in ("one", "two")]
    found = draw_cases(
        {one.id: evaluate(one, CATALOGUE) for one in cases}, {"one": 1.0, "two": 2.0}, 256, 3
    )
    for place, one in enumerate(cases):
        alone = simulate(one, CATALOGUE, draws=256, seed=3)
        scale = 1 + place
        assert found.net[:, place].mean() == pytest.approx(scale * alone.society.net.mean)
        assert found.chances[one.id].loss == alone.society.net.probability_negative
        city = alone.actors["city"].net
        assert found.chances[one.id].payers == {"city": city.probability_negative}
        assert found.chances[one.id].net["city"] == pytest.approx(scale * city.mean)


def test_shares_add_up_by_case_and_by_rank_and_ties_share():
    net = np.random.default_rng(1).normal(size=(500, 4)) * 1e7
    shares = np.array(list(rank_shares(net, list("abcd")).values()))
    assert shares.sum(axis=0) == pytest.approx(1)
    assert shares.sum(axis=1) == pytest.approx(1)
    order = np.argsort(np.argsort(-net, axis=1), axis=1)
    counted = [[(order[:, case] == rank).mean() for rank in range(4)] for case in range(4)]
    assert shares == pytest.approx(np.array(counted))
    assert rank_shares(np.zeros((2, 2)), ["a", "b"]) == {"a": (0.5, 0.5), "b": (0.5, 0.5)}


@pytest.mark.parametrize("draws", [0, MOST_DRAWS + 1])
def test_a_number_of_draws_that_nobody_can_take(draws):
    with pytest.raises(ValueError, match="number of draws"):
        draw_cases({}, {}, draws, 1)


def test_who_pays_nothing_has_no_chance_of_loss():
    case = proposal(costs={}, effects=UNSURE)
    found = draw_cases({"x": evaluate(case, CATALOGUE)}, {"x": 1.0}, 8, 1)
    assert found.chances["x"].worst_payer is None
    assert found.chances["x"].worst_chance_of_loss is None


def test_correlations_that_cannot_be_are_said_with_their_case():
    lines = {name: gain(1, {"uniform": [0, 1]}) for name in "abc"}
    pairs = [[f"effects.{x}.unit_value", f"effects.{y}.unit_value", -0.9]
             for x, y in ("ab", "bc", "ac")]  # fmt: skip
    case = proposal(effects=lines, correlations=pairs)
    with pytest.raises(InvalidInput) as caught:
        draw_cases({"x": evaluate(case, CATALOGUE)}, {"x": 1.0}, 8, 1)
    assert [(p.code, p.path) for p in caught.value.problems] == [
        ("impossible-correlation", "x.correlations")
    ]
