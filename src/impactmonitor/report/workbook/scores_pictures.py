"""The pictures of a framework on the sheet on scores: dots, and a radar only beside them.

Both follow cells, so that another answer moves them. What has no score is not 0: its cell for the
dots lies below the scale, where nothing is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE
from impactmonitor.report.workbook.profiles import DOTS, RADAR
from impactmonitor.report.workbook.scores_asked import Asked
from impactmonitor.report.workbook.scores_block import (
    HAS_DATA,
    IN_FRAMEWORK,
    PLACE,
    VALUE,
    ScoresBlock,
)

RESULT, LOW, HIGH = 3, 6, 7
"""Columns of the score and of its bounds in the table of groups."""

NAME, SCORE, LEAST, MOST, SPOKE = range(PLACE, PLACE + 5)
"""Columns with what is drawn, beside that table."""

HEADS = ("drawn", "drawn_score", "drawn_low", "drawn_high", "drawn_radar")
LEAST_OF_A_RADAR = 3
BESIDE = 4
"""Column at which the radar starts, to the right of the dots."""

ROW_HEIGHT, HEIGHT, DOTS_WIDTH, RADAR_WIDTH = 20, 300, 640, 440
"""Pixels of a row, and of the pictures."""


@dataclass(frozen=True, slots=True)
class _Point:
    """What is drawn: formulas for the name, the score and its bounds; "" where there is none."""

    name: str
    score: str
    low: str
    high: str


def draw_scores(block: ScoresBlock, first: int, row: int) -> None:
    """Draw the scores of a framework.

    Parameters
    ----------
    block : ScoresBlock
        With its questions written.
    first : int
        Row of the first group in the table of groups.
    row : int
        Where the pictures start.
    """
    points = _groups(block, first) if len(block.asked.themes) > 1 else _questions(block)
    if len(points) < 2:  # a picture of one number says no more than the number
        return
    _write(block, points, row)
    _draw(block, len(points), row)


def pictures_height(asked: Asked) -> int:
    """Rows that the pictures take, with what is drawn beside them; none where there are none."""
    count = _count(asked)
    return max(1 + math.ceil(HEIGHT / ROW_HEIGHT), 2 + count) if count > 1 else 0


def _count(asked: Asked) -> int:
    """Groups, or the questions of a framework with one group."""
    themes = asked.themes
    return len(themes) if len(themes) != 1 else len(themes[0].questions)


def _groups(block: ScoresBlock, first: int) -> list[_Point]:
    ref = block.rows.ref
    rows = range(first, first + len(block.asked.themes))
    return [_Point(*(ref(row, column) for column in (1, RESULT, LOW, HIGH))) for row in rows]


def _questions(block: ScoresBlock) -> list[_Point]:
    """Of one group: each question at its own score; while it is open, anything is possible."""
    ref, highest, found = block.rows.ref, block.rows.fixed("highest"), []
    for theme in block.asked.themes:
        first, last = block.themes[theme.id]
        for row in range(first, last + 1):
            has_data, applies = (f"{ref(row, column)}=1" for column in (HAS_DATA, IN_FRAMEWORK))
            score = f"{highest}*{ref(row, VALUE)}"
            found.append(_Point(
                ref(row, 1),
                f'IF({has_data},{score},"")',
                f'IF({has_data},{score},IF({applies},0,""))',
                f'IF({has_data},{score},IF({applies},{highest},""))',
            ))  # fmt: skip
    return found


def _write(block: ScoresBlock, points: list[_Point], top: int) -> None:
    """The cells that the pictures follow."""
    rows = block.rows
    below = f"0-{rows.fixed('highest')}"  # as far below the scale as the scale is long
    for column, name in enumerate(HEADS, start=NAME):
        rows.put(top, column, rows.text(f"heads.{name}"), "small_head")
    for row, point in enumerate(points, start=top + 1):
        rows.work_out(row, NAME, f"T({point.name})", "list")
        drawn = ((SCORE, point.score), (LEAST, point.low), (MOST, point.high))
        for column, formula in drawn:
            shown = f"IF(ISNUMBER({formula}),{formula},{below})"
            rows.work_out(row, column, shown, "calculation")
        rows.work_out(row, SPOKE, f"MAX(0,{rows.ref(row, SCORE)})", "calculation")


def _draw(block: ScoresBlock, count: int, top: int) -> None:
    rows, span = block.rows, (top + 1, top + count)

    def area(column: int) -> str:
        return rows.book.area(rows.area(span, column))

    def words(key: str) -> str:
        return rows.text(f"chart.{key}").replace("{title}", block.asked.title)

    heads = [rows.text(f"heads.{name}") for name in ("score", "low", "high")]
    series = [
        Series(head, area(NAME), area(column), colour)
        for head, column, colour in zip(
            heads, (SCORE, LEAST, MOST), (BLUE, ORANGE, ORANGE), strict=True
        )
    ]
    charts = rows.page.charts
    charts.append(Chart(
        DOTS, "", words("dots.title"), words("dots.about"), series, (top, 1), (DOTS_WIDTH, HEIGHT)
    ))  # fmt: skip
    if count >= LEAST_OF_A_RADAR:
        spokes = [Series(heads[0], area(NAME), area(SPOKE), BLUE)]
        charts.append(Chart(
            RADAR, "", words("radar.title"), words("radar.about"), spokes, (top, BESIDE),
            (RADAR_WIDTH, HEIGHT),
        ))  # fmt: skip
