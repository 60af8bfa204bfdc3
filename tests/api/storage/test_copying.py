"""A backup is everything, from and into either database; what is damaged changes nothing."""

import hashlib
import io
import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import inspect, text
from tests.api.conftest import DATABASES
from tests.api.serving import serving
from tests.api.storage.databases import contents, empty
from tests.api.storage.filling import fill

from impactmonitor_api.storage import archives
from impactmonitor_api.storage.archives import Damaged
from impactmonitor_api.storage.copying import NoTables, NotEmpty, back_up, examine, restore
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.migrating import TooNew, migrate
from impactmonitor_api.storage.organisations import add_organisation
from impactmonitor_api.storage.tables import Stored

both = pytest.mark.parametrize("kind", DATABASES)


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Of a database with rows in every table."""
    with empty("sqlite", tmp_path_factory.mktemp("sample")) as database:
        migrate(database)
        fill(database)
        return copied(database)


def copied(database: Database) -> bytes:
    stream = io.BytesIO()
    back_up(database, stream)
    return stream.getvalue()


@pytest.mark.parametrize("path", [
    ("sqlite", "sqlite"),
    ("sqlite", "postgresql"),
    ("postgresql", "sqlite"),
    ("sqlite", "postgresql", "sqlite"),
    ("postgresql", "sqlite", "postgresql"),
], ids="→".join)  # fmt: skip
def test_what_is_restored_is_equal_row_for_row(path, tmp_path):
    with ExitStack() as stack:
        places = [tmp_path / str(i) for i in range(len(path))]
        for place in places:
            place.mkdir()
        first, *others = [
            stack.enter_context(empty(kind, place))
            for kind, place in zip(path, places, strict=True)
        ]
        migrate(first)
        fill(first)
        wanted = contents(first)
        assert {name.removesuffix(".jsonl") for name in wanted} == set(Stored.metadata.tables)
        assert all(wanted.values())
        last = first
        for other in others:
            restore(other, io.BytesIO(copied(last)))
            assert contents(other) == wanted
            last = other


@both
def test_what_is_added_afterwards_is_numbered_on(kind, backup, tmp_path):
    with empty(kind, tmp_path) as database:
        restore(database, io.BytesIO(backup))
        with database.writing() as session:
            before = session.scalar(text("SELECT max(number) FROM organisations"))
            assert add_organisation(session, "later").number == before + 1


@both
def test_a_service_on_the_restored_database_answers_the_same(kind, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    paths = ["/v1/organisation", "/v1/cases", "/v1/keys"]
    with empty(kind, tmp_path / "old") as old, empty("sqlite", tmp_path / "new") as new:
        with serving(old.engine.url.render_as_string(hide_password=False)) as service:
            own = service.own
            with service.client() as http:
                case = own.new_case(http)
                paths += [f"/v1/cases/{case['id']}", f"/v1/cases/{case['id']}/versions"]
                wanted = [http.get(path).json() for path in paths]
        restore(new, io.BytesIO(copied(old)))
        with serving(new.url) as service:
            own.address = service.address
            with own.client() as http:
                assert [http.get(path).json() for path in paths] == wanted


@both
def test_a_backup_is_of_one_moment_while_others_write(kind, tmp_path):
    """Were it not, the chain of the audit trail would end before or after what is said of it."""
    with empty(kind, tmp_path) as database:
        migrate(database)
        fill(database)
        ended = threading.Event()

        def write() -> None:
            count = 0
            while not ended.is_set():
                with database.writing() as session:
                    add_organisation(session, f"organisation {count}")
                count += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            made = [copied(database) for _ in range(8)]
        finally:
            ended.set()
            writer.join()
        counts = [examine(io.BytesIO(one)).tables["organisations"].rows for one in made]
        assert counts == sorted(counts)
        assert counts[0] < counts[-1], "nobody wrote in the meantime"
        for number, one in enumerate(made[-2:]):
            (tmp_path / str(number)).mkdir()
            with empty("sqlite", tmp_path / str(number)) as other:
                restore(other, io.BytesIO(one))


def test_only_an_empty_database_is_restored_into(backup, tmp_path):
    with empty("sqlite", tmp_path) as database:
        with database.writing() as session:
            session.execute(text("CREATE TABLE other (number INTEGER)"))
        with pytest.raises(NotEmpty):
            restore(database, io.BytesIO(backup))
        assert inspect(database.engine).get_table_names() == ["other"]


def test_a_database_without_tables_is_not_copied(tmp_path):
    with empty("sqlite", tmp_path) as database, pytest.raises(NoTables):
        copied(database)


def test_a_database_of_a_later_version_is_not_copied(tmp_path):
    with empty("sqlite", tmp_path) as database:
        migrate(database)
        with database.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(TooNew):
            copied(database)


# --- Damaged, and hostile -----------------------------------------------------------------------


def remade(backup: bytes, changes: dict[str, bytes | None], kind: int = ZIP_DEFLATED) -> bytes:
    """A backup with other parts; None takes a part out."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(backup)) as old, ZipFile(stream, "w", kind) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def part_of(backup: bytes, name: str) -> bytes:
    with ZipFile(io.BytesIO(backup)) as archive:
        return archive.read(name)


def said_anew(backup: bytes, **changed: object) -> bytes:
    """A backup whose list says something else."""
    listed = json.loads(part_of(backup, "manifest.json"))
    return remade(backup, {"manifest.json": json.dumps(listed | changed).encode()})


