"""Each check passes on a sound ledger and fails on one that is spoilt."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from tests.small import appraised, case, cost, gain

from impactmonitor.appraisal import checks
from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.checks import CHECKS, Check, CheckFailed, insist, run_checks
from impactmonitor.appraisal.program import BENEFIT, NO_DOMAIN
from impactmonitor.evaluation import evaluate, steps
from impactmonitor.problems import InvalidInput

IDS = [
    "results-are-finite",
    "actors-sum-to-total",
    "domains-sum-to-total",
    "transfers-sum-to-zero",
    "years-sum-to-lines",
]
FIELDS = {
    "discount": {"rate": 0.03},
    "costs": {"work": cost(100, years=3, paid_by={"city": 0.7, "insurer": 0.3})},
    "effects": {
        "gain": gain(3, 50, years=2),
        "harm": gain(-1, 40, first_year=2027),
        "benefit": gain(2, 30, taken_from={"city": 0.5, "insurer": 0.5}),
    },
    "transfers": {"grant": {"from": "insurer", "to": "city", "amount": 25}},
    "perspectives": {"public": ["city", "insurer"]},
}


@pytest.fixture(scope="module")
def sound() -> Appraised:
    return appraised(**FIELDS)


def spoilt(a: Appraised, **ledger) -> Appraised:
    kept = {name for name in ledger if name in {f.name for f in fields(a.ledger)}}
    made = replace(a.ledger, **{name: ledger[name] for name in kept})
    # what is worked out when it is asked for is put in its place
    vars(made).update({name: ledger[name] for name in ledger if name not in kept})
    return replace(a, ledger=made)


def with_program(a: Appraised, **program) -> Appraised:
    """Only the ledger's own incidence is other than it was run with."""
    return spoilt(a, program=replace(a.ledger.program, **program))


def failed(a: Appraised) -> list[str]:
    with np.errstate(all="ignore"):
        return [check.id for check in (function(a) for function in CHECKS) if not check.passed]


def test_all_checks_pass_on_a_sound_ledger(sound):
    found = run_checks(sound)
    assert [check.id for check in found] == IDS
    assert all(check.passed and check.difference <= check.tolerance for check in found)


def test_a_case_of_nothing_passes():
    assert failed(appraised(effects={"gain": gain(0)})) == []


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("where", ["value", "quantity", "present", "beyond"])
def test_an_amount_that_is_not_finite(sound, where, bad):
    amounts = getattr(sound.ledger, where).copy()
    amounts[0, ..., 0] = bad
    assert "results-are-finite" in failed(spoilt(sound, **{where: amounts}))


def test_costs_that_fall_to_nobody(sound):
    share = sound.ledger.program.cost_share * (1 + 1e-8)
    assert "actors-sum-to-total" in failed(with_program(sound, cost_share=share))


def test_benefits_that_fall_to_nobody(sound):
    share = sound.ledger.program.benefit_share.copy()
    share[0] = 0.0
    found = failed(with_program(sound, benefit_share=share))
    assert found == ["actors-sum-to-total", "years-sum-to-lines"]


def test_rounding_is_no_failure(sound):
    share = sound.ledger.program.cost_share * (1 + 1e-13)
    assert failed(with_program(sound, cost_share=share)) == []


@pytest.mark.parametrize("line", ["work", "gain"])
def test_a_line_in_no_domain(sound, line):
    domains = sound.ledger.program.line_domain.copy()
    domains[sound.compiled.lines.index(line)] = NO_DOMAIN
    assert failed(with_program(sound, line_domain=domains)) == ["domains-sum-to-total"]


def test_money_that_arrives_nowhere(sound):
    p = sound.ledger.program
    to = p.crossing_is_in & (p.crossing_party == sound.compiled.parties.index("people"))
    assert to.any()
    kept = {
        name: getattr(p, name)[~to]
        for name in ("crossing_party", "crossing_flow", "crossing_is_in")
    }
    assert failed(with_program(sound, **kept)) == ["transfers-sum-to-zero"]


