"""A folder of cases into the service: new, changed, as it was, not usable."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from tests.cli.test_commands import PERRY, call, flat, said

from impactmonitor import load_case
from impactmonitor.cli.importing import files_in
from impactmonitor.intake.writing import to_json
from impactmonitor_api.storage import cases
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.organisations import locked, organisations

NAME = "Stichting Buurtkracht"


@pytest.fixture
def url(tmp_path) -> str:
    address = f"sqlite:///{tmp_path}/a.db"
    said("organisations", "add", NAME, "--database-url", address)
    return address


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two cases: one as YAML, and one as JSON in a folder below."""
    found = tmp_path / "cases"
    (found / "deeper").mkdir(parents=True)
    text = Path(PERRY).read_text("utf-8")
    (found / "perry.yaml").write_text(text, encoding="utf-8")
    case = load_case(PERRY).model_copy(update={"id": "other"})
    (found / "deeper" / "other.json").write_text(to_json(case), encoding="utf-8")
    return found


def imported(url, folder, *words, code=0):
    found = call("import", str(folder), "--organisation", NAME, "--database-url", url, "--json",
                 *words, code=code)  # fmt: skip
    return json.loads(found.stdout)


def change(file):
    tree = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(yaml.safe_dump(tree | {"title": "Another"}), encoding="utf-8")


def versions(url):
    """The versions of every case, by name: what they say, why, and by which key."""
    database = Database(url)
    with database.reading() as session:
        (own,) = organisations(session)
        found = {
            case.name: [(one.note, one.key_id) for one in cases.versions_of(session, case, None, 9)]
            for case in cases.cases_of(session, own.id, None, 99, True)
        }
    database.close()
    return found


def test_what_is_new_is_kept_and_nothing_happens_the_second_time(url, folder):
    both = ["deeper/other.json", "perry.yaml"]
    nothing = {"changed": [], "refused": []}
    assert imported(url, folder, "--note", "first") == {"new": both, "same": [], **nothing}
    kept = versions(url)
    assert kept == {"perry-age-27": [("first", None)], "other": [("first", None)]}
    assert imported(url, folder) == {"new": [], "same": both, **nothing}
    assert versions(url) == kept


def test_the_same_case_in_another_form_is_the_same(url, folder):
    imported(url, folder)
    text = said("convert", str(folder / "perry.yaml"), str(folder / "perry.json"))
    assert text == ""
    (folder / "perry.yaml").unlink()
    assert imported(url, folder)["same"] == ["deeper/other.json", "perry.json"]


def test_a_workbook_is_a_case_too(url, folder):
    call("convert", str(folder / "perry.yaml"), str(folder / "perry.xlsx"))
    (folder / "perry.yaml").unlink()
    (folder / "~$perry.xlsx").write_bytes(b"what a spreadsheet program leaves")
    assert imported(url, folder)["new"] == ["deeper/other.json", "perry.xlsx"]


def test_what_changed_becomes_a_next_version(url, folder):
    imported(url, folder)
    change(folder / "perry.yaml")
    assert imported(url, folder, "--note", "second")["changed"] == ["perry.yaml"]
    assert versions(url)["perry-age-27"] == [("second", None), (None, None)]


def test_what_cannot_be_used_is_named_at_the_end_and_holds_up_no_other(url, folder):
    (folder / "a-broken.yaml").write_text("impactmonitor: 1\nhorizn: 5\n", encoding="utf-8")
    (folder / "b-none.xlsx").write_bytes(b"no workbook")
    (folder / "notes.txt").write_text("not a case")
    found = imported(url, folder, code=3)
    assert found["new"] == ["deeper/other.json", "perry.yaml"]
    assert [one["file"] for one in found["refused"]] == ["a-broken.yaml", "b-none.xlsx"]
    assert "unknown-key" in {error["code"] for error in found["refused"][0]["errors"]}
    words = call("import", str(folder), "--organisation", NAME, "--database-url", url,
                 "--lang", "nl", code=3)  # fmt: skip
    assert "zoals het was: 2 · niet bruikbaar: 2" in flat(words.stdout)
    assert "a-broken.yaml" in words.stderr
    assert "horizn" in words.stderr


def test_of_two_files_with_one_case_the_second_is_not_its_next_version(url, folder):
    shutil.copy(folder / "perry.yaml", folder / "perry-copy.yaml")
    for ending in ("new", "same"):
        found = imported(url, folder, code=3)
        assert "perry-copy.yaml" in found[ending]
        assert [one["errors"][0]["code"] for one in found["refused"]] == ["case-in-two-files"]
    assert len(versions(url)["perry-age-27"]) == 1


def test_a_case_that_was_put_away_stays_away(url, folder):
    imported(url, folder)
    database = Database(url)
    with database.writing() as session:
        own = locked(session, organisations(session)[0].id)
        case = cases.case_named(session, own.id, "perry-age-27")
        cases.archive(session, own, case, None)
    database.close()
    assert "perry.yaml" in imported(url, folder)["same"]
    change(folder / "perry.yaml")
    found = imported(url, folder, code=3)
    assert [one["errors"][0]["code"] for one in found["refused"]] == ["case-archived"]


def test_there_has_to_be_a_folder_and_an_organisation(url, folder, tmp_path):
    at = ("--database-url", url)
    call("import", str(tmp_path / "none"), "--organisation", NAME, *at, code=5)
    call("import", str(folder), "--organisation", "Nobody", *at, code=5)


def test_hidden_files_are_left_alone(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "case.yaml").write_text("")
    (folder / ".case.yaml").write_text("")
    assert [file.name for file in files_in(folder)] == ["other.json", "perry.yaml"]
