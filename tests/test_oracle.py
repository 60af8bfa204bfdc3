"""The second computation against figures that were published or worked out by hand."""

import copy
import functools
import json
import math
import random

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from scipy import integrate, stats
from tests.oracle import (
    appraise,
    changed,
    expected,
    internal_rate_of_return,
    most_likely,
    plain_catalogue,
    real_roots,
)
from tests.oracle.distributions import ABOVE_MINUS_ONE, ANY, FROM_ZERO, SHARE, Bounds
from tests.oracle.reading import Reading
from tests.oracle.returns import modified_rate, payback_year
from tests.strategies import DISTRIBUTIONS, cases, flat_cases, shipped_catalogue

CATALOGUE = {
    "schemes": {
        "nl-2026": {"rates": {"standard": [{"until": 35, "rate": 0.028}, {"rate": 0.018}]}},
        "uk-green-book": {
            "rates": {
                "standard": [
                    {"until": 30, "rate": 0.035},
                    {"until": 75, "rate": 0.03},
                    {"rate": 0.025},
                ]
            }
        },
        "nl-health-2024": {
            "rates": {"standard": [{"rate": 0.03}], "health_effect": [{"rate": 0.015}]}
        },
    },
    "classes": ["standard", "health_effect", "nature"],
    "indices": {"EUR": {2020: 100.0, 2022: 110.0, 2025: 132.0}},
    "values": {
        "care-hour": {
            "value": 60.0,
            "currency": "EUR",
            "price_year": 2022,
            "unit": "hour",
            "falls_to": "health-insurer",
            "is_transfer": False,
            "domain": "societal",
            "discount_class": None,
        },
        "qaly": {
            "value": 50000,
            "currency": "EUR",
            "price_year": None,
            "unit": "QALY",
            "falls_to": "citizen",
            "is_transfer": False,
            "domain": "social",
            "discount_class": "health_effect",
        },
    },
    "indicators": {
        "hours-of-care": {
            "unit": "hour",
            "domain": "societal",
            "unit_value": "care-hour",
            "falls_to": None,
            "discount_class": None,
            "measure": "flow",
        }
    },
    "units": {
        "hour": {"dimension": "time", "factor": 1.0},
        "minute": {"dimension": "time", "factor": 1 / 60},
        "QALY": {"dimension": "health", "factor": 1.0},
    },
}


def small_case(**fields) -> dict:
    """Two actors, no discounting, ten years from 2025; `fields` are added or replaced."""
    return {
        "impactmonitor": 1,
        "id": "small",
        "title": "Small",
        "currency": "EUR",
        "price_year": 2025,
        "base_year": 2025,
        "horizon": 10,
        "discount": {"rate": 0.0},
        "actors": {
            "town": {"title": "Town", "kind": "municipality"},
            "people": {"title": "People", "kind": "citizen"},
            "insurer": {"title": "Insurer", "kind": "health-insurer"},
        },
        **fields,
    }


def gain(quantity=1, unit_value=1, **fields) -> dict:
    return {
        "quantity": quantity,
        "unit_value": unit_value,
        "falls_to": "people",
        "domain": "social",
        **fields,
    }


def result_of(**fields) -> dict:
    return appraise(small_case(**fields), CATALOGUE)


def value_of(line: dict, **fields) -> float:
    return result_of(effects={"gain": line}, **fields)["lines"]["gain"]["present_value"]


# ----------------------------------------------------------------------------- published cases


def test_perry_preschool_at_age_27_minneapolis_fed_2003_table_1a():
    line = {
        "child-care": (1, 738, "participant", "social"),
        "k12-efficiency": (1, 6872, "public", "economic"),
        "adult-education": (1, 283, "public", "economic"),
        "earnings-participant": (1, 21485, "participant", "economic"),
        "earnings-public": (1, 8846, "public", "economic"),
        "crime": (1, 70381, "public", "societal"),
        "higher-education-cost": (-1, 868, "public", "economic"),
        "welfare-participant": (-1, 2653, "participant", "social"),
        "welfare-public": (1, 2918, "public", "economic"),
    }
    case = {
        "impactmonitor": 1,
        "id": "perry-age-27",
        "title": "Perry",
        "currency": "USD",
        "price_year": 1992,
        "base_year": 1992,
        "horizon": 1,
        "discount": {"rate": 0.0},
        "actors": {
            "participant": {"title": "Participants", "kind": "citizen"},
            "public": {"title": "General public", "kind": "society"},
        },
        "costs": {"programme": {"amount": 12356, "paid_by": "public"}},
        "effects": {
            name: {"quantity": q, "unit_value": v, "falls_to": actor, "domain": domain}
            for name, (q, v, actor, domain) in line.items()
        },
    }
    result = appraise(case, CATALOGUE)
    assert result["actors"]["participant"]["benefits"] == pytest.approx(19570, abs=1e-6)
    assert result["actors"]["public"]["benefits"] == pytest.approx(88433, abs=1)
    assert result["actors"]["public"]["costs"] == pytest.approx(12356, abs=1e-6)
    assert result["totals"]["benefits"] == pytest.approx(108002, abs=1e-6)
    assert round(result["totals"]["benefit_cost_ratio"], 2) == 8.74
    # 738 − 2,653 · 21,485 + 6,872 + 283 + 8,846 − 868 + 2,918 · 70,381
    assert result["domains"]["social"]["benefits"] == pytest.approx(-1915)
    assert result["domains"]["economic"]["benefits"] == pytest.approx(39536)
    assert result["domains"]["economic"]["net"] == pytest.approx(39536 - 12356)
    assert result["domains"]["societal"]["benefits"] == pytest.approx(70381)


def test_green_book_annex_a1_discount_factors():
    printed = (
        "1.0000 .9662 .9335 .9019 .8714 .8420 .8135 .7860 .7594 .7337 .7089 .6849 .6618 .6394 "
        ".6178 .5969 .5767 .5572 .5384 .5202 .5026 .4856 .4692 .4533 .4380 .4231 .4088 .3950 "
        ".3817 .3687 .3563"
    )
    reading = Reading(small_case(discount={"scheme": "uk-green-book"}), CATALOGUE)
    for year, factor in enumerate(printed.split()):
        assert round(reading.discount_factor("standard", year), 4) == float(factor)


def test_discount_factors_go_on_step_by_step():
    reading = Reading(small_case(discount={"scheme": "uk-green-book"}), CATALOGUE)
    assert reading.discount_factor("standard", 31) == pytest.approx(1.035**-30 / 1.03)
    assert reading.discount_factor("standard", 30.5) == pytest.approx(1.035**-30 * 1.03**-0.5)
    assert reading.discount_factor("standard", 80) == pytest.approx(
        1.035**-30 * 1.03**-45 * 1.025**-5
    )


@pytest.mark.parametrize(
    ("amounts", "corrected"),
    [
        # the groups' sums and dominant lines are printed, the smaller lines are filled in
        ([-4785.60, -3000.00, -2500.00, -1518.88], -8295.04),
        ([-4000.00, -2500.00], -5250.00),
        ([-777.80, -300.00, -300.00, -250.00, -200.00, -83.66], -1344.63),
    ],
)
def test_overlap_of_the_deccos_energy_poverty_standard(amounts, corrected):
    result = result_of(
        effects={f"line-{k}": gain(-1, -amount) for k, amount in enumerate(amounts)},
        overlaps={"group": {"lines": [f"line-{k}" for k in range(len(amounts))], "alpha": 0.5}},
    )
    assert result["totals"]["benefits"] == pytest.approx(corrected, abs=0.005)


