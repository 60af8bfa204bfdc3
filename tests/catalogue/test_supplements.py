"""Parts of the catalogue in a folder of their own: read once, and a user's own over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.catalogue.framework_files import FRAMEWORK, own_folder, refused

from impactmonitor.catalogue.frameworks import FOLDER, LAYOUT
from impactmonitor.catalogue.reading import Contents
from impactmonitor.catalogue.supplements import Supplement
from impactmonitor.model.frameworks import Framework, Scale
from impactmonitor.problems import InvalidInput, NotFound, Problem


@dataclass(frozen=True)
class Collected:
    frameworks: Mapping[str, Framework]
    scales: Mapping[str, Scale]
    overrides: tuple[Problem, ...]


class Checks:
    """Looks at nothing but keeps what it was asked to look at, and finds what it is told to."""

    def __init__(self, *found: Problem) -> None:
        self.found = found
        self.asked: list[tuple[list[str], Sequence[Path | str]]] = []

    def __call__(self, contents: Contents, folders: Sequence[Path | str]) -> Sequence[Problem]:
        self.asked.append((list(contents.sections["frameworks"]), folders))
        return self.found


def supplement(check: Checks) -> Supplement[Collected]:
    return Supplement(FOLDER, LAYOUT, Collected, check)


def test_what_is_shipped_is_read_once_and_not_checked() -> None:
    check = Checks(Problem("no-lines"))
    one = supplement(check)
    assert one.load() is one.load()
    assert list(one.load().frameworks) == list(one.shipped_contents.sections["frameworks"])
    assert list(one.load().scales) == list(one.shipped_contents.sections["scales"])
    assert one.load().overrides == ()
    assert check.asked == []


def test_nothing_is_read_before_somebody_asks() -> None:
    absent = Supplement("no-such-folder", LAYOUT, Collected, Checks())
    assert vars(absent).keys() == {"folder", "layout", "collected", "check"}
    one = supplement(Checks())
    one.load()
    assert "shipped_contents" in vars(one)


def test_a_users_own_comes_after_what_is_shipped_and_all_of_it_is_checked(tmp_path: Path) -> None:
    check = Checks()
    one = supplement(check)
    folder = own_folder(tmp_path)
    found = one.load(folder)
    assert list(found.frameworks) == [*one.load().frameworks, "ours"]
    assert check.asked == [(list(found.frameworks), (folder,))]
    assert "ours" not in one.load().frameworks


def test_later_folders_go_before_earlier_ones(tmp_path: Path) -> None:
    second = own_folder(tmp_path / "b", ours=FRAMEWORK.replace("Our framework", "Another"))
    found = supplement(Checks()).load(own_folder(tmp_path / "a"), second)
    assert str(found.frameworks["ours"].title) != "Our framework"
    assert [(p.code, p.path) for p in found.overrides] == [
        ("catalogue-override", "scales.three"),
        ("catalogue-override", "frameworks.ours"),
    ]


def test_what_the_check_finds_is_refused(tmp_path: Path) -> None:
    problem = Problem("no-lines")
    with pytest.raises(InvalidInput) as caught:
        supplement(Checks(problem)).load(own_folder(tmp_path))
    assert caught.value.problems == (problem,)


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    folder = own_folder(tmp_path, scale="kind: frameworks\nscales: {three: 3}")
    (problem,) = refused(supplement(Checks()).load, folder)
    place = "frameworks/scale.yaml.scales.three"
    assert (problem.code, problem.path, problem.line) == ("not-a-mapping", place, 2)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        supplement(Checks()).load(tmp_path / "nowhere")
    assert caught.value.problem.code == "catalogue-folder-missing"
