"""The reference pages of the documentation, generated from the code and the catalogue."""

from __future__ import annotations

from impactmonitor.messages import Language
from impactmonitor.report.reference.case import case_page
from impactmonitor.report.reference.catalogue import catalogue_page
from impactmonitor.report.reference.commands import commands_page
from impactmonitor.report.reference.frameworks import frameworks_page
from impactmonitor.report.reference.metrics import metrics_page
from impactmonitor.report.reference.picture import answer_picture
from impactmonitor.report.reference.portfolio import portfolio_page
from impactmonitor.report.reference.problems import problems_page

_PAGES = {
    case_page: ("reference/case.md", "nl/naslag-casus.md"),
    portfolio_page: ("reference/portfolio.md", "nl/naslag-portefeuille.md"),
    metrics_page: ("reference/metrics.md", "nl/naslag-getallen.md"),
    problems_page: ("reference/errors.md", "nl/naslag-meldingen.md"),
    catalogue_page: ("reference/catalogue.md", "nl/naslag-catalogus.md"),
    frameworks_page: ("reference/frameworks.md", "nl/naslag-kaders.md"),
    answer_picture: ("images/answer.svg", "images/antwoord.svg"),
}
_LANGUAGES: tuple[Language, Language] = ("en", "nl")


def pages() -> dict[str, str]:
    """All generated files of the documentation.

    Returns
    -------
    dict of str to str
        Contents by path relative to the folder of the documentation.
    """
    found = {
        path: page(language)
        for page, paths in _PAGES.items()
        for path, language in zip(paths, _LANGUAGES, strict=True)
    }
    return {**found, "reference/cli.md": commands_page()}
