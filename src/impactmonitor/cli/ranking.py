"""Rank cases: what the command does between its options and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.cli.loading import check_framework, load_and_evaluate_all
from impactmonitor.cli.outcome import WrongUse, console, print_json, remark
from impactmonitor.messages import Language
from impactmonitor.problems import Problem
from impactmonitor.proposals.ranking import MOST_DRAWS, MOST_MULTIPLIER, rank_cases
from impactmonitor.scoring.robust_ranking import Draws


def rank(
    files: Sequence[Path],
    framework: str,
    drawing: tuple[int, int, float],
    catalogues: Sequence[Path] | None,
    language: Language,
    as_json: bool,
) -> None:
    """Read cases, rank them in a framework, and print the answer or the JSON object.

    Parameters
    ----------
    files : sequence of Path
        Of the cases.
    framework : str
        Its id.
    drawing : tuple
        Draws, seed, and the highest multiplier of the long term.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    WrongUse
        ``rank-needs-two-cases``, ``ranking-draws-out-of-range``, ``seed-below-0``,
        ``max-multiplier-out-of-range``, ``framework-asks-nothing``.
    NotFound
        ``unknown-framework``, ``file-not-found``.
    InvalidInput
        With everything that is to be mended in the files, each with the file it is in.
    """
    draws = checked_draws(files, drawing)
    frameworks = load_frameworks(*(catalogues or ()))
    check_framework(framework, frameworks)
    evaluations = load_and_evaluate_all(files, load_catalogue(*(catalogues or ())))
    ranking = rank_cases(evaluations, framework, draws, [str(file) for file in files])
    if as_json:
        from impactmonitor.report.ranking_document import ranking_document

        print_json(ranking_document(ranking, language, frameworks.overrides))
        return
    from impactmonitor.report.ranking_screen import ranking_screen

    remark(frameworks.overrides, language)
    out = console()
    for part in ranking_screen(ranking, language):
        out.print(part)


def checked_draws(files: Sequence[Path], drawing: tuple[int, int, float]) -> Draws:
    """The draws that were asked for, once there is something to draw for and they can be taken.

    Raises
    ------
    WrongUse
        As `rank`.
    """
    draws, seed, highest = drawing
    if len(files) < 2:
        raise WrongUse(Problem("rank-needs-two-cases"))
    if not 1 <= draws <= MOST_DRAWS:
        params: dict[str, object] = {"draws": draws, "most": MOST_DRAWS}
        raise WrongUse(Problem("ranking-draws-out-of-range", params=params))
    if seed < 0:
        raise WrongUse(Problem("seed-below-0", params={"seed": seed}))
    if not 1 <= highest <= MOST_MULTIPLIER:
        params = {"value": f"{highest:g}", "most": MOST_MULTIPLIER}
        raise WrongUse(Problem("max-multiplier-out-of-range", params=params))
    return Draws(draws, seed, highest)
