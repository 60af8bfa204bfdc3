"""The sheet on scores: what the answers of a case to frameworks come to, live.

The answers come from the sheets of the assessors. The multipliers are there to try things out;
they are no part of a case, and nobody reads them back. A case without answers has one sentence
that says how to give them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.assessment_beside import Beside
from impactmonitor.report.workbook.scores_asked import Asked
from impactmonitor.report.workbook.scores_block import (
    APPLIES,
    SUMMARY,
    WIDTHS,
    ScoresBlock,
    questions_height,
)
from impactmonitor.report.workbook.scores_rows import SHEET, ScoresRows
from impactmonitor.report.workbook.scores_scales import ScoresScales
from impactmonitor.report.workbook.scores_summary import ScoresSummary, summary_height


class Scores:
    """Writes the sheet, from the top down.

    Parameters
    ----------
    answer : Answer
        The workbook; gets the places of the results.
    asked : sequence of Asked
        The frameworks that are answered.
    beside : Mapping of str to Beside
        Where the answers of their assessors come together.

    Attributes
    ----------
    blocks : dict of str to ScoresBlock
        By framework.
    beside : Mapping of str to Beside
        As given.
    """

    def __init__(
        self, answer: Answer, asked: Sequence[Asked], beside: Mapping[str, Beside]
    ) -> None:
        self.rows, self.blocks = ScoresRows(answer), dict[str, ScoresBlock]()
        self.beside = beside
        if not asked:
            self.rows.put(1, 1, answer.text("sheets.scores.title"), "title")
            self.rows.put(2, 1, self.rows.text("nothing"), "wide")
            self.rows.page.widths[1] = WIDTHS[1] + WIDTHS[APPLIES]
            return
        answer.heading(SHEET)
        self.rows.page.widths |= WIDTHS
        top = self.rows.legend() + 1
        scales = [q.scale for one in asked for t in one.themes for q in t.questions]
        bottom = top + sum(map(_height, asked))
        found = ScoresScales(self.rows, bottom, scales)
        for one in asked:
            questions = top + SUMMARY + summary_height(one) + 1
            block = ScoresBlock(self.rows, found, one, beside[one.framework.id], top, questions)
            ScoresSummary(block, top + SUMMARY)
            self.blocks[one.framework.id] = block
            top += _height(one)
            self.rows.page.breaks.append(top - 1)
        self.rows.page.last_printed = (found.bottom - 1, APPLIES)


def _height(asked: Asked) -> int:
    """Rows of a framework, with what keeps it apart from the next one."""
    return SUMMARY + summary_height(asked) + 1 + questions_height(asked) + 2
