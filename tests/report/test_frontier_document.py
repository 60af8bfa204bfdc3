"""The JSON object of a frontier: five keys for each option, and who it was held against."""

from __future__ import annotations

from impactmonitor.intake.options_csv import Option
from impactmonitor.proposals.frontier import frontier_of
from impactmonitor.report.frontier_document import frontier_document


def test_each_option_in_order_with_its_status():
    options = [Option("none", 0, 0), Option("all", 100, 10), Option("some", 90, 4),
               Option("same", 100, 10)]  # fmt: skip
    found = frontier_document(frontier_of(options))
    assert [tuple(one.values()) for one in found["options"]] == [
        ("none", 0, 0, "frontier", None),
        ("all", 100, 10, "frontier", 10),
        ("some", 90, 4, "extended-dominated", None),
        ("same", 100, 10, "dominated", None),
    ]
    assert list(found["options"][0]) == ["option", "cost", "effect", "status", "icer"]
    assert found["compared_with"] == {"all": "none"}
    assert found["equal_to"] == {"same": "all"}
