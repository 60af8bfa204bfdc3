"""Read a portfolio file, with everything that is wrong in its form at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from impactmonitor.intake.documents import ENDINGS, READERS, mapping_in, placed
from impactmonitor.intake.files import bytes_of_kind, is_folder
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_rules import broken_rules
from impactmonitor.model.validation import problems_of
from impactmonitor.plain import Document
from impactmonitor.problems import InvalidInput, errors


@dataclass(frozen=True)
class PortfolioReading:
    """A portfolio file that was read.

    Attributes
    ----------
    portfolio : Portfolio
        As it is written.
    folder : Path
        In which the file stands: its cases are looked up there and below it.
    document : Document
        Tree and lines, to place what is found later.
    """

    portfolio: Portfolio
    folder: Path
    document: Document


def load_portfolio(path: Path | str) -> PortfolioReading:
    """Load a portfolio from a YAML or JSON file, or the file ``portfolio.yaml`` in a folder.

    Parameters
    ----------
    path : Path or str
        A file that ends in .yaml, .yml or .json, or a folder.

    Returns
    -------
    PortfolioReading
        Of the right form and keeping its own rules. Its cases are read when they are needed.

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        With every error found, each with its path and its line.
    """
    path = portfolio_file(Path(path))
    data = bytes_of_kind(path, READERS, "portfolio-file-kind", known=ENDINGS)
    portfolio, document = read_portfolio(data, path.suffix.lower())
    return PortfolioReading(portfolio, path.parent, document)


def portfolio_file(path: Path) -> Path:
    """The file of a portfolio, which of a folder is ``portfolio.yaml``.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> portfolio_file(folder("examples") / "example-fund").name
    'portfolio.yaml'
    """
    return path / "portfolio.yaml" if is_folder(path) else path


def read_portfolio(data: bytes, ending: str) -> tuple[Portfolio, Document]:
    """Read the bytes of such a file.

    Raises
    ------
    InvalidInput
        As ``load_portfolio`` does.

    Examples
    --------
    >>> text = b"{impactmonitor_portfolio: 1, id: fund, title: Fund, currency: EUR, "
    >>> read_portfolio(text + b"price_year: 2025, base_year: 2025}", ".yaml")[0].id
    'fund'
    """
    document = READERS[ending](data)
    tree = mapping_in(document)
    portfolio: Portfolio | None = None
    try:
        portfolio = Portfolio.model_validate(tree)
        found = list(broken_rules(portfolio))
    except ValidationError as error:
        found = problems_of(error, Portfolio)
    problems = placed(document, found)
    if any(errors(problems)) or portfolio is None:
        raise InvalidInput(problems)
    return portfolio, document
