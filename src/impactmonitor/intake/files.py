"""The bytes of a file from outside, no more of them than is read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput, NotFound, Problem


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is none.

    Examples
    --------
    >>> is_file(Path("x" * 10_000))
    False
    """
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name that nothing can have is none.

    Examples
    --------
    >>> is_folder(Path("x" * 10_000)), is_folder(Path("."))
    (False, True)
    """
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def bytes_of(path: Path) -> bytes:
    """The contents of a file.

    Raises
    ------
    InvalidInput
        ``file-too-large`` or ``file-unreadable``.
    """
    if path.stat().st_size > MAX_BYTES:
        raise InvalidInput([Problem("file-too-large", params={"megabytes": MAX_BYTES // 10**6})])
    try:
        return path.read_bytes()
    except OSError as error:
        params = {"file": path.name, "detail": error.strerror or type(error).__name__}
        raise InvalidInput([Problem("file-unreadable", params=params)]) from None


def bytes_of_kind(path: Path, endings: Collection[str], code: str, **params: object) -> bytes:
    """The contents of a file, if its name says that it is of the kind that is asked for.

    Parameters
    ----------
    path : Path
        Of the file.
    endings : collection of str
        Of which its name has one, in capitals or not; each with its point.
    code : str
        Of the problem if it has another one, which gets that ending as a parameter.
    **params : object
        Further parameters of that problem.

    Raises
    ------
    NotFound
        ``file-not-found``.
    InvalidInput
        The given problem, or as ``bytes_of`` does.
    """
    if not is_file(path):
        raise NotFound(Problem("file-not-found", params={"file": path.name}))
    ending = path.suffix.lower()
    if ending not in endings:
        raise InvalidInput([Problem(code, params={"ending": ending, **params})])
    return bytes_of(path)
