"""The bridge between two results: worked out by hand, and adding up on any pair."""

import copy
import functools
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.soaking import times
from tests.strategies import cases

from impactmonitor.appraisal.bridge import Bridge, bridge
from impactmonitor.appraisal.checks import CheckFailed
from impactmonitor.appraisal.steps import COLUMNS, STEPS, TOTALS
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.intake import load_case
from impactmonitor.model.case import Case, Discount
from impactmonitor.model.changes import plain
from impactmonitor.problems import InvalidInput
from impactmonitor.resources import folder

EXAMPLES = sorted(path.parent.name for path in folder("examples").glob("*/case.yaml"))
ZERO = dict.fromkeys(STEPS, 0.0)


def small(**fields: Any) -> dict[str, Any]:
    """Two actors, no discounting, ten years from 2025; ``fields`` are added or replaced."""
    return {
        "impactmonitor": 1,
        "id": "small",
        "title": "Small",
        "currency": "EUR",
        "price_year": 2025,
        "base_year": 2025,
        "horizon": 10,
        "discount": {"rate": 0.0},
        "actors": {
            "town": {"title": "Town", "kind": "municipality"},
            "people": {"title": "People", "kind": "citizen"},
        },
        **fields,
    }


def gain(quantity: Any = 100, unit_value: Any = 10, **fields: Any) -> dict[str, Any]:
    line = {"quantity": quantity, "unit_value": unit_value, "falls_to": "people"}
    return {**line, "domain": "social", **fields}


def result(tree: dict[str, Any]) -> Evaluation:
    return evaluate(Case.model_validate(tree))


def between(old: dict[str, Any], new: dict[str, Any]) -> Bridge:
    return bridge(result(old), result(new))


def of_gain(old: dict[str, Any], new: dict[str, Any], **fields: Any) -> dict[str, float]:
    """Steps of the net present value between two forms of one effect."""
    found = between(small(effects={"gain": old}, **fields), small(effects={"gain": new}, **fields))
    assert len(found.lines) == 1
    return steps(found)


def steps(found: Bridge, total: str = "net_present_value") -> dict[str, float]:
    return {step: totals[total] for step, totals in found.by_step.items()}


def steps_of(found: Bridge, line: str, total: str = "net_present_value") -> dict[str, float]:
    index = [entry.id for entry in found.lines].index(line)
    return dict(zip(STEPS, found.moved[index, :, TOTALS.index(total)].tolist(), strict=True))


def shared(found: Bridge, line: str, step: str, column: str = "net") -> dict[str, float]:
    index = [entry.id for entry in found.lines].index(line)
    amounts = found.shared[index, :, STEPS.index(step), COLUMNS.index(column)]
    return dict(zip(found.actors, amounts.tolist(), strict=True))


def approx(**moved: float) -> Any:
    return pytest.approx(ZERO | moved, abs=1e-9)


# -------------------------------------------------------------------------- worked out by hand


def test_quantity_goes_before_price():
    assert of_gain(gain(100, 10), gain(80, 12)) == approx(quantity=-200, price=160)


def test_price_goes_before_rate_and_method():
    old = small(discount={"rate": 0.0, "timing": "end_of_year"}, effects={"gain": gain(100, 10)})
    new = small(
        discount={"rate": 0.25, "timing": "end_of_year"},
        effects={"gain": gain(80, 12, deadweight=0.5)},
    )
    assert steps(between(old, new)) == approx(quantity=-200, price=160, rate=-192, method=-384)


