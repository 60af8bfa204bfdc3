"""Measurements over HTTP: they come in, are checked with their case, and wait for a decision."""

from __future__ import annotations

import pytest
from tests.api.reporting import COST, MEASURED, address, counted, decided, reported
from tests.api.serving import YAML
from tests.reported import filled_in, form, reported_on

from impactmonitor import load_case
from impactmonitor.intake.writing import to_json
from impactmonitor_api.http.bodies import XLSX

CSV = {"Content-Type": "text/csv"}


@pytest.fixture
def own(service):
    return service.organisation()


@pytest.fixture
def editor(own):
    with own.client("editor") as http:
        yield http


@pytest.fixture
def assessor(own):
    with own.client("assessor") as http:
        yield http


@pytest.fixture
def case(own, editor):
    return own.new_case(editor)


def codes(answer):
    return [(one["code"], one["path"], one["line"]) for one in answer.json()["errors"]]


def test_a_measurement_comes_in_submitted_and_can_be_read_again(case, editor, own):
    made = reported(editor, case)
    assert (made["status"], made["name"]) == ("submitted", "programme-1992")
    assert made["record"] == {**COST, "value": 13000.0, "id": "programme-1992"}
    assert [one["decision"] for one in made["decisions"]] == ["submitted"]
    with own.client("viewer") as viewer:
        assert viewer.get(f"{address(case)}/measurements/{made['id']}").json() == made
        assert viewer.get(f"{address(case)}/measurements").json()["items"] == [made]


@pytest.mark.parametrize("status", ["approved", "draft"])
def test_nothing_counts_before_it_is_approved(case, editor, status):
    answer = editor.post(f"{address(case)}/measurements", json={**COST, "status": status})
    if status == "draft":
        assert answer.json()["items"][0]["status"] == "draft"
    else:
        assert codes(answer) == [("approved-by-decision", "status", None)]
    assert counted(editor, case) == []


def test_another_figure_about_the_same_restates_the_first_and_the_same_is_left_out(case, editor):
    first, second = reported(editor, case), reported(editor, case, value=14000)
    assert (second["name"], second["record"]["restates"]) == ("programme-1992-2", first["name"])
    again = editor.post(f"{address(case)}/measurements", json=[{**COST, "value": 14000}])
    assert (again.status_code, again.json()["items"], again.json()["left_out"]) == (201, [], 1)
    assert len(editor.get(f"{address(case)}/measurements").json()["items"]) == 2


def test_every_mistake_is_said_with_its_place_in_the_list(case, editor):
    sent = [
        {**COST, "line": "costs.progamme"},
        {**COST, "period": "soon"},
        {**COST, "value": "many", "colour": "red"},
        COST,
    ]
    answer = editor.post(f"{address(case)}/measurements", json=sent)
    assert answer.status_code == 422
    assert set(codes(answer)) == {
        ("measured-unknown-line", "0.line", None),
        ("unknown-period", "1.period", None),
        ("word-for-a-figure", "2.value", None),
        ("unknown-key", "2.colour", None),
    }
    assert {one["pointer"] for one in answer.json()["errors"]} >= {"/0/line", "/2/colour"}
    assert editor.get(f"{address(case)}/measurements").json()["items"] == []


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"[]", "nothing-to-add"),
        (b"3", "not-a-mapping"),
        (b"", "file-empty"),
        (b'{"line": "costs.programme", "period": "1992", "value": 1, "reporter": "\\u0000"}',
         "control-character"),
        (b'{"line": "costs.programme", "period": "1992", "value": 1, "id": "\\ud800"}',
         "control-character"),
        (b"[" + b",".join([b"{}"] * 201) + b"]", "too-many-at-once"),
        (b'[{"line": "costs.programme", "period": "1992", "value": 1, "id": "one"},'
         b' {"line": "costs.programme", "period": "1992", "value": 2, "id": "one",'
         b' "restates": "one"}]', None),
    ],
)  # fmt: skip
def test_odd_bodies_are_refused(case, editor, sent, code):
    headers = {"Content-Type": "application/json"}
    answer = editor.post(f"{address(case)}/measurements", content=sent, headers=headers)
    assert answer.status_code == 422, answer.text
    assert code in {None, *(one["code"] for one in answer.json()["errors"])}
    assert editor.get(f"{address(case)}/measurements").json()["items"] == []


def test_a_csv_file_is_read_with_its_lines(case, editor):
    place = f"{address(case)}/measurements"
    rows = b"line;period;value;status\ncosts.programme;1992;13000,5;draft\n"
    made = editor.post(place, content=rows, headers=CSV).json()["items"]
    assert [(one["record"]["value"], one["status"]) for one in made] == [(13000.5, "draft")]
    wrong = editor.post(place, content=rows + b"costs.none;1992;3;approved\n", headers=CSV)
    assert set(codes(wrong)) == {("approved-by-decision", "rows.1.status", 3),
                                 ("measured-unknown-line", "measurements.1.line", 3)}  # fmt: skip


