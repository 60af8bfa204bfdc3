"""From every schema that there ever was to that of today, on both databases, with all rows."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from zipfile import ZipFile

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from tests.api.conftest import DATABASES
from tests.api.storage.databases import contents, empty
from tests.api.storage.filling import fill
from tests.api.storage.keep_schema import KEPT

from impactmonitor_api.storage.beginning import begin
from impactmonitor_api.storage.copying import restore
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.migrating import (
    TooNew,
    known_schemas,
    migrate,
    newest_schema,
    schema_of,
)
from impactmonitor_api.storage.organisations import organisations
from impactmonitor_api.storage.tables import APPEND_ONLY, Stored

SAMPLES = sorted(KEPT.glob("*.zip"))
both = pytest.mark.parametrize("kind", DATABASES)


def test_every_schema_has_its_sample():
    assert {file.stem for file in SAMPLES} == known_schemas()


def test_a_sample_has_rows_in_every_table_of_its_schema():
    for file in SAMPLES:
        with ZipFile(file) as archive:
            parts = [entry for entry in archive.infolist() if entry.filename.endswith(".jsonl")]
            assert parts
            assert all(entry.file_size > 0 for entry in parts), file.name


@both
@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_database_of_an_earlier_schema_comes_up_with_all_its_rows(kind, file, tmp_path):
    with empty(kind, tmp_path) as database:
        with file.open("rb") as stream:
            manifest = restore(database, stream)
        assert manifest.schema == file.stem
        assert schema_of(database) == newest_schema()
        after = contents(database)
        for table, part in manifest.tables.items():
            assert after[f"{table}.jsonl"].count(b"\n") == part.rows, table


@both
def test_the_tables_are_those_that_the_program_works_with(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Stored.metadata) == []


@both
def test_migrating_again_changes_nothing(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        fill(database)
        before = contents(database)
        migrate(database)
        assert contents(database) == before


@both
def test_services_that_start_at_once_make_the_tables_and_the_first_key_once(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        together = Barrier(4)

        def start(_: int) -> str | None:
            own = Database(database.engine.url.render_as_string(hide_password=False))
            together.wait()
            migrate(own)
            with own.writing() as session:
                key = begin(session, "first", "first")
            own.close()
            return key

        with ThreadPoolExecutor(4) as pool:
            keys = list(pool.map(start, range(4)))
        assert sum(key is not None for key in keys) == 1
        with database.reading() as session:
            assert [one.name for one in organisations(session)] == ["first"]


@both
def test_a_database_of_a_later_version_is_left_alone(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(TooNew, match="9999"):
            migrate(database)
        assert schema_of(database) == "9999"


@both
def test_tables_are_made_all_at_once_or_not_at_all(kind, tmp_path):
    with empty(kind, tmp_path) as database:
        with database.writing() as session:
            session.execute(text("CREATE TABLE jobs (other INTEGER)"))
        with pytest.raises(DBAPIError):
            migrate(database)
        assert inspect(database.engine).get_table_names() == ["jobs"]


@both
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_itself_keeps_what_has_happened(kind, verb, tmp_path):
    with empty(kind, tmp_path) as database:
        migrate(database)
        fill(database)
        before = contents(database)
        for table in APPEND_ONLY:
            change = f"DELETE FROM {table}" if verb == "DELETE" else f"UPDATE {table} SET number=9"  # noqa: S608
            with pytest.raises(DBAPIError, match="only added to"), database.writing() as session:
                session.execute(text(change))
        assert contents(database) == before


def test_a_migration_names_the_one_before_it_and_has_no_way_back():
    versions = Path(migrate.__code__.co_filename).parent / "migrations" / "versions"
    for file in versions.glob("[0-9]*.py"):
        source = file.read_text(encoding="utf-8")
        assert re.search(rf'^revision = "{file.stem[:4]}"$', source, re.MULTILINE)
        assert "def downgrade" not in source
