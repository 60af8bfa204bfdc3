"""What became of a run, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from rich.console import Console
from tests.report.test_bulk_document import ASKED, FOUND

from impactmonitor.report.bulk_screen import MOST_PROBLEMS, bulk_screen


def shown(language="en", **changes) -> str:
    console = Console(width=100)
    with console.capture() as capture:
        for part in bulk_screen(replace(FOUND, **changes), language):
            console.print(part)
    return " ".join(capture.get().split())


def test_how_many_and_how_fast():
    text = shown()
    assert text.startswith("Done: 93 of 100 cases. Could not be worked out: 7.")
    assert "Simulated with 64 draws (seed 1)." in text
    assert "no usable numbers: 2." in text
    assert "An earlier run had gone through 20 of them already." in text
    assert "This run took 16.0 seconds: 5.0 cases per second." in text
    assert "5 json-syntax cases.jsonl:4 3 no-lines cases.jsonl:9" in text
    assert "out/parts: a row for each case" in text


def test_in_dutch():
    text = shown("nl", cases=10_000, seconds=1800.0)
    assert text.startswith("Klaar: 9.993 van 10.000 casussen. Niet door te rekenen: 7.")
    assert "Deze berekening duurde 30,0 minuten: 5,5 casussen per seconde." in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"refused": 0}, "All 100 cases are done."),
        ({"refused": 0, "cases": 1}, "The one case is done."),
        ({"refused": 100}, "None of the 100 cases could be worked out."),
        ({"cases_before": 100}, "There was nothing left to do."),
        ({"asked": {**ASKED, "draws": None}}, "Point results only"),
        ({"left_aside": 3}, "left aside: 3."),
        ({"seconds": 1.0}, "80 cases per second"),
    ],
)
def test_what_is_said_follows_what_happened(changes, words):
    assert words in shown(**changes)
    plain = shown(not_simulated=0, cases_before=0, problems=Counter())
    assert "no usable numbers" not in plain
    assert "earlier run" not in plain
    assert "mended" not in plain


def test_a_long_list_is_cut_with_how_many_more():
    names = [f"code-{number}" for number in range(MOST_PROBLEMS + 3)]
    text = shown(problems=Counter(dict.fromkeys(names, 1)), first=dict.fromkeys(names, "a:1"))
    assert f"code-{MOST_PROBLEMS - 1} a:1" in text
    assert f"code-{MOST_PROBLEMS}" not in text
    assert "and other kinds: 3" in text
