"""The service under kill -9, a few times; ``benchmarks.kills`` does it a hundred times."""

import pytest
from benchmarks.killing.checking import check_database
from benchmarks.killing.writers import Journal
from benchmarks.kills import kill_again_and_again, table
from tests.soaking import times

from impactmonitor_api.storage.cases import add_case
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, locked

KILLS = times(3, 20)


def test_nothing_that_was_acknowledged_is_lost_or_doubled(database_url, tmp_path):
    outcome = kill_again_and_again(database_url, KILLS, 3, tmp_path, longest_life=0.8)
    counts = outcome.counts
    assert sum(count for name, count in counts.items() if name.startswith("killed")) == KILLS
    assert min(counts[name] for name in ("created", "changed", "jobs", "sent again")) > 0
    assert f"{counts['created']:,}" in table("here", outcome)


@pytest.fixture
def kept(tmp_path):
    """A database with one case, and the journal of whoever made it."""
    database = Database(f"sqlite:///{tmp_path / 'service.db'}")
    migrate(database)
    with database.writing() as session:
        organisation = locked(session, add_organisation(session, "One").id)
        case, _ = add_case(session, organisation, None, "one", '{"title": "mark"}')
    journal = Journal()
    journal.note_version({"id": case.id, "version": 1, "document": {"title": "mark"}}, "mark")
    check_database(database, organisation.id, journal)
    yield database, organisation.id, journal
    database.close()


def test_what_was_acknowledged_and_is_missing_is_found(kept):
    database, organisation_id, journal = kept
    journal.note_version({"id": "other", "version": 1, "document": {}}, "mark of another")
    with pytest.raises(AssertionError):
        check_database(database, organisation_id, journal)


def test_what_is_there_twice_is_found(kept):
    database, organisation_id, journal = kept
    with database.writing() as session:
        organisation = locked(session, organisation_id)
        add_case(session, organisation, None, "two", '{"title": "mark"}')
    with pytest.raises(AssertionError):
        check_database(database, organisation_id, journal)


def test_what_differs_from_what_was_acknowledged_is_found(kept):
    database, organisation_id, journal = kept
    journal.versions = {key: {"title": "something else"} for key in journal.versions}
    with pytest.raises(AssertionError):
        check_database(database, organisation_id, journal)
