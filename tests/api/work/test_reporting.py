"""Measurements that are sent: how they are read, placed and named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import case, cost

from impactmonitor import load_catalogue
from impactmonitor.problems import InvalidInput
from impactmonitor_api.work.known import StoredRecord, with_records
from impactmonitor_api.work.reporting import MOST, added, received, reported_in

CATALOGUE = load_catalogue()
RECORD = {"line": "costs.work", "period": "2025", "value": 4}


def small(*records):
    return case(costs={"work": cost(600, years=3)}, measurements=[*records])


def sent(*records):
    return reported_in(json.dumps(list(records)).encode(), ".json")


def problems(found):
    return [(problem.code, problem.path, problem.line) for problem in found]


@pytest.mark.parametrize(
    ("status", "expected"),
    [({}, "submitted"), ({"status": "draft"}, "draft"), ({"status": "submitted"}, "submitted")],
)
def test_what_does_not_say_that_it_is_a_draft_is_submitted(status, expected):
    body = json.dumps({**RECORD, **status}).encode()
    (one,) = reported_in(body, ".json").records
    assert one.record.status == expected
    csv = "line,period,value,status\ncosts.work,2025,4," + status.get("status", "")
    (row,) = reported_in(csv.encode(), ".csv").records
    assert row.record == one.record.model_copy(update={})


def test_nothing_approves_itself():
    approved = {**RECORD, "status": "approved"}
    assert problems(sent(RECORD, approved).problems) == [("approved-by-decision", "1.status", None)]
    alone = reported_in(json.dumps(approved).encode(), ".json")
    assert problems(alone.problems) == [("approved-by-decision", "status", None)]
    rows = b"line,period,value,status\ncosts.work,2025,4,approved"
    assert problems(reported_in(rows, ".csv").problems) == [
        ("approved-by-decision", "rows.0.status", 2)]  # fmt: skip


def test_a_body_holds_a_number_of_records_and_no_more():
    assert len(sent(*[RECORD] * MOST).records) == MOST
    with pytest.raises(InvalidInput) as caught:
        sent(*[RECORD] * (MOST + 1))
    assert problems(caught.value.problems) == [("too-many-at-once", "", None)]


def test_a_key_that_stands_twice_is_said():
    found = reported_in(b'[{"period": "2025", "period": "2026"}]', ".json")
    assert problems(found.problems) == [("duplicate-key", "0.period", None)]


def test_what_is_wrong_because_of_what_was_added_stands_in_the_body():
    odd = [{**RECORD, "line": "costs.none"}, RECORD, {**RECORD, "period": "2026", "id": "a"},
           {**RECORD, "period": "2027", "id": "a"}]  # fmt: skip
    with pytest.raises(InvalidInput) as caught:
        added(small(), sent(*odd), CATALOGUE, "en")
    assert problems(caught.value.problems) == [
        ("measured-unknown-line", "0.line", None),
        ("measurement-id-twice", "3.id", None),
    ]


def test_what_was_wrong_before_does_not_stand_in_the_way():
    before = small({**RECORD, "line": "costs.gone"})
    found = added(before, sent(RECORD), CATALOGUE, "en")
    assert [one.name for one in received(found, [])] == ["work-2025"]


NAMES = st.sampled_from([None, "work-2025", "work-2025-2", "work-2026"])


@given(st.lists(st.tuples(NAMES, st.integers(2025, 2027)), max_size=5), st.lists(NAMES, max_size=3))
def test_every_record_gets_a_name_that_nothing_else_has(records, taken):
    """Also where others gave themselves a name that a record would have got."""
    rows = [
        {**RECORD, "period": str(year), "reporter": str(i), **({"id": name} if name else {})}
        for i, (name, year) in enumerate(records)
    ]
    given_names = [row["id"] for row in rows if "id" in row]
    others = [name for name in taken if name and name not in given_names]
    before = [StoredRecord(name, {**RECORD, "reporter": f"x{i}"}, "rejected")
              for i, name in enumerate(dict.fromkeys(others))]  # fmt: skip
    base = with_records(small(RECORD), [], before)
    try:
        found = added(base, sent(*rows), CATALOGUE, "en")
    except InvalidInput as invalid:
        codes = {problem.code for problem in invalid.problems}
        twice = len({*given_names, "work-2025"}) <= len(given_names)
        assert codes == ({"measurement-id-twice"} if twice else {"nothing-to-add"})
        assert twice or not rows
        return
    names = [one.name for one in received(found, others)]
    assert len({*names, *others, "work-2025"}) == len(names) + len(set(others) | {"work-2025"})
    assert [one.record["id"] for one in received(found, others)] == names
    assert all("status" not in one.record for one in received(found, others))
