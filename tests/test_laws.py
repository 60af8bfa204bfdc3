"""Laws that every result keeps, on random cases that use every field of the format."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.soaking import times
from tests.strategies import cases, flat_cases

from impactmonitor import evaluate
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake import read_case, to_json, to_yaml
from impactmonitor.model.case import Case

TOLERANCE = 1e-9
law = settings(max_examples=times(60, 300), deadline=None, suppress_health_check=list(HealthCheck))


def result(tree: dict[str, Any]) -> Evaluation:
    return evaluate(Case.model_validate(tree))


def bare(tree: dict[str, Any]) -> dict[str, Any]:
    """The case without its variants, which would only be evaluated again."""
    return {k: v for k, v in tree.items() if k not in ("scenarios", "alternatives", "decisions")}


def size_of(found: Evaluation) -> float:
    return sum(abs(line.present_value or 0.0) for line in found.line_results()) or 1.0


def close(value: float, size: float) -> Any:
    return pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE * size)


def totals(found: Evaluation) -> list[float]:
    return [float(found.totals[k]) for k in ("costs", "benefits", "net_present_value")]  # type: ignore[arg-type]


@law
@given(cases())
def test_actors_domains_and_transfers_add_up(tree):
    found = result(bare(tree))
    size, actors = size_of(found), found.by_actor.values()
    society = found.by_perspective["society"]
    assert sum(a.net for a in actors) == close(found.totals["net_present_value"], size)
    assert sum(a.costs for a in actors) == close(found.totals["costs"], size)
    assert sum(a.benefits for a in actors) == close(found.totals["benefits"], size)
    assert sum(a.transfers for a in actors) == close(0.0, size)
    assert society.net == close(found.totals["net_present_value"], size)
    assert (society.transfers_received, society.transfers_paid) == (0, 0)
    domains = found.domain_results().values()
    assert sum(d.net for d in domains) == close(found.totals["net_present_value"], size)


@law
@given(cases())
def test_ledger_rows_are_the_same_money(tree):
    found = result(bare(tree))
    size, rows = size_of(found), found.ledger()
    by_kind = rows.groupby("kind")["present_value"].sum()
    assert by_kind.get("cost", 0.0) == close(found.totals["costs"], size)
    assert by_kind.get("benefit", 0.0) == close(found.totals["benefits"], size)
    cash = rows[rows["is_cash"].astype(bool)]
    for name, actor in found.by_actor.items():
        received = cash[cash["to"] == name]["present_value"].sum()
        paid = cash[cash["from"] == name]["present_value"].sum()
        assert received - paid == close(actor.cash_net, size)


@law
@given(cases())
def test_yaml_to_json_to_yaml_is_the_same_case(tree):
    case = Case.model_validate(tree)
    as_json = read_case(to_json(case).encode(), ".json").case
    assert as_json == case
    assert read_case(to_yaml(as_json).encode(), ".yaml").case == case


MONEY = {"amount", "unit_value"}
SPREADS = {"normal": ("mean", "sd"), "lognormal": ("p05", "median", "p95")}


def scaled(value: Any, k: float) -> Any:
    """A number of any form in another currency."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value * k
    if isinstance(value, list):
        return [scaled(v, k) for v in value]
    if isinstance(value, dict):
        keep = ("probabilities", "coverage")
        return {key: v if key in keep else scaled(v, k) for key, v in value.items()}
    return value


@law
@given(flat_cases(), st.sampled_from([0.01, 7.0, 1000.0]))
def test_scaling_the_currency_scales_values_and_leaves_ratios(tree, k):
    other = copy.deepcopy(bare(tree))
    for kind in ("costs", "effects", "transfers"):
        for line in other.get(kind, {}).values():
            for field in MONEY & line.keys():
                assume(not isinstance(line[field], str))
                assume(not (isinstance(line[field], dict) and {"parameter", "counts", "beta"}
                            & line[field].keys()))  # fmt: skip
                line[field] = scaled(line[field], k)
    found, again = result(bare(tree)), result(other)
    size = size_of(found)
    assert totals(again) == [close(k * v, k * size) for v in totals(found)]
    ratio = found.totals["benefit_cost_ratio"]
    if ratio is not None and found.totals["costs"] > 1e-6 * size:
        assert again.totals["benefit_cost_ratio"] == pytest.approx(ratio, rel=1e-6, abs=1e-6)


