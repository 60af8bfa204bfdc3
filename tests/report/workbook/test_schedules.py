"""The schedules in the cells are those of the engine, whatever terms somebody tries out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest
from tests.report.workbook.comparing import TOLERANCE, written_of
from tests.small_instruments import ALL, GUARANTEE, LOAN, REVOLVING, case

from impactmonitor import evaluate, load_catalogue
from impactmonitor.appraisal.legs import schedule_of
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.words import word
from impactmonitor.model.case import Case
from impactmonitor.model.legs import first_year_of
from impactmonitor.report.workbook.schedules import COLUMNS
from impactmonitor.report.workbook.writing import Written

INSTRUMENTS: dict[str, Any] = {
    **ALL,
    "long": {**LOAN, "years": 12, "first_year": 2027, "grace": 2},
    "half": {**GUARANTEE, "of": "long", "cover": "pari-passu", "share": 0.4, "limit": None},
    "again": {**REVOLVING, "years": 4, "rounds": 3, "rate": 0.03, "grace": 1, "first_year": 2026},
}
OF_A_STAKE = {"dividend": "interest", "exit": "repayment"}


@cache
def made() -> Written:
    own = case(INSTRUMENTS)
    return written_of(evaluate(own, load_catalogue()), load_catalogue(), "nl")


def drawn(random: Random, instrument: dict[str, Any]) -> dict[str, Any]:
    """Other terms for an instrument: what can be tried out, within what the model allows."""
    kind, years = instrument["kind"], instrument.get("years", 1)
    found: dict[str, Any] = {"amount": random.choice([0.0, 1.0, 250_000.0])}
    if kind in {"loan", "revolving-fund"}:
        found["rate"] = random.choice([0.0, -0.02, 0.001, 0.06, 1.5])
        found["repayment"] = random.choice(["annuity", "linear", "bullet"])
        found["grace"] = random.randrange(years)
        found["loss_share"] = random.choice([0.0, 0.25, 1.0])
    if kind == "loan":
        found["loss_year"] = instrument.get("first_year", 2025) + random.randrange(years - 1)
    if kind == "equity":
        found |= {"dividend": random.choice([0.0, 0.1]), "exit_multiple": random.choice([0, 3.5])}
    if kind == "guarantee":
        found = {"share": random.choice([0.0, 0.3, 1.0]), "fee": random.choice([0.0, 0.02]),
                 "limit": random.choice([None, 0.0, 700.0])}  # fmt: skip
    return found


def values_with(terms: dict[str, dict[str, Any]]) -> dict[tuple[str, int, int], Any]:
    """The cells of the sheet with other terms, without working out what follows from them."""
    written, title = made(), made().book.layout.sheet_name("financing")
    book, schedules = written.book, written.outcome.schedules
    assert schedules is not None
    formulas = {at: f for at, f in book.formulas().items()
                if at[0] == title and at[1] >= schedules.warning.row}  # fmt: skip
    cells = book.constants() | {at: v for at, v in written.values.items() if at not in formulas}
    for name, fields in terms.items():
        for term, value in fields.items():
            at = schedules.terms[name][term]
            said = word("repayments", value, "nl") if term == "repayment" else value
            cells[title, at.row, at.column] = said
    return cells | Calculator(cells, formulas, {}).all_values()


def columns_of(own: Case, name: str) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """The schedule of the engine, by column of the sheet."""
    instrument = own.instruments[name]
    found: Any = schedule_of(own, instrument)
    for column in COLUMNS[instrument.kind]:
        if column == "paid_so_far":
            yield column, np.cumsum(found.paid)
        else:
            yield column, getattr(found, OF_A_STAKE.get(column, column))


@pytest.mark.parametrize("seed", range(25))
def test_any_terms(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    terms = {name: drawn(random, one) for name, one in INSTRUMENTS.items()} if seed else {}
    own = case({name: {**one, **terms.get(name, {})} for name, one in INSTRUMENTS.items()})
    cells, title = values_with(terms), made().book.layout.sheet_name("financing")
    schedules = made().outcome.schedules
    assert schedules is not None
    for name, instrument in own.instruments.items():
        top, first = schedules.tops[name], first_year_of(own, instrument)
        for column, (key, wanted) in enumerate(columns_of(own, name), start=3):
            found = [cells[title, top + i, column] for i in range(len(wanted))]
            size = max(1.0, instrument.amount or 0.0, float(np.abs(wanted).max()))
            assert found == pytest.approx(wanted, abs=TOLERANCE * size), (name, key)
            assert cells[title, top, 1] == first
        assert (title, top + len(wanted), 3) not in cells, "one row for each year"


def test_real_amounts_are_in_prices_of_the_price_year() -> None:
    cells, schedules = values_with({}), made().outcome.schedules
    assert schedules is not None
    title = made().book.layout.sheet_name("financing")
    for leg, later, nominal in (("plan-in", 0, 1000), ("plan-interest", 1, 50)):
        at = schedules.places[leg, 2025]
        assert cells[title, at.row, at.column] == pytest.approx(nominal / 1.02**later)


def test_a_word_tells_which_terms_were_changed() -> None:
    schedules = made().outcome.schedules
    assert schedules is not None
    title, warning = made().book.layout.sheet_name("financing"), schedules.warning
    for terms, said in (({}, ""), ({"plan": {"rate": 0.09}}, "LET OP: er zijn voorwaarden")):
        cells = values_with(terms)
        assert cells[title, warning.row, warning.column].startswith(said)
        flagged = [at for at, v in cells.items() if at[0] == title and v == "gewijzigd"]
        assert len(flagged) == len(terms)
    row = schedules.terms["plan"]["rate"].row
    assert flagged == [(title, row, 4)]
