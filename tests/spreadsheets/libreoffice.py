"""Workbooks through LibreOffice: calculated again, as pictures, and how long that takes.

LibreOffice shows the values that stand in a file and does not calculate it again, unless its
settings say so. A comparison with what it calculates proves nothing without :data:`SETTINGS`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""Always calculate a workbook again when it is opened."""

WORKBOOK = "xlsx:Calc MS Excel 2007 XML"
SECONDS = 300


def require() -> None:
    """Skip the test where LibreOffice is absent; on CI that is a failure."""
    absent = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if not absent:
        return
    reason = f"needs {' and '.join(absent)}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def _profile() -> Iterator[str]:
    """Settings of its own for each process: two cannot share them."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(SETTINGS, encoding="utf-8")
        yield Path(folder).as_uri()


def _convert(profile: str, form: str, files: Sequence[Path], folder: Path) -> list[Path]:
    """Convert files in one process, into files of the same names in another folder."""
    made = [folder / f"{file.stem}.{form.partition(':')[0]}" for file in files]
    assert len(set(made)) == len(made), "two files of one name"
    assert not set(made) & set(files), "the result would replace the file itself"
    folder.mkdir(parents=True, exist_ok=True)
    for file in made:
        file.unlink(missing_ok=True)
    options = ["--headless", "--norestore", "--convert-to", form, "--outdir", str(folder)]
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", *options, *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    absent = [file.name for file in made if not file.is_file()]
    assert not absent, f"not made: {absent}\n{done.stdout}\n{done.stderr}"
    return made


def recalculated(files: Sequence[Path], folder: Path) -> list[Path]:
    """Workbooks with every formula calculated again, in one process for all of them.

    Parameters
    ----------
    files : sequence of Path
        Workbooks, no two of one name.
    folder : Path
        Where the new ones go, under the same names; not where the old ones are.
    """
    with _profile() as profile:
        return _convert(profile, WORKBOOK, files, folder)


def as_pictures(file: Path, folder: Path, dpi: int = 80) -> list[Path]:
    """A picture of each page as it would be printed."""
    with _profile() as profile:
        (printed,) = _convert(profile, "pdf", [file], folder)
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", str(printed), str(folder / file.stem)],
        check=True,
        timeout=SECONDS,
    )
    return sorted(folder.glob(f"{file.stem}-*.png"))


def seconds_of_conversion(file: Path, folder: Path, times: int = 3) -> list[float]:
    """How long it takes to open a workbook, calculate it again and save it.

    The first run, which makes the settings, does not count.
    """
    taken = []
    with _profile() as profile:
        for _ in range(times + 1):
            start = time.perf_counter()
            _convert(profile, WORKBOOK, [file], folder)
            taken.append(time.perf_counter() - start)
    return taken[1:]
