"""A choice on screen: the answer first, and a reason for everybody who is not in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.portfolio.offered import candidate, fund
from tests.portfolio.test_choosing import OFFERS, chosen
from tests.report.test_screen import printed

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.choosing_screen import choosing_headline, choosing_screen


def flat(selection, language="en"):
    return " ".join(printed(choosing_screen(selection, language)).split())


def test_who_is_chosen_and_why_the_others_are_not(tmp_path):
    offers = {**OFFERS, "silent": candidate(1, -5)}
    text = flat(chosen(fund(tmp_path, offers, limits={"themes": {"health": 50}})))
    assert text.startswith("Choice: Fund 2 of 4 candidates are chosen. The fund's share in them")
    assert "for €100 of a budget of €100." in text
    assert "Roof: needs €60.00 more budget beside the chosen ones." in text
    assert "Taking it all the same costs at least €5.00 of value." in text
    assert 'Theme "health": €50.00 of at most €50.00.' in text
    assert "Without a score, and so not on this line: Silent." in text
    assert "ex ante" in text
    assert "draws no other set would be better." in text


def test_a_choice_by_score_speaks_of_points(tmp_path):
    text = flat(chosen(fund(tmp_path, OFFERS), maximise="score", floor=95))
    assert "chosen: 5,000 score points for €100 of a budget of €100" in text
    assert "an average score of 50.0" in text
    assert "Floor on the net present value: €95.00 of at least €95.00." in text
    assert "A draw changes values and no scores" in text


def test_left_out_is_named_with_its_reason(tmp_path):
    offers = {
        **OFFERS,
        "dear": candidate(5, 5, 5, financial_return=0, needs=["gone"]),
        "gone": (None, {"amount": 5, "total_funding": 10}),
        "lossy": candidate(5, -5, 5, financial_return=0),
        "silent": candidate(5, 5),
        "unpaid": candidate(5, 5, 5),
    }
    limits = {"probability_of_loss": 0.25, "financial_return": 0}
    text = flat(chosen(fund(tmp_path, offers, limits=limits), floor=0))
    assert '! Gone: its case cannot be evaluated. There is no case file "gone.json"' in text
    assert "! Lossy: the chance of a loss for society is 100%, at most 25% is allowed." in text
    assert "! Silent: the case has no score in this framework." in text
    assert "! Unpaid: no financial return is stated, and there is a minimum." in text
    assert "! Dear: needs Gone, which is left out." in text


def test_a_floor_out_of_reach_says_what_stands_in_the_way(tmp_path):
    found = chosen(fund(tmp_path, OFFERS), budget=60, floor=5000)
    assert choosing_headline(found, "en") == (
        "The floor of 5,000 score points cannot be reached: 3,750 is the most, 1,250 too little. "
        "Without the limit of the budget, 8,000 is the most."
    )
    everything = chosen(fund(tmp_path, OFFERS), budget=500, floor=9000)
    assert "No single other limit stands in the way" in choosing_headline(everything, "en")


def test_nothing_chosen_is_said(tmp_path):
    assert "No candidate is chosen" in flat(chosen(fund(tmp_path, OFFERS), budget=10))


def test_what_is_not_proven_is_said(tmp_path):
    found = replace(chosen(fund(tmp_path, OFFERS)), is_proven=False)
    assert "this is the best one that the solver found" in flat(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [{}, {"maximise": "score", "floor": 95}, {"floor": 10**6}])
def test_no_parameter_is_left_unfilled(tmp_path, language, asked):
    limits = {"themes": {"health": 60}, "probability_of_loss": 0.9}
    found = chosen(fund(tmp_path, OFFERS, limits=limits), **asked)
    text = printed(choosing_screen(found, language))
    assert "{" not in text
    assert all(len(line) <= 100 for line in text.splitlines())
