import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import small
from tests.portfolio.small_funds import case, loan, report

from impactmonitor.portfolio.changes import STEPS_OF, changes_between
from impactmonitor.portfolio.rows import Totals
from impactmonitor.portfolio.stands import Stand

RATES = {"GBP": {"2025-12-31": 1.2, "2026-12-31": 1.5}}


def moved(changes, name):
    return {step: x[name] for step, x in changes.by_step.items() if any(x.values())}


def changes(holdings, kind, files=None, **fields):
    files = {"a.json": case(), "b.json": case(id="other")} if files is None else files
    return report(holdings, files, 2026, **fields).changes[kind]


def test_every_step_by_hand_for_the_results_of_a_year():
    tree = case(costs={"work": small.cost({"2025": 100, "2026": 130})})
    held = loan("a.json", 0.2, 2025, 2026)
    held["positions"]["2025"]["restated"] = [{"in": 2026, "reason": "audit", "outstanding": 30}]
    held["positions"]["2026"]["outstanding"] = 50
    new = loan("b.json", 0.1, 2026)
    new["commitment"]["date"] = "2026-02-01"
    left = loan("b.json", 0.4, 2025, exit="2026-02-01")
    found = changes({"held": held, "new": new, "left": left}, "period",
                    {"a.json": tree, "b.json": case(id="other")})  # fmt: skip
    assert (found.start["costs"], found.restated["costs"], found.end["costs"]) == (60, 70, 75)
    assert moved(found, "costs") == pytest.approx({
        "positions-restated": 10, "exits": -40, "new-holdings": 10, "time": 9, "share": 26,
    })  # fmt: skip
    assert tuple(found.by_step) == STEPS_OF["period"]
    assert found.by_holding["held"]["costs"] == 45
    assert (found.earlier, found.later) == (2025, 2026)


def test_a_holding_that_gave_no_result_became_known():
    held = loan("a.json", 0.2, 2025, 2026)
    del held["positions"]["2025"]["outstanding"]
    found = changes({"held": held}, "period")
    assert moved(found, "costs") == {"became-known": 20}
    del held["positions"]["2026"]["outstanding"]
    held["positions"]["2025"]["outstanding"] = 20
    found = changes({"held": held}, "period")
    assert moved(found, "costs") == {"no-longer-known": -20}


def test_a_changed_case_is_taken_apart_by_the_steps_of_its_own_bridge():
    held = loan("a.json", 0.5, 2025, 2026, versions={"2025": "old.json"})
    files = {
        "old.json": case(),
        "a.json": case(
            costs={"work": small.cost(100, years=2), "more": small.cost(40)},
            effects={"joy": small.gain(4, 90, years=2)},
            discount={"rate": 0.25},
        ),
    }
    found = changes({"held": held}, "lifetime", files)
    assert moved(found, "benefits") == pytest.approx({
        "case-added": 0, "case-quantity": 100, "case-price": -40, "case-rate": -36,
    })  # fmt: skip
    assert moved(found, "costs")["case-added"] == 20
    assert moved(found, "costs")["case-rate"] == pytest.approx(-10)


def test_a_case_that_is_counted_from_another_price_level_has_its_conversion_apart():
    index = {"eur": {"years": {"2024": 100, "2025": 110}}}
    held = loan("a.json", 0.5, 2025, 2026, versions={"2025": "old.json"})
    files = {"old.json": case(), "a.json": case(price_year=2024, price_indices=index)}
    found = changes({"held": held}, "lifetime", files)
    assert moved(found, "costs") == pytest.approx({"conversion": 10})


def test_money_moves_by_amount_and_by_rate():
    held = loan("a.json", 0.2, 2025, 2026, currency="GBP")
    held["positions"]["2026"]["outstanding"] = 10
    held["positions"]["2025"]["restated"] = [{"in": 2026, "reason": "audit", "outstanding": 25}]
    found = changes({"held": held}, "money", exchange_rates=RATES)
    assert (found.start["outstanding"], found.end["outstanding"]) == (24, 15)
    assert moved(found, "outstanding") == pytest.approx(
        {"positions-restated": 6, "amount": -18, "currency": 3}
    )


def test_without_an_earlier_period_nothing_changed():
    result = report({"ours": loan()})
    assert result.previous is None
    assert dict(result.changes) == {}
    assert result.own.first_reported == result.own.restated


def test_a_correction_after_the_period_counts_only_in_what_is_restated():
    held = loan("a.json", 0.2, 2025, 2026, 2027)
    held["positions"]["2025"]["restated"] = [{"in": 2027, "reason": "audit", "outstanding": 30}]
    found = report({"ours": held}, period=2026)
    assert "positions-restated" not in moved(found.changes["period"], "costs")
    found = report({"ours": held}, period=2026, view="restated")
    assert moved(found.changes["period"], "costs")["positions-restated"] == pytest.approx(10)


FIGURES = st.floats(-1e6, 1e6)
TOTALS = st.builds(Totals, FIGURES, FIGURES, st.just(0.0), FIGURES)
STANDS = st.builds(Stand, st.booleans(), st.none() | st.floats(0, 1), st.none() | TOTALS, st.none())


@given(triples=st.lists(st.tuples(STANDS, STANDS, STANDS), max_size=4))
def test_the_steps_add_up_whatever_is_known_when(triples):
    first, restated, now = (
        {str(i): triple[k] for i, triple in enumerate(triples)} for k in range(3)
    )
    found = changes_between("period", (2025, 2026), first, restated, now)
    assert found.check.passed
    for name, start in found.start.items():
        steps = [step[name] for step in found.by_step.values()]
        size = sum(map(abs, (start, found.end[name], *steps)))
        assert start + sum(steps) == pytest.approx(found.end[name], abs=1e-9 * size + 1e-9)
        known = start + sum(
            found.by_step[s][name] for s in ("positions-restated", "cases-restated")
        )
        assert known == pytest.approx(found.restated[name], abs=1e-9 * size + 1e-6)
