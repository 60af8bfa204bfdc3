"""The files of a batch: which of a folder are read, and which are not and why."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from impactmonitor.intake.documents import READERS
from impactmonitor.intake.reading import WORKBOOK
from impactmonitor.problems import NotFound, Problem
from impactmonitor.proposals.checked import Skipped, SkipReason

LOCK = "~$"
"""How the name of a file begins that a spreadsheet program keeps while a workbook is open."""


def batch_files(
    folder: Path, excluded: Collection[Path] = ()
) -> tuple[tuple[Path, ...], tuple[Skipped, ...]]:
    """The case files in a folder and in the folders in it, and what is not read.

    Parameters
    ----------
    folder : Path
        Its folders are looked into, but not theirs.
    excluded : collection of Path
        Files that are no proposals, such as a report that is to be written there.

    Returns
    -------
    tuple of Path, tuple of Skipped
        By name. Links are not followed: what they point at may lie anywhere.

    Raises
    ------
    NotFound
        ``folder-not-found``.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> found, skipped = batch_files(folder("examples") / "warm-homes")
    >>> [path.name for path in found], skipped
    (['case.yaml'], ())
    """
    if not _is_folder(folder):
        raise NotFound(Problem("folder-not-found", params={"folder": folder.name}))
    others = {path.absolute() for path in excluded}
    found: list[Path] = []
    skipped: list[Skipped] = []
    for entry in _entries(folder):
        path = Path(entry.path)
        reason: SkipReason | None = "excluded" if path.absolute() in others else _reason(entry)
        if reason is None:
            found.append(path)
        else:
            skipped.append(Skipped(path.relative_to(folder).as_posix(), reason))
    return tuple(found), tuple(skipped)


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except (OSError, ValueError):
        return False


def _entries(folder: Path, is_inner: bool = False) -> Iterator[os.DirEntry[str]]:
    """Files and links of a folder and of the folders in it; inner ones only by their name."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        is_real = entry.is_dir(follow_symlinks=False)
        if is_real and not is_inner and not entry.name.startswith("."):
            yield from _entries(Path(entry.path), is_inner=True)
        else:
            yield entry


def _reason(entry: os.DirEntry[str]) -> SkipReason | None:
    """Why an entry is not read; None for a file that is."""
    if entry.is_symlink():
        return "link"
    if entry.name.startswith(LOCK):
        return "lock-file"
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_dir(follow_symlinks=False):
        return "too-deep"
    is_case = Path(entry.name).suffix.lower() in (*READERS, WORKBOOK)
    return None if is_case and entry.is_file(follow_symlinks=False) else "other-kind"
