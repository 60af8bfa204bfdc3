"""Somebody chooses a topic in a workbook, and what is suggested stands in the case.

The cells are set as another program would, which keeps no value of any formula, and LibreOffice
calculates everything again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from tests.report.workbook.comparing import TOLERANCE, differences, size_of, wanted
from tests.report.workbook.suggested_rows import choosing, offered
from tests.spreadsheets import libreoffice
from tests.spreadsheets.test_recalculation import RATE, SPOILT, shown

from impactmonitor import Evaluation, evaluate, load_catalogue
from impactmonitor.intake.reading import Reading, checked, read_file
from impactmonitor.intake.workbook.layout import At, Layout
from impactmonitor.intake.workbook.suggested import CHOSEN
from impactmonitor.messages import Language, text
from impactmonitor.model.case import Case
from impactmonitor.model.lines import UNKNOWN, Effect
from impactmonitor.model.numbers import ParameterReference
from impactmonitor.model.record import in_language
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written, blank_workbook, workbook

FALLS, WEIGHT = ("fall-prevention", "older-people"), ("healthy-weight", "adults")
YEARS = 6
MARK = {"nl": "Niet lokaal:", "en": "Not local:"}
CHOICES: dict[str, tuple[Language, tuple[str, str] | None]] = {
    "nothing": ("nl", None), "falls": ("nl", FALLS), "weight": ("en", WEIGHT),
    "typed": ("en", FALLS), "preset": ("nl", FALLS),
}  # fmt: skip


class Chosen(NamedTuple):
    """A workbook that was filled in and calculated by LibreOffice."""

    file: Path
    written: Written
    reading: Reading
    case: Case


def plan(layout: Layout) -> dict[At, Any]:
    """What every plan needs."""
    language = layout.language
    actor = in_language(load_catalogue().actors["municipality"].title, language)
    fields = {"title": "Plan", "base_year": 2026, "horizon": 3, "price_year": 2024}
    rows = {("actors", "title"): "Town", ("actors", "kind"): actor, ("costs", "title"): "Coach",
            ("costs", "amount"): 1000, ("costs", "paid_by"): "Town"}  # fmt: skip
    return {
        **{layout.field("plan", key): value for key, value in fields.items()},
        layout.field("people", "reached"): 200,
        **{layout.cell(table, key, 0): value for (table, key), value in rows.items()},
    }


def typed_over(layout: Layout) -> dict[At, Any]:
    """A number, a domain, another title and a title that is taken away; and a row of one's own."""
    cells = {
        ("effects", "per_person", 0): 0.25, ("effects", "unit_value", 0): 1000,
        ("effects", "domain", 0): "social", ("effects", "title", 1): "Dancing",
        ("effects", "domain", 1): "social", ("effects", "per_person", 1): 2,
        ("effects", "unit_value", 1): 3, ("effects", "title", 2): None,
        ("effects", "title", 7): "Singing", ("effects", "domain", 7): "social",
        ("effects", "unit_value", 7): 1, ("unpriced", "quantity", 0): 0.4,
        ("bearers", "line", 0): "Treated falls avoided", ("bearers", "actor", 0): "Town",
        ("bearers", "line", 1): "Dancing", ("bearers", "actor", 1): "Town",
        ("bearers", "line", 2): "Singing", ("bearers", "actor", 2): "Town",
    }  # fmt: skip
    return {layout.cell(*place): value for place, value in cells.items()}


def fill_in(file: Path, layout: Layout, cells: dict[At, Any]) -> None:
    book = openpyxl.load_workbook(file)
    for at, value in cells.items():
        book[layout.sheet_name(at.sheet)].cell(at.row, at.column).value = value
    book.save(file)


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chosen]:
    """All of them, through one process."""
    libreoffice.require()
    to, catalogue = tmp_path_factory.mktemp("suggestions"), load_catalogue()
    files, books = [], []
    for name, (language, choice) in CHOICES.items():
        preset = choice if name == "preset" else None
        written = blank_workbook(catalogue, language, YEARS, chosen=preset)
        layout = written.book.layout
        files.append(to / f"{name}.xlsx")
        files[-1].write_bytes(to_bytes(written.book, dict.fromkeys(written.values, SPOILT), "x"))
        cells = plan(layout)
        if choice is not None and preset is None:
            cells |= choosing(language, *choice)
        if name == "typed":
            cells |= typed_over(layout)
        fill_in(files[-1], layout, cells)
        books.append(written)
    found = {}
    again = libreoffice.recalculated(files, to / "again")
    for name, file, written in zip(CHOICES, again, books, strict=True):
        reading = read_file(file)
        found[name] = Chosen(file, written, reading, checked(reading))
    return found


