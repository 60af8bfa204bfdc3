"""Folders and files of a catalogue that cannot be read, or should not be."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.catalogue.provoking import SOURCES, problems_with

from impactmonitor.catalogue import folders, load_catalogue
from impactmonitor.catalogue.folders import MAX_FILES
from impactmonitor.plain import MAX_BYTES


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = "kind: sources\nsources:\n\n  x:\n    title: X\n    year: never\n"
    (problem,) = problems_with(tmp_path, x=text)
    assert (problem.path, problem.line) == ("x.yaml.sources.x.year", 6)


def test_an_id_stands_in_one_file_of_a_folder(tmp_path: Path) -> None:
    (problem,) = problems_with(tmp_path, a=SOURCES, b=SOURCES)
    assert (problem.code, problem.path) == ("catalogue-duplicate-id", "b.yaml.sources.us")
    assert problem.params["file"] == "a.yaml"


def test_a_folder_has_one_edition(tmp_path: Path) -> None:
    name = "kind: edition\nedition: one"
    (problem,) = problems_with(tmp_path, a=name, b=name)
    assert (problem.code, problem.path) == ("catalogue-two-editions", "b.yaml")


def test_a_folder_without_files(tmp_path: Path) -> None:
    (problem,) = problems_with(tmp_path)
    assert problem.code == "catalogue-folder-empty"


def test_a_folder_with_too_many_files(tmp_path: Path) -> None:
    many = {f"f{i}": "kind: sources" for i in range(MAX_FILES + 1)}
    (problem,) = problems_with(tmp_path, **many)
    assert problem.code == "catalogue-folder-too-large"


def test_a_folder_that_is_no_catalogue_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_catalogue()
    monkeypatch.setattr(folders, "MAX_SEEN", 3)
    for name in "abcd":
        (tmp_path / f"{name}.txt").touch()
    (problem,) = problems_with(tmp_path)
    assert problem.code == "catalogue-folder-too-large"


def test_a_file_of_a_hundred_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "big.yaml").open("wb") as stream:
        stream.truncate(100_000_000)
    (problem,) = problems_with(tmp_path, sources=SOURCES)
    assert (problem.code, problem.path) == ("file-too-large", "big.yaml")


def test_many_large_files(tmp_path: Path) -> None:
    for name in "abcde":
        with (tmp_path / f"{name}.yaml").open("wb") as stream:
            stream.truncate(MAX_BYTES)
    (problem,) = problems_with(tmp_path)
    assert problem.code == "catalogue-folder-too-large"


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.yaml").write_text(SOURCES)
    load_catalogue()

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = problems_with(tmp_path)
    assert (problem.code, problem.path) == ("catalogue-file-unreadable", "x.yaml")
    assert problem.params["detail"] == "Permission denied"


BOMB = "kind: sources\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nsources: {}\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        b"kind: [",
        b"kind: values\nvalues: {x: {}, x: {}}",
        b"kind: sources\nsources: !!python/object:os.system {}",
        b"kind: sources\nsources: {x: &a {title: X}}",
        b"kind: sources\nsources: {x: {title: X, <<: {year: 2020}}}",
        b"kind: sources\nsources: {}\n---\nkind: sources\nsources: {}",
        b"kind: sources\nsources: {x: {title: 'a\\u0000b', year: 1e999}}",
        b"kind: units\nunits: {x: {title: X, factor: 1e999}}",
        b"kind: units\nunits: {x: {title: X, factor: .nan}}",
        b"kind: sources\nsources: {? [a] : 3}",
        BOMB.encode(),
        b"kind: sources\nsources: " + b"[" * 500 + b"]" * 500,
        b"kind: values\nvalues: {" + b"x: {}, " * 10_000 + b"}",
        b"kind: sources\nsources: {" + b"".join(b"x%d: 1, " % i for i in range(50_000)) + b"}",
        b"kind: values\ndefaults: []\nvalues: []",
        b"kind: values\nvalues: {x: {title: {}, unit: [], editions: {}, includes: 3, class: 4}}",
        b"kind: rates\nschemes: {x: {title: X, rates: {standard: {a: 1}}}}",
        b"kind: price-index\nindices: {x: {title: X, years: {soon: 1, 2025: x}}}",
    ],
    ids=range(21),
)
def test_hostile_files_give_problems_and_never_a_traceback(tmp_path: Path, data: bytes) -> None:
    problems = problems_with(tmp_path, bad=data, sources=SOURCES)
    assert problems
    assert all(p.path.startswith("bad.yaml") for p in problems)
    assert len(problems) <= 400
