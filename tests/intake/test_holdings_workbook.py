import datetime

import openpyxl
import pytest

from impactmonitor.intake.holdings_table import read_table
from impactmonitor.problems import InvalidInput


def workbook(tmp_path, *rows, title="Belangen"):
    book = openpyxl.Workbook()
    book.active.title = "Uitleg"
    book.active["A1"] = "Vul het andere blad in."
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "holdings.xlsx")
    return tmp_path / "holdings.xlsx"


HEADER = ["id", "case", "instrument", "toezegging datum", "period", "outstanding", "themes"]


def test_numbers_dates_and_texts_are_read_from_the_sheet_with_ids(tmp_path):
    day = datetime.date(2025, 3, 1)
    found = read_table(workbook(
        tmp_path, HEADER, ["a", "a.yaml", "loan", day, 2026, 12.5, "care=0.5"], [None] * 7,
        ["b", "b.yaml", "loan", "2025-04-01", "2026", "12,5", "care"],
    ))  # fmt: skip
    assert found.problems == ()
    one, other = found.rows
    assert one.values == {
        "id": "a", "case": "a.yaml", "instrument": "loan", "commitment_date": "2025-03-01",
        "period": "2026", "outstanding": 12.5, "themes": {"care": 0.5},
    }  # fmt: skip
    assert other.values["outstanding"] == 12.5
    assert other.values["themes"] == {"care": 1.0}
    assert (one.sheet, one.cells["outstanding"], other.cells["id"]) == ("Belangen", "F2", "A4")


def test_every_cell_that_cannot_be_read_is_named(tmp_path):
    found = read_table(workbook(
        tmp_path, HEADER, ["a", None, None, None, 2026.5, "veel", "care=x"],
        [None, None, None, None, "=2000+26", None, None],
    ))  # fmt: skip
    assert {(p.code, p.sheet, p.cell) for p in found.problems} == {
        ("not-a-year", "Belangen", "E2"),
        ("not-a-number", "Belangen", "F2"),
        ("holdings-labels", "Belangen", "G2"),
        ("workbook-formula-without-value", "Belangen", "E3"),
        ("missing-field", "Belangen", "E3"),
    }


def test_a_workbook_without_ids_or_with_other_columns_is_refused(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        read_table(workbook(tmp_path, ["name", "case"]))
    assert [p.code for p in caught.value.problems] == ["holdings-column-missing"]
    with pytest.raises(InvalidInput) as caught:
        read_table(workbook(tmp_path, ["id", "what"]))
    assert [(p.code, p.sheet) for p in caught.value.problems] == [
        ("holdings-unknown-column", "Belangen")
    ]
