"""The bytes of a file from outside, no more of them than is read."""

from __future__ import annotations

from pathlib import Path

from impactmonitor.plain import MAX_BYTES
from impactmonitor.problems import InvalidInput, Problem


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
