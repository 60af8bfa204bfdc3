"""What may be shown of plan against result: amounts that tell small numbers are hidden."""

from __future__ import annotations

import pytest
from tests.report.tracked import CATALOGUE, HELPED, RECORDS, measured, shown
from tests.small import gain
from tests.tracking.recorded import record

from impactmonitor import track
from impactmonitor.report.track_shown import ACCOUNT, PARTS
from impactmonitor.tracking.bridging import STEPS
from impactmonitor.tracking.parts import TOTALS


def test_every_amount_is_that_of_the_calculation():
    case = measured()
    found, tracked = shown(case), track(case, CATALOGUE, 2026)
    for part in PARTS:
        for name in TOTALS:
            assert found.total(part, name) == getattr(tracked, part).totals[name]
            plan = getattr(tracked.plan_parts, part)
            assert found.planned_total(part, name) == plan.totals[name]
        for actor, account in getattr(tracked, part).actors.items():
            for name in ACCOUNT:
                assert found.amounts[part, "actors", actor, name] == getattr(account, name)
    for step in tracked.bridge:
        assert found.amounts["bridge", step.step, "totals", "net_present_value"] == step.total
    assert found.whole() == pytest.approx(tracked.parts.whole.totals["net_present_value"])
    assert found.is_suppressed  # a category of three, which no amount tells


def small(**fields):
    return measured(record(HELPED, 2025, 3), record("costs.work", 2025, 700), **fields)


def test_an_amount_that_tells_a_small_number_is_hidden_and_another_one_is_not():
    found = shown(small(), 2025)
    assert found.hidden_figures == {("effects.help", "quantity", 2025)}
    assert found.total("realised", "benefits") is None
    assert found.total("realised", "costs") == 700
    assert found.total("planned", "benefits") == 3000
    assert found.whole("benefits") is None
    assert found.amounts["realised", "lines", "help"] is None
    assert found.amounts["realised", "actors", "people", "net"] is None
    assert found.amounts["realised", "actors", "city", "net"] == -700
    moved = {s: found.amounts["bridge", s, "totals", "net_present_value"] for s in STEPS}
    assert moved == {**dict.fromkeys(STEPS, 0), "quantity": None, "costs": -100}
    (figure,) = [f for f in found.figures if f.line == "effects.help"]
    assert (figure.planned, figure.measured) == (100, None)


def test_a_reforecast_tells_the_small_number_too():
    found = shown(small(), 2025, reforecast=True)
    assert found.amounts["scale", "help"] is None
    assert found.total("planned", "benefits") is None
    assert found.planned_total("planned", "benefits") == 3000


def test_an_effect_that_is_not_in_money_tells_nothing_in_money():
    effect = gain(100, None, years=4, measured_by=HELPED, monetised=False)
    effects = {"help": {k: v for k, v in effect.items() if v is not None}}
    found = shown(small(effects=effects), 2025)
    assert found.total("realised", "benefits") == 0
    assert [f.measured for f in found.figures if f.line == "effects.help"] == [None]


def test_with_a_bound_of_one_nothing_is_hidden():
    monitoring = {"indicators": {HELPED: {"measure": "flow"}}, "suppress_under": 1}
    found = shown(small(monitoring=monitoring), 2025)
    assert found.total("realised", "benefits") == 30
    assert not found.is_suppressed


def test_lessons_and_years_of_which_they_are_missing():
    found = shown(measured())
    assert list(found.lessons) == ["2025"]
    assert found.unanswered == ("2026",)
    assert shown(measured(), 2025).unanswered == ()


def test_as_first_reported():
    first, *rest = RECORDS
    records = [first | {"id": "a"}, *rest, record(HELPED, 2025, 80, target=100, restates="a")]
    assert shown(measured(*records)).indicators[HELPED].periods[0].figure.value == 80
    old = shown(measured(*records), view="first_reported")
    assert old.indicators[HELPED].periods[0].figure.value == 60
    assert old.total("realised", "benefits") == 1550
