"""Scales on the sheet on scores: what each level means and counts for, and lines between points.

Answers are looked up here, so that a score follows from what a reader can see.
"""

from __future__ import annotations

from collections.abc import Iterable

from impactmonitor.report.workbook.scores_asked import Scale
from impactmonitor.report.workbook.scores_rows import ScoresRows

CHOICE, SCORE, SLOPE = 3, 4, 5
"""Columns of what can be chosen, what it counts for, and the slope of a line."""

HEADS = ("level", "meaning", "choice", "worth")
POINT_HEADS = ("number", "worth", "slope")


class ScoresScales:
    """Writes every scale once, one below the other.

    Parameters
    ----------
    rows : ScoresRows
        The sheet.
    top : int
        Row of the title.
    scales : iterable of Scale
        May come back: those of one key are the same.

    Attributes
    ----------
    bottom : int
        The first row that is free.
    """

    def __init__(self, rows: ScoresRows, top: int, scales: Iterable[Scale]) -> None:
        self.rows, self._areas = rows, dict[str, tuple[int, int]]()
        rows.title("scales", top)
        row = top + 3
        for scale in {scale.key: scale for scale in scales}.values():
            rows.put(row, 1, scale.title, "label")
            row = self._levels(row + 1, scale) if scale.rungs else self._points(row + 1, scale)
            row += 1
        self.bottom = row

    def _levels(self, row: int, scale: Scale) -> int:
        """A row for each level, and for what stands in place of one."""
        self.rows.heads(row, HEADS)
        top = row + 1
        for i, rung in enumerate(scale.rungs):
            self.rows.put(top + i, 1, rung.title, "name")
            self.rows.put(top + i, 2, rung.text, "paragraph")
            self.rows.put(top + i, CHOICE, i + 1, "whole")
            self.rows.put(top + i, SCORE, rung.score, "number")
        row = top + len(scale.rungs)
        for i, name in enumerate(("none", "not_applicable")):
            self.rows.put(row + i, 2, self.rows.text(f"answers.{name}_about"), "paragraph")
            self.rows.put(row + i, CHOICE, self.rows.text(f"answers.{name}"), "origin")
        self.rows.put(row, SCORE, 0, "number")
        self._areas[scale.key] = (top, row + 1)
        return row + 2

    def _points(self, row: int, scale: Scale) -> int:
        """A row for each point; beside all but the last the slope of the line to the next."""
        self.rows.heads(row, POINT_HEADS, CHOICE)
        top, last = row + 1, row + len(scale.points)
        for i, (number, score) in enumerate(scale.points, start=top):
            self.rows.put(i, CHOICE, number, "number")
            self.rows.put(i, SCORE, score, "number")
            if i < last:
                here, there = ([self.rows.ref(j, c) for c in (CHOICE, SCORE)] for j in (i, i + 1))
                slope = f"({there[1]}-{here[1]})/({there[0]}-{here[0]})"
                self.rows.work_out(i, SLOPE, slope, "ratio")
        self._areas[scale.key] = (top, last)
        return last + 1

    def choices(self, scale: Scale) -> str:
        """What can be chosen: the numbers of the levels, no contribution, and does not apply."""
        return self._area(scale, CHOICE)

    def scores(self, scale: Scale) -> str:
        """What each choice counts for."""
        return self._area(scale, SCORE)

    def texts(self, scale: Scale) -> str:
        """What each choice means."""
        return self._area(scale, 2)

    def between(self, scale: Scale, number: str) -> str:
        """The score of a number: what it gains on each line, from the first point on."""
        top, last = self._areas[scale.key]
        gained = self.rows.ref(top, SCORE)
        for row in range(top, last):
            here, there = (self.rows.ref(i, CHOICE) for i in (row, row + 1))
            way = f"MAX({here},MIN({there},{number}))-{here}"
            gained += f"+({way})*{self.rows.ref(row, SLOPE)}"
        return f"MAX(0,MIN(1,{gained}))"

    def _area(self, scale: Scale, column: int) -> str:
        top, last = self._areas[scale.key]
        return self.rows.column((top, last), column)
