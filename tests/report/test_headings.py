"""What stands under a heading on a screen, and that there is none above nothing."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.text import Text

from impactmonitor.report.headings import heading, parts_under, sentences_under


def shown(parts):
    console = Console(file=StringIO(), width=24)
    for part in parts:
        console.print(part)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_a_heading_comes_once_after_an_empty_line():
    assert shown(parts_under("Doubts", [Text("One."), Text("Two.")])) == [
        "", "Doubts", "  One.", "  Two."
    ]  # fmt: skip
    assert shown([heading("Doubts")]) == ["", "Doubts"]


def test_no_heading_above_nothing():
    assert shown(parts_under("Doubts", [])) == []
    assert shown(sentences_under("Doubts", iter(()))) == []


def test_sentences_are_marked_and_stay_indented_where_they_are_long():
    found = shown(sentences_under("Doubts", ["Too little is known of this."], "! "))
    assert found == ["", "Doubts", "  ! Too little is known", "  of this."]


def test_a_title_of_a_user_is_no_markup():
    assert shown(sentences_under("[red]X", ["[bold]Y[/bold]"])) == [
        "",
        "[red]X",
        "  [bold]Y[/bold]",
    ]
