"""A simulation is exact where nothing varies, right on average, and whole in every draw."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from tests.appraisal.test_program import CATALOGUE
from tests.small import case, cost, gain
from tests.uncertainty.test_models import model

from impactmonitor import evaluate, load_case, simulate
from impactmonitor.model.case import THE_CASE, Case
from impactmonitor.model.changes import plain
from impactmonitor.problems import InvalidInput
from impactmonitor.resources import folder
from impactmonitor.uncertainty import simulation
from impactmonitor.uncertainty.exact import exact_of
from impactmonitor.uncertainty.running import Sampling, Work, run_model

EXAMPLES = sorted((folder("examples")).glob("*/case.yaml"))
UNIFORM = {"uniform": [0.1, 0.5]}
ACTORS = {"city": {"kind": "municipality"}, "insurer": {"kind": "health-insurer"},
          "people": {"kind": "citizen"}}  # fmt: skip
CASE = case(
    actors=ACTORS,
    horizon=6,
    costs={"c": cost({"pert": [80, 100, 150]})},
    effects={
        "e": gain({"pert": [1, 2, 4]}, {"lognormal": {"p05": 20, "p95": 60}}, lasts=4,
                  drop_off=UNIFORM, cashable=UNIFORM,
                  falls_to={"insurer": 0.75, "people": 0.25}),
        "f": gain({"normal": {"mean": 1, "sd": 0.5}}, 12, deadweight=UNIFORM, falls_to="people"),
    },
    transfers={"t": {"from": "insurer", "to": "city", "amount": {"uniform": [10, 30]}}},
    perspectives={"public": ["city", "insurer"]},
)  # fmt: skip

KEEPING = {
    **ACTORS,
    "insurer": {
        "kind": "health-insurer",
        "retention": {"share": 0.6, "yearly_leaving": 0.2, "equalised": 0.1, "rest_to": "city"},
    },
    "people": {"kind": "citizen", "retention": {"share": 0.5, "rest_to": "insurer"}},
}
"""The insurer keeps less from year to year, and the people keep half."""

NO_SPREAD = {
    "pert": {"pert": [3, 3, 3]}, "triangular": {"triangular": [3, 3, 3]},
    "uniform": {"uniform": [3, 3]}, "normal": {"normal": {"mean": 3, "sd": 0}},
    "discrete": {"discrete": {"values": [3], "probabilities": [1]}},
}  # fmt: skip


# --- exactly the point estimate -----------------------------------------------------------------


@pytest.mark.parametrize("actors", [ACTORS, KEEPING], ids=["whole", "keeping"])
@pytest.mark.parametrize("method", ["sobol", "mc"])
@pytest.mark.parametrize("number", NO_SPREAD.values(), ids=NO_SPREAD)
def test_numbers_without_spread_give_exactly_the_point_estimate(number, method, actors):
    tenth = {"uniform": [0.1, 0.1]}
    found = case(
        actors=actors,
        horizon=7,
        costs={"c": cost(number, years=3, growth=tenth)},
        effects={"e": gain(number, 7, lasts=5, drop_off=tenth, deadweight=tenth, cashable=tenth,
                           falls_to={"insurer": 0.3, "people": 0.7})},
    )  # fmt: skip
    point = evaluate(found)
    got = simulate(found, draws=512, method=method)
    net = got.net_present_value
    wanted = point.totals["net_present_value"]
    assert (net.mean, net.sd, net.p05, net.p95) == (wanted, 0.0, wanted, wanted)
    for name, party in point.by_actor.items():
        for summary, value in ((got.actors[name].net, party.net),
                               (got.actors[name].cash_net, party.cash_net)):  # fmt: skip
            assert summary.mean == summary.p50 == pytest.approx(value, rel=1e-14)
            assert summary.sd == 0.0
    assert got.exact.mean == pytest.approx(wanted, rel=1e-12)
    assert got.evpi == 0.0


def test_a_case_in_which_nothing_is_uncertain():
    found = simulate(case(costs={"c": cost(100)}), draws=64)
    assert found.net_present_value.mean == found.net_present_value.p05 == -100.0
    assert found.net_present_value.probability_negative == 1.0
    assert found.inputs == {}
    assert found.measure_next == ()
    assert found.evpi == 0.0


# --- right on average ---------------------------------------------------------------------------


def z_scores(found: Case, seeds: int, draws: int, method: str, bias: float = 0.0):
    """Of the mean and of the standard deviation, in their own standard errors, for every seed."""
    made = model(found)
    exact = simulate(found, CATALOGUE, draws=64).exact
    society = len(made.compiled.parties) - 1
    means, sds = [], []
    for seed in range(seeds):
        run = run_model(made, Sampling(draws, seed, method), Work())
        values = run.tally.kept[society] + bias * exact.sd
        parts = values.reshape(8, -1)
        for scores, numbers, wanted in (
            (means, parts.mean(axis=1), exact.mean),
            (sds, parts.std(axis=1, ddof=1) ** 2, exact.sd**2),
        ):
            error = np.std(numbers, ddof=1) / math.sqrt(8)
            scores.append((numbers.mean() - wanted) / error)
    return np.array(means), np.array(sds)


@pytest.mark.parametrize("method", ["sobol", "mc"])
def test_means_and_spreads_agree_with_the_exact_ones_within_their_errors(method):
    for scores in z_scores(CASE, 60, 2048, method):
        # with eight randomisations a score has Student's distribution with seven degrees
        assert stats.kstest(scores, stats.t(7).cdf).pvalue > 1e-4
        assert abs(scores.mean()) < 4 / math.sqrt(len(scores))


def test_a_bias_of_a_fiftieth_of_the_spread_would_be_found():
    means, _ = z_scores(CASE, 60, 2048, "sobol", bias=0.02)
    assert stats.kstest(means, stats.t(7).cdf).pvalue < 1e-4


def test_the_point_estimate_is_the_mean_where_numbers_enter_once():
    found = simulate(CASE, draws=1 << 14)
    assert found.net_present_value.mean == pytest.approx(
        found.exact.mean, abs=5 * found.net_present_value.standard_error
    )
    assert found.net_present_value.sd == pytest.approx(found.exact.sd, rel=0.01)


def test_sampled_indices_stand_beside_the_exact_ones():
    found = simulate(CASE, draws=1 << 13)
    for path, one in found.inputs.items():
        assert one.first_order == found.exact.first_order[path]
        assert one.sampled_first_order == pytest.approx(one.first_order, abs=0.03)
        assert one.sampled_total == pytest.approx(one.total, abs=0.03)


def test_the_mean_of_every_actor_that_keeps_a_part_is_the_exact_one():
    keeping = case(**{**plain(CASE), "actors": KEEPING})
    found, whole, made = simulate(keeping, draws=1 << 13), simulate(CASE, draws=64), model(keeping)
    for party, actor in enumerate(made.compiled.actors):
        exact, net = exact_of(made, made.net[party]), found.actors[actor].net
        assert net.mean == pytest.approx(exact.mean, abs=5 * net.standard_error + 1e-9)
        assert net.sd == pytest.approx(exact.sd, rel=0.02)
    assert found.exact.mean == pytest.approx(whole.exact.mean, rel=1e-12)
    assert found.exact.sd == pytest.approx(whole.exact.sd, rel=1e-9)
    assert list(found.lines) == ["c", "e", "f", "t"]


def test_what_actors_keep_leaves_society_as_it_is_in_every_draw():
    keeping = case(**{**plain(CASE), "actors": KEEPING})
    found, whole = simulate(keeping, draws=512), simulate(CASE, draws=512)
    for name, summary in whole.lines.items():
        assert found.lines[name].mean == pytest.approx(summary.mean, rel=1e-12)
        assert found.lines[name].p95 == pytest.approx(summary.p95, rel=1e-12)
    assert found.net_present_value.p05 == pytest.approx(whole.net_present_value.p05, rel=1e-12)
    assert found.domains.keys() == whole.domains.keys()
    for quantile, amounts in whole.years.net.items():
        assert found.years.net[quantile] == pytest.approx(amounts, abs=1e-9)
    insurer, before = (each.actors["insurer"].net for each in (found, whole))
    assert insurer.mean < before.mean
    assert insurer.probability_negative > before.probability_negative


# --- whole in every draw ------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=[p.parent.name for p in EXAMPLES])
def test_actors_add_up_to_the_total_in_every_draw(path):
    made = model(load_case(path))
    run = run_model(made, Sampling(1024, 3, "sobol"), Work())
    parties, actors = len(made.compiled.parties), len(made.compiled.actors)
    net, cash = run.tally.kept[:parties], run.tally.kept[parties:]
    for amounts in (net, cash):
        size = np.abs(amounts[:actors]).sum(axis=0) + 1
        assert (np.abs(amounts[:actors].sum(axis=0) - amounts[-1]) <= 1e-9 * size).all()


@pytest.mark.parametrize("rho", [-0.8, 0.3, 0.9])
@pytest.mark.parametrize("method", ["sobol", "mc"])
def test_rank_correlations_are_what_was_asked(rho, method):
    pair = ["effects.e.quantity", "costs.c.amount"]
    found = CASE.model_copy(update={"correlations": ((*pair, rho),)})
    made = model(found)
    run = run_model(made, Sampling(1 << 14, 2, method), Work())
    rows = [[one.path for one in made.compiled.inputs].index(path) for path in pair]
    assert stats.spearmanr(*run.inputs[rows]).statistic == pytest.approx(rho, abs=0.02)


def chance(effects: dict, **fields) -> float:
    found = simulate(case(costs={"c": cost(400)}, effects=effects, **fields), draws=1 << 14)
    return found.net_present_value.probability_positive


def test_one_shared_number_moves_all_its_lines_together():
    normal = {"normal": {"mean": 1, "sd": 0.2}}
    shared = {f"e{i}": gain({"parameter": "x"}, 100) for i in range(5)}
    apart = {f"e{i}": gain(normal, 100) for i in range(5)}
    together = chance(shared, parameters={"x": {"value": normal}})
    assert together == pytest.approx(stats.norm.cdf(1.0), abs=0.003)
    # truncated at 0, which is 5 standard deviations away
    assert chance(apart) == pytest.approx(stats.norm.cdf(100 / (20 * math.sqrt(5))), abs=0.003)


def test_scenarios_and_alternatives_have_the_same_draws():
    changes = {"costs.c.amount": 90}
    found = CASE.model_copy(deep=True)
    tree = {"alternatives": {"cheap": {"changes": changes}}, "scenarios": {"bad": {"changes": {
        "effects.f.unit_value": 0}}}}  # fmt: skip
    found = Case.model_validate({**found.model_dump(exclude_defaults=True, by_alias=True), **tree})
    got = simulate(found, draws=4096)
    first = got.alternatives["cheap"].difference
    assert first.sd == pytest.approx(got.lines["c"].sd, rel=1e-9)
    assert first.mean == pytest.approx(got.lines["c"].mean - 90, rel=1e-9)
    bad = got.scenarios["bad"].difference
    assert bad.mean == pytest.approx(-got.lines["f"].mean, rel=1e-9)
    assert got.decisions["society"].options == (THE_CASE, "cheap", "nothing")


# --- what is given ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=[p.parent.name for p in EXAMPLES])
def test_every_example(path):
    found = load_case(path)
    got = simulate(found, draws=1024)
    assert list(got.actors) == list(found.actors)
    assert list(got.perspectives) == list(found.perspectives)
    assert set(got.inputs) == {one.path for one in got.evaluation.appraised.compiled.inputs}
    net = got.net_present_value
    assert net.p05 <= net.p50 <= net.p95
    domains = sum(summary.mean for summary in got.domains.values())
    assert domains == pytest.approx(net.mean, rel=1e-6, abs=1e-6)
    for path_, one in got.inputs.items():
        assert one.first_order <= one.total + 0.02, path_
    assert simulate(found, draws=1024).net_present_value == net
    if got.inputs:
        assert simulate(found, draws=1024, seed=2).net_present_value.mean != net.mean


def test_the_number_of_draws_is_rounded_up_to_eight():
    assert simulate(CASE, draws=1001).draws == 1008
    assert simulate(CASE, draws=1).draws == 8


@pytest.mark.parametrize("draws", [0, -1, 1 << 31])
def test_a_number_of_draws_that_cannot_be(draws):
    with pytest.raises(ValueError, match="number of draws"):
        simulate(CASE, draws=draws)


def test_a_method_that_is_not_there():
    with pytest.raises(ValueError, match="one of sobol, mc"):
        simulate(CASE, method="halton")


def test_doubts_about_a_single_number():
    skewed = case(
        costs={"c": cost({"lognormal": {"p05": 10, "p95": 1000}, "central": 5})},
        effects={"e": gain(1, 60)},
    )
    found = simulate(skewed)
    codes = {problem.code for problem in found.warnings}
    assert {"point-estimate-of-other-sign", "point-estimate-in-the-tail"} <= codes


def test_a_simulation_that_is_off_says_so(monkeypatch):
    assert "simulation-off" not in {problem.code for problem in simulate(CASE).warnings}
    real = simulation.exact_of

    def moved(made, weights):
        found = real(made, weights)
        return replace(found, mean=found.mean + 0.2 * found.sd)

    monkeypatch.setattr(simulation, "exact_of", moved)
    assert "simulation-off" in {problem.code for problem in simulate(CASE).warnings}


def test_draws_that_no_computer_can_hold_are_refused_in_words():
    wild = case(
        horizon=300,
        discount={"rate": {"normal": {"mean": 0.0, "sd": 0.5}}},
        costs={"c": cost(10, years=300)},
    )
    with pytest.raises(InvalidInput) as caught:
        simulate(wild, draws=1024)
    assert [problem.code for problem in caught.value.problems] == ["draws-not-finite"]
