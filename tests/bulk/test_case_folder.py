"""The files of a folder are its cases, by name."""

from __future__ import annotations

import os

import pytest
from tests.bulk.many import in_threads, places, rows_of, small

from impactmonitor import evaluate, load_catalogue
from impactmonitor.bulk.sources import items, survey
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.report.workbook.file import workbook_of


def test_a_folder_is_read_by_name_whatever_else_is_in_it(tmp_path):
    for name in ("b.json", "a.yaml", "c.YML", ".hidden.json", "~$open.xlsx", "readme.txt"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "d.json").mkdir()
    found = survey(tmp_path, 2)
    assert [part.names for part in found.parts] == [("a.yaml", "b.json"), ("c.YML",)]
    assert (found.cases, found.left_aside) == (3, 1)
    assert places(tmp_path, 2) == [("a.yaml", None), ("b.json", None), ("c.YML", None)]
    assert survey(tmp_path, 1).fingerprint == found.fingerprint


def test_a_link_may_lead_anywhere_and_is_no_case(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.yaml").write_text("secret: 1", encoding="utf-8")
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "elsewhere" / "secret.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert places(tmp_path, 2) == [("a.json", None)]


def test_names_that_are_no_text_can_be_written(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"odd-\xff.json")).write_text("{}", encoding="utf-8")
    except OSError:
        pytest.skip("this disk only has names that are text")
    assert places(tmp_path, 1) == [("odd-\\udcff.json", None)]


def test_a_file_that_cannot_be_read_is_a_case_that_cannot_be_read(tmp_path):
    (tmp_path / "a.json").write_bytes(b"\xff\xfe")
    (one,) = items(tmp_path, survey(tmp_path, 5).parts[0])
    with pytest.raises(InvalidInput) as error:
        one.read()
    assert [problem.code for problem in error.value.problems] == ["file-not-utf8"]


def test_a_workbook_is_a_case_too(tmp_path):
    case = Case.model_validate(small(3))
    found = evaluate(case)
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "a.xlsx").write_bytes(workbook_of(found, load_catalogue(), "nl"))
    (cases / "b.xlsx").write_bytes(b"no workbook")
    in_threads(cases, tmp_path / "out")
    first, second = rows_of(tmp_path / "out")
    assert (first["case"], first["status"]) == (case.id, "done")
    assert first["net_present_value"] == found.totals["net_present_value"]
    assert second["status"] == "refused"
    assert second["problems"]
