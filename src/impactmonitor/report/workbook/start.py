"""The first sheet: how to fill in the workbook, what the colours mean, and the answer so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from impactmonitor.intake.workbook.assessing import beside_sheet, form_sheet
from impactmonitor.intake.workbook.layout import At, SheetId
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.headline import SENTENCE, verdict
from impactmonitor.report.workbook.scores_asked import Asked

STEPS: tuple[tuple[SheetId, ...], ...] = (
    ("plan", "partners"), ("people", "costs"), ("effects", "bearers"),
    ("without", "certainty"), ("unpriced", "settings"), ("checks", "results"),
    ("financing",), ("scores",), ("measurements",),
)  # fmt: skip
"""The sheets of each step, to click on."""

TEXTS = ("unknown", "help", "saving", "private")
WIDTHS = {1: 76.0, 2: 24.0, 3: 24.0}


def write_start(answer: Answer, asked: Sequence[Asked] = ()) -> None:
    """Everything that a reader has to know before the first question."""
    book, page = answer.book, answer.book.pages["start"]
    page.widths |= WIDTHS
    page.is_portrait = True
    answer.heading("start")
    book.work_out(At("start", 4, 1), answer.ref(SENTENCE), "answer")
    answer.work_out_verdict(At("start", 5, 1), verdict(answer))
    row = _write_steps(answer, 7)
    row = _write_frameworks(answer, row, asked)
    row = _write_colours(answer, row + 1)
    for key in TEXTS:
        row += 1
        book.put(At("start", row, 1), answer.text(f"start.{key}.title"), "section")
        book.put(At("start", row + 1, 1), answer.text(f"start.{key}.text"), "wide")
        row += 2


def _write_steps(answer: Answer, row: int) -> int:
    """The steps in order, each with the sheets it is about; returns the row after them."""
    book = answer.book
    book.put(At("start", row, 1), answer.text("start.steps.title"), "section")
    for number, sheets in enumerate(STEPS, start=1):
        row += 1
        text = f"{number}. {answer.text(f'start.steps.step_{number}')}"
        book.put(At("start", row, 1), text, "paragraph")
        for column, sheet in enumerate(sheets, start=2):
            book.lead_to(At("start", row, column), sheet)
    return row + 1


def _write_frameworks(answer: Answer, row: int, asked: Sequence[Asked]) -> int:
    """Where the questions of each framework are answered; returns the row after them."""
    for number, one in enumerate(asked):
        text = f"{answer.text('assessment.form.step')} {one.title}"
        answer.book.put(At("start", row, 1), text, "paragraph")
        answer.book.lead_to(At("start", row, 2), form_sheet(number, 0))
        answer.book.lead_to(At("start", row, 3), beside_sheet(number))
        row += 1
    return row


def _write_colours(answer: Answer, row: int) -> int:
    """What each kind of cell looks like, and means; returns the row after it."""
    book, plan = answer.book, answer.layout.field
    book.put(At("start", row, 1), answer.text("start.colours.title"), "section")
    year = answer.ref(plan("plan", "base_year"))
    example = f"{answer.text('words.example.example')} {answer.text('forms.plan.title.example')}"
    head = answer.text("tables.effects.columns.growth.label")
    samples: dict[str, Callable[[At], At]] = {
        "input": lambda at: book.put(at, answer.text("words.answer.answer"), "sample_input"),
        "link": lambda at: book.work_out(at, f'IF({year}="","",{year})', "sample_link"),
        "formula": lambda at: book.work_out(at, answer.total("costs"), "money"),
        "example": lambda at: book.put(at, example, "unit"),
        "expert": lambda at: book.put(at, head, "expert_head"),
    }
    for key, write in samples.items():
        row += 1
        book.put(At("start", row, 1), answer.text(f"start.colours.{key}"), "paragraph")
        write(At("start", row, 2))
    return row + 1
