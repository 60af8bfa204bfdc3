"""A framework on screen: everything that somebody needs to answer it, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console, RenderableType
from tests.catalogue.framework_files import FRAMEWORK, SCALE, own_folder

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import Frameworks, load_frameworks
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.report.framework_screen import framework_list, framework_screen, how_many


def printed(*parts: RenderableType, width: int = 100) -> str:
    console = Console(width=width, markup=False, highlight=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()


def shown(frameworks: Frameworks, name: str, language: Language, *folders: Path) -> str:
    """A framework as it is shown, on one line."""
    catalogue = load_catalogue(*folders)
    parts = framework_screen(frameworks, catalogue, frameworks.frameworks[name], language)
    return " ".join(printed(*parts).split())


@pytest.fixture(scope="module")
def shipped() -> Frameworks:
    return load_frameworks()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_framework_on_its_own_line(
    shipped: Frameworks, language: Language
) -> None:
    text = printed(*framework_list(list(shipped.frameworks.values()), language))
    for name in shipped.frameworks:
        assert any(line.split()[:1] == [name] for line in text.splitlines()), name
    assert f"{len(shipped.frameworks)} " in text.splitlines()[-1]
    assert "{" not in text


def test_what_is_asked_is_counted(shipped: Frameworks) -> None:
    assert how_many(shipped.frameworks["kia-mv"], "en") == "28 indicators"
    assert how_many(shipped.frameworks["missions-2023"], "nl") == "5 labels"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(load_frameworks().frameworks))
def test_every_question_and_level_of_a_framework_is_there(
    shipped: Frameworks, name: str, language: Language
) -> None:
    text = shown(shipped, name, language)
    framework = shipped.frameworks[name]
    wanted = [framework.title, framework.note]
    wanted += [part.title for part in (*framework.groups.values(), *framework.tags.values())]
    for indicator in framework.indicators.values():
        wanted += [indicator.title, indicator.question or indicator.title]
        wanted += [level.text for level in shipped.levels_of(indicator)]
    missing = [each for each in wanted if " ".join(each.in_language(language).split()) not in text]
    assert missing == []
    assert "{" not in text


def test_a_scale_that_is_used_more_than_once_is_written_once(tmp_path: Path) -> None:
    once = shown(load_frameworks(own_folder(tmp_path / "a")), "ours", "en", tmp_path / "a")
    again = FRAMEWORK + FRAMEWORK[FRAMEWORK.index("      presence:") :].replace("presence", "more")
    own = own_folder(tmp_path / "b", ours=again[: again.rindex("      hours:")])
    twice = shown(load_frameworks(own), "ours", "en", own)
    for text in (once, twice):
        assert text.count("Nobody is there.") == 1
    assert "Scales used more than once" not in once
    assert twice.count("Three (below)") == 2


def test_how_a_number_becomes_a_score(tmp_path: Path) -> None:
    line = shown(load_frameworks(own_folder(tmp_path / "a")), "ours", "en", tmp_path / "a")
    assert "a number, in: hour (stock); 0 at 0, 1 at 8, a straight line between" in line
    assert "within 3 years (about 2)" in line
    assert "1 × 3" in line  # presence: a weight of 1, in the long term
    points = FRAMEWORK.replace("zero: 0, full: 8", "points: [[0, 1], [8.5, 0.25]]")
    own = own_folder(tmp_path / "b", ours=points)
    assert "1 bij 0, 0,25 bij 8,5" in shown(load_frameworks(own), "ours", "nl", own)


def test_what_a_framework_says_about_itself(tmp_path: Path) -> None:
    more = """    description: What we ask.
    licence: CC0
    end_states: {good: {title: All is well, year: 2050, description: Nobody is alone.}}
"""
    group = "title: People, end_state: good, description: Who is there."
    text = FRAMEWORK.replace("    groups:", f"{more}    groups:").replace("title: People", group)
    scale = SCALE.replace("    levels:", "    description: How many.\n    levels:")
    own = own_folder(tmp_path, ours=text, scale=scale)
    found = shown(load_frameworks(own), "ours", "en", own)
    wanted = ["What we ask.", "CC0", "good All is well (2050). Nobody is alone.", "Who is there.",
              "Our books", "All of it is ours.", "after 3 to 10 years × 2"]  # fmt: skip
    assert [words for words in wanted if words not in found] == []


def test_readiness_has_no_weights(shipped: Frameworks) -> None:
    text = shown(shipped, "readiness", "en")
    assert "The lowest one is the overall level" in text
    assert "Weight" not in text.replace("Wording and weights", "")