@pytest.mark.parametrize(
    ("changed", "step", "moved"),
    [
        ({"quantity": 150}, "quantity", 500),
        ({"factors": {"uptake": 0.5}}, "quantity", -500),
        ({"lasts": 3}, "quantity", 2000),
        ({"lasts": 3, "drop_off": 0.5}, "quantity", 750),
        ({"years": 2, "growth": 0.1}, "quantity", 1100),
        ({"lag": 12}, "quantity", -1000),
        ({"unit_value": 9}, "price", -100),
        ({"unit_value": {"2025": 8, "2030": 20}}, "price", -200),
        ({"real_price_change": 0.1, "real_price_from": 2024}, "price", 100),
        ({"unit_value": -10}, "price", -2000),
        ({"deadweight": 0.1}, "method", -100),
        ({"displacement": 0.2}, "method", -200),
        ({"attribution_to_others": 0.3}, "method", -300),
        ({"optimism_bias": 0.1}, "method", -100),
    ],
)
def test_every_field_has_its_step(changed, step, moved):
    assert of_gain(gain(), gain(**changed)) == approx(**{step: moved})


def test_timing_and_class_are_rate():
    fields = {"discount": {"rate": 0.25, "classes": {"nature": 0.0}}}
    late = gain(timing="end_of_year")
    assert of_gain(gain(), late, **fields) == approx(rate=-200)
    assert of_gain(late, gain(timing="end_of_year", discount_class="nature"), **fields) == approx(
        rate=200
    )


def test_the_base_year_discounts_and_the_horizon_is_method():
    effect = gain({"2030": 100})
    old = small(discount={"rate": 0.1}, effects={"gain": effect})
    later = old | {"base_year": 2026}
    shorter = old | {"horizon": 5}
    assert steps(between(old, later)) == approx(rate=1000 * (1.1**-4 - 1.1**-5))
    found = between(old, shorter)
    assert steps(found) == approx(method=-1000 * 1.1**-5)
    assert steps(found, "beyond_horizon") == approx(method=1000 * 1.1**-5)


def test_what_comes_after_the_horizon_has_all_its_steps():
    old = small(horizon=1, effects={"gain": gain(100, 10)})
    unit_value = {"2025": 10, "2035": 30}
    new = small(
        horizon=1,
        discount={"rate": 0.25},
        effects={"gain": gain({"2025": 100, "2027": 50}, unit_value)},
    )
    found = between(old, new)
    assert steps(found) == approx()
    assert steps(found, "beyond_horizon") == approx(quantity=500, price=200, rate=-252)


def test_price_level_and_currency_are_price():
    fields = {
        "price_indices": {"own": {"years": {"2020": 100, "2025": 125}}},
        "exchange_rates": {"GBP": {"2025": 1.2}},
    }
    cost = {"amount": 1000, "paid_by": "town"}
    old = small(costs={"work": cost}, **fields)
    rebased = small(costs={"work": cost | {"price_year": 2020}}, **fields)
    foreign = small(costs={"work": cost | {"currency": "GBP"}}, **fields)
    nominal = small(
        costs={"work": cost | {"prices": "nominal", "first_year": 2026}}, inflation=0.25, **fields
    )
    assert steps(between(old, rebased), "costs") == approx(price=250)
    assert steps(between(old, foreign), "costs") == approx(price=200)
    assert steps(between(old, nominal), "costs") == approx(price=-200)


def test_lines_that_come_and_go():
    cost = {"amount": 1000, "paid_by": "town"}
    old = small(costs={"work": cost, "rent": {"amount": 300, "paid_by": "people"}})
    new = small(costs={"work": cost}, effects={"gain": gain()})
    found = between(old, new)
    assert [(line.id, line.status) for line in found.lines] == [
        ("work", "kept"),
        ("gain", "added"),
        ("rent", "dropped"),
    ]
    assert [line.is_changed for line in found.lines] == [False, True, True]
    assert steps(found) == approx(added=1000, dropped=300)
    assert steps(found, "costs") == approx(dropped=-300)
    assert shared(found, "gain", "added") == {"town": 0.0, "people": 1000.0}
    assert shared(found, "rent", "dropped") == {"town": 0.0, "people": 300.0}
    assert found.lines[1].present_value.old is None
    assert found.lines[2].present_value.new is None


def test_a_renamed_line_goes_and_comes():
    found = between(small(effects={"one": gain()}), small(effects={"two": gain()}))
    assert steps(found) == approx(added=1000, dropped=-1000)


