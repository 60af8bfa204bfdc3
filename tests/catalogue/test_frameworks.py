"""Frameworks of a user beside the shipped ones, read only when somebody asks for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.catalogue.framework_files import FRAMEWORK, SCALE, own_folder, refused, written
from tests.catalogue.provoking import SOURCES

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import domain_of, load_frameworks, unit_of
from impactmonitor.problems import NotFound
from impactmonitor.resources import folder

READING = """
import pathlib, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from impactmonitor import evaluate, load_case
evaluate(load_case(sys.argv[1]))
folders = {pathlib.Path(name).parent.name for name in opened if name.endswith(".yaml")}
print(*folders & {"frameworks", "suggestions"})
"""


def test_the_shipped_frameworks_are_read_once() -> None:
    assert load_frameworks() is load_frameworks()
    assert load_frameworks().overrides == ()


def opened(case: Path) -> set[str]:
    """Folders that are read on their own, of which evaluating a case opens files."""
    command = [sys.executable, "-c", READING, str(case)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return set(done.stdout.split())


def test_only_a_case_with_scores_reads_them(tmp_path: Path) -> None:
    case = folder("examples") / "perry-age-27" / "case.yaml"
    assert opened(case) == set()
    text = case.read_text(encoding="utf-8")
    assert "\nscores:" not in text
    scored = f"{text}\nscores: {{readiness: {{trl: {{level: 3}}}}}}\n"
    (tmp_path / "case.yaml").write_text(scored, encoding="utf-8")
    assert opened(tmp_path / "case.yaml") == {"frameworks"}


def test_a_framework_of_ones_own_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    found = load_frameworks(own_folder(tmp_path))
    assert set(found.frameworks) == {*load_frameworks().frameworks, "ours"}
    assert set(found.scales) == {*load_frameworks().scales, "three"}
    assert found.overrides == ()
    assert "ours" not in load_frameworks().frameworks


def test_a_shipped_framework_is_replaced_and_that_is_said(tmp_path: Path) -> None:
    name = next(iter(load_frameworks().frameworks))
    found = load_frameworks(
        own_folder(tmp_path, ours=FRAMEWORK.replace("  ours:", f"  {name}:", 1))
    )
    assert list(found.frameworks[name].indicators) == ["presence", "hours"]
    (warning,) = found.overrides
    assert (warning.code, warning.path) == ("catalogue-override", f"frameworks.{name}")
    assert warning.params["file"] == "frameworks/ours.yaml"
    assert str(warning.params["replaced"]).startswith("frameworks/")


def test_a_folder_without_frameworks_adds_none(tmp_path: Path) -> None:
    found = load_frameworks(written(tmp_path, {"sources": SOURCES}))
    assert list(found.frameworks) == list(load_frameworks().frameworks)


def test_a_folder_with_frameworks_only_adds_nothing_else(tmp_path: Path) -> None:
    ours = FRAMEWORK.replace("source: us", "source: cbs-cpi")
    own = written(tmp_path, {"frameworks/scale": SCALE, "frameworks/ours": ours})
    assert load_catalogue(own).values == load_catalogue().values
    assert "ours" in load_frameworks(own).frameworks


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_frameworks(tmp_path / "nowhere")


def test_all_mistakes_of_all_files_at_once(tmp_path: Path) -> None:
    own = own_folder(
        tmp_path,
        ours=FRAMEWORK.replace("scale: three", "scale: tree").replace("unit: hour", "unit: hoor"),
        more="kind: frameworks\nscales: {x: {title: X}}",
    )
    written(own, {"values": "kind: values\nvalues: {x: 3}"})
    found = {(p.path, p.code) for p in refused(load_frameworks, own)}
    assert found == {
        ("frameworks/more.yaml.scales.x.levels", "missing-field"),
        ("values.yaml.values.x", "not-a-mapping"),
    }, "what the catalogue lacks is said first; references come when it can be read"
    (own / "values.yaml").unlink()
    found = {(p.path, p.code) for p in refused(load_frameworks, own)}
    path = "frameworks/ours.yaml.frameworks.ours.indicators"
    assert found == {
        ("frameworks/more.yaml.scales.x.levels", "missing-field"),
        (f"{path}.presence.scale", "framework-unknown-scale"),
        (f"{path}.hours.unit", "catalogue-unknown-unit"),
    }


def test_levels_scores_and_paths(tmp_path: Path) -> None:
    found = load_frameworks(own_folder(tmp_path))
    framework = found.frameworks["ours"]
    presence, hours = framework.indicators.values()
    assert [level.title for level in found.levels_of(presence)] == ["None", "Some", "All"]
    assert found.scores_of(presence) == (0.0, 0.5, 1.0)
    assert (found.levels_of(hours), found.scores_of(hours)) == ((), ())
    assert found.indicator("ours.hours") == (framework, hours)
    for path in ("ours.days", "theirs.hours", "ours", ""):
        assert found.indicator(path) is None


def test_own_levels_go_before_none(tmp_path: Path) -> None:
    levels = "levels: [{title: A, text: a}, {title: B, text: b, score: 0.7}]"
    found = load_frameworks(own_folder(tmp_path, ours=FRAMEWORK.replace("scale: three", levels)))
    assert found.scores_of(found.frameworks["ours"].indicators["presence"]) == (0.0, 0.7)


def test_unit_and_domain_come_from_the_catalogue_unless_they_are_given(tmp_path: Path) -> None:
    catalogue = load_catalogue()
    same = FRAMEWORK.replace("unit: hour", "indicator: hospital-days-avoided")
    found = load_frameworks(own_folder(tmp_path / "same", ours=same)).frameworks["ours"]
    assert unit_of(found.indicators["hours"], catalogue) == "day"
    assert domain_of(found.indicators["hours"], catalogue) == "societal"
    assert unit_of(found.indicators["presence"], catalogue) is None
    assert domain_of(found.indicators["presence"], catalogue) is None
    own = same.replace("indicator: h", "measure: ratio, unit: share, domain: social, indicator: h")
    found = load_frameworks(own_folder(tmp_path / "own", ours=own)).frameworks["ours"]
    assert unit_of(found.indicators["hours"], catalogue) == "share"
    assert domain_of(found.indicators["hours"], catalogue) == "social"
