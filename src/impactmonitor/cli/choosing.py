"""Choose under a budget: what the command does between its options and its answer."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.cli.files import check_target, write_whole
from impactmonitor.cli.loading import check_framework
from impactmonitor.cli.outcome import WrongUse, console, print_json, remark
from impactmonitor.cli.simulating import DRAWING
from impactmonitor.cli.waiting import shown_progress
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.messages import Language
from impactmonitor.model.portfolio import Limits
from impactmonitor.portfolio.choosing import Drawing, select
from impactmonitor.portfolio.choosing_limits import terms_of
from impactmonitor.problems import InvalidInput, Problem

MOST_DRAWS = 1 << 16
GOALS = ("npv", "score")
STANDARD_OUTPUT = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command; None where the portfolio decides.

    Attributes
    ----------
    budget : float or None
    maximise : str
        "npv" or "score".
    floor : float or None
    framework : str or None
    step : float or None
    draws, seed : int
    """

    budget: float | None
    maximise: str
    floor: float | None
    framework: str | None
    step: float | None
    draws: int
    seed: int


def choose(
    file: Path,
    asked: Asked,
    catalogues: Sequence[Path] | None,
    language: Language,
    as_json: bool,
    excel: tuple[Path | None, bool] = (None, False),
) -> None:
    """Read a portfolio, choose among its candidates, and print the answer or the JSON object.

    Parameters
    ----------
    file : Path
        Of the portfolio, or its folder.
    asked : Asked
        The options.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.
    excel : tuple of Path or None, and bool
        Where a workbook is written as well, and whether a file there may be replaced.

    Raises
    ------
    WrongUse
        With all that is wrong with the options; as `check_target` and `write_whole`.
    NotFound
        ``unknown-framework``, ``file-not-found``.
    InvalidInput
        With everything that is to be mended in the portfolio; ``select-no-candidates``.
    """
    refuse(list(problems_of_options(asked)))
    target, is_forced = excel
    if target is not None:
        check_target(target, (".xlsx",), is_forced)
    reading = load_portfolio(file)
    limits = reading.portfolio.limits
    refuse(list(missing(asked, limits)))
    if not reading.portfolio.candidates:
        raise InvalidInput([Problem("select-no-candidates", "candidates")])
    known = load_catalogue(*(catalogues or ())), load_frameworks(*(catalogues or ()))
    framework = asked.framework or limits.framework
    if framework is not None:
        check_framework(framework, known[1])
    terms = terms_of(
        reading.portfolio,
        asked.budget,
        "score" if asked.maximise == "score" else "npv",
        asked.floor,
    )
    assert terms is not None  # a missing budget is refused above
    drawing = Drawing(asked.draws, asked.seed)
    with shown_progress(DRAWING, language) as progress, unprinted():
        found = select(reading, terms, framework, known, asked.step, drawing, progress)
    if target is not None:
        from impactmonitor.report.choosing_workbook import choosing_workbook

        write_whole(target, choosing_workbook(found, language), is_forced)
    if as_json:
        from impactmonitor.report.choosing_document import choosing_document

        print_json(choosing_document(found, language, known[1].overrides))
        return
    from impactmonitor.report.choosing_screen import choosing_screen

    remark(known[1].overrides, language)
    out = console()
    for part in choosing_screen(found, language):
        out.print(part)


def refuse(problems: Sequence[Problem]) -> None:
    """Stop if anything is wrong with the options.

    Raises
    ------
    WrongUse
        With all of it.
    """
    if problems:
        raise WrongUse(*problems)


def problems_of_options(asked: Asked) -> Iterator[Problem]:
    """What is wrong with the options by themselves."""
    if asked.maximise not in GOALS:
        yield Problem("select-unknown-goal", params={"id": asked.maximise})
    if asked.budget is not None and not (isfinite(asked.budget) and asked.budget >= 0):
        yield Problem("select-budget-below-0", params={"value": f"{asked.budget:g}"})
    if asked.floor is not None and not isfinite(asked.floor):
        yield Problem("select-floor-not-a-number", params={"value": f"{asked.floor:g}"})
    if asked.step is not None and not (isfinite(asked.step) and asked.step > 0):
        yield Problem("select-step-not-above-0", params={"value": f"{asked.step:g}"})
    if not 1 <= asked.draws <= MOST_DRAWS:
        params: dict[str, object] = {"draws": asked.draws, "most": MOST_DRAWS}
        yield Problem("select-draws-out-of-range", params=params)
    if asked.seed < 0:
        yield Problem("seed-below-0", params={"seed": asked.seed})


def missing(asked: Asked, limits: Limits) -> Iterator[Problem]:
    """What neither the options nor the portfolio say."""
    if asked.budget is None and limits.budget is None:
        yield Problem("select-budget-missing")
    asks_score = asked.maximise == "score" or asked.floor is not None
    if asks_score and asked.framework is None and limits.framework is None:
        yield Problem("select-framework-missing")


@contextmanager
def unprinted() -> Iterator[None]:
    """Nothing on standard output meanwhile: the solver says things there that nobody asked.

    It says them past Python, so that they are kept away where the process itself writes.
    """
    sys.stdout.flush()
    kept = os.dup(STANDARD_OUTPUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, STANDARD_OUTPUT)
        yield
    finally:
        _let_go()
        os.dup2(kept, STANDARD_OUTPUT)
        os.close(kept)
        os.close(nowhere)


def _let_go() -> None:
    """Have the C library write what it still holds, before the reader listens again."""
    with suppress(OSError, TypeError, AttributeError):  # where there is no such library to ask
        ctypes.CDLL(None).fflush(None)
