"""The command that lists, searches and shows effect cards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from impactmonitor.cli.looking_up_cards import look_up_cards
from impactmonitor.cli.outcome import WrongUse
from impactmonitor.problems import NotFound


def found(capsys: pytest.CaptureFixture[str], words: str, use: str | None = None) -> list[Any]:
    """The cards that the command prints as JSON."""
    look_up_cards(words, use, "en", True, None)
    printed: list[Any] = json.loads(capsys.readouterr().out)
    return printed


def test_words_are_sought_in_what_was_done_and_for_whom(capsys: pytest.CaptureFixture[str]) -> None:
    assert [card["id"] for card in found(capsys, "fluoridelak")] == ["EC-FLUORIDE"]
    assert {card["use"] for card in found(capsys, "", "n")} == {"N"}
    assert "EC-INSUL-GAS" in {card["id"] for card in found(capsys, "energiearmoede")}
    assert len(found(capsys, "", "A")) == 23


def test_an_id_shows_one_card_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    [card] = found(capsys, "ec-ips")
    assert card["id"] == "EC-IPS"
    look_up_cards("EC-IPS", None, "nl", False, None)
    assert "Verhouding" in capsys.readouterr().out.replace("verhouding", "Verhouding")


def test_what_is_not_there_is_said_with_the_nearest_name() -> None:
    with pytest.raises(NotFound) as caught:
        look_up_cards("EC-FALL-EX-RAT3", None, "en", False, None)
    assert caught.value.problem.params["nearest"] == "EC-FALL-EX-RATE"
    with pytest.raises(WrongUse):
        look_up_cards("", "D", "en", False, None)
