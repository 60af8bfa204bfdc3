"""Every mistake in a framework: one problem, in its place, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.catalogue.framework_files import FRAMEWORK, SCALE, own_folder, refused

from impactmonitor import messages
from impactmonitor.catalogue.frameworks import load_frameworks

HOURS = "unit: hour, zero: 0, full: 8"
INDICATORS = FRAMEWORK[FRAMEWORK.index("    indicators:") :]
TAGS = "    purpose: tags\n    tags: {a: {title: A}}\n"
READINESS = FRAMEWORK.replace("    source:", "    purpose: readiness\n    source:")
OTHER_LEVELS = "kind: qualitative, horizon: 2, levels: [{title: A, text: a}, {title: B, text: b}]"

# What is replaced, by what, the code of its problem, and the path in the framework.
CASES: list[tuple[str, str, str, str]] = [
    ("source: us", "source: them", "catalogue-unknown-source", "source"),
    ("horizon: 2", "horizon: 2, source: x", "catalogue-unknown-source", "indicators.hours.source"),
    ("{people: {title: P", "{people: {end_state: x, title: P", "framework-unknown-end-state",
     "groups.people.end_state"),
    ("group: people, kind: quant", "group: peple, kind: quant", "framework-unknown-group",
     "indicators.hours.group"),
    ("{title: People}}", "{title: P}, dogs: {title: D}}", "framework-group-empty", "groups.dogs"),
    ("scale: three", "scale: tree", "framework-unknown-scale", "indicators.presence.scale"),
    ("scale: three", "scale: three, levels: [{title: A, text: a}, {title: B, text: b}]",
     "indicator-without-scale", "indicators.presence"),
    ("scale: three", "levels: [{title: A, text: a}]", "scale-too-few-levels",
     "indicators.presence.levels"),
    ("scale: three", "scale: three, unit: hour", "framework-level-with-unit",
     "indicators.presence.unit"),
    ("scale: three", "scale: three, unit_value: gp-consult", "framework-level-with-unit",
     "indicators.presence.unit_value"),
    ("scale: three", "scale: three, indicator: gp-consults-avoided", "framework-other-kind",
     "indicators.presence.kind"),
    ("unit: hour", "unit: parsec", "catalogue-unknown-unit", "indicators.hours.unit"),
    ("unit: hour, ", "", "framework-unit-missing", "indicators.hours"),
    ("unit: hour", "indicator: hours-gained", "catalogue-unknown-indicator",
     "indicators.hours.indicator"),
    ("unit: hour", "unit: hour, indicator: gp-consults-avoided", "framework-other-unit",
     "indicators.hours.unit"),
    ("unit: hour", "unit: hour, unit_value: x", "catalogue-unknown-value",
     "indicators.hours.unit_value"),
    ("unit: hour", "unit: hour, unit_value: gp-consult", "catalogue-unit-mismatch",
     "indicators.hours.unit_value"),
    ("full: 8", "full: 0", "zero-equals-full", "indicators.hours"),
    (", full: 8", "", "indicator-without-scale", "indicators.hours"),
    ("zero: 0, full: 8", "points: [[2, 0], [1, 1]]", "points-not-ascending", "indicators.hours"),
    ("zero: 0, full: 8", "points: [[1, 0], [1, 1]]", "points-not-ascending", "indicators.hours"),
    ("note: All", "horizon_bounds: [10, 3]\n    note: All", "framework-bounds-not-ascending",
     "horizon_bounds"),
    ("note: All", "horizon_bounds: [3, 3]\n    note: All", "framework-bounds-not-ascending",
     "horizon_bounds"),
    ("note: All", "multipliers: {short: 0, long: 0}\n    note: All", "framework-without-weight",
     "indicators"),
    ("note: All", "tags: {a: {title: A}}\n    note: All", "framework-tags-not-used", "tags"),
    ("note: All", "purpose: tags\n    tags: {a: {title: A}}\n    note: All",
     "framework-indicators-not-used", "indicators"),
    (INDICATORS, "", "framework-indicators-missing", "indicators"),
    (INDICATORS, "    purpose: tags\n", "framework-tags-missing", "tags"),
    (INDICATORS, TAGS.replace("title: A", "title: A, group: x"), "framework-unknown-group",
     "tags.a.group"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "path"), CASES)
def test_a_mistake_is_one_problem_in_its_place(
    tmp_path: Path, old: str, new: str, code: str, path: str
) -> None:
    assert FRAMEWORK.count(old) == 1
    own = own_folder(tmp_path, ours=FRAMEWORK.replace(old, new))
    (problem,) = refused(load_frameworks, own)
    assert (problem.code, problem.severity) == (code, "error")
    assert problem.path == f"frameworks/ours.yaml.frameworks.ours.{path}"
    assert problem.line is not None


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("    levels:", "    source: x\n    levels:", "catalogue-unknown-source", "source"),
        ("there.}\n      - {title: A", "there., score: 0}\n      - {title: A",
         "scale-scores-not-ascending", "levels"),
        ("- {title: N", "- {score: 0.5, title: N", "scale-scores-not-ascending", "levels"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_scale(tmp_path: Path, old: str, new: str, code: str, path: str) -> None:
    assert SCALE.count(old) == 1
    (problem,) = refused(load_frameworks, own_folder(tmp_path, scale=SCALE.replace(old, new)))
    assert (problem.code, problem.path) == (code, f"frameworks/scale.yaml.scales.three.{path}")


@pytest.mark.parametrize(
    ("new", "code", "path"),
    [
        (f"quantitative, horizon: 2, {HOURS}", "framework-readiness-number", "hours.kind"),
        (OTHER_LEVELS.removeprefix("kind: "), "framework-readiness-levels", "hours"),
    ],
)
def test_readiness_is_told_in_levels_of_scales_as_long(
    tmp_path: Path, new: str, code: str, path: str
) -> None:
    text = READINESS.replace(f"quantitative, horizon: 2, {HOURS}", new)
    (problem,) = refused(load_frameworks, own_folder(tmp_path, ours=text))
    place = f"frameworks/ours.yaml.frameworks.ours.indicators.{path}"
    assert (problem.code, problem.path) == (code, place)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "kind: quantitative",
            "measure: ratio, indicator: gp-consults-avoided, kind: quantitative",
        ),
        ("unit: hour", "unit: minute, indicator: informal-care-hours-avoided"),
        ("unit: hour", "unit: minute, unit_value: informal-care-hour"),
        ("unit: hour", "indicator: gp-consults-avoided, unit_value: gp-consult"),
        ("scale: three", "weight: 0, scale: three"),
        ("zero: 0, full: 8", "zero: 8, full: 0"),
        ("zero: 0, full: 8", "points: [[0, 1], [4, 0.2], [8, 0.6]]"),
        (INDICATORS, TAGS),
        (INDICATORS, TAGS.replace("title: A", "title: A, group: people")),
    ],
)
def test_what_fits_is_no_mistake(tmp_path: Path, old: str, new: str) -> None:
    assert FRAMEWORK.count(old) == 1
    assert (
        "ours" in load_frameworks(own_folder(tmp_path, ours=FRAMEWORK.replace(old, new))).frameworks
    )


def test_a_readiness_framework_that_fits(tmp_path: Path) -> None:
    same = f"quantitative, horizon: 2, {HOURS}", "qualitative, horizon: 2, scale: three"
    own = own_folder(tmp_path, ours=READINESS.replace(*same))
    assert load_frameworks(own).frameworks["ours"].purpose == "readiness"


def test_a_reference_to_a_broken_scale_is_no_second_mistake(tmp_path: Path) -> None:
    own = own_folder(tmp_path, scale=SCALE.replace("title: {nl: Drie, en: Three}", "titel: X"))
    problems = refused(load_frameworks, own)
    assert {p.path for p in problems} == {"frameworks/scale.yaml.scales.three.titel"}


def test_every_code_about_frameworks_is_provoked_here() -> None:
    here = {code for _, _, code, _ in CASES}
    here |= {"framework-readiness-number", "framework-readiness-levels"}
    here |= {"scale-scores-not-ascending"}
    written = {code for code in messages.section("problems") if code.startswith("framework-")}
    assert written - {"framework-asks-nothing"} <= here  # that one is about a case
