"""What bearers say about effects: who may say it, and what comes of it."""

from __future__ import annotations

import pytest
from tests.api.reporting import address

SAID = {"effect": "crime", "actor": "public", "confirmation": "confirmed"}


@pytest.fixture(scope="module")
def clients(service):
    """A client for each role, and a viewer that speaks for the public."""
    own = service.organisation()
    found = {role: own.client(role) for role in own.keys}
    for role in ("viewer", "editor"):
        asked = {"name": "bearer", "role": role, "bearer": "public"}
        made = found["administrator"].post("/v1/keys", json=asked).json()
        own.keys = {**own.keys, role: made["key"]}
        found[f"bearing {role}"] = own.client(role)
    found["own"] = own
    yield found
    for name, client in found.items():
        if name != "own":
            client.close()


@pytest.fixture
def case(clients):
    return clients["own"].new_case(clients["administrator"])


def confirmed(clients, case):
    """How much the public is sure of, as the case is evaluated."""
    answer = clients["assessor"].post(f"{address(case)}/evaluations").json()
    return answer["result"]["actors"]["public"]["benefits_confirmed"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("viewer", 403), ("editor", 403), ("assessor", 201), ("administrator", 201),
     ("bearing viewer", 201), ("bearing editor", 201)],
)  # fmt: skip
def test_who_may_speak_for_an_actor(who, status, case, clients):
    answer = clients[who].post(f"{address(case)}/confirmations", json=SAID)
    assert answer.status_code == status


@pytest.mark.parametrize("who", ["bearing viewer", "bearing editor"])
def test_a_bearer_speaks_for_nobody_else(who, case, clients):
    said = {**SAID, "actor": "participant"}
    answer = clients[who].post(f"{address(case)}/confirmations", json=said)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-the-bearer")


def test_the_last_word_counts_and_every_word_is_kept(case, clients):
    place = f"{address(case)}/confirmations"
    assert confirmed(clients, case) == 0
    for word in ("confirmed", "contested", "confirmed"):
        said = {**SAID, "confirmation": word, "said_by": "the council", "note": "for now"}
        assert clients["bearing viewer"].post(place, json=said).status_code == 201
        whole = clients["viewer"].get(f"{address(case)}/known").json()
        assert whole["document"]["effects"]["crime"]["confirmation"] == {"public": word}
        assert whole["confirmations"] == 1
    assert confirmed(clients, case) > 0
    found = clients["viewer"].get(place, params={"limit": 2}).json()
    assert [one["confirmation"] for one in found["items"]] == ["confirmed", "contested"]
    last = clients["viewer"].get(place, params={"cursor": found["next"]}).json()
    assert [(one["said_by"], one["case_version"]) for one in last["items"]] == [("the council", 1)]


def test_what_the_case_does_not_have_cannot_be_confirmed(case, clients):
    said = {**SAID, "effect": "crimes", "actor": "publik"}
    answer = clients["assessor"].post(f"{address(case)}/confirmations", json=said)
    assert [(one["code"], one["path"]) for one in answer.json()["errors"]] == [
        ("confirmed-unknown-effect", "effect"), ("unknown-actor", "actor")]  # fmt: skip
    assert "crime" in answer.json()["errors"][0]["hint"]


@pytest.mark.parametrize(
    "change", [{"confirmation": "yes"}, {"said_by": "\0"}, {"note": "x" * 501}, {"more": 1}]
)
def test_odd_words_are_refused(change, case, clients):
    answer = clients["assessor"].post(f"{address(case)}/confirmations", json={**SAID, **change})
    assert answer.status_code == 422
