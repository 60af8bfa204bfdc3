"""What a line becomes: entries by year, and everything that is multiplied into them.

Each case is small enough to say in the test what every year is worth.
"""

from __future__ import annotations

import pytest
from tests.small import appraised, cost, gain

INDEX = {"own": {"years": {"2020": 80, "2025": 100, "2026": 104}}}


def values(a, line: str) -> list[float]:
    """Undiscounted value by year of the calendar, also after the horizon."""
    p, ledger = a.compiled.program, a.ledger
    rows = p.row_line == a.compiled.lines.index(line)
    return ledger.value[rows, :, 0].sum(axis=0).tolist()


def of_cost(**fields) -> list[float]:
    context = {k: fields.pop(k) for k in ("inflation", "price_indices", "horizon") if k in fields}
    return values(appraised(costs={"work": cost(**fields)}, **context), "work")


def of_effect(**fields) -> list[float]:
    context = {k: fields.pop(k) for k in ("price_indices", "exchange_rates") if k in fields}
    return values(appraised(effects={"gain": gain(**fields)}, **context), "gain")


def test_a_single_amount_in_its_year():
    assert of_cost(amount=100) == [100, 0, 0, 0, 0]
    assert of_cost(amount=100, first_year=2027) == [0, 0, 100, 0, 0]


def test_a_repeated_amount_grows_from_its_first_year():
    found = of_cost(amount=100, first_year=2026, years=3, growth=0.1)
    assert found == pytest.approx([0, 100, 110, 121, 0])


def test_an_amount_by_year():
    assert of_cost(amount={"2029": 5, "2025": 7}) == [7, 0, 0, 0, 5]


def test_a_cost_becomes_larger_by_its_bias():
    assert of_cost(amount=100, optimism_bias=0.25) == [125, 0, 0, 0, 0]
    assert of_cost(amount=100, optimism_bias=3) == [400, 0, 0, 0, 0]


def test_another_price_level_is_rebased_by_the_index():
    assert of_cost(amount=100, price_year=2020, price_indices=INDEX)[0] == pytest.approx(125)


def test_nominal_amounts_are_deflated_to_the_price_year_of_the_line_and_then_rebased():
    found = of_cost(
        amount=104, years=3, prices="nominal", price_year=2026, inflation=0.04, price_indices=INDEX
    )
    # in prices of 2026 it is 104 x 1.04, 104, 104 / 1.04; from there to 2025 x 100 / 104
    assert found[:3] == pytest.approx([100 * 1.04, 100, 100 / 1.04])


def test_nominal_amounts_without_a_price_year_are_deflated_to_that_of_the_case():
    found = of_cost(amount=100, first_year=2026, prices="nominal", inflation=0.04)
    assert found[1] == pytest.approx(100 / 1.04)


def test_real_amounts_ignore_the_inflation():
    assert of_cost(amount=100, first_year=2026, inflation=0.04)[1] == 100


def test_an_effect_is_quantity_times_factors_times_price():
    found = of_effect(quantity=4, unit_value=10, factors={"uptake": 0.5, "size": 3})
    assert found == [4 * 0.5 * 3 * 10, 0, 0, 0, 0]


def test_lag_moves_and_lasting_stretches():
    found = of_effect(quantity=10, unit_value=1, lag=1, lasts=3, drop_off=0.2)
    assert found == pytest.approx([0, 10, 8, 6.4, 0])


def test_entries_by_year_begin_after_their_lag():
    found = of_effect(quantity={"2025": 10, "2027": 100}, unit_value=1, lag=1, lasts=2)
    assert found == [0, 10, 10, 100, 100]


def test_each_entry_goes_on_by_itself():
    found = of_effect(quantity={"2025": 10, "2027": 100}, unit_value=1, lasts=2, drop_off=0.5)
    assert found == pytest.approx([10, 5, 100, 50, 0])


def test_shares_are_taken_off_one_after_the_other():
    found = of_effect(deadweight=0.5, displacement=0.2, attribution_to_others=0.1)
    assert found[0] == pytest.approx(100 * 0.5 * 0.8 * 0.9)


def test_a_price_path_counts_from_its_own_year():
    found = of_effect(years=2, real_price_change=0.1, real_price_from=2024)
    assert found[:2] == pytest.approx([110, 121])


def test_prices_by_year_are_linear_between_and_constant_outside():
    found = of_effect(unit_value={"2026": 10, "2028": 30}, years=5)
    assert found == pytest.approx([10, 10, 20, 30, 30])


