"""Records on screen."""

from __future__ import annotations

import pytest
from rich.console import Console
from tests.reported import CATALOGUE, RECORDS, reported_on

from impactmonitor.catalogue.monitored import monitored
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.report.measurements_screen import measurements_screen


def shown(case: Case, language: Language, hidden: frozenset[int] = frozenset()) -> str:
    console = Console(width=140, record=True, file=None, quiet=True)
    with console.capture() as capture:
        console.quiet = False
        for part in measurements_screen(case, monitored(case, CATALOGUE)[0], hidden, language):
            console.print(part)
    return capture.get()


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ["Geholpen", "vrouwen", "30 van 40", "goedgekeurd", "ook zonder u gebeurd", "0,25"]),
     ("en", ["Helped", "women", "30 of 40", "approved", "happened anyway", "0.25"])],
)  # fmt: skip
def test_each_record_in_the_words_of_the_reader(language, words):
    text = shown(reported_on(), language)
    assert [word for word in words if word not in text] == []


def test_columns_that_nobody_used_are_not_there():
    assert "Project" not in shown(reported_on(), "en")
    assert "North" in shown(reported_on({**RECORDS[0], "project": "North"}), "en")


def test_how_many_are_left_out():
    text = shown(reported_on(), "en", frozenset({0, 1, 2}))
    assert "Helped" not in text
    assert "about fewer than 5 people or would give that away: 3." in text


def test_nothing_was_measured():
    assert "Er is nog niets gemeten." in shown(reported_on(measurements=[]), "nl")


def test_texts_are_no_markup():
    assert "[bold]" in shown(reported_on({**RECORDS[0], "reporter": "[bold]"}), "en")
