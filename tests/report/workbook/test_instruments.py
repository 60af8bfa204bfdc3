"""A workbook follows the terms of its instruments, and nobody reads them back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.report.workbook.comparing import TOLERANCE, differences, places, size_of, wanted
from tests.report.workbook.comparing import written_of as written
from tests.small_instruments import ALL, LOAN, case

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.scalars import CellError
from impactmonitor.intake.workbook.words import word
from impactmonitor.model.case import Case
from impactmonitor.report.workbook.headline import WARNING
from impactmonitor.report.workbook.legs import fill_legs, rows_of_lending
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written

OTHER: dict[str, dict[str, dict[str, Any]]] = {
    "another rate and form": {"plan": {"rate": 0.08, "repayment": "annuity", "grace": 1}},
    "an interest that there was not": {"pot": {"rate": 0.05}, "stake": {"dividend": 0.2}},
    "no losses, and no guarantee": {"plan": {"loss_share": 0.0}, "cover": {"fee": 0.0}},
    "other amounts": {"gift": {"amount": 900.0}, "stake": {"amount": 0.0, "exit_multiple": 2.0},
                      "cover": {"limit": 50.0, "share": 0.5}},
}  # fmt: skip


def made(instruments: dict[str, Any], **fields: Any) -> tuple[Case, Written]:
    own = case(instruments, discount={"rate": 0.03}, **fields)
    return own, written(evaluate(own, load_catalogue()), load_catalogue(), "en")


def typed(one: Written, terms: dict[str, dict[str, Any]]) -> None:
    """Other terms in the cells, as a reader of the workbook would fill them in."""
    assert one.outcome.schedules is not None
    for name, fields in terms.items():
        for term, value in fields.items():
            at = one.outcome.schedules.terms[name][term]
            cell = one.book.pages[at.sheet].cells[at[1:]]
            assert cell.style.startswith("input")
            cell.value = word("repayments", value, "en") if term == "repayment" else value


def values_of(one: Written) -> dict[tuple[str, int, int], Any]:
    book = one.book
    names = {n: (book.layout.sheet_name(a.sheet), a.row, a.column) for n, a in book.names.items()}
    return Calculator(book.constants(), book.formulas(), names).all_values()


def shown(one: Written, values: dict[tuple[str, int, int], Any], at: At) -> Any:
    return values.get((one.book.layout.sheet_name(at.sheet), at.row, at.column))


@pytest.mark.parametrize("name", OTHER)
def test_all_results_follow_the_terms(name: str) -> None:
    terms = OTHER[name]
    own, one = made(ALL)
    typed(one, terms)
    values = values_of(one)
    assert [at for at, value in values.items() if isinstance(value, CellError)] == []
    changed = case(
        {key: {**fields, **terms.get(key, {})} for key, fields in ALL.items()},
        discount={"rate": 0.03},
    )
    evaluation = evaluate(changed, load_catalogue())
    assert evaluation.by_actor != evaluate(own, load_catalogue()).by_actor
    cells = {path: shown(one, values, at) for path, at in places(one).items()}
    expected = wanted(one, evaluation)
    found = differences(cells, expected, size_of(evaluation))
    assert {path: f for path, f in found.items() if f[2] > TOLERANCE} == {}
    assert {k: v for k, v in cells.items() if k.startswith("checks.") and v} == {}
    assert shown(one, values, WARNING).startswith("NOTE: terms were changed.")


def test_who_pays_a_negative_rate() -> None:
    own, one = made({"plan": {**LOAN, "rate": -0.02}})
    typed(one, {"plan": {"rate": -0.05}})
    changed = case({"plan": {**LOAN, "rate": -0.05}}, discount={"rate": 0.03})
    values, evaluation = values_of(one), evaluate(changed, load_catalogue())
    cells = {path: shown(one, values, at) for path, at in places(one).items()}
    found = differences(cells, wanted(one, evaluation), size_of(evaluation))
    assert {path: f for path, f in found.items() if f[2] > TOLERANCE} == {}
    assert evaluation.by_actor != evaluate(own, load_catalogue()).by_actor


def test_nobody_reads_other_terms_back(tmp_path: Path) -> None:
    own, one = made(ALL)
    assert shown(one, dict(one.values), WARNING) == ""
    typed(one, {"plan": {"rate": 0.5}, "gift": {"amount": "much"}})
    file = tmp_path / "case.xlsx"
    file.write_bytes(to_bytes(one.book, one.values, own.id))
    assert load_case(file) == own


def test_without_instruments_there_are_no_rows() -> None:
    _, one = made({})
    assert one.outcome.schedules is None
    rows = [row for row, _ in one.book.pages["financing"].cells]
    assert max(rows) < one.outcome.financing.bottom


def test_who_gives_contributes_and_who_lends_does_not() -> None:
    own, one = made(ALL)
    cells = {path: shown(one, dict(one.values), at) for path, at in places(one).items()}
    roles = {name: cells[f"financing.{i}.role"] for i, name in enumerate(own.actors)}
    assert {name: role.partition(",")[0] for name, role in roles.items()} == {
        "city": "contributes", "fund": "contributes nothing", "state": "contributes",
    }  # fmt: skip
    assert rows_of_lending(own, filled_by_legs(own)) == (0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11)


def filled_by_legs(own: Case) -> Filled:
    filled = Filled()
    fill_legs(filled, own, "en")
    return filled
