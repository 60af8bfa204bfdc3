"""One input changed at a time gives what an evaluation with that value gives."""

from __future__ import annotations

import numpy as np
import pytest
from tests.small import case, cost, gain, result

from impactmonitor import evaluate
from impactmonitor.uncertainty.models import Model, model_of, places_of
from impactmonitor.uncertainty.one_at_a_time import COLUMNS, net_of_parties, quantiles

FIELDS = {
    "discount": {"rate": {"uniform": [0.01, 0.06]}},
    "parameters": {"fewer": {"value": {"triangular": [0.1, 0.3, 0.4], "central": 0.9}}},
    "costs": {"work": cost({"normal": {"mean": 300, "sd": 30}}, growth={"uniform": [0, 0.1]})},
    "effects": {
        "first": gain(4, 100, years=3, lasts=2, drop_off={"parameter": "fewer"}),
        "second": gain(2, 150, falls_to={"city": 0.4, "insurer": 0.6}),
    },
    "transfers": {"rent": {"amount": {"uniform": [10, 20]}, "from": "city", "to": "people"}},
    "overlaps": {"both": {"lines": ["first", "second"], "alpha": {"uniform": [0, 1]}}},
}


def model_from(**fields) -> Model:
    found = result(**fields)
    compiled = found.appraised.compiled
    return model_of(found.case, compiled, places_of([compiled]))


def test_every_party_gets_what_an_evaluation_gives_it():
    model, whole = model_from(**FIELDS), case(**FIELDS)
    compiled = model.compiled
    values = quantiles(model, [0.2, 0.9])
    which = np.repeat(np.arange(len(values)), 2)
    parties = range(len(compiled.parties))
    net, size = net_of_parties(model.exactly(), parties, which, values.ravel())
    for column, (one, value) in enumerate(zip(which, values.ravel(), strict=True)):
        found = evaluate(whole, values={compiled.inputs[one].path: float(value)})
        each = [p.net for p in (*found.by_actor.values(), *found.by_perspective.values())]
        assert net[:, column] == pytest.approx(each, rel=1e-12, abs=1e-9)
    assert (size >= np.abs(net) - 1e-9).all()


def test_size_is_what_the_net_is_made_of():
    model = model_from(costs={"work": cost({"uniform": [50, 150]})}, effects={"more": gain(1, 70)})
    net, size = net_of_parties(model.exactly(), [0, 2, -1], np.array([0]), np.array([60.0]))
    assert net.tolist() == [[-60], [70], [10]]
    assert size.tolist() == [[60], [70], [130]]


def test_many_columns_are_the_same_as_few():
    model = model_from(**FIELDS).exactly()
    values = np.linspace(0, 1, COLUMNS + 10)
    paths = [one.path for one in model.compiled.inputs]
    which = np.full(len(values), paths.index("overlaps.both.alpha"))
    whole, _ = net_of_parties(model, [-1], which, values)
    ends, _ = net_of_parties(model, [-1], which[:2], values[[0, -1]])
    assert whole[0, [0, -1]].tolist() == ends[0].tolist()


def test_a_point_estimate_that_was_given_outside_the_spread_is_exact():
    model = model_from(**FIELDS)
    expected = model.compiled.expected()
    point = model.exactly().outcome(expected).net[-1, 0]
    assert point == pytest.approx(result(**FIELDS).totals["net_present_value"], rel=1e-13)


def test_quantiles_keep_to_the_range_of_the_place():
    model = model_from(
        costs={"work": cost({"normal": {"mean": 0, "sd": 1}})},
        effects={"more": gain({"discrete": {"values": [1, 5], "probabilities": [0.3, 0.7]}})},
    )
    found = quantiles(model, [0.001, 0.05, 0.5])
    assert (found[0] > 0).all()
    assert found[1].tolist() == [1, 1, 5]


def test_without_inputs_there_is_nothing():
    model = model_from(costs={"work": cost(1)})
    assert quantiles(model, [0.05, 0.95]).shape == (0, 2)
    net, size = net_of_parties(model.exactly(), [-1], np.arange(0), np.empty(0))
    assert net.shape == size.shape == (1, 0)
