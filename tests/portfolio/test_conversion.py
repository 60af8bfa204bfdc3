import pytest
from tests.portfolio.small_funds import case, catalogue, fund

from impactmonitor.evaluation import evaluate
from impactmonitor.model.case import Case
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.portfolio.conversion import Conversion, conversion_of
from impactmonitor.problems import InvalidInput

RATES = {"GBP": {"2024-12-31": 1.5, "2025-06-30": 1.25, "2026-01-01": 9}}
INDEX = {"gbp": {"currency": "GBP", "years": {"2023": 80, "2025": 100}}}


def converted(portfolio, **fields):
    known = Portfolio.model_validate(fund(**portfolio))
    found = evaluate(Case.model_validate(case(**fields)), catalogue())
    return conversion_of(known, found, catalogue())


def test_a_case_in_the_money_of_the_fund_stays_as_it_is():
    assert converted({}) == Conversion()


def test_index_first_then_the_last_rate_of_the_price_year_of_the_fund():
    found = converted({"exchange_rates": RATES}, currency="GBP", price_year=2023,
                      price_indices=INDEX)  # fmt: skip
    assert (found.price_level, found.exchange_rate) == (1.25, 1.25)
    assert found.amounts == 1.5625


@pytest.mark.parametrize(("year", "factor"), [(2025, 1), (2026, 0.8), (2027, 0.64), (2024, 1.25)])
def test_a_later_base_year_weighs_less_at_the_first_standard_rate(year, factor):
    found = converted({}, base_year=year, discount={"rate": 0.25})
    assert found.base_year == pytest.approx(factor)
    assert found.amounts == 1


def test_the_index_of_the_catalogue_helps_where_the_case_has_no_figure():
    own = {"own": {"years": {"2025": 100}}}
    known = catalogue().index_for("EUR")
    assert known is not None
    years = known[1].years
    found = converted({"price_year": 2024}, price_indices=own)
    assert found.price_level == pytest.approx(years[2024] / years[2025])


def test_a_missing_rate_or_figure_is_named():
    for portfolio, fields, code in (
        ({}, {"currency": "GBP"}, "rate-of-fund-missing"),
        ({"price_year": 1901}, {}, "index-missing"),
    ):
        with pytest.raises(InvalidInput) as caught:
            converted(portfolio, **fields)
        assert [p.code for p in caught.value.problems] == [code]
