"""Who waits sees how far it is; a file and who need not wait see nothing."""

from __future__ import annotations

import io
from itertools import count
from time import monotonic

import pytest
from rich.console import Console

from impactmonitor.cli import waiting
from impactmonitor.cli.simulating import DRAWING
from impactmonitor.cli.waiting import shown_progress

LONGEST = 5.0
"""Seconds after which a bar that has not come will not come."""


def on_terminal(monkeypatch: pytest.MonkeyPatch, patience: float) -> io.StringIO:
    seen = io.StringIO()
    terminal = Console(file=seen, force_terminal=True, width=80)
    monkeypatch.setattr(waiting, "console", lambda is_error=False: terminal)
    monkeypatch.setattr(waiting, "PATIENCE", patience)
    return seen


@pytest.mark.parametrize(
    ("said", "words", "is_counted", "shown"),
    [
        (DRAWING, "Gevallen doorrekenen", False, "100%"),
        ("checking.progress", "Voorstellen lezen", False, "100%"),
        ("bulk.progress.working", "Casussen", True, "40/40"),
    ],
)
def test_who_waits_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, said: str, words: str, is_counted: bool, shown: str
) -> None:
    seen = on_terminal(monkeypatch, 0.0)
    with shown_progress(said, "nl", is_counted) as progress:
        assert progress is not None
        deadline = monotonic() + LONGEST
        for done in count(1):
            progress(min(done, 40), 40)
            if shown in seen.getvalue() or monotonic() > deadline:
                break
    assert words in seen.getvalue()
    assert shown in seen.getvalue()
    assert ("%" in seen.getvalue()) is not is_counted


def test_who_need_not_wait_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_terminal(monkeypatch, 60.0)
    with shown_progress(DRAWING, "en") as progress:
        assert progress is not None
        progress(100, 100)
    assert seen.getvalue() == ""


def test_no_bar_goes_into_a_file() -> None:
    with shown_progress(DRAWING, "en") as progress:
        assert progress is None


def test_an_error_while_somebody_waits_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    on_terminal(monkeypatch, 60.0)
    with pytest.raises(ZeroDivisionError), shown_progress(DRAWING, "en"):
        raise ZeroDivisionError
