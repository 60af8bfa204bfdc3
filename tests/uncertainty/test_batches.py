"""Many cases at once give what each gives by itself."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from tests.appraisal.test_program import CATALOGUE
from tests.small import ACTORS, case, cost, gain

from impactmonitor import load_case
from impactmonitor.appraisal.compiling import compile_case
from impactmonitor.catalogue.overriding import with_values
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.model.case import Case
from impactmonitor.model.numbers import Pert
from impactmonitor.resources import folder
from impactmonitor.uncertainty.batches import spreads_of
from impactmonitor.uncertainty.models import Model, model_of, places_of
from impactmonitor.uncertainty.running import Sampling, Work, run_model

UNIFORM = {"uniform": [0.1, 0.5]}
RETENTIONS = [
    None,
    {"share": 0.4, "rest_to": "city"},
    {"share": 0.4, "yearly_leaving": 0.1, "rest_to": "city"},
    None,
    {"yearly_leaving": 0.3, "equalised": 0.2, "rest_to": "insurer"},
]
CASES = [
    case(
        id=f"case-{number}",
        actors={**ACTORS, "people": {**ACTORS["people"], "retention": RETENTIONS[number]}},
        horizon=4 + number,
        costs={"c": cost({"pert": [80, 100 + number, 150]}, years=1 + number)},
        effects={
            "e": gain({"pert": [1, 2, 4]}, 40, lasts=3, drop_off=UNIFORM, cashable=UNIFORM),
            "shared": gain(3, "gp-consult", unit="consult"),
        },
        correlations=[["costs.c.amount", "effects.e.quantity", 0.5]] if number == 1 else [],
    )
    for number in range(5)
] + [load_case(path) for path in sorted(folder("examples").glob("*/case.yaml"))]


UNCERTAIN = with_values(CATALOGUE, {"gp-consult": Pert(pert=(20, 30, 60))})


def model(found: Case) -> Model:
    compiled = compile_case(resolve(found, UNCERTAIN)[0])
    return model_of(found, compiled, places_of([compiled]))


def test_a_price_of_the_catalogue_is_shared():
    paths = [{one.coordinate.key for one in model(found).variables} for found in CASES[:5]]
    assert set.intersection(*paths) == {"values.gp-consult"}


@pytest.mark.parametrize("at_once", [1, 3, 20])
@pytest.mark.parametrize(("draws", "method"), [(1024, "sobol"), (64, "sobol"), (512, "mc")])
def test_the_numbers_of_each_case_by_itself(at_once, draws, method):
    models = [model(one) for one in CASES]
    sampling = Sampling(draws, 5, method)
    found = list(spreads_of(models, sampling, at_once))
    assert len(found) == len(CASES)
    for one, spreads in zip(models, found, strict=True):
        wanted = run_model(one, sampling, Work()).tally.summaries()
        parties = len(one.compiled.parties)
        assert list(spreads) == list(one.compiled.parties)
        size = max(abs(summary.mean) + summary.sd for summary in wanted)
        for place, spread in enumerate(spreads.values()):
            for got, single in ((spread.net, wanted[place]),
                                (spread.cash_net, wanted[parties + place])):  # fmt: skip
                assert astuple(got) == pytest.approx(astuple(single), rel=1e-7, abs=1e-9 * size)
