"""Assessors score a case without being able to change the rest of it."""

from __future__ import annotations

import pytest
from tests.api.reporting import address

from impactmonitor.catalogue import load_catalogue

FRAMEWORK = "readiness"
QUESTIONS = tuple(load_catalogue().frameworks.frameworks[FRAMEWORK].indicators)


@pytest.fixture(scope="module")
def assessor(service):
    with service.client("assessor") as http:
        yield http


@pytest.fixture
def case(service):
    with service.client("editor") as editor:
        return service.own.new_case(editor)


def assess(client, case, version, answer, indicator=QUESTIONS[0], framework=FRAMEWORK, **more):
    body = {"framework": framework, "indicator": indicator, "answer": answer, **more}
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.post(f"{address(case)}/assessments", json=body, headers=headers)


def test_an_answer_is_a_next_version_in_which_nothing_else_changes(case, assessor):
    given = {"level": 3, "assessor": "Anna", "evidence": "Seen", "date": "2026-11-01"}
    answer = assess(assessor, case, 1, given, note="After a visit")
    assert (answer.status_code, answer.headers["etag"]) == (201, '"2"')
    document = dict(answer.json()["document"])
    assert document.pop("scores") == {FRAMEWORK: {QUESTIONS[0]: given}}
    assert document == case["document"]
    history = assessor.get(f"{address(case)}/versions").json()["items"]
    assert [one["note"] for one in history] == ["After a visit", None]


def test_answers_of_others_stay_and_ones_own_is_replaced(case, assessor):
    steps = [("Anna", 1, [1]), ("Bert", 2, [1, 2]), ("Anna", 3, [3, 2]), ("Bert", 1, [3, 1])]
    for version, (name, level, expected) in enumerate(steps, start=1):
        answer = assess(assessor, case, version, {"level": level, "assessor": name})
        found = answer.json()["document"]["scores"][FRAMEWORK][QUESTIONS[0]]
        several = found if isinstance(found, list) else [found]
        assert [one["level"] for one in several] == expected
    other = assess(assessor, case, 5, {"level": 2, "assessor": "Anna"}, QUESTIONS[1])
    assert list(other.json()["document"]["scores"][FRAMEWORK]) == list(QUESTIONS[:2])
    alone = assess(assessor, case, 6, {"level": 1, "assessor": "Anna"}, QUESTIONS[1])
    assert alone.json()["document"]["scores"][FRAMEWORK][QUESTIONS[1]]["level"] == 1


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 403),
                                              ("administrator", 201)])  # fmt: skip
def test_who_writes_a_case_does_not_score_it_here(service, case, role, status):
    with service.client(role) as client:
        answer = assess(client, case, 1, {"level": 1, "assessor": "Anna"})
    assert answer.status_code == status


def test_nobody_overwrites_what_somebody_else_wrote_meanwhile(case, assessor):
    given = {"level": 1, "assessor": "Anna"}
    assert assess(assessor, case, None, given).status_code == 428
    assert assess(assessor, case, 7, given).status_code == 412
    assert assess(assessor, case, 1, given).status_code == 201
    assert assess(assessor, case, 1, given).status_code == 412


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"framework": "redyness"}, "unknown-framework", "framework"),
        ({"indicator": "none"}, "unknown-question", "indicator"),
        ({"answer": {"level": 99, "assessor": "A"}}, "level-too-high", "answer"),
        ({"answer": {"value": 1.5, "assessor": "A"}}, "level-expected", "answer"),
        ({"answer": {"level": 1}}, "missing-field", "answer.assessor"),
        ({"answer": {"level": 1, "assessor": " "}}, "missing-field", "answer.assessor"),
        ({"answer": {"level": 1, "assessor": "\0"}}, "control-character", "answer.assessor"),
        ({"answer": {"level": 0, "assessor": "A"}}, "too-low", "answer.level"),
        ({"answer": {"status": "not-applicable", "assessor": "A"}}, "reason-missing", "answer"),
        ({"note": "x" * 501}, "text-too-long", "note"),
        ({"costs": {}}, "unknown-key", "costs"),
    ],
    ids=str,
)
def test_every_mistake_is_said_with_its_place(case, assessor, changes, code, path):
    given = {"level": 1, "assessor": "Anna"}
    asked = {"framework": FRAMEWORK, "indicator": QUESTIONS[0], "answer": given, **changes}
    answer = assessor.post(f"{address(case)}/assessments", json=asked, headers={"If-Match": "*"})
    assert answer.status_code == 422, answer.text
    assert [(one["code"], one["path"]) for one in answer.json()["errors"]] == [(code, path)]
    assert assessor.get(address(case)).json()["version"] == 1
