"""Present values without years are what the years add up to, for any inputs and many draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.appraisal.test_program import CATALOGUE, compiled
from tests.small import ACTORS, case, cost, gain
from tests.strategies import cases

from impactmonitor.appraisal import present
from impactmonitor.appraisal.compiling import Compiled
from impactmonitor.appraisal.ledger import run
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.model.case import Case

UNIFORM = {"uniform": [0.05, 0.2]}
PERT = {"pert": [10, 20, 60]}

LEAVING = {
    **ACTORS,
    "people": {
        **ACTORS["people"],
        "retention": {"share": 0.6, "yearly_leaving": 0.25, "rest_to": "city"},
    },
}
SPECIAL = {
    "costs by year": {"costs": {"c": cost({2025: PERT, 2027: 30, 2028: {"uniform": [1, 9]}})}},
    "drop-off": {"effects": {"e": gain(PERT, lasts=8, drop_off=UNIFORM, years=3)}},
    "people leave": {
        "actors": LEAVING,
        "effects": {"e": gain(PERT, UNIFORM, lasts=8, lag=1, drop_off=UNIFORM, cashable=UNIFORM)},
    },
    "drop-off and growth": {
        "effects": {"e": gain(PERT, lasts=8, drop_off=UNIFORM, years=3, growth=UNIFORM)}
    },
    "uncertain rate": {
        "discount": {"rate": {"normal": {"mean": 0.03, "sd": 0.01}}},
        "effects": {"e": gain(PERT, lasts=8, drop_off=UNIFORM)},
    },
    "prices by year": {"effects": {"e": gain(3, {2025: PERT, 2028: 40, 2030: UNIFORM}, years=8)}},
    "optimism that turns": {
        "effects": {"e": gain(3, {2025: -10, 2030: PERT}, years=8, optimism_bias=UNIFORM)}
    },
    "quantities of both signs": {
        "effects": {"e": gain({2025: PERT, 2026: -5}, optimism_bias=UNIFORM, lasts=2)}
    },
    "burden": {
        "costs": {"c": cost(PERT, years=4, optimism_bias=UNIFORM)},
        "excess_burden": {"rate": UNIFORM, "actors": ["city"], "borne_by": "city"},
    },
    "inflation": {
        "inflation": UNIFORM,
        "costs": {"c": cost(PERT, years=4, prices="nominal")},
    },
    "real price change": {
        "effects": {"e": gain(PERT, UNIFORM, years=4, real_price_change=UNIFORM, deadweight=0.25)}
    },
    "one number, two places": {
        "parameters": {"p": {"value": UNIFORM}},
        "effects": {"e": gain(4, lasts=6, growth={"parameter": "p"}, years=3,
                              drop_off={"parameter": "p"}, deadweight={"parameter": "p"})},
    },
}  # fmt: skip


def draws_of(one: Compiled, count: int, seed: int = 1) -> np.ndarray:
    """Inputs between their expected and most likely values, and a little around them."""
    expected, mode = one.expected(), one.most_likely()
    share = np.random.default_rng(seed).uniform(0, 1, (len(one.inputs), count))
    return expected + share * (mode - expected) + (share - 0.5) * 0.02 * np.abs(expected)


def check_years(one: Compiled, inputs: np.ndarray) -> None:
    with np.errstate(all="ignore"):
        ledger = run(one.program, inputs)
        by_year = ledger.discounted_by_line
        total, size = by_year.sum(axis=1), np.abs(by_year).sum(axis=1)
    finite = np.isfinite(total)
    assert (np.abs(ledger.present - total)[finite] <= 1e-11 * size[finite]).all()


@pytest.mark.parametrize("fields", SPECIAL.values(), ids=SPECIAL)
@pytest.mark.parametrize("count", [1, 5, present.FEW + 30])
def test_present_values_are_the_sums_of_the_years(fields, count):
    one = compiled(case(**{"horizon": 9, **fields}))
    check_years(one, draws_of(one, count))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=cases())
def test_of_any_case(tree):
    resolved, _ = resolve(Case.model_validate(tree), CATALOGUE)
    if resolved is not None:
        one = compiled(Case.model_validate(tree))
        check_years(one, draws_of(one, 3))


@pytest.mark.parametrize("fields", SPECIAL.values(), ids=SPECIAL)
def test_row_by_row_and_together_give_the_same_bits(fields, monkeypatch):
    one = compiled(case(**{"horizon": 9, **fields}))
    inputs = draws_of(one, 200)
    many = one.program.present_values.of(inputs)
    few = one.program.present_values.of(inputs[:, :1])
    assert (many[:, :1] == few).all()
    monkeypatch.setattr(present, "FEW", 1000)
    assert (one.program.present_values.of(inputs) == many).all()


@pytest.mark.parametrize("fields", SPECIAL.values(), ids=SPECIAL)
def test_polynomials_are_as_good_as_the_years(fields):
    one = compiled(case(**{"horizon": 9, **fields}))
    inputs = draws_of(one, 200)
    low, high = inputs.min(axis=1), inputs.max(axis=1)
    exact = one.program.present_values
    quick = exact.interpolated(low, high)
    wanted = exact.of(inputs)
    assert (np.abs(quick.of(inputs) - wanted) <= 1e-9 * np.abs(wanted).max(initial=1.0)).all()
    alone = [len(inputs) == 1 for inputs in exact.timing]
    assert quick.by_year.tolist() == [t for t in exact.by_year.tolist() if not alone[t]]


def test_a_number_without_spread_is_exact():
    one = compiled(case(effects={"e": gain(3, lasts=8, drop_off={"uniform": [0.1, 0.1]})}))
    exact = one.program.present_values
    quick = exact.interpolated(np.array([0.1]), np.array([0.1]))
    inputs = np.full((1, 100), 0.1)
    assert (quick.of(inputs) == exact.of(inputs[:, :1])).all()


def test_what_is_certain_needs_no_years():
    one = compiled(case(costs={"c": cost(PERT, years=9)}, effects={"e": gain(PERT, lasts=30)}))
    found = one.program.present_values
    assert len(found.terms) == 2
    assert np.isfinite(found.certain).all()
    assert not len(found.by_year)


@given(st.integers(1, 300), st.integers(1, 300))
def test_terms_that_are_taken_keep_what_they_are(seed, count):
    one = compiled(case(**{"horizon": 9, **SPECIAL["prices by year"]}))
    terms = one.program.present_values.terms
    chosen = np.random.default_rng(seed).integers(0, len(terms), count % 7)
    taken = terms.taken(chosen)
    assert taken.row.tolist() == terms.row[chosen].tolist()
    for new, old in enumerate(chosen):
        mine, theirs = taken.entry_term == new, terms.entry_term == old
        assert taken.entry_year[mine].tolist() == terms.entry_year[theirs].tolist()
        mine, theirs = taken.amounts.of == new, terms.amounts.of == old
        assert taken.amounts.input[mine].tolist() == terms.amounts.input[theirs].tolist()
