"""Where the numbers of a result stand, and what stands at a place."""

from __future__ import annotations

from typing import Any

import pytest
from tests.small import cost, gain, result

from impactmonitor.report.document import document
from impactmonitor.report.printed import printed_paths, value_at

TREE = {
    "totals": {"costs": 1.5, "ratio": None, "rate": {"value": 0.1, "roots": [0.1, 0.2]}},
    "years": [{"year": 2025, "costs": 3}, {"year": 2026, "costs": 4}],
    "unmonetised": [{"id": "trees", "quantity": {"2025": 7.0}}],
    "checks": [{"id": "x", "passed": True}],
    "title": "Text",
}


def test_every_number_has_a_path_years_and_lines_by_their_name():
    assert printed_paths(TREE) == [
        "totals.costs",
        "totals.rate.value",
        "totals.rate.roots.0",
        "totals.rate.roots.1",
        "years.2025.costs",
        "years.2026.costs",
        "unmonetised.trees.quantity.2025",
    ]


def test_nothing_printed_has_no_paths():
    assert printed_paths({}) == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("totals.costs", (True, 1.5)),
        ("totals.ratio", (True, None)),
        ("totals.rate", (True, {"value": 0.1, "roots": [0.1, 0.2]})),
        ("totals.rate.roots.1", (True, 0.2)),
        ("totals.rate.roots.2", (False, None)),
        ("totals.rate.roots.-1", (False, None)),
        ("totals.nothing", (False, None)),
        ("totals.costs.more", (False, None)),
        ("nothing.at.all", (False, None)),
    ],
)
def test_what_stands_at_a_path(path, found):
    assert value_at(TREE, path.split(".")) == found


def test_texts_and_lists_are_no_numbers():
    assert value_at(TREE, ["title"])[0] is False
    assert value_at(TREE, ["totals", "rate", "roots"])[0] is False


def numbers_in(node: Any) -> int:
    if isinstance(node, dict):
        return sum(numbers_in(part) for key, part in node.items() if key not in ("year", "line"))
    if isinstance(node, list):
        return sum(numbers_in(part) for part in node)
    return isinstance(node, int | float) and not isinstance(node, bool)


def test_all_numbers_of_a_result_have_a_path_of_their_own():
    tree = document(
        result(
            costs={"work": cost(100)},
            effects={"gain": gain(1, 130, first_year=2026), "trees": {**gain(), "title": "T"}},
        )
    )
    own = {k: tree[k] for k in ("totals", "actors", "domains", "perspectives", "lines", "years")}
    found = [path for path in printed_paths(tree) if path.split(".")[0] in own]
    assert len(found) == len(set(found)) == numbers_in(own)
