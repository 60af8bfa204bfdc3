"""What a ranking holds, and what follows from it."""

import pytest
from tests.proposals.answered import HIDING, LASTING, QUICK, ranked


def test_a_switch_stands_with_both_cases_and_with_no_other():
    found = ranked(quick=QUICK, lasting=LASTING, worse={**QUICK, "say": 1})
    by_case = {name: found.switching_multipliers(name) for name in found.cases}
    assert {name: set(others) for name, others in by_case.items()} == {
        name: set(found.cases) - {name} for name in found.cases
    }
    for name, others in by_case.items():
        for other, multipliers in others.items():
            assert by_case[other][name] == multipliers
    assert by_case["quick"]["worse"] == ()
    assert sum(len(m) for others in by_case.values() for m in others.values()) == 2 * len(
        found.switches
    )
    assert len(found.switches) >= 1


def test_nothing_in_it_can_be_changed():
    found = ranked(quick=QUICK, hiding=HIDING)
    with pytest.raises(AttributeError):
        found.reason = "x"
    with pytest.raises(TypeError):
        found.cases["quick"] = found.cases["hiding"]
    with pytest.raises(TypeError):
        found.left_out["say"] = ("quick",)
