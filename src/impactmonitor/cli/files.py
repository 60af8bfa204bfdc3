"""Files that a command makes: whole or not at all, and never in place of another by accident."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from impactmonitor.cli.outcome import WrongUse
from impactmonitor.problems import Problem

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
    if not path.parent.is_dir():
        raise WrongUse(Problem("folder-not-found", params={"folder": path.parent.name}))
    if path.is_dir() or (path.exists() and not is_forced):
        raise _exists(path)


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
    part = ""
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.stem[:20]}-", suffix=".part", delete=False
        ) as stream:
            part = stream.name
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(part).chmod(_UNMASKED & ~mask)
        if is_forced:
            Path(part).replace(path)
        else:
            _put_beside(Path(part), path)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        detail = error.strerror or type(error).__name__
        params = {"file": path.name, "detail": detail}
        raise WrongUse(Problem("file-not-written", params=params)) from None
    finally:
        if part:
            with contextlib.suppress(OSError):
                Path(part).unlink(missing_ok=True)


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
