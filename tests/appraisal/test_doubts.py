"""What an appraiser would raise, and where there is nothing to raise."""

from __future__ import annotations

import pytest
from tests.small import ACTORS, cost, gain, result

from impactmonitor.appraisal.doubts import DOUBTS
from impactmonitor.catalogue import load_catalogue

CATALOGUE = """
kind: values
defaults:
  currency: EUR
  price_year: 2025
  source: us
  verification: primary-table
  last_checked: "2026-11-21"
values:
  {entries}
"""
VALUE = "{{title: X, unit: piece, domain: social, falls_to: citizen, {rest}}}"
EDITION = "editions: [{edition: a, value: 10}]"
ENTRIES = {
    "whole-stay": f"composition: bundle, includes: [medical, production], {EDITION}",
    "whole-event": f"composition: bundle, includes: [production, material], {EDITION}",
    "whole-theft": f"composition: bundle, includes: [justice], {EDITION}",
    "consult": f"includes: [medical], {EDITION}",
    "day": f"includes: [medical], {EDITION}",
    "unstated": EDITION,
    "older": "editions: [{edition: b, value: 10}, {edition: a, value: 9, status: superseded}]",
    "hearsay": "editions: [{edition: a, value: 10, verification: secondary-source}]",
    "norm": "class: policy-reference, editions: [{edition: a, value: 10, price_year: null}]",
}
INDICATORS = """
kind: indicators
indicators:
  {entries}
"""
INDICATOR = (
    "{{title: X, measurement: quantitative, unit: piece, direction: increase, domain: social, "
    "horizon: short, measure: {measure}, counts_people: false, unit_value: {value}, origin: us}}"
)
OTHERS = "kind: sources\nsources: {us: {title: Our books}}\n"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogue")
    values = [f"{name}: {VALUE.format(rest=rest)}" for name, rest in ENTRIES.items()]
    measures = {"there": ("stock", "day"), "passing": ("flow", "day"), "seen": ("flow", "consult")}
    indicators = [
        f"{name}: {INDICATOR.format(measure=measure, value=value)}"
        for name, (measure, value) in measures.items()
    ]
    files = {
        "values": CATALOGUE.format(entries="\n  ".join(values)),
        "indicators": INDICATORS.format(entries="\n  ".join(indicators)),
        "sources": OTHERS,
    }
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_catalogue(folder)


CODES = {
    "possible-double-count",
    "superseded-value",
    "secondary-source",
    "policy-reference",
    "lasting-stock",
    "attribution-of-payers",
    "harms-in-ratio",
    "without-effect-on-transfer",
    "confirmed-by-no-bearer",
    "retention-without-effect",
    "transfer-without-flow",
    "all-beyond-horizon",
}


def raised(catalogue=None, **fields) -> list[tuple[str, str]]:
    """The doubts about a case, with their paths."""
    found = result(catalogue, **fields).warnings
    assert all(p.severity == "warning" for p in found)
    return [(p.code, p.path) for p in found if p.code in CODES]


def valued(name: str, **fields):
    return {"quantity": 1, "unit_value": name, "domain": "social", **fields}


def measured(name: str, **fields):
    return {"quantity": 1, "indicator": name, **fields}


def test_a_plain_case_raises_nothing():
    assert raised(costs={"work": cost()}, effects={"gain": gain()}) == []


def test_all_doubts_are_asked():
    assert len(DOUBTS) == len({doubt.__name__ for doubt in DOUBTS}) == 14


# --- double counts ------------------------------------------------------------------------------

TWICE = [("possible-double-count", "effects.two")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (measured("passing"), measured("passing")),  # the same indicator, whoever gains
        (measured("passing"), measured("passing", falls_to="city")),
        (measured("passing"), measured("passing", unit_value=4, falls_to="people")),
        (valued("consult"), valued("consult")),  # the same value
        (measured("seen"), valued("consult")),
        (valued("older"), valued("older-b")),  # the same value by another name
        (valued("whole-stay"), valued("consult")),  # a bundle and what is in it
        (valued("consult"), valued("whole-stay")),
        (valued("whole-stay"), valued("whole-event")),  # two bundles with something in common
    ],
)
def test_two_effects_that_may_count_the_same(catalogue, one, two):
    assert raised(catalogue, effects={"one": one, "two": two}) == TWICE


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (valued("consult"), valued("day")),  # two single items of one kind
        (measured("passing"), measured("there", unit_value=1, falls_to="people")),
        (gain(), gain()),  # of prices of its own the engine knows nothing
        (gain(), valued("whole-stay")),
        (valued("whole-theft"), valued("whole-stay")),  # bundles with nothing in common
        (valued("whole-stay"), valued("unstated")),  # it does not say what it includes
        (valued("consult"), valued("consult", falls_to="city")),  # another bearer
        (valued("consult"), valued("consult", falls_to={"city": 1, "people": 0})),
        (valued("consult"), valued("consult", taken_from="city")),  # a transfer is no benefit
        (measured("passing"), measured("passing", monetised=False)),
    ],
)
def test_two_effects_that_do_not(catalogue, one, two):
    assert raised(catalogue, effects={"one": one, "two": two}) == []


