"""Keys: nobody can look one up, and only one that holds opens anything."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.api.conftest import DATABASES
from tests.api.storage.databases import contents, empty

from impactmonitor_api.storage import keys
from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked

SECRET = 43
"""Characters of 32 random bytes in base 64."""


@pytest.fixture(scope="module", params=DATABASES)
def database(request, tmp_path_factory):
    with empty(request.param, tmp_path_factory.mktemp("keys")) as found:
        migrate(found)
        with found.writing() as session:
            add_organisation(session, "own")
            add_organisation(session, "other")
        yield found


def organisation(session, name="own"):
    from impactmonitor_api.storage.organisations import find_organisation

    return locked(session, find_organisation(session, name).id)


def test_a_key_opens_what_it_says(database):
    with database.writing() as session:
        own = organisation(session)
        made, whole = keys.add_key(session, own, "x", "assessor", None, bearer="insurer")
        caller = keys.caller_of(session, whole)
    assert (caller.key_id, caller.organisation_id) == (made.id, own.id)
    assert (caller.role, caller.bearer) == ("assessor", "insurer")


def test_a_key_is_long_recognisable_and_kept_as_a_hash_only(database):
    with database.writing() as session:
        made, whole = keys.add_key(session, organisation(session), "x", "viewer", None)
    assert whole.startswith(f"{made.prefix}_")
    secret = whole.removeprefix(f"{made.prefix}_")
    assert len(secret) == SECRET
    assert not any(secret.encode() in part for part in contents(database).values())


@pytest.mark.parametrize(
    "harm",
    [lambda k: k[:-1], lambda k: k + "x", lambda k: k[:-1] + ("A" if k[-1] != "A" else "B"),
     lambda k: k.swapcase(), lambda k: "", lambda k: "im_", lambda k: k[:15], lambda k: k * 100,
     lambda k: k.replace("_", "\0"), lambda k: "im_%", lambda k: "\ud800"],
    ids=["shorter", "longer", "other", "case", "empty", "start", "prefix", "many", "nul", "wild",
         "half"],
)  # fmt: skip
def test_what_is_nearly_a_key_opens_nothing(database, harm):
    with database.writing() as session:
        _, whole = keys.add_key(session, organisation(session), "x", "viewer", None)
    with database.reading() as session:
        assert keys.caller_of(session, whole) is not None
        assert keys.caller_of(session, harm(whole)) is None


def test_an_expired_key_opens_nothing(database):
    with database.writing() as session:
        own = organisation(session)
        past, future = now() - timedelta(seconds=1), now() + timedelta(hours=1)
        _, over = keys.add_key(session, own, "x", "viewer", None, past)
        _, good = keys.add_key(session, own, "x", "viewer", None, future)
        assert keys.caller_of(session, over) is None
        caller = keys.caller_of(session, good)
    assert caller.is_current(future - timedelta(seconds=1))
    assert not caller.is_current(future)


def test_a_revoked_key_opens_nothing_and_stays_revoked_since_then(database):
    with database.writing() as session:
        own = organisation(session)
        made, whole = keys.add_key(session, own, "x", "viewer", None)
        keys.revoke(session, own, made, None)
        since, count = made.revoked_at, own.audit_count
        keys.revoke(session, own, made, None)
        assert (made.revoked_at, own.audit_count) == (since, count)
        assert keys.caller_of(session, whole) is None


def test_a_key_is_found_in_its_own_organisation_only(database):
    with database.writing() as session:
        own, other = organisation(session), organisation(session, "other")
        made, _ = keys.add_key(session, own, "x", "viewer", None)
        assert keys.find_key(session, own.id, made.id) is made
        assert keys.find_key(session, other.id, made.id) is None
        assert made not in keys.keys_of(session, other.id, None, 100)


def test_what_is_done_with_keys_stands_in_the_audit_trail(database):
    from impactmonitor_api.storage import audit

    with database.writing() as session:
        own = organisation(session)
        made, whole = keys.add_key(session, own, "of a person", "editor", None)
        keys.revoke(session, own, made, None)
        records = [r for r in audit.exported(session, own.id) if r["subject"] == made.id]
    assert [record["action"] for record in records] == ["key.added", "key.revoked"]
    assert json.loads(records[0]["details"]) == {"role": "editor", "bearer": None}
    assert whole not in json.dumps(records)


def test_a_caller_without_an_end_is_current_for_ever():
    caller = keys.Caller("a", "b", "viewer")
    assert caller.is_current(datetime(9999, 1, 1, tzinfo=UTC))
