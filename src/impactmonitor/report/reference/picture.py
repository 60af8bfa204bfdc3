"""A picture of an answer, as the terminal shows it."""

from __future__ import annotations

import io
import re
from html import unescape

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from impactmonitor.evaluation import evaluate
from impactmonitor.intake import load_case
from impactmonitor.messages import Language
from impactmonitor.report.screen import screen
from impactmonitor.report.words import Words
from impactmonitor.resources import folder

WIDTH = 90
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, Liberation Mono, monospace"
EXAMPLE = "fall-prevention-65plus"


def answer_picture(language: Language) -> str:
    """The first part of the answer that ``impactmonitor demo`` gives, as SVG.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the answer.

    Returns
    -------
    str
        The answer down to the table of who pays and who benefits. Fonts are those of the reader:
        nothing is fetched from elsewhere.
    """
    evaluation = evaluate(load_case(folder("examples") / EXAMPLE / "case.yaml"))
    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, highlight=False, markup=False, emoji=False
    )
    words = Words(evaluation, language)
    last = words.text("parties.table", currency=evaluation.case.currency)
    for part in screen(evaluation, language):
        console.print(part)
        if getattr(part, "title", None) == last:
            break
    title = f"impactmonitor demo --lang {language}"
    svg = console.export_svg(title=title, theme=DEFAULT_TERMINAL_THEME, unique_id="answer")
    own = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    lines = own.replace("Fira Code, monospace", FONTS).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def text_of(svg: str) -> str:
    """The words and numbers of a picture, whatever it looks like.

    Examples
    --------
    >>> text_of("<svg><text x='1'>A&#160;b</text><text>c</text></svg>")
    'A b c'
    """
    found = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)
    return " ".join(unescape(" ".join(found)).replace("\N{NO-BREAK SPACE}", " ").split())
