"""What was measured up to a period, gathered from the records of a case."""

from __future__ import annotations

import pytest
from tests.tracking.outcomes import CATALOGUE
from tests.tracking.recorded import VISITS, followed, record

from impactmonitor import InvalidInput
from impactmonitor.model.periods import period_of
from impactmonitor.tracking.gathering import (
    gathered,
    last_complete_year,
    latest,
    named_period,
)


def test_complete_years_count_and_others_are_listed():
    found = gathered(followed(), CATALOGUE, "2026")
    assert found.figures["costs.work", "amount"] == {2025: 700}
    assert [(one.path, one.year) for one in found.incomplete] == [("costs.work", 2026)]


def test_nothing_after_the_period_counts():
    found = gathered(followed(), CATALOGUE, "2025")
    assert found.figures[VISITS, "quantity"] == {2025: 80}


def test_shares_are_counted_over_all_years_up_to_the_last():
    shares = [
        record(VISITS, year, field="deadweight", numerator=n, denominator=d)
        for year, n, d in ((2024, 1, 1), (2025, 12, 40), (2026, 3, 10), (2027, 9, 9))
    ]
    found = gathered(followed(*shares), CATALOGUE, "2026")
    assert found.counts == {(VISITS, "deadweight"): (15, 50)}


def test_a_share_without_counts_counts_for_nothing():
    share = record(VISITS, 2025, 0.3, field="deadweight")
    assert gathered(followed(share), CATALOGUE, "2025").counts == {(VISITS, "deadweight"): (0, 0)}


def test_the_latest_period_is_that_of_something_approved():
    records = [record(VISITS, 2025, 80), record(VISITS, 2027, 80, status="submitted")]
    assert latest(followed(*records)) == period_of("2025")
    assert latest(followed(*records[1:])) is None


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [("2025-08-01", "2026-07-31", 2025), ("2026-01-01", "2026-12-31", 2026)],
)
def test_an_own_period_and_the_last_year_that_is_complete_by_its_end(first, last, year):
    case = followed(monitoring={"periods": {"school-year": {"first": first, "last": last}}})
    assert last_complete_year(named_period(case, "school-year")) == year


def test_an_unknown_period_names_the_nearest():
    periods = {"school-year": {"first": "2025-08-01", "last": "2026-07-31"}}
    with pytest.raises(InvalidInput) as found:
        named_period(followed(monitoring={"periods": periods}), "scool-year")
    assert found.value.problems[0].params["nearest"] == "school-year"


def test_an_indicator_that_nobody_knows_is_an_error():
    case = followed(record("participantz", 2025, 3))
    with pytest.raises(InvalidInput):
        gathered(case, CATALOGUE, "2025")
