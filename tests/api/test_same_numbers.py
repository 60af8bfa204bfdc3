"""One case, four ways: library, command line, HTTP and the recalculated workbook agree to 1e-9."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.api.serving import serving
from tests.cli.test_commands import said
from tests.report.workbook.comparing import TOLERANCE, differences, size_of, wanted, written_of
from tests.spreadsheets import libreoffice
from tests.spreadsheets.test_recalculation import SPOILT, shown

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.writing import to_json
from impactmonitor.report.document import document
from impactmonitor.report.workbook.file import workbook_of
from impactmonitor.report.workbook.saving import to_bytes
from impactmonitor.resources import folder
from impactmonitor_api.http.bodies import JSON, XLSX, YAML

FILES = {file.parent.name: file for file in sorted(folder("examples").glob("*/case.yaml"))}
RECALCULATED = ("fall-prevention-65plus", "perry-age-27")
PROSE = {"title", "note", "warnings"}
"""A workbook is in one language; and where something stands is not the same in every form.

A workbook also has its lines in an order of its own: what has an id is known by that.
"""


@cache
def result(name: str) -> Evaluation:
    return evaluate(load_case(FILES[name]))


@cache
def expected(name: str) -> dict[str, Any]:
    return dict(leaves(document(result(name))))


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number, word and null of a document, by its path."""
    if isinstance(node, dict) and node:
        for key, part in node.items():
            if key not in PROSE:
                yield from leaves(part, f"{path}/{key}")
    elif isinstance(node, list) and node:
        for place, part in enumerate(node):
            name = part.get("id", place) if isinstance(part, dict) else place
            yield from leaves(part, f"{path}/{name}")
    else:
        yield path, node


def far(found: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """What is not the same: numbers to 1e-9, everything else exactly."""
    assert found.keys() == known.keys()
    assert sum(isinstance(value, float) for value in known.values()) > 50
    return {path: (found[path], value) for path, value in known.items()
            if not same(found[path], value)}  # fmt: skip


def same(one: Any, other: Any) -> bool:
    numbers = (int, float)
    if isinstance(one, numbers) and isinstance(other, numbers):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[Any]:
    address = f"sqlite:///{tmp_path_factory.mktemp('database') / 'service.db'}"
    with serving(address) as service, service.client("viewer") as http:
        yield http


def over_http(client: Any, body: bytes, kind: str) -> dict[str, Any]:
    answer = client.post("/v1/evaluations", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 200, answer.text
    return dict(leaves(answer.json()))


@pytest.mark.parametrize("name", FILES)
def test_command_line_and_http_give_what_the_library_gives(client, name):
    case = result(name).case
    ways = {
        "command": dict(leaves(json.loads(said("evaluate", str(FILES[name]), "--json")))),
        "yaml": over_http(client, FILES[name].read_bytes(), YAML),
        "json": over_http(client, to_json(case).encode(), JSON),
    }
    if name not in RECALCULATED:  # those are sent once they are calculated again
        body = workbook_of(result(name), load_catalogue(), "en")
        ways["xlsx"] = over_http(client, body, XLSX)
    for way, found in ways.items():
        assert far(found, expected(name)) == {}, way


@pytest.fixture(scope="module")
def again(tmp_path_factory) -> dict[str, Any]:
    """Workbooks in which every result was wrong, calculated again by LibreOffice."""
    libreoffice.require()
    place, written = tmp_path_factory.mktemp("workbooks"), {}
    files: list[Path] = []
    for name in RECALCULATED:
        written[name] = written_of(result(name), load_catalogue(), "en")
        files.append(place / f"{name}.xlsx")
        spoilt = dict.fromkeys(written[name].values, SPOILT)
        files[-1].write_bytes(to_bytes(written[name].book, spoilt, name))
    found = libreoffice.recalculated(files, place / "again")
    return {name: (file, written[name]) for name, file in zip(RECALCULATED, found, strict=True)}


@pytest.mark.parametrize("name", RECALCULATED)
def test_the_recalculated_workbook_shows_and_says_the_same(client, again, name):
    file, written = again[name]
    known = wanted(written, result(name))
    found = differences(shown(file, written), known, size_of(result(name)))
    assert len(known) > 50
    assert {path: one for path, one in found.items() if one[2] > TOLERANCE} == {}
    assert far(over_http(client, file.read_bytes(), XLSX), expected(name)) == {}


def test_another_number_is_noticed():
    known = expected("perry-age-27")
    path = "/totals/benefits"
    other = {**known, path: known[path] * (1 + 3e-9)}
    assert list(far(other, known)) == [path]
