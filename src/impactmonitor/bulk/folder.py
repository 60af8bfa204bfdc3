"""The folder of a run: what was asked, and the results of each part, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impactmonitor.bulk.columns import ACTORS, CASES, Row
from impactmonitor.problems import InvalidInput, Problem

MANIFEST = "run.json"
FORMAT = 1
TAKEN = "bulk-id-taken"
_ENDING = ".parquet"
_HALF = ".part"
_FACTS = ["case", "file", "line", "status", "problems"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What has to be known of a part that is done.

    Attributes
    ----------
    ids : tuple of (str or None)
        Ids of its cases, in order; None where it is unknown or was taken before.
    statuses, problems : Counter
        How many cases have each status, and how many have each problem.
    first : Mapping[str, str]
        By problem the file, and the line where there are several cases in it, of the first one.
    """

    ids: tuple[str | None, ...]
    statuses: Counter[str]
    problems: Counter[str]
    first: Mapping[str, str]


class RunFolder:
    """A folder with a manifest, and two files for every part that is done.

    The file of the cases is written last: a part that has it, is done. Files are written under
    another name, and get their own when all of it is on the disk.

    Parameters
    ----------
    path : Path
        The folder; it need not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, asked: Mapping[str, Any], is_restarted: bool) -> None:
        """Make the folder ready for a run.

        Parameters
        ----------
        asked : mapping
            What the run is: plain values, of which any difference means another run.
        is_restarted : bool
            Whether what an earlier run left there is thrown away.

        Raises
        ------
        InvalidInput
            ``bulk-folder-taken`` where something else is in it; ``bulk-run-differs`` for every
            difference with the run that it holds; ``file-unreadable``.
        """
        try:
            known = self._known()
            if known is not None and not is_restarted:
                self._refuse_differences(known, asked)
            elif known is not None:
                self._clear()
            elif self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                raise InvalidInput([self._problem("bulk-folder-taken")])
            for name in (CASES, ACTORS):
                (self.path / name).mkdir(parents=True, exist_ok=True)
                self._sweep(self.path / name, _HALF)
            self.note(asked, None)
        except OSError as error:
            raise self._unwritable(error) from None

    def _problem(self, code: str) -> Problem:
        return Problem(code, params={"folder": self.path.name})

    def _unwritable(self, error: OSError) -> InvalidInput:
        detail = error.strerror or type(error).__name__
        params = {"folder": self.path.name, "detail": detail}
        return InvalidInput([Problem("bulk-folder-not-written", params=params)])

    def _known(self) -> dict[str, Any] | None:
        """What the run is that the folder holds, if it holds one."""
        try:
            found = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, NotADirectoryError):
            raise InvalidInput([self._problem("bulk-folder-taken")]) from None
        asked = found.get("asked") if isinstance(found, dict) else None
        if not isinstance(asked, dict) or found.get("impactmonitor_bulk") != FORMAT:
            raise InvalidInput([self._problem("bulk-folder-taken")])
        return asked

    def _refuse_differences(self, known: dict[str, Any], asked: Mapping[str, Any]) -> None:
        before, now = dict(_flat(known)), dict(_flat(asked))
        different = [
            Problem("bulk-run-differs", name,
                    {"name": name, "before": before.get(name), "now": now.get(name)})
            for name in dict.fromkeys([*before, *now])
            if before.get(name) != now.get(name)
        ]  # fmt: skip
        if different:
            raise InvalidInput(different)

    def _clear(self) -> None:
        """Take away what a run left, the manifest last."""
        for name in (CASES, ACTORS):
            if (self.path / name).is_dir():
                self._sweep(self.path / name, _ENDING)
        (self.path / MANIFEST).unlink()

    def _sweep(self, folder: Path, ending: str) -> None:
        """Take away the files with an ending that a run gave them."""
        for file in folder.iterdir():
            is_ours = file.name.startswith(".") if ending == _HALF else file.stem.isdigit()
            if file.suffix == ending and is_ours:
                file.unlink(missing_ok=True)

    def note(self, asked: Mapping[str, Any], results: Mapping[str, Any] | None) -> None:
        """Write the manifest; with the results when the run is complete."""
        content = {
            "impactmonitor_bulk": FORMAT,
            "asked": asked,
            "is_complete": results is not None,
            "results": results,
        }
        text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=False)
        self._write(self.path / MANIFEST, f"{text}\n".encode())

    def file(self, name: str, number: int) -> Path:
        """The file of a part in one of the two sets of results."""
        return self.path / name / f"{number:05d}{_ENDING}"

    def keep(self, number: int, cases: bytes, actors: bytes) -> None:
        """Write the results of a part.

        Raises
        ------
        InvalidInput
            ``bulk-folder-not-written``.
        """
        self._write(self.file(ACTORS, number), actors)
        self._write(self.file(CASES, number), cases)

    def _write(self, path: Path, data: bytes) -> None:
        half = None
        try:
            with tempfile.NamedTemporaryFile(
                dir=path.parent, prefix=f".{path.stem}-", suffix=_HALF, delete=False
            ) as stream:
                half = Path(stream.name)
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            half.replace(path)
            _settle(path.parent)
        except OSError as error:
            raise self._unwritable(error) from None
        finally:
            if half is not None:
                half.unlink(missing_ok=True)

    def facts(self, number: int) -> Facts | None:
        """What is known of a part, or None if it is still to be done."""
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]

        if not self.file(CASES, number).is_file() or not self.file(ACTORS, number).is_file():
            return None
        try:
            pq.read_metadata(self.file(ACTORS, number))
            rows = pq.read_table(
                self.file(CASES, number), columns=_FACTS, partitioning=None
            ).to_pylist()
        except (OSError, pa.ArrowException):  # a damaged disk: the part is done again
            return None
        return _facts_of(rows)


def _facts_of(rows: Sequence[Row]) -> Facts:
    ids, first, problems = list[str | None](), dict[str, str](), Counter[str]()
    for row in rows:
        codes = dict.fromkeys(problem["code"] for problem in row["problems"])
        ids.append(None if TAKEN in codes else row["case"])
        problems.update(list(codes))
        place = row["file"] if row["line"] is None else f"{row['file']}:{row['line']}"
        for name in codes:
            first.setdefault(name, place)
    return Facts(tuple(ids), Counter(row["status"] for row in rows), problems, first)


def _flat(values: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Plain values by their path."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", "-" if value is None else value


def _settle(folder: Path) -> None:
    """Have a new name on the disk; where folders cannot be opened, the system sees to it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
