"""A small case with its measurements, of which every number can be worked out by hand."""

from __future__ import annotations

from typing import Any

from tests.small import case, cost, gain

from impactmonitor.model.case import Case


def record(of: str, period: object, value: float | None = None, **fields: Any) -> dict[str, Any]:
    """An approved figure of a line, or of an indicator."""
    key = "line" if "." in of else "indicator"
    own = {} if value is None else {"value": value}
    return {key: of, "period": period, "status": "approved", **own, **fields}


VISITS = "effects.visits"
RECORDS = [
    record(VISITS, 2025, 80),
    record(VISITS, 2026, 90),
    record(VISITS, 2025, 12, field="unit_value"),
    record("costs.work", "2025Q1", 200),
    record("costs.work", "2025Q2", 250),
    record("costs.work", "2025Q3", 150),
    record("costs.work", "2025Q4", 100),
    record("costs.work", "2026Q1", 999),
    record("transfers.fee", 2025, 60),
]


def followed(*records: dict[str, Any], **fields: Any) -> Case:
    """Three years of 100 visits of 10 euros that cost 600 a year, and a fee in the first year."""
    whole: dict[str, Any] = {
        "costs": {"work": cost(600, years=3)},
        "effects": {"visits": gain(100, 10, years=3)},
        "transfers": {"fee": {"from": "city", "to": "insurer", "amount": 50}},
        "measurements": [*(records or RECORDS)],
        **fields,
    }
    return case(**whole)
