"""Somebody tries things out on the sheet on financing: what its cells then come to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.report.workbook.comparing import years_of

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.layout import At
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.resources import folder

EXAMPLES = {file.parent.name: file for file in sorted(folder("examples").glob("*/case.yaml"))}
LANGUAGES: tuple[Language, ...] = ("nl", "en")
OWN = "every choice differs"


def gain(actor: str, amount: float, cashable: float) -> dict[str, Any]:
    """What an actor gains in the base year, and which part of it is money."""
    return {"quantity": amount, "unit_value": 1, "unit": "euro", "falls_to": actor,
            "domain": "economic", "cashable": cashable}  # fmt: skip


DIFFERING: dict[str, Any] = {
    "impactmonitor": 1, "id": "differing", "title": "Differing", "currency": "EUR",
    "price_year": 2025, "base_year": 2025, "horizon": 4, "discount": {"rate": 0.03},
    "actors": {
        "city": {"kind": "municipality"}, "shop": {"kind": "company"},
        "people": {"kind": "citizen"}, "state": {"kind": "central-government"},
        "insurer": {"kind": "health-insurer", "reservation": 40},
    },
    "costs": {"work": {"amount": 1000, "paid_by": "city"}},
    "effects": {
        "quiet": gain("city", 700, 0), "sales": gain("shop", -200, 1),
        "looks": gain("shop", 500, 0), "noise": gain("people", -100, 0),
        "taxes": gain("state", 5000, 1), "care": gain("insurer", 1000, 0.3),
    },
}  # fmt: skip
"""One loses in value and in cash and pays, one loses in cash alone, one in value alone."""


@cache
def result_of(name: str) -> Evaluation:
    case = Case.model_validate(DIFFERING) if name == OWN else load_case(EXAMPLES[name])
    return evaluate(case, load_catalogue())


@cache
def written_as(name: str, language: Language) -> Written:
    evaluation = result_of(name)
    computed = computed_of(evaluation)
    return workbook(evaluation.case, load_catalogue(), language, years_of(evaluation), computed)


def after(written: Written, typed: Mapping[At, Any]) -> dict[tuple[str, int, int], Any]:
    """The values of all cells; only those of this sheet are worked out again.

    Nothing else may follow from them, as they are no part of the case.
    """
    book, sheet = written.book, written.outcome.financing.positions.sheet
    names = {
        n: (book.layout.sheet_name(at.sheet), at.row, at.column) for n, at in book.names.items()
    }
    own, calculation = (book.layout.sheet_name(name) for name in ("financing", "calculation"))
    first, last = sheet.blocks["rules"].top, sheet.blocks["positions"]
    formulas = {
        (title, row, column): formula
        for (title, row, column), formula in book.formulas().items()
        if title == own or (title == calculation and first <= row < last.row(last.rows))
    }
    others = {at: value for at, value in written.values.items() if at not in formulas}
    constants = {at: value for at, value in book.constants().items() if at not in formulas}
    asked = {(book.layout.sheet_name(at.sheet), at.row, at.column): v for at, v in typed.items()}
    calculator = Calculator(constants | others | asked, formulas, names)
    return others | calculator.all_values()


def shown(written: Written, values: Mapping[tuple[str, int, int], Any]) -> dict[str, Any]:
    """The values on the sheet by their places."""
    name = written.book.layout.sheet_name("financing")
    return {
        path.removeprefix("financing."): values.get((name, at.row, at.column))
        for path, at in written.outcome.places.cells.items()
        if path.startswith("financing.")
    }