def forged(backup: bytes, table: str, data: bytes) -> bytes:
    """A backup with another part, of which the list says what it should."""
    listed = json.loads(part_of(backup, "manifest.json"))
    rows = data.count(b"\n")
    digest = hashlib.sha256(data).hexdigest()
    listed["tables"][table] = {"rows": rows, "bytes": len(data), "sha256": digest}
    said = json.dumps(listed).encode()
    return remade(backup, {f"{table}.jsonl": data, "manifest.json": said})


def first_row(backup: bytes, table: str, **changed: object) -> bytes:
    """A forged backup in which the first row of a table has other values."""
    first, *rest = part_of(backup, f"{table}.jsonl").splitlines(keepends=True)
    row = json.dumps(json.loads(first) | changed).encode() + b"\n"
    return forged(backup, table, row + b"".join(rest))


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Database]]:
    """An empty database of each kind, which every test leaves empty."""
    with ExitStack() as stack:
        folders = [tmp_path_factory.mktemp(kind) for kind in DATABASES]
        yield [
            stack.enter_context(empty(kind, folder))
            for kind, folder in zip(DATABASES, folders, strict=True)
        ]


def assert_refused(data: bytes, targets: list[Database], flaw: str) -> None:
    """Refused on both databases, for this reason, and nothing is there afterwards."""
    for database in targets:
        with pytest.raises((Damaged, TooNew)) as refused:
            restore(database, io.BytesIO(data))
        assert getattr(refused.value, "flaw", "new") == flaw
        assert inspect(database.engine).get_table_names() == []


def test_a_backup_that_was_cut_off_is_refused(backup, targets):
    assert_refused(backup[: len(backup) // 2], targets, "no-backup")


def test_any_byte_that_changed_is_seen(backup):
    """In the data of any part; what a zip says beside its data may differ without harm."""
    with ZipFile(io.BytesIO(backup)) as archive:
        entries = archive.infolist()
    for entry in entries:
        place = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
        flipped = bytearray(backup)
        flipped[place + 24] ^= 0x40
        with pytest.raises(Damaged):
            examine(io.BytesIO(bytes(flipped)))


LINE = b'{"number": 1}\n'


@pytest.mark.parametrize(
    ("flaw", "damage"),
    [
        ("no-backup", lambda b: b"no zip at all"),
        ("no-backup", lambda b: remade(b, {"manifest.json": None})),
        ("no-backup", lambda b: remade(b, {"manifest.json": b"[]"})),
        ("no-backup", lambda b: said_anew(b, format="other")),
        ("version", lambda b: said_anew(b, version=2)),
        ("new", lambda b: said_anew(b, schema="9999")),
        ("list", lambda b: said_anew(b, schema="../../etc")),
        ("list", lambda b: said_anew(b, tables={})),
        ("list", lambda b: said_anew(b, tables={"../x": {"rows": 0, "bytes": 0, "sha256": ""}})),
        ("list", lambda b: remade(b, {"../../outside.jsonl": LINE})),
        ("list", lambda b: remade(b, {"cases.jsonl": None})),
        ("list", lambda b: remade(b, {"manifest.json": b"{" * 50_000})),
        ("part", lambda b: remade(b, {"manifest.json": b" " * 2_000_000})),
        ("list", lambda b: remade(b, {}, ZIP_BZIP2)),
        ("part", lambda b: remade(b, {"cases.jsonl": part_of(b, "cases.jsonl") * 2})),
        ("count", lambda b: remade(b, {"cases.jsonl": b""})),
        ("hash", lambda b: remade(
            b, {"cases.jsonl": part_of(b, "cases.jsonl").replace(b"walks", b"talks")})),
        ("row", lambda b: forged(b, "cases", LINE)),
        ("row", lambda b: forged(b, "cases", b"not json\n")),
        ("row", lambda b: forged(b, "cases", b"[" * 50_000 + b"\n")),
        ("row", lambda b: first_row(b, "cases", version=True)),
        ("row", lambda b: first_row(b, "cases", version=2**70)),
        ("row", lambda b: first_row(b, "cases", name=None)),
        ("row", lambda b: first_row(b, "cases", name="x" * 81)),
        ("row", lambda b: first_row(b, "cases", name="nul\0")),
        ("row", lambda b: first_row(b, "cases", name="\ud800")),
        ("row", lambda b: first_row(b, "cases", name=["a", "list"])),
        ("row", lambda b: first_row(b, "cases", created_at="2026-11-22T09:30:00")),
        ("row", lambda b: first_row(b, "cases", organisation_id="nobody's")),
        ("row", lambda b: first_row(b, "jobs", input="no base 64!")),
        ("row", lambda b: first_row(b, "jobs", progress=float("inf"))),
        ("chain", lambda b: first_row(b, "audit", action="case.archived")),
        ("chain", lambda b: first_row(b, "organisations", audit_count=7)),
    ],
)  # fmt: skip
def test_a_damaged_or_hostile_backup_is_refused_and_changes_nothing(backup, flaw, damage, targets):
    assert_refused(damage(backup), targets, flaw)


def test_a_part_that_is_there_twice_is_refused(backup, targets):
    stream = io.BytesIO(backup)
    with ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("cases.jsonl", b"")
    assert_refused(stream.getvalue(), targets, "list")


def test_a_bomb_is_refused_before_it_is_unpacked(backup, targets):
    listed = json.loads(part_of(backup, "manifest.json"))
    listed["tables"]["cases"]["bytes"] = archives.MOST_BYTES + 1
    assert_refused(remade(backup, {"manifest.json": json.dumps(listed).encode()}), targets, "list")
    assert_refused(remade(backup, {"cases.jsonl": b" " * 50_000_000}), targets, "part")
