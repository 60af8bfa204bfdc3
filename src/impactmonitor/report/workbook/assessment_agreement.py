"""How far assessors agree beyond chance, live: Krippendorff's alpha for ordered levels.

The distance between two levels is how many answers lie between them, so it is the difference of
their places among all answers. With these places r, m answers to a question and n in all, alpha
is 1 - (n - 1) * sum((m * sum(r^2) - sum(r)^2) / (m - 1)) / (n * sum(r^2) - sum(r)^2), the sums in
the numerator being over a question (Krippendorff 2011, *Computing Krippendorff's
alpha-reliability*, University of Pennsylvania, written out for ordinal data).
"""

from __future__ import annotations

from impactmonitor.intake.workbook.assessing import QUESTIONS_TOP
from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.workbook.assessment_rows import AssessmentRows

MANY = 1000
"""More than there are levels in any scale."""


class Agreement:
    """Writes the calculation beside the table, for the scale that most answers are on.

    Parameters
    ----------
    rows : AssessmentRows
        The sheet that lays the assessors side by side.
    levels, assessors : int
        The first column with levels, and how many there are.
    half : str
        The cell that holds one half.
    """

    def __init__(self, rows: AssessmentRows, levels: int, assessors: int, half: str) -> None:
        self.rows, self.levels, self.assessors, self.half = rows, levels, assessors, half
        self.paired = levels + assessors + 1
        self.ranks = self.paired + assessors
        self.scale, self.answers, self.count, self.term = (
            self.ranks + assessors + i for i in range(4)
        )
        self.of_scale = self.term + 2
        self.of_level = self.of_scale + 3
        for name, column in (("scale", self.scale), ("answers", self.answers),
                             ("paired", self.count), ("term", self.term)):  # fmt: skip
            rows.put(QUESTIONS_TOP, column, rows.text(f"agreement.{name}"), "small_head")
        self._scales()
        self._levels()
        for row in range(rows.first, rows.last + 1):
            self._question(row)

    def _column(self, column: int) -> str:
        return self.rows.span(self.rows.first, column, self.rows.last, column)

    def _block(self, left: int) -> str:
        last = left + self.assessors - 1
        return self.rows.span(self.rows.first, left, self.rows.last, last)

    def _scales(self) -> None:
        """How many questions on each scale have an answer; the usual scale stands on top."""
        rows, left = self.rows, self.of_scale
        sizes = sorted({len(q.scale.rungs) for q in rows.questions if q.scale.rungs}) or [0]
        many = rows.put(QUESTIONS_TOP - 1, left, MANY, "calculation")
        top, last = rows.first, rows.first + len(sizes) - 1
        for row, size in enumerate(sizes, start=top):
            rows.put(row, left, size, "calculation")
            of_size = f"COUNTIFS({self._column(self.scale)},{rows.ref(row, left)},"
            answered = f'{of_size}{self._column(self.answers)},">0")'
            weight = f"{answered}*{rows.ref(many.row, many.column)}+{rows.ref(row, left)}"
            rows.work_out(row, left + 1, weight, "calculation")
        found = [rows.span(top, column, last, column) for column in (left, left + 1)]
        usual = f"INDEX({found[0]},MATCH(MAX({found[1]}),{found[1]},0))"
        at = rows.work_out(QUESTIONS_TOP - 1, left + 1, usual, "calculation")
        self.usual, self.most = rows.ref(at.row, at.column), max(sizes)
        rows.put(QUESTIONS_TOP, left, rows.text("agreement.scale"), "small_head")

    def _levels(self) -> None:
        """How often each level was chosen, and its place in the middle of those answers."""
        rows, left = self.rows, self.of_level
        rows.put(QUESTIONS_TOP, left, rows.text("heads.level"), "small_head")
        rows.put(QUESTIONS_TOP, left + 1, rows.text("agreement.paired"), "small_head")
        rows.put(QUESTIONS_TOP, left + 2, rows.text("agreement.rank"), "small_head")
        for level in range(1, self.most + 1):
            row = rows.first + level - 1
            rows.put(row, left, level, "calculation")
            often = f"COUNTIF({self._block(self.paired)},{rows.ref(row, left)})"
            rows.work_out(row, left + 1, often, "calculation")
            below = f"SUM({rows.span(rows.first, left + 1, row, left + 1)})"
            place = f"{below}-{self.half}*{rows.ref(row, left + 1)}"
            rows.work_out(row, left + 2, place, "calculation")
        bottom = rows.first + max(self.most, 1) - 1
        self.often = rows.span(rows.first, left + 1, bottom, left + 1)
        self.places = rows.span(rows.first, left + 2, bottom, left + 2)

    def _question(self, row: int) -> None:
        rows = self.rows
        question = rows.questions[row - rows.first]
        own = rows.span(row, self.levels, row, self.levels + self.assessors - 1)
        count = rows.ref(row, self.count)
        rows.put(row, self.scale, len(question.scale.rungs), "calculation")
        rows.work_out(row, self.answers, f"COUNT({own})", "calculation")
        answers, scale = rows.ref(row, self.answers), rows.ref(row, self.scale)
        is_usual = f"AND({scale}>0,{scale}={self.usual},{answers}>1)"
        rows.work_out(row, self.count, f"IF({is_usual},{answers},0)", "calculation")
        for slot in range(self.assessors):
            level = rows.ref(row, self.levels + slot)
            rows.work_out(row, self.paired + slot, f'IF({count}>0,{level},"")', "calculation")
            paired = rows.ref(row, self.paired + slot)
            rank = f"IF(ISNUMBER({paired}),INDEX({self.places},{paired}),0)"
            rows.work_out(row, self.ranks + slot, rank, "calculation")
        ranks = rows.span(row, self.ranks, row, self.ranks + self.assessors - 1)
        apart = f"{count}*SUMPRODUCT({ranks},{ranks})-SUM({ranks})*SUM({ranks})"
        rows.work_out(row, self.term, f"IF({count}>0,({apart})/({count}-1),0)", "calculation")

    def write_alpha(self, at: At) -> None:
        """Alpha; nothing where it does not exist: no question with two levels, or all the same."""
        ranks, often = self._block(self.ranks), f"SUM({self.often})"
        apart = f"({often}*SUMPRODUCT({ranks},{ranks})-SUM({ranks})*SUM({ranks}))"
        observed = f"({often}-1)*SUM({self._column(self.term)})"
        formula = f'IF({apart}=0,"",1-{observed}/{apart})'
        self.rows.work_out(at.row, at.column, formula, "ratio")
