import copy
from typing import Any

import pytest

from impactmonitor.messages import LANGUAGES
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_rules import broken_rules

LOAN = {
    "case": "a.yaml",
    "instrument": "loan",
    "commitment": {"date": "2025-03-01", "amount": 10, "total_funding": 100},
    "positions": {2025: {"outstanding": 10, "equity": 40, "debt": 60}},
    "tags": {"themes": {"care": 0.5}, "sdgs": {"3.4": 0.5, "17": 0.5}},
}
FUND = {
    "impactmonitor_portfolio": 1,
    "id": "fund",
    "title": "Fund",
    "currency": "EUR",
    "price_year": 2025,
    "base_year": 2025,
    "exchange_rates": {"GBP": {"2025-12-31": 1.2}},
    "themes": {"care": {"missions": {"health": 0.5, "work": 0.5}}},
    "holdings": {"loan": LOAN},
    "candidates": {"next": {"case": "b.yaml", "amount": 5, "total_funding": 10}},
    "limits": {"themes": {"care": 100}},
}


def changed(path: str, value: Any) -> Portfolio:
    tree: dict[str, Any] = copy.deepcopy(FUND)
    node: Any = tree
    *above, last = path.split(".")
    for key in above:
        node = node.setdefault(int(key) if key.isdecimal() else key, {})
    if value is None:
        node.pop(last)
    else:
        node[int(last) if last.isdecimal() else last] = value
    return Portfolio.model_validate(tree)


def test_a_portfolio_that_fits_gives_nothing():
    assert list(broken_rules(Portfolio.model_validate(FUND))) == []


BROKEN = [
    ("holdings.loan.investee", "acme", "unknown-investee", "holdings.loan.investee"),
    ("holdings.loan.case", None, "holding-of-nothing", "holdings.loan"),
    ("holdings.loan.tags.themes.cure", 0.5, "unknown-theme", "holdings.loan.tags.themes.cure"),
    ("limits.themes.cure", 5, "unknown-theme", "limits.themes.cure"),
    ("holdings.loan.tags.regions", {"a": 0.6, "b": 0.5}, "labels-above-1",
     "holdings.loan.tags.regions"),
    ("themes.care.transitions", {"a": 0.6, "b": 0.5}, "labels-above-1",
     "themes.care.transitions"),
    ("themes.care.missions", {"not-assigned": 0.5}, "reserved-label",
     "themes.care.missions.not-assigned"),
    ("themes.not-assigned", {}, "reserved-label", "themes.not-assigned"),
    ("holdings.loan.tags.sdgs", {"18": 1}, "unknown-goal", "holdings.loan.tags.sdgs.18"),
    ("holdings.loan.exit", "2025-02-01", "exit-before-commitment", "holdings.loan.exit"),
    ("holdings.loan.positions.2024", {"debt": 1}, "position-before-commitment",
     "holdings.loan.positions.2024"),
    ("holdings.loan.commitment.amount", 101, "part-above-whole",
     "holdings.loan.commitment.amount"),
    ("holdings.loan.positions.2025.outstanding", 101, "part-above-whole",
     "holdings.loan.positions.2025"),
    ("holdings.loan.positions.2025.restated",
     [{"in": 2026, "reason": "audit", "outstanding": 101}], "part-above-whole",
     "holdings.loan.positions.2025"),
    ("holdings.loan.positions.2025.restated", [{"in": 2025, "reason": "audit", "debt": 70}],
     "restated-too-early", "holdings.loan.positions.2025.restated.0.in"),
    ("candidates.next.amount", 11, "part-above-whole", "candidates.next.amount"),
    ("candidates.next.needs", ["nxt"], "unknown-candidate", "candidates.next.needs.0"),
    ("candidates.next.excludes", ["next"], "candidate-names-itself",
     "candidates.next.excludes.0"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "code", "place"), BROKEN)
def test_what_does_not_fit_is_named_at_its_place(path, value, code, place):
    (problem,) = broken_rules(changed(path, value))
    assert (problem.code, problem.path) == (code, place)
    for language in LANGUAGES:
        assert problem.message(language)
        assert "{" not in problem.message(language) + problem.hint(language)


def test_positions_after_the_exit_and_versions_of_no_case_are_named():
    tree: dict[str, Any] = copy.deepcopy(FUND)
    loan = tree["holdings"]["loan"]
    loan["positions"][2027] = {"outstanding": 0, "debt": 1}
    loan |= {"exit": "2026-05-01", "versions": {2025: "old.yaml"}}
    del loan["case"]
    found = [p.code for p in broken_rules(Portfolio.model_validate(tree))]
    assert found == ["holding-of-nothing", "versions-without-case", "position-after-exit"]


@pytest.mark.parametrize(
    ("currency", "year", "codes"),
    [("GBP", 2025, []), ("GBP", 2024, ["rate-of-fund-missing"]), ("EUR", 2024, []),
     ("USD", 2025, ["rate-of-fund-missing"])],
)  # fmt: skip
def test_every_position_in_another_currency_has_a_rate_by_then(currency, year, codes):
    tree: dict[str, Any] = copy.deepcopy(FUND)
    holding = {**LOAN, "currency": currency, "commitment": None,
               "positions": {year: {"outstanding": 1, "debt": 2}}}  # fmt: skip
    tree["holdings"] = {"loan": holding}
    found = list(broken_rules(Portfolio.model_validate(tree)))
    assert [p.code for p in found] == codes


def test_everything_is_said_at_once():
    tree: dict[str, Any] = copy.deepcopy(FUND)
    tree["holdings"]["other"] = {"instrument": "grant", "tags": {"themes": {"x": 1, "y": 1}}}
    found = [p.code for p in broken_rules(Portfolio.model_validate(tree))]
    assert found == ["holding-of-nothing", "unknown-theme", "unknown-theme", "labels-above-1"]