def test_a_present_value_that_is_not_that_of_its_years(sound):
    present = sound.ledger.present.copy()
    present[0] *= 1 + 1e-8
    assert "years-sum-to-lines" in failed(spoilt(sound, present=present))


def test_a_value_that_is_not_in_the_present_value(sound):
    value = sound.ledger.value.copy()
    value[0, 0, 0] += 1.0
    assert failed(spoilt(sound, value=value)) == ["years-sum-to-lines"]


def test_a_role_that_changes_after_the_fact(sound):
    roles = sound.ledger.program.line_role.copy()
    roles[sound.compiled.lines.index("work")] = BENEFIT
    found = failed(with_program(sound, line_role=roles))
    assert found == ["actors-sum-to-total", "years-sum-to-lines"]


def test_the_tolerance_is_1e_9_of_what_is_added():
    # parts of 1e6 and -1e6 may differ from 0 by 1e-9 of 2e6
    parts = np.array([[1e6], [-1e6]])
    for off, passed in ((1.9e-3, True), (2.1e-3, False)):
        assert checks._compare("x", [(parts, off, parts)]).passed is passed


def test_gains_and_harms_that_cancel_leave_room_for_their_own_rounding():
    """Two lines of 1e15 that come to 0: a cent of difference is no mistake of the program."""
    left, lines = np.array([[0.25]]), np.array([[1e15], [-1e15]])
    assert checks._compare("x", [(left, 0.0, lines)]).passed
    assert not checks._compare("x", [(left, 0.0, left)]).passed


def test_every_pair_and_draw_has_to_pass():
    parts = np.array([[1.0, 1.0], [2.0, 2.0]])
    good, bad = np.array([3.0, 3.0]), np.array([3.0, 4.0])
    assert checks._compare("x", [(parts, good, parts), (parts, good, parts)]).passed
    found = checks._compare("x", [(parts, good, parts), (parts, bad, parts)])
    assert (found.passed, found.difference) == (False, 1.0)


def test_nan_never_passes():
    assert not checks._compare("x", [(np.array([[math.nan]]), 0.0, np.ones((1, 1)))]).passed


def test_a_failed_check_is_an_error_with_its_name():
    good, bad = Check("one", True, 0.0, 1.0), Check("two", False, 12.5, 1.0)
    assert insist((good,)) == (good,)
    with pytest.raises(CheckFailed) as caught:
        insist((good, bad))
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.severity) == (
        "check-failed",
        "checks.two",
        "error",
    )
    assert problem.params == {"id": "two", "difference": "12.5"}
    assert isinstance(caught.value, InvalidInput)


def test_run_checks_raises_what_fails(sound):
    domains = sound.ledger.program.line_domain.copy()
    domains[0] = NO_DOMAIN
    with pytest.raises(CheckFailed) as caught:
        run_checks(with_program(sound, line_domain=domains))
    assert [p.path for p in caught.value.problems] == ["checks.domains-sum-to-total"]


def test_numbers_beyond_what_a_computer_holds_give_no_result():
    with pytest.raises(CheckFailed) as caught:
        evaluate(case(effects={"gain": gain(1e200, 1e200)}))
    assert "checks.results-are-finite" in [p.path for p in caught.value.problems]


def test_evaluate_gives_no_result_when_a_check_fails(monkeypatch):
    run = steps.run

    def crooked(program, inputs):
        ledger = run(program, inputs)
        return replace(ledger, present=ledger.present + 1.0)

    monkeypatch.setattr(steps, "run", crooked)
    with pytest.raises(CheckFailed):
        evaluate(case(**FIELDS))


def test_a_variant_that_does_not_add_up_gives_no_result_either():
    scenarios = {"huge": {"changes": {"effects.gain.quantity": 1e308}}}
    with pytest.raises(CheckFailed):
        evaluate(case(**{**FIELDS, "scenarios": scenarios}))
