"""The form as a file: what it asks, what it shows, and what may be typed in it."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook
from tests.reported import CATALOGUE, cell_of, form, keys_of, reported_on

from impactmonitor import evaluate
from impactmonitor.intake.update_form import ANSWERS, KNOWN, FormLayout
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.periods import period_of
from impactmonitor.problems import InvalidInput
from impactmonitor.report.update_form import update_form


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_for_every_question_with_what_is_known(language, tmp_path):
    file = form(reported_on(), tmp_path, language=language)
    assert keys_of(file, language) == [
        "helped||2027||value", "helped||2027|sex=women|value", "helped||2027|sex=men|value",
        *(f"satisfied||2027Q{i}||ratio" for i in range(1, 5)),
        "costs.work|amount|2027||value", "effects.visits|deadweight|2027||either",
    ]  # fmt: skip
    sheet = load_workbook(file).worksheets[0]
    known = [[cell.value for cell in row] for row in sheet["A10:G18"]]
    helped, hidden = ("Geholpen", "niet getoond") if language == "nl" else ("Helped", "not shown")
    women = "vrouwen" if language == "nl" else "women"
    assert known[0][:2] == [helped, "2027"]
    assert known[0][3:] == ["people", 400, 43, "2026"]
    assert known[1][2] == women
    assert known[1][4:] == [None, hidden, "2026"]
    assert known[3][5] == ("30 van 40" if language == "nl" else "30 of 40")
    assert known[7][4:] == [600, 550, "2026"]
    assert known[8][4:] == [0, 0.25, "2026"]


def test_only_cells_for_an_answer_can_be_filled_in_and_the_sheet_has_no_password(tmp_path):
    file = form(reported_on(), tmp_path)
    layout, book = FormLayout("en"), load_workbook(file)
    sheet = book.worksheets[0]
    open_cells = {c.coordinate for row in sheet for c in row if not c.protection.locked}
    assert cell_of(file, "helped||2027||", "value") in open_cells
    assert cell_of(file, "helped||2027||", "numerator") not in open_cells
    assert cell_of(file, "satisfied", "value") not in open_cells
    assert cell_of(file, "helped||2027||", "differs_because") in open_cells
    assert cell_of(file, "helped||2027|sex=men", "differs_because") not in open_cells
    assert all(len(KNOWN) < sheet[name].column <= len(KNOWN) + len(ANSWERS) for name in open_cells)
    for page in book.worksheets:
        assert page.protection.sheet
        assert not page.protection.password
    assert layout.sheet_name("figures") == sheet.title


def test_lists_messages_and_marks(tmp_path):
    file = form(reported_on(), tmp_path)
    sheet = load_workbook(file).worksheets[0]
    rules = {str(r.sqref): r for r in sheet.data_validations.dataValidation}
    assert {r.type for r in rules.values()} == {"custom", "list", None}
    assert all(r.prompt and r.promptTitle for r in rules.values())
    status = next(r for r in rules.values() if r.type == "list")
    assert status.formula1 == "'Lists'!$A$4:$A$5"
    marked = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert {"ISTEXT(H10)", "ISTEXT(I10)", "ISTEXT(J10)"} <= set(marked)


def test_the_name_of_the_reporter_stands_there_already(tmp_path):
    file = form(reported_on(), tmp_path, reporter="=Anna")
    cell = load_workbook(file).worksheets[0][cell_of(file, "helped||", "reporter")]
    assert (cell.value, cell.data_type) == ("=Anna", "s")


def test_what_was_learned_before_stands_there_already(tmp_path):
    lessons = {"2027": {"went_wrong": "Late", "learned": {"nl": "Begin", "en": "Start"}}}
    monitoring = {"indicators": {"a": {"measure": "flow"}}, "lessons": lessons}
    case = reported_on(monitoring=monitoring, measurements=[])
    sheet = load_workbook(form(case, tmp_path)).worksheets[1]
    assert (sheet["B5"].value, sheet["B6"].value) == ("Late", "Start")


def test_no_macros_and_nothing_from_elsewhere(tmp_path):
    data = form(reported_on(), tmp_path).read_bytes()
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [n for n in names if "vba" in n.lower() or "external" in n.lower()]


def test_a_period_in_which_nothing_is_due():
    period = period_of("2027Q2")
    assert period is not None
    case = reported_on(monitoring=None, measurements=[])
    with pytest.raises(InvalidInput) as caught:
        update_form(evaluate(case, CATALOGUE), CATALOGUE, period, "en")
    assert [p.code for p in caught.value.problems] == ["nothing-due"]


def test_more_questions_than_a_form_holds():
    indicators = {f"i{i}": {"measure": "flow", "every": "month"} for i in range(167)}
    case = reported_on(monitoring={"indicators": indicators}, measurements=[])
    period = period_of("2027")
    assert period is not None
    with pytest.raises(InvalidInput) as caught:
        update_form(evaluate(case, CATALOGUE), CATALOGUE, period, "en")
    assert [p.code for p in caught.value.problems] == ["too-many-questions"]
