"""Tracking a case from its records: the order of the steps, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tracking.recorded import RECORDS, VISITS, followed, record

from impactmonitor import InvalidInput, simulate, track
from impactmonitor.model.case import Case


def moved(found) -> dict[str, float]:
    return {step.step: step.total for step in found.bridge if step.total}


def codes(found) -> set[tuple[str, str]]:
    return {(p.code, p.path) for p in found.warnings}


def test_three_parts_of_the_result_and_of_the_plan():
    found = track(followed(), as_of=2025)
    # 80 x 12 - 700 came of 100 x 10 - 600; 90 were measured after it
    assert found.realised.totals == {"costs": 700, "benefits": 960, "net_present_value": 260}
    assert found.plan_parts.realised.totals["net_present_value"] == 400
    assert found.planned.totals == found.plan_parts.planned.totals
    assert found.planned.totals["net_present_value"] == 800
    assert found.realised.actors["insurer"].cash_net == 60
    assert moved(found) == {"quantity": -200, "unit_value": 160, "costs": -100}


def test_the_plan_stands_for_a_year_that_was_measured_in_part():
    found = track(followed(), as_of="2026Q4")
    assert found.last_year == 2026
    assert found.realised.totals["costs"] == 700 + 600
    assert found.realised.totals["benefits"] == 960 + 900
    assert ("measured-in-part", "costs.work") in codes(found)
    assert ("plan-in-place-of-measurement", "costs.work") in codes(found)
    assert found.unmeasured == {"costs.work": (2026,)}


def test_a_period_within_a_year_counts_the_years_before_it():
    assert track(followed(), as_of="2026Q3").last_year == 2025


def test_without_a_period_the_last_year_that_was_measured():
    found = track(followed())
    assert (found.as_of, found.last_year) == ("2026", 2026)


def test_an_own_period_that_ends_with_a_year_counts_that_year():
    periods = {"start": {"first": "2025-03-01", "last": "2025-12-31"}}
    found = track(followed(monitoring={"periods": periods}), as_of="start")
    assert (found.as_of, found.last_year) == ("start", 2025)


def test_planned_beside_measured():
    found = {(f.line, f.field, f.year): (f.planned, f.measured) for f in track(followed()).figures}
    assert found == {
        ("costs.work", "amount", 2025): (600, 700),
        ("costs.work", "amount", 2026): (600, None),
        (VISITS, "quantity", 2025): (100, 80),
        (VISITS, "quantity", 2026): (100, 90),
        (VISITS, "unit_value", 2025): (10, 12),
        ("transfers.fee", "amount", 2025): (50, 60),
    }


def test_an_effect_is_measured_by_an_indicator():
    effect = {"quantity": 100, "unit_value": 10, "falls_to": "people", "domain": "social"}
    measured_by = {"indicator": "participants", "share": 0.5, "factors": {"visits each": 4}}
    effects = {"visits": effect | {"factors": {"uptake": 0.5}, "measured_by": measured_by}}
    monitoring = {"indicators": {"participants": {"measure": "flow"}}}
    case = followed(record("participants", 2025, 30), effects=effects, monitoring=monitoring)
    found = track(case, as_of=2025)
    assert found.realised.totals["benefits"] == 30 * 0.5 * 4 * 10
    assert moved(found) == {"quantity": 100}


def test_drafts_do_not_count_and_a_restatement_counts_once():
    records = [
        record(VISITS, 2025, 80, id="first"),
        record(VISITS, 2025, 85, restates="first"),
        record(VISITS, 2025, 500, status="draft"),
    ]
    case = followed(*records)
    assert track(case, as_of=2025).realised.totals["benefits"] == 850
    first = track(case, as_of=2025, view="first_reported")
    assert first.realised.totals["benefits"] == 800


def test_a_restatement_changes_only_what_it_restates():
    old = [record(VISITS, 2025, 80, id="a"), record(VISITS, 2026, 90)]
    before = track(followed(*old), as_of=2026)
    after = track(followed(*old, record(VISITS, 2025, 70, restates="a")), as_of=2026)
    changed = [
        (one.year, one.measured, other.measured)
        for one, other in zip(before.figures, after.figures, strict=True)
        if one != other
    ]
    assert changed == [(2025, 80, 70)]


def test_a_reforecast_reads_its_counts_from_the_records():
    deadweight = {"counts": {"events": 2, "n": 10}}
    effects = {"visits": {"quantity": 100, "unit_value": 10, "falls_to": "people", "years": 3,
                          "domain": "social", "deadweight": deadweight}}  # fmt: skip
    share = record(VISITS, 2025, field="deadweight", numerator=12, denominator=40)
    case = followed(record(VISITS, 2025, 80), share, effects=effects)
    found = track(case, as_of=2025, reforecast=True)
    assert found.is_reforecast
    assert found.learned.rebased["visits"].scale == 0.8
    assert found.learned.shares["visits", "deadweight"].counts.n == 50
    assert found.planned.totals["benefits"] == pytest.approx(1600 * (1 - 14.5 / 51))
    line = simulate(found.case, draws=256).lines["visits"]
    assert line.mean == pytest.approx(560 + 1600 * (1 - 14.5 / 51), rel=0.01)
    assert not track(case, as_of=2025).is_reforecast


def test_what_was_measured_in_vain_is_said():
    records = [
        record(VISITS, 2024, 8),
        record(VISITS, 2029, 0.5, field="deadweight"),
        record(VISITS, 2025, 100),
    ]
    found = track(followed(*records), as_of=2029)
    assert {
        ("measured-before-base-year", VISITS),
        ("share-of-nothing", f"{VISITS}.deadweight"),
    } <= (codes(found))
    assert found.plan_parts == track(followed(*records[2:]), as_of=2029).plan_parts


def test_a_price_of_what_is_not_in_euros_is_said_to_be_of_no_use():
    effects = {"visits": {"quantity": 100, "monetised": False, "domain": "social"}}
    price = record(VISITS, 2025, 12, field="unit_value")
    found = track(followed(price, effects=effects), as_of=2025)
    assert ("unit-value-not-used", f"{VISITS}.unit_value") in codes(found)
    assert [f.planned for f in found.figures if f.field == "unit_value"] == [None]


def test_before_the_first_year_everything_is_planned():
    found = track(followed(), as_of=2024)
    assert found.realised.totals["net_present_value"] == 0
    assert found.planned.totals["net_present_value"] == 1200
    assert moved(found) == {}


def test_an_effect_card_is_filled_in_before_it_is_measured():
    card = {"id": "EC-FALL-EX-MEDCARE", "reach": 100, "baseline": 0.03}
    effect = {"card": card, "domain": "societal", "unit_value": 10, "falls_to": "insurer"}
    effects = {"visits": effect | {"unit": "treated fall"}}
    found = track(followed(record(VISITS, 2025, 2), effects=effects), as_of=2025)
    assert found.realised.totals["benefits"] == pytest.approx(20)
    assert found.plan_parts.realised.totals["benefits"] == pytest.approx(
        found.plan.totals["benefits"]
    )


def test_an_unknown_period_and_nothing_measured_are_errors():
    with pytest.raises(InvalidInput) as unknown:
        track(followed(), as_of="school-year")
    assert [(p.code, p.path) for p in unknown.value.problems] == [("unknown-period", "as_of")]
    draft = record(VISITS, 2025, 80, status="draft")
    with pytest.raises(InvalidInput) as nothing:
        track(followed(draft))
    assert [p.code for p in nothing.value.problems] == ["nothing-to-track"]
    partial = record(VISITS, "2025Q1", 80)
    with pytest.raises(InvalidInput) as part:
        track(followed(partial))
    assert [p.code for p in part.value.problems] == ["nothing-to-track"]
    assert track(followed(draft), as_of=2025).realised.totals["benefits"] == 1000


def test_variants_of_the_plan_stay_with_the_plan():
    changes = {"changes": {"effects.visits.quantity": 200}}
    case = followed(scenarios={"busy": changes}, alternatives={"more": changes})
    found = track(case, as_of=2025)
    assert set(found.plan.scenarios) == {"busy"}
    assert (dict(found.case.scenarios), dict(found.case.alternatives)) == ({}, {})


@settings(max_examples=25, deadline=None)
@given(st.permutations(RECORDS), st.booleans())
def test_the_order_of_records_never_matters(records, reforecast):
    plain = track(followed(), as_of=2026, reforecast=reforecast)
    turned = track(followed(*records), as_of=2026, reforecast=reforecast)
    assert turned.bridge == plain.bridge
    assert turned.parts == plain.parts
    assert turned.figures == plain.figures
    assert isinstance(turned.case, Case)
