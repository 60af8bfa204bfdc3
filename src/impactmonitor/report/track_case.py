"""A case to plan against result as it may be shown, in one step."""

from __future__ import annotations

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.measuring.selecting import View
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.periods import period_of
from impactmonitor.problems import NotFound, Problem, nearest
from impactmonitor.report.track_shown import ShownTrack, shown_track
from impactmonitor.tracking.steps import track


def track_and_show(
    case: Case,
    catalogue: Catalogue,
    as_of: str | None = None,
    reforecast: bool = False,
    view: View = "restated",
) -> ShownTrack:
    """Hold the result of a case against its plan, and keep what may be shown of it.

    Parameters
    ----------
    case : Case
        With its measurements.
    catalogue : Catalogue
        In which its references are looked up.
    as_of : str, optional
        Up to which period; by default the last year that was measured completely.
    reforecast : bool
        Whether the rest is forecast again.
    view : {"restated", "first_reported"}
        Whether later corrections count.

    Raises
    ------
    NotFound
        ``unknown-period``.
    InvalidInput
        As ``track`` raises it.

    Examples
    --------
    >>> from impactmonitor import load_case, load_catalogue
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "exercise-classes-measured" / "case.yaml")
    >>> track_and_show(case, load_catalogue(), "2024").tracked.last_year
    2024
    """
    own = monitoring_of(case).periods
    if as_of is not None and period_of(as_of, own) is None:
        params = {"id": as_of, "nearest": nearest(as_of, own)}
        raise NotFound(Problem("unknown-period", params=params))
    found = track(case, catalogue, as_of, reforecast, view)
    return shown_track(found, catalogue, view)
