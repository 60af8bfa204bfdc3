"""Check a batch: what the command does between its options and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from impactmonitor import messages
from impactmonitor.catalogue import load_catalogue
from impactmonitor.cli.files import check_target, said_of, write_whole
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.cli.waiting import shown_progress
from impactmonitor.messages import Language
from impactmonitor.problems import Problem
from impactmonitor.proposals.checking import check_batch

LETTER = ".md"


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is written beside the answer.

    Attributes
    ----------
    excel : Path or None
        The workbook.
    letters : Path or None
        The folder of the letters; it is made where its own folder is there.
    is_forced : bool
        Whether files that are already there may be replaced.
    """

    excel: Path | None = None
    letters: Path | None = None
    is_forced: bool = False


def check(
    folder: Path,
    catalogues: list[Path] | None,
    outputs: Outputs,
    language: Language,
    as_json: bool,
) -> None:
    """Check a folder with proposals, print the answer and write what was asked for.

    Parameters
    ----------
    folder : Path
        With the proposals.
    catalogues : list of Path or None
        Folders that add to the catalogue.
    outputs : Outputs
        Workbook and letters.
    language : {"nl", "en"}
        Of all words.
    as_json : bool
        Whether a program reads it.

    Raises
    ------
    NotFound
        ``folder-not-found``.
    InvalidInput
        ``no-case-files``.
    WrongUse
        If a workbook or a letter cannot be written, before any of them is.
    """
    if outputs.excel is not None:
        check_target(outputs.excel, (".xlsx",), outputs.is_forced)
    if outputs.letters is not None:
        _check_folder(outputs.letters)
    excluded = [] if outputs.excel is None else [outputs.excel]
    catalogue = load_catalogue(*(catalogues or ()))
    with shown_progress("checking.progress", language) as progress:
        batch = check_batch(folder, catalogue, progress=progress, excluded=excluded)
    if outputs.excel is not None or outputs.letters is not None:
        from impactmonitor.report.checking_letters import letters_of

        letters = letters_of(batch, language)
        if outputs.letters is not None:
            write_letters(letters, outputs.letters, outputs.is_forced)
        if outputs.excel is not None:
            from impactmonitor.report.checking_workbook import checking_workbook

            data = checking_workbook(batch, letters, language)
            write_whole(outputs.excel, data, outputs.is_forced)
    if as_json:
        from impactmonitor.report.checking_document import checking_document

        print_json(checking_document(batch, language))
        return
    from impactmonitor.report.checking_screen import checking_screen

    out = console()
    for part in checking_screen(batch, language):
        out.print(part)
    if outputs.letters is not None:
        params = {"count": len(batch.intakes), "folder": outputs.letters.name}
        out.print(messages.text("checking.letters_written", language, **params))


def _check_folder(folder: Path) -> None:
    """Refuse a folder for letters that cannot be made, before any work is done."""
    with said_of(folder):
        if folder.exists() and not folder.is_dir():
            raise WrongUse(Problem("file-exists", params={"file": folder.name}))
        if not folder.is_dir() and not folder.parent.is_dir():
            raise WrongUse(Problem("folder-not-found", params={"folder": folder.parent.name}))


def write_letters(letters: Mapping[str, str], folder: Path, is_forced: bool) -> None:
    """Write all letters, each whole; none of them where one may not be written.

    Parameters
    ----------
    letters : Mapping[str, str]
        By file name, which holds no folder.
    folder : Path
        Made where it is not there yet.
    is_forced : bool
        Whether letters that are already there may be replaced.

    Raises
    ------
    WrongUse
        ``file-exists``, ``file-not-written``.
    """
    targets = {folder / name: text for name, text in letters.items()}
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        params = {"file": folder.name, "detail": detail}
        raise WrongUse(Problem("file-not-written", params=params)) from None
    for path in targets:
        check_target(path, (LETTER,), is_forced)
    for path, text in targets.items():
        write_whole(path, text.encode("utf-8", "backslashreplace"), is_forced)
