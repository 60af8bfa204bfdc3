"""Read a portfolio file, with everything that is wrong in its form at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from impactmonitor.intake.files import bytes_of, is_file
from impactmonitor.intake.reading import READERS
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_rules import broken_rules
from impactmonitor.model.validation import problems_of, shown
from impactmonitor.plain import Document
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors, listed


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
    path = Path(path)
    if path.is_dir():
        path = path / "portfolio.yaml"
    ending = path.suffix.lower()
    if not is_file(path):
        raise NotFound(Problem("file-not-found", params={"file": path.name}))
    if ending not in READERS:
        params: dict[str, object] = {"ending": ending, "known": ", ".join(READERS)}
        raise InvalidInput([Problem("portfolio-file-kind", params=params)])
    portfolio, document = read_portfolio(bytes_of(path), ending)
    return PortfolioReading(portfolio, path.parent, document)


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
    document: Document = READERS[ending](data)
    tree, refused = document.tree, document.problems
    if not isinstance(tree, dict):
        absent = "file-empty" if tree is None else "not-a-mapping"
        raise InvalidInput(refused or [Problem(absent, params={"value": shown(tree)})])
    portfolio: Portfolio | None = None
    try:
        portfolio = Portfolio.model_validate(tree)
        found = list(broken_rules(portfolio))
    except ValidationError as error:
        found = problems_of(error, Portfolio)
    places = {p.path for p in refused}
    problems = listed([*refused, *(p for p in found if p.path not in places)])
    if any(errors(problems)) or portfolio is None:
        raise InvalidInput([document.located(p) for p in problems])
    return portfolio, document
