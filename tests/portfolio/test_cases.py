import json

import pytest
from tests.portfolio.small_funds import case, catalogue, fund, loan, written

from impactmonitor.model.case import Case
from impactmonitor.portfolio.cases import Appraisal, CaseBook, case_file, evaluated, outcome_of
from impactmonitor.problems import InvalidInput, NotFound


@pytest.mark.parametrize(
    "path",
    ["../a.json", "/etc/a.json", "x/../../a.json", "c:\\a.json", "x\\..\\a.json", "", "a\0.json"],
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, path):
    with pytest.raises(InvalidInput) as caught:
        case_file(tmp_path, path)
    assert [p.code for p in caught.value.problems] == ["case-outside-folder"]


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    outside = tmp_path / "secret.json"
    outside.write_text("{}")
    inside = tmp_path / "fund"
    inside.mkdir()
    (inside / "a.json").symlink_to(outside)
    with pytest.raises(InvalidInput) as caught:
        case_file(inside, "a.json")
    assert [p.code for p in caught.value.problems] == ["case-outside-folder"]


def test_a_file_that_is_not_there_is_named_with_the_nearest(tmp_path):
    (tmp_path / "homes").mkdir()
    (tmp_path / "homes" / "case.yaml").write_text("")
    assert case_file(tmp_path, "homes/case.yaml").name == "case.yaml"
    with pytest.raises(NotFound) as missing:
        case_file(tmp_path, "home/case.yaml")
    assert missing.value.problem.params["nearest"] == "homes/case.yaml"
    with pytest.raises(InvalidInput) as caught:
        case_file(tmp_path, "homes/case.txt")
    assert [p.code for p in caught.value.problems] == ["case-file-kind"]


def test_a_file_under_two_names_is_evaluated_once(tmp_path):
    reading = written(tmp_path, fund(), {"a.json": case(), "b/a.json": case()})
    book = CaseBook(reading, catalogue())
    one, other = book.appraisal("a.json"), book.appraisal("b/a.json")
    assert isinstance(one, Appraisal)
    assert isinstance(other, Appraisal)
    assert one.evaluation is other.evaluation
    assert (one.path, other.path) == ("a.json", "b/a.json")
    assert book.appraisal("a.json") is one


def test_what_is_wrong_with_a_case_is_remembered_too(tmp_path):
    reading = written(tmp_path, fund(), {"a.json": case(horizon=0, currency="euro")})
    found = CaseBook(reading, catalogue()).appraisal("a.json")
    assert not isinstance(found, Appraisal)
    assert len(found) == 2


def test_the_scheme_of_the_fund_is_that_of_every_case(tmp_path):
    reading = written(tmp_path, fund(scheme="nl-2021"), {"a.json": case()})
    found = CaseBook(reading, catalogue()).appraisal("a.json")
    assert isinstance(found, Appraisal)
    assert found.evaluation.appraised.resolved.scheme_id == "nl-2021"


def measured(*records):
    status = {"status": "approved"}
    return case(measurements=[{**one, **status} for one in records])


def outcome(tree, period=2025, view="restated"):
    plan = evaluated(Case.model_validate(json.loads(json.dumps(tree))), None, catalogue())
    return outcome_of(plan, catalogue(), period, view)


def test_only_complete_years_up_to_the_period_replace_the_plan():
    tree = measured({"line": "effects.joy", "period": "2025Q1", "value": 1},
                    {"line": "costs.work", "period": 2026, "value": 90})  # fmt: skip
    now, later = outcome(tree, 2025), outcome(tree, 2026)
    assert now.realised is None
    assert [one.year for one in now.incomplete] == [2025]
    assert later.realised is not None
    assert later.realised.totals["costs"] == 190
    assert later.measured == frozenset()


def test_a_line_is_measured_when_all_that_was_due_is():
    tree = measured({"line": "costs.work", "period": 2025, "value": 90})
    assert outcome(tree, 2025).measured == {"work", "excess-burden"}
    assert outcome(tree, 2026).measured == frozenset()


def test_a_restated_measurement_can_be_asked_for_as_it_was():
    first = {"id": "one", "line": "costs.work", "period": 2025, "value": 90}
    later = {"line": "costs.work", "period": 2025, "value": 80, "restates": "one"}
    tree = measured(first, later)
    for view, total in (("first_reported", 190), ("restated", 180)):
        found = outcome(tree, 2025, view).realised
        assert found is not None
        assert found.totals["costs"] == total


def test_a_holding_is_looked_up_by_its_own_file(tmp_path):
    reading = written(tmp_path, fund(holdings={"x": loan()}), {"a.json": case()})
    assert isinstance(CaseBook(reading, catalogue()).appraisal("a.json"), Appraisal)
