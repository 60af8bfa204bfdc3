"""A workbook of a case with instruments: its formulas, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.report.workbook.comparing import assert_equal, live, written_of
from tests.small_instruments import ALL, LOAN, case

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.messages import Language
from impactmonitor.report.workbook.legs import fill_legs
from impactmonitor.report.workbook.saving import to_bytes

SUBSIDY = {"subsidy": {"amount": {2025: 5, 2027: 6}, "from": "state", "to": "city"}}
PRICE_YEAR = {"price_year": 2022, "price_indices": {"own": {"years": {2022: 100}}}}
CASES: dict[str, tuple[Language, dict[str, Any]]] = {
    "all kinds": ("nl", {"instruments": ALL, "discount": {"rate": 0.03}, **PRICE_YEAR}),
    "past the horizon": ("en", {"instruments": {"plan": {**LOAN, "years": 9}}, "horizon": 4}),
    "beside a transfer, under uncertain inflation": ("nl", {
        "instruments": {"a" * 50: LOAN}, "transfers": SUBSIDY,
        "inflation": {"pert": [0.0, 0.02, 0.05]},
        "scenarios": {"dear": {"changes": {f"instruments.{'a' * 50}.rate": 0.1}}},
    }),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "fields"), [pytest.param(*one, id=name) for name, one in CASES.items()]
)
def test_the_formulas_are_those_of_the_engine_and_the_case_comes_back(
    language: Language, fields: dict[str, Any], tmp_path: Path
) -> None:
    own = case(**fields)
    evaluation = evaluate(own, load_catalogue())
    written = written_of(evaluation, load_catalogue(), language)
    assert_equal(written, evaluation)
    assert live(written)["computed.status"] == {"nl": "ACTUEEL", "en": "UP TO DATE"}[language]
    file = tmp_path / "case.xlsx"
    file.write_bytes(to_bytes(written.book, written.values, own.id))
    back = load_case(file)
    assert back == own
    assert evaluate(back).by_actor == evaluation.by_actor


def test_a_leg_is_a_row_with_real_amounts_by_year() -> None:
    filled = Filled()
    fill_legs(filled, case({"plan": {**LOAN, "title": {"nl": "Lening", "en": "Loan"}}}), "nl")
    first = filled.tables["transfers"][0]
    assert first == {
        "code": "plan-in", "title": "Lening: inleg", "from": "fund", "to": "city",
        "timing": "start_of_year",
    }  # fmt: skip
    amounts = {
        row["year"]: row["number"]
        for row in filled.tables["by_year"]
        if row["line"] == "plan-interest"
    }
    assert amounts[2025] == pytest.approx(50 / 1.02)
    assert list(amounts) == [2025, 2026, 2027, 2028]


def test_without_instruments_nothing_is_filled_in() -> None:
    filled = Filled()
    fill_legs(filled, case({}), "nl")
    assert filled == Filled()
