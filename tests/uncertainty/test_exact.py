"""Exact means, spreads and Sobol' indices: by hand, by enumeration, and against draws."""

from __future__ import annotations

import math
import tracemalloc
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from scipy import integrate, stats
from tests.appraisal.test_present import SPECIAL
from tests.appraisal.test_program import CATALOGUE
from tests.small import case, cost, gain
from tests.strategies import cases
from tests.uncertainty.test_models import model

from impactmonitor.catalogue.resolve import resolve
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.uncertainty.exact import exact_of

PERT = {"pert": [10, 20, 60]}
UNIFORM = {"uniform": [0.05, 0.2]}


def normal(mean, sd):
    return {"normal": {"mean": mean, "sd": sd}}


def made(**fields):
    return model(case(**{"horizon": 9, **fields}))


def exact(**fields):
    one = made(**fields)
    return exact_of(one, one.net[-1])


# --- By hand ----------------------------------------------------------------------------------


def test_a_product_of_normal_numbers():
    found = exact(effects={"e": gain(normal(30, 2), normal(50, 5))})
    variance = 30**2 * 5**2 + 50**2 * 2**2 + 2**2 * 5**2
    assert found.mean == pytest.approx(1500, rel=1e-12)
    assert found.sd == pytest.approx(math.sqrt(variance), rel=1e-10)
    first = {"effects.e.quantity": 50**2 * 2**2, "effects.e.unit_value": 30**2 * 5**2}
    for path, alone in first.items():
        assert found.first_order[path] == pytest.approx(alone / variance, rel=1e-9)
        assert found.total[path] == pytest.approx((alone + 100) / variance, rel=1e-9)


def test_numbers_that_are_zero_on_average_only_count_together():
    found = exact(effects={"e": gain(normal(0, 2), normal(0, 5)), "f": gain(3)})
    assert (found.mean, found.sd) == (pytest.approx(300), pytest.approx(10))
    assert list(found.first_order.values()) == pytest.approx([0, 0], abs=1e-15)
    assert list(found.total.values()) == pytest.approx([1, 1])


def test_one_lognormal_number_in_two_places_is_squared():
    sd = 0.8
    value = {"lognormal": {"median": 2, "p95": 2 * math.exp(sd * stats.norm.ppf(0.95))}}
    same = {"parameter": "p"}
    found = exact(parameters={"p": {"value": value}}, effects={"e": gain(same, same)})
    mean = 4 * math.exp(2 * sd**2)
    assert found.mean == pytest.approx(mean, rel=1e-10)
    assert found.sd == pytest.approx(mean * math.sqrt(math.exp(4 * sd**2) - 1), rel=1e-10)
    assert found.first_order == {"parameters.p": pytest.approx(1)}
    assert found.total == {"parameters.p": pytest.approx(1)}


@pytest.mark.parametrize(("is_shared", "chance"), [(True, 0.84), (False, 0.99)])
def test_one_shared_parameter_moves_all_its_lines_together(is_shared, chance):
    number = {"parameter": "x"} if is_shared else normal(1, 0.2)
    found = exact(
        parameters={"x": {"value": normal(1, 0.2)}} if is_shared else {},
        costs={"c": cost(400)},
        effects={f"e{i}": gain(number) for i in range(5)},
    )
    assert found.mean == pytest.approx(100)
    assert found.sd == pytest.approx(100 if is_shared else 20 * math.sqrt(5), rel=1e-6)
    assert stats.norm.cdf(found.mean / found.sd) == pytest.approx(chance, abs=0.005)


def test_a_small_spread_around_a_large_number_is_not_lost():
    found = exact(effects={"e": gain(normal(1e6, 1e-3), normal(1e6, 1e-3))})
    assert found.sd == pytest.approx(1e3 * math.sqrt(2), rel=1e-6)


def test_an_uncertain_rate():
    found = exact(discount={"rate": normal(0.03, 0.01)}, effects={"e": gain(2, years=5)})

    def present(z):
        return 200 * sum((1.03 + 0.01 * z) ** -year for year in range(5))

    def moment(power):
        return integrate.quad(lambda z: present(z) ** power * stats.norm.pdf(z), -9, 9)[0]

    mean, square = moment(1), moment(2)
    assert found.mean == pytest.approx(mean, rel=1e-10)
    assert found.sd == pytest.approx(math.sqrt(square - mean**2), rel=1e-6)


