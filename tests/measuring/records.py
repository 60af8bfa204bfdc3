"""Records for tests, written in a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from impactmonitor.model.measurements import Measurement
from impactmonitor.model.monitoring import Dimension
from impactmonitor.model.periods import Period, period_of

SEX = Dimension.model_validate({"categories": {"men": {}, "women": {}}})
AGE = Dimension.model_validate({"categories": {"old": {}, "young": {}}})


def record(period: Any = "2025", value: float | None = None, **fields: Any) -> Measurement:
    """An approved record of the indicator ``trees``."""
    given = {"indicator": "trees", "period": period, "status": "approved", **fields}
    if value is not None:
        given["value"] = value
    return Measurement.model_validate(given)


def series(*rows: Sequence[Any]) -> list[Measurement]:
    """Records from rows of period, reporter, value and date."""
    return [record(p, value, reporter=who, date=day) for p, who, value, day in rows]


def period(name: str) -> Period:
    found = period_of(name)
    assert found is not None
    return found


def periods(*names: str) -> list[Period]:
    return [period(name) for name in names]


QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")


@st.composite
def histories(draw: st.DrawFn, is_ratio: bool = False, statuses: Sequence[str] = ("approved",)):
    """Records of a few reporters and projects, each with a day of its own, in any order."""
    count = draw(st.integers(1, 12))
    found = []
    for i in range(count):
        whole = draw(st.integers(0, 60))
        fields: dict[str, Any] = {
            "id": f"r{i}",
            "period": draw(st.sampled_from(QUARTERS)),
            "reporter": draw(st.sampled_from(["u1", "u2"])),
            "project": draw(st.sampled_from(["c1", "c2"])),
            "date": f"2026-{1 + i // 28:02}-{1 + i % 28:02}",
            "status": draw(st.sampled_from(list(statuses))),
        }
        if is_ratio:
            fields |= {"numerator": draw(st.integers(0, whole)), "denominator": whole}
        else:
            fields["value"] = whole
        found.append(record(**fields))
    return draw(st.permutations(found))
