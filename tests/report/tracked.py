"""Small cases that were measured, with what may be shown of them."""

from __future__ import annotations

from typing import Any

from tests.small import case, cost, gain
from tests.tracking.recorded import record

from impactmonitor import load_catalogue, track
from impactmonitor.measuring.selecting import View
from impactmonitor.model.case import Case
from impactmonitor.report.track_shown import ShownTrack, shown_track

CATALOGUE = load_catalogue()
HELPED = "helped"
MONITORING: dict[str, Any] = {
    "indicators": {
        HELPED: {
            "title": {"nl": "Geholpen mensen", "en": "People helped"},
            "measure": "flow",
            "target": 400,
        },
        "content": {
            "title": {"nl": "Tevreden", "en": "Content"},
            "measure": "ratio",
            "baseline_numerator": 40,
            "baseline_denominator": 100,
            "target": 0.8,
        },
    },
    "dimensions": {"sex": {"categories": {"women": {}, "men": {"title": "mannen"}}}},
    "lessons": {"2025": {"went_wrong": "A slow start.", "learned": "Call people."}},
}
RECORDS: list[dict[str, Any]] = [
    record(HELPED, 2025, 60, target=100),
    record(HELPED, 2026, 95, target=100),
    record(HELPED, 2026, 92, disaggregation={"sex": "women"}),
    record(HELPED, 2026, 3, disaggregation={"sex": "men"}),
    record("content", 2026, numerator=55, denominator=95, target=0.6),
    record("costs.work", 2025, 700),
]


def measured(*records: dict[str, Any], **fields: Any) -> Case:
    """Four years of 100 people helped, worth 10 each, at 600 a year."""
    effect = gain(100, 10, years=4, measured_by=HELPED)
    whole: dict[str, Any] = {
        "title": {"nl": "Hulp", "en": "Help"},
        "costs": {"work": cost(600, years=4)},
        "effects": {"help": effect},
        "monitoring": MONITORING,
        "measurements": [*(records or RECORDS)],
        **fields,
    }
    return case(**whole)


def shown(one: Case, as_of: int | str = 2026, view: View = "restated", **how: Any) -> ShownTrack:
    """Plan against result as it may be shown."""
    return shown_track(track(one, CATALOGUE, as_of, view=view, **how), CATALOGUE, view)
