import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.model.portfolio import Holding
from impactmonitor.portfolio.attribution import absence, attribution, position_of


def holding(instrument="loan", **fields):
    return Holding.model_validate({"instrument": instrument, **fields})


def at(position, instrument="loan", **fields):
    return attribution(holding(instrument, positions={2025: position}, **fields), 2025)


@pytest.mark.parametrize(
    ("instrument", "position", "share"),
    [
        ("loan", {"outstanding": 25, "equity": 40, "debt": 60}, 0.25),
        ("equity", {"outstanding": 25, "equity": 100, "debt": 0}, 0.25),
        ("revolving-fund", {"outstanding": 25, "equity": 40, "debt": 60}, 0.25),
        ("loan", {"outstanding": 25, "equity": -40, "debt": 100}, 0.25),
        ("grant", {"disbursed": 25, "total_funding": 100}, 0.25),
        ("guarantee", {"called": 0, "exposure": 80, "equity": 40, "debt": 60}, 0),
        ("guarantee", {"called": 25, "exposure": 55, "equity": 40, "debt": 60}, 0.25),
    ],
)
def test_the_share_of_a_period_is_that_of_the_instrument(instrument, position, share):
    found = at(position, instrument)
    assert found.period_share == share
    assert found.period_reason is None
    assert found.exposure == (position["exposure"] if instrument == "guarantee" else None)


@pytest.mark.parametrize(
    ("instrument", "position", "reason"),
    [
        ("loan", {"equity": 40, "debt": 60}, "no-numerator"),
        ("loan", {"disbursed": 1, "equity": 40}, "no-numerator"),
        ("loan", {"outstanding": 1}, "no-whole"),
        ("grant", {"disbursed": 1}, "no-whole"),
        ("guarantee", {"exposure": 5, "debt": 60}, "no-numerator"),
        ("equity", {"outstanding": 0, "equity": -5, "debt": 0}, "whole-is-nothing"),
    ],
)
def test_a_share_that_cannot_be_known_is_none_with_a_reason(instrument, position, reason):
    found = at(position, instrument)
    assert found.period_share is None
    assert found.period_reason == reason


def test_a_grant_takes_the_funding_at_commitment_where_its_position_names_none():
    promised = {"date": "2025-01-01", "amount": 50, "total_funding": 200}
    found = at({"disbursed": 20}, "grant", commitment=promised)
    assert (found.period_share, found.commitment_share) == (0.1, 0.25)


def test_what_is_not_held_has_no_share_whatever_its_position():
    promised = {"date": "2025-06-01", "amount": 50, "total_funding": 200}
    position = {"outstanding": 5, "debt": 10}
    one = holding(positions={2025: position}, commitment=promised, exit="2026-12-31")
    assert [absence(one, year) for year in (2024, 2025, 2026)] == ["not-yet-held", None, "exited"]
    gone = attribution(one, 2026)
    assert not gone.is_held
    assert (gone.period_share, gone.commitment_share) == (None, None)
    assert (gone.period_reason, gone.commitment_reason) == ("exited", "exited")


def test_without_a_commitment_the_first_position_says_since_when():
    one = holding(positions={2025: {"outstanding": 5, "debt": 10}})
    assert [absence(one, year) for year in (2024, 2025, 2027)] == ["not-yet-held", None, None]
    assert attribution(one, 2025).commitment_reason == "no-commitment"
    assert attribution(one, 2027).period_reason == "no-position"


def test_corrections_count_from_the_report_in_which_they_were_made():
    fixes = [{"in": 2027, "reason": "again", "outstanding": 50},
             {"in": 2026, "reason": "audit", "debt": 20}]  # fmt: skip
    one = holding(positions={2025: {"outstanding": 25, "debt": 100, "restated": fixes}})
    shares = [attribution(one, 2025, known).period_share for known in (2025, 2026, 2027, None)]
    assert shares == [0.25, 1.25, 2.5, 2.5]
    assert position_of(one, 2026) is None


@given(part=st.floats(0, 1e6), equity=st.floats(-1e6, 1e6), debt=st.floats(0.01, 1e6))
def test_a_share_is_never_negative_and_falls_with_the_debt(part, equity, debt):
    found = [at({"outstanding": part, "equity": equity, "debt": d}) for d in (debt, 2 * debt)]
    first, second = (one.period_share for one in found)
    assert first is not None
    assert second is not None
    assert first >= second >= 0
