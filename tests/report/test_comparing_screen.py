"""A comparison on screen: the answer first, every table in both languages."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from tests.proposals.levelling_cases import CATALOGUE, evaluated, proposal
from tests.report.comparisons import examples, small

from impactmonitor.messages import LANGUAGES
from impactmonitor.proposals.comparing import compare_cases
from impactmonitor.report.comparing_screen import comparing_headline, comparing_screen


def shown(compared, language="en", width=100):
    out = Console(file=io.StringIO(), width=width, markup=False)
    for part in comparing_screen(compared, language):
        out.print(part)
    return out.file.getvalue()


def flat(text):
    return " ".join(text.split())


def test_the_answer_names_who_was_first_on_its_own_numbers():
    found = flat(comparing_headline(small(), "en"))
    assert found.startswith("=Bold has the highest net value: €")
    assert "of the draws" in found
    assert "draws" not in comparing_headline(small(0), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [small, examples], ids=("small", "examples"))
def test_no_text_is_missing(make, language):
    found = shown(make(), language)
    assert "{" not in found
    assert "None" not in found
    assert "nan" not in found.split()


def test_all_that_was_asked_for_is_there():
    found = flat(shown(small()))
    for said in (
        "Net value (EUR)", "From each case's own terms", "Net value by domain", "Pays on balance",
        "Long-term score: ", "Ranks, one quantity at a time", "one rule left out at a time",
        "What the effects in euros rest on", "Numbers that were levelled", "Not in euros",
        "=Bold: Calm.", "meek".capitalize() + ": nothing.",
    ):  # fmt: skip
        assert said in found, said


def test_without_policy_nothing_is_said_of_levelling():
    found = flat(shown(small(0, is_levelled=False)))
    assert "Nothing was levelled" in found
    assert "Numbers that were levelled" not in found
    assert "one rule left out" not in found
    assert "Chance of rank 1" not in found


def test_no_line_is_wider_than_the_screen():
    assert max(map(len, shown(examples(), "nl", 90).splitlines())) <= 90


def test_cases_of_one_title_are_told_apart():
    cases = [proposal(name, title="Twin") for name in ("one", "two")]
    found = shown(compare_cases(evaluated(*cases), None, CATALOGUE, 0))
    assert "Twin (one)" in found
    assert "Twin (one) and Twin (two) share the highest net value" in flat(found)
    assert "(bold)" not in shown(small())
