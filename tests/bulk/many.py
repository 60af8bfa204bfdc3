"""Many small cases, all different: as lines of a file, or as files of a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from tests.small import ACTORS, cost, gain, tree

from impactmonitor.bulk.options import BulkOptions
from impactmonitor.bulk.running import BulkResult, run_bulk
from impactmonitor.bulk.sources import items, survey

BROKEN = '{"impactmonitor": 1, "id": "broken", "horizon": 0}'
NO_JSON = '{"id": "half'


def small(number: int, **fields: Any) -> dict[str, Any]:
    """One case with four uncertain numbers, one of which it shares with the others."""
    amount = 100 + number
    own = {
        "id": f"case-{number:03d}",
        "title": {"nl": f"Casus {number}", "en": f"Case {number}"},
        "actors": ACTORS,
        "discount": {"rate": 0.03},
        "costs": {"work": cost({"pert": [80, amount, 3 * amount]}, years=3)},
        "effects": {
            "gain": gain(
                {"triangular": [1, 2, 4]}, 60 + number, lasts=2, drop_off={"uniform": [0.1, 0.5]}
            ),
            "visits": gain({"uniform": [1, 5]}, "gp-consult", unit="consult", falls_to="insurer"),
        },
    }
    return tree(**(own | fields))


def lines(count: int) -> list[str]:
    """Cases with everything that can be amiss among them: every tenth line or so."""
    odd = {3: "", 4: NO_JSON, 7: BROKEN, 9: json.dumps(small(1)), 11: json.dumps(small(0, costs={
        "work": cost(1, paid_by="nobody")}, id="loose"))}  # fmt: skip
    return [odd.get(number, json.dumps(small(number))) for number in range(count)]


def written(file: Path, texts: Iterable[str]) -> Path:
    file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return file


def places(source: Path, size: int) -> list[tuple[str, int | None]]:
    """File and line of every case, as the parts of a source give them."""
    found = survey(source, size)
    return [(one.file, one.line) for part in found.parts for one in items(source, part)]


def in_threads(source: Path, out: Path, *, workers: int = 2, **options: Any) -> BulkResult:
    """A run in threads of this process, which start at once."""
    with ThreadPoolExecutor(workers) as threads:
        return run_bulk(source, out, BulkOptions(**options), threads, workers)


def files_of(folder: Path) -> dict[str, bytes]:
    """All that a run left, by name."""
    found = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def rows_of(folder: Path, name: str = "parts") -> list[dict[str, Any]]:
    """All rows of a run in the order of its parts."""
    files = sorted((folder / name).glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]
