"""Add holdings from a table to a portfolio: what the command does and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor import messages
from impactmonitor.cli.files import write_whole
from impactmonitor.cli.outcome import console, harmless, print_json
from impactmonitor.intake.portfolio_reading import portfolio_file
from impactmonitor.intake.portfolio_writing import portfolio_with
from impactmonitor.messages import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from impactmonitor.intake.adding_holdings import Added


def import_holdings(
    holdings: Path, into: Path, is_written: bool, language: Language, as_json: bool
) -> None:
    """Read a table, put it into a portfolio, and write that if it is asked for.

    Parameters
    ----------
    holdings : Path
        The table, as .csv or .xlsx.
    into : Path
        The portfolio, or the folder it is in.
    is_written : bool
        Whether to write it; else it is only said what would change.
    language : {"nl", "en"}
        Of the texts.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    InvalidInput, NotFound
        As ``portfolio_with`` raises them.
    WrongUse
        If the file cannot be written.
    """
    file = portfolio_file(into)
    added, data = portfolio_with(file, holdings)
    is_new = bool(added.new or added.changed)
    if is_written and is_new:
        write_whole(file, data, is_forced=True)
    if as_json:
        print_json({
            "portfolio": file.name,
            "new": list(added.new),
            "changed": list(added.changed),
            "same": list(added.same),
            "is_written": is_written and is_new,
        })  # fmt: skip
        return
    out = console()
    for line in sentences(added, file.name, holdings.name, is_written, language):
        out.print(harmless(line))


def sentences(
    added: Added, file: str, table: str, is_written: bool, language: Language
) -> Iterator[str]:
    """What an import comes to, line by line."""

    def words(key: str, **params: object) -> str:
        return messages.text(f"portfolio.import.{key}", language, **params)

    if not (added.new or added.changed):
        yield words("nothing", file=table)
        return
    if added.new:
        yield words("added", names=", ".join(added.new))
    if added.changed:
        yield words("changed", names=", ".join(added.changed))
    if added.same:
        yield words("same", names=", ".join(added.same))
    yield words("written" if is_written else "proposed", file=file)
