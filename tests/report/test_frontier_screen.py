"""A frontier on screen: words for every status, and marks where the numbers are."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from impactmonitor.intake.options_csv import Option
from impactmonitor.messages import LANGUAGES
from impactmonitor.proposals.frontier import frontier_of
from impactmonitor.report.frontier_screen import frontier_headline, frontier_screen, picture

OPTIONS = [Option("none", 0, 0), Option("all", 100, 10), Option("some", 90, 4),
           Option("same", 100, 10)]  # fmt: skip


def shown(options, language="en"):
    out = Console(file=io.StringIO(), width=90)
    for part in frontier_screen(frontier_of(options), language):
        out.print(part)
    return out.file.getvalue()


def test_the_answer_comes_first():
    assert shown(OPTIONS).splitlines()[1] == "2 of the 4 options are worth considering: none, all."
    found = shown(OPTIONS)
    assert "dominated by a mix" in found
    assert "same has the same cost and effect as all" in found


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(0, 0), (1, 1)], "All 2 options"),
        ([(0, 1), (1, 1)], "One option is"),
        ([(0, 1)], "One option is"),
    ],
)
def test_one_all_or_some(pairs, said):
    options = [Option(f"o{i}", *pair) for i, pair in enumerate(pairs)]
    assert frontier_headline(frontier_of(options), "en").startswith(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_and_one_option_has_no_picture(language):
    assert "{" not in shown(OPTIONS, language)
    assert "└" not in shown([Option("one", 1, 1)], language)


def test_marks_stand_where_the_numbers_are():
    lines = picture(frontier_of(OPTIONS), width=11, height=11)
    assert lines[0] == "│" + " " * 10 + "●"
    assert lines[1] == "│" + " " * 4 + "◦"
    assert lines[10] == "│●"
    assert lines[11] == "└" + "─" * 11


def test_options_of_one_cost_lie_on_one_line():
    lines = picture(frontier_of([Option("a", 5, 0), Option("b", 5, 4)]), width=5, height=3)
    assert lines == ["│", "│", "│×   ●", "└─────"]
