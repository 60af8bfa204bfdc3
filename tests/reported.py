"""A case that is reported on every year, the form for it, and somebody who fills that in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from tests.small import case, cost, gain

from impactmonitor import evaluate, load_catalogue
from impactmonitor.intake.update_form import FIRST_ROW, FormLayout, row_of
from impactmonitor.intake.workbook.layout import letters
from impactmonitor.intake.workbook.words import word
from impactmonitor.intake.writing import to_yaml
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.periods import period_of
from impactmonitor.report.update_form import update_form

CATALOGUE = load_catalogue()
MONITORING = {
    "indicators": {
        "helped": {"title": {"nl": "Geholpen", "en": "Helped"}, "unit": "people",
                   "measure": "cumulative", "target": 400, "target_period": "2027"},
        "satisfied": {"measure": "ratio", "every": "quarter", "counts_people": False},
    },
    "periods": {"school": {"title": "School year", "first": "2026-08-01", "last": "2027-07-31"}},
    "dimensions": {"sex": {"categories": {"women": {"title": {"nl": "vrouwen", "en": "women"}},
                                          "men": {}}}},
}  # fmt: skip
RECORDS = [
    {"indicator": "helped", "period": 2026, "value": 43, "status": "approved", "reporter": "Anna"},
    {"indicator": "helped", "period": 2026, "value": 40, "status": "approved", "reporter": "Anna",
     "disaggregation": {"sex": "women"}},
    {"indicator": "helped", "period": 2026, "value": 3, "status": "approved", "reporter": "Anna",
     "disaggregation": {"sex": "men"}},
    {"indicator": "satisfied", "period": "2026Q4", "numerator": 30, "denominator": 40,
     "status": "approved", "reporter": "Anna"},
    {"line": "costs.work", "period": 2026, "value": 550, "status": "approved"},
    {"line": "effects.visits", "field": "deadweight", "period": 2026, "value": 0.25,
     "status": "approved"},
]  # fmt: skip


def reported_on(*records: dict[str, Any], **fields: Any) -> Case:
    whole: dict[str, Any] = {
        "costs": {"work": cost(600, years=3)},
        "effects": {"visits": gain(100, 10, years=3, unit="visit", title="Visits")},
        "monitoring": MONITORING,
        "measurements": [*(records or RECORDS)],
        **fields,
    }
    return case(**whole)


def form(
    of: Case, to: Path, period: str = "2027", language: Language = "en", reporter: str | None = None
) -> Path:
    """The form for a period, as a file."""
    asked = period_of(period, of.monitoring.periods if of.monitoring else None)
    assert asked is not None
    data, _ = update_form(evaluate(of, CATALOGUE), CATALOGUE, asked, language, reporter)
    file = to / f"form-{period}-{language}.xlsx"
    file.write_bytes(data)
    return file


def keys_of(file: Path, language: Language = "en") -> list[str]:
    """What each row of a form is about."""
    layout = FormLayout(language)
    sheet = load_workbook(file)[layout.sheet_name("figures")]
    found = []
    while row_of(str(sheet.cell(*layout.key_at(len(found))[1:]).value)):
        found.append(str(sheet.cell(*layout.key_at(len(found))[1:]).value))
    return found


def filled_in(
    file: Path,
    answers: dict[str, dict[str, Any]],
    language: Language = "en",
    lessons: tuple[str | None, str | None] = ("A late start", "Start in spring"),
) -> Path:
    """A form with answers by the start of the key of a row, and by field."""
    layout, keys = FormLayout(language), keys_of(file, language)
    book = load_workbook(file)
    sheet = book[layout.sheet_name("figures")]
    for start, fields in answers.items():
        index = next(i for i, key in enumerate(keys) if key.startswith(start))
        for key, value in fields.items():
            shown = word("report_statuses", value, language) if key == "status" else value
            cell = sheet.cell(*layout.answer_at(index, key)[1:])
            assert not cell.protection.locked
            cell.value = shown
            if isinstance(shown, str):
                cell.data_type = "s"
    for key, text in zip(("went_wrong", "learned"), lessons, strict=True):
        book[layout.sheet_name("lessons")].cell(*layout.lesson_at(key)[1:]).value = text
    done = file.with_name(f"filled-{file.name}")
    book.save(done)
    return done


def cell_of(file: Path, start: str, key: str, language: Language = "en") -> str:
    """The address of an answer."""
    layout = FormLayout(language)
    index = next(i for i, k in enumerate(keys_of(file, language)) if k.startswith(start))
    at = layout.answer_at(index, key)
    assert at.row == FIRST_ROW + index
    return f"{letters(at.column)}{at.row}"


def as_file(of: Case, to: Path, name: str = "case.yaml") -> Path:
    file = to / name
    file.write_text(to_yaml(of), encoding="utf-8")
    return file
