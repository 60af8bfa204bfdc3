"""Folders over each other: the last one holds, and what it replaces is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.catalogue.framework_files import FRAMEWORK, SCALE, own_folder, written
from tests.catalogue.provoking import SOURCES

from impactmonitor.catalogue.frameworks import LAYOUT
from impactmonitor.catalogue.layers import entries_of, merge, name_of, read_layers
from impactmonitor.problems import NotFound


def test_one_layer_per_folder_in_their_order(tmp_path: Path) -> None:
    first = own_folder(tmp_path / "first")
    second = written(tmp_path / "second", {"frameworks/x": SCALE})
    layers = read_layers([first, second], LAYOUT, "frameworks")
    assert [list(layer.sections["scales"]) for layer in layers] == [["three"], ["three"]]
    assert layers[0].sections["scales"]["three"].file == "first/frameworks/scale.yaml"
    assert layers[1].sections["scales"]["three"].file == "second/frameworks/x.yaml"


def test_the_only_folder_needs_no_name_in_places(tmp_path: Path) -> None:
    (layer,) = read_layers([own_folder(tmp_path)], LAYOUT, "frameworks")
    assert layer.sections["frameworks"]["ours"].file == "frameworks/ours.yaml"


def test_a_folder_without_the_one_below_holds_nothing(tmp_path: Path) -> None:
    (layer,) = read_layers([written(tmp_path, {"sources": SOURCES})], LAYOUT, "frameworks")
    assert dict(layer.sections) == {}
    assert layer.problems == []


@pytest.mark.parametrize("below", ["", "frameworks"])
def test_a_folder_that_is_not_there(tmp_path: Path, below: str) -> None:
    with pytest.raises(NotFound) as caught:
        read_layers([tmp_path / "nowhere"], LAYOUT, below)
    assert caught.value.problem.code == "catalogue-folder-missing"


def test_the_last_layer_holds_and_layers_stay_as_they_are(tmp_path: Path) -> None:
    first = own_folder(tmp_path / "first")
    changed = FRAMEWORK.replace("Our framework", "Another")
    second = written(tmp_path / "second", {"frameworks/x": changed})
    layers = read_layers([first, second], LAYOUT, "frameworks")
    merged, overrides = merge(layers, LAYOUT)
    assert entries_of(merged, "frameworks")["ours"].title.en == "Another"
    assert list(entries_of(merged, "scales")) == ["three"]
    assert entries_of(layers[0], "frameworks")["ours"].title.en == "Our framework"
    (warning,) = overrides
    assert (warning.code, warning.severity) == ("catalogue-override", "warning")
    assert warning.path == "frameworks.ours"
    assert warning.params["replaced"] == "first/frameworks/ours.yaml"


def test_what_is_broken_in_a_layer_is_known_to_be_there(tmp_path: Path) -> None:
    layers = read_layers([own_folder(tmp_path, scale="kind: frameworks\nscales: {three: 3}")],
                         LAYOUT, "frameworks")  # fmt: skip
    merged, _ = merge(layers, LAYOUT)
    assert merged.broken == {("scales", "three")}


def test_a_folder_has_a_name_also_at_the_top(tmp_path: Path) -> None:
    assert name_of(tmp_path / "ours" / ".." / "ours") == "ours"
    assert name_of(Path("/")) == "root"
