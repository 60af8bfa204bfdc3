"""impactmonitor: indicator definitions and project data give multi-value returns and who gains.

A few calls do the work::

    from impactmonitor import load_case, evaluate, simulate
    case = load_case("case.yaml")
    evaluate(case).actors()
    simulate(case).net_present_value.probability_positive
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from impactmonitor.version import __version__

if TYPE_CHECKING:
    from impactmonitor.catalogue import Catalogue, load_catalogue
    from impactmonitor.evaluation import Evaluation, evaluate
    from impactmonitor.intake import load_case
    from impactmonitor.model.case import Case
    from impactmonitor.problems import InvalidInput, NotFound, Problem
    from impactmonitor.tracking import Calibration, Tracked, calibration, track
    from impactmonitor.uncertainty.results import Simulation
    from impactmonitor.uncertainty.simulation import simulate

_PLACES = {
    "Calibration": "impactmonitor.tracking",
    "Case": "impactmonitor.model.case",
    "Catalogue": "impactmonitor.catalogue",
    "Evaluation": "impactmonitor.evaluation",
    "InvalidInput": "impactmonitor.problems",
    "NotFound": "impactmonitor.problems",
    "Problem": "impactmonitor.problems",
    "Simulation": "impactmonitor.uncertainty.results",
    "Tracked": "impactmonitor.tracking",
    "calibration": "impactmonitor.tracking",
    "evaluate": "impactmonitor.evaluation",
    "load_case": "impactmonitor.intake",
    "load_catalogue": "impactmonitor.catalogue",
    "simulate": "impactmonitor.uncertainty.simulation",
    "track": "impactmonitor.tracking",
}

__all__ = [
    "Calibration",
    "Case",
    "Catalogue",
    "Evaluation",
    "InvalidInput",
    "NotFound",
    "Problem",
    "Simulation",
    "Tracked",
    "__version__",
    "calibration",
    "evaluate",
    "load_case",
    "load_catalogue",
    "simulate",
    "track",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import impactmonitor`` is cheap."""
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
