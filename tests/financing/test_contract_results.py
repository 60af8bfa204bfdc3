"""What a result says by itself."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from tests.financing.contracted import UNSURE, contracted

from impactmonitor import evaluate
from impactmonitor.financing.contracts import contracts_of


@pytest.mark.parametrize(("given", "wanted"), [(None, "insurer"), ("city", "city")])
def test_the_payer_gives_the_guarantee_unless_another_one_does(given, wanted):
    case = contracted(UNSURE, guarantee=200, guarantor=given)
    found = contracts_of(evaluate(case), draws=64)["sib"]
    assert found.guarantor == wanted
    assert found.called.mean > 0


def test_a_guarantee_of_another_one_costs_the_payer_nothing():
    own, other, none = (
        contracts_of(evaluate(contracted(UNSURE, **fields)), draws=64)["sib"]
        for fields in ({"guarantee": 200}, {"guarantee": 200, "guarantor": "city"}, {})
    )
    assert other.saving == none.saving
    assert own.saving.mean == pytest.approx(none.saving.mean - own.called.mean / 1.331)
    assert own.called == other.called


def test_results_cannot_be_changed():
    found = contracts_of(evaluate(contracted()), draws=8)["sib"]
    assert found.chance_of_saving == found.saving.probability_positive == 1.0
    with pytest.raises(FrozenInstanceError):
        found.draws = 9
