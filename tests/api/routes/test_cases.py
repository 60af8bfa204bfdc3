"""Cases that are kept: every version stays, and nobody overwrites what somebody else wrote."""

import json

import pytest
from tests.api.serving import EXAMPLE, YAML
from tests.small import cost, tree

from impactmonitor import load_case
from impactmonitor.intake import to_json

JSON = {"Content-Type": "application/json"}
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@pytest.fixture
def editor(service):
    with service.client("editor") as http:
        yield http


def body(name: str, **changes: object) -> bytes:
    return json.dumps({**tree(costs={"work": cost()}), "id": name, **changes}).encode()


def kept(client, name, **changes):
    answer = client.post("/v1/cases", content=body(name, **changes), headers=JSON)
    assert answer.status_code == 201, answer.text
    return answer


def test_a_case_is_kept_as_it_was_sent(editor):
    sent = EXAMPLE.read_bytes()
    made = editor.post("/v1/cases?note=First", content=sent, headers=YAML)
    assert made.status_code == 201
    found = editor.get(made.headers["location"])
    assert found.json() == made.json()
    assert found.json()["document"] == json.loads(to_json(load_case(EXAMPLE)))
    assert found.headers["etag"] == made.headers["etag"] == '"1"'
    (version,) = editor.get(f"{made.headers['location']}/versions").json()["items"]
    assert (version["note"], version["version"]) == ("First", 1)


def test_every_version_stays(editor):
    place = kept(editor, "history", title="One").headers["location"]
    for number, title in ((1, "Two"), (2, "Three")):
        said = {**JSON, "If-Match": f'"{number}"'}
        answer = editor.put(place, content=body("history", title=title), headers=said)
        assert (answer.status_code, answer.headers["etag"]) == (200, f'"{number + 1}"')
    titles = {
        one["version"]: editor.get(f"{place}/versions/{one['version']}").json()["document"]["title"]
        for one in editor.get(f"{place}/versions").json()["items"]
    }
    assert titles == {1: "One", 2: "Two", 3: "Three"}
    assert editor.get(f"{place}/versions/4").status_code == 404


def test_a_change_says_which_version_it_changes(editor):
    place = kept(editor, "changed").headers["location"]
    new = body("changed", title="New")
    unsaid = editor.put(place, content=new, headers=JSON)
    assert (unsaid.status_code, unsaid.json()["code"]) == (428, "version-not-said")
    stale = editor.put(place, content=new, headers={**JSON, "If-Match": '"7"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "version-changed")
    assert stale.headers["etag"] == '"1"'
    for seen in ('"7", "1"', "*"):
        current = editor.get(place).headers["etag"]
        said = {**JSON, "If-Match": seen if current == '"1"' else "*"}
        assert editor.put(place, content=new, headers=said).status_code == 200


def test_what_one_has_is_not_sent_again(editor):
    place = kept(editor, "known").headers["location"]
    same = editor.get(place, headers={"If-None-Match": 'W/"1"'})
    assert (same.status_code, same.content) == (304, b"")
    assert editor.get(place, headers={"If-None-Match": '"2"'}).status_code == 200


def test_a_name_belongs_to_one_case(editor):
    kept(editor, "taken")
    place = kept(editor, "other").headers["location"]
    again = editor.post("/v1/cases", content=body("taken"), headers=JSON)
    renamed = editor.put(place, content=body("taken"), headers={**JSON, "If-Match": '"1"'})
    for answer in (again, renamed):
        assert (answer.status_code, answer.json()["code"]) == (409, "case-name-taken")
    assert editor.get(place).json()["name"] == "other"


def test_a_case_that_was_put_away_is_kept_and_not_listed(editor):
    place = kept(editor, "away").headers["location"]
    away = editor.post(f"{place}/archival", headers={"If-Match": '"1"'})
    assert away.json()["archived_at"] is not None
    again = editor.post(f"{place}/archival", headers={"If-Match": '"1"'})
    assert again.json()["archived_at"] == away.json()["archived_at"]
    assert editor.get(place).status_code == 200
    assert editor.get("/v1/cases?name=away").json()["items"] == []
    assert len(editor.get("/v1/cases?name=away&archived=true").json()["items"]) == 1
    refused = editor.put(place, content=body("away"), headers={**JSON, "If-Match": '"1"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "case-archived")


def test_a_list_in_pages_is_stable_when_cases_are_added(service):
    with service.organisation().client() as client:
        names = [f"page-{number}" for number in range(5)]
        for name in names:
            kept(client, name)
        found, cursor = [], ""
        while cursor is not None:
            page = client.get(f"/v1/cases?limit=2{cursor and '&cursor=' + cursor}").json()
            found += [one["name"] for one in page["items"]]
            cursor = page["next"]
            if len(names) == 5:
                names.append(kept(client, "later").json()["name"])
    assert found == ["page-4", "page-3", "page-2", "page-1", "page-0"]


def test_every_mistake_is_said_and_nothing_is_kept(editor):
    wrong = body("wrong", horizon=0, costs={"work": {**cost(), "paid_by": "nobody"}})
    answer = editor.post("/v1/cases", content=wrong, headers=JSON)
    assert answer.status_code == 422
    pointers = {one["pointer"] for one in answer.json()["errors"]}
    assert pointers == {"/horizon", "/costs/work/paid_by"}
    assert editor.get("/v1/cases?name=wrong").json()["items"] == []


def test_a_workbook_is_a_case_too(editor):
    sent = body("from-a-workbook")
    workbook = editor.post("/v1/conversions", content=sent,
                           headers={**JSON, "Accept": XLSX["Content-Type"]})  # fmt: skip
    assert workbook.status_code == 200
    made = editor.post("/v1/cases", content=workbook.content, headers=XLSX)
    assert made.status_code == 201
    assert made.json()["name"] == "from-a-workbook"
    broken = editor.post("/v1/cases", content=workbook.content[:-50], headers=XLSX)
    assert broken.status_code == 422