def test_falls_among_people_over_65_by_actor():
    shares = {"insurer": 455 / 893, "people": 390 / 893, "town": 48 / 893}
    result = result_of(effects={"fall": gain(1, 8700, falls_to=shares)})
    by_actor = {a: result["actors"][a]["benefits"] for a in shares}
    assert by_actor["insurer"] == pytest.approx(4433, abs=0.5)
    assert by_actor["people"] == pytest.approx(3800, abs=0.5)
    assert by_actor["town"] == pytest.approx(468, abs=0.5)


# --------------------------------------------------------------- the small example of the format

FALL_PREVENTION = {
    "impactmonitor": 1,
    "id": "fall-prevention-demo",
    "title": {"nl": "Valpreventie", "en": "Fall prevention"},
    "currency": "EUR",
    "price_year": 2022,
    "base_year": 2025,
    "horizon": 5,
    "discount": {"rate": 0.03, "timing": "end_of_year"},
    "actors": {
        "municipality": {"title": "Gemeente", "kind": "municipality"},
        "insurer": {"title": "Zorgverzekeraar", "kind": "health-insurer"},
        "long-term-care": {"title": "Rijk (Wlz)", "kind": "long-term-care"},
    },
    "parameters": {
        "reached": {
            "title": "People reached a year",
            "value": {"pert": [150, 200, 240]},
            "unit": "person",
        }
    },
    "costs": {
        "courses": {
            "title": "Courses",
            "amount": 24000,
            "years": 3,
            "paid_by": "municipality",
            "timing": "start_of_year",
        }
    },
    "effects": {
        "treated-falls-avoided": {
            "title": "Treated falls avoided",
            "quantity": {"parameter": "reached"},
            "factors": {"treated-falls-avoided-per-person": {"pert": [0.005, 0.012, 0.02]}},
            "years": 3,
            "lasts": 2,
            "drop_off": 0.4,
            "unit_value": 8700,
            "unit": "treated fall",
            "basis": "net",
            "falls_to": {"insurer": 0.51, "long-term-care": 0.436, "municipality": 0.054},
            "cashable": 0.5,
            "domain": "societal",
        }
    },
}


def test_small_example_by_hand():
    # reached            (150 + 4·200 + 240) ÷ 6       = 198.333333
    # per person         (0.005 + 4·0.012 + 0.02) ÷ 6  = 0.0121666667
    # falls a year's start avoids: 198.333333 × 0.0121666667 = 2.41305556
    # three starts, each going on at 0.6 for a second year: × 1, 1.6, 1.6, 0.6 in 2025 … 2028
    # worth 2.41305556 × 8,700 = 20,993.5833 × (1, 1.6, 1.6, 0.6), at the end of each year:
    #   1.03⁻¹ + 1.6·1.03⁻² + 1.6·1.03⁻³ + 0.6·1.03⁻⁴
    #   = 0.97087379 + 1.50815345 + 1.46422665 + 0.53309223 = 4.47634612
    # benefits           20,993.5833 × 4.47634612            = 93,974.55
    # costs              24,000 × (1 + 0.97087379 + 0.94259591) = 69,923.27
    result = appraise(FALL_PREVENTION, CATALOGUE)
    totals = result["totals"]
    assert totals["benefits"] == pytest.approx(93974.55, abs=0.01)
    assert totals["costs"] == pytest.approx(69923.27, abs=0.01)
    assert totals["net_present_value"] == pytest.approx(24051.27, abs=0.01)
    assert totals["benefit_cost_ratio"] == pytest.approx(1.343966, abs=1e-6)
    assert totals["sroi"] == totals["benefit_cost_ratio"]
    assert totals["sroi_net"] == pytest.approx(0.343966, abs=1e-6)
    # modes: 200 × 0.012 × 8,700 = 20,880; × 4.47634612 = 93,466.11; − 69,923.27
    assert totals["most_likely_net_present_value"] == pytest.approx(23542.83, abs=0.01)
    # 24,051.27 ÷ (1.03⁻¹ + … + 1.03⁻⁵ = 4.57970719)
    assert totals["equivalent_annual_value"] == pytest.approx(5251.70, abs=0.01)
    assert totals["beyond_horizon"] == 0
    # 2025: 20,993.58 − 24,000 < 0; 2026: + 33,589.73 − 24,000, so above zero from 2026 on
    assert totals["payback_year"] == 2026
    assert totals["payback_year_discounted"] == 2026


def test_small_example_actors_years_and_quantities():
    result = appraise(FALL_PREVENTION, CATALOGUE)
    municipality = result["actors"]["municipality"]
    assert municipality["benefits"] == pytest.approx(0.054 * 93974.545, abs=0.01)
    assert municipality["net"] == pytest.approx(0.054 * 93974.545 - 69923.273, abs=0.01)
    assert municipality["cash_net"] == pytest.approx(0.027 * 93974.545 - 69923.273, abs=0.01)
    assert result["actors"]["insurer"]["cash_net"] == pytest.approx(0.255 * 93974.545, abs=0.01)
    assert result["actors"]["insurer"]["benefit_cost_ratio"] is None
    line = result["lines"]["treated-falls-avoided"]
    assert line["kind"] == "effect"
    assert line["quantity"] == pytest.approx(
        {
            "2025": 2.41305556,
            "2026": 3.86088889,
            "2027": 3.86088889,
            "2028": 1.44783333,
            "2029": 0.0,
        },
        abs=1e-8,
    )
    assert line["discounted_quantity"] == pytest.approx(2.41305556 * 4.47634612, abs=1e-6)
    assert result["lines"]["courses"] == {
        "kind": "cost",
        "present_value": pytest.approx(69923.27, abs=0.01),
        "quantity": None,
        "discounted_quantity": None,
    }
    years = {y["year"]: y for y in result["years"]}
    assert list(years) == [2025, 2026, 2027, 2028, 2029]
    assert years[2026]["costs"] == pytest.approx(24000)
    assert years[2026]["benefits"] == pytest.approx(33589.733333)
    assert years[2026]["actors"]["municipality"]["net"] == pytest.approx(
        0.054 * 33589.733333 - 24000
    )
    assert years[2029]["benefits"] == 0
    assert list(result["domains"]) == ["economic", "societal"]
    assert result["perspectives"]["society"]["net"] == pytest.approx(24051.27, abs=0.01)


# ----------------------------------------------------------------------------- costs and prices


def test_cost_with_growth_bias_shares_and_kind():
    # 100 × 1.2 × (1 + 1.1 + 1.21) = 397.2
    line = {
        "amount": 100,
        "first_year": 2026,
        "years": 3,
        "growth": 0.1,
        "optimism_bias": 0.2,
        "paid_by": {"town": 0.75, "people": 0.25},
        "in_kind": True,
    }
    result = result_of(costs={"works": line})
    assert result["totals"]["costs"] == pytest.approx(397.2)
    assert result["actors"]["people"]["costs"] == pytest.approx(99.3)
    assert result["actors"]["people"]["cash_net"] == 0
    assert [y["costs"] for y in result["years"][:5]] == pytest.approx([0, 120, 132, 145.2, 0])


