"""Sizes beside effect cards, prices beside the catalogue."""

from __future__ import annotations

import pytest
from tests.proposals.judging import asked

CARD = "effect-outside-card"
PRICE = "unit-value-outside-catalogue"


def carded(effect=None, card="EC-FALL-EX-MEDCARE", **fields):
    line = {
        "card": {"id": card, "reach": 100, "baseline": 0.03},
        "unit_value": 9370,
        "unit": "treated fall",
        "domain": "societal",
        "falls_to": "insurer",
        **fields,
    }
    if effect is not None:
        line["factors"] = {"effect": effect}
    return {"effects": {"falls": line}}


@pytest.mark.parametrize(
    ("effect", "count"),
    [(None, 0), (0.3, 0), (0.08, 0), (0.46, 0), (0.47, 1), (0.07, 1), ({"uniform": [0.5, 0.7]}, 1)],
)
def test_the_interval_of_falls_that_need_care_is_8_to_46_per_cent_fewer(effect, count):
    """Rate ratio 0.70, 95 % interval 0.54-0.92 (the card's own source)."""
    found = asked(CARD, **carded(effect))
    assert len(found) == count
    for flag in found:
        assert flag.path == "effects.falls.factors.effect"
        assert [round(amount.value, 9) for amount in flag.compared] == [0.08, 0.46]
        assert flag.names == {"card": "EC-FALL-EX-MEDCARE"}


@pytest.mark.parametrize(("effect", "count"), [(0.105, 0), (0.15, 0), (0.16, 1), (0.05, 1)])
def test_a_card_without_an_interval_leaves_a_margin(effect, count):
    gas = {"unit": "m3 natural gas", "unit_value": 1.2}
    assert len(asked(CARD, **carded(effect, "EC-INSUL-GAS", **gas))) == count


def consults(unit_value=None, price_year=2022, **fields):
    line = {"indicator": "gp-consults-avoided", "quantity": 10, "falls_to": "insurer", **fields}
    if unit_value is not None:
        line["unit_value"] = unit_value
    return {"effects": {"gp": line}, "price_year": price_year}


@pytest.mark.parametrize(
    ("unit_value", "count"),
    [(None, 0), (30.87, 0), (38.5, 0), (38.6, 1), (5, 0)],
)
def test_a_consultation_is_3087_in_2022_with_a_quarter_of_room(unit_value, count):
    found = asked(PRICE, **consults(unit_value))
    assert len(found) == count
    for flag in found:
        assert flag.path == "effects.gp.unit_value"
        assert flag.compared[1].value == pytest.approx(30.87 * 1.25)


def test_prices_are_compared_at_the_price_level_of_the_case():
    """Consumer prices rose by 7.2 % from 2022 to 2024 (121.445 to 130.2199)."""
    rise = 130.2199 / 121.445
    assert not asked(PRICE, **consults(38.5 * rise, 2024))
    assert len(asked(PRICE, **consults(38.7 * rise, 2024))) == 1


def test_another_value_of_the_catalogue_than_that_of_the_indicator():
    line = {"indicator": "hospital-days-avoided", "quantity": 10, "falls_to": "insurer",
            "unit_value": "intensive-care-day"}  # fmt: skip
    (flag,) = asked(PRICE, effects={"days": line}, price_year=2022)
    assert flag.given.value == 2727
    assert flag.compared[1].value == 644 * 1.25


def test_a_harm_is_asked_about_when_it_is_too_cheap():
    assert len(asked(PRICE, **consults(5, quantity=-10))) == 1
    assert not asked(PRICE, **consults(75, quantity=-10))


def test_prices_by_year_are_left_alone():
    assert not asked(PRICE, **consults({2025: 30, 2029: 90}))


@pytest.mark.parametrize(("unit_value", "count"), [(1.37, 0), (1.4, 1)])
def test_a_card_names_prices_too_and_a_published_range_goes_before_the_margin(unit_value, count):
    """Household gas is 1.35 euro per m3 in 2026, from 1.30 to 1.37 (the catalogue's source)."""
    gas = {"unit": "m3 natural gas", "unit_value": unit_value}
    fields = carded(None, "EC-INSUL-GAS", **gas)
    assert len(asked(PRICE, **fields, price_year=2026)) == count


def test_what_cannot_be_brought_to_one_price_level_is_not_compared():
    """The price index ends before 2026, the price level of gas in the catalogue."""
    fields = carded(None, "EC-INSUL-GAS", unit="m3 natural gas", unit_value=90)
    assert not asked(PRICE, **fields, price_year=2024)
