"""Keys: shown once, of one role, for as long as they are wanted."""

from datetime import timedelta
from time import sleep

import pytest
from tests.api.serving import client_at

from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.keys import ROLES
from impactmonitor_api.storage.tables import Key


@pytest.fixture
def admin(service):
    with service.client("administrator") as http:
        yield http


def made(admin, **fields):
    answer = admin.post("/v1/keys", json={"name": "a key", "role": "viewer", **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


def opened(service, key):
    with client_at(service.address, {"Authorization": f"Bearer {key}"}) as http:
        return http.get("/v1/organisation")


@pytest.mark.parametrize("role", ROLES)
def test_a_key_opens_what_its_role_may(service, admin, role):
    found = opened(service, made(admin, role=role)["key"]).json()
    assert (found["role"], found["id"]) == (role, service.own.id)


def test_a_key_is_shown_once_and_not_kept(service, admin):
    key = made(admin)
    whole = key.pop("key")
    assert whole.startswith(key["prefix"])
    assert admin.get(f"/v1/keys/{key['id']}").json() == key
    with service.app.state.database.reading() as session:
        row = session.query(Key).filter_by(id=key["id"]).one()
    assert whole not in {str(value) for value in vars(row).values()}


def test_a_key_that_was_revoked_or_has_expired_opens_nothing(service, admin):
    revoked = made(admin)
    assert opened(service, revoked["key"]).status_code == 200
    answer = admin.post(f"/v1/keys/{revoked['id']}/revocation")
    assert answer.json()["revoked_at"] is not None
    assert opened(service, revoked["key"]).status_code == 401
    short = made(admin, expires_at=(now() + timedelta(seconds=0.4)).isoformat())
    sleep(0.5)
    assert opened(service, short["key"]).status_code == 401


def test_the_key_with_which_one_asks_stays(admin):
    own = admin.get("/v1/organisation").json()["key"]
    answer = admin.post(f"/v1/keys/{own}/revocation")
    assert (answer.status_code, answer.json()["code"]) == (409, "key-in-use")


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"role": "owner"}, "not-one-of", "role"),
        ({"name": ""}, "text-empty", "name"),
        ({"expires_at": "2020-01-01T00:00:00+00:00"}, "key-expires-in-past", "expires_at"),
        ({"expires_at": "2099-01-01"}, "not-a-moment", "expires_at"),
        ({"expires_at": "soon"}, "not-a-moment", "expires_at"),
        ({"bearer": "Not an id"}, "invalid-name", "bearer"),
        ({"rol": "viewer"}, "unknown-key", "rol"),
    ],
)
def test_a_key_that_cannot_be_made_is_refused_with_its_place(admin, fields, code, path):
    answer = admin.post("/v1/keys", json={"name": "a key", "role": "viewer", **fields})
    assert answer.status_code == 422
    assert [(one["code"], one["path"]) for one in answer.json()["errors"]] == [(code, path)]


def test_a_repeated_request_makes_another_key(admin):
    said = {"Idempotency-Key": "the same"}
    fields = {"name": "a key", "role": "viewer"}
    first, second = (admin.post("/v1/keys", json=fields, headers=said).json() for _ in range(2))
    assert first["key"] != second["key"]