def test_prices_by_year_before_the_base_year_count_too():
    found = of_effect(unit_value={"2021": 0, "2029": 80}, years=5)
    assert found == pytest.approx([40, 50, 60, 70, 80])


def test_another_currency_after_its_own_index():
    found = of_effect(
        price_year=2020,
        currency="GBP",
        price_indices={"uk": {"currency": "GBP", "years": {"2020": 50, "2025": 60}}},
        exchange_rates={"GBP": {"2025": 1.5, "2020": 9}},
    )
    assert found[0] == pytest.approx(100 * 60 / 50 * 1.5)


@pytest.mark.parametrize(
    ("quantity", "price", "worth"),
    [
        (10, 2, 20 * 0.9),  # a gain becomes smaller
        (-10, 2, -20 * 1.1),  # a harm becomes larger
        (10, -2, -20 * 1.1),
        (-10, -2, 20 * 0.9),
        (0, 2, 0),
    ],
)
def test_optimism_makes_gains_smaller_and_harms_larger(quantity, price, worth):
    found = of_effect(quantity=quantity, unit_value=price, optimism_bias=0.1)
    assert found[0] == pytest.approx(worth)


def test_gains_and_harms_of_one_effect_are_told_apart_entry_by_entry():
    effect = gain({"2025": 10, "2026": -10, "2027": 10}, 1, lasts=2, optimism_bias=0.1)
    a = appraised(effects={"gain": effect})
    # 2026: 10 goes on (x 0.9) and -10 starts (x 1.1); 2027: -10 goes on and 10 starts
    assert values(a, "gain")[:4] == pytest.approx([9, 9 - 11, -11 + 9, 9])
    assert a.compiled.program.strand_line.tolist() == [0, 0]


def test_a_negative_factor_turns_gains_into_harms():
    found = of_effect(quantity={"2025": 10, "2026": -10}, factors={"f": -1}, optimism_bias=0.1)
    assert found[:2] == pytest.approx([-1000 * 1.1, 1000 * 0.9])


def test_the_sign_is_decided_at_the_point_estimate_for_every_draw():
    effect = gain({"uniform": [-10, 30]}, 1, optimism_bias=0.1)
    a = appraised(effects={"gain": effect})
    assert a.ledger.value[0, 0, 0] == pytest.approx(10 * 0.9)
    assert a.compiled.program.strand_direction[0, 0] == -1


def test_without_optimism_one_strand_is_enough():
    effect = gain({"2025": 10, "2026": -10})
    assert len(appraised(effects={"gain": effect}).compiled.program.strand_line) == 1


def test_what_is_not_in_euros_has_a_quantity_and_no_value():
    effect = {"quantity": 10, "years": 2, "monetised": False, "domain": "social"}
    a = appraised(effects={"gain": {**effect, "optimism_bias": 0.5}})
    assert values(a, "gain") == [0] * 5
    assert a.ledger.quantities[0, :, 0].tolist() == [10, 10, 0, 0, 0]


def test_an_unknown_size_is_a_line_without_entries():
    effect = {"quantity": "unknown", "monetised": False, "domain": "social"}
    a = appraised(effects={"gain": effect})
    assert a.compiled.program.entry_strand.tolist() == []
    assert a.ledger.quantities[0, :, 0].tolist() == [0] * 5


def test_units_are_converted():
    # a price per kg of greenhouse gas, a quantity in tonnes
    effect = {"quantity": 2, "unit": "tonne-CO2e", "unit_value": "greenhouse-gas"}
    a = appraised(effects={"gain": {**effect, "falls_to": "people", "domain": "ecological"}})
    per_kg = a.resolved.effects["gain"].edition.value
    price = a.resolved.effects["gain"].price
    worth = 2 * 1000 * per_kg * price.index_to / price.index_from
    assert values(a, "gain")[0] == pytest.approx(worth)


def test_each_line_has_its_own_class_and_moment():
    a = appraised(
        discount={"rate": 0.02, "classes": {"nature": 0.01}, "timing": "mid_year"},
        costs={"work": cost()},
        effects={
            "late": gain(timing="end_of_year"),
            "nature": gain(1, 1, discount_class="nature"),
        },
    )
    factors = a.ledger.factors[a.compiled.program.strand_schedule, 0, 0]
    assert factors == pytest.approx([1.02**-0.5, 1.02**-1, 1.01**-0.5])
