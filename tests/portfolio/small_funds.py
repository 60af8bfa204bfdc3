"""Small funds made in code, of which every number can be worked out by hand.

A fund stands in a folder of its own, with its cases in it; by default everything is in euros of
2025, and a case has a flat rate of 0.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests import small

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.intake.portfolio_reading import PortfolioReading, load_portfolio
from impactmonitor.measuring.selecting import View
from impactmonitor.portfolio.reporting import report_on
from impactmonitor.portfolio.results import PortfolioResult

Cases = Mapping[str, dict[str, Any]]

known_catalogue = cache(load_catalogue)


def catalogue() -> Catalogue:
    return known_catalogue()


def fund(**fields: Any) -> dict[str, Any]:
    """A portfolio as plain values."""
    return {
        "impactmonitor_portfolio": 1,
        "id": "fund",
        "title": "Fund",
        "currency": "EUR",
        "price_year": 2025,
        "base_year": 2025,
        **fields,
    }


def loan(case: str = "a.json", share: float = 0.25, *years: int, **fields: Any) -> dict[str, Any]:
    """A loan of 100 x share in each of the years, 2025 if none is named, of a whole of 100."""
    position = {"outstanding": 100 * share, "equity": 40, "debt": 60}
    return {
        "case": case,
        "instrument": "loan",
        "commitment": {"date": "2025-01-01", "amount": 100 * share, "total_funding": 100},
        "positions": {str(year): dict(position) for year in years or (2025,)},
        **fields,
    }


def case(**fields: Any) -> dict[str, Any]:
    """A case of two years: costs of 100 to the city, benefits of 300 to the people, a year."""
    line = {"costs": {"work": small.cost(years=2)}, "effects": {"joy": small.gain(3, years=2)}}
    return small.tree(**{"id": "joy", **line, **fields})


def written(folder: Path, portfolio: dict[str, Any], cases: Cases) -> PortfolioReading:
    """A fund in a folder, read back."""
    for name, tree in cases.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(tree), encoding="utf-8")
    (folder / "portfolio.json").write_text(json.dumps(portfolio), encoding="utf-8")
    return load_portfolio(folder / "portfolio.json")


def report(
    holdings: Mapping[str, Any],
    cases: Cases | None = None,
    period: int = 2025,
    view: View = "first_reported",
    **fields: Any,
) -> PortfolioResult:
    """What a fund with these holdings reports."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"a.json": case()} if cases is None else cases
        reading = written(Path(folder), fund(holdings=holdings, **fields), found)
        return report_on(reading, catalogue(), period, view)
