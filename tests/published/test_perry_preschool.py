"""Federal Reserve Bank of Minneapolis (2003), Perry School, table 1A: values in 1992 USD."""

from __future__ import annotations

import pytest

from impactmonitor import evaluate, load_case
from impactmonitor.resources import folder


@pytest.fixture(scope="module")
def perry():
    return evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))


def test_published_totals_by_actor(perry):
    assert perry.by_actor["participant"].benefits == 19570
    # the printed lines of the public add up to one dollar less than the printed total
    assert perry.by_actor["public"].benefits == pytest.approx(88433, abs=1)
    assert perry.totals["benefits"] == 108002
    assert perry.totals["costs"] == 12356


def test_published_ratio(perry):
    assert round(perry.totals["benefit_cost_ratio"], 2) == 8.74


def test_rates_of_return_of_a_single_moment_do_not_exist(perry):
    rate = perry.totals["internal_rate_of_return"]
    assert (rate.value, rate.reason, rate.roots) == (None, "no_time_spread", ())
    assert perry.totals["modified_internal_rate_of_return"] is None
    assert perry.totals["payback_year"] == 1992
