"""The workbook of a checked batch: counts that count, and texts that stay texts."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from tests.proposals.judging import catalogue
from tests.report.checked import batch, put

from impactmonitor.proposals.checking import check_batch
from impactmonitor.report.checking_letters import letters_of
from impactmonitor.report.checking_workbook import checking_workbook


def opened(found, language="en", has_values=True):
    data = checking_workbook(found, letters_of(found, language), language)
    return load_workbook(io.BytesIO(data), data_only=has_values)


def rows(sheet):
    return [row for row in sheet.iter_rows(min_row=5, values_only=True) if any(row)]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Overview", "Questions", "To mend", "Not judged", "Letters", "Checks"]),
        ("nl", ["Overzicht", "Vragen", "Te herstellen", "Niet beoordeeld", "Brieven", "Controles"]),
    ],
)
def test_the_sheets(tmp_path, language, names):
    assert opened(batch(tmp_path), language).sheetnames == names


def test_counts_are_formulas_with_what_they_give(tmp_path):
    found = batch(tmp_path)
    values, formulas = opened(found), opened(found, has_values=False)
    for place, intake in enumerate(found.intakes):
        row = rows(values["Overview"])[place]
        assert row[7] == len(intake.mistakes)
        assert row[8] == len(intake.flags)
        listed = [each for each in rows(values["Questions"]) if each[0] == place + 1]
        assert len(listed) == len(intake.flags)
    assert formulas["Overview"]["I5"].value == "=COUNTIF('Questions'!$A:$A,1)"


def test_a_text_is_never_a_formula(tmp_path):
    nasty = '=HYPERLINK("http://x.example")'
    put(tmp_path, "=1+1.json", id="nasty", title=nasty,
        about={"organisation": "@SUM(1)", "author": "+1", "version": "-1"})  # fmt: skip
    found = check_batch(tmp_path, catalogue())
    book = opened(found, has_values=False)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert all(value.startswith("=COUNTIF(") for value in formulas)
    assert nasty in [cell.value for cell in cells]


def test_letters_stand_line_by_line(tmp_path):
    found = batch(tmp_path)
    letters = letters_of(found, "en")
    listed = rows(opened(found)["Letters"])
    text = [row[1] or "" for row in listed if row[0] == "walk-on.md"]
    assert text == letters["walk-on.md"].splitlines()


def test_every_check_has_its_definition_and_thresholds(tmp_path):
    listed = rows(opened(batch(tmp_path))["Checks"])
    assert any(row[0] == "More people than there are" and row[1] for row in listed)
    assert any(row[3] == "3.5" for row in listed)
