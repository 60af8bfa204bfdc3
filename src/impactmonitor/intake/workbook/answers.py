"""What somebody filled in in one cell, as the kind of value that is asked for there."""

from __future__ import annotations

import datetime
import re

from impactmonitor.intake.workbook import cells
from impactmonitor.intake.workbook.filled import UNKNOWN, Content
from impactmonitor.intake.workbook.layout import Column
from impactmonitor.intake.workbook.words import (
    WORDS,
    codes_by_word,
    unknown_words,
    word,
)
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.model.validation import shown
from impactmonitor.problems import Problem, nearest

NUMBERS = frozenset({"number", "price", "float", "count", "year"})
_LOOKS_LIKE_A_NUMBER = re.compile(
    r"^[€$£\s]*[-+]?[\d.,\s]*\d[\d.,\s]*[%€$£]?(\s*(euro|eur))?\s*$", re.I
)
_NO_ANSWER = frozenset(
    {"n.a.", "n.a", "na", "n/a", "n.v.t.", "nvt", "n.v.t", "-", "?", "pm", "p.m."}
)


class Refused(Exception):
    """A cell that holds something else than what is asked for there.

    Attributes
    ----------
    problem : Problem
        Without its place.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def answer(found: cells.Content, column: Column, language: Language) -> Content:
    """The value of a cell, as a case or a row of a workbook needs it.

    Parameters
    ----------
    found : Content
        What was read.
    column : Column
        What is asked for.
    language : {"nl", "en"}
        Of the workbook. Words of a closed list are understood in both languages.

    Returns
    -------
    Content
        A number, a text, a date, yes or no, a code; None for an empty cell; UNKNOWN where the
        answer is that nobody knows.

    Raises
    ------
    Refused
        Where a cell has an error, a formula without its value, or a value of another kind.
    """
    if found.error is not None:
        raise Refused(Problem("workbook-error-cell", params={"value": found.error}))
    value = found.value
    if value is None:
        if found.formula is not None and column.kind != "code":  # a row is named after its title
            raise Refused(Problem("workbook-formula-without-value"))
        return None
    if isinstance(value, str) and (not value.strip() or value.strip().lower() in unknown_words()):
        return UNKNOWN if value.strip() else None
    if column.kind in NUMBERS:
        return _number(value, column)
    if column.kind == "flag" or column.list in WORDS:
        return _choice(value, column.list or "flag", language)
    if column.kind == "date":
        return _date(value)
    if column.kind == "value":
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value if isinstance(value, float | str | bool) else str(value)
    return _text(value, column)


def _number(value: object, column: Column) -> Content:
    if isinstance(value, bool):
        raise Refused(Problem("workbook-flag-for-number"))
    if isinstance(value, float | int):
        is_whole = column.kind in {"year", "count"} and float(value).is_integer()
        return int(value) if is_whole else float(value)
    if not isinstance(value, str):
        raise Refused(Problem("workbook-date-for-number", params={"value": str(value)}))
    text = value.strip()
    if text.lower() in _NO_ANSWER:
        raise Refused(Problem("workbook-no-number", params={"value": shown(text)}))
    if _LOOKS_LIKE_A_NUMBER.match(text):
        raise Refused(Problem("workbook-number-as-text", params={"value": shown(text)}))
    if column.kind == "price":
        return text
    raise Refused(Problem("workbook-no-number", params={"value": shown(text)}))


def _choice(value: object, of: str, language: Language) -> Content:
    if of == "flag" and isinstance(value, bool):
        return value
    known: dict[str, str] = {}
    for each in (*LANGUAGES, language):
        known |= codes_by_word(of, each)
    text = str(value).strip().lower()
    if text not in known:
        words = [word(of, code, language) for code in WORDS[of]]
        near = nearest(text, words)
        params = {"value": shown(value), "known": "; ".join(words), "nearest": near}
        raise Refused(Problem("workbook-not-in-list", params=params))
    return known[text] == "yes" if of == "flag" else known[text]


def _date(value: object) -> Content:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value).strip())
    except ValueError:
        raise Refused(Problem("workbook-no-date", params={"value": shown(value)})) from None


def _text(value: object, column: Column) -> Content:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    text = str(value)
    return text if column.kind in {"text", "plain"} else text.strip()
