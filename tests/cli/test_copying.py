"""Backup and restore, as somebody types them; what goes wrong is tested in the storage itself."""

from __future__ import annotations

import json
import stat

import pytest
from sqlalchemy import text
from tests.cli.test_commands import call, flat, said

from impactmonitor_api.storage.database import Database


@pytest.fixture
def url(tmp_path) -> str:
    address = f"sqlite:///{tmp_path}/a.db"
    said("organisations", "add", "A", "--database-url", address)
    return address


@pytest.fixture
def backup(tmp_path, url):
    file = tmp_path / "b.zip"
    call("backup", str(file), "--database-url", url)
    return file


def test_what_was_backed_up_comes_back(tmp_path, url, backup):
    other = f"sqlite:///{tmp_path}/new/b.db"
    found = call("restore", str(backup), "--database-url", other, "--lang", "nl")
    assert "Organisaties: 1 · casussen: 0" in flat(found.stdout)
    assert said("organisations", "--database-url", other) == said(
        "organisations", "--database-url", url)  # fmt: skip
    assert "all 2 records fit" in said("audit", "verify", "--database-url", other)


def test_only_its_owner_reads_a_backup(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_programs_are_told_what_was_copied(tmp_path, url):
    found = json.loads(call("backup", str(tmp_path / "c.zip"), "--database-url", url,
                            "--json").stdout)  # fmt: skip
    assert found["rows"]["organisations"] == 1
    assert found["schema"]


def test_nothing_is_written_over_what_is_there(tmp_path, url, backup):
    before = backup.read_bytes()
    call("backup", str(backup), "--database-url", url, code=2)
    assert backup.read_bytes() == before
    found = call("restore", str(backup), "--database-url", url, code=2)
    assert "holds something already" in flat(found.stderr)
    call("backup", str(backup), "--database-url", url, "--force")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda b: b[:-40], "no backup"),
        (lambda b: b"", "no backup"),
        (lambda b: b[:200] + b"\xff" * 9 + b[209:], "no longer as it was made"),
    ],
)
def test_a_damaged_backup_makes_no_database(tmp_path, backup, harm, words):
    backup.write_bytes(harm(backup.read_bytes()))
    found = call("restore", str(backup), "--database-url", f"sqlite:///{tmp_path}/c.db", code=3)
    assert words in flat(found.stderr)
    assert not (tmp_path / "c.db").exists()


def test_a_backup_with_a_broken_chain_names_whose(tmp_path, url):
    database = Database(url)
    with database.writing() as session:
        session.execute(text("DROP TRIGGER keep_audit_update"))
        session.execute(text("UPDATE audit SET action = 'x' WHERE count = 1"))
    database.close()
    call("backup", str(tmp_path / "c.zip"), "--database-url", url)
    found = call("restore", str(tmp_path / "c.zip"), "--database-url",
                 f"sqlite:///{tmp_path}/c.db", code=3)  # fmt: skip
    assert 'trail of "A" does not hold' in flat(found.stderr)


def test_a_later_backup_and_a_database_that_is_not_there_are_said(tmp_path, url, backup):
    database = Database(url)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    call("backup", str(tmp_path / "d.zip"), "--database-url", url, code=2)
    none = f"sqlite:///{tmp_path}/none.db"
    call("backup", str(tmp_path / "d.zip"), "--database-url", none, code=5)
    call("restore", str(tmp_path / "none.zip"), "--database-url", none, code=5)
    assert not (tmp_path / "d.zip").exists()
