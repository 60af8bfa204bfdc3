"""A new database gets one organisation and one key, once."""

import pytest
from tests.api.conftest import DATABASES
from tests.api.storage.databases import empty

from impactmonitor_api.storage.beginning import begin
from impactmonitor_api.storage.keys import caller_of
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, organisations


@pytest.mark.parametrize("kind", DATABASES)
def test_the_first_key_opens_everything_and_is_given_once(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            key = begin(session, "Mijn organisatie", "eerste beheerder")
        assert key is not None
        with database.writing() as session:
            assert begin(session, "Mijn organisatie", "eerste beheerder") is None
            (own,) = organisations(session)
            caller = caller_of(session, key)
        assert caller is not None
        assert (caller.role, caller.organisation_id) == ("administrator", own.id)
        assert (own.name, own.audit_count) == ("Mijn organisatie", 2)


def test_where_there_is_an_organisation_there_is_no_first_one(tmp_path):
    with empty("sqlite", tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            add_organisation(session, "earlier")
            assert begin(session, "first", "key") is None
