"""The commands about frameworks and suggestions, each as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.catalogue.framework_files import FRAMEWORK, own_folder
from tests.cli.test_commands import call, flat, said

from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.suggestions import load_suggestions

FALLS = ("--topic", "fall-prevention", "--group", "older-people")


def test_frameworks_are_listed() -> None:
    found = json.loads(said("frameworks", "--json"))
    assert [entry["id"] for entry in found] == list(load_frameworks().frameworks)
    assert all(set(entry) == set(found[0]) >= {"title", "purpose", "coverage"} for entry in found)
    assert f"{len(found)} found" in said("frameworks")


def test_frameworks_are_searched_by_words_in_both_languages() -> None:
    for words in (("energiearmoede",), ("energy", "poverty"), ("ENERGIE", "armoede")):
        found = [entry["id"] for entry in json.loads(said("frameworks", *words, "--json"))]
        assert "energy-poverty-core-set" in found, words
    inside = json.loads(said("frameworks", "eenzaam", "--json"))  # in the title of an indicator
    assert "prevention-core-set" in [entry["id"] for entry in inside]


def test_one_framework_is_shown_whole() -> None:
    text = flat(said("frameworks", "readiness", "--lang", "nl"))
    (found,) = json.loads(said("frameworks", "readiness", "--lang", "nl", "--json"))
    levels = found["indicators"]["trl"]["levels"]
    assert len(levels) == 9
    assert all(" ".join(level["text"].split()) in text for level in levels)


def test_the_only_one_that_is_found_is_shown_whole() -> None:
    (found,) = json.loads(said("frameworks", "kernaspecten", "--json"))
    assert (found["id"], len(found["indicators"])) == ("kia-mv", 28)


def test_an_exact_id_goes_before_longer_ones() -> None:
    (found,) = json.loads(said("frameworks", "scaling", "--json"))
    assert found["id"] == "scaling"


def test_nothing_found_names_the_nearest() -> None:
    assert "readiness" in call("frameworks", "readines-x", code=5).stderr


def test_frameworks_of_a_user_s_folder(tmp_path: Path) -> None:
    own = str(own_folder(tmp_path / "a"))
    assert "Presence" in said("frameworks", "ours", "--catalogue", own)
    changed = own_folder(tmp_path / "b", ours=FRAMEWORK.replace("  ours:", "  scaling:", 1))
    done = call("frameworks", "scaling", "--catalogue", str(changed))
    assert "Presence" in done.stdout
    assert "frameworks.scaling" in done.stderr  # it replaces a shipped one
    broken = own_folder(tmp_path / "c", ours=FRAMEWORK.replace("scale: three", "scale: tree"))
    (error,) = json.loads(call("frameworks", "--catalogue", str(broken), "--json", code=3).stdout)[
        "errors"
    ]
    assert (error["code"], error["line"] > 0) == ("framework-unknown-scale", True)


def test_suggestions_for_a_topic_and_a_group() -> None:
    found = json.loads(said("indicators", "suggest", *FALLS, "--json"))
    assert (found["topic"]["id"], found["group"]["id"]) == ("fall-prevention", "older-people")
    assert 5 <= len(found["suggestions"]) <= 8
    text = flat(said("indicators", "suggest", *FALLS, "--lang", "nl"))
    assert "Valpreventie, voor: Ouderen" in text
    assert "niet lokaal" in text
    assert said("indicators", *FALLS) == said("indicators", "suggest", *FALLS)


def test_without_topic_and_group_there_is_what_to_choose() -> None:
    found = json.loads(said("indicators", "suggest", "--json"))
    assert [topic["id"] for topic in found] == list(load_suggestions().topics)
    assert "fall-prevention" in said("indicators", "suggest")


def test_the_word_can_still_be_searched_for() -> None:
    done = call("indicators", "suggest", "hospital", code=5)
    assert "suggest hospital" in done.stderr
    assert "hospital-days-avoided" in said("indicators", "hospital")


@pytest.mark.parametrize(
    ("words", "error", "code"),
    [
        (("suggest", "--topic", "debts"), "suggestions-need-both", 2),
        (("--group", "residents"), "suggestions-need-both", 2),
        (("care", *FALLS), "suggestions-and-words", 2),
        (("suggest", "--topic", "depts", "--group", "x"), "unknown-topic", 5),
        (("suggest", "--topic", "debts", "--group", "tenants"), "unknown-target-group", 5),
    ],
)
def test_what_cannot_be_suggested(words: tuple[str, ...], error: str, code: int) -> None:
    (found,) = json.loads(call("indicators", *words, "--json", code=code).stdout)["errors"]
    assert found["code"] == error
    assert call("indicators", *words, code=code).stdout == ""
