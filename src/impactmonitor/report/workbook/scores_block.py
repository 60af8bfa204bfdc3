"""One framework on the sheet on scores: multipliers, what it comes to, and a row per question."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.workbook.assessment_beside import Beside
from impactmonitor.report.workbook.book import Choice
from impactmonitor.report.workbook.scores_asked import Asked, Question, Theme
from impactmonitor.report.workbook.scores_rows import SHEET, ScoresRows
from impactmonitor.report.workbook.scores_scales import ScoresScales
from impactmonitor.report.workbook.sizing import height_of

HORIZONS = ("short", "medium", "long")
MULTIPLIERS, SUMMARY = 3, 8
"""Rows from the title of a framework to its multipliers, and to its groups."""

QUESTIONS = (
    "title", "question", "horizon", "weight", "multiplier", "answer", "score", "contribution",
    "in_euros", "applies",
)  # fmt: skip
TITLE, TEXT, HORIZON, WEIGHT, MULTIPLIER, ANSWER, SCORE, ADDED, IN_EUROS, APPLIES = range(1, 11)
STEPS = ("place", "has_data", "in_framework", "mass", "value", "not_in_euros")
PLACE, HAS_DATA, IN_FRAMEWORK, MASS, VALUE, NOT_IN_EUROS = range(12, 18)
"""Columns beside the table: steps of the calculation."""

WIDTHS = {
    TITLE: 36.0, TEXT: 44.0, HORIZON: 12.0, WEIGHT: 13.0, MULTIPLIER: 14.0, ANSWER: 19.0,
    SCORE: 12.0, ADDED: 13.0, IN_EUROS: 11.0, APPLIES: 48.0, 11: 3.0,
} | dict.fromkeys(range(PLACE, NOT_IN_EUROS + 1), 11.0)  # fmt: skip


class ScoresBlock:
    """Writes a framework, but not what its groups come to.

    Parameters
    ----------
    rows : ScoresRows
        The sheet.
    scales : ScoresScales
        Where answers are looked up.
    asked : Asked
        The framework.
    beside : Beside
        Where the answers of its assessors come together.
    top, questions : int
        Row of its title, and of the heads above its questions.

    Attributes
    ----------
    themes : dict
        First and last row with questions, by group.
    whole : tuple of int
        First and last row of all groups.
    multipliers, answers : dict of str to At
        What somebody can change, by horizon; and what counts, by indicator.
    """

    def __init__(
        self,
        rows: ScoresRows,
        scales: ScoresScales,
        asked: Asked,
        beside: Beside,
        top: int,
        questions: int,
    ) -> None:
        self.beside = beside
        self.rows, self.scales, self.asked, self.top = rows, scales, asked, top
        self.themes, self.answers = dict[str, tuple[int, int]](), dict[str, At]()
        self.whole = (questions + 1, questions + questions_height(asked) - 1)
        self.multipliers = {
            name: At(SHEET, top + MULTIPLIERS + i, 2) for i, name in enumerate(HORIZONS)
        }
        self._heading()
        rows.heads(questions, QUESTIONS)
        for column, name in enumerate(STEPS, start=PLACE):
            rows.put(questions, column, rows.text(f"heads.{name}"), "small_head")
        row = questions + 1
        for theme in asked.themes:
            row = self._theme(row, theme)

    def _heading(self) -> None:
        rows, framework = self.rows, self.asked.framework
        rows.put(self.top, 1, self.asked.title, "section")
        said = (
            rows.text(f"purpose.{framework.purpose}"),
            rows.text(f"origin.{framework.origin}"),
            self.asked.about,
        )
        rows.put(self.top + 1, 1, " ".join(said), "intro")
        rows.heads(self.top + 2, ("horizon", "counts"))
        for name, at in self.multipliers.items():
            label = rows.text(f"multipliers.{name}")
            rows.put(at.row, 1, label, "label")
            rows.put(at.row, at.column, getattr(framework.multipliers, name), "input_number")
            cell = rows.book.ref(at, within=SHEET)
            check = f"AND(ISNUMBER({cell}),{cell}>=0)"
            help_text = rows.text("multipliers.help")
            rows.page.choices[at.row, at.column, at.row, at.column] = Choice(
                "custom", check, label, help_text
            )

    def _theme(self, row: int, theme: Theme) -> int:
        self.rows.put(row, 1, theme.title, "strong")
        for i, question in enumerate(theme.questions, start=row + 1):
            self._question(i, question)
            self._steps(i, question)
        last = row + len(theme.questions)
        self.themes[theme.id] = (row + 1, last)
        return last + 1

    def _question(self, row: int, question: Question) -> None:
        rows, found = self.rows, question.found
        rows.put(row, TITLE, question.title, "name")
        rows.put(row, TEXT, question.text, "paragraph")
        rows.put(row, HORIZON, rows.text(f"horizons.{question.horizon}"), "origin")
        rows.put(row, WEIGHT, found.weight, "number")
        multiplier = rows.book.ref(self.multipliers[question.horizon], within=SHEET)
        at = rows.work_out(row, MULTIPLIER, f"MAX(0,N({multiplier}))", "number")
        rows.keep(f"{self._path(question)}.multiplier", at)
        self._answer(row, question)
        has_data = f"{rows.ref(row, HAS_DATA)}=1"
        score = f'IF({has_data},{rows.ref(row, VALUE)},"")'
        rows.keep(f"{self._path(question)}.score", rows.work_out(row, SCORE, score, "ratio"))
        covered = f"SUMPRODUCT({self.of(HAS_DATA)},{self.of(MASS)})"
        gained = f"{rows.ref(row, MASS)}*{rows.ref(row, VALUE)}"
        added = f'IF({covered}=0,"",{rows.fixed("highest")}*{gained}/{covered})'
        at = rows.work_out(row, ADDED, f'IF({has_data},{added},"")', "ratio")
        rows.keep(f"{self._path(question)}.contribution", at)
        flag = rows.answer.text(f"words.flag.{'yes' if found.is_monetised else 'no'}")
        rows.put(row, IN_EUROS, flag, "origin")
        texts = [question.text, *(rung.text for rung in question.scale.rungs)]
        widths = [WIDTHS[TEXT], *([WIDTHS[APPLIES]] * len(question.scale.rungs))]
        # as high as the longest text that may come to stand here
        rows.page.heights[row] = max(map(height_of, texts, widths))

    def _answer(self, row: int, question: Question) -> None:
        """What its assessors came to together."""
        together = self.rows.book.ref(self.beside.combined[question.id])
        self.answers[question.id] = self.rows.work_out(row, ANSWER, together, "origin")

    def _steps(self, row: int, question: Question) -> None:
        """From the answer to a score: where it stands, whether it is data, and what it weighs."""
        rows = self.rows
        found = self._level(row, question) if question.scale.rungs else self._number(row, question)
        found[MASS] = f"{rows.ref(row, WEIGHT)}*{rows.ref(row, MULTIPLIER)}"
        styles = {APPLIES: "paragraph"}
        for column, formula in found.items():
            rows.work_out(row, column, formula, styles.get(column, "calculation"))
        not_in_euros = 0 if question.found.is_monetised else 1
        rows.put(row, NOT_IN_EUROS, not_in_euros, "calculation")

    def _level(self, row: int, question: Question) -> dict[int, str]:
        scales, scale = self.scales, question.scale
        answer, place = (self.rows.ref(row, column) for column in (ANSWER, PLACE))
        choices = scales.choices(scale)
        has_data = f"{self.rows.ref(row, HAS_DATA)}=1"
        text = f"INDEX({scales.texts(scale)},{place})"
        return {
            PLACE: f'IF({answer}="",0,IFERROR(MATCH({answer},{choices},0),0))',
            HAS_DATA: f"IF(AND({place}>0,{place}<ROWS({choices})),1,0)",
            IN_FRAMEWORK: f"IF({place}=ROWS({choices}),0,1)",
            VALUE: f"IF({has_data},INDEX({scales.scores(scale)},{place}),0)",
            APPLIES: f"IF({place}=0,{self.rows.fixed('unknown')},{text})",
        }

    def _number(self, row: int, question: Question) -> dict[int, str]:
        answer = self.rows.ref(row, ANSWER)
        none, away, unknown = (
            self.rows.fixed(name) for name in ("none", "not_applicable", "unknown")
        )
        is_known = f"{self.rows.ref(row, HAS_DATA)}=1"
        return {
            HAS_DATA: f"IF(ISNUMBER({answer}),1,IF(T({answer})={none},1,0))",
            IN_FRAMEWORK: f"IF(T({answer})={away},0,1)",
            VALUE: f"IF(ISNUMBER({answer}),{self.scales.between(question.scale, answer)},0)",
            APPLIES: f'IF({is_known},"",IF(T({answer})={away},"",{unknown}))',
        }

    def of(self, column: int, theme: str | None = None) -> str:
        """A column of all questions, or of those of a group."""
        return self.rows.column(self.whole if theme is None else self.themes[theme], column)

    def _path(self, question: Question) -> str:
        return f"{self.asked.framework.id}.indicators.{question.id}"


def questions_height(asked: Asked) -> int:
    """Rows of the table with the questions: heads, and each group with its title."""
    return 1 + sum(1 + len(theme.questions) for theme in asked.themes)