def test_a_form_that_was_filled_in_is_read_and_tells_what_was_learned(own, editor, tmp_path):
    text = to_json(reported_on()).encode()
    json = {"Content-Type": "application/json"}
    with own.client("administrator") as administrator:
        case = administrator.post("/v1/cases", content=text, headers=json).json()
    answers = {"helped||2027||": {"value": 90}, "helped||2027|sex=women": {"value": 50},
               "helped||2027|sex=men": {"value": 40}}  # fmt: skip
    done = filled_in(form(reported_on(), tmp_path), answers).read_bytes()
    place, headers = f"{address(case)}/measurements", {"Content-Type": XLSX}
    found = editor.post(place, content=done, headers=headers)
    assert found.status_code == 201, found.text
    assert [one["status"] for one in found.json()["items"]] == ["submitted"] * 3
    assert found.json()["case_version"] == 2
    lessons = editor.get(address(case)).json()["document"]["monitoring"]["lessons"]
    assert lessons["2027"]["learned"] == "Start in spring"
    other = own.new_case(editor)
    refused = editor.post(f"{address(other)}/measurements", content=done, headers=headers)
    assert refused.json()["code"] == "form-of-another-case"
    broken = editor.post(place, content=done[:3000], headers=headers)
    assert broken.status_code == 422


def test_what_the_case_says_itself_can_be_restated_in_every_later_version(own, editor, assessor):
    text = MEASURED.read_text(encoding="utf-8")
    with own.client("administrator") as administrator:
        case = administrator.post("/v1/cases", content=text.encode(), headers=YAML).json()
    before = next(r for r in load_case(MEASURED).measurements
                  if r.line and r.value and not r.restates)  # fmt: skip
    new = {"line": before.line, "period": before.period, "value": before.value + 7}
    new |= {"field": before.field} if before.field else {}
    new |= {"reporter": before.reporter} if before.reporter else {}
    answer = editor.post(f"{address(case)}/measurements", json=new).json()
    assert len(answer["restated"]) == 1
    assert decided(assessor, case, answer["items"][0], "approved").status_code == 201
    editor.put(address(case), content=text.encode(), headers={**YAML, "If-Match": '"1"'})
    document = editor.get(f"{address(case)}/known").json()["document"]
    assert [one["id"] for one in document["measurements"]].count(answer["restated"][0]) == 1
    assert editor.post(f"{address(case)}/evaluations").status_code == 201


def test_lists_come_in_pages_and_by_where_they_stand(case, editor, assessor):
    made = [reported(editor, case, reporter=f"r{i}") for i in range(5)]
    decided(assessor, case, made[0], "approved")
    decided(assessor, case, made[3], "rejected")
    place = f"{address(case)}/measurements"
    names, cursor = [], None
    while True:
        page = editor.get(place, params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        names += [one["name"] for one in page.json()["items"]]
        cursor = page.json()["next"]
        if cursor is None:
            break
    assert names == [one["name"] for one in reversed(made)]
    for status, places in (("approved", [0]), ("rejected", [3]), ("submitted", [4, 2, 1])):
        found = editor.get(place, params={"status": status}).json()["items"]
        assert [one["id"] for one in found] == [made[i]["id"] for i in places]


def test_a_name_is_given_once_and_a_rejected_one_is_not_given_again(case, editor, assessor):
    made = reported(editor, case, id="mine")
    decided(assessor, case, made, "rejected")
    place = f"{address(case)}/measurements"
    again = editor.post(place, json={**COST, "id": "mine"})
    assert (again.status_code, again.json()["code"]) == (409, "measurement-name-taken")
    corrected = reported(editor, case, value=12000)
    assert "restates" not in corrected["record"]
    twice = editor.post(place, json={**COST, "id": corrected["name"], "value": 1, "reporter": "x"})
    assert twice.status_code == 422


def test_nothing_is_reported_about_a_case_that_was_put_away(case, editor):
    editor.post(f"{address(case)}/archival", headers={"If-Match": "*"})
    answer = editor.post(f"{address(case)}/measurements", json=COST)
    assert (answer.status_code, answer.json()["code"]) == (409, "case-archived")


def test_a_repeated_request_reports_once(case, editor):
    headers = {"Idempotency-Key": "once"}
    place = f"{address(case)}/measurements"
    first, second = (editor.post(place, json=COST, headers=headers) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["idempotent-replayed"] == "true"
    assert len(editor.get(place).json()["items"]) == 1
