"""Rows of every kind of column come back as they were; what is no row is refused."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from impactmonitor_api.storage.plain_rows import OddRow, from_plain, to_plain

TABLE = Table(
    "things",
    MetaData(),
    Column("number", BigInteger, primary_key=True),
    Column("name", String(20), nullable=False),
    Column("share", Float),
    Column("is_done", Boolean),
    Column("body", LargeBinary),
    Column("at", DateTime(timezone=True)),
)
ROW = {"number": 1, "name": "é", "share": 0.1, "is_done": True, "body": "AP8=",
       "at": "2026-11-22T09:30:00.000000+00:00"}  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(
    st.fixed_dictionaries({
        "number": st.integers(-(2**63), 2**63 - 1),
        "name": TEXTS,
        "share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "is_done": st.none() | st.booleans(),
        "body": st.none() | st.binary(),
        "at": st.none() | st.datetimes(timezones=st.just(UTC)),
    })
)  # fmt: skip
def test_a_row_comes_back_as_it_was(row):
    said = json.loads(json.dumps(to_plain(TABLE, row)))
    assert from_plain(TABLE, said) == row


def test_a_moment_is_the_same_on_databases_with_and_without_zones():
    amsterdam = timezone(timedelta(hours=1))
    moments = [
        datetime(2026, 11, 22, 9, 30),
        datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        datetime(2026, 11, 22, 10, 30, tzinfo=amsterdam),
    ]
    assert {to_plain(TABLE, {**ROW, "at": moment})["at"] for moment in moments} == {ROW["at"]}


@pytest.mark.parametrize(
    "change",
    [
        {"number": None}, {"number": True}, {"number": 2**63}, {"number": 1.0}, {"number": "1"},
        {"name": None}, {"name": 1}, {"name": "x" * 21}, {"name": "\0"}, {"name": "\udc00"},
        {"share": "1"}, {"share": True},
        {"is_done": 1}, {"is_done": "true"},
        {"body": "é"}, {"body": "AP8"}, {"body": 1},
        {"at": "yesterday"}, {"at": "2026-11-22"}, {"at": 1},
        {"more": 1},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_row_is_refused(change):
    assert from_plain(TABLE, ROW)
    with pytest.raises(OddRow):
        from_plain(TABLE, ROW | change)


@pytest.mark.parametrize("row", [None, [], "row", {}, {"number": 1}], ids=str)
def test_what_is_no_object_with_all_columns_is_refused(row):
    with pytest.raises(OddRow):
        from_plain(TABLE, row)
