"""The pages that are generated from the code, made once for all tests of them."""

from functools import cache

from impactmonitor.report.reference import pages

NAMES = (
    "reference/case.md",
    "nl/naslag-casus.md",
    "reference/portfolio.md",
    "nl/naslag-portefeuille.md",
    "reference/metrics.md",
    "nl/naslag-getallen.md",
    "reference/errors.md",
    "nl/naslag-meldingen.md",
    "reference/catalogue.md",
    "nl/naslag-catalogus.md",
    "reference/frameworks.md",
    "nl/naslag-kaders.md",
    "images/answer.svg",
    "images/antwoord.svg",
    "reference/cli.md",
)
"""Written out, because making them takes seconds, which every collection of tests would wait."""


@cache
def today() -> dict[str, str]:
    """What the code gives today, by name."""
    return pages()
