"""Thirty proposals as workbooks, from the files to overview, letters and report.

The workbooks are written first, which is not counted: that is the work of thirty applicants.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import markdown, significant
from impactmonitor import evaluate, load_catalogue
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.case import Case
from impactmonitor.plain import read_yaml
from impactmonitor.proposals.checking import check_batch
from impactmonitor.report.checking_document import checking_document
from impactmonitor.report.checking_letters import letters_of
from impactmonitor.report.checking_workbook import checking_workbook
from impactmonitor.report.workbook.file import workbook_of
from impactmonitor.resources import folder

PROPOSALS = 30
LIMIT = 60
"""Seconds that it may take."""


def cases(count: int) -> Iterator[Case]:
    """The examples, one after the other, each time under another id."""
    trees = [
        read_yaml(path.read_bytes()).tree for path in sorted(folder("examples").glob("*/case.yaml"))
    ]
    for number in range(count):
        tree = trees[number % len(trees)]
        assert isinstance(tree, dict)
        yield Case.model_validate({**tree, "id": f"proposal-{number + 1}"})


def write_workbooks(into: Path, count: int, catalogue: Catalogue) -> None:
    """The proposals as applicants send them in."""
    for case in cases(count):
        data = workbook_of(evaluate(case, catalogue), catalogue, "nl")
        (into / f"{case.id}.xlsx").write_bytes(data)


def figures(count: int = PROPOSALS) -> Iterator[str]:
    """Seconds of each step and of all of it."""
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as place:
        into = Path(place)
        write_workbooks(into, count, catalogue)
        seconds: dict[str, float] = {}
        start = perf_counter()
        batch = check_batch(into, load_catalogue())
        seconds["read, evaluate, judge"] = perf_counter() - start
        start = perf_counter()
        letters = letters_of(batch, "nl")
        seconds["letters"] = perf_counter() - start
        start = perf_counter()
        checking_workbook(batch, letters, "nl")
        seconds["report as a workbook"] = perf_counter() - start
        start = perf_counter()
        checking_document(batch, "nl")
        seconds["report as JSON"] = perf_counter() - start
    seconds[f"all of it (at most {LIMIT} s)"] = sum(seconds.values())
    rows = [(name, significant(spent)) for name, spent in seconds.items()]
    yield markdown([f"{count} workbooks", "s"], rows)