def test_a_burden_shares_the_cost_that_it_is_raised_on():
    found = exact(
        costs={"c": cost({"uniform": [0, 12]})},
        excess_burden={"rate": {"uniform": [0, 1]}, "actors": ["city"], "borne_by": "city"},
    )
    rate = 1 + np.array([0.5, 0.5**2 + 1 / 12 - 0.25])  # mean of 1 + rate
    square = (6**2 + 12) * (rate[0] ** 2 + 1 / 12)
    assert found.mean == pytest.approx(-9)
    assert found.sd == pytest.approx(math.sqrt(square - 81))


# --- By enumeration ---------------------------------------------------------------------------


def discretised(tree, start=None):
    """The same with two or three possible values for every uncertain number."""
    if not isinstance(tree, dict):
        return tree
    forms = {"pert", "uniform", "normal"}
    if forms & tree.keys():
        if "normal" in tree:
            low, high = 0.02, 0.05
        else:
            low, *_, high = next(iter(tree.values()))
        values = [low, (low + high) / 2, high] if "pert" in tree else [low, high]
        shares = [0.5, 0.2, 0.3] if "pert" in tree else [0.25, 0.75]
        return {"discrete": {"values": values, "probabilities": shares}}
    return {key: discretised(value) for key, value in tree.items()}


def enumerated(one):
    """Mean, sd and indices from all combinations of the values of discrete inputs."""
    tables = [v.distribution.discrete for v in one.variables]
    values = np.array(list(product(*(t.values for t in tables)))).T
    chances = np.array(list(product(*(t.probabilities for t in tables)))).prod(axis=1)
    net = one.outcome(values).net[-1]
    mean = chances @ net
    variance = chances @ (net - mean) ** 2

    def explained(rows):
        groups = np.unique(values[rows], axis=1, return_inverse=True)[1].ravel()
        weight = np.bincount(groups, chances)
        return weight @ (np.bincount(groups, chances * net) / weight - mean) ** 2 / variance

    inputs = range(len(tables))
    first = [explained([k]) for k in inputs]
    total = [1 - explained([j for j in inputs if j != k]) for k in inputs]
    return mean, math.sqrt(variance), first, total


ALSO = {
    "shared by costs and gains": {
        "parameters": {"p": {"value": PERT}, "q": {"value": UNIFORM}},
        "costs": {"c": cost({"parameter": "p"}, years=2)},
        "effects": {
            "e": gain(2, {"parameter": "p"}, deadweight={"parameter": "q"}),
            "f": gain({"parameter": "p"}, {"parameter": "p"}, lasts=3),
        },
    },
    "shared drop-off": {
        "parameters": {"q": {"value": UNIFORM}},
        "effects": {
            "e": gain(PERT, lasts=8, drop_off={"parameter": "q"}),
            "f": gain(PERT, -90, lasts=5, drop_off={"parameter": "q"}),
        },
    },
    "many functions of the first input, one of the last": {
        "parameters": {"q": {"value": UNIFORM}},
        "costs": {"c": cost({"parameter": "q"})},
        "effects": {
            f"e{i}": gain(3 if i else PERT, lasts=2 + i, drop_off={"parameter": "q"})
            for i in range(6)
        },
    },
    "rate alone": {
        "discount": {"rate": normal(0.03, 0.01)},
        "effects": {"e": gain(PERT, lasts=8), "f": gain(2, PERT, years=3)},
        "costs": {"c": cost(PERT)},
    },
}


@pytest.mark.parametrize("name", sorted(SPECIAL | ALSO))
def test_all_combinations_of_discrete_inputs(name):
    one = made(**discretised((SPECIAL | ALSO)[name]))
    found = exact_of(one, one.net[-1])
    mean, sd, first, total = enumerated(one)
    assert found.mean == pytest.approx(mean, rel=1e-9)
    assert found.sd == pytest.approx(sd, rel=1e-8)
    assert list(found.first_order.values()) == pytest.approx(first, abs=1e-8)
    assert list(found.total.values()) == pytest.approx(total, abs=1e-8)
    assert list(found.total) == [v.path for v in one.compiled.inputs]


