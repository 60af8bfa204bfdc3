"""A frontier of options on screen: which are worth considering, what each step costs, a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.proposals.frontier import PlacedOption
from impactmonitor.report.formatting import number
from impactmonitor.report.tables import new_table, numeric

WIDTH, HEIGHT = 44, 9
MARKS = {"frontier": "●", "extended-dominated": "◦", "dominated": "×"}


def frontier_screen(
    options: Sequence[PlacedOption], language: Language
) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor frontier`` shows, the answer first.

    Parameters
    ----------
    options : sequence of PlacedOption
        In their order; at least one.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """

    def text(key: str, **params: object) -> str:
        return messages.text(f"frontier.{key}", language, **params)

    yield Text(text("title"), style="bold")
    yield Text(frontier_headline(options, language))
    yield _table(options, language)
    if len({(one.cost, one.effect) for one in options}) > 1:
        yield Padding(Text("\n".join(picture(options))), (0, 0, 0, 2))
        yield Text(text("picture"), style="dim")
    yield Text(text("legend"), style="dim")
    for one in options:
        if one.equal_to is not None:
            yield Text(text("equal", option=one.option, other=one.equal_to), style="dim")


def frontier_headline(options: Sequence[PlacedOption], language: Language) -> str:
    """Which options are worth considering, in one sentence.

    Examples
    --------
    >>> from impactmonitor.intake.options_csv import Option
    >>> from impactmonitor.proposals.frontier import frontier_of
    >>> found = frontier_of([Option("a", 0, 0), Option("b", 100, 5), Option("c", 200, 4)])
    >>> frontier_headline(found, "en")
    '2 of the 3 options are worth considering: a, b.'
    """
    kept = [one.option for one in options if one.status == "frontier"]
    key = "headline.all" if len(kept) == len(options) else "headline.some"
    if len(kept) == 1:
        key = "headline.one"
    return messages.text(
        f"frontier.{key}", language, count=len(kept), all=len(options), names=", ".join(kept)
    )


def _table(options: Sequence[PlacedOption], language: Language) -> Table:
    def text(key: str, **params: object) -> str:
        return messages.text(f"frontier.table.{key}", language, **params)

    table = new_table()
    table.add_column(text("option"))
    numeric(table, text("cost"), text("effect"), text("icer"))
    table.add_column(text("status"))
    for one in options:
        status = messages.text(f"frontier.status.{one.status}", language)
        table.add_row(
            Text(one.option),
            number(one.cost, language),
            number(one.effect, language),
            number(one.icer, language),
            f"{MARKS[one.status]} {status}",
        )
    return table


def picture(options: Sequence[PlacedOption], width: int = WIDTH, height: int = HEIGHT) -> list[str]:
    r"""Options as marks: effect to the right, cost upward.

    Parameters
    ----------
    options : sequence of PlacedOption
        Not all at one place.
    width, height : int
        In characters.

    Examples
    --------
    >>> from impactmonitor.intake.options_csv import Option
    >>> from impactmonitor.proposals.frontier import frontier_of
    >>> found = frontier_of([Option("a", 0, 0), Option("b", 100, 5)])
    >>> print("\n".join(picture(found, 5, 3)))
    │    ●
    │
    │●
    └─────
    """
    lines = [[" "] * width for _ in range(height)]
    costs, effects = [one.cost for one in options], [one.effect for one in options]

    def place(value: float, among: list[float], length: int) -> int:
        low, high = min(among), max(among)
        return round((length - 1) * (value - low) / (high - low)) if high > low else 0

    for one in reversed(options):  # the frontier is drawn last, over what lies at its place
        row = height - 1 - place(one.cost, costs, height)
        lines[row][place(one.effect, effects, width)] = MARKS[one.status]
    return [*(f"│{''.join(line)}".rstrip() for line in lines), "└" + "─" * width]
