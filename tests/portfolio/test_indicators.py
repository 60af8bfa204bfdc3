"""Indicators of adverse impacts (SFDR) through the template and a portfolio file.

The two companies are worked out by hand beside the formulas of Delegated Regulation (EU)
2022/1288, Annex I; nobody published them, so they are no independent check.
"""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portfolio.funds import DAYS, MILLION, fund, investee, loan, shares

from impactmonitor.catalogue.portfolio_templates import load_templates
from impactmonitor.model.portfolio_templates import Within
from impactmonitor.portfolio.indicators import nace, template_result
from impactmonitor.portfolio.template_results import TemplateResult

TEMPLATE = load_templates().named("sfdr-2022")


def company(ev: float, tonnes: float, revenue: float, **facts: Any) -> dict[str, Any]:
    return investee(
        {"evic": ev * MILLION, "revenue": revenue * MILLION, "emissions-scope-1": tonnes,
         "emissions-scope-2": 0, "emissions-scope-3": 0, **facts}
    )  # fmt: skip


A = company(100, 20_000, 40, **{"board-women": 2, "board-members": 5})
B = company(40, 10_000, 25, **{"board-women": 3, "board-members": 5})
HELD_A, HELD_B = (10, 10, 12, 8), (5, 5, 5, 5)


def millions(values: tuple[float | None, ...]) -> list[float | None]:
    return [None if v is None else v * MILLION for v in values]


def worked_out(
    investees: dict[str, Any], holdings: dict[str, Any], within: Within | None = None
) -> TemplateResult:
    return template_result(fund(investees, holdings), TEMPLATE, 2026, within)


def two(
    a: tuple[float | None, ...] = HELD_A, b: tuple[float | None, ...] = HELD_B
) -> TemplateResult:
    holdings = {"a": shares("a", *millions(a)), "b": shares("b", *millions(b))}
    return worked_out({"a": A, "b": B}, holdings)


# --- By hand ------------------------------------------------------------------------------------


def test_the_two_companies_worked_out_by_hand() -> None:
    found = two().indicators
    by_quarter = {
        "pai-1-total": (3250, 3250, 3650, 2850),
        "pai-2": (216.667, 216.667, 214.706, 219.231),
        "pai-3": (466.667, 466.667, 470.588, 461.538),
    }
    for name, expected in by_quarter.items():
        assert [d.value for d in found[name].days] == pytest.approx(expected, abs=0.0005), name
    assert found["pai-1-total"].value == pytest.approx(3250)
    assert found["pai-2"].value == pytest.approx(216.818, abs=0.001)
    assert found["pai-3"].value == pytest.approx(466.365, abs=0.0005)


def test_the_mean_of_ratios_is_not_the_ratio_of_means() -> None:
    mean_a, mean_b = sum(HELD_A) / 4, sum(HELD_B) / 4
    ratio_of_means = (mean_a / 100 * 20_000 + mean_b / 40 * 10_000) / (mean_a + mean_b)
    assert ratio_of_means == pytest.approx(216.667, abs=0.0005)
    assert two().indicators["pai-2"].value != pytest.approx(ratio_of_means, abs=0.1)


def test_women_on_boards_weigh_by_value() -> None:
    quarters = [(a * 0.4 + b * 0.6) / (a + b) for a, b in zip(HELD_A, HELD_B, strict=True)]
    assert two().indicators["pai-13"].value == pytest.approx(sum(quarters) / 4)


# --- Quarters -----------------------------------------------------------------------------------


def test_a_quarter_without_any_amount_is_said_and_not_counted_as_zero() -> None:
    found = two((10, 10, None, 8), (5, 5, None, 5))
    total = found.indicators["pai-1-total"]
    assert total.value == pytest.approx((3250 + 3250 + 2850) / 3)
    assert [f"{day}" for day in total.days_missing] == [DAYS[2]]
    (warning,) = found.warnings
    assert (warning.code, warning.params["days"]) == ("days-without-amounts", DAYS[2])


def test_an_amount_that_is_not_there_is_named() -> None:
    found = two((10, None, 12, 8))
    assert [m.place for m in found.indicators["pai-1-total"].missing] == [
        f"holdings.a.values.{DAYS[1]}"
    ]
    assert [w.code for w in found.warnings] == ["amounts-unknown"]
    assert found.indicators["pai-1-total"].days[1].value == pytest.approx(1250)


