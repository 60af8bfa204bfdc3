"""A published simulation: tmasjc (2019), "Exercise: Sales Forecast using MCM", 9 April 2019.

A business unit earns, every day, leads x conversion x margin, and pays for its leads and its
overhead. Published: the chance to lose money in a month is 22 %, that to earn 100,000 is 4 %.
That a month has 30 days, each with draws of its own, is our reading. The number of draws behind the
published chances is not stated; a thousand would give 22 % a standard error of 1.3 per cent points.
https://tmasjc.rbind.io/2019-04-09-case-study-sales-forecast-using-monte-carlo/
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.uncertainty.test_models import model

from impactmonitor import simulate
from impactmonitor.model.case import Case
from impactmonitor.uncertainty.running import Sampling, Work, run_model

DAYS = range(30)
UNIT = {"kind": "company"}


def month() -> Case:
    parameters, effects = {}, {}
    for day in DAYS:
        parameters[f"leads-{day}"] = {"value": {"uniform": [3000, 4000]}}
        leads = {"quantity": {"parameter": f"leads-{day}"}, "domain": "economic",
                 "falls_to": "unit"}  # fmt: skip
        conversion = {"normal": {"mean": 0.04, "sd": 0.005}}
        effects[f"sales-{day}"] = {
            **leads, "factors": {"conversion": conversion}, "unit_value": {"uniform": [350, 400]},
        }  # fmt: skip
        effects[f"bought-{day}"] = {**leads, "unit_value": {"uniform": [-10, -8]}}
    return Case.model_validate({
        "impactmonitor": 1, "id": "sales-forecast", "title": "Sales forecast", "currency": "USD",
        "price_year": 2019, "base_year": 2019, "horizon": 1, "discount": {"rate": 0.0},
        "actors": {"unit": UNIT}, "parameters": parameters, "effects": effects,
        "costs": {"overhead": {"amount": 20_000 * len(DAYS), "paid_by": "unit"}},
    })  # fmt: skip


def test_the_chance_to_lose_money():
    found = simulate(month(), draws=4096).net_present_value
    assert found.probability_negative == pytest.approx(0.22, abs=0.015)


def test_the_chance_to_reach_the_goal():
    run = run_model(model(month()), Sampling(1 << 15, 1, "sobol"), Work())
    assert np.mean(run.tally.kept[0] >= 100_000) == pytest.approx(0.04, abs=0.005)
