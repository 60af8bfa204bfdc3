"""Every obstacle has its sentence, and equal titles are told apart."""

from __future__ import annotations

import pytest
from tests.portfolio.offered import candidate, fund
from tests.portfolio.test_choosing import OFFERS, chosen

from impactmonitor.portfolio.chosen import Block
from impactmonitor.report.choosing_words import ChoiceWords


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Block("budget", short=40_000.0), "needs €40,000 more budget beside the chosen ones"),
        (Block("theme", ("health",), 10.0), 'would pass the limit on the theme "health" by €10.00'),
        (Block("return", short=0.005), "would bring the financial return 0.5% under the minimum"),
        (Block("floor", short=3e6), "would bring the score 3,000,000 score points under the floor"),
        (Block("needs", ("roof", "trees")), "needs Roof, Trees, not chosen"),
        (Block("excludes", ("roof",)), "does not go together with Roof"),
    ],
)
def test_every_obstacle_has_its_words(tmp_path, block, said):
    assert ChoiceWords(chosen(fund(tmp_path, OFFERS)), "en").block(block) == said


def test_a_floor_under_the_value_is_money(tmp_path):
    words = ChoiceWords(chosen(fund(tmp_path, OFFERS), maximise="score"), "nl")
    assert words.block(Block("floor", short=400.0)) == (
        "brengt de netto contante waarde € 400 onder de ondergrens"
    )


def test_equal_titles_are_told_apart_by_their_ids(tmp_path):
    offers = {name: candidate(10, 5, title="Bus") for name in ("a", "b")}
    words = ChoiceWords(chosen(fund(tmp_path, offers)), "en")
    assert words.listed(["a", "b"]) == "Bus (a), Bus (b)"


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0%"), (0.001, "< 1%"), (0.5, "50%"), (0.999, "> 99%"), (1, "100%")]
)
def test_never_and_always_only_where_that_is_so(tmp_path, share, said):
    assert ChoiceWords(chosen(fund(tmp_path, OFFERS)), "en").share(share) == said
