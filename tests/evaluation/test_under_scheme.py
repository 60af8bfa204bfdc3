"""A case with another discount scheme than its own."""

import pytest
from tests.small import case, cost

from impactmonitor import evaluate
from impactmonitor.evaluation.under_scheme import under_scheme
from impactmonitor.problems import InvalidInput


@pytest.mark.parametrize("own", [None, {"rate": 0.1}, {"scheme": "nl-2021", "timing": "mid_year"}])
def test_the_scheme_is_replaced_and_the_timing_stays(own):
    before = case(costs={"work": cost(600, years=3)}, discount=own)
    found = under_scheme(before, "nl-2026")
    timing = "start_of_year" if own is None else own.get("timing", "start_of_year")
    by_hand = case(costs={"work": cost(600, years=3)},
                   discount={"scheme": "nl-2026", "timing": timing})  # fmt: skip
    assert evaluate(found).totals == evaluate(by_hand).totals
    assert under_scheme(before, None) is before


@pytest.mark.parametrize("name", ["", "A B", "\0", "x" * 100])
def test_what_can_be_no_scheme_is_refused_with_its_place(name):
    with pytest.raises(InvalidInput) as invalid:
        under_scheme(case(costs={"work": cost(600)}), name)
    assert [problem.path for problem in invalid.value.problems] == ["discount.scheme"]
