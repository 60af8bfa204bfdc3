"""The bars are as long as the numbers, and a long frontier is shown in part."""

from __future__ import annotations

from fractions import Fraction

from tests.portfolio.offered import fund
from tests.portfolio.test_choosing import OFFERS, chosen
from tests.report.test_screen import printed, rows

from impactmonitor.portfolio.choosing_frontier import Frontier, FrontierPoint
from impactmonitor.report.choosing_pictures import (
    LENGTH,
    MOST_SHOWN,
    budget_picture,
    frontier_picture,
)
from impactmonitor.report.choosing_words import ChoiceWords


def words(tmp_path, **asked):
    return ChoiceWords(chosen(fund(tmp_path, OFFERS), **asked), "en")


def test_a_bar_for_every_budget(tmp_path):
    found = rows(budget_picture(words(tmp_path, budget=60, step=40)))
    assert [one[:2] for one in found] == [
        ["€20.00", "€0"], ["€60.00 now", "€90.00"], ["€100", "€95.00"], ["€140", "€140"],
        ["€180", "€185"],
    ]  # fmt: skip
    assert [len(one[2]) for one in found] == [0, 12, 12, 18, LENGTH]


def test_a_budget_too_small_for_the_floor_has_words_in_place_of_a_bar(tmp_path):
    found = rows(budget_picture(words(tmp_path, budget=60, step=40, floor=5000)))
    assert [one[2] for one in found][:2] == ["the floor is out of reach"] * 2


def test_the_chosen_set_is_marked_on_the_frontier(tmp_path):
    said = words(tmp_path, budget=60)
    table, *notes = frontier_picture(said, said.selection.frontier)
    assert [one[0::2] for one in rows(table)] == [
        ["€90.00", "3,000", "✓ Roof"], ["€50.00", "3,750", "Trees"],
    ]  # fmt: skip
    assert not notes


def test_a_long_frontier_is_shown_in_part_and_says_so(tmp_path):
    points = [FrontierPoint(("roof",), Fraction(99 - i), Fraction(i), True) for i in range(30)]
    table, *notes = frontier_picture(words(tmp_path), Frontier(tuple(points), False))
    shown = rows(table)
    assert len(shown) == MOST_SHOWN
    assert (shown[0][2], shown[-1][2]) == ("0", "29")
    text = " ".join(printed(notes).split())
    assert "the best 30 that were found at rising floors" in text
    assert "20 sets in between" in text