def test_a_double_count_names_the_other_effect_and_the_actors_of_both(catalogue):
    found = result(
        catalogue,
        effects={
            "one": valued("consult", falls_to={"people": 0.5, "city": 0.5}),
            "two": valued("consult", falls_to={"city": 0.5, "insurer": 0.5}),
        },
    )
    (problem,) = [p for p in found.warnings if p.code == "possible-double-count"]
    assert problem.params == {"other": "one", "actors": "city"}


def test_every_pair_is_looked_at(catalogue):
    effects = {name: valued("consult") for name in ("a", "b", "c")}
    found = result(catalogue, effects=effects)
    pairs = [
        (p.params["other"], p.path) for p in found.warnings if p.code == "possible-double-count"
    ]
    assert pairs == [("a", "effects.b"), ("a", "effects.c"), ("b", "effects.c")]


def test_an_overlap_group_answers_the_doubt(catalogue):
    effects = {"one": valued("consult"), "two": valued("consult"), "three": gain()}
    both = {"both": {"lines": ["one", "two"], "alpha": 0.5}}
    assert raised(catalogue, effects=effects, overlaps=both) == []
    other = {"other": {"lines": ["one", "three"], "alpha": 0.5}}
    assert raised(catalogue, effects=effects, overlaps=other) == TWICE
    apart = {"a": {"lines": ["one"], "alpha": 1}, "b": {"lines": ["two"], "alpha": 1}}
    assert raised(catalogue, effects=effects, overlaps=apart) == TWICE


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("older-a", "superseded-value"),
        ("hearsay", "secondary-source"),
        ("norm", "policy-reference"),
    ],
)
def test_values_to_look_at(catalogue, value, code):
    assert raised(catalogue, effects={"gain": valued(value)}) == [(code, "effects.gain.unit_value")]


def test_the_doubt_names_value_and_edition(catalogue):
    found = result(catalogue, effects={"gain": valued("older-a")}).warnings
    (problem,) = [p for p in found if p.code == "superseded-value"]
    assert problem.params == {"id": "older-a", "edition": "a"}


@pytest.mark.parametrize("value", ["older", "older-b", "consult"])
def test_values_that_are_sound(catalogue, value):
    assert raised(catalogue, effects={"gain": valued(value)}) == []


# --- stocks -------------------------------------------------------------------------------------


def test_a_stock_that_lasts_counts_again_every_year(catalogue):
    found = raised(catalogue, effects={"gain": measured("there", lasts=2)})
    assert found == [("lasting-stock", "effects.gain.lasts")]


@pytest.mark.parametrize(
    "effect", [measured("there"), measured("there", years=3), measured("passing", lasts=2)]
)
def test_a_stock_of_one_year_or_a_flow_that_lasts(catalogue, effect):
    assert raised(catalogue, effects={"gain": effect}) == []


# --- shared credit ------------------------------------------------------------------------------

SHARED = {"gain": gain(attribution_to_others=0.3), "own": gain()}


@pytest.mark.parametrize(
    "costs",
    [
        {"a": cost(paid_by="city"), "b": cost(paid_by="insurer")},
        {"a": cost(paid_by={"city": 0.9, "insurer": 0.1})},
    ],
)
def test_credit_to_others_while_several_pay(costs):
    found = result(costs=costs, effects=SHARED).warnings
    (problem,) = [p for p in found if p.code == "attribution-of-payers"]
    assert problem.path == "effects.gain.attribution_to_others"
    assert problem.params == {"actors": "city, insurer"}


@pytest.mark.parametrize(
    "costs",
    [{"a": cost(paid_by="city")}, {"a": cost(paid_by={"city": 1, "insurer": 0})}, {}],
)
def test_credit_to_others_while_one_pays(costs):
    assert raised(costs=costs, effects=SHARED) == []


# --- harms --------------------------------------------------------------------------------------


