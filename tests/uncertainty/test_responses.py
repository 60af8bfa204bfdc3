"""What changes with an input is what working out everything anew gives."""

from __future__ import annotations

import numpy as np
import pytest
from tests.appraisal.test_present import PERT, SPECIAL, UNIFORM, draws_of
from tests.small import case, gain
from tests.uncertainty.test_models import model

from impactmonitor.uncertainty.responses import Response

OVERLAP = {
    "effects": {
        "a": gain(PERT, 10, lasts=3, drop_off=UNIFORM),
        "b": gain(PERT, 12),
        "c": gain(PERT, {"uniform": [3, 5]}, years=2),
    },
    "overlaps": {"o": {"lines": ["a", "b"], "alpha": {"uniform": [0.2, 0.8]}}},
}
ALL = SPECIAL | {"overlap": OVERLAP}


@pytest.mark.parametrize("fields", ALL.values(), ids=ALL)
@pytest.mark.parametrize("count", [3, 100])
def test_a_change_is_the_difference_of_two_whole_results(fields, count):
    made = model(case(**{"horizon": 9, **fields}))
    inputs = len(made.variables)
    weights = made.net[-1]
    response = Response(made, weights)
    before, other = draws_of(made.compiled, count, 1), draws_of(made.compiled, count, 2)
    base = response.base(before)
    whole = made.outcome(before).net[-1]
    assert base.result == pytest.approx(whole, rel=1e-12)
    for chosen in [[one] for one in range(inputs)] + [list(range(inputs))]:
        changed = before.copy()
        changed[chosen] = other[chosen]
        wanted = made.outcome(changed).net[-1] - whole
        found = response.change(response.part(chosen), changed, base)
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9 * np.abs(whole).max())


def test_only_what_an_input_has_a_part_in_is_worked_out():
    made = model(case(**OVERLAP))
    response = Response(made, made.net[-1])
    paths = [one.path for one in made.compiled.inputs]
    parts = {path: response.part([place]) for place, path in enumerate(paths)}
    assert len(parts["effects.c.quantity"].rows) == 1
    assert not parts["effects.c.quantity"].overlaps
    assert parts["effects.a.quantity"].overlaps
    assert not len(parts["overlaps.o.alpha"].rows)
    assert parts["overlaps.o.alpha"].overlaps


def test_an_input_without_a_part_changes_nothing():
    cash = {"cashable": {"uniform": [0.2, 0.8]}}
    made = model(case(effects={"e": gain(PERT, **cash)}))
    response = Response(made, made.net[-1])
    (place,) = [i for i, one in enumerate(made.compiled.inputs) if "cashable" in one.path]
    inputs = draws_of(made.compiled, 10)
    part = response.part([place])
    assert response.change(part, inputs, response.base(inputs)).tolist() == [0.0] * 10
