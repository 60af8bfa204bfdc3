"""Who may come in, and what each role may do."""

from datetime import timedelta
from time import monotonic, sleep

import pytest
from tests.api.serving import EXAMPLE, YAML, serving

from impactmonitor_api.http.access import MAY
from impactmonitor_api.storage import keys
from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.keys import ROLES
from impactmonitor_api.storage.organisations import locked

CASE = EXAMPLE.read_bytes()


def key_of(service, **about):
    """A new key of the usual organisation."""
    with service.app.state.database.writing() as session:
        own = locked(session, service.own.id)
        return keys.add_key(session, own, "x", "viewer", None, **about)


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "bearer", "Basic aW06aW0=", "im_0123456789ab_x", "Token x"],
)
def test_without_a_key_one_is_asked_for(service, header):
    headers = {} if header is None else {"Authorization": header}
    with service.stranger() as http:
        answer = http.get("/v1/cases", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "key-missing")
    assert answer.headers["www-authenticate"] == 'Bearer realm="impactmonitor"'


@pytest.mark.parametrize("key", ["x", "im_0123456789ab_wrong", "é", "im_" + "x" * 5000])
def test_a_key_that_nobody_gave_opens_nothing(service, key):
    with service.stranger() as http:
        answer = http.get("/v1/cases", headers={"Authorization": f"Bearer {key}".encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "key-unknown")


@pytest.mark.parametrize("word", ["Bearer", "bearer", "BEARER"])
def test_how_the_word_is_written_does_not_matter(service, word):
    headers = {"Authorization": f"{word} {service.own.keys['viewer']}"}
    with service.stranger() as http:
        assert http.get("/v1/cases", headers=headers).status_code == 200


def test_a_key_that_expires_while_it_is_remembered_opens_nothing_any_more(service):
    until = now() + timedelta(seconds=1)
    _, whole = key_of(service, expires_at=until)
    headers = {"Authorization": f"Bearer {whole}"}
    with service.stranger() as http:
        assert http.get("/v1/cases", headers=headers).status_code == 200
        sleep(max(0.0, (until - now()).total_seconds()) + 0.01)
        assert http.get("/v1/cases", headers=headers).status_code == 401


def test_a_key_that_is_revoked_here_opens_nothing_at_once(service):
    made, whole = key_of(service)
    with service.stranger() as http, service.client() as administrator:
        headers = {"Authorization": f"Bearer {whole}"}
        assert http.get("/v1/cases", headers=headers).status_code == 200
        assert administrator.post(f"/v1/keys/{made.id}/revocation").status_code == 200
        assert http.get("/v1/cases", headers=headers).status_code == 401


def test_a_key_that_is_revoked_elsewhere_opens_nothing_soon(database_url):
    with serving(database_url, key_memory_seconds=0.3) as service:
        made, whole = key_of(service)
        headers = {"Authorization": f"Bearer {whole}"}
        with service.stranger() as http:
            assert http.get("/v1/cases", headers=headers).status_code == 200
            with service.app.state.database.writing() as session:
                own = locked(session, service.own.id)
                keys.revoke(session, own, session.merge(made), None)
            started = monotonic()
            while http.get("/v1/cases", headers=headers).status_code == 200:
                assert monotonic() - started < 5
                sleep(0.05)


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may_do(service, role):
    with service.client(role, **YAML, **{"Accept-Language": "nl"}) as http:
        asked = {
            "read": http.get("/v1/cases"),
            "edit": http.post("/v1/cases", content=CASE, params={"note": "x"}),
            "administer": http.get("/v1/keys"),
        }
    for permission, answer in asked.items():
        may = permission in MAY[role]
        assert (answer.status_code != 403) == may
        if not may:
            assert answer.json()["code"] == "role-too-low"
            assert role in answer.json()["detail"]


def test_who_writes_a_case_does_not_assess_it():
    assert "assess" not in MAY["editor"]
    assert "edit" not in MAY["assessor"]
    assert all("read" in may for may in MAY.values())
    assert MAY["administrator"] == frozenset().union(*MAY.values())