def test_prices_go_by_index_first_and_then_by_the_exchange_rate_of_the_price_year():
    line = {"amount": 100, "paid_by": "town", "price_year": 2022, "currency": "GBP"}
    result = result_of(
        costs={"works": line},
        price_indices={"uk": {"currency": "GBP", "years": {"2022": 200, "2025": 230}}},
        exchange_rates={"GBP": {2022: 1.3, "2025": 1.2}},
    )
    assert result["totals"]["costs"] == pytest.approx(100 * 1.15 * 1.2)
    # the catalogue's own index: 110 → 132
    euros = {"amount": 100, "paid_by": "town", "price_year": 2022}
    assert result_of(costs={"works": euros})["totals"]["costs"] == pytest.approx(120)
    # a case's index for the currency stands in the place of the catalogue's
    own = {"mine": {"years": {2022: 1, 2025: 3}}}
    assert result_of(costs={"works": euros}, price_indices=own)["totals"]["costs"] == (
        pytest.approx(300)
    )


def test_nominal_amounts_are_deflated_to_their_price_year_and_then_rebased():
    # 121 of 2027 ÷ 1.1^(2027 − 2022) in prices of 2022, × 132 ÷ 110
    line = {"amount": {2027: 121}, "prices": "nominal", "price_year": 2022, "paid_by": "town"}
    result = result_of(costs={"works": line}, inflation=0.1)
    assert result["totals"]["costs"] == pytest.approx(121 / 1.1**5 * 1.2)
    plain = {"amount": {2027: 121}, "prices": "nominal", "from": "town", "to": "people"}
    result = result_of(transfers={"grant": plain}, inflation=0.1)
    assert result["lines"]["grant"]["present_value"] == pytest.approx(100)


def test_timing_of_a_line_and_of_the_case():
    costs = {
        "now": {"amount": 100, "paid_by": "town", "timing": "start_of_year"},
        "half": {"amount": 100, "paid_by": "town"},
        "late": {"amount": 100, "paid_by": "town", "timing": "end_of_year", "first_year": 2026},
    }
    result = result_of(costs=costs, discount={"rate": 0.21, "timing": "mid_year"})
    assert result["totals"]["costs"] == pytest.approx(100 + 100 / 1.1 + 100 / 1.21**2)
    # equivalent annual value: ten half-way factors
    annuity = sum(1.21 ** -(k + 0.5) for k in range(10))
    assert result["totals"]["equivalent_annual_value"] == pytest.approx(
        -result["totals"]["costs"] / annuity
    )


def test_classes_and_the_class_that_a_scheme_lacks():
    discount = {"scheme": "nl-health-2024"}
    at = {"quantity": {2026: 1}, "unit_value": 1}
    assert value_of(gain(**at, discount_class="health_effect"), discount=discount) == (
        pytest.approx(1 / 1.015)
    )
    assert value_of(gain(**at, discount_class="nature"), discount=discount) == (
        pytest.approx(1 / 1.03)
    )
    own = {"rate": 0.05, "classes": {"nature": 0.01}}
    assert value_of(gain(**at, discount_class="nature"), discount=own) == pytest.approx(1 / 1.01)
    assert value_of(gain(**at), discount=own) == pytest.approx(1 / 1.05)


@pytest.mark.parametrize("discount", [{}, {"discount": {"timing": "start_of_year"}}])
def test_euro_case_without_a_rate_takes_the_scheme_of_2026(discount):
    case = small_case(effects={"gain": gain({2065: 1}, 1)}, horizon=50)
    del case["discount"]
    result = appraise({**case, **discount}, CATALOGUE)
    assert result["totals"]["benefits"] == pytest.approx(1.028**-35 * 1.018**-5)


# ------------------------------------------------------------------------------------- effects


def test_lag_lasting_and_drop_off():
    # entries 10 (2025) and 20 (2027), one year later, for three years at 1, 0.5, 0.25
    line = gain({2025: 10, "2027": 20}, 1, lasts=3, lag=1, drop_off=0.5, factors={"a": 2, "b": 3})
    quantity = result_of(effects={"gain": line})["lines"]["gain"]["quantity"]
    assert [quantity[str(y)] for y in range(2025, 2032)] == pytest.approx(
        [0, 60, 30, 15 + 120, 60, 30, 0]
    )


def test_shares_taken_off_and_real_price_change():
    line = gain(
        {2027: 10},
        {2025: 100, 2029: 300},
        deadweight=0.2,
        displacement=0.1,
        attribution_to_others=0.5,
        real_price_change=0.02,
        real_price_from=2026,
    )
    assert value_of(line) == pytest.approx(10 * 200 * 0.8 * 0.9 * 0.5 * 1.02)
    # constant outside the years named
    assert value_of(gain({2025: 1, 2032: 1}, {2026: 100, 2029: 300})) == pytest.approx(400)


def test_optimism_leans_by_the_sign_of_each_entry():
    # gains 10 − 10 %, harms −10 − 10 %
    assert value_of(gain({2025: 10, 2026: -4}, 5, optimism_bias=0.1)) == (
        pytest.approx(50 * 0.9 - 20 * 1.1)
    )
    # the unit value turns negative on the way: an entry of 10 is a harm from then on
    line = gain({2025: 10, 2027: 10}, {2025: 3, 2027: -1}, optimism_bias=0.1)
    assert value_of(line) == pytest.approx(30 * 0.9 - 10 * 1.1)
    # two harmful factors make a gain
    assert value_of(gain(-2, -5, optimism_bias=0.1)) == pytest.approx(9)


def test_optimism_in_the_most_likely_result_leans_as_at_the_point_estimate():
    # expected (−10 + 4·2 + 3) ÷ 6 = 1/6: a gain; the mode is −2 in the second: a harm is not meant
    line = gain({"triangular": [-2, -2, 10]}, 1, optimism_bias=0.1)
    totals = result_of(effects={"gain": line})["totals"]
    assert totals["net_present_value"] == pytest.approx(2 * 0.9)
    assert totals["most_likely_net_present_value"] == pytest.approx(-2 * 0.9)


def test_catalogue_value_brings_price_year_bearer_and_unit():
    line = {"quantity": 90, "unit": "minute", "unit_value": "care-hour", "domain": "societal"}
    result = result_of(effects={"gain": line})
    # 90 minutes = 1.5 hours × 60 × 132 ÷ 110
    assert result["lines"]["gain"]["present_value"] == pytest.approx(1.5 * 60 * 1.2)
    assert result["actors"]["insurer"]["benefits"] == pytest.approx(108)
    assert result["domains"]["societal"]["benefits"] == pytest.approx(108)
    assert result["lines"]["gain"]["quantity"]["2025"] == 90
    by_indicator = result_of(effects={"gain": {"quantity": 1.5, "indicator": "hours-of-care"}})
    assert by_indicator["actors"]["insurer"]["benefits"] == pytest.approx(108)


def test_policy_reference_is_never_rebased_and_brings_its_class():
    line = {"quantity": {2026: 1}, "unit_value": "qaly"}
    assert value_of(line, price_year=2020, discount={"scheme": "nl-health-2024"}) == (
        pytest.approx(50000 / 1.015)
    )


