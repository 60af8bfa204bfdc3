"""A case that is written and read again is the same case, whatever its texts look like."""

from __future__ import annotations

import pytest
from tests.errors.everything import full

from impactmonitor.intake import read_case, to_json, to_yaml
from impactmonitor.model.case import Case

TEXTS = [
    "no", "on", "yes", "y", "true", "null", "~", "1e5", "1_000", "0x1F", "0o17", "017", "2025",
    "2026-01-31", "12:30:00", ".5", "+1", "-", "- a", ".nan", ".inf", "=", "<<", "*a", "&a", "!a",
    "@a", "`a", "%a", "a: b", "a #b", "# a", "a:", "'", '"', "{a}", "[a]", "|", ">", "?", "a\nb",
    "a\n\nb\n", " a", "a ", "\ta", "é", "🙂", "العربية", "a\\b", "\u2028", "\u00a0", "x" * 300,
    "words " * 60, "=1+1", "---", "...",
]  # fmt: skip


def read_again(case: Case) -> tuple[Case | None, Case | None]:
    yaml, json = (
        read_case(to_yaml(case).encode(), ".yaml"),
        read_case(to_json(case).encode(), ".json"),
    )
    assert yaml.problems == json.problems == ()
    return yaml.case, json.case


@pytest.mark.parametrize("text", TEXTS)
def test_an_odd_text_stays_the_same_text(text: str) -> None:
    tree = full()
    tree["summary"], tree["about"]["author"] = text, {"nl": text, "en": "x"}["nl"]
    tree["costs"]["lessons"]["note"] = {"nl": text, "en": text}
    case = Case.model_validate(tree)
    assert read_again(case) == (case, case)
    assert case.about is not None
    assert text.strip() in (case.about.author or "")


@pytest.mark.parametrize(
    "number",
    [0, 1, -1, 0.1, 1 / 3, 1e-7, 1e15, 123456789012345, 1e300, 5e-324, -2.5e-10, 1e22, 0.30000004],
)
def test_a_number_stays_the_same_number(number: float) -> None:
    tree = full()
    tree["effects"]["fewer-falls"]["quantity"] = number
    case = Case.model_validate(tree)
    assert read_again(case) == (case, case)


def test_every_field_comes_back() -> None:
    case = Case.model_validate(full())
    assert read_again(case) == (case, case)