def test_what_was_not_held_yet_or_no_more_counts_as_zero_in_a_sum() -> None:
    late = {"date": "2026-07-01", "amount": 1, "total_funding": 1}
    found = worked_out(
        {"a": A, "b": investee({}, "listed-equity")},
        {"a": shares("a", None, None, 10e6, 10e6, commitment=late),
         "b": shares("b", 5e6, 5e6, exit="2026-09-01")},
    )  # fmt: skip
    total = found.indicators["pai-1-total"]
    assert [d.value for d in total.days][2:] == [2000, 2000]
    assert found.warnings == ()
    only = worked_out({"a": A}, {
        "a": shares("a", None, None, 10e6, 10e6, commitment=late),
        "cash": shares(None, 1e6, 1e6, 1e6, 1e6)})  # fmt: skip
    assert only.indicators["pai-1-total"].value == pytest.approx((0 + 0 + 2000 + 2000) / 4)
    assert only.indicators["pai-1-total"].days_missing == ()


def test_what_names_no_investee_counts_in_all_investments() -> None:
    found = worked_out(
        {"a": A},
        {"a": shares("a", *[10e6] * 4), "cash": shares(None, *[10e6] * 4)},
    )
    sums = found.indicators
    assert sums["pai-1-total"].value == 2000
    assert sums["pai-2"].value == pytest.approx(2000 / 20)
    assert sums["pai-3"].value == pytest.approx(0.5 * 500)
    assert sums["pai-13"].value == pytest.approx(0.4)  # what there is data for
    assert sums["pai-2"].sureness.coverage == 1
    assert sums["pai-2"].sureness.part_of_all == 0.5


def test_the_denominator_is_a_setting() -> None:
    people = {"a": A, "b": company(40, 1, 1, **{"fossil-fuel-sector": 1}), "house": investee(
        {}, "mortgages")}  # fmt: skip
    people["a"]["facts"][2026]["fossil-fuel-sector"] = 0
    holdings = {n: shares(n, *[10e6] * 4) for n in people}
    silent = {**people, "silent": investee({})}
    holdings["silent"] = shares("silent", *[10e6] * 4)
    expected: dict[Within, float] = {"all": 1 / 4, "eligible": 1 / 3, "covered": 1 / 2}
    for within, value in expected.items():
        found = worked_out(silent, holdings, within)
        assert found.indicators["pai-4"].value == pytest.approx(value), within
        assert found.indicators["pai-4"].sureness.coverage == pytest.approx(2 / 3)
    people["a"]["facts"][2026].pop("fossil-fuel-sector")


# --- Definitions that are ready to fill ---------------------------------------------------------


def test_a_definition_without_facts_says_what_it_takes() -> None:
    found = two().indicators
    for name in ("pai-4", "pai-5-consumption", "pai-8", "pai-10", "pai-12", "pai-14"):
        assert (found[name].value, found[name].reason) == (None, "no-data"), name
        assert {m.name for m in found[name].missing} >= set(TEMPLATE.needed(name)[:1]), name
    for name in ("pai-15", "pai-16-count", "pai-17", "pai-18"):
        assert (found[name].value, found[name].reason) == (None, "nothing-held"), name


def test_energy_is_asked_by_sector() -> None:
    facts = {"energy-consumption": 80, "revenue": 40e6}
    other = {"energy-consumption": 10, "revenue": 10e6}
    found = worked_out(
        {"mill": investee(facts, sector="C10.7"), "mine": investee(other, sector="B"),
         "odd": investee(other, sector="Care")},
        {n: shares(n, *[1e6] * 4) for n in ("mill", "mine", "odd")},
    ).indicators["pai-6"]  # fmt: skip
    assert (found.value, found.reason) == (None, "by-sector")
    known = {n: s.value for n, s in found.sectors.items() if s.value is not None}
    assert known == {"C": 2.0, "B": 1.0}
    assert list(found.sectors) == list("ABCDEFGHL")


def test_countries_are_counted_once() -> None:
    people = {
        n: investee({"social-violations": flag, "gdp": 1e9, "emissions-scope-1": 500,
                     "emissions-scope-2": 0, "emissions-scope-3": 0}, "sovereign-debt")
        for n, flag in {"x": 1, "y": 0, "z": 1}.items()
    }  # fmt: skip
    holdings = {f"{n}{i}": shares(n, *[1e6] * 4) for n in people for i in (1, 2)}
    found = worked_out(people, holdings).indicators
    assert found["pai-16-count"].value == 2
    assert found["pai-16-share"].value == pytest.approx(2 / 3)
    assert found["pai-15"].value == pytest.approx(0.5)


