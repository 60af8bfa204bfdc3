"""Cases with the payments of shared costs: evaluating them gives each actor its share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small import case as small_case
from tests.small import cost, gain

from impactmonitor import evaluate, load_case
from impactmonitor.financing.shared_case import with_shares
from impactmonitor.financing.shared_costs import share_costs
from impactmonitor.intake import to_json, to_yaml
from impactmonitor.intake.reading import checked, read_case
from impactmonitor.model.record import Translated
from impactmonitor.problems import InvalidInput
from impactmonitor.resources import folder

EXAMPLES = sorted(file.parent.name for file in folder("examples").glob("*/case.yaml"))
EXAMPLES.remove("perry-age-27")


def changes(case, made, scenario=None):
    """By how much each actor is better off, and society."""
    before, after = evaluate(case, scenario=scenario), evaluate(made, scenario=scenario)
    by_actor = {name: after.by_actor[name].net - p.net for name, p in before.by_actor.items()}
    society = after.amount("net_present_value") - before.amount("net_present_value")
    return by_actor, society


def test_where_nobody_may_be_asked_there_is_nothing_to_share():
    """Perry Preschool knows the participants and society only."""
    with pytest.raises(InvalidInput, match="nobody to share"):
        share_costs(evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml")))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_other_example_can_be_shared(name):
    case = load_case(folder("examples") / name / "case.yaml")
    shared = share_costs(evaluate(case))
    for key, settlement in shared.settlements.items():
        by_actor, society = changes(case, with_shares(case, shared, key))
        assert by_actor == pytest.approx(
            dict(settlement.transfers), rel=1e-9, abs=1e-9 * shared.total
        )
        assert society == pytest.approx(0, abs=1e-9 * shared.total)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.integers(0, 1000), min_size=3, max_size=3),
    st.integers(1, 40),
    st.floats(0, 0.2),
    st.sampled_from(["start_of_year", "mid_year", "end_of_year"]),
)
def test_costs_minus_share_at_any_horizon_rate_and_timing(amounts, horizon, rate, timing):
    paid = dict(zip(("city", "insurer", "people"), amounts, strict=True))
    case = small_case(
        horizon=horizon,
        discount={"rate": rate, "timing": timing},
        costs={name: cost(amount, paid_by=name) for name, amount in paid.items()},
        effects={"gain": gain(1, 500, falls_to="insurer")},
    )
    shared = share_costs(evaluate(case), keys=["equal"])
    by_actor, society = changes(case, with_shares(case, shared, "equal"))
    factor = (1 + rate) ** -{"start_of_year": 0, "mid_year": 0.5, "end_of_year": 1}[timing]
    share = factor * sum(amounts) / len(shared.players)  # of the people nothing is asked
    wanted = {
        name: factor * amount - share * (name in shared.players) for name, amount in paid.items()
    }
    assert set(shared.players) == {"insurer", *(["city"] if paid["city"] else [])}
    assert by_actor == pytest.approx(wanted, rel=1e-9, abs=1e-9 * (1 + shared.total))
    assert society == pytest.approx(0, abs=1e-9 * (1 + shared.total))


def shared_small(**fields):
    lines = {"costs": {"work": cost(400)}, "effects": {"gain": gain(falls_to="insurer")}, **fields}
    case = small_case(**lines)
    return case, with_shares(case, share_costs(evaluate(case)), "equal")


def test_the_lines_that_are_written():
    case, made = shared_small(base_year=2027)
    assert case.transfers == {}
    (line,) = made.transfers.values()
    assert list(made.transfers) == ["share-insurer-city"]
    assert (line.from_, line.to, line.amount) == ("insurer", "city", pytest.approx(40))
    assert (line.first_year, line.years, line.growth, line.in_kind) == (2027, 5, 0, False)
    assert line.title == Translated(
        nl="Aandeel in gezamenlijke kosten: Insurer aan City",
        en="Share of joint costs: Insurer to City",
    )
    assert "equal shares" in line.note.en
    assert "gelijke delen" in line.note.nl


def test_a_name_that_is_taken_gets_a_number():
    taken = {"share-insurer-city": {"from": "city", "to": "people", "amount": 1}}
    costs = {"work": cost(400), "share-insurer-city-2": cost(0)}
    _, made = shared_small(transfers=taken, costs=costs)
    assert list(made.transfers) == ["share-insurer-city", "share-insurer-city-3"]


def test_a_long_name_is_cut():
    long = "insurer-" + "x" * 50
    actors = {"city": {"kind": "municipality"}, long: {"kind": "health-insurer"}}
    _, made = shared_small(actors=actors, effects={"gain": gain(falls_to=long)})
    (name,) = made.transfers
    assert len(name) <= 60
    assert evaluate(made).by_actor["city"].transfers == pytest.approx(200)


def test_what_is_written_reads_back_the_same():
    _, made = shared_small()
    for text, ending in ((to_yaml(made), ".yaml"), (to_json(made), ".json")):
        assert checked(read_case(text.encode(), ending)) == made


def test_nothing_to_pay_leaves_the_case_as_it_is():
    both = {"a": cost(100, paid_by="city"), "b": cost(100, paid_by="insurer")}
    case, made = shared_small(costs=both)
    assert made == case
    assert made.model_dump(exclude_unset=True) == case.model_dump(exclude_unset=True)


def test_under_a_scenario_the_payments_are_those_of_the_scenario():
    case = small_case(
        discount={"rate": 0.04},
        costs={"work": cost(400)},
        effects={"gain": gain(falls_to="insurer")},
        scenarios={"dear": {"changes": {"costs.work.amount": 900, "discount.rate": 0.08}}},
    )
    shared = share_costs(evaluate(case, scenario="dear"), keys=["equal"])
    made = with_shares(case, shared, "equal")
    by_actor, society = changes(case, made, "dear")
    assert by_actor == pytest.approx({"city": 450, "insurer": -450, "people": 0})
    assert society == pytest.approx(0, abs=1e-9)
    assert made.scenarios == case.scenarios


def test_a_key_of_which_something_is_missing_has_nothing_to_write():
    case = small_case(costs={"work": cost(400)}, effects={"gain": gain(falls_to="insurer")})
    with pytest.raises(KeyError):
        with_shares(case, share_costs(evaluate(case)), "shapley")
