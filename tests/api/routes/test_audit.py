"""What was done: listed, exported whole, and verified; what somebody changed in it is found."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from tests.api.reporting import address, decided, reported

from impactmonitor_api.storage.audit import first_broken

TRIGGERS = {
    "sqlite": ("DROP TRIGGER keep_audit_update", "DROP TRIGGER keep_audit_delete"),
    "postgresql": ("DROP TRIGGER keep_audit ON audit",),
}


@pytest.fixture
def own(service):
    return service.organisation()


@pytest.fixture
def admin(own):
    with own.client() as http:
        yield http


@pytest.fixture
def worked(own, admin):
    """An organisation in which something was done of each kind."""
    with own.client("editor") as editor, own.client("assessor") as assessor:
        case = own.new_case(editor)
        decided(assessor, case, reported(editor, case), "approved")
        said = {"effect": "crime", "actor": "public", "confirmation": "confirmed"}
        assessor.post(f"{address(case)}/confirmations", json=said)
        editor.post(f"{address(case)}/evaluations")
        admin.put("/v1/catalogue/additions", json={"files": {}}, headers={"If-Match": "*"})
    return own


def exported(client):
    answer = client.get("/v1/audit/export")
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def test_everything_that_was_done_stands_in_the_chain(worked, admin):
    records = exported(admin)
    assert [one["action"] for one in records[-6:]] == [
        "case.created", "measurements.reported", "measurement.approved", "effect.confirmation",
        "evaluation.kept", "additions.replaced"]  # fmt: skip
    assert {one["organisation"] for one in records} == {worked.id}
    found = admin.get("/v1/audit/verification").json()
    assert found == {"is_whole": True, "count": len(records), "head": records[-1]["hash"],
                     "broken": None}  # fmt: skip
    assert first_broken(records, (found["count"], found["head"])) is None


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_pages_from_the_oldest_on_hold_all_of_it(worked, admin, limit):
    found, after = [], 0
    while after is not None:
        page = admin.get("/v1/audit", params={"limit": limit, "after": after}).json()
        found += page["items"]
        after = page["next"]
    assert found == exported(admin)


def test_a_long_chain_is_exported_whole(own, admin, service):
    from impactmonitor_api.storage import audit, organisations

    with service.app.state.database.writing() as session:
        held = organisations.locked(session, own.id)
        for i in range(1001):
            audit.record(session, held, None, "tried", str(i))
    records = exported(admin)
    assert [one["count"] for one in records] == list(range(1, len(records) + 1))
    assert len(records) > 1001


@pytest.mark.parametrize("role", ["viewer", "assessor", "editor"])
@pytest.mark.parametrize("path", ["/v1/audit", "/v1/audit/export", "/v1/audit/verification"])
def test_only_administrators_read_it(own, role, path):
    with own.client(role) as client:
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("after", [-1, "x", 2**40])
def test_odd_places_are_refused(admin, after):
    assert admin.get("/v1/audit", params={"after": after}).status_code == 422


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE audit SET details = '{}' WHERE organisation_id = :own AND count = 3", "hash"),
        ("UPDATE audit SET key_id = NULL WHERE organisation_id = :own AND count = 6", "hash"),
        ("DELETE FROM audit WHERE organisation_id = :own AND count = 3", "count"),
        ("DELETE FROM audit WHERE organisation_id = :own AND count > 6", "head"),
        ("UPDATE audit SET previous = '' WHERE organisation_id = :own AND count = 3", "previous"),
    ],
)
def test_what_somebody_changes_in_the_database_is_found(service, worked, admin, change, reason):
    database = service.app.state.database
    kind = database.engine.dialect.name
    before = exported(admin)
    with pytest.raises(Exception, match="only added to"), database.writing() as session:
        session.execute(text(change), {"own": worked.id})
    assert exported(admin) == before
    with database.writing() as session:
        kept = _dropped(session, kind)
        session.execute(text(change), {"own": worked.id})
        for statement in kept:
            session.execute(text(statement))
    found = admin.get("/v1/audit/verification").json()
    assert found["is_whole"] is False
    assert found["broken"]["reason"] == reason
    assert found["broken"]["count"] in {3, 6}


def _dropped(session, kind):
    """Take the triggers away, and give what makes them again."""
    if kind == "sqlite":
        found = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        made = list(session.scalars(text(found)))
    else:
        found = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'keep_audit'"
        made = list(session.scalars(text(found)))
    for statement in TRIGGERS[kind]:
        session.execute(text(statement))
    return made