def test_property_counts_only_where_the_rules_apply() -> None:
    people = {
        n: investee({"energy-label-required": rules, "energy-inefficient": bad}, "mortgages")
        for n, rules, bad in (("a", 1, 1), ("b", 1, 0), ("c", 0, 1))
    }
    found = worked_out(people, {n: shares(n, *[1e6] * 4) for n in people}).indicators["pai-18"]
    assert found.value == 0.5


def test_every_indicator_gives_a_figure_once_its_facts_are_there() -> None:
    people, holdings = {}, {}
    for name in {c for i in TEMPLATE.indicators.values() for c in i.asset_classes}:
        facts = dict.fromkeys(TEMPLATE.facts, 1)
        people[name] = investee(facts, name, sector="A")
        holdings[name] = shares(name, *[1.0] * 4)
    found = worked_out(people, holdings).indicators
    empty = [n for n, r in found.items() if r.value is None and r.reason != "by-sector"]
    assert empty == []
    shown = [r.value for r in found.values() if r.value is not None]
    assert all(math.isfinite(value) for value in shown)


# --- Kinds of data ------------------------------------------------------------------------------


def test_what_is_estimated_is_told_apart() -> None:
    def board(origin: str | None) -> dict[str, Any]:
        given = {} if origin is None else {"origin": origin}
        return investee({"board-women": {"value": 1, **given}, "board-members": {
            "value": 2, "origin": "reported"}})  # fmt: skip

    found = worked_out(
        {"a": board("reported"), "b": board("estimated"), "c": board(None)},
        {"a": shares("a", *[6.0] * 4), "b": shares("b", *[3.0] * 4), "c": shares("c", *[1.0] * 4)},
    )
    sure = found.indicators["pai-13"].sureness
    assert (sure.reported, sure.estimated, sure.not_said) == pytest.approx((0.6, 0.3, 0.1))


def test_a_divisor_of_zero_is_named() -> None:
    found = worked_out({"a": company(100, 5, 0)}, {"a": shares("a", *[1e6] * 4)})
    (missing,) = found.indicators["pai-3"].missing
    assert (missing.place, missing.lack) == ("investees.a.facts.2026.revenue", "whole-is-nothing")


def test_the_letter_of_a_sector() -> None:
    assert [nace(s) for s in ("C", "c10", "C.1", "Construction", "", None, "7")] == [
        "C", "C", "C", None, None, None, None,
    ]  # fmt: skip


def test_positions_are_no_values_of_quarters() -> None:
    found = worked_out({"a": A}, {"a": loan("a", 10e6)})
    assert found.indicators["pai-1-total"].reason == "no-amounts"


# --- Laws ---------------------------------------------------------------------------------------

held = st.lists(st.tuples(*[st.integers(1, 50)] * 4), min_size=2, max_size=4)


@settings(max_examples=15, deadline=None)
@given(held, st.integers(2, 3))
def test_splitting_and_turning_holdings_change_nothing(
    values: list[tuple[int, ...]], parts: int
) -> None:
    people = {f"p{i}": company(100 + i, 1000 * i, 10 + i) for i in range(len(values))}
    once = {f"p{i}": shares(f"p{i}", *[v * 1e6 for v in q]) for i, q in enumerate(values)}
    split = {
        f"p{i}-{j}": shares(f"p{i}", *[v * 1e6 / parts for v in q])
        for i, q in reversed(list(enumerate(values)))
        for j in range(parts)
    }
    first, second = (worked_out(people, one).indicators for one in (once, split))
    for name, result in first.items():
        assert second[name].value == pytest.approx(result.value), name
        assert second[name].reason == result.reason


@settings(max_examples=15, deadline=None)
@given(held, st.sampled_from([0.5, 3.0, 100.0]))
def test_intensities_do_not_change_with_the_size_of_the_fund(
    values: list[tuple[int, ...]], scale: float
) -> None:
    people = {f"p{i}": company(100 + i, 1000 * i, 10 + i) for i in range(len(values))}

    def of(size: float) -> Any:
        holdings = {
            f"p{i}": shares(f"p{i}", *[v * 1e5 * size for v in q]) for i, q in enumerate(values)
        }
        return worked_out(people, holdings).indicators

    small, large = of(1.0), of(scale)
    for name in ("pai-2", "pai-3"):
        assert large[name].value == pytest.approx(small[name].value)
    assert large["pai-1-total"].value == pytest.approx(small["pai-1-total"].value * scale)
    lowest, highest = 0.0, max(1000 * i / (10 + i) for i in range(len(values)))
    assert lowest - 1e-9 <= small["pai-3"].value <= highest + 1e-9
