"""The sheet on financing: what it starts with, what it says, and that nobody reads it back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.report.workbook.comparing import years_of
from tests.report.workbook.copying import copied
from tests.report.workbook.test_random_cases import simple
from tests.report.workbook.trying_out import (
    EXAMPLES,
    LANGUAGES,
    after,
    gain,
    result_of,
    shown,
    written_as,
)

from impactmonitor import evaluate, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arrangement import arrange
from impactmonitor.intake.reading import checked, read_file
from impactmonitor.intake.workbook.layout import At
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.financing import HEADLINE, PAYMENTS
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.report.workbook.writing import Written, blank_workbook, workbook


def written_of(evaluation: Evaluation, language: Language = "en") -> Written:
    computed = computed_of(evaluation)
    return workbook(evaluation.case, load_catalogue(), language, years_of(evaluation), computed)


def evaluated(**changes: Any) -> Evaluation:
    """People gain 500 by what costs the city 1000; the state gains what is given here."""
    state = changes.pop("state", 0)
    tree = simple(**changes)
    tree["actors"]["state"] = {"kind": "central-government"}
    tree["effects"]["saved"] = gain("state", state, 1)
    return evaluate(Case.model_validate(tree), load_catalogue())


def filled_rows(written: Written) -> list[tuple[Any, ...]]:
    cells = written.book.pages["financing"].cells
    rows = [tuple(cells[at[1:]].value for at in one) for one in written.outcome.financing.payments]
    return [row for row in rows if any(value is not None for value in row)]


def headline(written: Written, typed: dict[At, Any] | None = None) -> Any:
    values = written.values if typed is None else after(written, typed)
    return values[written.book.layout.sheet_name("financing"), HEADLINE.row, HEADLINE.column]


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_starts_with_the_payments_of_the_engine(name: str) -> None:
    evaluation = result_of(name)
    wanted = [(p.giver, p.receiver, p.present_value) for p in arrange(evaluation).payments]
    assert filled_rows(written_as(name, "nl")) == wanted


@pytest.mark.parametrize("whole", [None, "value", "cash", "both"])
def test_it_starts_with_the_choice_of_the_case(whole: Any) -> None:
    arrangement = {} if whole is None else {"arrangement": {"whole": whole}}
    written = written_of(evaluated(**arrangement))
    choice = written.outcome.financing.choice
    words = {None: "who pays in both, others in value", "value": "in value", "cash": "in cash",
             "both": "in value and in cash"}  # fmt: skip
    assert written.book.pages["financing"].cells[choice[1:]].value == words[whole]


def test_conditions_that_nothing_keeps_to_leave_it_empty() -> None:
    forbidden = [{"from": "state", "to": "city"}, {"from": "state", "to": "people"}]
    settled = {"given": {"state": 10}, "forbidden": forbidden}
    evaluation = evaluated(state=5000, arrangement=settled)
    with pytest.raises(InvalidInput, match="keep to everything"):
        arrange(evaluation)
    assert filled_rows(written_of(evaluation)) == []


def test_many_payments_all_find_a_row() -> None:
    losers, winners = range(6), range(5)
    tree = simple(effects__gain__falls_to="w0") | {
        "actors": {f"{side}{i}": {"kind": "company"}
                   for side, of in (("l", losers), ("w", winners)) for i in of},
        "costs": {f"c{i}": {"amount": 10 + i, "paid_by": f"l{i}"} for i in losers},
        "effects": {f"e{i}": gain(f"w{i}", 100 + i, 1) for i in winners},
    }  # fmt: skip
    written = written_of(evaluate(Case.model_validate(tree), load_catalogue()))
    assert len(filled_rows(written)) == 30 > PAYMENTS
    assert headline(written).startswith("With payments of EUR 75 everybody is whole")


def test_a_blank_workbook_has_room_and_shows_nothing() -> None:
    written = blank_workbook(load_catalogue(), "nl", years=4)
    assert filled_rows(written) == []
    assert len(written.outcome.financing.payments) == PAYMENTS
    assert headline(written).startswith("Vul kosten en effecten in")
    cells = shown(written, written.values)
    words = {"role", "may_pay", "proposed", "whole"}
    assert {v for k, v in cells.items() if k.rpartition(".")[2] in words} == {""}
    numbers = {v for k, v in cells.items() if k[0].isdigit() and k.rpartition(".")[2] not in words}
    assert numbers == {0, ""}


def test_what_the_first_line_says() -> None:
    none, enough, too_little = (written_of(evaluated(state=s, costs__work__amount=c))
                                for s, c in ((2000, 0), (2000, 1000), (400, 1000)))  # fmt: skip
    assert headline(none) == "Nobody falls short: no payments are needed."
    assert headline(enough) == (
        "With payments of EUR 1,000 everybody is whole (who pays in both, others in value)."
    )
    assert headline(too_little) == (
        "With the payments on this sheet EUR 600 is still missing. Payments alone are not enough: "
        "even if everybody gives what it can spare, EUR 600 has to come from outside."
    )
    typed = {at: None for one in enough.outcome.financing.payments for at in one}
    assert headline(enough, typed) == "With the payments on this sheet EUR 1,000 is still missing."


def of_actors(evaluation: Evaluation, key: str) -> dict[str, Any]:
    """A column of the sheet by actor."""
    written = written_of(evaluation)
    cells = shown(written, written.values)
    return {name: cells[f"{i}.{key}"] for i, name in enumerate(evaluation.case.actors)}


def test_words_say_who_contributes_who_falls_short_and_who_is_whole() -> None:
    evaluation = evaluated(state=400)
    assert of_actors(evaluation, "role") == {
        "people": "does not contribute", "city": "contributes, and falls short",
        "state": "does not contribute",
    }  # fmt: skip
    proposed = {"people": "stays the same", "city": "receives", "state": "pays"}
    assert of_actors(evaluation, "proposed") == proposed
    whole = {"people": "whole", "city": "falls short", "state": "whole"}
    assert of_actors(evaluation, "whole") == whole


def test_what_an_actor_says_of_itself_goes_before_its_kind() -> None:
    usual = evaluated()
    assert of_actors(usual, "may_pay") == {"people": "no", "city": "yes", "state": "yes"}
    own = evaluated(actors__people__may_pay=True, actors__city__may_pay=False)
    assert of_actors(own, "may_pay") == {"people": "yes", "city": "no", "state": "yes"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_reads_it_back_or_complains(language: Language, tmp_path: Path) -> None:
    evaluation = result_of("greening-roofs-gardens")
    plain = written_as("greening-roofs-gardens", language)
    tried = replace(plain, book=copied(plain.book))
    page, places = tried.book.pages["financing"], tried.outcome.financing
    page.cells[places.choice[1:]].value = "nonsense"
    for at, value in zip(places.payments[7], ("nobody", None, "much"), strict=True):
        page.cells[at[1:]].value = value
    readings = []
    for name, written in (("plain", plain), ("tried", tried)):
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(to_bytes(written.book, written.values, "x"))
        readings.append(read_file(file))
    assert [p.code for p in readings[1].problems] == [p.code for p in readings[0].problems]
    assert not [p for p in readings[1].problems if p.sheet in {"Financiering", "Financing"}]
    assert checked(readings[1]) == checked(readings[0]) == evaluation.case


def test_the_file_offers_lists_checks_amounts_and_describes_its_picture() -> None:
    written = written_as("greening-roofs-gardens", "nl")
    data = to_bytes(written.book, written.values, "x")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Financiering"]
    places = written.outcome.financing
    kinds = {}
    for one in sheet.data_validations.dataValidation:
        for at in (places.choice, *places.payments[0], *places.payments[-1]):
            if sheet.cell(at.row, at.column).coordinate in one.sqref:
                kinds[at] = one.type
    assert kinds[places.choice] == "list"
    for row in (places.payments[0], places.payments[-1]):
        assert [kinds[at] for at in row] == ["list", "list", "custom"]
        assert [sheet.cell(at.row, at.column).protection.locked for at in row] == [False] * 3
    assert sheet.cell(places.choice.row, places.choice.column).protection.locked is False
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        drawings = [parts.read(n).decode() for n in parts.namelist() if "drawings/drawing" in n]
    assert any("een volle staaf voor het saldo met de betalingen" in text for text in drawings)