def test_unmonetised_is_shown_and_not_counted():
    effects = {
        "noise": {
            "quantity": {2025: 3, 2026: 4},
            "monetised": False,
            "domain": "ecological",
            "unit": "dB",
            "title": "Noise",
            "note": "heard",
        },
        "trust": {"quantity": "unknown", "monetised": False, "domain": "social"},
        "gain": gain(10, 1),
    }
    result = result_of(effects=effects, horizon=2, discount={"rate": 0.25})
    assert result["totals"]["benefits"] == 10
    assert result["domains"]["ecological"] == {"costs": 0, "benefits": 0, "net": 0}
    assert result["lines"]["noise"] == {
        "kind": "effect",
        "present_value": None,
        "quantity": {"2025": 3, "2026": 4},
        "discounted_quantity": pytest.approx(3 + 4 / 1.25),
    }
    assert result["lines"]["trust"]["quantity"] is None
    assert result["lines"]["trust"]["discounted_quantity"] is None
    assert result["unmonetised"] == [
        {
            "id": "noise",
            "title": "Noise",
            "domain": "ecological",
            "unit": "dB",
            "quantity": {"2025": 3, "2026": 4},
            "note": "heard",
        },
        {
            "id": "trust",
            "title": "trust",
            "domain": "social",
            "unit": "unit",
            "quantity": None,
            "note": None,
        },
    ]


def test_what_actors_keep_and_who_has_the_rest():
    keeping = {"share": 0.5, "yearly_leaving": 0.2, "equalised": 0.1, "rest_to": "people"}
    actors = {"town": {"kind": "municipality", "retention": keeping}, "people": {"kind": "citizen"}}
    effect = gain(100, 1, lasts=2, lag=1, cashable=0.5, falls_to={"town": 0.6, "people": 0.4},
                  confirmation={"town": "confirmed"})  # fmt: skip
    found = result_of(effects={"gain": effect}, actors=actors)
    kept = [60 * 0.5 * 0.9 * 0.8, 60 * 0.5 * 0.9 * 0.8**2]
    town, people = (found["actors"][name] for name in ("town", "people"))
    assert town["benefits"] == town["benefits_confirmed"] == pytest.approx(sum(kept))
    assert town["cash_net"] == pytest.approx(sum(kept) / 2)
    assert people["benefits"] == pytest.approx(200 - sum(kept))
    assert (people["cash_net"], people["benefits_confirmed"]) == (
        pytest.approx(100 - sum(kept) / 2),
        0,
    )
    by_year = [year["actors"]["town"]["net"] for year in found["years"]]
    assert by_year[1:3] == pytest.approx(kept)
    assert found["totals"]["benefits"] == pytest.approx(200)


def test_cashable_by_actor_and_confirmed_benefits():
    shared = gain(
        100,
        1,
        falls_to={"people": 0.6, "town": 0.4},
        cashable={"town": 0.5},
        confirmation={"town": "confirmed", "people": "contested"},
    )
    harm = gain(-10, 1, falls_to="town", cashable=1, confirmation={"town": "confirmed"})
    actors = result_of(effects={"shared": shared, "harm": harm})["actors"]
    assert actors["people"]["cash_net"] == 0
    assert actors["people"]["benefits_confirmed"] == 0
    assert actors["town"]["cash_net"] == pytest.approx(20 - 10)
    assert actors["town"]["benefits_confirmed"] == pytest.approx(40 - 10)


# ------------------------------------------------------------------- overlaps, burden, transfers


def test_overlap_takes_gains_and_harms_apart_and_scales_every_year():
    effects = {
        "big": gain({2025: 100, 2040: 10}, 1),
        "small": gain({2025: 50, 2026: 10}, 1),
        "bad": gain(-20, 1, cashable=1),
        "worse": gain(-30, 1),
        "apart": gain(7, 1),
    }
    overlaps = {"group": {"lines": ["big", "small", "bad", "worse"], "alpha": 0.25}}
    result = result_of(effects=effects, overlaps=overlaps)
    # gains: 100 + 0.25 · 60 = 115 of 160; harms: 30 + 0.25 · 20 = 35 of 50
    assert result["lines"]["big"]["present_value"] == pytest.approx(100 * 115 / 160)
    assert result["lines"]["small"]["present_value"] == pytest.approx(60 * 115 / 160)
    assert result["lines"]["bad"]["present_value"] == pytest.approx(-20 * 35 / 50)
    assert result["totals"]["benefits"] == pytest.approx(115 - 35 + 7)
    assert result["totals"]["beyond_horizon"] == pytest.approx(10 * 115 / 160)
    assert result["actors"]["people"]["cash_net"] == pytest.approx(-20 * 35 / 50)
    assert result["years"][1]["benefits"] == pytest.approx(10 * 115 / 160)
    assert result["lines"]["big"]["quantity"]["2025"] == 100


def test_excess_burden_by_hand():
    costs = {
        # cash of the town: 100 × 1.5 × 0.8 = 120 in 2026, at the end of the year
        "works": {
            "amount": {2026: 100, 2040: 100},
            "optimism_bias": 0.5,
            "paid_by": {"town": 0.8, "insurer": 0.2},
            "timing": "end_of_year",
        },
        "hours": {"amount": 1000, "paid_by": "town", "in_kind": True},
        "other": {"amount": 1000, "paid_by": "insurer"},
    }
    burden = {"rate": 0.2, "actors": ["town"], "borne_by": {"people": 0.75, "town": 0.25}}
    result = result_of(costs=costs, excess_burden=burden, discount={"rate": 0.1})
    present = 0.2 * 120 / 1.1**2
    assert result["lines"]["excess-burden"] == {
        "kind": "cost",
        "present_value": pytest.approx(present),
        "quantity": None,
        "discounted_quantity": None,
    }
    assert result["actors"]["people"]["costs"] == pytest.approx(0.75 * present)
    assert result["actors"]["people"]["cash_net"] == 0
    assert result["totals"]["costs"] == pytest.approx(2000 + 150 / 1.21 + present)
    assert result["years"][1]["costs"] == pytest.approx(150 + 24)
    assert result["totals"]["beyond_horizon"] == pytest.approx(-(150 + 24) / 1.1**16)
    assert result["domains"]["economic"]["costs"] == pytest.approx(result["totals"]["costs"])
    # a case that has one lists it, though nothing is raised
    none = result_of(effects={"gain": gain()}, excess_burden=burden)
    assert none["lines"]["excess-burden"]["present_value"] == 0
    assert none["domains"]["economic"] == {"costs": 0, "benefits": 0, "net": 0}


