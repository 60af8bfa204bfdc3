"""A choice among draws, against the slow way: every set in every draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portfolio.every_set import best_of_all, candidates, wishes

from impactmonitor.portfolio.choosing_among import Candidates, Wish, best_choice
from impactmonitor.portfolio.choosing_robustly import robustness

GAINS = st.integers(-1000, 1000).map(float)


@settings(max_examples=40)
@given(candidates(5), wishes(), st.data())
def test_it_is_what_every_set_in_every_draw_gives(found, wish, data):
    wish = replace(wish, maximise="npv")
    best = best_choice(found, wish)
    names = sorted(found.amounts)
    if best is None or not names:
        return
    rows = st.lists(GAINS, min_size=len(names), max_size=len(names))
    drawn = data.draw(st.lists(rows, min_size=1, max_size=4))
    sure = robustness(found, wish, best.chosen, names, drawn, range(len(drawn)))
    regrets, members = [], dict.fromkeys(names, 0)
    for row in drawn:
        values = dict(zip(names, row, strict=True))
        inside = best_of_all(replace(found, values=values), wish)
        assert inside is not None
        for name in inside:
            members[name] += 1
        regrets.append(sum(values[n] for n in inside) - sum(values[n] for n in best.chosen))
    assert sure.expected_regret == pytest.approx(np.mean(regrets), abs=1e-9)
    assert sure.best == np.mean([one == 0 for one in regrets])
    assert sure.members == {name: count / len(drawn) for name, count in members.items()}
    together = [sum(row[names.index(n)] for n in best.chosen) for row in drawn]
    assert sure.mean == pytest.approx(np.mean(together))
    assert sure.probability_of_loss == np.mean([one < 0 for one in together])


def test_without_uncertainty_the_choice_is_always_the_best():
    found, wish = Candidates({"a": 5, "b": 5}, {"a": 7, "b": 2}), Wish(5)
    sure = robustness(found, wish, ["a"], ["a", "b"], [[7, 2]] * 3, [0, 2])
    assert (sure.best, sure.expected_regret, sure.solved, sure.draws) == (1.0, 0.0, 2, 3)
    assert (sure.mean, sure.p05, sure.p95, sure.probability_of_loss) == (7, 7, 7, 0)


def test_a_choice_by_score_is_not_worked_out_again():
    found = Candidates({"a": 5}, {"a": 7}, {"a": 1})
    sure = robustness(found, Wish(5, "score"), ["a"], ["a"], [[7], [-1]], [0, 1])
    assert (sure.solved, sure.best, sure.expected_regret, sure.members) == (0, None, None, {})
    assert sure.probability_of_loss == 0.5


def test_who_waits_is_told_how_far_it_is():
    told = []
    found = Candidates({"a": 5}, {"a": 7})
    robustness(found, Wish(5), ["a"], ["a"], [[1], [2], [3]], [0, 2], lambda *x: told.append(x))
    assert told == [(1, 2), (2, 2)]


def test_columns_that_are_no_candidates_are_refused():
    with pytest.raises(ValueError, match="the columns are the candidates"):
        robustness(Candidates({"a": 5}, {"a": 7}), Wish(5), [], ["b"], [[1]], [0])
    with pytest.raises(ValueError, match="at least 1 draw"):
        robustness(Candidates({"a": 5}, {"a": 7}), Wish(5), [], ["a"], np.zeros((0, 1)), [])
