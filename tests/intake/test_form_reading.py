"""A form that was filled in: its records, and the cell of every mistake at once."""

from __future__ import annotations

import datetime

import pytest
from openpyxl import load_workbook
from tests.reported import cell_of, filled_in, form, reported_on

from impactmonitor.intake.form_reading import label_of, read_form
from impactmonitor.intake.update_form import ANSWERS, SIGNATURE_AT, FormLayout
from impactmonitor.intake.workbook.layout import At
from impactmonitor.problems import InvalidInput, errors

WHOLE = {
    "helped||2027||": {"value": 90, "status": "submitted", "reporter": "Anna", "project": "North",
                       "date": datetime.date(2028, 1, 15), "evidence": "=1+1", "method": "Counted",
                       "differs_because": "Some are not known"},
    "helped||2027|sex=women": {"value": 50},
    "satisfied||2027Q1": {"numerator": 20, "denominator": 25},
    "effects.visits|deadweight": {"value": 0.2},
}  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_answer_comes_back(language, tmp_path):
    file = form(reported_on(), tmp_path, language=language)
    found = read_form(filled_in(file, WHOLE, language))
    assert found.problems == ()
    assert (found.case, found.language, found.unanswered) == ("small", language, 5)
    first, women, satisfied, share = (placed.record for placed in found.records)
    assert first.value == 90
    assert (first.status, first.reporter, first.project) == ("submitted", "Anna", "North")
    assert first.date == datetime.date(2028, 1, 15)
    assert (first.evidence, first.method) == ("=1+1", "Counted")
    assert first.differs_because == "Some are not known"
    assert (women.cell, women.status) == ((("sex", "women"),), "draft")
    assert (satisfied.period, satisfied.numerator, satisfied.denominator) == ("2027Q1", 20, 25)
    assert (share.line, share.field, share.value) == ("effects.visits", "deadweight", 0.2)
    lesson = found.lessons["2027"]
    assert (lesson.went_wrong, lesson.learned) == ("A late start", "Start in spring")


@pytest.mark.parametrize("word", ["n.a.", "nd", "-", "High", "12 people", "1.234,5"])
def test_a_text_for_a_number_is_refused_in_its_cell(word, tmp_path):
    file = form(reported_on(), tmp_path)
    found = read_form(filled_in(file, {"helped||2027||": {"value": word}}))
    (problem,) = errors(found.problems)
    assert (problem.sheet, problem.cell) == ("Measurements", cell_of(file, "helped||", "value"))
    assert found.records == ()


def test_everything_that_is_to_be_mended_at_once(tmp_path):
    file = form(reported_on(), tmp_path)
    answers = {
        "helped||2027||": {"value": "nd", "date": "soon", "status": "draft"},
        "satisfied||2027Q1": {"numerator": "-", "denominator": -3},
        "satisfied||2027Q2": {"numerator": 1, "denominator": -3},
    }
    found = read_form(filled_in(file, answers, lessons=("Late", None)))
    places = [(p.code, p.cell) for p in errors(found.problems)]
    assert places == [
        ("workbook-no-number", cell_of(file, "helped||2027||", "value")),
        ("workbook-no-date", cell_of(file, "helped||2027||", "date")),
        ("workbook-no-number", cell_of(file, "satisfied||2027Q1", "numerator")),
        ("too-low", cell_of(file, "satisfied||2027Q1", "denominator")),
        ("too-low", cell_of(file, "satisfied||2027Q2", "denominator")),
        ("form-lesson-unanswered", "B6"),
    ]


def test_nobody_approves_in_a_form(tmp_path):
    file = filled_in(form(reported_on(), tmp_path), {"helped||2027||": {"value": 1}})
    book = load_workbook(file)
    book.worksheets[0][cell_of(file, "helped||", "status")] = "approved"
    book.save(file)
    assert [p.code for p in read_form(file).problems] == ["workbook-not-in-list"]


def test_who_does_not_know_says_why(tmp_path):
    answers = {"helped||2027||": {"value": "I do not know", "evidence": "Nobody counted"}}
    found = read_form(filled_in(form(reported_on(), tmp_path), answers))
    assert [(p.code, p.severity) for p in found.problems] == [("form-answer-unknown", "warning")]
    assert [(r.record.value, r.record.evidence) for r in found.records] == [
        (None, "Nobody counted")
    ]


def test_a_name_alone_is_no_answer(tmp_path):
    found = read_form(filled_in(form(reported_on(), tmp_path, reporter="Anna"), {}))
    assert (found.records, found.unanswered) == ((), 9)


@pytest.mark.parametrize("text", [None, "shopping list", "impactmonitor-update-form;1;xx"])
def test_what_is_no_form(text, tmp_path):
    file = form(reported_on(), tmp_path)
    book = load_workbook(file)
    book["Lists"].cell(*SIGNATURE_AT[1:]).value = text
    book.save(file)
    with pytest.raises(InvalidInput) as caught:
        read_form(file)
    assert [p.code for p in caught.value.problems] == ["form-not-a-form"]


def test_a_later_layout_and_a_missing_sheet(tmp_path):
    file = form(reported_on(), tmp_path)
    book = load_workbook(file)
    del book["Lessons"]
    book.save(file)
    with pytest.raises(InvalidInput) as caught:
        read_form(file)
    assert [p.code for p in caught.value.problems] == ["workbook-sheet-missing"]
    book["Lists"].cell(*SIGNATURE_AT[1:]).value = "impactmonitor-update-form;7"
    book.save(file)
    with pytest.raises(InvalidInput) as caught:
        read_form(file)
    assert [p.code for p in caught.value.problems] == ["form-version"]


def test_rows_that_are_not_those_that_were_asked(tmp_path):
    file = form(reported_on(), tmp_path)
    layout, book = FormLayout("en"), load_workbook(file)
    sheet = book.worksheets[0]
    one, other = (sheet.cell(*layout.key_at(i)[1:]) for i in range(2))
    one.value, other.value = other.value, one.value
    book.save(file)
    with pytest.raises(InvalidInput) as caught:
        read_form(file)
    assert [p.code for p in caught.value.problems] == ["form-rows-changed"]


def test_the_name_of_a_question():
    assert label_of(ANSWERS[0], FormLayout("nl")) == "Getal"
    assert isinstance(SIGNATURE_AT, At)
