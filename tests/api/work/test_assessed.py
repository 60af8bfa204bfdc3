"""Who writes a case says nothing on behalf of assessors and bearers."""

import pytest
from tests.api.serving import YAML

from impactmonitor import load_case
from impactmonitor.intake import to_json
from impactmonitor.resources import folder
from impactmonitor_api.work.assessed import newly_assessed

MEASURED = folder("examples") / "exercise-classes-measured" / "case.yaml"


def test_what_was_said_before_may_stay_and_be_left_out():
    case = load_case(MEASURED)
    fewer = case.model_copy(update={"measurements": case.measurements[:-1]})
    assert newly_assessed(case, case) == []
    assert newly_assessed(fewer, case) == []
    (found,) = newly_assessed(case, fewer)
    last = f"measurements.{len(case.measurements) - 1}"
    assert (found.code, found.path) == ("not-for-writers", last)


def test_another_figure_under_the_same_name_is_another_approval():
    case = load_case(MEASURED)
    at = next(i for i, one in enumerate(case.measurements) if one.status == "approved")
    other = case.measurements[at].model_copy(update={"value": 1.5, "numerator": None})
    records = (*case.measurements[:at], other, *case.measurements[at + 1 :])
    changed = case.model_copy(update={"measurements": records})
    assert [p.path for p in newly_assessed(changed, case)] == [f"measurements.{at}"]


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("administrator", 201)])
def test_an_editor_cannot_write_approvals_into_a_case(service, role, status):
    text = MEASURED.read_text(encoding="utf-8")
    body = text.replace("id: exercise-classes-measured", f"id: measured-by-{role}")
    with service.client(role, **YAML) as http:
        answer = http.post("/v1/cases", content=body.encode())
    assert answer.status_code == status
    if status == 403:
        assert {one["code"] for one in answer.json()["errors"]} == {"not-for-writers"}


def test_an_editor_changes_a_case_with_approvals_of_others(service):
    case = load_case(MEASURED).model_copy(update={"id": "kept-by-others"})
    json = {"Content-Type": "application/json"}
    with service.client("administrator", **json) as http:
        made = http.post("/v1/cases", content=to_json(case).encode())
    changed = case.model_copy(update={"title": "Another title"})
    with service.client("editor", **json, **{"If-Match": made.headers["etag"]}) as http:
        answer = http.put(made.headers["location"], content=to_json(changed).encode())
    assert answer.status_code == 200
