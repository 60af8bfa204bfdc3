"""A result says which variants it holds the changes of, in the order in which they were made."""

from __future__ import annotations

from typing import get_args

from tests.small import case, cost

from impactmonitor.evaluation import evaluate
from impactmonitor.evaluation.applied import SINGULAR, AppliedVariant, VariantKind

FIELDS = {
    "costs": {"work": cost()},
    "scenarios": {"dear": {"changes": {"costs.work.amount": 130}}},
    "alternatives": {"twice": {"changes": {"costs.work.years": 2}}},
}
DEAR = AppliedVariant("scenario", "dear", {"costs.work.amount": 130})
TWICE = AppliedVariant("alternative", "twice", {"costs.work.years": 2})


def test_the_case_itself_holds_no_changes():
    assert evaluate(case(**FIELDS)).applied == ()


def test_a_variant_holds_its_own_changes():
    found = evaluate(case(**FIELDS))
    assert found.scenarios["dear"].applied == (DEAR,)
    assert found.alternatives["twice"].applied == (TWICE,)


def test_an_alternative_under_a_scenario_holds_both():
    found = evaluate(case(**FIELDS), scenario="dear")
    assert found.applied == (DEAR,)
    assert found.alternatives["twice"].applied == (DEAR, TWICE)


def test_every_kind_of_variant_has_a_name_for_one():
    assert set(SINGULAR) == set(get_args(VariantKind))
