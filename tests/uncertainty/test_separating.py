"""Annuities of two inputs are what the products of their parts add up to."""

from __future__ import annotations

import numpy as np
import pytest
from tests.small import case, gain
from tests.uncertainty.test_models import model

from impactmonitor.uncertainty.separating import separated

UNIFORM = {"uniform": [0.05, 0.2]}
RATE = {"normal": {"mean": 0.03, "sd": 0.01}}


@pytest.mark.parametrize(
    "fields",
    [
        {"effects": {"e": gain(3, 4, lasts=8, years=5, drop_off=UNIFORM, growth=UNIFORM)}},
        {"discount": {"rate": RATE}, "effects": {"e": gain(3, 4, lasts=30, drop_off=UNIFORM)}},
        {"effects": {"e": gain(3, 4, lasts=8, drop_off=UNIFORM, real_price_change=UNIFORM)}},
        {"effects": {"e": gain(3, 4, years=9, growth=UNIFORM, real_price_change=RATE)}},
    ],
    ids=["drop-off and growth", "rate and drop-off", "drop-off and price", "growth and price"],
)
def test_the_products_add_up_to_the_annuity(fields):
    made = model(case(horizon=30, **fields))
    exact = made.exactly().present_values
    (term,) = exact.by_year.tolist()
    inputs = exact.timing[term]
    found = separated(made, term, inputs)
    numbers = made.draws(1, 500, "mc").at(0, 500)
    parts = [
        found.values(0, product, numbers[inputs[0]]) * found.values(1, product, numbers[inputs[1]])
        for product in range(len(found.first))
    ]
    wanted = exact.of(numbers)[exact.terms.row[term]] / exact.constants[exact.terms.row[term]]
    assert np.abs(sum(parts) - wanted).max() <= 1e-10 * np.abs(wanted).max()
    assert len(found.first) < 12


def test_what_is_not_smooth_enough_is_not_taken_apart():
    wild = case(
        horizon=300,
        discount={"rate": {"uniform": [-0.9, 5]}},
        effects={"e": gain(3, 4, lasts=300, drop_off={"uniform": [0, 1]})},
    )
    made = model(wild)
    exact = made.exactly().present_values
    (term,) = exact.by_year.tolist()
    with np.errstate(all="ignore"):
        assert separated(made, term, exact.timing[term]) is None
