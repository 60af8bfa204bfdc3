"""A form that is filled in, saved by LibreOffice and read back."""

from __future__ import annotations

from openpyxl import load_workbook
from tests.reported import filled_in, form, reported_on
from tests.spreadsheets import libreoffice

from impactmonitor.intake.form_reading import read_form

ANSWERS = {
    "helped||2027||": {"value": 90, "status": "submitted", "evidence": "=1+1"},
    "satisfied||2027Q1": {"numerator": 20, "denominator": 25},
    "effects.visits|deadweight": {"value": 0.2},
}


def test_a_form_through_libreoffice(tmp_path):
    libreoffice.require()
    case = reported_on()
    files = [filled_in(form(case, tmp_path, language=language, reporter="Anna"), ANSWERS, language)
             for language in ("nl", "en")]  # fmt: skip
    for before, after in zip(
        files, libreoffice.recalculated(files, tmp_path / "after"), strict=True
    ):
        found = read_form(after)
        assert found.problems == ()
        assert [p.record for p in found.records] == [p.record for p in read_form(before).records]
        assert found.lessons == read_form(before).lessons
        sheet = load_workbook(after, data_only=True).worksheets[0]
        assert (sheet["B6"].value, sheet["B7"].value) == (3, 0)


def test_what_a_form_says_before_anybody_answers_is_what_libreoffice_works_out(tmp_path):
    libreoffice.require()
    file = form(reported_on(), tmp_path)
    (after,) = libreoffice.recalculated([file], tmp_path / "after")
    for name in ("B6", "B7"):
        written, worked_out = (
            load_workbook(one, data_only=True).worksheets[0][name].value for one in (file, after)
        )
        assert written == worked_out
