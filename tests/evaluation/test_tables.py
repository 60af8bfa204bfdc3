"""The result as pandas tables: the same numbers, under the names of the JSON."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.small import cost, gain, result

from impactmonitor import evaluate, load_case
from impactmonitor.evaluation import Evaluation
from impactmonitor.report.document import document
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda p: p.parent.name)
def found(request) -> Evaluation:
    return evaluate(load_case(request.param))


@pytest.fixture(scope="module")
def tree(found):
    return document(found)


def same(value, other, size: float) -> bool:
    return value == pytest.approx(other, rel=1e-9, abs=1e-9 * size)


# --- against the JSON ---------------------------------------------------------------------------


def test_actors_are_those_of_the_json(found, tree):
    table = found.actors()
    assert table.index.name == "actor"
    assert list(table.index) == list(tree["actors"])
    assert list(table.columns) == list(next(iter(tree["actors"].values())))
    assert {str(dtype) for dtype in table.dtypes} == {"float64"}
    for actor, numbers in tree["actors"].items():
        for name, number in numbers.items():
            value = table.loc[actor, name]
            assert pd.isna(value) if number is None else value == number, (actor, name)


def test_lines_are_those_of_the_json(found, tree):
    table = found.lines()
    assert table.index.name == "line"
    assert list(table.index) == list(tree["lines"])
    assert list(table.columns) == ["kind", "domain", "present_value", "discounted_quantity"]
    for line, numbers in tree["lines"].items():
        for name in table.columns:
            value, number = table.loc[line, name], numbers[name]
            assert pd.isna(value) if number is None else value == number, (line, name)


def test_years_are_those_of_the_json(found, tree):
    table = found.years()
    assert table.index.name == "year"
    assert list(table.index) == [year["year"] for year in tree["years"]]
    assert len(table.columns) == 2 + 2 * len(tree["actors"])
    for year in tree["years"]:
        row = table.loc[year["year"]]
        assert row["costs", ""] == year["costs"]
        assert row["benefits", ""] == year["benefits"]
        for actor, numbers in year["actors"].items():
            assert row[actor, "net"] == numbers["net"]
            assert row[actor, "cash_net"] == numbers["cash_net"]


def test_ledger_rows_sum_to_the_totals(found, tree):
    rows = found.ledger()
    size = rows["present_value"].abs().sum()
    by_kind = rows.groupby("kind")["present_value"].sum()
    assert same(by_kind.get("cost", 0.0), tree["totals"]["costs"], size)
    assert same(by_kind.get("benefit", 0.0), tree["totals"]["benefits"], size)
    for year in tree["years"]:
        of_year = rows[rows["year"] == year["year"]].groupby("kind")["amount"].sum()
        assert same(of_year.get("cost", 0.0), year["costs"], size)
        assert same(of_year.get("benefit", 0.0), year["benefits"], size)


def test_ledger_rows_sum_to_the_actors(found, tree):
    rows = found.ledger()
    size = rows["present_value"].abs().sum()
    for actor, numbers in tree["actors"].items():
        paid, received = rows[rows["from"] == actor], rows[rows["to"] == actor]
        sums = {
            "costs": paid[paid["kind"] == "cost"],
            "benefits": received[received["kind"] == "benefit"],
            "transfers_paid": paid[paid["kind"] == "transfer"],
            "transfers_received": received[received["kind"] == "transfer"],
        }
        for name, part in sums.items():
            assert same(part["present_value"].sum(), numbers[name], size), (actor, name)
        in_cash = [part[part["is_cash"]]["present_value"].sum() for part in (received, paid)]
        assert same(in_cash[0] - in_cash[1], numbers["cash_net"], size), actor


def test_ledger_rows_sum_to_the_domains_and_lines(found, tree):
    rows = found.ledger()
    size = rows["present_value"].abs().sum()
    for domain, numbers in tree["domains"].items():
        sums = rows[rows["domain"] == domain].groupby("kind")["present_value"].sum()
        assert same(sums.get("cost", 0.0), numbers["costs"], size)
        assert same(sums.get("benefit", 0.0), numbers["benefits"], size)
    by_line = rows.groupby("line")["present_value"].sum()
    for line, numbers in tree["lines"].items():
        assert same(by_line.get(line, 0.0), numbers["present_value"] or 0.0, size), line


# --- the rows themselves ------------------------------------------------------------------------

COLUMNS = ["line", "kind", "from", "to", "domain", "is_cash", "year", "amount", "present_value"]


def rows(**fields) -> list[tuple]:
    table = result(**fields).ledger()
    assert list(table.columns) == COLUMNS
    plain = table.astype(object).where(table.notna(), None)
    return [tuple(row) for row in plain.itertuples(index=False)]


def test_a_cost_is_paid_by_each_of_its_payers():
    found = rows(
        discount={"rate": 0.25},
        costs={
            "work": cost(100, years=2, paid_by={"city": 0.75, "people": 0.25}),
            "hours": cost(8, in_kind=True, domain="social"),
        },
    )
    assert found == [
        ("work", "cost", "city", None, "economic", True, 2025, 75, 75),
        ("work", "cost", "city", None, "economic", True, 2026, 75, 60),
        ("work", "cost", "people", None, "economic", True, 2025, 25, 25),
        ("work", "cost", "people", None, "economic", True, 2026, 25, 20),
        ("hours", "cost", "city", None, "social", False, 2025, 8, 8),
    ]


def test_a_benefit_is_partly_cash():
    found = rows(effects={"gain": gain(1, 100, cashable=0.25), "other": gain(1, 5)})
    assert found == [
        ("gain", "benefit", None, "people", "social", True, 2025, 25, 25),
        ("gain", "benefit", None, "people", "social", False, 2025, 75, 75),
        ("other", "benefit", None, "people", "social", False, 2025, 5, 5),
    ]


def test_transfers_name_both_sides_and_no_domain():
    found = rows(
        effects={
            "benefit": gain(1, 100, taken_from="city"),
            "saving": gain(-1, 40, taken_from={"city": 0.5, "insurer": 0.5}),
        },
        transfers={"room": {"from": "insurer", "to": "city", "amount": 7, "in_kind": True}},
    )
    assert found == [
        ("benefit", "transfer", "city", "people", None, True, 2025, 100, 100),
        # of a transfer that is negative giver and receiver change places
        ("saving", "transfer", "people", "city", None, True, 2025, 20, 20),
        ("saving", "transfer", "people", "insurer", None, True, 2025, 20, 20),
        ("room", "transfer", "insurer", "city", None, False, 2025, 7, 7),
    ]


def test_only_years_of_the_horizon_in_which_something_flows():
    found = rows(horizon=3, costs={"work": cost({"2025": 1, "2026": 0, "2027": 3, "2028": 4})})
    assert [(row[6], row[7]) for row in found] == [(2025, 1), (2027, 3)]


def test_a_case_without_any_money_has_no_rows():
    effect = {"quantity": 3, "monetised": False, "domain": "social"}
    found = result(effects={"gain": effect})
    assert rows(effects={"gain": effect}) == []
    lines = found.lines()
    assert pd.isna(lines.loc["gain", "present_value"])
    assert lines.loc["gain", "discounted_quantity"] == 3
    assert found.actors().loc["city", "net"] == 0


def test_types_of_the_columns():
    table = result(costs={"work": cost()}, effects={"gain": gain()}).ledger()
    assert table["is_cash"].dtype == bool
    assert table["year"].dtype.kind == "i"
    assert table["amount"].dtype == table["present_value"].dtype == float
