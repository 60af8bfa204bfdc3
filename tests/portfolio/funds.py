"""Small funds, written to a file and read back as a user's own is."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.model.portfolio import Portfolio

BASE: dict[str, Any] = {
    "impactmonitor_portfolio": 1,
    "id": "fund",
    "title": "Fund",
    "currency": "EUR",
    "price_year": 2026,
    "base_year": 2026,
}
DAYS = ("2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31")
MILLION = 1_000_000


def investee(facts: dict[str, Any], asset_class: str = "listed-equity", **others: Any) -> Any:
    """An investee with facts of 2026."""
    return {"asset_class": asset_class, "facts": {2026: facts}, **others}


def loan(who: str | None, outstanding: float | None, **others: Any) -> dict[str, Any]:
    """A holding with an amount at the end of 2026."""
    position = {} if outstanding is None else {"outstanding": outstanding}
    named = {"case": "case.yaml"} if who is None else {"investee": who}
    return {"instrument": "loan", **named, "positions": {2026: position}, **others}


def shares(who: str | None, *values: float | None, **others: Any) -> dict[str, Any]:
    """A holding with values at the ends of the quarters of 2026; None is not written."""
    named = {"case": "case.yaml"} if who is None else {"investee": who}
    written = {day: v for day, v in zip(DAYS, values, strict=False) if v is not None}
    return {"instrument": "equity", **named, "values": written, **others}


def tree(investees: dict[str, Any], holdings: dict[str, Any], **others: Any) -> dict[str, Any]:
    """What stands in the file of a fund."""
    return {**BASE, "investees": investees, "holdings": holdings, **others}


def fund(investees: dict[str, Any], holdings: dict[str, Any], **others: Any) -> Portfolio:
    """A fund that went through a file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "portfolio.json"
        file.write_text(json.dumps(tree(investees, holdings, **others)), encoding="utf-8")
        return load_portfolio(file).portfolio