def test_transfers_cross_boundaries_gross_and_cancel_inside():
    transfers = {
        "grant": {"amount": 100, "from": "town", "to": "people"},
        "fee": {"amount": 30, "from": "people", "to": "town", "in_kind": True},
        "own": {"amount": 5, "from": "town", "to": "town"},
    }
    result = result_of(
        transfers=transfers,
        effects={"gain": gain(10, 1)},
        costs={"works": {"amount": 40, "paid_by": "town"}},
        perspectives={"both": ["town", "people"], "one": ["town"]},
    )
    town = result["actors"]["town"]
    assert (town["transfers_received"], town["transfers_paid"]) == (30, 100)
    assert (town["transfers"], town["net"], town["cash_net"]) == (-70, -110, -140)
    assert town["benefit_cost_ratio"] == pytest.approx(30 / 140)
    assert result["perspectives"]["one"] == town
    both = result["perspectives"]["both"]
    assert (both["transfers_received"], both["transfers_paid"]) == (0, 0)
    assert both["net"] == result["totals"]["net_present_value"] == -30
    assert both["cash_net"] == pytest.approx(-40 - 30 + 30)
    assert result["totals"]["benefit_cost_ratio"] == pytest.approx(0.25)
    assert result["lines"]["own"]["present_value"] == 5
    assert result["lines"]["grant"]["kind"] == "transfer"


def test_transfer_effect_is_split_from_each_to_each():
    line = {
        "quantity": 10,
        "unit_value": 10,
        "falls_to": {"people": 0.5, "town": 0.5},
        "taken_from": {"town": 0.6, "insurer": 0.4},
    }
    result = result_of(effects={"benefit": line})
    # town → people 30, insurer → people 20, insurer → town 20; town → town is no flow
    actors = result["actors"]
    assert actors["people"]["transfers_received"] == pytest.approx(50)
    assert actors["town"]["transfers_received"] == pytest.approx(20)
    assert actors["town"]["transfers_paid"] == pytest.approx(30)
    assert actors["insurer"]["transfers_paid"] == pytest.approx(40)
    assert actors["insurer"]["cash_net"] == pytest.approx(-40)
    assert result["lines"]["benefit"]["kind"] == "effect"
    assert result["lines"]["benefit"]["present_value"] == pytest.approx(100)
    assert result["totals"]["benefits"] == 0
    assert result["domains"] == {}


def test_negative_transfer_effect_changes_giver_and_receiver():
    line = {"quantity": {2025: 4, 2026: -10}, "unit_value": 10, "lasts": 1}
    line |= {"falls_to": "people", "taken_from": "town"}
    result = result_of(effects={"benefit": line})
    people, town = result["actors"]["people"], result["actors"]["town"]
    assert (people["transfers_received"], people["transfers_paid"]) == (0, 60)
    assert (town["transfers_received"], town["transfers_paid"]) == (60, 0)
    assert result["lines"]["benefit"]["present_value"] == -60
    assert result["years"][0]["actors"]["people"] == {"net": 40, "cash_net": 40}
    assert result["years"][1]["actors"]["people"] == {"net": -100, "cash_net": -100}


# ----------------------------------------------------------------------------- rates of return


def test_known_flow_with_two_roots():
    flows = [(0, -50), (1, -100), (2, 600), (3, 300), (4, -100)]
    result = internal_rate_of_return(flows)
    assert result["value"] is None
    assert result["reason"] == "several_roots"
    # the polynomial's own roots, from another method
    x = np.roots([-50, -100, 600, 300, -100])
    rates = sorted(r.real - 1 for r in x if abs(r.imag) < 1e-9 and 1e-4 < r.real < 11)
    assert len(rates) == 2
    assert result["roots"] == pytest.approx(rates, rel=1e-9)


def test_simple_rates_of_return():
    assert internal_rate_of_return([(0, -100), (1, 110)])["value"] == pytest.approx(0.1)
    # half a year: 1.1² − 1
    assert internal_rate_of_return([(0, -100), (0.5, 110)])["value"] == pytest.approx(0.21)
    assert internal_rate_of_return([(0, 100), (1, -110)])["value"] == pytest.approx(0.1)
    # a root at 1000 % and one at −99.99 % are outside the open range
    assert internal_rate_of_return([(0, -1), (1, 11.001)])["reason"] == "no_sign_change"
    assert internal_rate_of_return([(0, -1), (1, 0.00009)])["reason"] == "no_sign_change"


@pytest.mark.parametrize(
    ("flows", "reason"),
    [
        ([], "no_sign_change"),
        ([(0, 5), (0, -5)], "no_sign_change"),
        ([(0, -100)], "no_time_spread"),
        ([(0, -100), (1, 7), (1, -7)], "no_time_spread"),
        ([(0, -100), (3, -10)], "no_sign_change"),
        # 1 − v + v² has no real root
        ([(0, 1), (1, -1), (2, 1)], "no_sign_change"),
    ],
)
def test_reasons_for_no_rate(flows, reason):
    assert internal_rate_of_return(flows) == {"value": None, "reason": reason, "roots": []}


def flows_with_roots(rates) -> list[tuple[float, float]]:
    """Amounts of Π (1 − (1 + r) · v)."""
    poly = np.array([1.0])
    for rate in rates:
        poly = np.convolve(poly, [1.0, -(1 + rate)])
    return list(enumerate(poly))


@pytest.mark.parametrize(
    "rates",
    [(0.05, 0.3), (-0.9, 0.0, 4.0), (-0.5, 0.02, 0.4, 9.0), (0.01, 0.02), (-0.99, -0.98, 2.0)],
)
def test_all_roots_are_found(rates):
    assert real_roots(flows_with_roots(rates)) == pytest.approx(list(rates), abs=1e-7)


def test_touching_root_and_threefold_root():
    assert real_roots(flows_with_roots([0.1, 0.1])) == pytest.approx([0.1], abs=1e-6)
    assert real_roots(flows_with_roots([0.1, 0.1, 0.1])) == pytest.approx([0.1], abs=1e-4)
    assert real_roots(flows_with_roots([-0.3, 0.1, 0.1])) == pytest.approx([-0.3, 0.1], abs=1e-6)


def test_roots_agree_with_a_polynomial_solver():
    draw = random.Random(7)  # noqa: S311
    for _ in range(200):
        length = draw.randint(2, 12)
        amounts = [draw.choice([-1, 1]) * draw.uniform(1, 100) for _ in range(length)]
        x = np.roots(amounts)  # Σ amount · (1 + i)^(n − t)
        rates = [r.real - 1 for r in x if abs(r.imag) < 1e-7 * abs(r)]
        found = sorted(r for r in rates if -0.9999 < r < 10)
        assert real_roots(list(enumerate(amounts))) == pytest.approx(found, rel=1e-6, abs=1e-6)


def test_long_horizons_do_not_overflow():
    # perpetual-like annuity of 300 years: 5 a year for 100 paid at the start of the first year
    flows = [(0, -100.0), *((t, 5.0) for t in range(1, 300))]
    rate = internal_rate_of_return(flows)["value"]
    assert sum(a * (1 + rate) ** -t for t, a in flows) == pytest.approx(0, abs=1e-9)


def test_modified_rate_by_hand():
    # −100 at 0, 60 after one and two years; 10 %: PV 54.545 + 49.587 = 104.132;
    # 104.132 × 1.21 ÷ 100 = 1.26, √1.26 − 1
    flows = [(0, -100, -100), (1, 60, 60 / 1.1), (2, 60, 60 / 1.21)]
    assert modified_rate(flows, 1 / 1.21) == pytest.approx(math.sqrt(1.26) - 1)
    assert modified_rate([(1, 60, 60 / 1.1)], 1 / 1.1) is None
    assert modified_rate([(0, -100, -100), (0, 150, 150)], 1.0) is None
    assert modified_rate([], 1.0) is None


