"""The case as it is known, from plain records."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.small import case, cost, gain

from impactmonitor import load_catalogue
from impactmonitor.evaluation import find_problems
from impactmonitor.model.changes import plain
from impactmonitor.problems import InvalidInput, errors
from impactmonitor_api.work.known import (
    Said,
    StoredRecord,
    case_of,
    known_case,
    new_errors,
    with_records,
)

CATALOGUE = load_catalogue()
OWN = {"line": "costs.work", "period": "2025", "value": 9, "status": "approved"}
STANDINGS = ["draft", "submitted", "approved", "rejected"]


def small(*records):
    return case(
        costs={"work": cost(600, years=3)}, effects={"help": gain(100, 10)}, measurements=[*records]
    )


def stored(name, status="approved", value=1.0, **fields):
    record = {"line": "costs.work", "period": "2025", "value": value, **fields}
    return StoredRecord(name, record, status)


def ids(found):
    return [(one.id, one.restates) for one in found.measurements]


def test_a_case_reads_back_as_it_was_kept():
    whole = small(OWN)
    assert case_of(json.dumps(plain(whole))) == whole
    with pytest.raises(InvalidInput) as caught:
        case_of('{"id": "demo"}')
    assert "missing-field" in {problem.code for problem in caught.value.problems}


def test_only_what_is_approved_is_added():
    records = [stored(f"a-{i}", status) for i, status in enumerate(STANDINGS)]
    found = known_case(small(OWN), records, [])
    assert ids(found) == [("work-2025", None), ("a-2", None)]
    assert {one.status for one in found.measurements} == {"approved"}
    assert known_case(small(OWN), records[:2], []) == small(OWN)


def test_records_without_a_name_are_called_the_same_every_time():
    found = [with_records(small(OWN, OWN), more, more)
             for more in ([], [stored("a")], [stored("a"), stored("b")])]  # fmt: skip
    assert {tuple(ids(one)[:2]) for one in found} == {(("work-2025", None), ("work-2025-2", None))}


CHAINS = st.lists(st.tuples(st.sampled_from(STANDINGS), st.integers(0, 9)), max_size=8)


@given(CHAINS)
def test_a_record_restates_the_nearest_before_it_that_counts(chain):
    """Each record restates an earlier one, or that of the case, or nothing."""
    records, parents = [], {}
    for i, (status, back) in enumerate(chain):
        parent = ["work-2025", *(f"r-{j}" for j in range(i))][back % (i + 1)]
        parents[f"r-{i}"] = parent
        records.append(stored(f"r-{i}", status, restates=parent))
    found = dict(ids(known_case(small(OWN), records, [])))
    there = {one.name for one in records if one.status == "approved"} | {"work-2025"}
    for name in there - {"work-2025"}:
        parent = parents[name]
        while parent not in there:
            parent = parents[parent]
        assert found[name] == parent


def test_what_a_later_version_left_out_is_restated_no_more():
    record = stored("a", restates="work-2025")
    assert ids(known_case(small(), [record], [])) == [("a", None)]
    circle = [stored("a", restates="b"), stored("b", "rejected", restates="a")]
    assert ids(known_case(small(), circle, [])) == [("a", None)]


def test_the_last_word_about_what_there_is_counts():
    words = [("help", "city", "confirmed"), ("help", "city", "contested"),
             ("none", "city", "confirmed"), ("help", "nobody", "confirmed")]  # fmt: skip
    actor = next(iter(small().actors))
    said = [Said(effect, actor if who == "city" else who, word) for effect, who, word in words]
    found = known_case(small(), [], said)
    assert plain(found)["effects"]["help"]["confirmation"] == {actor: "contested"}
    assert not list(errors(find_problems(found, CATALOGUE)))


def test_only_what_is_new_is_said():
    before = with_records(small(), [stored("a", line="costs.gone")], [])
    after = with_records(small(), [stored("a", line="costs.gone"), stored("b", line="costs.x")], [])
    assert [(p.code, p.path) for p in new_errors(before, after, CATALOGUE)] == [
        ("measured-unknown-line", "measurements.1.line")]  # fmt: skip
