"""The two ways into a database, and what SQLite is told so that nothing is lost."""

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.api.conftest import DATABASES
from tests.api.storage.databases import empty

from impactmonitor_api.storage.beginning import begin
from impactmonitor_api.storage.database import Database, UnknownDatabase, is_answering, now
from impactmonitor_api.storage.migrating import migrate
from impactmonitor_api.storage.organisations import add_organisation, organisations

both = pytest.mark.parametrize("kind", DATABASES)


@pytest.mark.parametrize(
    ("pragma", "wanted"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30_000)],
)
def test_sqlite_loses_nothing_and_waits_for_its_turn(pragma, wanted, tmp_path):
    with empty("sqlite", tmp_path) as database:
        for way in (database.reading, database.writing):
            with way() as session:
                assert session.scalar(text(f"PRAGMA {pragma}")) == wanted


@both
def test_a_change_that_fails_halfway_leaves_nothing(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)

        def half() -> None:
            with database.writing() as session:
                add_organisation(session, "half")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            half()
        with database.reading() as session:
            assert organisations(session) == []


@both
def test_what_is_read_is_not_changed(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.reading() as session:
            add_organisation(session, "forgotten")
        with database.reading() as session:
            assert organisations(session) == []


@both
def test_what_points_to_nothing_is_refused(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with pytest.raises(IntegrityError), database.writing() as session:
            session.execute(text(
                "INSERT INTO cases (id, organisation_id, name, version, created_at, changed_at) "
                "VALUES ('a', 'nobody', 'b', 1, :now, :now)"), {"now": "2026-11-22 09:30:00"},
            )  # fmt: skip


@both
def test_a_writer_waits_for_another_and_readers_do_not(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        holds, ended = threading.Event(), []

        def slowly() -> None:
            with database.writing() as session:
                begin(session, "first", "key")
                holds.set()
                time.sleep(0.3)
            ended.append("first")

        thread = threading.Thread(target=slowly)
        thread.start()
        holds.wait()
        with database.reading() as session:
            assert organisations(session) == []
        assert ended == []
        with database.writing() as session:
            assert begin(session, "second", "key") is None
            ended.append("second")
        thread.join()
        assert ended == ["first", "second"]


@pytest.mark.parametrize("url", ["mysql://host/name", "postgresql://host/name", "oracle://host"])
def test_databases_of_another_kind_are_refused(url):
    with pytest.raises(UnknownDatabase):
        Database(url)


def test_a_refusal_does_not_tell_the_password():
    with pytest.raises(UnknownDatabase) as refused:
        Database("mysql://me:secret@host/name")
    assert "secret" not in str(refused.value)


def test_the_folder_of_a_file_is_made(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new/folder/service.db")
    assert is_answering(database)
    database.close()


def test_a_database_that_is_not_there_does_not_answer():
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert not is_answering(database)
    database.close()


def test_moments_are_in_utc():
    assert now().utcoffset().total_seconds() == 0
