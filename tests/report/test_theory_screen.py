"""The theory of change on screen: in order, with arrows, within the width."""

from __future__ import annotations

import pytest
from tests.report.test_screen import printed
from tests.theorised import THEORY, evaluated

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.theory_screen import theory_screen


def test_the_whole_picture() -> None:
    text = printed(theory_screen(evaluated(scores={"prevention-core-set": {"say": 3}}), "en"))
    assert (
        text
        == """\
Theory of change: Small

Activities · what is done
  Classes · costs €150
      → pupils

Outputs · what that delivers
  pupils · 30 person
      → Falls (assumption: They train)

Effects · what changes
  Falls · worth €80.00 · for Insurer
      → fear
      → Healthy for longer, with smaller differences
      → Treated falls avoided
  fear · not in EUR · for People
      → Say of participants

Indicators · by which that is seen
  Say of participants · score 40 of 100 · framework Core set for prevention
  Treated falls avoided · named by an effect

End-states · what it is for
  Healthy for longer, with smaller differences · framework Transition monitor

Amounts are present values for society over 5 years, in prices of 2025. Scores
stand beside the money and are never added to it.

"""
    )


def test_what_is_asked_stands_below() -> None:
    text = printed(theory_screen(evaluated(), "nl"))
    assert text.index("Eindbeelden") < text.index("! theory.effects.fear.leads_to.0")
    assert "deadweight" not in text


def test_kinds_of_which_there_is_nothing_are_left_out() -> None:
    text = printed(theory_screen(evaluated({}), "en"))
    assert "Activities" not in text
    assert "Effects" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen(language) -> None:
    long = {"title": "w" * 300, "leads_to": [{"to": "falls", "assumption": "a" * 300}]}
    theory = {**THEORY, "activities": {"a": long}}
    text = printed(theory_screen(evaluated(theory), language), 80)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "".join(text.split()).count("w") >= 300
