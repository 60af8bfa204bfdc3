"""The program that all commands belong to."""

from __future__ import annotations

import typer

from impactmonitor.cli.options import Lang
from impactmonitor.cli.outcome import default_language
from impactmonitor.messages import Language

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="What does a project yield, for whom, and how sure is that?",
)


def language_of(lang: Lang | None) -> Language:
    """The language that was asked for, or else that of the machine."""
    return default_language() if lang is None else lang.value
