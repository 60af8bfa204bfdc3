"""Data folders are found in the installed package, or beside it in a checkout."""

from __future__ import annotations

from typing import get_args

import pytest

from impactmonitor import resources
from impactmonitor.resources import DataFolder, folder


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A package in an otherwise empty place: ``src/impactmonitor``."""
    package = tmp_path / "src" / "impactmonitor"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    folder.cache_clear()
    yield package
    folder.cache_clear()


@pytest.mark.parametrize("name", get_args(DataFolder))
def test_every_data_folder_is_there_and_holds_files(name):
    found = folder(name)
    assert found.name == name
    assert any(path.is_file() for path in found.rglob("*"))


def test_in_a_checkout_it_stands_beside_the_sources(elsewhere):
    beside = elsewhere.parents[1] / "examples"
    beside.mkdir()
    assert folder("examples") == beside


def test_the_installed_package_goes_first(elsewhere):
    (elsewhere.parents[1] / "examples").mkdir()
    inside = elsewhere / "examples"
    inside.mkdir()
    assert folder("examples") == inside


def test_an_installation_without_its_data_is_broken(elsewhere):
    (elsewhere / "examples").write_text("a file is no folder", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="examples"):
        folder("examples")
