"""The workbooks that LibreOffice gives back are calculated again, or no comparison counts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.spreadsheets import libreoffice


@pytest.fixture(autouse=True)
def _libreoffice() -> None:
    libreoffice.require()


def planted(file: Path, value: object = 999) -> Path:
    """A workbook in which 4 times 5 has a wrong value."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, [4, 5])
        sheet.write_formula(0, 2, "=A1*B1", None, value)
    return file


def shown(file: Path) -> object:
    return openpyxl.load_workbook(file, data_only=True)["S"]["C1"].value


def test_a_wrong_value_is_put_right(tmp_path: Path) -> None:
    files = [planted(tmp_path / f"{name}.xlsx") for name in ("one", "two")]
    assert [shown(file) for file in files] == [999, 999]
    again = libreoffice.recalculated(files, tmp_path / "again")
    assert [file.name for file in again] == ["one.xlsx", "two.xlsx"]
    assert [shown(file) for file in again] == [20, 20]


def test_without_the_settings_it_stays_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is the settings that do it."""
    monkeypatch.setattr(libreoffice, "SETTINGS", libreoffice.SETTINGS.replace(">0<", ">1<"))
    (again,) = libreoffice.recalculated([planted(tmp_path / "one.xlsx")], tmp_path / "again")
    assert shown(again) == 999


def test_a_file_that_is_none_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"absent\.xlsx"):
        libreoffice.recalculated([tmp_path / "absent.xlsx"], tmp_path / "again")


def test_files_are_not_overwritten(tmp_path: Path) -> None:
    file = planted(tmp_path / "one.xlsx")
    with pytest.raises(AssertionError, match="replace"):
        libreoffice.recalculated([file], tmp_path)
    with pytest.raises(AssertionError, match="one name"):
        libreoffice.recalculated([file, file], tmp_path / "again")


def test_pictures_of_pages(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "pages.xlsx") as book:
        for title in ("A", "B"):
            book.add_worksheet(title).write(0, 0, title)
    pictures = libreoffice.as_pictures(tmp_path / "pages.xlsx", tmp_path / "pictures")
    assert len(pictures) == 2
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in pictures)


def test_time_is_measured(tmp_path: Path) -> None:
    taken = libreoffice.seconds_of_conversion(
        planted(tmp_path / "one.xlsx"), tmp_path / "again", times=2
    )
    assert len(taken) == 2
    assert min(taken) > 0


def test_absence_skips_here_and_fails_on_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="soffice and pdftoppm"):
        libreoffice.require()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="soffice"):
        libreoffice.require()
