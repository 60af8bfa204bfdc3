"""List the data gaps of a case: without a simulation, or with what each is worth knowing."""

from __future__ import annotations

from pathlib import Path

from impactmonitor.cli.loading import load_and_evaluate
from impactmonitor.cli.outcome import console, print_json
from impactmonitor.evaluation.gaps import gaps_of
from impactmonitor.messages import Language


def list_gaps(
    case: Path,
    catalogues: list[Path] | None,
    drawing: tuple[int, int],
    language: Language,
    as_json: bool,
) -> None:
    """Print what a case does not say about its effects and its answers.

    Parameters
    ----------
    case : Path
        The file of the case.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    drawing : tuple of int
        Draws (0 for none) and seed.
    language : {"nl", "en"}
        Of all words.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    WrongUse
        ``draws-out-of-range``.
    InvalidInput, NotFound
        As ``load_case``, ``evaluate`` and ``simulate`` raise them.
    """
    draws, seed = drawing
    if draws:
        from impactmonitor.cli.simulating import check_drawing, load_and_simulate
        from impactmonitor.uncertainty.simulation import METHOD
        from impactmonitor.uncertainty.worth import worth_of_effects

        check_drawing(draws, METHOD)
        asked = (draws, seed, METHOD)
        simulation = load_and_simulate(case, catalogues, asked, None, False, language)
        result, draws = simulation.evaluation, simulation.draws
        gaps = gaps_of(result, worth_of_effects(simulation))
    else:
        result = load_and_evaluate(case, catalogues)
        gaps = gaps_of(result)
    if as_json:
        from impactmonitor.report.gaps_document import gaps_document

        print_json(gaps_document(result, gaps, language))
        return
    from impactmonitor.report.gaps_screen import gaps_screen

    for part in gaps_screen(result, gaps, language, draws):
        console().print(part)
