"""A choice among the candidates of a fund, with numbers that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from tests.portfolio.offered import candidate, fund

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.portfolio.choosing import Drawing, select, solved_draws
from impactmonitor.portfolio.choosing_limits import terms_of
from impactmonitor.resources import folder

OFFERS = {
    "bikes": candidate(50, 90, 3, tags={"themes": {"health": 1}}),
    "roof": candidate(60, {"normal": {"mean": 180, "sd": 100}}, 5),
    "trees": candidate(50, 100, 7),
}
FEW = Drawing(64)


@cache
def known():
    return load_catalogue(), load_frameworks()


def chosen(reading, framework="readiness", step=None, drawing=FEW, progress=None, **asked):
    terms = terms_of(reading.portfolio, **{"budget": 100, **asked})
    return select(reading, terms, framework, known(), step, drawing, progress)


def test_most_value_and_most_score_are_two_choices(tmp_path):
    reading = fund(tmp_path, OFFERS)
    by_value, by_score = chosen(reading), chosen(reading, maximise="score")
    # 45 + 50 of value against 90 of the roof alone; 50 x 25 + 50 x 75 of score against 60 x 50
    assert by_value.chosen == by_score.chosen == ("bikes", "trees")
    assert (by_value.totals.value, by_value.totals.spent, by_value.totals.score) == (95, 100, 5000)
    less = chosen(reading, budget=60), chosen(reading, budget=60, maximise="score")
    assert [one.chosen for one in less] == [("roof",), ("trees",)]
    assert [one.totals.value for one in less] == [90, 50]


def test_a_floor_is_kept_to(tmp_path):
    reading = fund(tmp_path, OFFERS)
    held = chosen(reading, budget=60, floor=3001)
    assert (held.chosen, held.totals.value, held.totals.score) == (("trees",), 50, 3750)
    other = chosen(reading, budget=60, floor=51, maximise="score")
    assert (other.chosen, other.totals.value, other.totals.score) == (("roof",), 90, 3000)


def test_a_floor_that_is_out_of_reach_is_an_answer(tmp_path):
    found = chosen(fund(tmp_path, OFFERS), budget=60, floor=5000)
    assert (found.chosen, found.totals, found.robustness, found.not_chosen) == (
        None,
        None,
        None,
        {},
    )
    assert (found.unreachable.furthest, found.unreachable.short) == (3750, 1250)
    assert found.unreachable.without == {"budget": 8000}
    assert {point.best is None for point in found.budgets if point.budget < 100} == {True}


def test_the_curve_the_step_and_the_frontier(tmp_path):
    found = chosen(fund(tmp_path, OFFERS), budget=60, step=40)
    assert found.value_of_step == 5
    assert [float(one.budget) for one in found.budgets] == [20, 60, 100, 140, 180]
    assert [float(one.best.reached[0]) for one in found.budgets] == [0, 90, 95, 140, 185]
    assert chosen(fund(tmp_path, OFFERS)).step == 50
    points = [(one.chosen, one.value, one.score) for one in found.frontier.points]
    assert points == [(("roof",), 90, 3000), (("trees",), 50, 3750)]


def test_who_has_no_score_is_not_on_the_frontier_and_not_for_zero_in_a_total(tmp_path):
    offers = {**OFFERS, "silent": candidate(1, 500)}
    found = chosen(fund(tmp_path, offers))
    assert "silent" in found.chosen
    assert found.totals.score is None
    assert found.unscored == ("silent",)
    assert all("silent" not in one.chosen for one in found.frontier.points)
    assert chosen(fund(tmp_path, offers), framework=None).frontier is None


def test_the_return_of_the_chosen(tmp_path):
    offers = {"a": candidate(60, 10, financial_return=0.05), "b": candidate(30, 10)}
    reading = fund(tmp_path, offers)
    assert chosen(reading, budget=60).totals.financial_return is None
    stated = {**offers, "b": candidate(30, 10, financial_return=0.02)}
    assert chosen(fund(tmp_path, stated)).totals.financial_return == pytest.approx(0.04)


def test_draws_are_the_same_for_the_same_seed_and_others_for_another(tmp_path):
    reading = fund(tmp_path, OFFERS)
    first, again, other = (chosen(reading, drawing=Drawing(64, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first.robustness != other.robustness
    assert (first.draws, first.seed) == (64, 1)
    assert chosen(reading, drawing=Drawing(60)).draws == 64


def test_the_order_of_candidates_does_not_matter(tmp_path):
    reading = fund(tmp_path, OFFERS)
    turned = {name: reading.portfolio.candidates[name] for name in ("trees", "roof", "bikes")}
    other = replace(reading, portfolio=reading.portfolio.model_copy(update={"candidates": turned}))
    before, after = chosen(reading), chosen(other)
    assert replace(before, portfolio=after.portfolio) == after
    assert list(before.candidates) == list(after.candidates)


def test_progress_reaches_the_end(tmp_path):
    told = []
    chosen(fund(tmp_path, OFFERS), progress=lambda *one: told.append(one))
    assert told == [(done, 67) for done in range(1, 68)]


def test_solved_draws_are_spread_over_the_randomisations():
    assert len(solved_draws(1024)) == 128
    assert {one // 128 for one in solved_draws(1024)} == set(range(8))
    assert solved_draws(8) == tuple(range(8))


def test_what_cannot_be_asked_is_refused(tmp_path):
    reading = fund(tmp_path, OFFERS)
    with pytest.raises(ValueError, match="framework"):
        chosen(reading, framework=None, maximise="score")
    with pytest.raises(ValueError, match="step"):
        chosen(reading, step=0)


def test_the_example_fund_keeps_to_its_own_limits():
    reading = load_portfolio(folder("examples") / "example-fund")
    limits = reading.portfolio.limits
    found = chosen(reading, limits.framework, budget=None)
    assert found.is_proven
    assert found.chosen
    assert found.totals.spent <= limits.budget
    assert found.totals.financial_return >= limits.financial_return
    for name in found.chosen:
        own = reading.portfolio.candidates[name]
        assert set(own.needs) <= set(found.chosen)
        assert not set(own.excludes) & set(found.chosen)
        assert found.candidates[name].probability_of_loss <= limits.probability_of_loss
    for theme, most in limits.themes.items():
        used = (found.candidates[n].amount * found.candidates[n].themes.get(theme, 0)
                for n in found.chosen)  # fmt: skip
        assert sum(used) <= most
