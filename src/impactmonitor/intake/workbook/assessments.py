"""The answers of a case to frameworks, between its tree and the sheets of the assessors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from impactmonitor import messages
from impactmonitor.intake.workbook.assessing import (
    MOST_ASSESSORS,
    Assessed,
    Question,
    form_sheet,
)
from impactmonitor.intake.workbook.filled import UNKNOWN, Content, Filled, Row
from impactmonitor.intake.workbook.layout import ASSESSMENT, SheetId
from impactmonitor.messages import LANGUAGES

Put = Callable[[str, str, Any], Content]
"""Makes the content of a cell, of its kind, the path of its field and what stands there."""

Assessor = tuple[str | None, int]
"""The name of an assessor, None without one; and how many of that name came before."""

WORDS: Mapping[str, str] = {"none": "none", "not-applicable": "not_applicable"}
"""What can stand in place of a level or a number: the word in a case, and the key of its text."""

_SPECIAL = frozenset({"answer", "numerator", "denominator"})
_LEADING = re.compile(r"\s*([0-9]{1,2})(?![0-9.,])")


def with_assessors(assessed: Sequence[Assessed], scores: Mapping[str, Any]) -> tuple[Assessed, ...]:
    """The same frameworks, with a sheet for each assessor of a case.

    Examples
    --------
    >>> asked = Assessed("x", (Question("a", 3),))
    >>> several = [{"level": i, "assessor": name} for i, name in enumerate("abc", start=1)]
    >>> with_assessors([asked], {"x": {"a": several}})[0].assessors
    3
    """
    return tuple(
        replace(
            one,
            assessors=min(
                MOST_ASSESSORS,
                max(one.assessors, len(assessors_of(scores.get(one.framework, {})))),
            ),
        )
        for one in assessed
    )


def assessors_of(answers: Mapping[str, Any]) -> list[Assessor]:
    """The assessors of a framework in the order in which they come.

    Who answers a question for the second time under the same name, or without one, is taken for
    somebody else.

    Examples
    --------
    >>> assessors_of({"a": 3, "b": [{"level": 1, "assessor": "Jan"}, "none", 2]})
    [(None, 0), ('Jan', 0), (None, 1)]
    """
    return list(dict.fromkeys(who for answer in answers.values() for who in _by_assessor(answer)))


def _by_assessor(answer: Any) -> dict[Assessor, Any]:
    """The answers to one question, each with who gave it."""
    found: dict[Assessor, Any] = {}
    for one in list(answer) if isinstance(answer, list | tuple) else [answer]:
        name = one.get("assessor") if isinstance(one, dict) else None
        found[name, sum(other == name for other, _ in found)] = one
    return found


def put_answers(
    filled: Filled, assessed: Sequence[Assessed], scores: Mapping[str, Any], put: Put
) -> None:
    """Fill in the sheets of the assessors.

    An answer for which there is no cell, such as that of a tenth assessor, is left to the table
    of extras.
    """
    for number, one in enumerate(assessed):
        answers = scores.get(one.framework, {})
        for slot, who in enumerate(assessors_of(answers)[: one.assessors]):
            sheet = form_sheet(number, slot)
            if who[0] is not None:
                filled.forms[sheet, "assessor"] = put("plain", "", who[0])
            rows = filled.answers[sheet] = [{} for _ in one.questions]
            for row, question in zip(rows, one.questions, strict=True):
                given = _by_assessor(answers[question.id]) if question.id in answers else {}
                if who in given:
                    row.update(_row(given[who], _path(one, question, slot), put))


def answers_tree(
    filled: Filled, assessed: Sequence[Assessed], text: Callable[[str, Content], Any]
) -> Iterator[tuple[str, str, list[tuple[SheetId, int, Any]]]]:
    """The answers that are filled in: framework, indicator, and each with its sheet and row.

    Parameters
    ----------
    filled : Filled
        What was read.
    assessed : sequence of Assessed
        What was asked.
    text : callable
        Gives a text with its translation, by path.
    """
    for number, one in enumerate(assessed):
        sheets = [form_sheet(number, slot) for slot in range(one.assessors)]
        for index, question in enumerate(one.questions):
            found = []
            for slot, sheet in enumerate(sheets):
                rows = filled.answers.get(sheet, [])
                row = rows[index] if index < len(rows) else {}
                if any(content is not None for content in row.values()):
                    name = filled.forms.get((sheet, "assessor"))
                    path = _path(one, question, slot)
                    found.append((sheet, index, _answer(row, question, name, path, text)))
            if found:
                yield one.framework, question.id, found


def standing_of(content: Content) -> Content:
    """An answer as it stands in a cell: a level, a number, or the code of a word.

    A level is shown with its title; its number comes first.

    Examples
    --------
    >>> standing_of("3 - Tried out"), standing_of("geen bijdrage"), standing_of(2.5)
    (3.0, 'none', 2.5)
    >>> standing_of("a lot")
    'a lot'
    """
    if not isinstance(content, str):
        return content
    code = _codes().get(content.strip().lower())
    if code is not None:
        return code
    number = _LEADING.match(content)
    return float(number[1]) if number is not None else content


def _codes() -> dict[str, str]:
    return {
        messages.text(f"workbook.scores.answers.{key}", language).lower(): code
        for code, key in WORDS.items()
        for language in LANGUAGES
    }


def _path(asked: Assessed, question: Question, slot: int) -> str:
    return f"scores.{asked.framework}.{question.id}.{slot}"


def _row(answer: Any, path: str, put: Put) -> Row:
    """The cells of one answer."""
    if not isinstance(answer, dict):
        return {"answer": UNKNOWN if answer == "unknown" else answer}
    row: Row = {
        column.key: put(column.kind, f"{path}.{column.key}", answer[column.key])
        for column in ASSESSMENT
        if column.key not in _SPECIAL and answer.get(column.key) is not None
    }
    row |= {key: answer[key] for key in ("numerator", "denominator") if key in answer}
    given = answer.get("level", answer.get("value"))
    status = answer.get("status")
    if given is not None:
        row["answer"] = given
    elif status == "unknown":
        row["answer"] = UNKNOWN
    elif status in WORDS:
        row["answer"] = status
    return row


def _answer(
    row: Row,
    question: Question,
    name: Content,
    path: str,
    text: Callable[[str, Content], Any],
) -> Any:
    """One answer as a case has it: bare where there is nothing beside it."""
    known = {key: content for key, content in row.items() if content is not None}
    given = known.pop("answer", None)
    has_name = name is not None and name is not UNKNOWN
    if given is not None and given != "not-applicable" and not known and not has_name:
        return "unknown" if given is UNKNOWN else given
    found: dict[str, Any] = {}
    if given is UNKNOWN or given in WORDS:
        found["status"] = "unknown" if given is UNKNOWN else given
    elif given is not None:
        if question.levels and isinstance(given, float) and given.is_integer():
            given = int(given)
        found["level" if question.levels else "value"] = given
    found |= {
        key: text(f"{path}.{key}", content)
        for key, content in known.items()
        if content is not UNKNOWN
    }
    return {**found, "assessor": name} if has_name else found
