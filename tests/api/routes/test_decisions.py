"""Decisions about measurements: somebody else decides, all of it is kept, and the last counts."""

from __future__ import annotations

import pytest
from tests.api.reporting import address, counted, decided, reported


@pytest.fixture(scope="module")
def clients(service):
    """A client for each role, and a second administrator."""
    own = service.organisation()
    found = {role: own.client(role) for role in own.keys}
    found["own"] = own
    made = found["administrator"].post("/v1/keys", json={"name": "n", "role": "administrator"})
    own.keys = {**own.keys, "administrator": made.json()["key"]}
    found["second"] = own.client("administrator")
    yield found
    for name, client in found.items():
        if name != "own":
            client.close()


@pytest.fixture
def case(clients):
    return clients["own"].new_case(clients["editor"])


def refused(answer):
    return answer.status_code, answer.json()["code"]


def test_approved_counts_and_rejected_counts_no_more(case, clients):
    made = reported(clients["editor"], case)
    steps = [("approved", [13000.0]), ("rejected", []), ("approved", [13000.0])]
    for decision, counts in steps:
        answer = decided(clients["assessor"], case, made, decision)
        assert (answer.status_code, answer.json()["status"]) == (201, decision)
        assert counted(clients["viewer"], case) == counts
    history = [one["decision"] for one in answer.json()["decisions"]]
    assert history == ["submitted", "approved", "rejected", "approved"]


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_who_writes_or_reads_does_not_approve(role, case, clients):
    made = reported(clients["editor"], case)
    for decision in ("approved", "rejected"):
        assert refused(decided(clients[role], case, made, decision)) == (403, "role-too-low")


def test_nobody_approves_what_they_reported_themselves(case, clients):
    made = reported(clients["administrator"], case)
    for decision in ("approved", "rejected"):
        answer = decided(clients["administrator"], case, made, decision)
        assert refused(answer) == (409, "own-measurement")
    assert decided(clients["second"], case, made, "approved").status_code == 201


def test_a_draft_waits_for_the_one_who_reported_it(case, clients):
    made = reported(clients["editor"], case, status="draft")
    early = decided(clients["assessor"], case, made, "approved")
    assert refused(early) == (409, "measurement-still-draft")
    other = decided(clients["administrator"], case, made, "submitted")
    assert refused(other) == (403, "not-your-measurement")
    assert decided(clients["editor"], case, made, "submitted").json()["status"] == "submitted"
    again = decided(clients["editor"], case, made, "submitted")
    assert refused(again) == (409, "measurement-no-draft")
    assert decided(clients["assessor"], case, made, "approved").status_code == 201


def test_to_reject_needs_a_reason(case, clients):
    made = reported(clients["editor"], case)
    place = f"{address(case)}/measurements/{made['id']}/decisions"
    for reason in ({}, {"reason": None}, {"reason": " "}):
        answer = clients["assessor"].post(place, json={"decision": "rejected", **reason})
        assert refused(answer) == (422, "decision-without-reason")


@pytest.mark.parametrize("body", [{}, {"decision": "draft"}, {"decision": "approved", "x": 1},
                                  {"decision": "approved", "reason": "\0"}, []])  # fmt: skip
def test_a_decision_is_one_of_three(body, case, clients):
    made = reported(clients["editor"], case)
    place = f"{address(case)}/measurements/{made['id']}/decisions"
    assert clients["assessor"].post(place, json=body).status_code == 422


def test_a_restatement_that_was_rejected_leaves_the_record_before_it(case, clients):
    first = reported(clients["editor"], case)
    second = reported(clients["editor"], case, value=14000)
    third = reported(clients["editor"], case, value=15000)
    assert third["record"]["restates"] == second["name"]
    for one in (first, third):
        assert decided(clients["assessor"], case, one, "approved").status_code == 201
    assert decided(clients["assessor"], case, second, "rejected").status_code == 201
    place = f"{address(case)}/known"
    records = clients["viewer"].get(place).json()["document"]["measurements"]
    assert [(one["value"], one.get("restates")) for one in records] == [
        (13000.0, None), (15000.0, first["name"])]  # fmt: skip
    tracked = clients["viewer"].get(f"{address(case)}/tracks").json()
    assert tracked["realised"]["totals"]["costs"] == 15000.0


def test_what_would_not_go_with_the_rest_is_not_approved(case, clients):
    """Two records that came to restate the same one, as that between them was rejected."""
    first = reported(clients["editor"], case)
    second = reported(clients["editor"], case, value=14000)
    decided(clients["assessor"], case, second, "rejected")
    third = reported(clients["editor"], case, value=15000)
    assert third["record"]["restates"] == first["name"]
    for one in (first, third):
        assert decided(clients["assessor"], case, one, "approved").status_code == 201
    answer = decided(clients["assessor"], case, second, "approved")
    assert answer.status_code == 422
    assert all(one["path"].startswith("case.measurements") for one in answer.json()["errors"])
    assert counted(clients["viewer"], case) == [13000.0, 15000.0]


def test_a_decision_about_a_measurement_of_another_case_is_not_found(case, clients):
    made = reported(clients["editor"], case)
    other = clients["own"].new_case(clients["editor"])
    assert decided(clients["assessor"], other, made, "approved").status_code == 404
