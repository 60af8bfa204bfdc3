"""A policy from a file: every mistake at once, each with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from impactmonitor import load_catalogue
from impactmonitor.intake.policy_reading import load_policy, read_policy
from impactmonitor.problems import InvalidInput, NotFound
from impactmonitor.resources import folder

EXAMPLE = folder("examples") / "policies" / "fund-policy.yaml"
START = """impactmonitor_policy: 1
id: fund
title: Fund
edition: "1"
source: us
currency: EUR
price_year: 2025
base_year: 2026
"""


def problems(text: str) -> list[tuple[str, str, int | None]]:
    with pytest.raises(InvalidInput) as caught:
        read_policy(text.encode(), ".yaml")
    return [(p.code, p.path, p.line) for p in caught.value.problems]


def test_the_values_of_the_example_are_those_of_the_catalogue_but_for_one():
    catalogue, policy = load_catalogue(), load_policy(EXAMPLE)
    others = [
        name
        for name, one in policy.values.items()
        if (one.value, one.price_year)
        != (catalogue.values[name].current.value, catalogue.values[name].current.price_year)
    ]
    assert others == ["productivity-hour"]


def test_every_mistake_at_once_with_its_line():
    text = f"""{START}scheme: nl-2062
horizon: ten
values:
  gp-consulf: {{value: 30, price_year: 2022, source: us}}
  hospital-day: {{value: x, price_year: 2022, source: us}}
evidence: {{expert: 3}}
deadweight:
  sociaal: 0.2
  zzz: 0.1
sorce: me
"""
    assert sorted(problems(text), key=lambda found: found[2] or 0) == [
        ("unknown-scheme", "scheme", 9),
        ("not-a-whole-number", "horizon", 10),
        ("policy-unknown-value", "values.gp-consulf", 12),
        ("not-a-number", "values.hospital-day.value", 13),
        ("too-high", "evidence.expert", 14),
        ("policy-unknown-floor", "deadweight.sociaal", 16),
        ("policy-unknown-floor", "deadweight.zzz", 17),
        ("unknown-key", "sorce", 18),
    ]


def test_the_nearest_name_is_proposed():
    with pytest.raises(InvalidInput) as caught:
        read_policy(f"{START}scheme: nl-2026\ndeadweight: {{sociaal: 0.2}}\n".encode(), ".yaml")
    assert caught.value.problems[0].params["nearest"] == "social"


@pytest.mark.parametrize(
    ("text", "code"), [("", "file-empty"), ("- a\n", "not-a-mapping"), ("a: [", "yaml-syntax")]
)
def test_what_is_no_policy_at_all(text, code):
    assert [found[0] for found in problems(text)] == [code]


def test_a_key_that_stands_twice_is_said_once():
    found = problems(f"{START}scheme: nl-2026\nscheme: nl-2026\n")
    assert [(code, line) for code, _, line in found] == [("duplicate-key", 10)]


def test_files(tmp_path: Path):
    with pytest.raises(NotFound):
        load_policy(tmp_path / "none.yaml")
    (tmp_path / "policy.csv").write_text("a", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_policy(tmp_path / "policy.csv")
    assert caught.value.problems[0].code == "policy-file-kind"
    tree = load_policy(EXAMPLE).model_dump(mode="json", exclude_unset=True)
    (tmp_path / "policy.json").write_text(json.dumps(tree), encoding="utf-8")
    assert load_policy(tmp_path / "policy.json") == load_policy(EXAMPLE)
