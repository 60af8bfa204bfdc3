"""Organisations, and that changes of one happen one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.api.conftest import DATABASES
from tests.api.storage.databases import empty

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import (
    NameTaken,
    add_organisation,
    find_organisation,
    locked,
    organisations,
)

both = pytest.mark.parametrize("kind", DATABASES)


@both
def test_organisations_are_found_by_name_and_listed_the_oldest_first(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            for name in ("b", "a", "é"):
                add_organisation(session, name)
            assert [one.name for one in organisations(session)] == ["b", "a", "é"]
            assert find_organisation(session, "a").name == "a"
            assert find_organisation(session, "A") is None


@both
def test_a_name_is_given_once(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            add_organisation(session, "a")
            with pytest.raises(NameTaken):
                add_organisation(session, "a")


@both
def test_changes_at_the_same_time_are_all_counted(kind, tmp_path):
    """Each reads the count and writes the next one; without the lock some would be lost."""
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            own = add_organisation(session, "a").id

        def change(number: int) -> None:
            with database.writing() as session:
                audit.record(session, locked(session, own), None, "tried", str(number))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(change, range(40)))
        with database.reading() as session:
            (found,) = organisations(session)
            assert found.audit_count == 41
            assert audit.broken_chain(session, found) is None
