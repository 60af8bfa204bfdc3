"""Amounts by year in many draws are those of each draw by itself."""

from __future__ import annotations

import numpy as np
import pytest
from tests.appraisal.test_program import CATALOGUE
from tests.small import case, cost, gain

from impactmonitor import evaluate
from impactmonitor.appraisal.compiling import compile_case
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.uncertainty.models import model_of, places_of
from impactmonitor.uncertainty.years import fan_of, ratio_of, yearly

UNIFORM = {"uniform": [0.1, 0.5]}
CASE = case(
    horizon=4,
    discount={"rate": 0.03, "timing": "end_of_year"},
    costs={"c": cost({"pert": [80, 100, 150]}, timing="start_of_year"), "yearly": cost(5, years=6)},
    effects={
        "e": gain({"pert": [1, 2, 4]}, 40, years=2, lasts=4, drop_off=UNIFORM, cashable=UNIFORM)
    },
)


def model():
    compiled = compile_case(resolve(CASE, CATALOGUE)[0])
    return model_of(CASE, compiled, places_of([compiled]))


def test_every_draw_is_an_evaluation_of_its_own():
    found = model()
    inputs = found.draws(1, 600, "mc").at(0, 600)
    got = yearly(found, inputs, CASE.horizon)
    paths = [one.path for one in found.compiled.inputs]
    for draw in (0, 17, 599):
        values = dict(zip(paths, inputs[:, draw].tolist(), strict=True))
        single = evaluate(CASE, values=values)
        years = single.year_results()
        assert got.net[:, draw] == pytest.approx([y.benefits - y.costs for y in years])
        for place, name in enumerate(found.compiled.actors):
            cash = [y.actors[name][1] for y in years]
            assert got.cash[place, :, draw] == pytest.approx(cash)
        rate = single.totals["internal_rate_of_return"]
        assert got.rates[draw] == pytest.approx(rate.value, abs=1e-9)


def test_the_fan_holds_quantiles_of_every_year():
    found = model()
    got = yearly(found, found.draws(1, 999, "mc").at(0, 999), CASE.horizon)
    fan = fan_of(got, range(2025, 2029), found.compiled.actors)
    assert fan.years == (2025, 2026, 2027, 2028)
    np.testing.assert_allclose(fan.net["p50"], np.median(got.net, axis=1))
    total = got.net.cumsum(axis=0)
    np.testing.assert_allclose(fan.cumulative["p95"], np.quantile(total, 0.95, axis=1))
    np.testing.assert_allclose(fan.cash["p05"], np.quantile(got.cash[-1], 0.05, axis=1))
    assert set(fan.actors) == set(found.compiled.actors)


def test_numbers_that_do_not_exist_are_counted_apart():
    found = ratio_of(np.array([1.0, np.nan, 3.0, np.nan]))
    assert (found.undefined, found.summary.mean) == (0.5, 2.0)
    assert ratio_of(np.array([np.nan])).summary is None
