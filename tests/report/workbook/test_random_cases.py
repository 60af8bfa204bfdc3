"""The formulas of a workbook give what the engine gives, whatever is in the case."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.report.workbook.comparing import assert_equal, written_of
from tests.strategies import cases

from impactmonitor import evaluate, load_catalogue
from impactmonitor.messages import Language
from impactmonitor.model.case import Case

CATALOGUE = load_catalogue()
CASES = 20


@pytest.mark.parametrize(("language", "part"), [("nl", 1), ("en", 2)])
def test_random_cases(language: Language, part: int) -> None:
    """Few, as each takes a second: a difference that is found becomes a test of its own."""

    @seed(part)
    @settings(
        max_examples=CASES,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # a smaller case is worth less than the minutes it takes
        database=None,
    )
    @given(cases())
    def agree(tree: dict[str, Any]) -> None:
        evaluation = evaluate(Case.model_validate(tree), CATALOGUE)
        assert_equal(written_of(evaluation, CATALOGUE, language), evaluation)

    agree()
