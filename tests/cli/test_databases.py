"""The database of the service, as commands open it."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url, text

from impactmonitor.cli import databases
from impactmonitor.cli.outcome import WrongUse
from impactmonitor.problems import NotFound
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.migrating import migrate, newest_schema, schema_of
from impactmonitor_api.storage.organisations import add_organisation


def url(folder):
    return f"sqlite:///{folder}/a.db"


def set_schema(address, schema):
    database = Database(address)
    migrate(database)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :s"), {"s": schema})
    database.close()


def test_without_an_address_it_is_a_file_of_ones_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert databases.address_of(None, None).startswith(f"sqlite:///{tmp_path}/impactmonitor")


@pytest.mark.parametrize("password", ["secret", "p@ss:w/rd?#[]%é", " spaces "])
def test_a_password_is_read_from_its_file(tmp_path, password):
    file = tmp_path / "password"
    file.write_text(password + "\n", encoding="utf-8")
    found = databases.address_of("postgresql+psycopg://me@host/name", file)
    assert make_url(found).password == password
    assert (make_url(found).host, make_url(found).database) == ("host", "name")


def test_a_password_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NotFound) as found:
        databases.address_of("postgresql+psycopg://me@host/name", tmp_path / "none")
    assert found.value.problem.code == "password-file-not-read"


@pytest.mark.parametrize("address", ["", "file.db", "http://x", "mysql://host/x", "sqlite+x:///a"])
def test_an_address_of_another_kind_is_refused(address):
    with pytest.raises(WrongUse) as wrong, databases.connected(address, is_made=True):
        pass
    assert wrong.value.problem.code == "database-address"


def test_a_file_is_made_only_where_it_may_be(tmp_path):
    with pytest.raises(NotFound) as found, databases.connected(url(tmp_path)):
        pass
    assert found.value.problem.code == "database-not-found"
    assert list(tmp_path.iterdir()) == []
    with databases.migrated(url(tmp_path), is_made=True) as database:
        assert schema_of(database) == newest_schema()


@pytest.mark.parametrize("way", ["migrated", "current"])
def test_a_server_that_does_not_answer_is_said_without_the_password(way):
    address = "postgresql+psycopg://me:secret@127.0.0.1:1/none"
    with pytest.raises(NotFound) as found, getattr(databases, way)(address):
        pass
    assert found.value.problem.code == "database-not-reached"
    assert "secret" not in found.value.problem.message("en")


@pytest.mark.parametrize("way", ["migrated", "current"])
def test_a_database_of_a_later_version_is_left_alone(way, tmp_path):
    set_schema(url(tmp_path), "9999")
    with pytest.raises(WrongUse) as wrong, getattr(databases, way)(url(tmp_path)):
        pass
    assert wrong.value.problem.code == "database-too-new"


def test_a_command_that_only_reads_does_not_change_the_tables(tmp_path, monkeypatch):
    set_schema(url(tmp_path), "0000")
    monkeypatch.setattr("impactmonitor_api.storage.migrating.known_schemas",
                        lambda: frozenset({"0000", newest_schema()}))  # fmt: skip
    with pytest.raises(WrongUse) as wrong, databases.current(url(tmp_path)):
        pass
    assert wrong.value.problem.code == "database-too-old"


def test_a_database_without_tables_is_said(tmp_path):
    Database(url(tmp_path)).engine.connect().close()
    with pytest.raises(NotFound) as found, databases.current(url(tmp_path)):
        pass
    assert found.value.problem.code == "database-without-tables"


def test_an_organisation_is_named_or_the_nearest_one_is(tmp_path):
    with databases.migrated(url(tmp_path), is_made=True) as database:
        with database.writing() as session:
            add_organisation(session, "Stichting Buurtkracht")
        with database.reading() as session:
            assert databases.organisation_named(session, "Stichting Buurtkracht").number == 1
            with pytest.raises(NotFound) as found:
                databases.organisation_named(session, "Stichting Buurtkrach")
    assert "Stichting Buurtkracht" in found.value.problem.hint("nl")