def test_rates_of_return_of_a_case():
    result = result_of(
        costs={"works": {"amount": 100, "paid_by": "town"}},
        effects={"gain": gain({2025: 60, 2026: 60}, 1, timing="end_of_year")},
        discount={"rate": 0.1},
    )
    rate = result["totals"]["internal_rate_of_return"]["value"]
    assert rate == pytest.approx((0.6 + math.sqrt(0.36 + 2.4)) / 2 - 1)
    assert result["totals"]["modified_internal_rate_of_return"] == pytest.approx(
        math.sqrt(1.26) - 1
    )


@pytest.mark.parametrize(
    ("net", "year"),
    [
        ([-10, 5, 5, 0], 2027),
        ([-10, 15, -10, 5.0], 2028),
        ([-10, 15, -10, 4], None),
        ([1, 1], 2025),
        ([0, 0], 2025),
        ([-1, -1], None),
        ([0.3, -0.1, -0.1, -0.1], 2025),  # a sum of −2.8e−17: rounding is no shortfall
    ],
)
def test_payback_stays_above_zero_to_the_end(net, year):
    assert payback_year(2025, net) == year


# ------------------------------------------------------------------------- uncertain numbers


def test_expected_values_and_modes():
    z = 1.6448536269514722
    assert expected({"pert": [1, 2, 9]}) == pytest.approx(3)
    assert expected({"triangular": [1, 2, 9]}) == pytest.approx(4)
    assert expected({"uniform": [1, 9]}) == 5
    assert expected({"lognormal": {"p05": 1, "p95": 4}}) == pytest.approx(
        2 * math.exp((math.log(2) / z) ** 2 / 2)
    )
    assert expected({"lognormal": {"median": 2, "p95": 4}}) == pytest.approx(
        2 * math.exp((math.log(2) / z) ** 2 / 2)
    )
    assert expected({"beta": {"mean": 0.3, "sd": 0.1}}) == pytest.approx(0.3)
    assert expected({"counts": {"events": 3, "n": 10}}) == pytest.approx(3.5 / 11)
    assert expected({"discrete": {"values": [1, 5], "probabilities": [0.75, 0.25]}}) == 2
    assert expected({"interval": {"low": -1, "high": 5}}) == pytest.approx(2)
    assert expected({"interval": {"low": 1, "high": 4}}) == pytest.approx(
        2 * math.exp((math.log(2) / z) ** 2 / 2)
    )
    assert expected({"pert": [1, 2, 9], "central": 7}) == 7
    assert most_likely({"pert": [1, 2, 9], "central": 7}) == 7
    assert most_likely({"pert": [1, 1, 9]}) == 1
    assert most_likely({"triangular": [1, 9, 9]}) == 9
    assert most_likely({"uniform": [1, 9]}) == 5
    assert most_likely({"lognormal": {"median": 2, "p95": 4}}) == pytest.approx(
        2 * math.exp(-((math.log(2) / z) ** 2))
    )
    # beta of mean 0.3 and sd 0.1: size 0.21 ÷ 0.01 − 1 = 20, a = 6, b = 14
    assert most_likely({"beta": {"mean": 0.3, "sd": 0.1}}) == pytest.approx(5 / 18)
    assert most_likely({"counts": {"events": 3, "n": 10}}) == pytest.approx(2.5 / 9)
    assert most_likely({"counts": {"events": 0, "n": 5}}) == pytest.approx(0.5 / 6)
    tie = {"discrete": {"values": [5, 1, 9], "probabilities": [0.4, 0.4, 0.2]}}
    assert most_likely(tie) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"pert": [3, 3, 3]},
        {"triangular": [3, 3, 3]},
        {"uniform": [3, 3]},
        {"normal": {"mean": 3, "sd": 0}},
        {"lognormal": {"p05": 3, "p95": 3}},
        {"lognormal": {"median": 3, "p95": 3}},
        {"interval": {"low": 3, "high": 3}},
        {"discrete": {"values": [3], "probabilities": [1]}},
    ],
)
def test_without_spread_it_is_the_number(node):
    assert expected(node) == pytest.approx(3)
    assert most_likely(node) == pytest.approx(3)


def pert(low, mode, high):
    a = 1 + 4 * (mode - low) / (high - low)
    return stats.beta(a, 6 - a, loc=low, scale=high - low)


Z90 = 1.6448536269514722
CUT = [
    ({"normal": {"mean": 0.4, "sd": 0.5}}, SHARE, stats.norm(0.4, 0.5)),
    ({"normal": {"mean": -3, "sd": 1}}, FROM_ZERO, stats.norm(-3, 1)),
    ({"normal": {"mean": 4, "sd": 1}}, SHARE, stats.norm(4, 1)),
    ({"normal": {"mean": -0.5, "sd": 0.6}}, ABOVE_MINUS_ONE, stats.norm(-0.5, 0.6)),
    ({"interval": {"low": -0.2, "high": 0.6}}, SHARE, stats.norm(0.2, 0.4 / Z90)),
    (
        {"interval": {"low": 0.4, "high": 2.5, "coverage": 0.5}},
        SHARE,
        stats.lognorm(math.log(2.5) / 0.6744897501960817, scale=1),
    ),
    (
        {"lognormal": {"median": 0.5, "p95": 2}},
        SHARE,
        stats.lognorm(math.log(4) / Z90, scale=0.5),
    ),
    ({"uniform": [-1, 3]}, SHARE, stats.uniform(-1, 4)),
    ({"uniform": [-1, 0.5]}, FROM_ZERO, stats.uniform(-1, 1.5)),
    ({"triangular": [-1, 0.5, 3]}, SHARE, stats.triang(1.5 / 4, -1, 4)),
    ({"triangular": [-1, -0.5, 3]}, SHARE, stats.triang(0.5 / 4, -1, 4)),
    ({"triangular": [-1, 3, 3]}, FROM_ZERO, stats.triang(1, -1, 4)),
    ({"triangular": [-1, -1, 3]}, FROM_ZERO, stats.triang(0, -1, 4)),
    ({"pert": [-1, 0.5, 3]}, SHARE, pert(-1, 0.5, 3)),
    ({"pert": [-4, -1, 1]}, FROM_ZERO, pert(-4, -1, 1)),
    ({"pert": [-1, -1, 4]}, FROM_ZERO, pert(-1, -1, 4)),
    ({"beta": {"mean": 0.3, "sd": 0.2}}, Bounds(0.2, 0.6), stats.beta(1.275, 2.975)),
    ({"counts": {"events": 2, "n": 9}}, Bounds(0.2, 0.6), stats.beta(2.5, 7.5)),
]


@pytest.mark.parametrize(("node", "bounds", "law"), CUT)
def test_truncated_mean_against_integration(node, bounds, law):
    low = max(bounds.low, law.ppf(1e-15))
    high = min(bounds.high, law.ppf(1 - 1e-15))
    middle = [p for p in (law.median(), law.mean()) if low < p < high]
    moment = integrate.quad(lambda x: x * law.pdf(x), low, high, points=middle, limit=200)[0]
    inside = integrate.quad(law.pdf, low, high, points=middle, limit=200)[0]
    assert expected(node, bounds) == pytest.approx(moment / inside, rel=1e-6)
    # and against quantiles spread evenly over what is left, as a simulation would draw them
    ranks = np.linspace(law.cdf(bounds.low), law.cdf(bounds.high), 200_001)
    draws = law.ppf((ranks[1:] + ranks[:-1]) / 2)
    assert bounds.low <= draws.min()
    assert draws.max() <= bounds.high
    assert expected(node, bounds) == pytest.approx(draws.mean(), rel=2e-4)