def test_an_effect_that_becomes_a_transfer_goes_and_comes():
    found = between(
        small(effects={"gain": gain()}), small(effects={"gain": gain(taken_from="town")})
    )
    assert [(line.id, line.status) for line in found.lines] == [
        ("gain", "added"),
        ("gain", "dropped"),
    ]
    assert steps(found) == approx(dropped=-1000)
    assert found.by_actor["people"]["net"].change == 0
    assert found.by_actor["town"]["transfers"].change == -1000


def test_an_effect_that_is_no_longer_in_money():
    silent = {"quantity": 100, "monetised": False, "domain": "social"}
    found = between(small(effects={"gain": gain()}), small(effects={"gain": silent}))
    assert steps(found) == approx(dropped=-1000)
    assert found.lines[0].present_value.new is None


def test_shares_that_move_between_actors_are_method_and_cancel():
    old = small(effects={"gain": gain(80, 10)})
    new = small(effects={"gain": gain(100, 10, falls_to={"town": 0.25, "people": 0.75})})
    found = between(old, new)
    assert steps(found) == approx(quantity=200)
    assert shared(found, "gain", "quantity") == {"town": 0.0, "people": 200.0}
    assert shared(found, "gain", "method") == {"town": 250.0, "people": -250.0}


def test_what_is_cash_is_method():
    cashable = small(effects={"gain": gain(cashable=0.5)})
    found = between(small(effects={"gain": gain()}), cashable)
    assert shared(found, "gain", "method", "cash_net") == {"town": 0.0, "people": 500.0}
    assert shared(found, "gain", "method") == {"town": 0.0, "people": 0.0}
    assert found.lines[0].is_changed


def keeping(effect: dict[str, Any], **retention: Any) -> dict[str, Any]:
    """A case in which the people keep a part of an effect, and the town has the rest."""
    tree = small(effects={"gain": effect})
    if retention:
        people = {**tree["actors"]["people"], "retention": {"rest_to": "town", **retention}}
        tree["actors"] = {**tree["actors"], "people": people}
    return tree


HALVES = {"share": 0.8, "yearly_leaving": 0.5}
"""Of 1000 a year for two years: 800 and 400, while the town has 200 and 600."""


@pytest.mark.parametrize("retention", [HALVES, {"share": 0.6}, {"equalised": 0.4}])
def test_what_actors_keep_is_method_and_cancels(retention):
    found = between(keeping(gain(lasts=2)), keeping(gain(lasts=2), **retention))
    assert steps(found) == approx()
    assert [line.id for line in found.lines] == ["gain"]
    assert found.lines[0].is_changed
    moved = {"town": pytest.approx(800.0), "people": pytest.approx(-800.0)}
    assert shared(found, "gain", "method", "benefits") == moved
    assert np.abs(found.shared).sum() == pytest.approx(4 * 800)  # in benefits and in net


@pytest.mark.parametrize(
    ("changed", "step", "town", "people"),
    [
        ({"quantity": 200}, "quantity", 800, 1200),
        ({"lasts": 1}, "quantity", -600, -400),
        ({"lag": 1}, "quantity", 600, -600),
        ({"unit_value": 20}, "price", 800, 1200),
        ({"deadweight": 0.5}, "method", -400, -600),
    ],
)
def test_what_is_kept_moves_in_the_step_of_its_effect(changed, step, town, people):
    effect = gain(lasts=2)
    found = between(keeping(effect, **HALVES), keeping(effect | changed, **HALVES))
    assert shared(found, "gain", step) == {
        "town": pytest.approx(town),
        "people": pytest.approx(people),
    }
    others = np.delete(found.shared, STEPS.index(step), axis=2)
    assert not others.any()


