"""The words of a checked batch: no false precision, no unseen characters."""

from __future__ import annotations

import pytest
from tests.report.checked import batch

from impactmonitor.problems import Problem
from impactmonitor.proposals.checked import Amount, Flag, Skipped, Spread, Unjudged
from impactmonitor.proposals.thresholds import Thresholds
from impactmonitor.report.checking_words import CheckingWords, rounded, shown_text

EN, NL = CheckingWords("en"), CheckingWords("nl")


@pytest.mark.parametrize(
    ("amount", "english", "dutch"),
    [
        (Amount(0.58797, "share"), "59%", "59%"),
        (Amount(0.0051, "share"), "0.51%", "0,51%"),
        (Amount(1234.5, "money", "EUR"), "€1,230", "€ 1.230"),
        (Amount(18.634, "ratio"), "19", "19"),
        (Amount(12, "years"), "12 years", "12 jaar"),
        (Amount(7234.2, unit="person"), "7,230 people", "7.230 mensen"),
        (Amount(2.5), "2.5", "2,5"),
    ],
)
def test_amounts_have_no_more_figures_than_they_deserve(amount, english, dutch):
    assert EN.amount(amount) == english
    assert NL.amount(amount).replace("\xa0", " ") == dutch


def test_rounding_keeps_what_is_no_number():
    assert rounded(float("inf")) == float("inf")


def test_a_range_and_a_single_figure():
    low, high = Amount(0.08, "share"), Amount(0.46, "share")
    assert EN.compared(Flag("x", "y", compared=(low, high))) == "8% to 46%"
    assert EN.compared(Flag("x", "y", compared=(low,))) == "8%"
    assert EN.compared(Flag("x", "y")) == EN.given(Flag("x", "y")) == ""


def test_a_place_in_a_text_file_and_in_a_workbook():
    assert EN.place(Problem("p", "effects.a", line=3)) == "effects.a, line 3"
    assert NL.place(Flag("x", "effects.a", sheet="Effecten", cell="B7")) == "blad Effecten, cel B7"
    assert EN.place(Flag("x", "effects.a", sheet="Effects")) == "sheet Effects"
    assert EN.place(Flag("x", "effects.a")) == "effects.a"
    assert EN.place(Problem("p")) == "the file as a whole"


def test_a_text_of_an_applicant_cannot_steer_a_terminal():
    assert shown_text("a\x1b[31m\u202eb\nc") == "a [31m b c"
    assert len(shown_text("x" * 10_000_000)) == 200


def test_findings_hold_every_name(tmp_path):
    for language in (EN, NL):
        for intake in batch(tmp_path).intakes:
            for flag in intake.flags:
                assert "{" not in language.finding(intake, flag)
                assert language.question(flag).endswith(("?", "."))


def test_who_sent_what(tmp_path):
    walk, broken, nothing = batch(tmp_path).intakes
    assert (EN.title(walk), EN.sender(walk), EN.state(walk)) == ("Walk on", "Walk On", "draft")
    assert EN.sender(broken) == "Walk On"
    assert (EN.title(nothing), EN.sender(nothing)) == ("(could not be read)", "not stated")
    assert EN.line(nothing, "x") == "x"
    assert EN.line(walk, None) == "the whole calculation"


def test_sentences_about_the_batch(tmp_path):
    found = batch(tmp_path)
    assert EN.headline(found).startswith("Files that could be evaluated: 1 of 3. Questions: ")
    assert EN.skipped(Skipped("~$a.xlsx", "lock-file")) == (
        "~$a.xlsx: a lock file of an open workbook.")  # fmt: skip
    assert EN.unjudged(Unjudged("cost-per-person", "too-few", 3, 5)) == (
        "Costs per person: proposals of this kind: 3 of the 5 that are needed.")  # fmt: skip
    cost = Spread("cost-per-person", "person", "reached", "EUR", "", 7, 100.0, 33.0, 300.0)
    assert EN.usual(cost) == (
        "Costs per person (reached): 7 proposals, median €100. Far is below €33.00 or above €300."
    )
    ratio = Spread("benefit-cost-ratio", "", "", "", "x", 2, 1.0, None, None)
    assert EN.usual(ratio).endswith("Too few to say what is far.")


def test_every_threshold_has_its_value():
    shown = dict(EN.thresholds(Thresholds()))
    assert shown["a deadweight counts as none up to"] == "2%"
    assert len(shown) == 12