def test_harms_lower_the_benefits_of_a_ratio():
    effects = {"gain": gain(), "harm": gain(-1, 10), "other": gain(1, -20)}
    found = result(costs={"work": cost()}, effects=effects).warnings
    (problem,) = [p for p in found if p.code == "harms-in-ratio"]
    assert (problem.path, problem.params) == ("totals.benefit_cost_ratio", {"lines": "harm, other"})


@pytest.mark.parametrize(
    "effect",
    [
        gain(0),
        gain({"2025": -1, "2026": 2}),  # together a gain
        gain(-1, taken_from="city"),  # a transfer is in no ratio of society
        {"quantity": -1, "monetised": False, "domain": "social"},
    ],
)
def test_what_is_no_harm(effect):
    assert raised(costs={"work": cost()}, effects={"gain": effect}) == []


# --- fields without effect ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"), [("cashable", 0.5), ("confirmation", {"people": "open"})]
)
def test_fields_that_a_transfer_does_not_use(field, value):
    effect = gain(taken_from="city", **{field: value})
    expected = [("without-effect-on-transfer", f"effects.gain.{field}")]
    assert raised(effects={"gain": effect}) == expected
    assert raised(effects={"gain": gain(**{field: value})}) == []


def test_confirmed_by_somebody_who_does_not_gain():
    effect = gain(confirmation={"people": "confirmed", "city": "contested"})
    expected = [("confirmed-by-no-bearer", "effects.gain.confirmation.city")]
    assert raised(effects={"gain": effect}) == expected


def insurer_keeping(**retention):
    insurer = {**ACTORS["insurer"], "retention": {"rest_to": "people", **retention}}
    return {**ACTORS, "insurer": insurer}


def test_who_has_the_rest_may_confirm_an_effect():
    effect = gain(falls_to="insurer", confirmation={"people": "confirmed"})
    expected = [("confirmed-by-no-bearer", "effects.gain.confirmation.people")]
    assert raised(effects={"gain": effect}) == expected
    assert raised(effects={"gain": effect}, actors=insurer_keeping(share=0.4)) == []


@pytest.mark.parametrize(
    "fields",
    [{}, {"taken_from": "insurer"}, {"falls_to": "insurer", "taken_from": "city"},
     {"falls_to": {"people": 1.0, "insurer": 0.0}},
     {"falls_to": "insurer", "monetised": False}],
)  # fmt: skip
def test_keeping_a_part_of_nothing(fields):
    actors = insurer_keeping(share=0.4)
    expected = [("retention-without-effect", "actors.insurer.retention")]
    effects = {"gain": gain(**fields)}
    assert raised(effects=effects, actors=actors) == expected
    effects["more"] = gain(falls_to={"insurer": 0.5, "people": 0.5})
    assert raised(effects=effects, actors=actors) == []


def test_transfers_from_an_actor_to_itself():
    found = raised(
        effects={
            "idle": gain(taken_from="people"),
            "partly": gain(taken_from={"people": 0.5, "city": 0.5}),
        },
        transfers={
            "round": {"from": "city", "to": "city", "amount": 5},
            "on": {"from": "city", "to": "people", "amount": 5},
        },
    )
    assert found == [
        ("transfer-without-flow", "effects.idle"),
        ("transfer-without-flow", "transfers.round"),
    ]


# --- nothing within the horizon -----------------------------------------------------------------


def test_lines_of_which_nothing_counts():
    found = raised(
        horizon=3,
        costs={"late": cost(first_year=2028), "nothing": cost(0), "partly": cost(years=5)},
        effects={"later": gain(lag=3), "now": gain(), "none": gain(0, lag=3)},
    )
    assert found == [
        ("all-beyond-horizon", "costs.late"),
        ("all-beyond-horizon", "effects.later"),
    ]


def test_an_effect_of_unknown_size_raises_nothing(catalogue):
    effect = {"quantity": "unknown", "monetised": False, "indicator": "passing"}
    assert raised(catalogue, effects={"one": effect, "two": effect}) == []


def test_weights_by_income_where_nobody_has_one():
    def found(**fields):
        weighted = result(
            costs={"work": cost()}, distribution={"reference_income": 40_000}, **fields
        )
        return [p.path for p in weighted.warnings if p.code == "no-incomes"]

    assert found() == ["distribution"]
    assert found(actors={**ACTORS, "people": {"kind": "citizen", "income": 20_000}}) == []


def test_the_income_of_an_organisation_is_not_used():
    found = result(
        actors={**ACTORS, "city": {"kind": "municipality", "income": 20_000}},
        costs={"work": cost()},
        distribution={"reference_income": 40_000},
    )
    paths = [p.path for p in found.warnings if p.code == "income-not-used"]
    assert paths == ["actors.city.income"]