def test_other_amounts_are_shared_as_before_until_the_method():
    old = keeping(gain(100, lasts=2), **HALVES)
    new = keeping(gain(200, lasts=2), share=0.5, yearly_leaving=0.1)
    found = between(old, new)
    assert shared(found, "gain", "quantity")["people"] == pytest.approx(1200)
    kept = 1000 + 900  # of 2000 a year
    assert shared(found, "gain", "method")["people"] == pytest.approx(kept - 2400)
    handed_over = keeping(gain(200, lasts=2, falls_to="town"), share=0.5, yearly_leaving=0.1)
    found = between(old, handed_over)
    assert shared(found, "gain", "quantity")["people"] == pytest.approx(1200)
    assert shared(found, "gain", "method")["people"] == pytest.approx(-2400)


def test_what_is_kept_comes_and_goes_with_its_effect():
    old = keeping(gain(lasts=2), **HALVES)
    new = {**old, "effects": {"other": gain(50, lasts=2)}}
    found = between(old, new)
    assert shared(found, "gain", "dropped") == {"town": -800.0, "people": -1200.0}
    assert shared(found, "other", "added") == {"town": 400.0, "people": 600.0}
    assert steps(found) == approx(added=1000, dropped=-2000)


def test_an_uncertain_share_of_cash_of_somebody_who_no_longer_gains():
    cashable = {"people": {"uniform": [0.2, 0.6]}}
    old = keeping(gain(lasts=2, cashable=cashable), **HALVES)
    new = keeping(gain(lasts=2, quantity={"uniform": [150, 250]}, falls_to="town"))
    found = between(old, new)
    assert shared(found, "gain", "quantity", "cash_net")["people"] == pytest.approx(480)
    assert found.by_actor["people"]["cash_net"].change == pytest.approx(-480)


def test_transfers_move_actors_and_no_total():
    line = {"from": "town", "to": "people", "amount": 100}
    old, new = (small(transfers={"grant": line | {"amount": a}}) for a in (100, 150))
    found = between(old, new)
    assert steps(found) == approx()
    assert shared(found, "grant", "quantity", "transfers") == {"town": -50.0, "people": 50.0}
    assert found.present[0].sum() == 50


def test_a_transfer_effect_that_turns_around():
    old, new = (small(effects={"tax": gain(q, taken_from="town")}) for q in (100, -100))
    found = between(old, new)
    assert shared(found, "tax", "quantity", "transfers") == {"town": 2000.0, "people": -2000.0}
    assert found.by_actor["people"]["transfers"].new == -1000


def test_overlap_is_method():
    effects = {"one": gain(400), "two": gain(250)}
    old = small(effects=effects)
    new = small(effects=effects, overlaps={"both": {"lines": ["one", "two"], "alpha": 0.5}})
    found = between(old, new)
    assert steps(found) == approx(method=-1250)
    assert steps_of(found, "one") == approx(method=4000 * (5250 / 6500 - 1))


def test_optimism_follows_gains_and_harms():
    fields = {"optimism_bias": 0.1}
    assert of_gain(gain(100, **fields), gain(-80, **fields)) == approx(quantity=-900 - 880)
    assert of_gain(gain(100, **fields), gain(100, -8, **fields)) == approx(price=-900 - 880)
    mixed = {"2025": 100, "2026": -50}
    assert of_gain(gain(mixed), gain(mixed, **fields)) == approx(method=-100 - 50)
    assert of_gain(gain(mixed, **fields), gain(mixed)) == approx(method=150)
    assert of_gain(gain(mixed, **fields), gain({"2025": 100}, **fields)) == approx(quantity=550)


def test_optimism_of_costs_is_method():
    old, new = (
        small(costs={"work": {"amount": 100, "paid_by": "town", "optimism_bias": b}})
        for b in (0.0, 0.2)
    )
    assert steps(between(old, new), "costs") == approx(method=20)


