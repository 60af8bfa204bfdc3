"""Deccos, Meetstandaard Energiearmoede 0.9: sums corrected for overlap."""

from __future__ import annotations

import pytest

from impactmonitor import evaluate
from impactmonitor.model.case import Case

# sum, dominant and corrected sum as printed; the members besides the dominant one are not
# printed one by one, so that the rest is split over the number of members that is
GROUPS = [
    (4, -11804.48, -4785.60, 0.5, -8295.04),
    (2, -6500.00, -4000.00, 0.5, -5250.00),
    (6, -1911.46, -777.80, 0.5, -1344.63),
    (1, -291.20, -291.20, 1.0, -291.20),
]


def effects(members: int, total: float, dominant: float) -> dict[str, dict[str, object]]:
    others = members - 1
    values = [dominant, *[(total - dominant) / max(others, 1)] * others]
    return {
        f"member-{i}": {"quantity": -1, "unit_value": -value, "falls_to": "all",
                        "domain": "societal"}
        for i, value in enumerate(values)
    }  # fmt: skip


@pytest.mark.parametrize(("members", "total", "dominant", "alpha", "corrected"), GROUPS)
@pytest.mark.parametrize("sign", [1, -1])
def test_corrected_sum(members, total, dominant, alpha, corrected, sign):
    lines = effects(members, total, dominant)
    for line in lines.values():
        line["quantity"] = -sign
    case = Case.model_validate({
        "impactmonitor": 1, "id": "overlap", "title": "Overlap", "currency": "EUR",
        "price_year": 2026, "base_year": 2026, "horizon": 1, "discount": {"rate": 0.0},
        "actors": {"all": {"kind": "society"}},
        "effects": lines,
        "overlaps": {"group": {"lines": list(lines), "alpha": alpha}},
    })  # fmt: skip
    assert evaluate(case).totals["benefits"] == pytest.approx(sign * corrected, abs=0.005)
