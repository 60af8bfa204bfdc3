"""A model gives every party what an evaluation on the same values gives it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.appraisal.test_present import SPECIAL
from tests.appraisal.test_program import CATALOGUE
from tests.small import case, gain
from tests.strategies import cases

from impactmonitor.appraisal.compiling import compile_case
from impactmonitor.appraisal.ledger import run
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.uncertainty.models import key_of, model_of, places_of

UNIFORM = {"uniform": [0.1, 0.5]}


def model(found: Case):
    compiled = compile_case(resolve(found, CATALOGUE)[0])
    return model_of(found, compiled, places_of([compiled]))


def check(found: Case, count: int) -> None:
    made = model(found)
    inputs = made.draws(1, count, "mc").at(0, count)
    with np.errstate(all="ignore"):
        got, split = made.outcome(inputs), run(made.compiled.program, inputs).parties
    sizes = split.costs + np.abs(split.benefits) + split.received + split.paid
    actors = len(made.compiled.actors)
    size = np.abs(sizes[:actors]).sum(axis=0) + 1e-300
    finite = np.isfinite(split.net).all(axis=0) & np.isfinite(size)
    assert (np.abs(got.net - split.net)[:, finite] <= 1e-9 * size[finite]).all()
    assert (np.abs(got.cash - split.cash)[:, finite] <= 1e-9 * size[finite]).all()


@pytest.mark.parametrize("fields", SPECIAL.values(), ids=SPECIAL)
def test_special_cases(fields):
    check(case(**{"horizon": 9, **fields}), 100)


def test_transfers_that_turn_and_uncertain_cash():
    actors = {"city": {"kind": "municipality"}, "insurer": {"kind": "health-insurer"}}
    turning = {"taken_from": "city", "falls_to": {"insurer": 0.5, "city": 0.5}}
    check(
        case(
            actors=actors,
            perspectives={"both": ["city", "insurer"]},
            effects={
                "turns": gain({"uniform": [-2, 3]}, 10, **turning),
                "cash": gain({"pert": [1, 2, 3]}, cashable={"city": UNIFORM, "insurer": 0.5},
                             falls_to={"city": 0.25, "insurer": 0.75}),
            },
            transfers={"t": {"from": "city", "to": "insurer", "amount": {"uniform": [1, 2]}}},
        ),
        90,
    )  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=cases())
def test_any_case(tree):
    found = Case.model_validate(tree)
    if resolve(found, CATALOGUE)[0] is None:
        return
    try:
        check(found, 3)
    except InvalidInput as invalid:
        if {p.code for p in invalid.problems} != {"impossible-correlation"}:
            raise


def test_prices_of_the_catalogue_are_drawn_alike_in_all_cases():
    assert key_of("one", "values.gp-consult") == key_of("other", "values.gp-consult")
    assert key_of("one", "schemes.own.standard") == key_of("other", "schemes.own.standard")
    assert key_of("one", "costs.c.amount") != key_of("other", "costs.c.amount")


def test_correlations_that_cannot_be_are_refused_with_their_pairs():
    pairs = [["effects.a.quantity", "effects.b.quantity", 0.9],
             ["effects.b.quantity", "effects.c.quantity", 0.9],
             ["effects.a.quantity", "effects.c.quantity", -0.9]]  # fmt: skip
    effects = {name: gain({"pert": [1, 2, 4]}) for name in "abc"}
    with pytest.raises(InvalidInput) as caught:
        model(case(effects=effects, correlations=pairs))
    (problem,) = caught.value.problems
    assert problem.code == "impossible-correlation"
    assert "effects.a.quantity - effects.c.quantity (-0.9)" in problem.message("en")
