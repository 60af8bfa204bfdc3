"""What an organisation adds to the catalogue: versions, mistakes with their place, and limits."""

from __future__ import annotations

import pytest
from tests.api.serving import EXAMPLE, YAML

from impactmonitor.resources import folder

PLACE = "/v1/catalogue/additions"
SOURCE = "kind: sources\nsources:\n  own: {title: Own, publisher: Own, year: 2026}\n"
FRAMEWORK = next(iter(sorted((folder("indicators") / "frameworks").glob("*.yaml"))))


@pytest.fixture
def own(service):
    return service.organisation()


@pytest.fixture
def admin(own):
    with own.client() as http:
        yield http


def put(client, files, version, note=None):
    body = {"files": files, "note": note}
    return client.put(PLACE, json=body, headers={"If-Match": f'"{version}"'})


def codes(answer):
    assert answer.status_code == 422, answer.text
    return [(one["code"], one["path"], one["line"]) for one in answer.json()["errors"]]


def test_at_first_there_is_nothing(admin):
    answer = admin.get(PLACE)
    assert answer.headers["etag"] == '"0"'
    assert (answer.json()["version"], answer.json()["files"]) == (0, {})
    assert admin.get(PLACE, headers={"If-None-Match": '"0"'}).status_code == 304
    assert admin.get(f"{PLACE}/versions").json() == {"items": [], "next": None}
    assert admin.get(f"{PLACE}/versions/1").status_code == 404


def test_every_version_stays_and_the_last_counts(own, admin):
    for version, files in enumerate([{"a.yaml": SOURCE}, {"b.yaml": SOURCE}, {}]):
        answer = put(admin, files, version, note=f"the {version}")
        assert (answer.status_code, answer.headers["etag"]) == (200, f'"{version + 1}"')
        assert admin.get(PLACE).json() == answer.json()
    with own.client("viewer") as viewer:
        found = viewer.get(f"{PLACE}/versions", params={"limit": 2}).json()
        assert [(one["version"], one["note"]) for one in found["items"]] == [
            (3, "the 2"), (2, "the 1")]  # fmt: skip
        first = viewer.get(f"{PLACE}/versions", params={"cursor": found["next"]}).json()
        assert [one["version"] for one in first["items"]] == [1]
        assert viewer.get(f"{PLACE}/versions/1").json()["files"] == {"a.yaml": SOURCE}
    assert admin.get("/v1/organisation").json()["additions_version"] == 3


@pytest.mark.parametrize("role", ["viewer", "assessor", "editor"])
def test_only_an_administrator_changes_them(own, role):
    with own.client(role) as client:
        assert put(client, {}, 0).status_code == 403
        assert client.get(PLACE).status_code == 200


def test_nobody_overwrites_what_somebody_else_wrote_meanwhile(admin):
    body = {"files": {"a.yaml": SOURCE}}
    assert admin.put(PLACE, json=body).status_code == 428
    assert put(admin, body["files"], 0).status_code == 200
    stale = put(admin, body["files"], 0)
    assert (stale.status_code, stale.headers["etag"]) == (412, '"1"')
    once = {"If-Match": '"1"', "Idempotency-Key": "again"}
    answers = [admin.put(PLACE, json=body, headers=once) for _ in range(2)]
    assert [one.json()["version"] for one in answers] == [2, 2]


def test_every_mistake_is_said_with_file_path_and_line(admin):
    files = {
        "a.yaml": "kind: values\nvalues:\n  x: 3\n",
        "frameworks/b.yaml": "kind: frameworks\nframeworks:\n  y: 3\n",
        "effects/c.yaml": "kind: effect-cards\ncards:\n  z: 3\n",
    }
    assert set(codes(put(admin, files, 0))) == {
        ("not-a-mapping", "a.yaml.values.x", 3),
        ("not-a-mapping", "frameworks/b.yaml.frameworks.y", 3),
        ("not-a-mapping", "effects/c.yaml.cards.z", 3),
    }
    assert admin.get(PLACE).json()["version"] == 0


@pytest.mark.parametrize(
    "name", ["../a.yaml", "a.yml", "/a.yaml", "other/a.yaml", "A.yaml", "a.yaml\n", "\0.yaml", ""]
)
def test_files_have_plain_names(admin, name):
    assert [code for code, _, _ in codes(put(admin, {name: SOURCE}, 0))] == ["addition-name"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.yaml": "x" * 1_000_001}, "additions-too-large"),
        ({f"a-{i}.yaml": SOURCE for i in range(101)}, "additions-too-many"),
        ({"a.yaml": 3}, "not-text"),
        ({"a.yaml": "a: \0"}, "control-character"),
        ({"a.yaml": ""}, None),
        ([], "not-a-mapping"),
    ],
    ids=["large", "many", "number", "nul", "empty", "list"],
)
def test_odd_files_are_refused(admin, files, code):
    found = [one for one, _, _ in codes(put(admin, files, 0))]
    assert code in {None, *found}


def test_a_framework_of_ones_own_is_there_for_cases_afterwards(own, admin):
    """Also once the files themselves are no longer on any disk."""
    text = FRAMEWORK.read_text(encoding="utf-8")
    assert put(admin, {"frameworks/own.yaml": text}, 0).status_code == 200
    with own.client("editor") as editor:
        case = own.new_case(editor)
        answer = editor.get(f"/v1/cases/{case['id']}")
        assert answer.status_code == 200
        answered = EXAMPLE.read_bytes() + b"scores:\n  readiness: {}\n"
        assert editor.post("/v1/evaluations", content=answered, headers=YAML).status_code == 200
