"""A fund with candidates of which every number can be worked out by hand.

Every case costs what it asks from the city and gives the people a sum, once, without discounting;
scores are levels of the framework ``readiness``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.small import cost, gain, tree

from impactmonitor.intake.portfolio_reading import PortfolioReading, load_portfolio

FUND = {
    "impactmonitor_portfolio": 1,
    "id": "fund",
    "title": "Fund",
    "currency": "EUR",
    "price_year": 2025,
    "base_year": 2025,
    "themes": {"health": {}, "energy": {}},
}


def levels(level: int) -> dict[str, Any]:
    return {"readiness": {name: {"level": level} for name in ("trl", "srl", "crl")}}


def candidate(
    amount: float, worth: Any, level: int | None = None, **fields: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case of twice the amount, with net benefits of ``worth``, and the candidate for it."""
    case = tree(
        costs={"work": cost(2 * amount)},
        effects={"good": gain(1, 2 * amount), "more": gain(worth, 1)},
        scores=None if level is None else levels(level),
    )
    return case, {"amount": amount, "total_funding": 2 * amount, **fields}


def written(folder: Path, offers: dict[str, Any], **fields: Any) -> Path:
    """The files of a fund and its candidates; ``None`` for one whose case is not there."""
    candidates = {}
    for name, (case, asked) in offers.items():
        candidates[name] = {"title": name.title(), "case": f"{name}.json", **asked}
        if case is not None:
            text = json.dumps({**case, "id": name, "title": f"Case {name}"})
            (folder / f"{name}.json").write_text(text)
    path = folder / "portfolio.json"
    path.write_text(json.dumps({**FUND, "candidates": candidates, **fields}))
    return path


def fund(folder: Path, offers: dict[str, Any], **fields: Any) -> PortfolioReading:
    return load_portfolio(written(folder, offers, **fields))
