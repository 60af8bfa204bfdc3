"""The numbers of the candidates, and who cannot be chosen and why."""

from __future__ import annotations

import numpy as np
import pytest
from tests.portfolio.offered import candidate, fund
from tests.small import case, cost, gain

from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import evaluate
from impactmonitor.portfolio.choosing_candidates import net_by_draw, weigh
from impactmonitor.portfolio.choosing_limits import terms_of
from impactmonitor.uncertainty.running import Sampling
from impactmonitor.uncertainty.simulation import simulate

FEW = Sampling(64, 1, "sobol")
UNSURE = {"normal": {"mean": 10, "sd": 20}}


def weighed(reading, maximise="npv", floor=None, framework="readiness", sampling=FEW):
    terms = terms_of(reading.portfolio, 100, maximise, floor)
    told = []
    found = weigh(reading, load_catalogue(), terms, framework, sampling, lambda: told.append(1))
    assert len(told) == len(reading.portfolio.candidates)
    assert set(found.candidates) | set(found.left_out) == set(reading.portfolio.candidates)
    assert not set(found.candidates) & set(found.left_out)
    assert set(found.values) == set(found.candidates)
    return found


def test_value_is_the_share_of_the_net_present_value(tmp_path):
    one = weighed(fund(tmp_path, {"a": candidate(60, 180, 5)})).candidates["a"]
    assert (one.amount, one.share, one.net_present_value, one.value) == (60, 0.5, 180, 90)
    assert (one.score, one.coverage, one.probability_of_loss) == (50, 1, 0)


def test_present_values_are_brought_to_the_base_year_of_the_fund(tmp_path):
    later, asked = candidate(60, 180)
    later |= {"discount": {"rate": 0.1}, "base_year": 2026}
    found = weighed(fund(tmp_path, {"a": (later, asked), "b": candidate(60, 180)}))
    assert found.candidates["b"].value == 90
    assert found.candidates["a"].value == pytest.approx(90 / 1.1, abs=0.005)
    assert found.values["a"] == pytest.approx(90 / 1.1)


def test_every_reason_to_be_left_out_is_named(tmp_path):
    broken = candidate(10, 10)
    broken[0]["horizon"] = "long"
    reading = fund(
        tmp_path,
        {
            "absent": (None, {"amount": 5, "total_funding": 10}),
            "broken": broken,
            "dependent": candidate(10, 10, 5, needs=["further"], financial_return=0.1),
            "further": candidate(10, 10, 5, needs=["absent"], financial_return=0.1),
            "good": candidate(10, 10, 5, financial_return=0),
            "lossy": candidate(10, -10, 5, financial_return=0.1),
            "silent": candidate(10, 10, financial_return=0.1),
            "unpaid": candidate(10, 10, 5),
        },
        limits={"financial_return": 0.01, "probability_of_loss": 0.5},
    )
    found = weighed(reading, "score").left_out
    assert {name: one.reason for name, one in found.items()} == {
        "absent": "not-evaluated",
        "broken": "not-evaluated",
        "dependent": "needs-absent",
        "further": "needs-absent",
        "lossy": "loss-too-likely",
        "silent": "no-score",
        "unpaid": "no-return",
    }
    assert [one.code for one in found["absent"].problems] == ["case-file-not-found"]
    assert [one.path for one in found["broken"].problems] == ["horizon"]
    assert (found["further"].needs, found["dependent"].needs) == (("absent",), ("further",))
    assert found["lossy"].probability_of_loss == 1


def test_who_has_no_score_takes_part_where_no_score_is_asked(tmp_path):
    found = weighed(fund(tmp_path, {"silent": candidate(10, 10)}))
    assert found.candidates["silent"].score is None
    assert not found.left_out
    left_out = weighed(fund(tmp_path, {"silent": candidate(10, 10)}), floor=1).left_out
    assert left_out["silent"].reason == "no-score"


def test_the_chance_of_a_loss_may_be_the_limit_itself(tmp_path):
    offers = {"a": candidate(10, UNSURE)}
    chance = weighed(fund(tmp_path, offers)).candidates["a"].probability_of_loss
    assert 0.2 < chance < 0.4
    at_it = weighed(fund(tmp_path, offers, limits={"probability_of_loss": chance}))
    under = weighed(fund(tmp_path, offers, limits={"probability_of_loss": chance - 0.001}))
    assert (list(at_it.candidates), list(under.left_out)) == (["a"], ["a"])


def test_the_draws_are_those_of_a_simulation():
    unsure = case(costs={"work": cost(100)}, effects={"good": gain(UNSURE, 10)})
    net = net_by_draw(evaluate(unsure), Sampling(256, 7, "sobol"))
    found = simulate(unsure, draws=256, seed=7).net_present_value
    assert net.mean() == pytest.approx(found.mean)
    assert (net > 0).mean() == found.probability_positive
    assert np.quantile(net, 0.5) == pytest.approx(found.p50)


def test_what_is_certain_is_the_same_in_every_draw():
    sure = case(costs={"work": cost(100)}, effects={"good": gain(1, 130)})
    assert net_by_draw(evaluate(sure), FEW).tolist() == [30.0] * 64


def test_amounts_that_become_too_large_in_a_draw_are_no_number(tmp_path):
    huge = candidate(10, {"normal": {"mean": 1e308, "sd": 1e308}})
    left_out = weighed(fund(tmp_path, {"huge": huge, "good": candidate(10, 10)})).left_out
    assert left_out["huge"].reason == "not-evaluated"
    assert len(left_out) == len(left_out["huge"].problems) == 1
