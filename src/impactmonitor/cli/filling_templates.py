"""Figures of templates over a portfolio: what the command does between options and answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.portfolio_templates import Templates, load_templates
from impactmonitor.cli.outcome import WrongUse, console, print_json, remark
from impactmonitor.intake.portfolio_reading import PortfolioReading, load_portfolio
from impactmonitor.messages import Language
from impactmonitor.model.portfolio_templates import Within
from impactmonitor.portfolio.evic_inflation import INTENSITY, evic_inflation
from impactmonitor.portfolio.financed import financed_emissions
from impactmonitor.portfolio.indicators import template_result
from impactmonitor.portfolio.reporting import check_period
from impactmonitor.problems import InvalidInput, Problem, listed
from impactmonitor.report.template_document import Filled, template_document


def list_templates(
    names: Sequence[str], catalogues: Sequence[Path] | None, language: Language, as_json: bool
) -> None:
    """Print templates with what each of them needs.

    Parameters
    ----------
    names : sequence of str
        Ids; without any all of them.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    NotFound
        ``unknown-template``.
    """
    from impactmonitor.report.template_list import template_list_document, template_list_screen

    folders = catalogues or ()
    templates = load_templates(*folders)
    chosen = [templates.named(name) for name in names or templates.templates]
    if as_json:
        print_json(template_list_document(chosen, language, templates.overrides))
        return
    remark(templates.overrides, language)
    for part in template_list_screen(chosen, load_catalogue(*folders), language):
        console().print(part)


def fill_templates(
    file: Path,
    periods: tuple[int, int | None],
    asked: tuple[Sequence[str], Within | None],
    catalogues: Sequence[Path] | None,
    language: Language,
    as_json: bool,
) -> None:
    """Work templates out for a portfolio, and print the answer or the JSON object.

    Parameters
    ----------
    file : Path
        Of the portfolio, or its folder.
    periods : tuple
        The year, and an earlier one to compare enterprise values with, or None.
    asked : tuple
        Ids of templates (without any all of them), and what denominators hold.
    catalogues : sequence of Path or None
        Folders that add to the catalogue.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    WrongUse
        ``base-period-not-earlier``.
    NotFound
        ``unknown-template``, ``file-not-found``.
    InvalidInput
        With everything that is to be mended in the portfolio, each with its path and line.
    """
    period, base = periods
    if base is not None and base >= period:
        params: dict[str, object] = {"base": base, "period": period}
        raise WrongUse(Problem("base-period-not-earlier", params=params))
    templates = load_templates(*(catalogues or ()))
    names, within = asked
    chosen = list(dict.fromkeys(names)) or list(templates.templates)
    for name in chosen:
        templates.named(name)
    reading = load_portfolio(file)
    holdings = reading.portfolio.holdings.values()
    check_period(reading, period, (day.year for one in holdings for day in one.values))
    try:
        filled = filled_templates(reading, templates, chosen, periods, within)
    except InvalidInput as invalid:
        located = [reading.document.located(problem) for problem in invalid.problems]
        raise InvalidInput(located) from None
    if as_json:
        print_json(template_document(filled, language))
        return
    from impactmonitor.report.template_screen import template_screen

    remark(filled.warnings, language)
    for part in template_screen(filled, language):
        console().print(part)


def filled_templates(
    reading: PortfolioReading,
    templates: Templates,
    names: Sequence[str],
    periods: tuple[int, int | None],
    within: Within | None,
) -> Filled:
    """Templates worked out for a portfolio, with every warning once and its line.

    Parameters
    ----------
    reading : PortfolioReading
        The portfolio.
    templates : Templates
        All that are known.
    names : sequence of str
        Ids of those to work out.
    periods, within
        As for ``fill_templates``.
    """
    period, base = periods
    portfolio, every = reading.portfolio, tuple(templates.templates.values())
    results, financed, inflation = [], {}, {}
    for name in names:
        template = templates.named(name)
        results.append(template_result(portfolio, template, period, within, every))
        if template.moments == "period-end":
            financed[name] = financed_emissions(portfolio, templates, period, name)
            if base is not None and INTENSITY in template.indicators:
                inflation[name] = evic_inflation(portfolio, template, base, period)
    warnings: dict[tuple[str, str, str], Problem] = {}
    for problem in (*templates.overrides, *(p for one in results for p in one.warnings)):
        warnings.setdefault(
            (problem.code, problem.path, f"{problem.params}"), reading.document.located(problem)
        )
    return Filled(portfolio, period, results, financed, inflation, listed(warnings.values()))