def test_discrete_values_outside_are_left_out():
    node = {"discrete": {"values": [-1, 0.2, 0.4, 2], "probabilities": [0.3, 0.1, 0.2, 0.4]}}
    assert expected(node, SHARE) == pytest.approx((0.02 + 0.08) / 0.3)
    assert most_likely(node, SHARE) == 0.4
    # −1 itself is outside of what must be above −1
    assert expected(node, ABOVE_MINUS_ONE) == pytest.approx((0.02 + 0.08 + 0.8) / 0.7)
    assert expected(node, ANY) == pytest.approx(-0.3 + 0.02 + 0.08 + 0.8)


def test_mode_of_what_is_cut_stays_in_range():
    assert most_likely({"normal": {"mean": 1.4, "sd": 0.5}}, SHARE) == 1
    assert most_likely({"normal": {"mean": -2, "sd": 0.7}}, ABOVE_MINUS_ONE) == -1
    assert most_likely({"pert": [-1, -0.5, 3]}, FROM_ZERO) == 0


def test_parameter_has_the_ranges_of_all_its_places():
    parameters = {"share": {"value": {"normal": {"mean": 0.5, "sd": 1}}}}
    use = {"parameter": "share"}
    free = {"one": gain(use, 1)}
    assert result_of(effects=free, parameters=parameters)["totals"]["benefits"] == (
        pytest.approx(0.5)
    )
    from_zero = {"two": {"amount": use, "paid_by": "town"}}
    result = result_of(effects=free, costs=from_zero, parameters=parameters)
    above = expected({"normal": {"mean": 0.5, "sd": 1}}, FROM_ZERO)
    assert above > 0.6
    assert result["totals"]["benefits"] == pytest.approx(above)
    assert result["totals"]["costs"] == pytest.approx(above)
    cut = {"three": gain(1, 1, deadweight=use), **free}
    result = result_of(effects=cut, costs=from_zero, parameters=parameters)
    assert result["lines"]["one"]["present_value"] == pytest.approx(0.5)  # symmetric in 0..1
    assert result["lines"]["three"]["present_value"] == pytest.approx(0.5)


# ------------------------------------------------------------------- scenarios and alternatives


def test_changes_replace_the_node_shallow_paths_first():
    case = small_case(
        costs={"works": {"amount": {2025: 100, "2026": 50}, "paid_by": "town"}},
        effects={
            "gain": gain(10, 20, deadweight=0.5),
            "care": {"quantity": 2, "unit_value": "care-hour", "falls_to": "people"},
        },
        alternatives={
            "less": {"title": "Less", "changes": {"costs.works.amount.2026": 10}},
            "none": {"changes": {"effects.care": None, "effects.gain.deadweight": None}},
        },
        scenarios={
            "dear": {
                "changes": {
                    "costs.works.amount.2025": 7,
                    "costs.works": {"amount": {2025: 1, 2026: 2}, "paid_by": "people"},
                    "values.care-hour": 100,
                    "effects.gain.displacement": 0.5,
                }
            }
        },
    )
    kept = copy.deepcopy(case)
    result = appraise(case, CATALOGUE)
    assert case == kept
    assert CATALOGUE["values"]["care-hour"]["value"] == 60.0
    assert result["totals"]["costs"] == 150
    assert result["totals"]["benefits"] == pytest.approx(100 + 2 * 60 * 1.2)
    less = result["alternatives"]["less"]
    assert set(less) == {"totals", "actors"}
    assert less["totals"]["costs"] == 110
    assert less["actors"]["town"]["costs"] == 110
    assert result["alternatives"]["none"]["totals"]["benefits"] == 200
    dear = result["scenarios"]["dear"]
    assert dear["actors"]["people"]["costs"] == 7 + 2
    assert dear["actors"]["town"]["costs"] == 0
    assert dear["totals"]["benefits"] == pytest.approx(50 + 2 * 100 * 1.2)


def test_changed_case_is_a_case_of_its_own():
    case = small_case(
        parameters={"n": {"value": 5}},
        effects={"gain": gain({"parameter": "n"}, 2)},
        scenarios={"rate": {"changes": {"discount.rate": 0.1}}},
    )
    other, _ = changed(case, CATALOGUE, {"parameters.n.value": 7, "horizon": 3})
    assert other["horizon"] == 3
    assert other["parameters"] == {"n": {"value": 7}}
    assert "scenarios" not in other
    assert appraise(other, CATALOGUE)["totals"]["benefits"] == 14
    assert case["parameters"] == {"n": {"value": 5}}


# ---------------------------------------------------------------------------------- catalogue


def test_plain_catalogue_reads_every_kind(tmp_path):
    (tmp_path / "values").mkdir()
    (tmp_path / "values" / "prices.yaml").write_text(
        """
kind: values
defaults: {edition: "2024", currency: EUR, price_year: 2022}
values:
  visit: {unit: visit, falls_to: health-insurer, sector: care, editions: [{value: 30.5}]}
  death:
    unit: death
    domain: social
    class: policy-reference
    is_transfer: true
    discount_class: health_effect
    editions:
      - {edition: "2022", value: 7, status: current}
      - {edition: "2018", value: 3, price_year: 2018, currency: GBP, status: superseded}
""",
        encoding="utf-8",
    )
    (tmp_path / "rest.yaml").write_text("kind: domains\nsectors: {care: {domain: societal}}\n")
    (tmp_path / "classes.yaml").write_text(
        "kind: discount-classes\ndiscount_classes: {standard: {}, n: {}}"
    )
    (tmp_path / "units.yaml").write_text(
        "kind: units\nunits: {hour: {dimension: time, factor: 60, aliases: [uur]}, fall: {}}"
    )
    (tmp_path / "cpi.yaml").write_text(
        "kind: price-index\nindices: {cpi: {currency: EUR, years: {2021: 100, 2022: 110.5}}}"
    )
    (tmp_path / "rates.yaml").write_text(
        "kind: rates\nschemes: {flat: {rates: {standard: [{rate: 0.03}]}}}"
    )
    (tmp_path / "indicators.yaml").write_text(
        "kind: indicators\nindicators: {visits: {unit: visit, domain: societal, measure: flow}}"
    )
    catalogue = plain_catalogue(tmp_path)
    assert catalogue["schemes"] == {"flat": {"rates": {"standard": [{"rate": 0.03}]}}}
    assert catalogue["classes"] == ["standard", "n"]
    assert catalogue["indices"] == {"EUR": {2021: 100.0, 2022: 110.5}}
    assert catalogue["units"]["fall"] == {"dimension": "fall", "factor": 1.0}
    assert catalogue["units"]["uur"] == {"dimension": "time", "factor": 60.0}
    assert catalogue["values"]["visit"] == {
        "value": 30.5,
        "currency": "EUR",
        "price_year": 2022,
        "unit": "visit",
        "falls_to": "health-insurer",
        "is_transfer": False,
        "domain": "societal",
        "discount_class": None,
    }
    assert catalogue["values"]["visit-2024"] == catalogue["values"]["visit"]
    assert catalogue["values"]["death"]["value"] == 7
    assert catalogue["values"]["death"]["price_year"] is None
    assert catalogue["values"]["death"]["is_transfer"] is True
    assert catalogue["values"]["death-2018"]["value"] == 3
    assert catalogue["values"]["death-2018"]["currency"] == "GBP"
    assert catalogue["indicators"]["visits"]["unit"] == "visit"
    assert catalogue["indicators"]["visits"]["unit_value"] is None


