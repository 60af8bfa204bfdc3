"""Folders of a catalogue: which files they hold, and everything in them."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from impactmonitor.catalogue.kinds import CATALOGUE, Layout
from impactmonitor.catalogue.reading import Contents, read_file
from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import NotFound, Problem

MAX_FILES = 500
MAX_SEEN = 20_000
MAX_FOLDER_BYTES = 4 * MAX_BYTES
_ENDINGS = {".yaml", ".yml"}


def read_folder(folder: Path, prefix: str = "", layout: Layout = CATALOGUE) -> Contents:
    """Read all YAML files of a folder and the folders in it, in the order of their names.

    Parameters
    ----------
    folder : Path
        May hold other files too; hidden ones and other endings are left alone.
    prefix : str
        Stands before every file's name in the paths of problems.
    layout : Layout
        What the files may hold, and which folders in it are left to others.

    Returns
    -------
    Contents
        Entries of all files, and all problems; an id may stand only once in a folder.

    Raises
    ------
    NotFound
        ``catalogue-folder-missing`` if there is no such folder.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> read_folder(folder("indicators")).edition.edition
    '2026.11'
    """
    if not folder.is_dir():
        raise NotFound(Problem("catalogue-folder-missing", params={"folder": str(folder)}))
    contents = Contents()
    seen = list(islice(folder.rglob("*"), MAX_SEEN + 1))
    own = [p for p in seen if p.relative_to(folder).parts[0] not in layout.elsewhere]
    paths = sorted(path for path in own if _is_part(path, folder))
    if len(seen) > MAX_SEEN or _is_too_large(paths):
        limits = {"files": MAX_FILES, "megabytes": MAX_FOLDER_BYTES // 10**6, "others": MAX_SEEN}
        problem = Problem("catalogue-folder-too-large", params={"folder": str(folder), **limits})
        return Contents(problems=[problem])
    if not paths and len(own) == len(seen):
        contents.problems.append(Problem("catalogue-folder-empty", params={"folder": str(folder)}))
    for path in paths:
        name = prefix + path.relative_to(folder).as_posix()
        _add(contents, _read(path, name, layout), name)
    return contents


def _is_part(path: Path, folder: Path) -> bool:
    """Whether a path is a YAML file that is not hidden, nor in a hidden folder."""
    is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in _ENDINGS and not is_hidden and path.is_file()


def _is_too_large(paths: list[Path]) -> bool:
    # A single large file is named by its own problem, so it does not count here.
    sizes = [size for path in paths if (size := _size(path)) <= MAX_BYTES]
    return len(paths) > MAX_FILES or sum(sizes) > MAX_FOLDER_BYTES


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(path: Path, name: str, layout: Layout) -> Contents:
    try:
        if _size(path) > MAX_BYTES:
            limit = {"megabytes": MAX_BYTES // 10**6}
            return Contents(problems=[Problem("file-too-large", name, limit)])
        return read_file(path.read_bytes(), name, layout)
    except OSError as error:
        params = {"file": name, "detail": error.strerror or "?"}
        return Contents(problems=[Problem("catalogue-file-unreadable", name, params)])


def _add(contents: Contents, file: Contents, name: str) -> None:
    """Add what a file holds; what another file of the folder holds already is a problem."""
    contents.problems += file.problems
    contents.broken |= file.broken
    if file.edition is not None and contents.edition is not None:
        contents.problems.append(Problem("catalogue-two-editions", name))
    contents.edition = contents.edition or file.edition
    for section, entries in file.sections.items():
        for key, found in entries.items():
            first = contents.sections[section].get(key)
            if first is None:
                contents.sections[section][key] = found
            else:
                params = {"id": key, "file": first.file}
                contents.problems.append(found.problem("catalogue-duplicate-id", **params))
