import json

import pytest

from impactmonitor.intake.portfolio_reading import load_portfolio, read_portfolio
from impactmonitor.intake.portfolio_writing import portfolio_with
from impactmonitor.problems import InvalidInput

FUND = """impactmonitor_portfolio: 1
id: fund
title: Fund
currency: EUR
price_year: 2025   # prices of last year
base_year: 2025
# what we hold
holdings:
  old: {case: a.yaml, instrument: loan, positions: {2025: {outstanding: 5, debt: 10}}}
"""
TABLE = "id,case,instrument,period,outstanding,debt\nnew,b.yaml,loan,2025,1,2\nold,,,2026,4,10\n"


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "holdings.csv"
    file.write_text(TABLE)
    return file


def test_what_was_there_stays_with_its_remarks(tmp_path, table):
    file = tmp_path / "portfolio.yaml"
    file.write_text(FUND)
    added, data = portfolio_with(file, table)
    assert (added.new, added.changed) == (("new",), ("old",))
    text = data.decode()
    assert "price_year: 2025   # prices of last year" in text
    assert "2025: {outstanding: 5, debt: 10}, 2026: {outstanding: 4, debt: 10}" in text
    found = read_portfolio(data, ".yaml")[0]
    assert list(found.holdings) == ["old", "new"]
    before = load_portfolio(file).portfolio
    assert found.holdings["old"].positions[2025] == before.holdings["old"].positions[2025]


def test_a_file_in_json_is_written_whole(tmp_path, table):
    file = tmp_path / "portfolio.json"
    tree = {"impactmonitor_portfolio": 1, "id": "fund", "title": "Fund", "currency": "EUR",
            "price_year": 2025, "base_year": 2025,
            "holdings": {"old": {"case": "a.yaml", "instrument": "loan"}}}  # fmt: skip
    file.write_text(json.dumps(tree))
    _, data = portfolio_with(file, table)
    found = json.loads(data)
    assert list(found) == list(tree)
    assert found["holdings"]["old"]["positions"] == {"2026": {"outstanding": 4.0, "debt": 10.0}}


def test_mistakes_in_the_portfolio_itself_come_first(tmp_path, table):
    file = tmp_path / "portfolio.yaml"
    file.write_text(FUND.replace("EUR", "euro"))
    with pytest.raises(InvalidInput) as caught:
        portfolio_with(file, table)
    assert [p.path for p in caught.value.problems] == ["currency"]
