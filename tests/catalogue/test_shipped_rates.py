"""Discount rates and price index of the shipped catalogue, typed a second time."""

from __future__ import annotations

import math
from typing import Any

import pytest

from impactmonitor.catalogue import Catalogue, load_catalogue

GREEN_BOOK = [
    1.0000, 0.9662, 0.9335, 0.9019, 0.8714, 0.8420, 0.8135, 0.7860, 0.7594, 0.7337, 0.7089,
    0.6849, 0.6618, 0.6394, 0.6178, 0.5969, 0.5767, 0.5572, 0.5384, 0.5202, 0.5026, 0.4856,
    0.4692, 0.4533, 0.4380, 0.4231, 0.4088, 0.3950, 0.3817, 0.3687, 0.3563,
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def factor(catalogue: Catalogue, scheme: str, name: str, year: int) -> float:
    """A discount factor, multiplied year by year."""
    result = 1.0
    for y in range(1, year + 1):
        steps = catalogue.schemes[scheme].rates[name]
        step = next(s for s in steps if s.until is None or y <= s.until)
        result /= 1 + step.rate
    return result


def test_green_book_factors_to_four_decimals(catalogue: Catalogue) -> None:
    ours = [round(factor(catalogue, "uk-green-book", "standard", y), 4) for y in range(31)]
    assert ours == GREEN_BOOK


@pytest.mark.parametrize(
    ("scheme", "name", "steps"),
    [
        ("nl-2026", "standard", [(35, 0.028), (None, 0.018)]),
        ("nl-2021", "standard", [(None, 0.0225)]),
        ("nl-2021", "fixed_cost", [(None, 0.016)]),
        ("nl-2021", "travel_time", [(None, 0.029)]),
        ("nl-2016", "standard", [(None, 0.03)]),
        ("nl-2016", "infrastructure", [(None, 0.045)]),
        ("nl-health-2024", "standard", [(None, 0.03)]),
        ("nl-health-2024", "health_effect", [(None, 0.015)]),
        (
            "uk-green-book",
            "standard",
            [(30, 0.035), (75, 0.03), (125, 0.025), (200, 0.02), (300, 0.015), (None, 0.01)],
        ),
        ("uk-green-book-health", "health_effect", [(30, 0.015), (None, 0.01286)]),
        ("eu-2021", "standard", [(None, 0.03)]),
    ],
)
def test_rate_steps(catalogue: Catalogue, scheme: str, name: str, steps: list[Any]) -> None:
    found = catalogue.schemes[scheme].rates[name]
    assert [(step.until, step.rate) for step in found] == steps


def test_the_health_schedule_stands_beside_the_standard_one(catalogue: Catalogue) -> None:
    schemes = catalogue.schemes
    standard = schemes["uk-green-book"].rates["standard"]
    assert schemes["uk-green-book-health"].rates["standard"] == standard


def test_scheme_status(catalogue: Catalogue) -> None:
    statuses = {name: scheme.status for name, scheme in catalogue.schemes.items()}
    assert statuses == {
        "nl-2026": "in-force",
        "nl-2021": "superseded",
        "nl-2016": "superseded",
        "nl-health-2024": "in-force",
        "uk-green-book": "in-force",
        "uk-green-book-health": "in-force",
        "eu-2021": "recommended",
    }


def test_price_index_agrees_with_the_table_of_statistics_netherlands(catalogue: Catalogue) -> None:
    index = catalogue.indices["cpi-nl"]
    assert list(index.years) == list(range(2000, 2026))
    assert index.provisional == (2025,)
    assert index.years[2015] == 100
    assert math.isclose(index.years[2022], 121.43, rel_tol=0.001)
    changes = {2003: 2.1, 2016: 0.3, 2022: 10.0, 2023: 3.8, 2025: 3.1}
    for year, change in changes.items():
        yearly = 100 * (index.years[year] / index.years[year - 1] - 1)
        assert round(yearly, 1) == change
