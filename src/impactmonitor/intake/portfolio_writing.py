"""Write a portfolio with holdings from a table in it, as whole as it was."""

from __future__ import annotations

import json
from pathlib import Path

from impactmonitor.intake.adding_holdings import Added, added_to
from impactmonitor.intake.files import bytes_of
from impactmonitor.intake.holdings_table import read_table
from impactmonitor.intake.portfolio_reading import load_portfolio, read_portfolio
from impactmonitor.intake.yaml_editing import with_entry
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.plain import decode
from impactmonitor.problems import InvalidInput, Problem


def portfolio_with(file: Path, holdings: Path) -> tuple[Added, bytes]:
    """A portfolio file with the holdings of a table in it.

    Parameters
    ----------
    file : Path
        The portfolio, as .yaml, .yml or .json.
    holdings : Path
        The table; see ``read_table``.

    Returns
    -------
    added : Added
        What is new.
    data : bytes
        The whole file. In YAML everything that was there stands as it stood, with its remarks.

    Raises
    ------
    NotFound
        If one of the files is not there.
    InvalidInput
        With every mistake in the portfolio, or else in the table; ``portfolio-not-editable``
        where the file is written in a way that cannot be added to.
    """
    reading = load_portfolio(file)
    table = read_table(holdings)
    added = added_to(reading.document.tree, table.rows, table.problems)
    ending = file.suffix.lower()
    if ending == ".json":
        data = json.dumps(added.tree, ensure_ascii=False, indent=2).encode() + b"\n"
    else:
        text = decode(bytes_of(file))
        for entry in added.entries:
            text = with_entry(text, entry.path, entry.key, entry.value)
        data = text.encode()
    wanted = Portfolio.model_validate(added.tree)
    try:
        is_same = read_portfolio(data, ending)[0] == wanted
    except InvalidInput:
        is_same = False
    if not is_same:
        raise InvalidInput([Problem("portfolio-not-editable", params={"file": file.name})])
    return added, data
