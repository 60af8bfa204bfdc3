"""Values of a policy as values of the catalogue."""

from __future__ import annotations

import pytest
from tests.proposals.levelling_cases import CATALOGUE, policy

from impactmonitor.catalogue.overriding import with_values
from impactmonitor.model.numbers import Pert
from impactmonitor.problems import InvalidInput
from impactmonitor.proposals.fund_values import fund_catalogue

YEARS = CATALOGUE.index_for("EUR")[1].years


def made(catalogue=CATALOGUE, **values):
    named = {key.replace("_", "-"): value for key, value in values.items()}
    terms = policy(values={k: {"source": "us", "price_year": 2025, **v} for k, v in named.items()})
    return fund_catalogue(terms, catalogue)


def test_a_value_has_the_unit_and_the_bearer_of_the_one_it_stands_in_for():
    found = made(gp_consult={"value": 40}).value("gp-consult")
    assert (found.unit, found.falls_to, found.current.value) == ("consult", "health-insurer", 40)


def test_a_value_of_an_indicator_has_the_unit_of_the_indicator():
    found = made(treated_falls_avoided={"value": 9000}).value("treated-falls-avoided")
    assert (found.unit, found.domain) == ("treated fall", "societal")


def test_a_value_is_at_the_price_level_of_the_policy():
    edition = made(gp_consult={"value": 40, "price_year": 2022}).value("gp-consult").current
    assert edition.price_year == 2025
    assert edition.value == pytest.approx(40 * YEARS[2025] / YEARS[2022])


def test_a_reference_value_is_never_brought_to_another_price_level():
    edition = made(qaly_mid={"value": 60000, "price_year": None}).value("qaly-mid").current
    assert (edition.value, edition.price_year) == (60000, None)


def test_a_spread_of_the_catalogue_goes_with_the_value_of_the_fund():
    unsure = with_values(CATALOGUE, {"gp-consult": Pert(pert=(20, 30, 40))})
    found = made(unsure, gp_consult={"value": 60}).value("gp-consult").current.value
    assert found.pert == pytest.approx((40, 60, 80))
    own = made(unsure, gp_consult={"value": {"uniform": [50, 70]}})
    assert own.value("gp-consult").current.value.uniform == (50, 70)


def test_a_year_without_index_is_named_with_its_value():
    with pytest.raises(InvalidInput) as caught:
        made(gp_consult={"value": 40, "price_year": 1800})
    assert [(p.code, p.path) for p in caught.value.problems] == [
        ("index-missing", "values.gp-consult")
    ]


def test_nothing_of_the_catalogue_is_replaced():
    found = made(gp_consult={"value": 40})
    assert all(found.catalogue.values[name] is value for name, value in CATALOGUE.values.items())
    again = fund_catalogue(
        policy(values={"gp-consult": {"value": 1, "price_year": 2025, "source": "us"}}),
        found.catalogue,
    )
    assert again.ids["gp-consult"] == "fund-gp-consult-2"
