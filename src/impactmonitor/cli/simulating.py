"""Simulate a case: what the command does between its options and its answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor.catalogue.ranging import with_value_ranges
from impactmonitor.cli.loading import load_and
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.cli.waiting import shown_progress
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.messages import Language
from impactmonitor.problems import Problem, nearest
from impactmonitor.sampling.points import METHODS
from impactmonitor.uncertainty.results import Simulation
from impactmonitor.uncertainty.running import Work
from impactmonitor.uncertainty.simulation import MOST_DRAWS, simulate

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.model.case import Case

DRAWING = "uncertainty.progress.drawing"
"""What is said of draws that are worked out."""


def check_drawing(draws: int, method: str) -> None:
    """Refuse draws that nobody can take, before any work is done.

    Raises
    ------
    WrongUse
        ``draws-out-of-range``, ``unknown-method``.
    """
    if not 1 <= draws <= MOST_DRAWS:
        params: dict[str, object] = {"draws": draws, "least": 1, "most": MOST_DRAWS}
        raise WrongUse(Problem("draws-out-of-range", params=params))
    if method not in METHODS:
        params = {"id": method, "nearest": nearest(method, METHODS)}
        raise WrongUse(Problem("unknown-method", params=params))


def load_and_simulate(
    file: Path,
    catalogues: list[Path] | None,
    drawing: tuple[int, int, str],
    scenario: str | None,
    has_value_ranges: bool,
    language: Language,
) -> Simulation:
    """Read and simulate a file, and show who waits how far it is.

    Parameters
    ----------
    file : Path
        Of the case.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    drawing : tuple
        Draws, seed and method.
    scenario : str or None
        Under which the case is simulated.
    has_value_ranges : bool
        Whether catalogue values vary within their published range.
    language : {"nl", "en"}
        Of the words beside the bar.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_case`` and ``simulate`` raise them.
    """
    draws, seed, method = drawing

    def work_out(case: Case, catalogue: Catalogue) -> Simulation:
        chosen = with_value_ranges(catalogue) if has_value_ranges else catalogue
        with shown_progress(DRAWING, language) as progress:
            return simulate(case, chosen, draws, seed, method, scenario, Work(progress=progress))

    found, reading = load_and(file, catalogues, work_out)
    return replace(found, warnings=all_warnings(reading, found.warnings))


def show_simulation(
    simulation: Simulation, language: Language, as_json: bool, is_detailed: bool
) -> None:
    """Print the whole answer, or the JSON object."""
    if as_json:
        from impactmonitor.report.document import document

        print_json(document(simulation.evaluation, language, simulation))
        return
    from impactmonitor.report.uncertainty_screen import uncertainty_screen

    out = console()
    for part in uncertainty_screen(simulation, language, is_detailed):
        out.print(part)
