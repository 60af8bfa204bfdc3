"""The examples load, say where every figure comes from, and show what they claim."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from impactmonitor import Case, Evaluation, evaluate, load_case, load_catalogue
from impactmonitor.model.changes import plain
from impactmonitor.resources import folder

EXAMPLES = folder("examples")
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/case.yaml"))

TEXTS = frozenset({"title", "summary", "note", "counterfactual", "area"}) | {
    "null_alternative",
    "left_out",
}

ACCEPTED = {
    "perry-age-27": {"harms-in-ratio", "no-time-spread", "no-modified-rate", "no-costs"},
    "fall-prevention-65plus": {
        "scheme-verification",
        "no-payback",
        "no-costs",
    },
    "neighbourhood-prevention": {
        "scheme-verification",
        "secondary-source",
        "attribution-of-payers",
        "possible-double-count",
        "no-payback",
        "no-costs",
        "no-sign-change",
        "no-modified-rate",
        "policy-reference",
    },
    "greening-roofs-gardens": {
        "scheme-verification",
        "secondary-source",
        "no-sign-change",
        "no-modified-rate",
        "no-payback",
        "no-costs",
    },
    "warm-homes": {
        "scheme-verification",
        "secondary-source",
        "card-scenario-only",
        "card-stated",
        "possible-double-count",
        "harms-in-ratio",
        "no-sign-change",
        "no-modified-rate",
        "no-payback",
        "no-costs",
    },
    "walls-used-again": {
        "scheme-verification",
        "secondary-source",
        "no-payback",
        "no-costs",
    },
    "exercise-classes-measured": {
        "scheme-superseded",
        "no-sign-change",
        "no-modified-rate",
        "no-payback",
        "no-costs",
    },
    "early-debt-help-measured": {"scheme-superseded", "no-sign-change", "no-costs"},
}
"""The warnings of each example; the README of the examples says why they are accepted."""

every_example = pytest.mark.parametrize("name", NAMES)


@cache
def case_of(name: str) -> Case:
    return load_case(EXAMPLES / name / "case.yaml")


@cache
def result_of(name: str) -> Evaluation:
    return evaluate(case_of(name))


def lines_of(case: Case) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line of a case and of the transfers that its alternatives bring, as plain values."""
    tree = plain(case)
    for kind in ("costs", "effects", "transfers"):
        yield from tree.get(kind, {}).items()
    for variant in tree.get("alternatives", {}).values():
        yield from (variant["changes"].get("transfers") or {}).items()


# ------------------------------------------------------------------------------- every example


def test_every_example_has_its_warnings_here() -> None:
    assert set(NAMES) == set(ACCEPTED)


@every_example
def test_an_example_evaluates_and_passes_all_checks(name: str) -> None:
    result = result_of(name)
    assert result.case.id == name
    assert all(check.passed for check in result.checks)
    assert set(result.scenarios) == set(result.case.scenarios)
    assert set(result.alternatives) == set(result.case.alternatives)


@every_example
def test_the_warnings_of_an_example_are_those_it_accepts(name: str) -> None:
    assert {problem.code for problem in result_of(name).warnings} == ACCEPTED[name]


@every_example
def test_every_text_is_there_in_dutch_and_in_english(name: str) -> None:
    texts = list(texts_in(plain(case_of(name))))
    assert len(texts) > 10
    for path, text in texts:
        assert isinstance(text, dict), f"{path} is in one language only"
        assert text.get("nl", "").strip(), f"{path} lacks Dutch"
        assert text.get("en", "").strip(), f"{path} lacks English"