def tangled(seed):
    """Effects that share parameters at random, each in any of four places."""
    rng = np.random.default_rng(seed)

    def number(otherwise):
        return {"parameter": f"p{rng.integers(5)}"} if rng.random() < 0.4 else otherwise

    low, high = rng.uniform(0.05, 0.4, 5), rng.uniform(0.5, 0.9, 5)
    return {
        "parameters": {f"p{i}": {"value": {"uniform": [low[i], high[i]]}} for i in range(5)},
        "effects": {
            f"e{i}": gain(number(3), number(rng.choice([-50.0, 80.0]).item()), years=2,
                          lasts=int(rng.integers(2, 9)), drop_off=number(0.1),
                          deadweight=number({"uniform": [0.1, 0.3]} if i == 5 else 0.2))
            for i in range(6)
        },
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_all_combinations_of_parameters_shared_at_random(seed):
    one = made(**discretised(tangled(seed)))
    found = exact_of(one, one.net[-1])
    mean, sd, first, total = enumerated(one)
    assert found.mean == pytest.approx(mean, rel=1e-9)
    assert found.sd == pytest.approx(sd, rel=1e-8)
    assert list(found.first_order.values()) == pytest.approx(first, abs=1e-8)
    assert list(found.total.values()) == pytest.approx(total, abs=1e-8)


# --- Against draws ----------------------------------------------------------------------------

MIXED = {
    "parameters": {"p": {"value": {"beta": {"mean": 0.3, "sd": 0.2}}}},
    "costs": {"c": cost({"triangular": [500, 900, 2000]}, years=3)},
    "effects": {
        "e": gain(PERT, {"lognormal": {"p05": 20, "p95": 200}}, deadweight={"parameter": "p"}),
        "f": gain(normal(5, 3), 80, lasts=6, drop_off=UNIFORM, deadweight={"parameter": "p"}),
        "g": gain({"interval": {"low": 1, "high": 9}}, 10,
                  deadweight={"counts": {"events": 4, "n": 9}}),
        "h": gain({"discrete": {"values": [0, 9], "probabilities": [0.4, 0.6]}}, -20),
    },
}  # fmt: skip
SEEDS, DRAWS = 60, 4096


def scores(one, mean, sd):
    """How many standard errors means and variances of plain draws lie from what they should be."""
    found = []
    for seed in range(SEEDS):
        net = one.outcome(one.draws(seed, DRAWS, "mc").at(0, DRAWS)).net[-1]
        squares = (net - mean) ** 2
        found.append([(part.mean() - wanted) / part.std() * math.sqrt(DRAWS)
                      for part, wanted in ((net, mean), (squares, sd**2))])  # fmt: skip
    return np.array(found).T


def pooled(z):
    """A standard normal number, if every score is one."""
    return abs(z.sum()) / math.sqrt(len(z))


@pytest.mark.parametrize("name", sorted(SPECIAL | ALSO | {"mixed": MIXED}))
def test_means_and_spreads_of_draws_agree_over_many_seeds(name):
    one = made(**(SPECIAL | ALSO | {"mixed": MIXED})[name])
    found = exact_of(one, one.net[-1])
    of_mean, of_variance = scores(one, found.mean, found.sd)
    assert pooled(of_mean) < 4
    assert pooled(of_variance) < 4.5  # squares have a tail
    assert 0.7 < of_mean.std() < 1.35


def test_the_same_test_sees_a_planted_error_of_one_percent():
    one = made(**MIXED)
    found = exact_of(one, one.net[-1])
    assert pooled(scores(one, found.mean + 0.02 * found.sd, found.sd)[0]) > 4
    assert pooled(scores(one, found.mean, 1.01 * found.sd)[1]) > 4
    simple = made(costs={"c": cost(PERT, years=4)})
    found = exact_of(simple, simple.net[-1])
    assert pooled(scores(simple, 1.01 * found.mean, found.sd)[0]) > 4
    assert pooled(scores(simple, found.mean, found.sd)[0]) < 4


# --- What cannot be worked out, and what does not vary ----------------------------------------

ONE_EFFECT = {"e": gain(PERT, 10), "f": gain(PERT, 12)}


@pytest.mark.parametrize(
    "fields",
    [
        {"effects": ONE_EFFECT, "overlaps": {"o": {"lines": ["e", "f"], "alpha": 0.5}}},
        {"effects": ONE_EFFECT,
         "correlations": [["effects.e.quantity", "effects.f.quantity", 0.5]]},
        {"discount": {"rate": UNIFORM}, "effects": {
            "e": gain(3, 4, lasts=8, drop_off=UNIFORM, growth=UNIFORM, years=3)}},
    ],
    ids=["overlap", "correlated", "three inputs in the same years"],
)  # fmt: skip
def test_what_the_structure_does_not_allow_is_left_to_draws(fields):
    assert exact(**fields) is None


def test_an_expected_value_that_does_not_exist_is_left_to_draws():
    rate = normal(0.03, 0.3)  # cut off at -1, near which a century is worth anything
    assert exact(discount={"rate": rate}, effects={"e": gain(PERT, years=9)}) is None


def test_lines_without_weight_play_no_part():
    moving = {"drop_off": UNIFORM, "growth": UNIFORM}
    fields = {
        "discount": {"rate": UNIFORM},
        "costs": {"c": cost(PERT)},
        "effects": {"e": gain(3, 4, lasts=8, years=3, **moving)},
    }
    one = made(**fields)
    assert exact_of(one, one.net[-1]) is None
    city = one.net[one.compiled.parties.index("city")]
    found = exact_of(one, city)
    assert found.mean == pytest.approx(-25)
    assert found.first_order["costs.c.amount"] == pytest.approx(1)
    assert found.total["discount.rate"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    "fields",
    [
        {"effects": {"e": gain(3)}},
        {"effects": {"e": gain({"uniform": [3, 3]}, {"normal": {"mean": 100, "sd": 0}})}},
        {"effects": {"e": gain(3, deadweight={"beta": {"mean": 0, "sd": 0}}, lasts=1,
                               drop_off=UNIFORM)}},
    ],
    ids=["no inputs", "no spread", "no part"],
)  # fmt: skip
def test_what_does_not_vary_has_no_indices(fields):
    found = exact(**fields)
    assert (found.mean, found.sd) == (pytest.approx(300, rel=1e-15), 0.0)
    assert (found.first_order, found.total) == ({}, {})


def test_a_number_that_is_paid_and_received_does_not_vary():
    both = {"parameter": "p"}
    found = exact(
        parameters={"p": {"value": PERT}},
        costs={"c": cost(both)},
        effects={"e": gain(0.1, both), "f": gain(0.9, both)},
    )
    assert (found.mean, found.sd) == (pytest.approx(0, abs=1e-13), 0.0)


def test_many_terms_that_all_share_an_input_do_not_fill_the_memory():
    effects = {f"e{i}": gain(PERT, lasts=1 + i % 9) for i in range(200)}
    effects |= {f"f{i}": gain(i, lasts=9) for i in range(100)}
    one = made(discount={"rate": normal(0.03, 0.005)}, effects=effects)
    tracemalloc.start()
    found = exact_of(one, one.net[-1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.first_order) == 201
    assert peak < 30e6


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=cases())
def test_of_any_case_the_indices_are_shares(tree):
    whole = Case.model_validate(tree)
    if resolve(whole, CATALOGUE)[0] is None:
        return
    try:
        one = model(whole)
    except InvalidInput:
        return
    found = exact_of(one, one.net[-1])
    if found is None or not found.sd:
        return
    first, total = (np.array([*d.values()]) for d in (found.first_order, found.total))
    assert (first >= 0).all()
    assert (first <= total + 1e-7).all()
    assert first.sum() <= 1 + 1e-6
    assert total.sum() >= 1 - 1e-6
