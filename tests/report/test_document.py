"""The JSON object: the names and types of the format, and golden answers of every example."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from tests.carded import carded
from tests.small import case, cost, gain

from impactmonitor import __version__, evaluate, load_case
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.problems import Problem
from impactmonitor.report.document import document, error_document, plain_value, problem_list
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))

# every kind of line, metric and variant; case-format §6 names every key
FULL = {
    "title": {"nl": "Klein", "en": "Small"},
    "horizon": 3,
    "discount": {"scheme": "nl-2026"},
    "perspectives": {"public": ["city", "insurer"]},
    "costs": {"work": cost({"pert": [50, 80, 200]})},
    "effects": {
        "gain": gain(2, 60, years=5, evidence="expert", first_year=2026),
        "benefit": gain(1, 7, taken_from="city"),
        "trees": {
            "title": {"nl": "Bomen", "en": "Trees"},
            "note": {"nl": "Veel", "en": "Many"},
            "quantity": 4,
            "unit": "tree",
            "monetised": False,
            "domain": "ecological",
        },
        "air": {"quantity": "unknown", "monetised": False, "domain": "social"},
    },
    "transfers": {"grant": {"from": "city", "to": "people", "amount": 9}},
    "excess_burden": {"rate": 0.2, "actors": ["city"], "borne_by": "people"},
    "scenarios": {"dear": {"title": "Dear", "changes": {"costs.work.amount": 500}}},
    "alternatives": {"none": {"changes": {"costs.work": None, "effects.gain": None}}},
}
TOTALS = {
    "costs",
    "benefits",
    "net_present_value",
    "benefit_cost_ratio",
    "sroi",
    "sroi_net",
    "internal_rate_of_return",
    "modified_internal_rate_of_return",
    "payback_year",
    "payback_year_discounted",
    "beyond_horizon",
    "equivalent_annual_value",
    "most_likely_net_present_value",
}
PARTY = {
    "costs",
    "benefits",
    "transfers",
    "transfers_received",
    "transfers_paid",
    "benefits_confirmed",
    "net",
    "cash_net",
    "benefit_cost_ratio",
}
PROBLEM = {"code", "path", "message", "hint", "sheet", "cell", "line"}


@pytest.fixture(scope="module")
def found():
    return evaluate(case(**FULL))


@pytest.fixture(scope="module")
def tree(found) -> dict[str, Any]:
    return document(found)


def numbers_in(node: Any) -> list[float]:
    if isinstance(node, dict):
        return [x for part in node.values() for x in numbers_in(part)]
    if isinstance(node, list):
        return [x for part in node for x in numbers_in(part)]
    return [node] if isinstance(node, float) else []


# --- names --------------------------------------------------------------------------------------


def test_names_at_the_top(tree):
    promised = {
        "case",
        "currency",
        "price_year",
        "base_year",
        "engine",
        "catalogue",
        "totals",
        "actors",
        "domains",
        "perspectives",
        "lines",
        "years",
        "scenarios",
        "alternatives",
        "unmonetised",
        "checks",
        "warnings",
    }
    ours = {"title", "horizon", "discount_scheme", "scenario", "evidence", "financing", "scores",
            "sureness"}  # fmt: skip
    assert set(tree) == promised | ours


def test_what_it_was_made_from(tree, found):
    assert tree["case"] == "small"
    assert tree["engine"] == __version__
    assert tree["catalogue"] == found.catalogue_edition
    assert (tree["currency"], tree["price_year"], tree["base_year"]) == ("EUR", 2025, 2025)
    assert (tree["horizon"], tree["discount_scheme"], tree["scenario"]) == (3, "nl-2026", None)
    assert document(evaluate(case(**FULL), scenario="dear"))["scenario"] == "dear"
    own = document(evaluate(case(**{**FULL, "discount": {"rate": 0}})))
    assert own["discount_scheme"] is None


def test_names_of_totals_and_parties(tree):
    assert set(tree["totals"]) == TOTALS
    assert list(tree["actors"]) == ["city", "insurer", "people"]
    assert list(tree["perspectives"]) == ["public", "society"]
    for party in (*tree["actors"].values(), *tree["perspectives"].values()):
        assert set(party) == PARTY


def test_names_of_domains(tree):
    assert list(tree["domains"]) == ["economic", "ecological", "social"]
    for domain in tree["domains"].values():
        assert set(domain) == {"costs", "benefits", "net"}
        assert domain["net"] == domain["benefits"] - domain["costs"]


def test_names_of_lines(tree):
    kinds = {name: line["kind"] for name, line in tree["lines"].items()}
    assert kinds == {
        "work": "cost",
        "gain": "effect",
        "benefit": "effect",
        "trees": "effect",
        "air": "effect",
        "grant": "transfer",
        "excess-burden": "cost",
    }
    for line in tree["lines"].values():
        assert set(line) == {"kind", "domain", "present_value", "quantity", "discounted_quantity"}


def test_names_of_years(tree):
    assert [year["year"] for year in tree["years"]] == [2025, 2026, 2027]
    for year in tree["years"]:
        assert set(year) == {"year", "costs", "benefits", "actors"}
        assert list(year["actors"]) == ["city", "insurer", "people"]
        assert all(set(actor) == {"net", "cash_net"} for actor in year["actors"].values())


def test_names_of_variants(tree):
    assert (list(tree["scenarios"]), list(tree["alternatives"])) == (["dear"], ["none"])
    for variant in (tree["scenarios"]["dear"], tree["alternatives"]["none"]):
        assert set(variant) == {"totals", "actors"}
        assert set(variant["totals"]) == TOTALS
        assert all(set(actor) == PARTY for actor in variant["actors"].values())


def test_names_of_checks_and_warnings(tree):
    assert tree["checks"]
    assert all(set(check) == {"id", "passed"} and check["passed"] for check in tree["checks"])
    assert tree["warnings"]
    assert all(set(warning) == PROBLEM for warning in tree["warnings"])


# --- types --------------------------------------------------------------------------------------


def test_what_is_printed_is_what_is_read_back(tree):
    assert json.loads(json.dumps(tree, allow_nan=False)) == tree


def test_years_are_text_where_they_are_keys(tree):
    assert tree["lines"]["gain"]["quantity"] == {"2025": 0.0, "2026": 2.0, "2027": 2.0}
    assert type(tree["years"][0]["year"]) is int


def test_a_rate_of_return_has_a_value_a_reason_and_all_roots(tree):
    found = tree["totals"]["internal_rate_of_return"]
    assert set(found) == {"value", "reason", "roots"}
    assert found["reason"] is None
    assert found["roots"] == [found["value"]]
    none = tree["alternatives"]["none"]["totals"]["internal_rate_of_return"]
    assert none == {"value": None, "reason": "no_sign_change", "roots": []}


def test_a_metric_without_a_value_is_null_and_said_in_the_warnings(tree):
    assert tree["alternatives"]["none"]["totals"]["benefit_cost_ratio"] is None
    reasons = {warning["path"]: warning["code"] for warning in tree["warnings"]}
    assert reasons["alternatives.none.totals.benefit_cost_ratio"] == "no-costs"
    for name, value in tree["totals"].items():
        is_null = value is None or (isinstance(value, dict) and value["value"] is None)
        assert is_null == (f"totals.{name}" in reasons), name


def test_plain_values_of_metrics():
    assert plain_value(3.5) == 3.5
    assert plain_value(None) is None
    rate = InternalRate(None, "several_roots", (0.1, 0.2))
    assert plain_value(rate) == {"value": None, "reason": "several_roots", "roots": [0.1, 0.2]}


def test_numbers_are_not_rounded(tree, found):
    assert tree["totals"]["costs"] == found.totals["costs"]
    assert tree["actors"]["people"]["net"] == found.by_actor["people"].net
    assert any(round(x, 6) != x for x in numbers_in(tree))
    assert all(math.isfinite(x) for x in numbers_in(tree))


# --- content ------------------------------------------------------------------------------------


def test_what_is_not_in_euros_is_listed_apart(tree):
    assert tree["unmonetised"] == [
        {
            "id": "trees",
            "title": "Trees",
            "domain": "ecological",
            "unit": "tree",
            "quantity": {"2025": 4.0, "2026": 0.0, "2027": 0.0},
            "note": "Many",
        },
        {
            "id": "air",
            "title": "air",
            "domain": "social",
            "unit": "unit",
            "quantity": None,
            "note": "",
        },
    ]
    assert tree["lines"]["trees"]["present_value"] is None


def test_the_language_changes_texts_and_nothing_else(found, tree):
    dutch = document(found, "nl")
    assert (tree["title"], dutch["title"]) == ("Small", "Klein")
    assert dutch["unmonetised"][0]["title"] == "Bomen"
    assert dutch["unmonetised"][0]["note"] == "Veel"
    texts = {"title", "message", "hint", "note"}

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: bare(value) for key, value in node.items() if key not in texts}
        return [bare(part) for part in node] if isinstance(node, list) else node

    assert bare(dutch) == bare(tree)
    pairs = zip(dutch["warnings"], tree["warnings"], strict=True)
    assert all(nl["message"] != en["message"] for nl, en in pairs)


def test_evidence_is_in_the_json(tree):
    assert tree["evidence"] == {"expert": tree["lines"]["gain"]["present_value"]}


def test_problems_as_plain_values():
    problem = Problem(
        "unknown-actor", "costs.work.paid_by", {"id": "ctiy", "nearest": "city"}, line=3
    )
    (found,) = problem_list([problem], "nl")
    assert found == {
        "code": "unknown-actor",
        "path": "costs.work.paid_by",
        "message": problem.message("nl"),
        "hint": problem.hint("nl"),
        "sheet": None,
        "cell": None,
        "line": 3,
    }


def test_errors_and_warnings_stand_apart():
    error = Problem("file-empty")
    warning = Problem("no-costs", "totals.sroi", severity="warning")
    found = error_document([warning, error], "en")
    assert [p["code"] for p in found["errors"]] == ["file-empty"]
    assert [p["code"] for p in found["warnings"]] == ["no-costs"]
    assert error_document([], "en") == {"errors": [], "warnings": []}


# --- how sure -----------------------------------------------------------------------------------


def test_numbers_behind_the_result_are_counted():
    assert document(carded())["sureness"] == {
        "numbers": 11,
        "assumed": 8,
        "with_range": 3,
        "from_cards": {"literature-synthesis": 3, "assumption": 1},
    }


# --- golden answers -----------------------------------------------------------------------------


def stable(node: Any) -> Any:
    """Numbers to 9 significant digits, which are the same on every machine."""
    if isinstance(node, dict):
        return {key: stable(value) for key, value in node.items()}
    if isinstance(node, list):
        return [stable(part) for part in node]
    if isinstance(node, float):
        return float(f"{node:.9g}") if abs(node) >= 1e-6 else 0.0
    return node


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_golden_answer(path, golden):
    evaluation = evaluate(load_case(path))
    answer = document(evaluation, "en")
    # the version of the engine is no reason for an answer to change
    answer["engine"] = "version"
    answer["warnings_nl"] = problem_list(evaluation.warnings, "nl")
    text = json.dumps(stable(answer), indent=1, ensure_ascii=False)
    golden(f"{path.parent.name}.json", text + "\n")