def texts_in(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every text that people read; a publication's own title is in the language it was given."""
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        here = f"{path}.{key}" if path else key
        own_title = path.startswith("sources.") and isinstance(value, str)
        if key in TEXTS and not own_title:
            yield here, value
        else:
            yield from texts_in(value, here)


@every_example
def test_every_line_has_evidence_and_a_source_or_says_that_it_is_an_assumption(name: str) -> None:
    for line_id, line in lines_of(case_of(name)):
        assert line.get("title"), f"{line_id} has no title"
        assert line.get("evidence"), f"{line_id} has no evidence"
        note = line.get("note", {})
        says_so = "Aanname" in note.get("nl", "") and "ssumption" in note.get("en", "")
        if line["evidence"] == "assumption":
            assert says_so, f"{line_id} does not say that it is an assumption"
        else:
            assert line.get("source"), f"{line_id} has no source"


@every_example
def test_every_parameter_has_a_title(name: str) -> None:
    for parameter_id, parameter in case_of(name).parameters.items():
        assert parameter.title is not None, f"{parameter_id} has no title"


@every_example
def test_an_example_says_whose_it_is_and_that_it_is_a_draft(name: str) -> None:
    about = case_of(name).about
    assert about is not None
    assert about.author == about.organisation == "impactmonitor example"
    assert about.status == "draft"
    for field in ("area", "population", "null_alternative", "left_out"):
        assert getattr(about, field) is not None, field


@every_example
def test_the_files_are_readable(name: str) -> None:
    text = (EXAMPLES / name / "case.yaml").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 100
    assert "\t" not in text


def test_the_readme_has_the_command_of_every_example_and_names_every_warning() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"impactmonitor evaluate examples/{name}/case.yaml" in text
        for code in ACCEPTED[name]:
            assert f"`{code}`" in text, f"{code} is not explained"


# --------------------------------------------------------------------------- what they have shown


def test_perry_gives_the_published_figures_of_the_minneapolis_fed() -> None:
    result = result_of("perry-age-27")
    assert result.by_actor["participant"].benefits == pytest.approx(19_570)
    # the printed lines of the public add up to 1 less than the printed total
    assert result.by_actor["public"].benefits == pytest.approx(88_433, abs=1)
    assert result.totals["benefits"] == pytest.approx(108_002)
    assert result.totals["costs"] == pytest.approx(12_356)
    assert round(result.totals["benefit_cost_ratio"], 2) == 8.74


def one_treated_fall(**changes: Any) -> Case:
    """The effect of the fall prevention case alone, undiscounted and in its own prices."""
    case = plain(case_of("fall-prevention-65plus"))
    effect = case["effects"]["treated-falls"] | {"years": 1, "lasts": 1}
    case["effects"] = {"treated-falls": effect | changes}
    case |= {"price_year": effect["price_year"], "horizon": 1}
    for section in ("costs", "transfers", "alternatives", "scenarios", "theory"):
        case.pop(section)
    return Case.model_validate(case)


def test_one_avoided_treated_fall_splits_as_published_by_crow() -> None:
    result = evaluate(one_treated_fall(quantity=1, factors={}, unit_value=8700))
    gains = {name: round(party.benefits) for name, party in result.by_actor.items()}
    assert gains["insurer"] == 4433
    assert gains["long-term-care"] == 3800
    assert gains["municipality"] == 468
    assert result.totals["benefits"] == pytest.approx(8700)


def test_the_chain_runs_over_treated_falls_and_not_over_all_falls() -> None:
    case = one_treated_fall(quantity=1)
    # an average person over 65, before anything is taken off for scale
    values = {
        "parameters.treated-falls-per-person-year": 0.03,
        "parameters.what-remains-at-scale": 1.0,
    }
    benefits = evaluate(case, values=values).totals["benefits"]
    assert benefits == pytest.approx(0.03 * 0.30 * 9370)
    assert round(benefits, 2) == 84.33
    # the wrong chain, over falls of every kind, is a factor 22 larger
    assert 0.85 * 0.23 * 9370 / benefits == pytest.approx(22, abs=0.5)


def test_the_price_of_all_falls_cannot_be_mixed_with_that_of_treated_falls() -> None:
    assert load_catalogue().convert("fall", "treated fall") is None


def test_fall_prevention_costs_the_municipality_and_gives_it_five_per_cent_back() -> None:
    result = result_of("fall-prevention-65plus")
    municipality = result.by_actor["municipality"]
    assert result.totals["net_present_value"] < 0
    assert municipality.benefits / result.totals["benefits"] == pytest.approx(0.054, abs=0.001)
    assert municipality.benefits < 0.05 * municipality.costs
    assert result.by_actor["insurer"].net > 0
    assert result.by_actor["long-term-care"].net > 0


def test_fall_prevention_is_better_when_targeted_and_worse_as_rolled_out() -> None:
    result = result_of("fall-prevention-65plus")
    own = result.totals["benefit_cost_ratio"]
    targeted = result.alternatives["small-and-targeted"].totals["benefit_cost_ratio"]
    rolled_out = result.scenarios["dutch-roll-out"].totals["benefit_cost_ratio"]
    assert rolled_out < own < targeted < 1
    assert (round(own, 2), round(targeted, 2)) == (0.58, 0.84)


def test_neighbourhood_prevention_comes_out_about_even_but_not_for_those_who_pay() -> None:
    result = result_of("neighbourhood-prevention")
    assert 0.9 <= result.totals["benefit_cost_ratio"] <= 1.1
    unchanged = result.scenarios["care-use-unchanged"].totals
    assert unchanged["benefit_cost_ratio"] == pytest.approx(0.75, abs=0.01)
    for payer in ("municipality", "care-group"):
        assert result.by_actor[payer].net < 0
    for gainer in ("insurer", "state", "employers", "residents"):
        assert result.by_actor[gainer].net > 0


def test_less_social_assistance_is_a_transfer_and_no_gain_of_society() -> None:
    result = result_of("neighbourhood-prevention")
    assert result.by_actor["municipality"].transfers > 0
    assert result.by_actor["residents"].transfers < 0
    assert sum(party.transfers for party in result.by_actor.values()) == pytest.approx(0, abs=1e-6)


def test_a_contribution_of_the_insurer_moves_money_and_changes_nothing_for_society() -> None:
    result = result_of("neighbourhood-prevention")
    joined = result.alternatives["insurer-joins"]
    before, after = result.totals["net_present_value"], joined.totals["net_present_value"]
    assert after == pytest.approx(before)
    assert 0 < joined.by_actor["insurer"].net < result.by_actor["insurer"].net


def test_greening_has_effects_in_three_domains_and_most_are_not_in_euros() -> None:
    result = result_of("greening-roofs-gardens")
    effects = result.case.effects
    unpriced = {name for name, effect in effects.items() if not effect.monetised}
    assert len(unpriced) > len(effects) / 2
    domains = {line.domain for line in result.line_results() if line.id in unpriced}
    assert domains >= {"ecological", "societal", "social"}
    assert result.totals["net_present_value"] < 0


def test_greening_shows_unknown_sizes_as_unknown_and_known_ones_as_quantities() -> None:
    lines = {line.id: line for line in result_of("greening-roofs-gardens").line_results()}
    assert lines["less-heat"].quantity is None
    assert lines["less-heat"].present_value is None
    stored = lines["storage-on-roofs"].quantity
    assert stored is not None
    assert stored[2027] == pytest.approx(100)  # 2,000 m2 with 50 litres


def test_greening_says_what_the_unpriced_benefits_have_to_be_worth() -> None:
    result = result_of("greening-roofs-gardens")
    assert result.case.about is not None
    residents = result.case.about.population
    assert residents is not None
    assert round(-result.totals["equivalent_annual_value"] / residents) == 48


def test_warm_homes_pays_the_residents_and_not_those_who_insulate() -> None:
    result = result_of("warm-homes")
    assert result.by_actor["residents"].net > 0
    for payer in ("association", "municipality", "state"):
        assert result.by_actor[payer].net < 0
    # 100 homes a year in three years, half of the gas saved is no gain of society
    taxed = {line.id: line.present_value for line in result.line_results()}
    saved, lost = taxed["gas-insulated"], taxed["less-tax"]
    assert saved is not None
    assert lost is not None
    assert -lost / saved == pytest.approx(0.7 / 1.35)


def test_warm_homes_takes_the_savings_of_its_cards() -> None:
    gas = {line.id: line for line in result_of("warm-homes").line_results()}
    insulated, visited = gas["gas-insulated"].quantity, gas["gas-visited"].quantity
    assert insulated is not None
    assert visited is not None
    use = (800 + 1000 + 1300) / 3
    assert insulated[2026] == pytest.approx(100 * use * 0.105)
    assert insulated[2029] == pytest.approx(300 * use * 0.105)
    assert visited[2026] == pytest.approx(300 * use * 0.052 * (0.3 + 0.6 + 1) / 3, rel=1e-3)
    assert visited[2029] == 0


def test_walls_used_again_gain_society_more_than_they_cost_and_not_at_half_the_sales() -> None:
    result = result_of("walls-used-again")
    half = result.scenarios["half-the-market"]
    assert result.totals["net_present_value"] > 0 > half.totals["net_present_value"]
    assert result.by_actor["company"].net > 0 > half.by_actor["company"].net
