"""The chain of what was done: anything that is changed, left out or added afterwards shows."""

import copy
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from tests.api.conftest import DATABASES
from tests.api.storage.databases import empty

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.audit import Broken
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked, organisations

both = pytest.mark.parametrize("kind", DATABASES)
LENGTH = 6


def record(session, own, count):
    audit.record(session, own, None, "tried", f"{count}", {"é": count, "a": None})


@pytest.fixture(scope="module", params=DATABASES)
def chain(request, tmp_path_factory):
    """The records of a chain, as they are exported, and where it ends."""
    with empty(request.param, tmp_path_factory.mktemp("audit")) as database:
        migrate(database)
        with database.writing() as session:
            own = locked(session, add_organisation(session, "own").id)
            for count in range(LENGTH - 1):
                record(session, own, count)
        with database.reading() as session:
            (own,) = organisations(session)
            assert audit.broken_chain(session, own) is None
            found = list(audit.exported(session, own.id))
            yield found, (own.audit_count, own.audit_head)


def test_a_chain_as_it_was_exported_holds_after_a_journey_as_json(chain):
    records, head = chain
    travelled = [json.loads(json.dumps(one)) for one in records]
    assert len(travelled) == head[0] == LENGTH
    assert audit.first_broken(travelled, head) is None


def test_each_hash_is_over_the_one_before_it_and_the_record(chain):
    """Worked out here a second time, by what the documentation says."""
    previous = ""
    for one in chain[0]:
        fields = {key: one[key] for key in sorted(one) if key not in {"previous", "hash"}}
        said = json.dumps(fields, separators=(",", ":"))
        assert one["previous"] == previous
        assert one["hash"] == hashlib.sha256(f"{previous}\n{said}".encode()).hexdigest()
        previous = one["hash"]


FIELDS = ["organisation", "at", "key", "action", "subject", "details", "hash"]


@given(place=st.integers(0, LENGTH - 1), field=st.sampled_from(FIELDS), text=st.text())
def test_any_change_of_any_record_is_found_at_that_record(chain, place, field, text):
    records, head = chain
    changed = copy.deepcopy(records)
    if changed[place][field] == text:
        return
    changed[place][field] = text
    assert audit.first_broken(changed, head) == Broken(place + 1, "hash")


@pytest.mark.parametrize("place", range(LENGTH))
def test_a_record_that_is_missing_is_found(chain, place):
    records, head = chain
    left = records[:place] + records[place + 1 :]
    reason = "head" if place == LENGTH - 1 else "count"
    assert audit.first_broken(left, head) == Broken(place + (reason == "count"), reason)


def test_records_that_changed_places_are_found(chain):
    records, head = chain
    changed = [records[0], records[2], records[1], *records[3:]]
    assert audit.first_broken(changed, head) == Broken(2, "count")


def test_a_chain_that_was_made_anew_from_some_record_on_does_not_end_where_it_should(chain):
    records, head = chain
    forged = copy.deepcopy(records)
    forged[1]["action"] = "nothing"
    for before, one in zip([None, *forged], forged, strict=False):
        previous = before["hash"] if before else ""
        fields = {key: value for key, value in one.items() if key not in {"previous", "hash"}}
        one |= {"previous": previous, "hash": audit.link(previous, fields)}
    assert audit.first_broken(forged) is None, "by itself a new chain holds"
    assert audit.first_broken(forged, head) == Broken(LENGTH, "head")


@both
def test_a_record_that_somebody_changed_in_the_database_is_found(kind, tmp_path):
    """Whoever can take off the triggers can change rows; the chain still shows it."""
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            own = locked(session, add_organisation(session, "own").id)
            for count in range(3):
                record(session, own, count)
        with database.writing() as session:
            if database.is_sqlite:
                session.execute(text("DROP TRIGGER keep_audit_update"))
            else:
                session.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
            session.execute(text("UPDATE audit SET action = 'other' WHERE count = 3"))
        with database.reading() as session:
            (own,) = organisations(session)
            assert audit.broken_chain(session, own) == Broken(3, "hash")


@both
def test_records_are_given_from_some_count_on(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            own = locked(session, add_organisation(session, "own").id)
            for count in range(4):
                record(session, own, count)
            found = audit.records_after(session, own.id, 2, 2)
        assert [row.count for row in found] == [3, 4]
