"""Legs join a case when it is evaluated, and are left out where it is written."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.small_instruments import ALL, case

from impactmonitor.appraisal.legs import with_legs
from impactmonitor.intake.reading import read_case
from impactmonitor.intake.writing import to_json, to_yaml
from impactmonitor.model.changes import plain
from impactmonitor.model.figures import figures
from impactmonitor.model.financing import InstrumentKind
from impactmonitor.model.legs import (
    LEG_NAMES,
    Leg,
    exit_year_of,
    first_year_of,
    last_year_of,
    leg_ids,
    own_transfers,
)

SUBSIDY = {"subsidy": {"amount": 5, "from": "state", "to": "city"}}


def test_every_kind_has_legs() -> None:
    assert set(LEG_NAMES) == set(get_args(InstrumentKind))
    assert leg_ids("plan", "no-such-kind") == ()


@pytest.mark.parametrize("more", [{}, {"transfers": {}}, {"transfers": SUBSIDY}])
def test_a_case_is_written_without_its_legs(more: dict[str, object]) -> None:
    own = case(ALL, **more)
    joined = with_legs(own)
    assert any(isinstance(line, Leg) for line in joined.transfers.values())
    assert plain(joined) == plain(own)
    assert to_yaml(joined) == to_yaml(own)
    assert own_transfers(joined) == dict(own.transfers)
    assert read_case(to_json(joined).encode(), ".json").case == own
    assert with_legs(joined) == joined


def test_the_case_itself_is_left_alone() -> None:
    own = case(ALL, transfers=SUBSIDY)
    with_legs(own)
    assert list(own.transfers) == ["subsidy"]


def test_amounts_of_legs_are_no_figures_of_the_case() -> None:
    own = case(ALL)
    assert list(figures(with_legs(own))) == list(figures(own))


def test_a_leg_at_the_end_of_a_year_is_a_year_later() -> None:
    legs = with_legs(case(ALL)).transfers
    later = {name: leg.years_later for name, leg in legs.items() if isinstance(leg, Leg)}
    assert {n for n, years in later.items() if years == 0} == {
        "plan-in", "gift-in", "stake-in", "pot-in",
    }  # fmt: skip
    assert set(later.values()) == {0, 1}


def test_first_and_last_years() -> None:
    own = case({**ALL, "plan": {**ALL["plan"], "first_year": 2026, "loss_year": 2027}})
    years = {n: (first_year_of(own, i), last_year_of(own, i)) for n, i in own.instruments.items()}
    assert years == {
        "plan": (2026, 2029), "gift": (2025, 2027), "stake": (2025, 2027),
        "cover": (2026, 2029), "pot": (2025, 2027),
    }  # fmt: skip


def test_a_stake_is_sold_in_the_last_year_of_the_horizon_by_default() -> None:
    own = case({"stake": {"kind": "equity", "from": "fund", "to": "city", "amount": 1}})
    assert exit_year_of(own, own.instruments["stake"]) == 2029