def test_excess_burden_follows_its_costs():
    burden = {"rate": 0.2, "actors": ["town"], "borne_by": "people"}
    cost = {"amount": 1000, "paid_by": "town"}
    old = small(costs={"work": cost}, excess_burden=burden)
    dearer = small(costs={"work": cost | {"amount": 1500}}, excess_burden=burden)
    heavier = small(costs={"work": cost}, excess_burden=burden | {"rate": 0.3})
    in_kind = small(costs={"work": cost | {"in_kind": True}}, excess_burden=burden)
    more = small(costs={"work": cost, "rent": cost}, excess_burden=burden)
    without = small(costs={"work": cost})
    name = "excess-burden"
    assert steps_of(between(old, dearer), name, "costs") == approx(quantity=100)
    assert steps_of(between(old, heavier), name, "costs") == approx(method=100)
    assert steps_of(between(old, in_kind), name, "costs") == approx(method=-200)
    assert steps_of(between(old, more), name, "costs") == approx(added=200)
    assert steps_of(between(more, old), name, "costs") == approx(dropped=-200)
    assert steps_of(between(without, old), name, "costs") == approx(added=200)
    assert shared(between(old, more), name, "added", "costs") == {"town": 0.0, "people": 200.0}


def test_an_actor_that_is_only_in_one_of_them():
    others = {"town": {"kind": "municipality"}, "shop": {"kind": "company"}}
    old = small(effects={"gain": gain()})
    new = small(actors=others, effects={"gain": gain(falls_to="shop")})
    found = between(old, new)
    assert found.actors == ("town", "shop", "people")
    assert shared(found, "gain", "method") == {"town": 0.0, "shop": 1000.0, "people": -1000.0}
    assert found.by_actor["people"]["net"].new == 0


def test_metrics_that_do_not_add_up_have_an_old_and_a_new_value():
    cost = {"amount": 500, "paid_by": "town"}
    new = small(costs={"work": cost}, effects={"gain": gain({"2026": 100})})
    found = between(small(effects={"gain": gain()}), new)
    ratio, rate = (found.totals[n] for n in ("benefit_cost_ratio", "internal_rate_of_return"))
    assert (ratio.old, ratio.new, ratio.change) == (None, 2.0, None)
    assert rate.new.value == pytest.approx(1.0)
    assert rate.change is None
    assert found.totals["payback_year"].change == 1


def test_one_case_under_two_schemes_moves_only_by_rate():
    case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    pair = [
        evaluate(case.model_copy(update={"discount": Discount(scheme=scheme)}))
        for scheme in ("nl-2026", "nl-2021")
    ]
    found = bridge(*pair)
    assert found.is_changed
    assert set(np.flatnonzero(np.abs(found.shared).sum(axis=(0, 1, 3)))) == {STEPS.index("rate")}
    assert steps(found)["rate"] == pytest.approx(found.totals["net_present_value"].change)


def test_two_currencies_have_no_bridge():
    old = result(small(effects={"gain": gain()}))
    new = result(small(effects={"gain": gain()}, currency="USD"))
    with pytest.raises(InvalidInput) as refused:
        bridge(old, new)
    (problem,) = refused.value.problems
    assert (problem.code, problem.path) == ("different-currency", "currency")
    assert problem.params == {"old": "EUR", "new": "USD"}


def test_it_takes_evaluations_and_what_they_stand_on():
    old, new = (result(small(effects={"gain": gain(q)})) for q in (100, 80))
    assert steps(bridge(old.appraised, new)) == steps(bridge(old, new.appraised))


def test_steps_that_do_not_add_up_are_an_error(monkeypatch):
    monkeypatch.setattr(
        "impactmonitor.appraisal.bridge.in_totals",
        lambda inside, outside, lines: np.ones((len(lines), inside.shape[1], len(TOTALS))) * 1e6,
    )
    with pytest.raises(CheckFailed):
        between(small(effects={"gain": gain()}), small(effects={"gain": gain(80)}))


# ------------------------------------------------------------------------------ on any pair


@functools.cache
def example(name: str) -> dict[str, Any]:
    tree = plain(load_case(folder("examples") / name / "case.yaml"))
    return without_variants(tree)


def without_variants(tree: dict[str, Any]) -> dict[str, Any]:
    left_out = ("scenarios", "alternatives", "decisions", "correlations")
    return {key: value for key, value in tree.items() if key not in left_out}


