"""HM Treasury, Discounting supplementary guidance (2026), annex A.1: factors at 3.5 %."""

from __future__ import annotations

import numpy as np
import pytest

from impactmonitor import evaluate
from impactmonitor.appraisal.discounting import discount_factors, time_in_steps
from impactmonitor.catalogue import load_catalogue
from impactmonitor.model.case import Case

FACTORS = """
1.0000 .9662 .9335 .9019 .8714 .8420 .8135 .7860 .7594 .7337 .7089 .6849 .6618 .6394 .6178 .5969
.5767 .5572 .5384 .5202 .5026 .4856 .4692 .4533 .4380 .4231 .4088 .3950 .3817 .3687 .3563
"""


def printed() -> list[float]:
    return [float(text) for text in FACTORS.split()]


def factors(times: list[float]) -> list[float]:
    steps = load_catalogue().schemes["uk-green-book"].rates["standard"]
    untils = [float(s.until) if s.until else np.inf for s in steps]
    rates = np.array([[s.rate] for s in steps])
    spent = time_in_steps(np.array(times), untils)
    return discount_factors(rates, spent, np.array([0]))[0, :, 0].tolist()


def test_factors_of_years_0_to_30_to_four_decimals():
    assert [round(f, 4) for f in factors([float(year) for year in range(31)])] == printed()


def test_rate_changes_step_by_step_after_year_30():
    assert factors([31.0])[0] == pytest.approx(1.035**-30 * 1.03**-1, rel=1e-14)
    assert factors([76.0])[0] == pytest.approx(1.035**-30 * 1.03**-45 * 1.025**-1, rel=1e-14)


@pytest.mark.parametrize("year", range(31))
def test_a_case_under_the_scheme_gives_the_printed_factor(year):
    case = Case.model_validate({
        "impactmonitor": 1, "id": "one-pound", "title": "One pound", "currency": "GBP",
        "price_year": 2025, "base_year": 2025, "horizon": 31,
        "discount": {"scheme": "uk-green-book"},
        "actors": {"state": {"kind": "central-government"}},
        "costs": {"pound": {"amount": {2025 + year: 1}, "paid_by": "state"}},
    })  # fmt: skip
    assert round(evaluate(case).totals["costs"], 4) == printed()[year]
