"""The catalogue as a thing: look-ups, units, and that nobody can change it."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from pydantic import ValidationError

from impactmonitor.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_what_is_read_on_demand_is_read_once(catalogue: Catalogue) -> None:
    assert catalogue.frameworks is catalogue.frameworks
    assert "readiness" in catalogue.frameworks.frameworks
    assert catalogue.effect_cards is catalogue.effect_cards
    assert "EC-FALL-EX-MEDCARE" in catalogue.effect_cards.cards


def test_a_value_is_found_by_id_and_by_edition(catalogue: Catalogue) -> None:
    current, old = catalogue.value("road-death"), catalogue.value("road-death-2018")
    assert current is not None
    assert old is not None
    assert current[0] is old[0]
    assert (current[1].edition, current[1].status) == ("2022", "current")
    assert (old[1].edition, old[1].status) == ("2018", "superseded")
    assert catalogue.value("road-death-2022") == current
    assert catalogue.value("road-death-1999") is None
    assert catalogue.value("") is None


def test_an_index_is_found_by_currency(catalogue: Catalogue) -> None:
    found = catalogue.index_for("EUR")
    assert found is not None
    assert found[0] == "cpi-nl"
    assert catalogue.index_for("USD") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hour", "hour"),
        ("uren", "hour"),
        ("Hours", "hour"),
        ("kwh", "kWh"),
        ("treated  fall", "treated fall"),
        ("m²", "m2"),
        ("parsec", None),
        ("", None),
    ],
)
def test_units_by_any_name(catalogue: Catalogue, name: str, expected: str | None) -> None:
    unit = catalogue.unit(name)
    assert (unit.id if unit else None) == expected


@pytest.mark.parametrize(
    ("from_unit", "to_unit", "expected"),
    [
        ("hour", "minute", 60),
        ("minutes", "uur", None),
        ("week", "day", 7),
        ("km", "m", 1000),
        ("ha", "m2", 10_000),
        ("m3", "litre", 1000),
        ("tonne", "kg", 1000),
        ("MWh", "kWh", 1000),
        ("GJ", "MJ", 1000),
        ("kWh", "MJ", 3.6),
        ("kg-CO2e", "tonne-CO2e", 0.001),
        ("tonne", "tonne-CO2e", None),
        ("day", "hour", None),
        ("month", "day", None),
        ("year", "day", None),
        ("school year", "year", None),
        ("half-day", "hour", None),
        ("m3", "m3 natural gas", None),
        ("fall", "treated fall", None),
        ("QALY", "DALY", None),
        ("consults", "consult", 1),
        ("smile", "Smile", 1),
        ("smile", "frown", None),
        ("smile", "hour", None),
    ],
)
def test_conversion(
    catalogue: Catalogue, from_unit: str, to_unit: str, expected: float | None
) -> None:
    assert catalogue.convert(from_unit, to_unit) == (
        pytest.approx(expected, rel=1e-15) if expected is not None else None
    )


def test_conversion_there_and_back_is_one(catalogue: Catalogue) -> None:
    for unit in catalogue.units:
        for other in catalogue.units:
            there, back = catalogue.convert(unit, other), catalogue.convert(other, unit)
            assert (there is None) == (back is None)
            if there is not None and back is not None:
                assert there * back == pytest.approx(1, rel=1e-15)


def test_domain_comes_from_the_sector_unless_the_value_names_it(catalogue: Catalogue) -> None:
    assert catalogue.domain_of(catalogue.values["hospital-day"]) == "societal"
    assert catalogue.domain_of(catalogue.values["household-gas-m3"]) == "economic"
    assert catalogue.sectors["energy"].domain == "ecological"


def test_nothing_can_be_changed(catalogue: Catalogue) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        catalogue.edition = "mine"  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalogue.values["gp-consult"] = catalogue.values["hospital-day"]  # type: ignore[index]
    with pytest.raises(ValidationError):
        catalogue.values["gp-consult"].unit = "visit"
    with pytest.raises(TypeError):
        catalogue.indices["cpi-nl"].years[2026] = 140.0


def test_a_catalogue_travels_to_another_process(catalogue: Catalogue) -> None:
    copy = pickle.loads(pickle.dumps(catalogue))  # noqa: S301 -- made in the line itself
    assert copy.values == catalogue.values
    assert copy.convert("hour", "minute") == 60
