"""The limits of a portfolio as those of a choice."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.portfolio.offered import FUND

from impactmonitor.model.portfolio import Portfolio
from impactmonitor.portfolio.choosing_among import Wish, best_choice
from impactmonitor.portfolio.choosing_limits import candidates_of, scored_only, terms_of
from impactmonitor.portfolio.chosen import Considered


def portfolio(limits=None, **candidates):
    given = {
        name: {"case": f"{name}.yaml", "amount": 10, "total_funding": 10, **one}
        for name, one in candidates.items()
    }
    return Portfolio.model_validate({**FUND, "candidates": given, "limits": limits or {}})


def considered(name, value, score=None, rate=None, amount=10.0, **themes):
    return Considered(name, name, amount, 1.0, value, value, score, score, rate, 0.0, themes)


def choice(fund, *candidates, **terms):
    found = terms_of(fund, **terms)
    among = candidates_of(fund, found, {one.id: one for one in candidates})
    best = best_choice(among, Wish(found.budget, found.maximise, found.floor))
    return None if best is None else best.chosen


def test_what_is_asked_goes_before_the_portfolio():
    fund = portfolio({"budget": 5, "themes": {"health": 3}, "probability_of_loss": 0.1})
    terms = terms_of(fund, 7, "score", 2)
    assert (terms.budget, terms.maximise, terms.floor) == (7, "score", 2)
    assert (dict(terms.themes), terms.probability_of_loss) == ({"health": 3}, 0.1)
    assert terms_of(fund).budget == 5
    assert terms_of(fund, 0).budget == 0
    assert terms_of(portfolio()) is None


def test_a_theme_counts_by_the_share_of_the_amount():
    fund = portfolio({"themes": {"health": 10}}, a={}, b={}, c={})
    shares = {"a": 1.0, "b": 0.5, "c": 0.5}
    three = [considered(name, 5.0, health=share) for name, share in shares.items()]
    assert choice(fund, *three, budget=100) == ("b", "c")


def test_the_return_is_weighted_by_amount():
    fund = portfolio({"financial_return": 0.03}, a={}, b={})
    large = considered("a", 9.0, rate=0.02, amount=20.0)
    small = considered("b", 1.0, rate=0.05, amount=10.0)
    smaller = considered("b", 1.0, rate=0.05, amount=9.99)
    assert choice(fund, large, small, budget=100) == ("a", "b")
    assert choice(fund, large, smaller, budget=100) == ("b",)


def test_needs_and_exclusions():
    fund = portfolio(None, roof={"needs": ["walls"]}, walls={}, tent={"excludes": ["walls"]})
    roof, walls = considered("roof", 9.0), considered("walls", -1.0)
    assert choice(fund, roof, walls, considered("tent", 5.0), budget=100) == ("roof", "walls")
    assert choice(fund, roof, walls, considered("tent", 8.5), budget=100) == ("tent",)
    assert choice(fund, roof, budget=100) == ()  # what it needs cannot be chosen


def test_scores_count_only_if_all_have_one():
    fund = portfolio(None, a={}, b={})
    terms = terms_of(fund, 10)
    both = {"a": considered("a", 1.0, 40.0), "b": considered("b", 1.0)}
    assert candidates_of(fund, terms, both).scores is None
    assert scored_only(fund, terms, both).scores == {"a": 400}


@pytest.mark.parametrize("score", [33.333333333333336, 33.33333333333333])
def test_what_computing_leaves_over_is_no_difference_between_scores(score):
    fund = portfolio(None, a={})
    found = candidates_of(fund, terms_of(fund, 10), {"a": considered("a", 1.0, score)})
    assert found.scores == {"a": Fraction("333.33333")}
