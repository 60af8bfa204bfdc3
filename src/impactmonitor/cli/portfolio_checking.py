"""Check a portfolio and everything that it names: what the command does and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from impactmonitor import messages
from impactmonitor.cli.outcome import console, harmless, in_words, print_json
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from impactmonitor.portfolio.results import PortfolioResult


def check_portfolio(
    file: Path, period: int | None, catalogue: list[Path] | None, language: Language, as_json: bool
) -> None:
    """Read a portfolio and its cases, and say everything that does not fit.

    Parameters
    ----------
    file : Path
        The portfolio, or the folder it is in.
    period : int or None
        At the end of which is looked; by default the last year with positions.
    catalogue : list of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    InvalidInput
        With everything that keeps a holding out of the totals.
    NotFound
        As ``load_portfolio`` raises it.
    """
    from impactmonitor.catalogue import load_catalogue
    from impactmonitor.intake.portfolio_reading import load_portfolio
    from impactmonitor.portfolio.cases import file_problems
    from impactmonitor.portfolio.reporting import report_on
    from impactmonitor.portfolio.states import periods_of

    reading = load_portfolio(file)
    known = periods_of(reading.portfolio)
    if period is None and not known:
        raise InvalidInput([reading.document.located(Problem("no-positions", "holdings"))])
    result = report_on(
        reading, load_catalogue(*(catalogue or ())), known[-1] if period is None else period
    )
    known_problems = {(p.code, p.path): p for p in (*result.problems, *file_problems(reading))}
    every = (*known_problems.values(), *result.warnings)
    found = [reading.document.located(problem) for problem in every]
    if any(errors(found)):
        raise InvalidInput(found)
    if as_json:
        print_json(check_document(result, found, language))
        return
    out = console()
    for line in sentences(result, found, language):
        out.print(harmless(line))


def check_document(
    result: PortfolioResult, found: Iterable[Problem], language: Language
) -> dict[str, Any]:
    """What a check found, as one object of plain values."""
    from impactmonitor.report.document import problem_list

    return {
        "portfolio": result.portfolio.id,
        "period": result.period,
        "holdings": len(result.held),
        "cases": len({one.case.id for one in result.held if one.case}),
        "left_out": {
            basis: [{"holding": name, "reason": reason} for name, reason in t.left_out.items()]
            for basis, t in result.totals.items()
        },
        "warnings": problem_list(list(found), language),
    }


def sentences(result: PortfolioResult, found: list[Problem], language: Language) -> Iterator[str]:
    """What a check found, line by line."""

    def words(key: str, **params: object) -> str:
        return messages.text(f"portfolio.{key}", language, **params)

    held = result.held
    cases = len({one.case.id for one in held if one.case})
    plural = "one" if len(held) == 1 else "other"
    yield words(f"check.counted.{plural}", count=len(held), cases=cases, period=result.period)
    away = [name for name, one in result.holdings.items() if not one.share.is_held]
    if away:
        yield words("check.not_held", names=", ".join(away), period=result.period)
    for basis, totalled in result.totals.items():
        if totalled.left_out and basis != "plan":
            yield words("check.left_out", basis=words(f"basis.{basis}", period=result.period))
            for name, reason in totalled.left_out.items():
                yield f"  {name}: {words(f'reason.{reason}')}"
    if not found:
        yield words("check.fine")
        return
    plural = "one" if len(found) == 1 else "other"
    yield words(f"check.look.{plural}", count=len(found))
    for problem in found:
        yield f"  {in_words(problem, language)}"
