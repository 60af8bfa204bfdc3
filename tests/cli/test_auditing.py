"""The audit trail: exported, followed, and found broken."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from tests.cli.test_commands import call, flat, said

from impactmonitor_api.storage import audit
from impactmonitor_api.storage.database import Database
from impactmonitor_api.storage.organisations import locked, organisations

LENGTH = 7


@pytest.fixture
def url(tmp_path) -> str:
    address = f"sqlite:///{tmp_path}/a.db"
    said("organisations", "add", "A", "--database-url", address)
    said("organisations", "add", "B", "--database-url", address)
    database = Database(address)
    with database.writing() as session:
        own = locked(session, organisations(session)[0].id)
        for count in range(LENGTH - 2):
            audit.record(session, own, None, "tried", "é\n\x1b", {"count": count})
    database.close()
    return address


@pytest.fixture
def export(tmp_path, url):
    file = tmp_path / "a.ndjson"
    said("audit", "export", "--organisation", "A", str(file), "--database-url", url)
    return file


def broken(code, *words):
    found = json.loads(call("audit", "verify", *words, "--json", code=code).stdout)
    return [(chain["name"], chain["records"], chain["broken"]) for chain in found["chains"]]


def test_every_chain_of_a_database_is_followed(url):
    assert broken(0, "--database-url", url) == [("A", LENGTH, None), ("B", 2, None)]
    assert "all 2 records fit" in said("audit", "verify", "--database-url", url)


def test_an_export_holds_by_itself_without_a_database(export):
    assert len(export.read_text("utf-8").splitlines()) == LENGTH
    assert broken(0, str(export)) == [("a.ndjson", LENGTH, None)]
    assert f"alle {LENGTH} regels" in said("audit", "verify", str(export), "--lang", "nl")


def test_the_first_record_that_does_not_fit_is_named(export):
    lines = export.read_text("utf-8").splitlines(keepends=True)
    changed = lines.copy()
    changed[3] = changed[3].replace("tried", "never")
    export.write_text("".join(changed), encoding="utf-8")
    (found,) = broken(4, str(export))
    assert found == ("a.ndjson", 3, {"count": 4, "reason": "hash"})
    words = call("audit", "verify", str(export), code=4)
    assert "record 4" in words.stdout
    export.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    assert broken(4, str(export))[0][2] == {"count": 3, "reason": "count"}


def test_a_record_that_was_taken_off_the_end_is_found_in_the_database(url):
    database = Database(url)
    with database.writing() as session:
        session.execute(text("DROP TRIGGER keep_audit_delete"))
        session.execute(text("DELETE FROM audit WHERE count = 2 AND subject IN "
                             "(SELECT id FROM keys WHERE organisation_id = "
                             "(SELECT id FROM organisations WHERE name = 'B'))"))  # fmt: skip
    database.close()
    found = broken(4, "--database-url", url)
    assert found == [("A", LENGTH, None), ("B", 1, {"count": 1, "reason": "head"})]


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[]", "null", "not json", "{" * 50_000, '{"count": NaN}', "x" * 2_000_000],
    ids=range(8),
)
def test_what_is_no_record_is_named_with_its_line(export, line):
    lines = export.read_text("utf-8").splitlines()
    export.write_text("\n".join([*lines[:2], line, *lines[2:]]), encoding="utf-8")
    if not line:
        assert broken(0, str(export))[0][1] == LENGTH
        return
    found = call("audit", "verify", str(export), "--json", code=3)
    (error,) = json.loads(found.stdout)["errors"]
    assert (error["code"], error["line"]) == ("audit-line", 3)


@pytest.mark.parametrize("field", ["count", "hash", "details", "at", "key"])
@pytest.mark.parametrize("value", [1.5, True, ["x"], {"a": 1}], ids=str)
def test_a_field_of_another_kind_is_no_record(export, field, value):
    first, *rest = export.read_text("utf-8").splitlines()
    odd = json.dumps(json.loads(first) | {field: value})
    export.write_text("\n".join([odd, *rest]), encoding="utf-8")
    call("audit", "verify", str(export), code=3)


def test_an_empty_file_holds_nothing(tmp_path):
    (tmp_path / "a.ndjson").touch()
    found = call("audit", "verify", str(tmp_path / "a.ndjson"), code=3)
    assert "no records" in flat(found.stderr)
    call("audit", "verify", str(tmp_path / "none.ndjson"), code=5)


def test_an_export_is_not_written_over_another_by_accident(export, url):
    words = ("audit", "export", "--organisation", "B", str(export), "--database-url", url)
    before = export.read_bytes()
    call(*words, code=2)
    assert export.read_bytes() == before
    assert json.loads(said(*words, "--force", "--json")) == {"records": 2}
    call("audit", "export", "--organisation", "C", str(export), "--force", "--database-url", url,
         code=5)  # fmt: skip
    assert len(export.read_text("utf-8").splitlines()) == 2
