"""`impactmonitor check`: exit codes, what is printed, and what is written and what is not."""

from __future__ import annotations

import json

import pytest
from tests.report.checked import batch, put
from typer.testing import CliRunner

from impactmonitor.cli import checking
from impactmonitor.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, ["check", *map(str, arguments), "--lang", "en"])


@pytest.fixture
def proposals(tmp_path):
    folder = tmp_path / "proposals"
    batch(folder)
    return folder


def test_a_batch_with_files_that_cannot_be_read_is_checked_all_the_same(proposals):
    result = run(proposals)
    assert result.exit_code == 0
    assert "Files that could be evaluated: 1 of 3" in result.stdout


def test_one_object_for_programs(proposals):
    result = run(proposals, "--json")
    assert result.exit_code == 0
    assert [one["id"] for one in json.loads(result.stdout)["intakes"]] == [
        "walk-on",
        "broken",
        None,
    ]


def test_no_such_folder(tmp_path):
    result = run(tmp_path / "gone", "--json")
    assert result.exit_code == 5
    assert json.loads(result.stdout)["errors"][0]["code"] == "folder-not-found"


def test_a_folder_without_case_files(tmp_path):
    (tmp_path / "readme.md").write_text("x")
    result = run(tmp_path, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["errors"][0]["code"] == "no-case-files"


def test_letters_and_a_workbook(proposals, tmp_path):
    letters, book = tmp_path / "letters", tmp_path / "checked.xlsx"
    result = run(proposals, "--letters", letters, "--excel", book)
    assert result.exit_code == 0
    assert "Letters written in letters: 3." in result.stdout
    names = sorted(path.name for path in letters.iterdir())
    assert names == ["broken.md", "intake-03.md", "walk-on.md"]
    assert book.read_bytes()[:2] == b"PK"


def test_a_letter_that_is_there_is_not_replaced_and_then_none_is_written(proposals, tmp_path):
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "walk-on.md").write_text("mine")
    result = run(proposals, "--letters", letters)
    assert result.exit_code == 2
    assert [path.name for path in letters.iterdir()] == ["walk-on.md"]
    assert (letters / "walk-on.md").read_text() == "mine"
    assert run(proposals, "--letters", letters, "--force").exit_code == 0
    assert (letters / "walk-on.md").read_text() != "mine"


@pytest.mark.parametrize(
    ("option", "name"),
    [("--excel", "there.xlsx"), ("--excel", "x.csv"), ("--excel", "gone/x.xlsx"),
     ("--letters", "there.xlsx"), ("--letters", "gone/letters")],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_before_any_work(proposals, tmp_path, option, name):
    (tmp_path / "there.xlsx").write_text("x")
    result = run(proposals, option, tmp_path / name)
    assert result.exit_code == 2
    assert (tmp_path / "there.xlsx").read_text() == "x"


def test_the_report_of_last_time_is_no_proposal(proposals):
    book = proposals / "checked.xlsx"
    assert run(proposals, "--excel", book).exit_code == 0
    again = run(proposals, "--excel", book, "--force", "--json")
    assert len(json.loads(again.stdout)["intakes"]) == 3


def test_in_dutch(proposals):
    result = CliRunner().invoke(app, ["check", str(proposals), "--lang", "nl"])
    assert "Doorgerekende bestanden: 1 van 3" in result.stdout


def test_letters_into_a_place_where_nobody_may_write(tmp_path, monkeypatch):
    from pathlib import Path

    from impactmonitor.cli.outcome import WrongUse

    def refused(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(WrongUse) as found:
        checking.write_letters({"a.md": "x"}, tmp_path / "letters", is_forced=False)
    assert found.value.problem.code == "file-not-written"


def test_names_that_nobody_expects(tmp_path):
    folder = tmp_path / "proposals"
    folder.mkdir()
    put(folder, "😀 [bold].json", id="../out", title="😀")
    letters = tmp_path / "letters"
    assert run(folder, "--letters", letters).exit_code == 0
    assert [path.name for path in letters.iterdir()] == ["intake-01.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letters", "proposals"]
