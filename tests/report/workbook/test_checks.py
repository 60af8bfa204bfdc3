"""Every check of a workbook fails visibly when what it is about is not in order."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
from tests.report.workbook.copying import copied

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.layout import At
from impactmonitor.messages import text
from impactmonitor.report.workbook.book import Cell
from impactmonitor.report.workbook.checks import MASTER, VERDICT
from impactmonitor.report.workbook.writing import Written, workbook
from impactmonitor.resources import folder

EXAMPLE = folder("examples") / "fall-prevention-65plus" / "case.yaml"


@functools.cache
def made() -> Written:
    case, catalogue = load_case(EXAMPLE), load_catalogue()
    years = evaluate(case, catalogue).appraised.compiled.program.years
    return workbook(case, catalogue, "en", years)


def after(at: At, value: Any) -> Callable[[At], Any]:
    """The workbook after something is typed in a cell: what its cells then show."""
    book = copied(made().book)
    style = book.pages[at.sheet].cells.get((at.row, at.column), Cell()).style
    book.pages[at.sheet].cells[at.row, at.column] = Cell(value, None, style)
    names = {n: (book.layout.sheet_name(a.sheet), a.row, a.column) for n, a in book.names.items()}
    values = Calculator(book.constants(), book.formulas(), names).all_values()
    return lambda place: values.get((book.layout.sheet_name(place.sheet), place.row, place.column))


LAYOUT = made().book.layout
PLACES = made().outcome.places.cells

BROKEN: dict[str, tuple[At, Any]] = {
    "required": (LAYOUT.field("plan", "title"), None),
    "horizon": (LAYOUT.field("plan", "horizon"), 99),
    "costs_shares": (LAYOUT.cell("costs", "paid_by", 0), None),
    "effects_shares": (LAYOUT.cell("bearers", "share", 0), 0.9),
    "numbers": (LAYOUT.cell("costs", "amount", 2), "n.a."),
    "prices": (LAYOUT.cell("effects", "unit_value", 0), "no-such-price"),
    "lines": (LAYOUT.cell("bearers", "line", 20), "no-such-line"),
    "actors_sum": (PLACES["parties.0.net"], 12.0),
    "domains_sum": (PLACES["domains.social.net"], 12.0),
    "years_sum": (PLACES["totals.net_present_value"], 12.0),
    "indexed": (LAYOUT.field("plan", "price_year"), 1800),
    "kinds": (LAYOUT.cell("actors", "kind", 1), None),
    "answer": (LAYOUT.cell("costs", "currency", 0), "USD"),
}
WHERE = {
    "required": "What is your plan called?",
    "costs_shares": "Exercise classes in groups",
    "effects_shares": "Fewer treated falls",
    "lines": "no-such-line",
    "indexed": "Fewer treated falls",
    "kinds": "Health insurer",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_input_is_seen(name: str) -> None:
    shown = after(*BROKEN[name])
    assert shown(PLACES[f"checks.{name}"]) > 0
    assert shown(MASTER) > 0
    assert shown(VERDICT) == text("workbook.answer.bad", "en")
    if name in WHERE:
        assert shown(PLACES[f"first_at_fault.{name}"]) == WHERE[name]


def test_transfers_that_do_not_cancel() -> None:
    flows = PLACES["parties.0.transfers"]
    shown = after(flows, 12.0)
    assert shown(PLACES["checks.transfers_sum"]) > 0


def test_nothing_is_wrong_with_the_example() -> None:
    shown = after(LAYOUT.field("plan", "summary"), "Another summary")
    found = {name: shown(at) for name, at in PLACES.items() if name.startswith("checks.")}
    assert set(found.values()) == {0}
    assert found.keys() == {f"checks.{name}" for name in {*BROKEN, "transfers_sum"}}
    assert shown(VERDICT) == text("workbook.answer.good", "en")
