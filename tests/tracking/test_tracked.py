"""The result of tracking: frozen, and with what it was made from."""

from __future__ import annotations

import dataclasses

import pytest
from tests.tracking.recorded import VISITS, followed, record

from impactmonitor import track


def test_it_is_frozen_and_holds_plan_and_result():
    found = track(followed(), as_of=2025)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.last_year = 2030
    with pytest.raises(TypeError):
        found.realised.totals["costs"] = 0.0
    assert found.plan.totals["net_present_value"] == 1200
    assert found.result.totals["net_present_value"] == 1060
    assert (found.realised, found.expected, found.planned) == (
        found.parts.realised,
        found.parts.expected,
        found.parts.planned,
    )


def test_unmeasured_years_are_listed_by_line():
    found = track(followed(record(VISITS, 2026, 90)), as_of=2026)
    assert found.unmeasured == {
        "costs.work": (2025, 2026),
        VISITS: (2025,),
        "transfers.fee": (2025,),
    }
