"""An explanation on screen: the number, its lines, and under each line its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import Language
from impactmonitor.report.explanation import Explanation
from impactmonitor.report.tables import new_table
from impactmonitor.report.words import Words


def explanation_screen(
    evaluation: Evaluation, found: Explanation, language: Language
) -> Iterator[RenderableType]:
    """What ``impactmonitor explain`` shows.

    Parameters
    ----------
    evaluation : Evaluation
        The result in which the number stands.
    found : Explanation
        The unfolded number.
    language : {"nl", "en"}
        The reader's language.
    """
    words = Words(evaluation, language)
    value = _written(found.value, found.kind, words)
    yield Text(f"{found.path} = {value}", style="bold")
    if found.origin:
        yield Text(found.origin)
        return
    yield Text(f"{found.title}: {found.definition}")
    yield Text(f"{words.text('explain.formula')}: {found.formula}", style="dim")
    if found.inputs:
        yield _table(found.inputs, words)
    yield Text("")
    for part in found.parts:
        yield from _part(part, found.kind, words)


def _part(part: dict[str, Any], kind: str, words: Words) -> Iterator[RenderableType]:
    kind = kind if kind == "quantity" else "money"
    heading = f"{part['title']} ({part['id']}): {_written(part['contribution'], kind, words)}"
    if "counts_as" in part:
        heading += f", {words.text('explain.counts_as.' + part['counts_as'])}"
    yield Text(heading, style="bold")
    yield Padding(Text(part["formula"], style="dim"), (0, 0, 0, 2))
    if part.get("by_year"):
        amounts = " · ".join(f"{y} {words.money(v)}" for y, v in part["by_year"].items())
        yield Padding(Text(words.text("explain.by_year", amounts=amounts)), (0, 0, 0, 2))
    yield Padding(_table(part["inputs"], words), (0, 0, 0, 2))


def _table(rows: Iterable[dict[str, Any]], words: Words) -> Table:
    table = new_table()
    table.add_column(words.text("explain.what"), overflow="fold")
    table.add_column(words.text("explain.value"), justify="right", overflow="fold")
    table.add_column(words.text("explain.source"), overflow="fold")
    for row in rows:
        table.add_row(row["path"], _written(row["value"], "plain", words), row["origin"])
    return table


def _written(value: Any, kind: str, words: Words) -> str:
    if value is None:
        return words.text("explain.not_there")
    if isinstance(value, dict):
        value, kind = value["value"], "rate"
        return words.text("explain.not_there") if value is None else words.percent(value)
    if isinstance(value, bool | str):
        return str(value)
    if kind in ("money", "balance"):
        return words.money(value)
    if kind == "rate":
        return words.percent(value)
    return str(value) if kind == "year" or isinstance(value, int) else words.number(value)
