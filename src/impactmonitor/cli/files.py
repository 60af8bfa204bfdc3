"""Files that a command makes: whole or not at all, and never in place of another by accident."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from impactmonitor.cli.outcome import WrongUse
from impactmonitor.intake.files import is_file
from impactmonitor.problems import InvalidInput, NotFound, Problem

_UNMASKED = 0o666


def check_target(path: Path, endings: tuple[str, ...], is_forced: bool) -> None:
    """Refuse a file that cannot be made, before any work is done for it.

    Raises
    ------
    WrongUse
        If its name ends in something else, its folder is not there, or it exists already and
        may not be replaced.
    """
    if path.suffix.lower() not in endings:
        params = {"ending": path.suffix, "known": ", ".join(endings)}
        raise WrongUse(Problem("file-kind-to-write", params=params))
    with said_of(path):
        if not path.parent.is_dir():
            raise WrongUse(Problem("folder-not-found", params={"folder": path.parent.name}))
        if path.is_dir() or (path.exists() and not is_forced):
            raise _exists(path)


@contextlib.contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Say in words that nothing can be written under a name, such as one that is too long.

    Raises
    ------
    WrongUse
        ``file-exists``, ``file-not-written``.
    """
    try:
        yield
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        detail = error.strerror or type(error).__name__
        params = {"file": path.name, "detail": detail}
        raise WrongUse(Problem("file-not-written", params=params)) from None


def write_whole(path: Path, data: bytes, is_forced: bool) -> None:
    """Write a file, so that nobody ever finds half of it.

    Parameters
    ----------
    path : Path
        Where.
    data : bytes
        All of it.
    is_forced : bool
        Whether a file that is already there may be replaced.

    Raises
    ------
    WrongUse
        If it exists and may not be replaced, or the folder cannot be written in.
    """
    with whole_file(path, is_forced) as stream:
        stream.write(data)


@contextlib.contextmanager
def whole_file(path: Path, is_forced: bool, mode: int = _UNMASKED) -> Iterator[IO[bytes]]:
    """A file to write part by part, which gets its name when it is whole.

    Parameters
    ----------
    path : Path
        Where.
    is_forced : bool
        Whether a file that is already there may be replaced.
    mode : int
        Who may read and write it, before the mask of the process is taken off.

    Raises
    ------
    WrongUse
        As ``write_whole`` raises it.
    """
    part = ""
    try:
        with said_of(path):
            with tempfile.NamedTemporaryFile(
                dir=path.parent, prefix=f".{path.stem[:20]}-", suffix=".part", delete=False
            ) as stream:
                part = stream.name
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            mask = os.umask(0)
            os.umask(mask)
            Path(part).chmod(mode & ~mask)
            if is_forced:
                Path(part).replace(path)
            else:
                _put_beside(Path(part), path)
    finally:
        if part:
            with contextlib.suppress(OSError):
                Path(part).unlink(missing_ok=True)


@contextlib.contextmanager
def file_to_read(path: Path) -> Iterator[IO[bytes]]:
    """A file of any size, to be read part by part.

    Raises
    ------
    NotFound
        ``file-not-found``.
    InvalidInput
        ``file-unreadable``.
    """
    if not is_file(path):
        raise NotFound(Problem("file-not-found", params={"file": path.name}))
    try:
        stream = path.open("rb")
    except OSError as error:
        params = {"file": path.name, "detail": error.strerror or type(error).__name__}
        raise InvalidInput([Problem("file-unreadable", params=params)]) from None
    with stream:
        yield stream


def _put_beside(part: Path, path: Path) -> None:
    """Give a file its name, unless another one got that name in the meantime."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links
        if path.exists():
            raise FileExistsError from None
        part.replace(path)


def _exists(path: Path) -> WrongUse:
    return WrongUse(Problem("file-exists", params={"file": path.name}))
