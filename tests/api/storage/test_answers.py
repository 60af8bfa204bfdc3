"""Answers that are kept under a name, for one organisation, for a while."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.api.conftest import DATABASES
from tests.api.storage.databases import empty

from impactmonitor_api.storage import answers
from impactmonitor_api.storage.answers import Given
from impactmonitor_api.storage.database import now
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation

GIVEN = Given(201, {"etag": '"1"', "location": "/é"}, bytes(range(256)), "f" * 64)
both = pytest.mark.parametrize("kind", DATABASES)


@both
def test_an_answer_comes_back_as_it_was_given_to_its_own_organisation(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            own, other = (add_organisation(session, name).id for name in "ab")
            answers.keep(session, own, "name", GIVEN)
        with database.reading() as session:
            assert answers.given(session, own, "name") == GIVEN
            assert answers.given(session, own, "other") is None
            assert answers.given(session, other, "name") is None


@both
def test_a_name_has_one_answer(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            own = add_organisation(session, "a").id
            answers.keep(session, own, "name", GIVEN)
        with pytest.raises(IntegrityError), database.writing() as session:
            answers.keep(session, own, "name", GIVEN)


@both
def test_old_answers_are_forgotten_and_young_ones_not(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            own = add_organisation(session, "a").id
            answers.keep(session, own, "old", GIVEN)
            answers.keep(session, own, "young", GIVEN)
            session.flush()
            session.execute(
                text("UPDATE answers SET created_at = :then WHERE name = 'old'"),
                {"then": str(now() - timedelta(hours=73))},
            )
            answers.forget(session, 72)
        with database.reading() as session:
            assert answers.given(session, own, "old") is None
            assert answers.given(session, own, "young") == GIVEN
