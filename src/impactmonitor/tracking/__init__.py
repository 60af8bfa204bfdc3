"""Plan against result: what was realised, what is expected, and how good forecasts were.

A case with measurements is tracked against its own plan; forecasts that were kept are compared
with what came of them::

    from impactmonitor.tracking import calibration, track
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from impactmonitor.tracking.calibrating import Calibration, calibration
    from impactmonitor.tracking.forecasting import forecasts_of
    from impactmonitor.tracking.measured_case import as_measured
    from impactmonitor.tracking.parts import parts_of
    from impactmonitor.tracking.steps import track
    from impactmonitor.tracking.tracked import Tracked

_PLACES = {
    "Calibration": "impactmonitor.tracking.calibrating",
    "Tracked": "impactmonitor.tracking.tracked",
    "calibration": "impactmonitor.tracking.calibrating",
    "forecasts_of": "impactmonitor.tracking.forecasting",
    "as_measured": "impactmonitor.tracking.measured_case",
    "parts_of": "impactmonitor.tracking.parts",
    "track": "impactmonitor.tracking.steps",
}

__all__ = [
    "Calibration",
    "Tracked",
    "as_measured",
    "calibration",
    "forecasts_of",
    "parts_of",
    "track",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
