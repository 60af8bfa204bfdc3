"""What became of a run, as plain values."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from impactmonitor.bulk.running import BulkResult
from impactmonitor.report.bulk_document import bulk_document, rate

ASKED = {"source": {"name": "cases.jsonl"}, "part": 200, "draws": 64, "seed": 1}
FOUND = BulkResult(
    folder=Path("out"),
    asked=ASKED,
    cases=100,
    refused=7,
    not_simulated=2,
    problems=Counter({"no-lines": 3, "json-syntax": 5}),
    first={"no-lines": "cases.jsonl:9", "json-syntax": "cases.jsonl:4"},
    left_aside=0,
    cases_before=20,
    seconds=16.0,
)


def test_names_and_plain_values():
    found = bulk_document(FOUND)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert {name: found[name] for name in ASKED} == ASKED
    assert (found["cases"], found["done"], found["refused"], found["not_simulated"]) == (
        100, 91, 7, 2,
    )  # fmt: skip
    assert list(found["problems"]) == ["json-syntax", "no-lines"]
    assert found["problems"]["no-lines"] == {"cases": 3, "first": "cases.jsonl:9"}
    assert found["files"] == {
        "cases": "out/parts", "actors": "out/actors", "manifest": "out/run.json",
    }  # fmt: skip
    assert (found["cases_before"], found["seconds"], found["cases_per_second"]) == (20, 16.0, 5.0)


@pytest.mark.parametrize(("before", "expected"), [(0, 6.25), (100, None)])
def test_the_rate_is_that_of_this_run(before, expected):
    assert rate(replace(FOUND, cases_before=before)) == expected
