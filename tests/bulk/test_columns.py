"""The columns are those of the results, and the same rows give the same bytes."""

from __future__ import annotations

from dataclasses import fields

import pytest

from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.bulk.columns import decoded, encoded, schema, spread_columns
from impactmonitor.evaluation import Party
from impactmonitor.uncertainty.results import Spread
from impactmonitor.uncertainty.summary import Summary


def test_every_metric_and_every_number_of_a_party_has_a_column():
    assert set(METRICS) <= set(schema("parts", False).names)
    assert {field.name for field in fields(Party)} <= set(schema("actors", False).names)


def test_a_simulation_adds_the_distributions_of_all_its_amounts():
    wanted = [f"{a.name}_{s.name}" for a in fields(Spread) for s in fields(Summary)]
    assert [*spread_columns()] == wanted
    for name in ("parts", "actors"):
        plain, simulated = schema(name, False).names, schema(name, True).names
        assert simulated == [*plain, *wanted]


@pytest.mark.parametrize("is_simulated", [True, False])
def test_nothing_is_null_and_zero_is_zero(is_simulated):
    rows = [{"case": "a", "net": 0.0, "benefit_cost_ratio": None}, {"case": "b", "net": -1.5}]
    data = encoded(rows, "actors", is_simulated)
    assert data == encoded(rows, "actors", is_simulated)
    first, second = decoded(data)
    assert (first["net"], first["benefit_cost_ratio"], second["net"]) == (0.0, None, -1.5)
    assert decoded(encoded([], "actors", is_simulated)) == []


def test_a_year_is_a_whole_number():
    assert str(schema("parts", False).field("payback_year").type) == "int64"
    assert str(schema("parts", False).field("net_present_value").type) == "double"
