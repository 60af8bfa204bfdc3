"""Where the numbers of a case come from."""

from __future__ import annotations

import math

import pytest
from tests.small import case, cost, gain, result

from impactmonitor import evaluate
from impactmonitor.catalogue.resolved import PriceBasis, Step
from impactmonitor.model.figures import Place
from impactmonitor.model.numbers import ANY, SHARE, ParameterReference, Pert, Uniform
from impactmonitor.report.origin import Origins
from impactmonitor.report.words import Words

FIELDS = {
    "discount": {"rate": 0.02},
    "sources": {
        "report": {"title": {"nl": "Verslag", "en": "Report"}, "publisher": "Us", "year": 2024},
        "site": {"title": "Site", "url": "https://x.example"},
    },
    "parameters": {
        "reached": {"value": {"pert": [1, 2, 9]}, "source": "site"},
        "guess": {"value": 5},
    },
    "costs": {"work": cost(100, source="report", optimism_bias=0.1), "other": cost(5)},
    "effects": {
        "gain": gain(
            {"parameter": "reached"},
            10,
            source="report",
            evidence="expert",
            factors={"a": {"parameter": "reached"}, "b": 0.5, "c": {"parameter": "guess"}},
            deadweight=0.1,
        ),
        "cared": gain(2, "gp-consult"),
    },
    "overlaps": {"both": {"lines": ["gain"], "alpha": 0.5}},
}


@pytest.fixture(scope="module")
def found():
    return result(**FIELDS)


@pytest.fixture(scope="module")
def origins(found):
    return Origins(found, Words(found, "en"))


# --- what a figure counts as --------------------------------------------------------------------

REACHED = ParameterReference(parameter="reached")
GUESS = ParameterReference(parameter="guess")


def test_values_of_figures_certain_uncertain_and_named(origins):
    assert origins.value_of("x", 3.5) == 3.5
    assert origins.value_of("effects.gain.quantity", REACHED) == (1 + 4 * 2 + 9) / 6
    assert origins.value_of("x", GUESS) == 5


def test_values_of_the_most_likely_result(found):
    likely = Origins(found, Words(found, "en"), is_most_likely=True)
    assert likely.value_of("x", REACHED) == 2


def test_values_that_were_given_in_the_place_of_expected_ones():
    found = evaluate(case(**FIELDS), values={"parameters.reached": 7})
    assert Origins(found, Words(found, "en")).value_of("x", REACHED) == 7


def test_values_of_numbers_that_no_line_needs(found, origins):
    uniform = Uniform(uniform=(-1, 3))
    assert origins.value_of("x", uniform) == 1
    # a place of the case has its range: the part from 0 to 1 is left
    assert origins.places["effects.gain.deadweight"].allowed == SHARE
    assert origins.value_of("effects.gain.deadweight", uniform) == 0.5
    assert origins.value_of("effects.gain.deadweight", Uniform(uniform=(2, 3))) is None


def test_places_of_a_line(origins):
    paths = [place.path for place in origins.places_of("costs.work")]
    assert paths == ["costs.work.growth", "costs.work.amount", "costs.work.optimism_bias"]
    assert origins.places_of("costs.none") == []


# --- where it comes from ------------------------------------------------------------------------


def test_the_origin_of_a_figure(origins):
    assert origins.of_figure("x", 3.0, None, None) == "assumption of this case"
    assert origins.of_figure("x", 3.0, "report", None) == "Report, Us, 2024"
    assert origins.of_figure("x", 3.0, "site", "expert") == (
        "Site, https://x.example (expert judgement)"
    )
    assert origins.of_figure("x", 3.0, "An old book", None) == "An old book"


def test_the_origin_of_an_uncertain_figure_says_how_it_was_written(found, origins):
    pert = Pert(pert=(1, 2, 9))
    text = origins.of_figure("x", pert, None, None)
    assert text == "assumption of this case; expected value of pert [1, 2, 9]"
    likely = Origins(found, Words(found, "en"), is_most_likely=True).of_figure("x", pert, None)
    assert likely != text
    assert likely.endswith("pert [1, 2, 9]")


def test_the_origin_of_a_parameter_is_that_of_its_value(origins):
    text = origins.of_figure("x", REACHED, "report", "expert")
    assert text.startswith("parameters.reached: Site, https://x.example")
    assert text.endswith("expected value of pert [1, 2, 9]")
    guess = origins.of_figure("x", GUESS, "report", None)
    assert guess == "parameters.guess: assumption of this case"


