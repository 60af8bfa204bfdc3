"""Letters to applicants: who, what, where; and nothing of theirs becomes a file or a link."""

from __future__ import annotations

import re

import pytest
from tests.proposals.judging import catalogue
from tests.report.checked import batch, put

from impactmonitor.proposals.checking import check_batch
from impactmonitor.report.checking_letters import letter_to, letters_of, plain


def test_every_file_has_a_letter_named_by_its_id_or_number(tmp_path):
    assert set(letters_of(batch(tmp_path), "en")) == {"walk-on.md", "broken.md", "intake-03.md"}


def test_a_second_file_with_the_same_id_keeps_its_own_letter(tmp_path):
    put(tmp_path, "a.json", id="same")
    put(tmp_path, "b.json", id="same", horizon=4)
    put(tmp_path, "c.json", id="intake-02", horizon=3)
    names = list(letters_of(check_batch(tmp_path, catalogue()), "en"))
    assert names == ["same.md", "intake-02.md", "intake-03.md"]


@pytest.mark.parametrize("name", ["../../outside", "a/b", "😀", "", "con", "x" * 300, "A b"])
def test_no_id_becomes_a_path(tmp_path, name):
    put(tmp_path, "😀 ..%2f.json", id=name)
    (found,) = letters_of(check_batch(tmp_path, catalogue()), "en")
    assert re.fullmatch(r"[a-z0-9-]{1,60}\.md", found)


def test_a_letter_with_questions(tmp_path):
    intake = batch(tmp_path).intakes[0]
    text = letter_to(intake, "nl")
    assert text.startswith("# Vragen over uw voorstel Walk on\n\nAan: Walk On")
    assert "Versie 2, 2026-10-01, concept" in text
    assert "Geachte A. Lovelace," in text
    assert '"Walking" rekent op 2.000 mensen tegelijk. De doelgroep is 900 mensen.' in text
    assert "Waar: effects.walks.quantity" in text
    assert text.rstrip().endswith("Met vriendelijke groet,")
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", text)


def test_a_letter_about_mistakes_names_place_and_what_to_do(tmp_path):
    _, broken, nothing = batch(tmp_path).intakes
    text = letter_to(broken, "en")
    assert "## What we need first" in text
    assert "1. **horizon**: " in text
    assert letter_to(nothing, "en").startswith("# About the file that you sent us")


def test_a_letter_without_questions_says_so(tmp_path):
    line = {"quantity": 1, "unit_value": 9, "falls_to": "people", "domain": "social",
            "basis": "net", "evidence": "expert", "source": "zin-kostenhandleiding-2024",
            "deadweight": 0, "confirmation": {"people": "confirmed"}}  # fmt: skip
    put(tmp_path, "a.json", effects={"walks": line}, discount=None)
    (intake,) = check_batch(tmp_path, catalogue()).intakes
    assert intake.flags == ()
    assert "We have no questions about your figures" in letter_to(intake, "en")


def test_words_of_an_applicant_stay_words(tmp_path):
    put(tmp_path, "a.json", title="[pay](http://x.example) <img src=x>\n# Head")
    text = letter_to(check_batch(tmp_path, catalogue()).intakes[0], "en")
    assert r"\[pay\](http://x.example) \<img src=x\> \# Head" in text.splitlines()[0]


def test_long_words_are_cut():
    assert len(plain("x" * 10_000)) == 200
    assert len(plain("x " * 10_000, 1000)) <= 1000


@pytest.mark.parametrize("language", ["en", "nl"])
def test_nothing_is_left_unfilled(tmp_path, language):
    for text in letters_of(batch(tmp_path), language).values():
        assert "{" not in text
