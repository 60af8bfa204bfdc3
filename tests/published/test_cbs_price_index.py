"""Statistics Netherlands (CBS), consumer price index, 2015 = 100."""

from __future__ import annotations

import pytest

from impactmonitor import evaluate
from impactmonitor.catalogue import load_catalogue
from impactmonitor.model.case import Case

CBS_2022 = 121.43


def test_index_of_2022_reproduces_the_table_of_cbs():
    _, index = load_catalogue().index_for("EUR")
    # the yearly changes are rounded to one decimal, so the chain is good to about 0.1 %
    assert index.years[2022] == pytest.approx(CBS_2022, rel=0.001)
    assert index.years[2015] == 100


def test_a_price_of_2015_in_prices_of_2022():
    case = Case.model_validate({
        "impactmonitor": 1, "id": "prices", "title": "Prices", "currency": "EUR",
        "price_year": 2022, "base_year": 2022, "horizon": 1, "discount": {"rate": 0.0},
        "actors": {"city": {"kind": "municipality"}},
        "costs": {"work": {"amount": 100, "price_year": 2015, "paid_by": "city"}},
    })  # fmt: skip
    assert evaluate(case).totals["costs"] == pytest.approx(CBS_2022, rel=0.001)
