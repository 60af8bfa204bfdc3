"""Simulate a case: what the command does between its options and its answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.catalogue.ranging import with_value_ranges
from impactmonitor.cli.loading import load_and
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.messages import Language
from impactmonitor.problems import Problem, nearest
from impactmonitor.sampling.points import METHODS
from impactmonitor.uncertainty.results import Simulation
from impactmonitor.uncertainty.running import Progress, Work
from impactmonitor.uncertainty.simulation import MOST_DRAWS, simulate

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.model.case import Case

PATIENCE = 1.0
"""Seconds after which somebody who waits is shown how far it is."""


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
        with shown_progress(language) as progress:
            return simulate(case, chosen, draws, seed, method, scenario, Work(progress=progress))

    found, reading = load_and(file, catalogues, work_out)
    return replace(found, warnings=all_warnings(reading, found.warnings))


@contextmanager
def shown_progress(language: Language) -> Iterator[Progress | None]:
    """A bar on standard error for what takes over a second; nothing where nobody watches."""
    out = console(is_error=True)
    if not out.is_terminal:
        yield None
        return
    from rich.progress import Progress as Bar

    bar = Bar(console=out, transient=True)
    task = bar.add_task(messages.text("uncertainty.progress.drawing", language), total=None)
    # the bar appears by itself: nothing is reported while results are put together
    timer = Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda done, draws: bar.update(task, completed=done, total=draws)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


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
