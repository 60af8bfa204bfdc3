"""Programs laid end to end are what they were, and draws beside each other do not meet."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small import case, cost, gain
from tests.soaking import times
from tests.strategies import cases

from impactmonitor.appraisal.compiling import Compiled, compile_case
from impactmonitor.appraisal.incidence import Split
from impactmonitor.appraisal.ledger import Ledger, run
from impactmonitor.appraisal.program import Program, lay_end_to_end
from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.model.case import Case

CATALOGUE = load_catalogue()
PERT = {"pert": [10, 20, 60]}
UNIFORM = {"uniform": [0.1, 0.4]}


def compiled(found: Case) -> Compiled:
    resolved, _ = resolve(found, CATALOGUE)
    assert resolved is not None
    return compile_case(resolved)


def ran(program: Program, inputs: np.ndarray) -> Ledger:
    with np.errstate(all="ignore"):
        return run(program, inputs)


def draws(one: Compiled) -> np.ndarray:
    """Three columns of inputs that are all allowed, and all different where they can be."""
    expected, mode = one.expected(), one.most_likely()
    return np.hstack([expected, mode, 0.75 * expected + 0.25 * mode])


def same(found: np.ndarray, wanted: np.ndarray) -> None:
    size = np.abs(wanted).max(initial=1.0)
    np.testing.assert_allclose(found, wanted, rtol=1e-11, atol=1e-11 * size)


def same_split(found: Split, wanted: Split, rows: slice = slice(None)) -> None:
    for part in fields(Split):
        same(getattr(found, part.name)[rows], getattr(wanted, part.name))


def spans(starts: np.ndarray, total: int) -> list[slice]:
    return [slice(a, b) for a, b in zip(starts, [*starts[1:], total], strict=True)]


def check_end_to_end(programs: list[Compiled]) -> None:
    joined = lay_end_to_end([one.program for one in programs])
    ledger = ran(joined, np.vstack([draws(one) for one in programs]))
    lines = spans(joined.case_line, joined.sizes["line"])
    parties = spans(joined.case_party, joined.sizes["party"])
    for i, one in enumerate(programs):
        own, years = ran(one.program, draws(one)), one.program.years
        same(ledger.present[lines[i]], own.present)
        same(ledger.beyond[lines[i]], own.beyond)
        same(ledger.within[lines[i], :years], own.within)
        same(ledger.quantities[lines[i], :years], own.quantities)
        same(ledger.discounted_by_line[lines[i], :years], own.discounted_by_line)
        assert not ledger.within[lines[i], years:].any()
        assert not ledger.quantities[lines[i], years:].any()
        same_split(ledger.parties, own.parties, parties[i])
        society = joined.society[i]
        assert society == parties[i].stop - 1
        same(ledger.parties.net[society], own.benefits - own.costs)


# --- laid end to end ----------------------------------------------------------------------------


@settings(max_examples=times(50, 300), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases(), min_size=1, max_size=4))
def test_programs_laid_end_to_end_give_what_each_gives(trees: list[dict[str, Any]]) -> None:
    check_end_to_end([compiled(Case.model_validate(tree)) for tree in trees])


def short() -> Case:
    return case(horizon=1, costs={"work": cost(PERT)}, discount={"rate": 0.03})


def long() -> Case:
    effect = gain(PERT, {"2025": 3, "2035": PERT}, years=20, lasts=20, drop_off=UNIFORM)
    return case(horizon=30, effects={"gain": effect}, discount={"rate": UNIFORM})


@pytest.mark.parametrize("order", [(short, long), (long, short), (short, long, short, long)])
def test_a_short_program_stays_what_it_is_beside_a_long_one(order):
    programs = [compiled(make()) for make in order]
    assert {one.program.years for one in programs} == {1, 39}
    check_end_to_end(programs)


def test_one_program_laid_end_to_end_is_itself():
    one = compiled(long()).program
    joined = lay_end_to_end([one])
    for spec in fields(Program):
        np.testing.assert_equal(getattr(joined, spec.name), getattr(one, spec.name))


def test_laying_leaves_the_programs_as_they_were():
    one, other = compiled(short()).program, compiled(long()).program
    before = {spec.name: np.array(getattr(other, spec.name)) for spec in fields(Program)
              if "counts" in spec.metadata}  # fmt: skip
    lay_end_to_end([one, other])
    for name, column in before.items():
        np.testing.assert_equal(getattr(other, name), column)


def test_it_does_not_matter_how_programs_are_grouped():
    a, b, c = (compiled(make()).program for make in (short, long, short))
    at_once, in_two_steps = lay_end_to_end([a, b, c]), lay_end_to_end([lay_end_to_end([a, b]), c])
    for spec in fields(Program):
        np.testing.assert_equal(getattr(at_once, spec.name), getattr(in_two_steps, spec.name))


# --- inputs and draws ---------------------------------------------------------------------------


def test_every_value_comes_into_its_own_slot():
    programs = [compiled(make()) for make in (long, short, long)]
    joined = lay_end_to_end([one.program for one in programs])
    inputs = np.arange(2.0 * joined.inputs).reshape(joined.inputs, 2)
    slots = joined.values(inputs)
    assert slots.shape == (joined.sizes["slot"], 2)
    np.testing.assert_array_equal(slots[joined.input_slots], inputs)
    constants = np.repeat(joined.constants[:, None], 2, axis=1)
    np.testing.assert_array_equal(slots[joined.constant_slots], constants)
    every_slot = np.concatenate([joined.input_slots, joined.constant_slots])
    assert sorted(every_slot.tolist()) == list(range(joined.sizes["slot"]))
    rows = np.split(inputs, np.cumsum([one.program.inputs for one in programs])[:-1])
    places = np.split(slots, np.cumsum([one.program.sizes["slot"] for one in programs])[:-1])
    for one, own, found in zip(programs, rows, places, strict=True):
        np.testing.assert_array_equal(one.program.values(own), found)


@settings(max_examples=times(50, 300), deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_many_draws_are_each_draw_by_itself(tree: dict[str, Any]) -> None:
    one = compiled(Case.model_validate(tree))
    inputs = draws(one)
    together = ran(one.program, inputs)
    for column in range(inputs.shape[1]):
        here = slice(column, column + 1)
        alone = ran(one.program, inputs[:, here])
        for name in ("value", "quantity", "present", "beyond"):
            same(getattr(together, name)[..., here], getattr(alone, name))
        for part in fields(Split):
            same(getattr(together.parties, part.name)[:, here], getattr(alone.parties, part.name))


def test_society_is_the_last_party_of_each_case():
    with_perspective = case(costs={"work": cost()}, perspectives={"payers": ["city"]})
    programs = [compiled(short()), compiled(with_perspective), compiled(long())]
    joined = lay_end_to_end([one.program for one in programs])
    names = [name for one in programs for name in one.parties]
    assert [names[i] for i in joined.society] == ["society"] * 3
    assert [names[i] for i in joined.case_party] == [one.parties[0] for one in programs]
    assert joined.case_line.tolist() == [0, 1, 2]
