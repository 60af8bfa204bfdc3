"""Every printed number of every example unfolds to a source or to an assumption of the case."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import HealthCheck, given, settings
from tests import small
from tests.strategies import cases

from impactmonitor import evaluate, load_case
from impactmonitor.model.case import Case
from impactmonitor.problems import NotFound
from impactmonitor.report.document import document
from impactmonitor.report.explanation import explain
from impactmonitor.report.printed import printed_paths
from impactmonitor.resources import folder

EXAMPLES = sorted(folder("examples").rglob("case.yaml"))


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda p: p.parent.name)
def evaluation(request):
    return evaluate(load_case(request.param))


def reach_origins(evaluation, paths, language):
    for path in paths:
        found = explain(evaluation, path, language)
        if not found.parts:
            # a number without parts is an input itself, or a sum to which no line contributes
            assert found.origin or found.inputs or found.value in (0, None), path
        for row in [*found.inputs, *(row for part in found.parts for row in part["inputs"])]:
            assert row["origin"].strip(), (path, row["path"])
        for part in found.parts:
            assert part["inputs"], (path, part["id"])
            assert "{" not in part["formula"], (path, part["id"])


def adds_up(evaluation, paths):
    for path in paths:
        found = explain(evaluation, path)
        if found.kind == "money" and found.parts and "equivalent" not in path:
            total = math.fsum(part["contribution"] or 0.0 for part in found.parts)
            size = math.fsum(abs(part["contribution"] or 0.0) for part in found.parts)
            assert total == pytest.approx(found.value or 0.0, rel=1e-9, abs=1e-9 * size), path


@pytest.mark.parametrize("language", ["en", "nl"])
def test_all_printed_numbers_reach_a_source_or_an_assumption(evaluation, language):
    paths = printed_paths(document(evaluation))
    assert len(paths) > 50
    reach_origins(evaluation, paths, language)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(cases())
def test_all_printed_numbers_of_any_case_reach_a_source_or_an_assumption(tree):
    evaluation = evaluate(Case.model_validate(tree))
    paths = printed_paths(document(evaluation))
    own = [f"parameters.{name}" for name in evaluation.case.parameters]
    chosen = [*paths[:: 1 + len(paths) // 120], *own]
    reach_origins(evaluation, chosen, "nl")
    adds_up(evaluation, chosen)


def test_contributions_of_the_lines_add_up_to_the_number(evaluation):
    adds_up(evaluation, printed_paths(document(evaluation)))


def test_value_is_the_one_in_the_document(evaluation):
    tree = document(evaluation)
    assert explain(evaluation, "totals.costs").value == tree["totals"]["costs"]
    actor = next(iter(tree["actors"]))
    assert explain(evaluation, f"actors.{actor}.net").value == tree["actors"][actor]["net"]


def test_unknown_number_is_not_found_with_the_nearest_name(evaluation):
    with pytest.raises(NotFound) as caught:
        explain(evaluation, "totals.net_present_valeu")
    assert caught.value.problem.params["nearest"] == "totals.net_present_value"


@pytest.mark.parametrize(
    "path",
    [
        "lines.nope", "lines.gain.foo", "lines.gain.present_value.foo", "lines.gain.quantity.1999",
        "title.nl", "costs.work.amount.foo", "perspectives.both.0", "actors.city", "totals",
        "totals.costs.foo", "totals.internal_rate_of_return.roots.9", "years.2025.foo",
        "years.2025.actors.nobody.net", "years.2025.actors.city", "scenarios.nope.totals.costs",
        "scenarios.bad", "unmonetised.gain.quantity", "values.nope", "parameters.nope", "", ".",
    ],
)  # fmt: skip
def test_a_place_without_a_number_is_not_found(path):
    found = small.result(
        costs={"work": small.cost(10)},
        effects={"gain": small.gain()},
        perspectives={"both": ["city", "people"]},
        scenarios={"bad": {"changes": {"costs.work.amount": 20}}},
    )
    with pytest.raises(NotFound):
        explain(found, path)


def rows_of(found):
    return {row["path"]: row for part in found.parts for row in part["inputs"]}


def test_uncertain_numbers_that_no_line_needs_are_explained_too():
    spread = {"uniform": [-0.5, 0.5]}
    found = small.result(
        costs={"work": small.cost(10)},
        effects={
            "benefit": small.gain(taken_from="city", cashable=spread),
            "counted": small.gain(unit_value={"uniform": [1, 3]}, monetised=False),
        },
        parameters={"unused": {"value": {"pert": [1, 2, 3]}}},
        inflation={"uniform": [0.01, 0.03]},
    )
    values = {
        "effects.benefit.cashable": 0.25,  # cut off at 0
        "effects.counted.unit_value": 2.0,
        "parameters.unused": 2.0,
        "inflation": 0.02,
    }
    for path, value in values.items():
        assert explain(found, path).value == pytest.approx(value)


def variants():
    source = {"study": {"title": "The study"}}
    effect = small.gain(quantity={"parameter": "reached"}, unit_value="gp-consult", source="study")
    del effect["domain"]
    return small.result(
        sources=source,
        costs={"work": small.cost(10, source="study")},
        parameters={"reached": {"value": 3, "source": "study"}},
        effects={"visits": {**effect, "domain": "societal"}},
        scenarios={
            "price": {"changes": {"values.gp-consult": 99}},
            "reach": {"changes": {"parameters.reached.value": 5}},
            "size": {"changes": {"effects.visits.quantity": 7}},
            "whole": {"changes": {"costs.work": small.cost(20, source="study")}},
        },
        alternatives={"dear": {"changes": {"costs.work.amount": 30}}},
    )


@pytest.mark.parametrize(
    ("path", "row", "value", "says"),
    [
        ("scenarios.price.totals.benefits", "values.gp-consult", 99, "set by the scenario price"),
        ("scenarios.reach.totals.benefits", "effects.visits.quantity", 5, "the scenario reach"),
        ("scenarios.size.totals.benefits", "effects.visits.quantity", 7, "the scenario size"),
        ("alternatives.dear.totals.costs", "costs.work.amount", 30, "by the alternative dear"),
    ],
)
def test_a_figure_of_a_variant_is_set_by_that_variant(path, row, value, says):
    found = rows_of(explain(variants(), path))[row]
    assert found["value"] == value
    assert says in found["origin"]
    assert "study" not in found["origin"]
    assert "Zorginstituut" not in found["origin"]


def test_a_variant_that_gives_its_own_source_is_cited():
    found = rows_of(explain(variants(), "scenarios.whole.totals.costs"))["costs.work.amount"]
    assert found["origin"] == "set by the scenario whole: The study"


def test_what_a_variant_leaves_alone_keeps_its_source():
    found = rows_of(explain(variants(), "scenarios.price.totals.costs"))["costs.work.amount"]
    assert found["origin"] == "The study"


def test_a_run_under_a_scenario_says_so_too():
    base = variants().case
    found = rows_of(explain(evaluate(base, scenario="reach"), "totals.benefits"))
    assert "set by the scenario reach" in found["effects.visits.quantity"]["origin"]


def test_conversion_overlap_and_price_path_are_among_the_inputs():
    found = small.result(
        effects={
            "one": small.gain(real_price_change=0.01, real_price_from=2020),
            "other": small.gain(unit_value=50, growth=0.1, years=2),
        },
        overlaps={"both": {"lines": ["one", "other"], "alpha": 0.5}},
    )
    rows = rows_of(explain(found, "lines.one"))
    before = 100 * 1.01**5
    assert rows["overlaps.both.scale"]["value"] == pytest.approx(
        explain(found, "lines.one").value / before
    )
    assert rows["effects.one.real_price_from"]["value"] == 2020
    assert rows_of(explain(found, "lines.other"))["effects.other.first_year"]["value"] == 2025
    assert "overlap scale" in explain(found, "lines.one").parts[0]["formula"]


def test_what_actors_keep_is_among_the_inputs_of_what_falls_to_them():
    retention = {"share": 0.4, "yearly_leaving": 0.1, "rest_to": "people"}
    actors = {**small.ACTORS, "insurer": {**small.ACTORS["insurer"], "retention": retention}}
    effects = {"gain": small.gain(falls_to="insurer", lasts=2), "other": small.gain()}
    found = small.result(actors=actors, effects=effects)
    for actor, amount in (("insurer", 76), ("people", 224)):
        explained = explain(found, f"actors.{actor}.benefits")
        assert explained.value == pytest.approx(amount)
        assert sum(part["contribution"] for part in explained.parts) == pytest.approx(amount)
        rows = rows_of(explained)
        kept = {path: row["value"] for path, row in rows.items() if "retention" in path}
        assert kept == {f"actors.insurer.retention.{field}": v for field, v in retention.items()}
    taken = small.result(
        actors=actors, effects={"gain": small.gain(falls_to="insurer", taken_from="city")}
    )
    assert not [p for p in rows_of(explain(taken, "actors.insurer.net")) if "retention" in p]


def test_excess_burden_lists_only_costs_that_the_taxed_actors_bear_in_cash():
    found = small.result(
        costs={
            "taxed": small.cost(100),
            "private": {"amount": 50, "paid_by": "insurer"},
            "work": small.cost(10, in_kind=True),
        },
        excess_burden={"rate": 0.2, "actors": ["city"], "borne_by": "people"},
    )
    rows = rows_of(explain(found, "lines.excess-burden"))
    assert {path.split(".")[1] for path in rows if path.startswith("costs.")} == {"taxed"}
    assert {"excess_burden.rate", "excess_burden.actors", "excess_burden.borne_by.people"} <= {
        *rows
    }


def test_rates_of_return_and_annuities_can_be_redone_from_the_parts():
    found = small.result(
        discount={"rate": 0.05},
        costs={"work": small.cost(100)},
        effects={"gain": small.gain(first_year=2027, unit_value=121)},
    )
    rate = explain(found, "totals.internal_rate_of_return")
    assert [part["contribution"] for part in rate.parts] == [-100, 121]
    assert rate.parts[1]["by_year"] == {2027: 121}
    assert rate.value["value"] == pytest.approx(0.1)
    payback = explain(found, "totals.payback_year_discounted")
    assert payback.parts[1]["contribution"] == pytest.approx(121 / 1.05**2)
    annual = explain(found, "totals.equivalent_annual_value")
    net = math.fsum(part["contribution"] for part in annual.parts)
    assert net / annual.inputs[0]["value"] == pytest.approx(annual.value)
    ratio = explain(found, "totals.benefit_cost_ratio")
    sides = {part["counts_as"]: part["contribution"] for part in ratio.parts}
    assert sides["benefit"] / sides["cost"] == pytest.approx(ratio.value)


def test_steps_of_a_schedule_have_periods_and_later_ones_are_left_out():
    def periods(horizon):
        found = small.result(
            horizon=horizon, discount={"scheme": "uk-green-book"}, costs={"work": small.cost(100)}
        )
        rows = explain(found, "lines.work").parts[0]["inputs"]
        return [row["origin"] for row in rows if row["path"].startswith("schemes.")]

    assert len(periods(10)) == 1
    assert "to year 30" in periods(10)[0]
    assert len(periods(40)) == 2


def test_the_most_likely_result_rests_on_modes():
    found = small.result(costs={"work": small.cost({"triangular": [0, 30, 60]})},
                         effects={"gain": small.gain({"triangular": [0, 1, 5]})})  # fmt: skip
    row = rows_of(explain(found, "totals.most_likely_net_present_value"))["effects.gain.quantity"]
    assert row["value"] == 1
    assert row["origin"].endswith("most likely value of triangular [0, 1, 5]")


def test_explaining_one_number_takes_no_time(evaluation):
    def seconds():
        start = time.perf_counter()
        explain(evaluation, "totals.net_present_value", "nl")
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 0.2