@law
@given(flat_cases(), st.floats(0.1, 0.9))
def test_splitting_a_line_changes_nothing(tree, share):
    tree = bare(tree)
    name = next((n for n, e in tree.get("effects", {}).items() if e.get("monetised", True)), None)
    assume(name is not None)
    effect = tree["effects"][name]
    parts = {
        f"{name[:50]}-part": {**effect, "factors": {**effect.get("factors", {}), "part": share}},
        f"{name[:50]}-rest": {
            **effect,
            "factors": {**effect.get("factors", {}), "part": 1 - share},
        },
    }
    others = {n: e for n, e in tree["effects"].items() if n != name}
    found, again = result(tree), result({**tree, "effects": {**others, **parts}})
    size = size_of(found)
    assert totals(again) == [close(v, size) for v in totals(found)]
    for actor, party in found.by_actor.items():
        assert again.by_actor[actor].net == close(party.net, size)


@law
@given(cases(), st.randoms(use_true_random=False))
def test_order_never_matters(tree, chance: random.Random):
    tree = bare(tree)
    shuffled = dict(tree)
    for kind in ("costs", "effects", "transfers", "parameters", "overlaps", "actors"):
        if kind in tree:
            items = list(tree[kind].items())
            chance.shuffle(items)
            shuffled[kind] = dict(items)
    found, again = result(tree), result(shuffled)
    size = size_of(found)
    assert totals(again) == [close(v, size) for v in totals(found)]
    for actor, party in found.by_actor.items():
        assert again.by_actor[actor].cash_net == close(party.cash_net, size)


def postponed(value: Any) -> Any:
    """Year maps one year later."""
    if isinstance(value, dict) and value and all(str(k).isdigit() for k in value):
        return {int(k) + 1: v for k, v in value.items()}
    return value


@law
@given(flat_cases())
def test_one_year_later_divides_by_one_plus_the_rate(tree):
    tree = {**bare(tree), "horizon": tree["horizon"] + 1}
    rate = tree["discount"]["rate"]
    assume(isinstance(rate, int | float))
    later = copy.deepcopy(tree)
    for kind in ("costs", "effects", "transfers"):
        for line in later.get(kind, {}).values():
            single = [f for f in ("amount", "quantity") if not isinstance(line.get(f), dict)
                      or not all(str(k).isdigit() for k in line[f])]  # fmt: skip
            if any(f in line for f in single):
                line["first_year"] = line.get("first_year", tree["base_year"]) + 1
            for field in ("amount", "quantity", "unit_value"):
                if field in line:
                    line[field] = postponed(line[field])
    found, again = result(tree), result(later)
    assume(abs(found.totals["beyond_horizon"]) == abs(again.totals["beyond_horizon"]) == 0)
    size = size_of(found)
    assert totals(again) == [close(v / (1 + rate), size) for v in totals(found)]


@law
@given(flat_cases())
def test_rate_0_sums(tree):
    tree = {**bare(tree), "discount": {"rate": 0}}
    found = result(tree)
    size = size_of(found)
    years = found.year_results()
    assert sum(y.costs for y in years) == close(found.totals["costs"], size)
    assert sum(y.benefits for y in years) == close(found.totals["benefits"], size)


def test_degenerate_distributions_give_exactly_the_certain_result():
    certain = {
        "impactmonitor": 1, "id": "x", "title": "x", "currency": "EUR", "price_year": 2025,
        "base_year": 2025, "horizon": 7, "discount": {"rate": 0.03},
        "actors": {"city": {"kind": "municipality"}},
        "costs": {"work": {"amount": 123.45, "years": 4, "paid_by": "city"}},
        "effects": {"gain": {"quantity": 3.7, "unit_value": 41.3, "years": 3, "lasts": 3,
                             "drop_off": 0.3, "falls_to": "city", "domain": "social"}},
    }  # fmt: skip
    uncertain = copy.deepcopy(certain)
    uncertain["costs"]["work"]["amount"] = {"pert": [123.45, 123.45, 123.45]}
    uncertain["effects"]["gain"]["quantity"] = {"uniform": [3.7, 3.7]}
    uncertain["effects"]["gain"]["unit_value"] = {"normal": {"mean": 41.3, "sd": 0}}
    uncertain["effects"]["gain"]["drop_off"] = {"triangular": [0.3, 0.3, 0.3]}
    assert totals(result(uncertain)) == totals(result(certain))
