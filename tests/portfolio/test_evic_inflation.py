"""The rise of enterprise values, through a template and a portfolio file."""

from __future__ import annotations

from typing import Any

import pytest
from tests.portfolio.funds import fund

from impactmonitor.catalogue.portfolio_templates import load_templates
from impactmonitor.portfolio.evic_inflation import EvicInflation, evic_inflation

TEMPLATE = load_templates().named("pcaf-2022")
BEFORE = {"a": 1200, "b": 1000, "c": 800, "d": 600}
AFTER = {"a": 1360, "b": 1120, "c": 880, "d": 640}
EMITTED = {"a": 60_000, "b": 100_000, "c": 120_000, "d": 120_000}
HELD = {"a": 4, "b": 3, "c": 2, "d": 1}


def facts(value: float, tonnes: float) -> dict[str, float]:
    return {"evic": value * 1e6, "emissions-scope-1": tonnes, "emissions-scope-2": 0}


def example() -> tuple[dict[str, Any], dict[str, Any]]:
    people = {
        n: {"asset_class": "listed-equity",
            "facts": {2025: facts(BEFORE[n], t), 2026: facts(AFTER[n], t)}}
        for n, t in EMITTED.items()
    }  # fmt: skip
    holdings = {
        n: {"instrument": "equity", "investee": n,
            "positions": {y: {"outstanding": amount * 1e6} for y in (2025, 2026)}}
        for n, amount in HELD.items()
    }  # fmt: skip
    return people, holdings


def compared(people: dict[str, Any], holdings: dict[str, Any]) -> EvicInflation:
    return evic_inflation(fund(people, holdings), TEMPLATE, 2025, 2026)


def test_pcaf_adjustment_of_evic_for_inflation() -> None:
    found = compared(*example())
    assert found.adjustment is not None
    assert found.compared == ("a", "b", "c", "d")
    assert found.adjustment.base == pytest.approx(100)
    assert found.adjustment.current == pytest.approx(90.46, abs=0.005)
    assert found.adjustment.factor == pytest.approx(0.896, abs=0.0005)
    assert found.adjustment.adjusted_base == pytest.approx(89.6, abs=0.05)
    assert found.adjustment.adjusted_current == pytest.approx(100.9, abs=0.05)
    assert found.adjustment.change == pytest.approx(0.00914, abs=5e-6)


def test_who_is_not_known_in_both_years_is_left_out_and_named() -> None:
    people, holdings = example()
    del people["a"]["facts"][2025]["evic"]
    del people["b"]["facts"][2026]["emissions-scope-2"]
    del holdings["c"]["positions"][2025]
    found = compared(people, holdings)
    assert found.compared == ("d",)
    assert set(found.left_out) == {"a", "b", "c"}


def test_without_anybody_there_is_no_factor() -> None:
    people, holdings = example()
    for one in people.values():
        one["asset_class"] = "project-finance"
        for year in (2025, 2026):
            one["facts"][year] |= {"total-equity": 5e6, "total-debt": 5e6}
    found = compared(people, holdings)
    assert (found.adjustment, found.compared, found.left_out) == (None, (), ())