# ---------------------------------------------------------------------------- generated cases

LINE_FIELDS = {
    "costs": "title note source evidence domain amount first_year years growth paid_by in_kind "
    "optimism_bias price_year currency prices timing discount_class",
    "effects": "title note source evidence timing discount_class first_year years growth "
    "price_year currency domain indicator quantity basis counterfactual factors lasts lag drop_off "
    "unit_value unit real_price_change real_price_from deadweight displacement "
    "attribution_to_others optimism_bias falls_to taken_from cashable monetised confirmation",
    "transfers": "from to amount title first_year years growth timing prices price_year currency "
    "in_kind",
    "actors": "title kind reservation cash_floor may_pay income stand_alone",
    "parameters": "title value unit indicator source measuring_cost",
    "overlaps": "lines alpha",
    "price_indices": "currency years source",
    "alternatives": "title changes",
    "decisions": "options by scale",
    "scenarios": "title changes",
    "sources": "title publisher year url licence",
}
CASE_FIELDS = (
    "impactmonitor id title summary about currency price_year base_year horizon discount actors "
    "perspectives parameters costs effects transfers overlaps excess_burden price_indices "
    "exchange_rates inflation alternatives scenarios correlations decisions sources"
)
ABOUT_FIELDS = (
    "author organisation date version status reviewer area population null_alternative left_out"
)
LATER = ["distribution", "scores", "measurements", "arrangement", "instruments"]
LATER += ["contracts", "theory", "measured_by", "card"]
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words_in(node) -> set[str]:
    """All keys of a case, at any depth, and the text `unknown`."""
    if isinstance(node, dict):
        return set(map(str, node)).union(*(words_in(part) for part in node.values()))
    if isinstance(node, list):
        return set().union(*(words_in(part) for part in node))
    return {node} if node == "unknown" else set()


def fields_of(case: dict) -> set[str]:
    found = set(case) | {f"about.{name}" for name in case.get("about", {})}
    for section in LINE_FIELDS:
        for line in case.get(section, {}).values():
            found |= {f"{section}.{name}" for name in line}
    for section in ("discount", "excess_burden"):
        found |= {f"{section}.{name}" for name in case.get(section, {})}
    return found


def test_generated_cases_use_every_field_and_every_distribution():
    fields, words, forms = set(), set(), set()

    @settings(CALM, max_examples=300, derandomize=True, database=None, phases=[Phase.generate])
    @given(cases())
    def collect(case):
        fields.update(fields_of(case))
        words.update(words_in(case))
        forms.update(type(line["unit_value"]) for line in monetised(case) if "unit_value" in line)

    collect()
    wanted = {f"{s}.{name}" for s, names in LINE_FIELDS.items() for name in names.split()}
    wanted |= set(CASE_FIELDS.split()) | {f"about.{name}" for name in ABOUT_FIELDS.split()}
    wanted |= {"discount.scheme", "discount.rate", "discount.classes", "discount.timing"}
    wanted |= {"excess_burden.rate", "excess_burden.actors", "excess_burden.borne_by"}
    assert wanted - fields == set()
    assert DISTRIBUTIONS | {"central", "coverage", "median", "parameter", "unknown"} <= words
    assert {str, dict, float} <= forms
    assert not words & set(LATER)


def monetised(case: dict) -> list[dict]:
    return [e for e in case.get("effects", {}).values() if e.get("monetised", True)]


@settings(CALM, max_examples=100)
@given(cases())
def test_generated_cases_add_up(case):
    result = appraise(case, shipped_catalogue())
    totals = result["totals"]
    size = sum(abs(line["present_value"] or 0) for line in result["lines"].values())
    close = functools.partial(pytest.approx, abs=1e-9 * size, rel=1e-12)
    actors = result["actors"].values()
    assert math.isfinite(totals["net_present_value"])
    for name in ("costs", "benefits"):
        assert sum(a[name] for a in actors) == close(totals[name])
        assert sum(d[name] for d in result["domains"].values()) == close(totals[name])
    assert sum(a["transfers"] for a in actors) == close(0)
    assert sum(a["net"] for a in actors) == close(totals["net_present_value"])
    society = result["perspectives"]["society"]
    assert society["transfers_received"] == society["transfers_paid"] == 0
    assert society["benefits"] == close(totals["benefits"])
    for year in result["years"]:
        net = year["benefits"] - year["costs"]
        parts = abs(year["benefits"]) + abs(year["costs"])
        parts += sum(abs(a["net"]) for a in year["actors"].values())
        assert sum(a["net"] for a in year["actors"].values()) == pytest.approx(
            net, abs=1e-9 * parts
        )
    listed = {name for s in ("costs", "effects", "transfers") for name in case.get(s, {})}
    assert set(result["lines"]) - {"excess-burden"} == listed
    assert len(result["years"]) == case["horizon"]
    assert list(result["scenarios"]) == list(case.get("scenarios", {}))


@settings(CALM, max_examples=50)
@given(cases())
def test_keys_as_text_change_nothing(case):
    once = json.dumps(appraise(case, shipped_catalogue()))
    assert json.dumps(appraise(json.loads(json.dumps(case)), shipped_catalogue())) == once


@settings(CALM, max_examples=100)
@given(flat_cases())
def test_flat_cases_by_one_plain_sum(case):
    """With one flat rate and plain numbers, society's net is one sum over lines and years."""
    rate, timing = case["discount"]["rate"], case["discount"]["timing"]
    shift = {"start_of_year": 0, "mid_year": 0.5, "end_of_year": 1}[timing]

    def present(amount, year):
        return amount / (1 + rate) ** (year - case["base_year"] + shift)

    costs = benefits = 0.0
    for line in case.get("costs", {}).values():
        for k in range(line["years"]):
            costs += present(line["amount"], line["first_year"] + k)
    for line in case.get("effects", {}).values():
        if "taken_from" in line:
            continue
        value = line["quantity"] * line["unit_value"]
        for name in ("deadweight", "displacement", "attribution_to_others"):
            value *= 1 - line.get(name, 0)
        for k in range(line["years"]):
            for j in range(line["lasts"]):
                left = (1 - line.get("drop_off", 0)) ** j
                benefits += present(value * left, line["first_year"] + k + j)
    totals = appraise(case, {**CATALOGUE, "values": {}})["totals"]
    assert totals["costs"] == pytest.approx(costs, abs=1e-9)
    assert totals["benefits"] == pytest.approx(benefits, rel=1e-9, abs=1e-6)
    assert totals["beyond_horizon"] == 0
