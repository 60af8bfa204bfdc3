"""Contracts that cannot be carried out: every mistake once, at its place, in both languages."""

from __future__ import annotations

import pytest
from tests.errors.provoking import GONE, changed, found_in_tree, places

from impactmonitor.messages import LANGUAGES

SIB = "contracts.sib"
WHOLE = {
    "actors.fund": "{kind: investor}",
    "actors.firm": "{kind: company}",
    "contracts.sib": "{payer: insurer, provider: firm, prices: {fewer-falls: 300}, "
    "baseline: {fewer-falls: 2}, first_year: 2026, years: 3, cap: 9000, floor: 100, "
    "tiers: [{actor: fund, amount: 500, rate: 0.05}, {actor: city, amount: 100}], "
    "guarantee: 200, guarantor: city, evaluation_cost: 10, probability: 0.2}",
}
MISTAKES = [
    ("unknown-actor", "payer", "insurr", ("insurr",)),
    ("unknown-actor", "provider", "frim", ("frim",)),
    ("unknown-actor", "guarantor", "nobody", ("nobody",)),
    ("unknown-actor", "tiers.1.actor", "cty", ("cty",)),
    ("contract-with-itself", "provider", "insurer", ("insurer",)),
    ("no-effect-to-pay-for", "prices.fewer-fals", "5", ("fewer-fals",)),
    ("no-effect-to-pay-for", "prices.lessons", "5", ("lessons",)),
    ("baseline-without-price", "baseline.calmer-nights", "1", ("calmer-nights",)),
    ("floor-above-cap", "floor", "9001", ("9001", "9000")),
    ("contract-outside-case", "first_year", "2024", ("2024", "2025", "2029")),
    ("contract-outside-case", "first_year", "2030", ("2030", "2025", "2029")),
    ("too-low", "tiers.0.rate", "-0.01", ()),
    ("too-low", "tiers.0.amount", "0", ()),
    ("too-low", "prices.fewer-falls", "-1", ()),
    ("too-high", "probability", "1", ()),
    ("too-few", "prices", "{}", ()),
]


def found(tmp_path, *changes):
    return found_in_tree(tmp_path, changed(WHOLE, *changes))


def test_the_base_has_no_mistake(tmp_path):
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "field", "snippet", "names"), MISTAKES, ids=[f"{m[0]} {m[1]}" for m in MISTAKES]
)
def test_a_mistake_is_found_once_and_named(kind, field, snippet, names, tmp_path):
    problems = found(tmp_path, {f"{SIB}.{field}": snippet})
    consequences = {"baseline-without-price"} if field == "prices" else set()
    assert places(p for p in problems if p.code not in consequences) == [(kind, f"{SIB}.{field}")]
    for language in LANGUAGES:
        message = problems[0].message(language)
        assert all(name in message for name in names), message


def test_an_effect_of_which_nobody_knows_how_much_there_is(tmp_path):
    unknown = "{quantity: unknown, monetised: false, domain: social}"
    changes = {"effects.calm": unknown, f"{SIB}.prices.calm": "5"}
    assert places(found(tmp_path, changes)) == [("unknown-quantity-paid-for", f"{SIB}.prices.calm")]


def test_only_the_last_tier_takes_all_that_is_left(tmp_path):
    assert places(found(tmp_path, {f"{SIB}.tiers.0.rate": GONE})) == [
        ("tier-leaves-nothing", f"{SIB}.tiers.0.rate")
    ]


def test_a_guarantee_of_nobody_s_money(tmp_path):
    assert places(found(tmp_path, {f"{SIB}.tiers": GONE})) == [
        ("guarantee-without-tiers", f"{SIB}.guarantee")
    ]


def test_what_only_follows_from_another_mistake_is_not_said(tmp_path):
    """The effect that is paid for, and the payer, are themselves in error."""
    broken = {
        "effects.new": "{quantity: many, unit_value: 5, domain: social, falls_to: city}",
        f"{SIB}.prices.new": "5",
        "actors.payer": "{kind: 5}",
        f"{SIB}.payer": "payer",
    }
    assert {p.path.split(".")[0] for p in found(tmp_path, broken)} == {"actors", "effects"}


def test_all_mistakes_at_once(tmp_path):
    changes = {f"{SIB}.{field}": snippet for _, field, snippet, _ in (MISTAKES[1], MISTAKES[7])}
    more = {f"{SIB}.floor": "9500", f"{SIB}.first_year": "2040", f"{SIB}.tiers.0.rate": GONE}
    assert len(found(tmp_path, changes, more)) == 5


def test_a_change_of_a_scenario_is_checked_too(tmp_path):
    scenario = {"scenarios.dear": "{title: Dear, changes: {contracts.sib.floor: 9999}}"}
    assert [p.code for p in found(tmp_path, scenario)] == ["floor-above-cap"]
