"""The sheets on which assessors answer the questions of a framework.

Each assessor has a sheet of their own, so that nobody sees what another one chose; a further
sheet lays them side by side. Which questions a workbook asks stands in one of its cells, so that
it can be read back without the framework.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FORM, BESIDE = "form", "beside"
LEAST_ASSESSORS, MOST_ASSESSORS = 2, 9
MOST_FRAMEWORKS, MOST_QUESTIONS = 40, 400
ASSESSOR_ROW, QUESTIONS_TOP = 4, 6
"""Row of the name of the assessor, and of the heads above the questions."""

ID_COLUMN = 12
"""Where the id of each question stands, by which it is known again."""

_ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_ONE = re.compile(rf"({_ID}):([1-9]):({_ID}/[0-9]{{1,2}}(?:,{_ID}/[0-9]{{1,2}})*)")


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator of a framework, as a workbook asks after it.

    Attributes
    ----------
    id : str
        Of the indicator.
    levels : int
        How many levels there are to choose from; 0 for a number.
    """

    id: str
    levels: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """A framework that a workbook asks about.

    Attributes
    ----------
    framework : str
        Its id.
    questions : tuple of Question
        From the top down.
    assessors : int
        How many sheets there are to fill in.
    """

    framework: str
    questions: tuple[Question, ...]
    assessors: int = LEAST_ASSESSORS


def form_sheet(framework: int, assessor: int) -> str:
    """The sheet of an assessor, both counted from 0.

    Examples
    --------
    >>> form_sheet(0, 1)
    'form-1-2'
    """
    return f"{FORM}-{framework + 1}-{assessor + 1}"


def beside_sheet(framework: int) -> str:
    """The sheet on which the assessors of a framework stand side by side.

    Examples
    --------
    >>> beside_sheet(0)
    'beside-1'
    """
    return f"{BESIDE}-{framework + 1}"


def sheets_of(assessed: Sequence[Assessed]) -> Iterator[str]:
    """All sheets about frameworks: the assessors of one, then side by side, then the next.

    Examples
    --------
    >>> list(sheets_of([Assessed("x", (Question("a", 3),))]))
    ['form-1-1', 'form-1-2', 'beside-1']
    """
    for number, one in enumerate(assessed):
        for assessor in range(one.assessors):
            yield form_sheet(number, assessor)
        yield beside_sheet(number)


def is_form(sheet: str) -> bool:
    """Whether somebody answers on a sheet.

    Examples
    --------
    >>> is_form("form-1-2"), is_form("beside-1"), is_form("costs")
    (True, False, False)
    """
    return sheet.startswith(f"{FORM}-")


def number_of(sheet: str) -> int:
    """Which framework a sheet is about, from 0.

    Examples
    --------
    >>> number_of("form-2-1"), number_of("beside-1")
    (1, 0)
    """
    return int(sheet.split("-")[1]) - 1


def letter_of(sheet: str) -> str:
    """The assessor of a sheet as people call them.

    Examples
    --------
    >>> letter_of("form-1-2")
    'B'
    """
    return chr(64 + int(sheet.split("-")[2]))


def written_in_a_cell(assessed: Sequence[Assessed]) -> str:
    """What a workbook asks, as a text in a cell.

    Examples
    --------
    >>> written_in_a_cell([Assessed("x", (Question("a", 3), Question("b-c", 0)))])
    'x:2:a/3,b-c/0'
    """
    return ";".join(
        f"{one.framework}:{one.assessors}:{','.join(f'{q.id}/{q.levels}' for q in one.questions)}"
        for one in assessed
    )


def read_from_a_cell(text: str) -> tuple[Assessed, ...] | None:
    """What a workbook asks; None for a text that nobody wrote so.

    Examples
    --------
    >>> read_from_a_cell("x:2:a/3,b-c/0")[0].questions[1]
    Question(id='b-c', levels=0)
    >>> read_from_a_cell("x:2:") is None
    True
    """
    if not text:
        return ()
    parts = text.split(";")
    found = [_ONE.fullmatch(part) for part in parts]
    if len(parts) > MOST_FRAMEWORKS or not all(found):
        return None
    return tuple(
        Assessed(match[1], tuple(map(_question, match[3].split(","))), int(match[2]))
        for match in found
        if match is not None and match[3].count(",") < MOST_QUESTIONS
    )


def _question(text: str) -> Question:
    name, _, levels = text.partition("/")
    return Question(name, int(levels))