def by_title(case: Case, language: Language) -> dict[str, Effect]:
    return {in_language(each.title, language): each for each in case.effects.values()}


@pytest.mark.parametrize("name", ["falls", "weight", "preset"])
def test_what_is_suggested_stands_in_the_case_and_is_not_local(
    chosen: dict[str, Chosen], name: str
) -> None:
    language, choice = CHOICES[name]
    assert choice is not None
    effects, indicators = offered(language, *choice)
    found = by_title(chosen[name].case, language)
    assert list(found) == [each.title for each in (*effects, *indicators)]
    assert 5 <= len(found) <= 8
    for offer in (*effects, *indicators):
        effect = found[offer.title]
        note = in_language(effect.note, language)
        assert note.startswith(MARK[language])
        assert offer.known in note
        assert effect.quantity == UNKNOWN
        assert effect.monetised is False
        assert effect.indicator == (offer.indicator or None)
        assert effect.domain is not None


def test_a_suggestion_is_worth_nothing_until_somebody_gives_a_number(
    chosen: dict[str, Chosen],
) -> None:
    result = evaluate(chosen["falls"].case)
    assert result.amount("benefits") == 0
    assert result.amount("costs") == 1000


def test_without_a_choice_there_is_no_effect(chosen: dict[str, Chosen]) -> None:
    assert chosen["nothing"].case.effects == {}
    assert [p.code for p in chosen["nothing"].reading.problems if p.severity == "error"] == []


def test_what_is_typed_over_stays(chosen: dict[str, Chosen]) -> None:
    case = chosen["typed"].case
    found = by_title(case, "en")
    effects, indicators = offered("en", *FALLS)
    titles = [each.title for each in (effects[0], *effects[3:])]
    assert list(found) == [titles[0], "Dancing", *titles[1:], "Singing",
                           *(each.title for each in indicators)]  # fmt: skip
    first = found[titles[0]]
    assert (first.domain, first.unit_value, first.indicator) == (
        "social", 1000, "treated-falls-avoided",
    )  # fmt: skip
    assert dict(first.factors) == {"per-person": 0.25}
    assert first.quantity == ParameterReference(parameter="reached")
    own = found["Dancing"]
    assert (own.indicator, own.note, own.unit) == (None, None, None)
    assert found[indicators[0].title].quantity == 0.4
    for title in titles[1:]:
        assert found[title].quantity == UNKNOWN


@pytest.mark.parametrize("name", CHOICES)
def test_the_workbook_shows_what_the_engine_finds(chosen: dict[str, Chosen], name: str) -> None:
    one = chosen[name]
    evaluation: Evaluation = evaluate(one.case)
    cells = shown(one.file, one.written)
    expected = wanted(one.written, evaluation)
    if cells[RATE] == text("workbook.answer.several", CHOICES[name][0]):
        del expected[RATE]
    found = differences(cells, expected, size_of(evaluation))
    assert {path: f for path, f in found.items() if f[2] > TOLERANCE} == {}
    assert {path: v for path, v in cells.items() if path.startswith("checks.") and v} == {}


@pytest.mark.parametrize("name", CHOICES)
def test_the_case_comes_back_from_a_workbook_of_its_own(
    chosen: dict[str, Chosen], name: str, tmp_path: Path
) -> None:
    """Nothing is lost, and nothing is suggested in it until somebody chooses again."""
    case, (language, _) = chosen[name].case, CHOICES[name]
    written = workbook(case, load_catalogue(), language, YEARS)
    file = tmp_path / "again.xlsx"
    file.write_bytes(to_bytes(written.book, written.values, "x"))
    assert checked(read_file(file)) == case
    page = written.book.pages["people"].cells
    assert {page[at.row, at.column].value for at in CHOSEN.values()} == {None}


def test_a_choice_that_was_never_calculated_is_not_passed_over(
    chosen: dict[str, Chosen], tmp_path: Path
) -> None:
    """Without a choice such cells are empty; with one their values are missing."""
    written = chosen["nothing"].written
    layout, file = written.book.layout, tmp_path / "a.xlsx"
    file.write_bytes(to_bytes(written.book, written.values, "x"))
    title = layout.cell("effects", "title", 0)
    codes = []
    for cells in (plan(layout), choosing("nl", *FALLS)):
        fill_in(file, layout, cells)
        problems = read_file(file).problems
        mine = [p for p in problems if p.sheet == layout.sheet_name(title.sheet)]
        codes.append({p.code for p in mine if p.severity == "error"})
    assert codes == [set(), {"workbook-formula-without-value"}]
