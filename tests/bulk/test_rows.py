"""Rows say where a case stands, and a case that is not wanted keeps nothing else."""

from __future__ import annotations

from tests.bulk.many import small

from impactmonitor import evaluate
from impactmonitor.bulk.columns import schema
from impactmonitor.bulk.parts import Item
from impactmonitor.bulk.rows import result, without_case, without_result
from impactmonitor.intake.reading import Reading
from impactmonitor.model.case import Case
from impactmonitor.problems import Problem


def unread() -> Reading:
    raise AssertionError


PLACE = Item("cases.jsonl", 7, unread)
FILE = Item("a.yaml", None, unread)


def test_a_row_has_no_other_columns_than_the_results():
    found = result(PLACE, evaluate(Case.model_validate(small(5))))
    assert set(found.case) <= set(schema("parts", False).names)
    assert all(set(row) == set(schema("actors", False).names) for row in found.actors)
    assert found.case["title_nl"], found.case["title_en"] == ("Casus 5", "Case 5")
    assert [row["title_en"] for row in found.actors] == ["City", "Insurer", "People"]


def test_a_problem_of_a_file_keeps_its_line_and_one_of_a_line_gets_that_one():
    problem = Problem("json-syntax", params={"line": 1, "column": 4, "detail": "x"}, line=1)
    (of_file,) = without_case(FILE, None, [problem]).case["problems"]
    (of_line,) = without_case(PLACE, None, [problem]).case["problems"]
    assert (of_file["line"], of_line["line"]) == (1, 7)
    assert "line 1" in of_file["message_en"]
    assert "regel 7" in of_line["message_nl"]


def test_warnings_stand_apart():
    row = without_case(
        FILE, "a", [Problem("no-costs", severity="warning"), Problem("no-lines")]
    ).case
    assert [problem["code"] for problem in row["problems"]] == ["no-lines"]
    assert row["warnings"] == [{"code": "no-costs", "path": ""}]


def test_a_case_that_is_not_wanted_keeps_its_place_only():
    row = result(PLACE, evaluate(Case.model_validate(small(5)))).case
    found = without_result(row, Problem("bulk-id-taken", "id", {"id": "case-005"}))
    assert set(found) == {"case", "file", "line", "status", "problems", "warnings"}
    assert (found["case"], found["line"], found["status"]) == ("case-005", 7, "refused")
    assert "case-005" in found["problems"][0]["message_nl"]