@st.composite
def edits(draw: Any, tree: dict[str, Any]) -> dict[str, Any]:
    """A case with one to four small changes of any kind."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 4))):
        draw(st.sampled_from(EDITS))(draw, tree)
    return tree


def number(draw: Any, low: float, high: float) -> float:
    return round(draw(st.floats(low, high)), 3)


def some_line(draw: Any, tree: dict[str, Any], section: str) -> dict[str, Any]:
    """A line to change; an empty one where there is none."""
    lines = tree.get(section) or {"": {}}
    return lines[draw(st.sampled_from(sorted(lines)))]


def edit_cost(draw: Any, tree: dict[str, Any]) -> None:
    line = some_line(draw, tree, "costs")
    line["amount"] = number(draw, 0, 9e4)
    line["optimism_bias"] = number(draw, 0, 0.5)
    line["paid_by"] = draw(st.sampled_from(sorted(tree["actors"])))
    line["in_kind"] = draw(st.booleans())


def edit_quantity(draw: Any, tree: dict[str, Any]) -> None:
    line = some_line(draw, tree, "effects")
    line |= {"quantity": number(draw, -300, 300), "lag": draw(st.integers(0, 12))}
    line["lasts"] = draw(st.integers(1, 9))


def edit_method(draw: Any, tree: dict[str, Any]) -> None:
    line = some_line(draw, tree, "effects")
    if line.get("monetised", True):
        line["displacement"] = number(draw, 0, 1)
        line["optimism_bias"] = number(draw, 0, 1)


def edit_price(draw: Any, tree: dict[str, Any]) -> None:
    line = some_line(draw, tree, "effects")
    line["real_price_change"] = number(draw, -0.05, 0.1)
    if isinstance(line.get("unit_value"), float):
        line["unit_value"] = number(draw, -900, 900)


def edit_rate(draw: Any, tree: dict[str, Any]) -> None:
    timing = draw(st.sampled_from(["start_of_year", "mid_year", "end_of_year"]))
    tree["discount"] = {"rate": number(draw, 0, 0.1), "timing": timing}


def edit_frame(draw: Any, tree: dict[str, Any]) -> None:
    tree["horizon"] = draw(st.integers(1, 40))
    tree["base_year"] -= draw(st.integers(0, 2))


def edit_burden(draw: Any, tree: dict[str, Any]) -> None:
    actors = sorted(tree["actors"])
    if tree.pop("excess_burden", None) is None:
        borne_by = draw(st.sampled_from(actors))
        burden = {"rate": number(draw, 0, 0.6), "actors": actors[:2], "borne_by": borne_by}
        tree["excess_burden"] = burden


def edit_overlap(draw: Any, tree: dict[str, Any]) -> None:
    tree.pop("overlaps", None)
    counted = [n for n, e in tree.get("effects", {}).items() if e.get("monetised", True)]
    if len(counted) > 1 and draw(st.booleans()):
        tree["overlaps"] = {"new-group": {"lines": counted[:3], "alpha": number(draw, 0, 1)}}


def edit_retention(draw: Any, tree: dict[str, Any]) -> None:
    actors = sorted(tree["actors"])
    name = draw(st.sampled_from(actors))
    actor = {k: v for k, v in tree["actors"][name].items() if k != "retention"}
    others = [other for other in actors if other != name]
    if others and draw(st.integers(0, 3)):
        share, leaving = number(draw, 0, 1), draw(st.sampled_from([0.0, 0.1, 0.4, 1.0]))
        rest_to = draw(st.sampled_from(others))
        actor["retention"] = {"share": share, "yearly_leaving": leaving, "rest_to": rest_to}
    tree["actors"][name] = actor


def edit_lines(draw: Any, tree: dict[str, Any]) -> None:
    actors = sorted(tree["actors"])
    tree.setdefault("costs", {})["new-cost"] = {"amount": 123.4, "paid_by": actors[0], "years": 3}
    section = draw(st.sampled_from(sorted({"costs", "effects", "transfers"} & set(tree))))
    name = draw(st.sampled_from(sorted(tree[section]) or [""]))
    grouped = [line for group in tree.get("overlaps", {}).values() for line in group["lines"]]
    if name not in grouped:
        tree[section].pop(name, None)


EDITS = [
    edit_cost,
    edit_quantity,
    edit_method,
    edit_price,
    edit_rate,
    edit_frame,
    edit_burden,
    edit_overlap,
    edit_retention,
    edit_lines,
]


def valid_result(tree: dict[str, Any]) -> Evaluation:
    """The result of a case; an edit that makes no sense in it is passed over."""
    try:
        return result(tree)
    except CheckFailed:
        raise
    except InvalidInput:
        assume(False)
        raise


def adds_up(found: Bridge, old: Evaluation, new: Evaluation) -> None:
    """Every total and every actor, to 1e-9 of what is added: old lines, new lines and steps."""
    before, after = (np.abs(e.appraised.ledger.discounted).sum() for e in (old, new))
    for i, total in enumerate(TOTALS):
        parts = found.moved[:, :, i]
        change = float(new.totals[total]) - float(old.totals[total])
        beyond = sum(np.abs(e.appraised.ledger.beyond).sum() for e in (old, new))
        size = np.abs(parts).sum() + before + after + beyond
        assert abs(parts.sum() - change) <= 1e-9 * size
    for i, actor in enumerate(found.actors):
        for j, column in enumerate(COLUMNS):
            ends = [e.by_actor.get(actor) for e in (old, new)]
            amounts = [getattr(end, column) if end else 0.0 for end in ends]
            parts = found.shared[:, i, :, j]
            size = np.abs(parts).sum() + before + after
            assert abs(parts.sum() - (amounts[1] - amounts[0])) <= 1e-9 * size


def check_pair(old: Evaluation, new: Evaluation) -> None:
    there, back = bridge(old, new), bridge(new, old)
    adds_up(there, old, new)
    adds_up(back, new, old)
    for name in TOTALS:
        assert there.totals[name].change == -back.totals[name].change
    assert {(e.id, e.kind) for e in there.lines} == {(e.id, e.kind) for e in back.lines}
    size = np.abs(there.moved).sum() + np.abs(back.moved).sum()
    sums = there.moved.sum(axis=(0, 1)) + back.moved.sum(axis=(0, 1))
    assert np.abs(sums).max() <= 1e-9 * (size + 1)


ANY_PAIR = settings(max_examples=times(25, 200), suppress_health_check=list(HealthCheck))


@ANY_PAIR
@given(st.data())
@pytest.mark.parametrize("name", EXAMPLES)
def test_edited_examples_add_up(name, data):
    old = data.draw(edits(example(name)))
    new = data.draw(edits(example(name)))
    check_pair(valid_result(old), valid_result(new))


@ANY_PAIR
@given(st.data())
def test_edited_random_cases_add_up(data):
    tree = without_variants(data.draw(cases()))
    check_pair(result(tree), valid_result(data.draw(edits(tree))))


@ANY_PAIR
@given(cases(), cases())
def test_unrelated_cases_add_up(old, new):
    pair = [result(without_variants(tree)) for tree in (old, new)]
    assume(pair[0].case.currency == pair[1].case.currency)
    check_pair(*pair)


@ANY_PAIR
@given(cases())
def test_a_case_does_not_differ_from_itself(tree):
    tree = without_variants(tree)
    found = bridge(result(tree), result(copy.deepcopy(tree)))
    assert not found.is_changed
    assert not found.moved.any()
    assert not found.shared.any()
    assert not found.present.any()


@pytest.mark.parametrize("name", EXAMPLES)
def test_variants_of_the_examples_add_up(name):
    evaluation = evaluate(load_case(folder("examples") / name / "case.yaml"))
    variants = [evaluation, *evaluation.scenarios.values(), *evaluation.alternatives.values()]
    for old in variants:
        for new in variants:
            check_pair(old, new)
