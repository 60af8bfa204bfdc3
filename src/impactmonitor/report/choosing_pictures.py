"""The frontier and the budget curve of a choice, as bars of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.portfolio.choosing_frontier import Frontier, FrontierPoint
from impactmonitor.report.choosing_words import ChoiceWords
from impactmonitor.report.tables import bar_from_left, new_table, numeric

LENGTH = 24
MOST_SHOWN = 10


def budget_picture(words: ChoiceWords) -> Table:
    """A row for every budget, with a bar for what is reached with it."""
    selection = words.selection
    table = new_table()
    numeric(table, words.text("budgets.budget"), words.text(f"budgets.{selection.terms.maximise}"))
    table.add_column("")
    reached = [None if p.best is None else float(p.best.reached[0]) for p in selection.budgets]
    largest = max((one for one in reached if one is not None), default=0.0)
    for point, found in zip(selection.budgets, reached, strict=True):
        budget = words.money(float(point.budget))
        if float(point.budget) == selection.terms.budget:
            budget = words.text("budgets.now", budget=budget)
        bar = (
            words.text("budgets.out_of_reach")
            if found is None
            else bar_from_left(found, largest, LENGTH)
        )
        table.add_row(budget, words.goal(found), bar)
    return table


def frontier_picture(words: ChoiceWords, frontier: Frontier) -> Iterator[RenderableType]:
    """A row for every point of the frontier, with bars for both goals."""
    shown = _some(frontier.points, MOST_SHOWN)
    table = new_table()
    numeric(table, words.text("frontier.value"))
    table.add_column("")
    numeric(table, words.text("frontier.score"))
    table.add_column("")
    table.add_column(words.text("frontier.chosen"), overflow="fold")
    values, scores = ([float(p.value) for p in shown], [float(p.score) for p in shown])
    for point, value, score in zip(shown, values, scores, strict=True):
        names = words.listed(point.chosen)
        is_choice = point.chosen == words.selection.chosen
        table.add_row(
            words.money(value),
            bar_from_left(value, max(values), LENGTH // 2),
            words.points(score),
            bar_from_left(score, max(scores), LENGTH // 2),
            words.text("frontier.mark", names=names) if is_choice else names,
        )
    yield table
    for sentence in _notes(words, frontier, len(shown)):
        yield Padding(Text(sentence, style="dim"), (0, 0, 0, 2))


def _notes(words: ChoiceWords, frontier: Frontier, shown: int) -> Iterator[str]:
    if len(frontier.points) == 1:
        yield words.text("frontier.one")
    if not frontier.is_complete:
        yield words.text("frontier.some", count=len(frontier.points))
    if shown < len(frontier.points):
        yield words.text("frontier.more", count=len(frontier.points) - shown)
    if words.selection.unscored:
        yield words.text("frontier.unscored", names=words.listed(words.selection.unscored))


def _some(points: Sequence[FrontierPoint], most: int) -> list[FrontierPoint]:
    """Evenly spread points, with the first and the last."""
    if len(points) <= most:
        return list(points)
    return [points[round(i * (len(points) - 1) / (most - 1))] for i in range(most)]
