"""Agreement in the cells is that of the engine."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.workbook.scored import AWAY, scores
from tests.report.workbook.test_assessment_beside import NAMES, SLOTS, by, chosen, made

from impactmonitor.intake.workbook.assessing import beside_sheet


def alpha(values: Any) -> Any:
    at = made().outcome.scores.beside["test"].agreement
    return values[made().book.layout.sheet_name(beside_sheet(0)), at.row, at.column]


def wanted(answers: dict[str, Any]) -> Any:
    given_ = {name: by(**dict(zip(NAMES, own, strict=False))) for name, own in answers.items()}
    found = scores(given_)["test"].agreement
    return "" if found is None or found.alpha is None else found.alpha


@pytest.mark.parametrize("answers", [
    {"say": (1, 2, 3), "again": (4, 4, 3)}, {"say": (1, 1), "again": (4, 4)},
    {"say": (1, 1), "again": (1, 1)}, {"say": (2,), "again": (3,)}, {},
    {"say": ("none", 2, 2), "again": (1, 4, AWAY)}, {"own": (1, 3), "say": (2, 3)},
    {"own": (1, 3, 2), "say": (None, 2)}, {"own": (1, 3)},
])  # fmt: skip
def test_the_alpha_of_a_small_case(answers: Any) -> None:
    answers = {name: [a for a in own if a is not None] for name, own in answers.items()}
    found = wanted(answers)
    assert alpha(chosen(**answers)) == (found if found == "" else pytest.approx(found, abs=1e-12))


ANSWERS = st.lists(
    st.integers(1, 3) | st.sampled_from(["none", "unknown"]), min_size=1, max_size=SLOTS
)


@settings(max_examples=40, deadline=None)
@given(ANSWERS, ANSWERS, ANSWERS)
def test_the_alpha_of_any_answers(first: Any, second: Any, third: Any) -> None:
    answers = {"say": first, "again": second, "own": third}
    found = wanted(answers)
    assert alpha(chosen(**answers)) == (found if found == "" else pytest.approx(found, abs=1e-9))
