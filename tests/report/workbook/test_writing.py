"""The formulas of a workbook give what the engine gives."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import SOCIETY
from impactmonitor.report.workbook.outcome import PARTY_COLUMNS
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").glob("*/case.yaml"))
NAMED = [pytest.param(file, id=file.parent.name) for file in EXAMPLES]
LANGUAGES = ("nl", "en")


def years_of(evaluation: Evaluation) -> int:
    """Up to the last flow."""
    return evaluation.appraised.compiled.program.years


def rate_of(evaluation: Evaluation) -> float | None:
    found = evaluation.totals["internal_rate_of_return"]
    return found.value if isinstance(found, InternalRate) else None


def live(written: Written) -> dict[str, Any]:
    """The results in the cells, by their places."""
    layout = written.book.layout
    return {
        name: written.values[layout.sheet_name(at.sheet), at.row, at.column]
        for name, at in written.outcome.places.cells.items()
    }


def wanted(evaluation: Evaluation, perspectives: list[str]) -> dict[str, Any]:
    """The same results of the engine."""
    case, found = evaluation.case, dict[str, Any]()
    for name, value in evaluation.totals.items():
        if isinstance(value, InternalRate):
            if value.value is not None:
                found[f"totals.{name}"] = value.value
        elif name != "most_likely_net_present_value" and value is not None:
            found[f"totals.{name}"] = value
    parties = dict(enumerate(evaluation.by_actor.values()))
    parties |= {
        12 + i if len(case.actors) <= 12 else len(case.actors) + i: evaluation.by_perspective[p]
        for i, p in enumerate(perspectives)
    }
    for i, party in parties.items():
        for name in (*PARTY_COLUMNS, "transfers"):
            value = getattr(party, name)
            found[f"parties.{i}.{name}"] = "" if value is None else value
    for name, domain in evaluation.domain_results().items():
        for key in ("costs", "benefits", "net"):
            found[f"domains.{name}.{key}"] = getattr(domain, key)
    return found


def assert_equal(written: Written, evaluation: Evaluation) -> None:
    cells = live(written)
    perspectives = [p for p in evaluation.by_perspective if p != SOCIETY]
    size = max(1.0, abs(evaluation.amount("costs")), abs(evaluation.amount("benefits")),
               *(abs(p.benefits) + p.costs + p.transfers_paid + p.transfers_received
                 for p in evaluation.by_actor.values()))  # fmt: skip
    wrong = {}
    for name, value in wanted(evaluation, perspectives).items():
        cell = cells[name]
        if isinstance(value, str) or isinstance(cell, str) or cell is None:
            same = cell == value
        else:
            is_amount = name.split(".")[-1] not in {"benefit_cost_ratio", "sroi", "sroi_net"}
            same = abs(cell - value) <= 1e-9 * max(size if is_amount else 0.0, abs(value), 1e-3)
        if not same:
            wrong[name] = (cell, value)
    assert wrong == {}
    assert {k: v for k, v in cells.items() if k.startswith("checks.") and v} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", NAMED)
def test_an_example(file: Any, language: Any) -> None:
    case, catalogue = load_case(file), load_catalogue()
    evaluation = evaluate(case, catalogue)
    written = workbook(case, catalogue, language, years_of(evaluation), rate_of(evaluation))
    assert_equal(written, evaluation)


def test_the_file_holds_formulas_with_their_values_and_names() -> None:
    case, catalogue = load_case(EXAMPLES[0]), load_catalogue()
    evaluation = evaluate(case, catalogue)
    written = workbook(case, catalogue, "nl", years_of(evaluation))
    data = to_bytes(written.book, written.values, case.id)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheet, cell = formulas.defined_names["im_npv"].attr_text.replace("$", "").split("!")
    name = sheet.strip("'")
    assert str(formulas[name][cell].value).startswith("=")
    npv = evaluation.amount("net_present_value")
    assert values[name][cell].value == pytest.approx(npv, rel=1e-9, abs=1e-6)
