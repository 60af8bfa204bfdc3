"""Nobody overwrites what somebody else wrote meanwhile."""

import pytest
from tests.api.serving import EXAMPLE, YAML


@pytest.fixture(scope="module")
def editor(service):
    with service.client("editor") as http:
        yield http


def text_of(case):
    return EXAMPLE.read_text("utf-8").replace("id: perry-age-27", f"id: {case['name']}", 1) + "\n"


@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        (None, 428, "version-not-said"),
        ('"2"', 412, "version-changed"),
        ('"0"', 412, "version-changed"),
        ("1", 412, "version-changed"),
        ('W/"1"', 412, "version-changed"),
        ("", 412, "version-changed"),
    ],
)
def test_a_version_that_was_not_seen_is_not_overwritten(service, editor, header, status, code):
    case = service.own.new_case(editor)
    place = f"/v1/cases/{case['id']}"
    headers = {} if header is None else {"If-Match": header}
    for answer in (
        editor.put(place, content=text_of(case).encode(), headers=YAML | headers),
        editor.post(f"{place}/archival", headers=headers),
    ):
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["etag"] == '"1"'
    assert editor.get(place).json()["version"] == 1


@pytest.mark.parametrize("header", ['"1"', "*", '"7", "1"'])
def test_a_version_that_was_seen_is_changed(service, editor, header):
    case = service.own.new_case(editor)
    answer = editor.put(f"/v1/cases/{case['id']}", content=text_of(case).encode(),
                        headers=YAML | {"If-Match": header})  # fmt: skip
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')


def test_of_two_who_saw_the_same_version_one_is_told(service, editor):
    case = service.own.new_case(editor)
    place = f"/v1/cases/{case['id']}"
    tag = editor.get(place).headers["etag"]
    statuses = [
        editor.put(place, content=text_of(case).encode(),
                   headers=YAML | {"If-Match": tag}).status_code
        for _ in range(2)
    ]  # fmt: skip
    assert statuses == [200, 412]


@pytest.mark.parametrize(
    ("header", "status"),
    [('"1"', 304), ('W/"1"', 304), ("*", 304), ('"2"', 200), ('"2", "1"', 304), ("", 200)],
)
def test_what_somebody_has_already_is_not_sent_again(service, editor, header, status):
    case = service.own.new_case(editor)
    answer = editor.get(f"/v1/cases/{case['id']}", headers={"If-None-Match": header})
    assert (answer.status_code, answer.headers["etag"]) == (status, '"1"')
    assert (answer.content == b"") == (status == 304)
