"""Which records count: approved ones, and of a chain of restatements one."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.measuring.records import QUARTERS, histories, period, periods, record

from impactmonitor.measuring.aggregating import Aggregation, in_periods
from impactmonitor.measuring.selecting import of_subject, planned, selected, up_to
from impactmonitor.model.measurements import Measurement


def chain(*statuses: str) -> list[Measurement]:
    """A first record and what restates it, one after another, with values 1, 2, ..."""
    return [
        record(value=i + 1, id=f"r{i}", status=status, restates=f"r{i - 1}" if i else None)
        for i, status in enumerate(statuses)
    ]


def values(records: Any) -> list[float]:
    return [r.value for r in records]


def test_only_approved_records_with_a_figure_count() -> None:
    records = [
        record(value=1),
        record(value=2, status="draft"),
        record(value=3, status="submitted"),
        record(target=4),
    ]
    assert values(selected(records)) == values(selected(records, "first_reported")) == [1]


def test_of_a_chain_the_last_approved_counts_and_the_first_is_kept() -> None:
    for statuses, now, first in [
        (("approved", "approved", "approved"), 3, 1),
        (("approved", "approved", "draft"), 2, 1),
        (("approved", "draft", "approved"), 3, 1),
        (("draft", "approved", "draft"), 2, 2),
        (("approved", "draft", "draft"), 1, 1),
    ]:
        records = chain(*statuses)
        assert values(selected(records)) == [now]
        assert values(selected(records, "first_reported")) == [first]


def test_a_circle_is_walked_once() -> None:
    one, other = chain("approved", "approved")
    assert selected([one.model_copy(update={"restates": "r1"}), other]) == ()


def test_a_restatement_stands_at_the_date_of_what_it_restates() -> None:
    early = record(value=1, id="a", date="2025-03-01")
    later = record(value=2, date="2025-06-01")
    restated = record(value=9, restates="a", date="2025-12-01")
    found = in_periods(
        selected([restated, early, later]), Aggregation("cumulative"), [period("2025")]
    )
    assert [f.value for f in found.values()] == [2]


def test_targets_hold_without_approval_until_an_approved_restatement() -> None:
    first = record(target=5, id="a", status="draft")
    draft = record(target=6, restates="a", status="draft")
    approved = record(target=7, restates="a")
    assert [r.target for r in planned([first, draft])] == [5]
    assert [r.target for r in planned([first, draft, approved])] == [7]


def test_records_of_a_line_by_field_and_up_to_a_period() -> None:
    given_ = [
        Measurement(line="effects.x", period="2025", value=1),
        Measurement(line="effects.x", field="deadweight", period="2026", value=0.2),
        record(value=1),
    ]
    assert of_subject(given_, "effects.x", "quantity") == (given_[0],)
    assert of_subject(given_, "effects.x", "deadweight") == (given_[1],)
    assert of_subject(given_, "trees") == (given_[2],)
    assert up_to(given_, period("2025")) == (given_[0], given_[2])


@given(st.data(), histories())
def test_a_restatement_changes_only_what_it_restates(
    data: st.DataObject, records: list[Measurement]
) -> None:
    """Values of other series and of other periods stay, and what was first reported stays."""
    old = data.draw(st.sampled_from(records))
    fields = {"value": data.draw(st.integers(100, 200)), "restates": old.id, "date": "2027-01-01"}
    new = record(old.period, reporter=old.reporter, project=old.project, **fields)
    after = data.draw(st.permutations([*records, new]))
    flow, quarters = Aggregation("flow"), periods(*QUARTERS)
    before, now = (in_periods(selected(r), flow, quarters) for r in (records, after))
    first = in_periods(selected(after, "first_reported"), flow, quarters)
    assert first == before
    for quarter in before:
        more = (new.value or 0) - (old.value or 0) if quarter.name == old.period else 0
        assert now[quarter].value == (before[quarter].value or 0) + more
    others = [r for r in after if old.id not in (r.id, r.restates)]
    assert set(values(r for r in selected(after) if r.restates is None)) == set(values(others))


@given(histories(statuses=("approved", "draft", "submitted")))
def test_what_is_not_approved_changes_nothing(records: list[Measurement]) -> None:
    approved = [r for r in records if r.status == "approved"]
    assert selected(records) == selected(approved) == tuple(approved)
