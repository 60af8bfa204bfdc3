"""From the bytes of a case to how sure its result is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.ranging import with_value_ranges
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.report.document import document
from impactmonitor.uncertainty.results import Simulation
from impactmonitor.uncertainty.running import Progress, Work
from impactmonitor.uncertainty.simulation import simulate
from impactmonitor_api.work.results import from_bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which draws are taken, and of what.

    Attributes
    ----------
    draws, seed : int
        How many, and from where.
    method : {"sobol", "mc"}
    scenario : str or None
        Under which the case is simulated.
    has_value_ranges : bool
        Whether catalogue values vary within their published range.
    """

    draws: int
    seed: int
    method: str
    scenario: str | None
    has_value_ranges: bool


def simulated(
    body: bytes,
    ending: str,
    catalogue: Catalogue,
    drawing: Drawing,
    language: Language,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The simulation of a case, as ``impactmonitor simulate CASE --json`` prints it.

    Raises
    ------
    InvalidInput, NotFound
        As ``from_bytes`` and ``simulate`` raise them; and whatever ``progress`` raises.
    """

    def work_out(case: Case, known: Catalogue) -> Simulation:
        chosen, work = _chosen(known, drawing), Work(progress=progress)
        d = drawing
        return simulate(case, chosen, d.draws, d.seed, d.method, d.scenario, work)

    found, reading = from_bytes(body, ending, catalogue, work_out)
    found = replace(found, warnings=all_warnings(reading, found.warnings))
    return document(found.evaluation, language, found)


def check_simulation(body: bytes, ending: str, catalogue: Catalogue, drawing: Drawing) -> None:
    """Refuse a case that cannot be simulated, before anybody waits for it.

    Raises
    ------
    InvalidInput, NotFound
        As ``from_bytes`` and ``evaluate`` raise them.
    """

    def work_out(case: Case, known: Catalogue) -> Evaluation:
        return evaluate(case, _chosen(known, drawing), scenario=drawing.scenario)

    from_bytes(body, ending, catalogue, work_out)


def _chosen(catalogue: Catalogue, drawing: Drawing) -> Catalogue:
    return with_value_ranges(catalogue) if drawing.has_value_ranges else catalogue