def test_the_origin_of_a_place_is_its_line_s_source_and_evidence(origins):
    def of(path: str) -> str:
        return origins.of_place(origins.places[path])

    assert of("effects.gain.unit_value") == "Report, Us, 2024 (expert judgement)"
    assert of("effects.gain.deadweight") == "assumption of this case"
    assert of("costs.work.amount") == "Report, Us, 2024"
    assert of("discount.rate") == "assumption of this case"
    assert origins.of_place(Place("inflation", 0.02, ANY)) == "assumption of this case"


def test_the_origin_in_dutch(found):
    dutch = Origins(found, Words(found, "nl"))
    assert dutch.of_figure("x", 3.0, "report", None) == "Verslag, Us, 2024"
    assert dutch.assumption() == "aanname van deze casus"


def test_the_origin_of_a_choice(origins):
    assert origins.of_choice("costs.work.years") == "choice of this case"


def test_the_origin_of_a_catalogue_value_names_edition_source_and_price_level(found, origins):
    effect = found.appraised.resolved.effects["cared"]
    text = origins.of_value(effect)
    source = found.appraised.resolved.sources[effect.edition.source]
    for part in (
        effect.value.title.en,
        f"edition {effect.edition.edition}",
        source.publisher,
        effect.edition.place,
        f"price level {effect.edition.price_year}",
    ):
        assert part in text


def test_the_origin_of_a_price_factor(origins):
    assert origins.of_price(PriceBasis("EUR", 2025)) == ""
    index = PriceBasis("EUR", 2020, "own", 80.0, 100.0, source="report")
    assert origins.of_price(index) == "own: 80 (2020) → 100 (2025); Report, Us, 2024"
    assert "assumption" in origins.of_price(PriceBasis("EUR", 2020, "own", 80.0, 100.0))
    pounds = PriceBasis("GBP", 2020, "uk", 50.0, 60.0, 1.5, "site")
    assert origins.of_price(pounds) == (
        "uk: 50 (2020) → 60 (2025); Site, https://x.example; GBP → EUR 1.5: assumption of this case"
    )


def test_the_origin_of_a_rate_is_its_scheme_or_the_case(origins):
    own = Step(math.inf, 0.02, "discount.rate")
    assert origins.of_rate(own) == "assumption of this case"
    found = result(costs={"work": cost()}, discount={"scheme": "uk-green-book"})
    resolved = found.appraised.resolved
    text = Origins(found, Words(found, "en")).of_rate(resolved.schedules["standard"][0])
    assert text.startswith(f"{resolved.scheme.title.en}; ")
    assert resolved.sources[resolved.scheme.source].publisher in text


# --- what a variant set -------------------------------------------------------------------------


def changed(changes: dict, path: str) -> str:
    """The origin of a place in the case under a scenario."""
    found = result(**{**FIELDS, "scenarios": {"dear": {"changes": changes}}}).scenarios["dear"]
    of_scenario = Origins(found, Words(found, "en"))
    return of_scenario.of_place(of_scenario.places[path])


def test_what_a_scenario_set_is_no_longer_from_the_old_source():
    text = changed({"costs.work.amount": 200}, "costs.work.amount")
    assert "dear" in text
    assert "Report" not in text
    assert "dear" not in changed({"costs.other.amount": 9}, "costs.work.amount")


def test_what_a_scenario_set_with_its_source_names_both():
    node = cost(200, source="site")
    text = changed({"costs.work": node}, "costs.work.amount")
    assert "dear" in text
    assert "Site, https://x.example" in text
    apart = {"costs.work.amount": 200, "costs.work.source": "site"}
    assert changed(apart, "costs.work.amount") == text


def test_a_parameter_that_a_scenario_set():
    text = changed({"parameters.reached": 3}, "effects.gain.quantity")
    assert text.startswith("parameters.reached: ")
    assert "dear" in text
    assert "Site" not in text


def test_a_choice_that_a_scenario_made():
    scenarios = {"dear": {"changes": {"costs.work.years": 2}}}
    found = result(**{**FIELDS, "scenarios": scenarios}).scenarios["dear"]
    origins = Origins(found, Words(found, "en"))
    assert "dear" in origins.of_choice("costs.work.years")
    assert origins.set_by("costs.work.lasts") is None
