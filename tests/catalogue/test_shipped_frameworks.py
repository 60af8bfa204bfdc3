"""Laws that every shipped framework and scale keeps, and what each of them must hold."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from tests.catalogue.framework_files import texts

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.framework_checks import check_frameworks
from impactmonitor.catalogue.frameworks import Frameworks, load_frameworks, shipped_contents
from impactmonitor.model.frameworks import Framework, Level
from impactmonitor.model.record import Translated

SHORTEST = 20
UNWANTED = r"\b(wrong|invalid|illegal|fout|fouten|ongeldig|je|jij|jouw|jullie)\b"

# Purpose, number of groups and number of indicators or labels (None: as many as it takes).
ASKED: dict[str, tuple[str, int | None, int | None]] = {
    "transition-monitor": ("score", 4, None),
    "readiness": ("readiness", 3, 3),
    "six-conditions": ("score", None, 6),
    "mik": ("score", None, 12),  # six elements, each for a public and a private organisation
    "innovation-capacity": ("score", 5, 15),
    "innovation-power": ("score", None, None),
    "kia-mv": ("score", 6, 28),
    "market-transformation": ("score", None, None),
    "scaling": ("score", 3, None),
    "scaling-canvas": ("score", 3, None),
    "impact-dimensions": ("score", 5, None),
    "rivm-prevention": ("score", 3, None),
    "missions-2019": ("tags", 4, 10),
    "missions-2023": ("tags", None, 5),
    "sdg": ("tags", 17, 169),
    "broad-prosperity": ("score", 3, None),
    "prevention-core-set": ("score", None, None),
    "energy-poverty-core-set": ("score", None, None),
}


@pytest.fixture(scope="module")
def shipped() -> Frameworks:
    return load_frameworks()


def all_texts(shipped: Frameworks) -> list[tuple[str, Any]]:
    return [*texts("scales", shipped.scales), *texts("frameworks", shipped.frameworks)]


def lists_of_levels(shipped: Frameworks) -> dict[str, tuple[Level, ...]]:
    """Each scale and each indicator with levels of its own."""
    found = {f"scales.{name}": scale.levels for name, scale in shipped.scales.items()}
    for framework in shipped.frameworks.values():
        for name, indicator in framework.indicators.items():
            if indicator.levels is not None:
                found[f"{framework.id}.{name}"] = indicator.levels
    return found


# --- All of them --------------------------------------------------------------------------------


def test_everything_fits_together() -> None:
    contents = shipped_contents()
    assert contents.problems == []
    assert check_frameworks(contents, load_catalogue()) == []


def test_a_framework_stands_in_the_file_of_its_name() -> None:
    places = {name: found.file for name, found in shipped_contents().sections["frameworks"].items()}
    assert places == {name: f"frameworks/{name}.yaml" for name in places}


def test_every_text_is_there_in_both_languages(shipped: Frameworks) -> None:
    found = all_texts(shipped)
    assert len(found) > 1000
    missing = [
        path
        for path, text in found
        if not isinstance(text, Translated) or not text.nl or not text.en
    ]
    assert missing == []


def test_texts_are_kind_and_tidy(shipped: Frameworks) -> None:
    untidy = [
        path
        for path, text in all_texts(shipped)
        for words in (text.nl, text.en)
        if words != words.strip() or "  " in words or re.search(UNWANTED, words, re.IGNORECASE)
    ]
    assert untidy == []


def test_a_level_says_when_it_applies(shipped: Frameworks) -> None:
    short = [
        f"{path}.{place}"
        for path, levels in lists_of_levels(shipped).items()
        for place, level in enumerate(levels)
        if min(len(level.text.nl), len(level.text.en)) < SHORTEST  # type: ignore[union-attr, arg-type]
    ]
    assert short == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", ["title", "text"])
def test_levels_of_a_scale_are_told_apart(shipped: Frameworks, part: str, language: str) -> None:
    same = {
        path: [text for text, count in counts.items() if count > 1]
        for path, levels in lists_of_levels(shipped).items()
        if (counts := Counter(getattr(getattr(level, part), language) for level in levels))
    }
    assert {path: found for path, found in same.items() if found} == {}


def test_a_level_is_asked_for_in_a_question(shipped: Frameworks) -> None:
    without = [
        f"{framework.id}.{name}"
        for framework in shipped.frameworks.values()
        for name, i in framework.indicators.items()
        if i.kind == "qualitative"
        and not (isinstance(i.question, Translated) and "?" in f"{i.question.nl}")
    ]
    assert without == []


def test_a_number_says_what_counts_for_nothing_and_in_full(shipped: Frameworks) -> None:
    without = [
        f"{framework.id}.{name}"
        for framework in shipped.frameworks.values()
        for name, indicator in framework.indicators.items()
        if indicator.kind == "quantitative" and indicator.description is None
    ]
    assert without == []


def test_every_scale_is_used(shipped: Frameworks) -> None:
    used = {i.scale for f in shipped.frameworks.values() for i in f.indicators.values()}
    assert set(shipped.scales) - used == set()


# --- Each of them -------------------------------------------------------------------------------


def test_all_frameworks_of_the_issue_are_there(shipped: Frameworks) -> None:
    assert set(ASKED) - set(shipped.frameworks) == set()


@pytest.mark.parametrize("name", ASKED)
def test_a_framework_holds_what_it_should(shipped: Frameworks, name: str) -> None:
    purpose, groups, count = ASKED[name]
    framework = shipped.frameworks[name]
    parts = framework.tags if purpose == "tags" else framework.indicators
    assert framework.purpose == purpose
    assert groups in (None, len(framework.groups)), list(framework.groups)
    assert count in (None, len(parts)), list(parts)


@pytest.mark.parametrize("name", [name for name, asked in ASKED.items() if asked[0] == "score"])
def test_later_impact_counts_more_by_the_multipliers_of_the_method(
    shipped: Frameworks, name: str
) -> None:
    framework = shipped.frameworks[name]
    found = framework.multipliers
    assert (found.short, found.medium, found.long) == (1, 2, 3)
    assert framework.horizon_bounds == (3, 10)


def group_counts(framework: Framework) -> Counter[str]:
    return Counter(indicator.group for indicator in framework.indicators.values())


def test_the_transition_monitor_weighs_the_long_term(shipped: Frameworks) -> None:
    monitor = shipped.frameworks["transition-monitor"]
    names = list(monitor.indicators)
    levels = [n for n in names if monitor.indicators[n].kind == "qualitative"]
    long = [n for n in names if monitor.horizon_of(n) == "long"]
    assert len(names) >= 30, names
    assert 3 * len(levels) >= len(names), f"only {levels} are qualitative"
    assert 3 * len(long) >= len(names), f"only {long} are long-term"
    wanted = ["energy", "circular-economy", "health", "climate-adaptation"]
    assert list(monitor.groups) == wanted
    ends = {name: group.end_state for name, group in monitor.groups.items()}
    assert [name for name in wanted if ends[name] is None] == [], "without an end-state"
    assert set(monitor.end_states) == set(ends.values())
    thin = {name: count for name, count in group_counts(monitor).items() if count < 5}
    assert thin == {}


def test_readiness_has_three_scales_of_nine_levels(shipped: Frameworks) -> None:
    readiness = shipped.frameworks["readiness"]
    assert list(readiness.indicators) == ["trl", "srl", "crl"]
    lengths = {n: len(shipped.levels_of(i)) for n, i in readiness.indicators.items()}
    assert lengths == {"trl": 9, "srl": 9, "crl": 9}


def test_sub_aspects_and_elements_are_divided_as_in_their_sources(shipped: Frameworks) -> None:
    kia = group_counts(shipped.frameworks["kia-mv"])
    assert [kia[name] for name in shipped.frameworks["kia-mv"].groups] == [5, 4, 6, 4, 4, 5]
    tno = group_counts(shipped.frameworks["innovation-capacity"])
    found = [tno[name] for name in shipped.frameworks["innovation-capacity"].groups]
    assert found == [4, 3, 2, 3, 3]
    assert list(group_counts(shipped.frameworks["six-conditions"]).values()) == [3, 2, 1]


def test_every_target_of_the_goals_belongs_to_its_goal(shipped: Frameworks) -> None:
    tags = shipped.frameworks["sdg"].tags
    astray = [name for name, tag in tags.items() if f"g{name[1:].split('-')[0]}" != tag.group]
    assert astray == []
    per_goal = Counter(tag.group for tag in tags.values())
    counts = [per_goal[f"g{goal}"] for goal in range(1, 18)]
    assert counts == [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]


def test_codes_of_goals_are_targets_that_exist(shipped: Frameworks) -> None:
    targets = {name[1:].replace("-", ".") for name in shipped.frameworks["sdg"].tags}
    unknown = [
        f"{framework.id}.{name}: {indicator.codes['sdg']}"
        for framework in shipped.frameworks.values()
        for name, indicator in framework.indicators.items()
        if "sdg" in indicator.codes and indicator.codes["sdg"] not in targets
    ]
    assert unknown == []


@pytest.mark.parametrize(
    ("name", "fewest"), [("prevention-core-set", 5), ("energy-poverty-core-set", 2)]
)
def test_core_sets_lead_to_unit_values(shipped: Frameworks, name: str, fewest: int) -> None:
    catalogue = load_catalogue()
    valued = [
        key
        for key, indicator in shipped.frameworks[name].indicators.items()
        if (found := catalogue.indicators.get(indicator.indicator or "")) and found.unit_value
    ]
    assert len(valued) >= fewest, valued
