"""A checked batch on screen."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from tests.report.checked import batch, put

from impactmonitor.report.checking_screen import checking_screen


def shown(found, language="en", width=100):
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False)
    for part in checking_screen(found, language):
        console.print(part)
    return console.file.getvalue()


def test_all_files_the_questions_and_what_could_not_be_judged(tmp_path):
    text = shown(batch(tmp_path / "proposals"))
    assert text.startswith("Proposals checked: proposals\nFiles that could be evaluated: 1 of 3")
    for words in ("Walk On", "a.json", "c.yaml", "Files without a result", "horizon",
                  "? More people than there are (effects.walks.quantity)",
                  "What could not be judged", "lock file", "Thresholds",
                  "our own choice"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("language", ["en", "nl"])
def test_nothing_is_left_unfilled(tmp_path, language):
    assert "{" not in shown(batch(tmp_path), language).replace("{walks}", "")


def test_an_applicant_cannot_write_on_the_screen(tmp_path):
    put(tmp_path, "d.json", id="d", title="\x1b[31mred\x07")
    put(tmp_path, "e\x1b[31m.json", id="e", title="[bold]big[/bold]")
    text = shown(batch(tmp_path))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold]big[/bold]" in text
