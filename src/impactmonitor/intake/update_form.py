"""The workbook in which somebody reports once: where its questions stand, and what it says it is.

It has three sheets: the figures, the lessons, and a small one with lists and a signature. Every
row of figures names what it is about in a cell of its own, so that a form can be read back
without asking again what was due.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import At, Column, Layout, SheetId
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.model.measurements import LINE_PATTERN, MeasuredField
from impactmonitor.model.periods import NAME_PATTERN
from impactmonitor.model.record import ID_PATTERN

VERSION = 1
SIGNED = "impactmonitor-update-form"
MAX_QUESTIONS = 2_000
FORM_SHEETS: tuple[SheetId, ...] = ("figures", "lessons", "marks")
HEADS_ROW = 9
FIRST_ROW = HEADS_ROW + 1
KNOWN = ("title", "period", "category", "unit", "target", "before", "before_period")
"""What a row says before anybody answers."""

ANSWERS: tuple[Column, ...] = (
    Column("value", "float"), Column("numerator", "float"), Column("denominator", "float"),
    Column("status", "choice", "report_statuses"), Column("reporter", "plain"),
    Column("project", "plain"), Column("date", "date"), Column("evidence", "plain"),
    Column("method", "plain"), Column("differs_because", "plain"),
)  # fmt: skip
"""What is filled in in a row."""

PREFILLED = frozenset({"status", "reporter", "project"})
"""Fields that are no answer by themselves."""

LESSONS: tuple[Column, ...] = (Column("went_wrong", "plain"), Column("learned", "plain"))
LESSONS_ROW, LESSON_COLUMN = 5, 2
SIGNATURE_AT = At("marks", 1, 2)
STATUS_TOP = 4

Form = Literal["value", "ratio", "either"]
_FORMS: tuple[Form, ...] = ("value", "ratio", "either")
_FIELDS: dict[str, MeasuredField] = {
    name: name for name in ("quantity", "unit_value", "deadweight", "displacement",
                            "attribution_to_others", "amount")
}  # fmt: skip
_CATEGORIES = re.compile(r"[a-z0-9-]+=[a-z0-9-]+(,[a-z0-9-]+=[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of a form asks for.

    Attributes
    ----------
    of : str
        Id of an indicator, or path of a line.
    field : str or None
        Number of the line.
    period : str
        Name of the period.
    categories : tuple of (str, str)
        By dimension; empty for everybody together.
    form : {"value", "ratio", "either"}
        Which cells are filled in.
    """

    of: str
    field: MeasuredField | None
    period: str
    categories: tuple[tuple[str, str], ...] = ()
    form: Form = "value"

    @property
    def key(self) -> str:
        """The row as a text in a cell.

        Examples
        --------
        >>> Row("visits", None, "2027", (("sex", "women"),)).key
        'visits||2027|sex=women|value'
        """
        named = ",".join(f"{name}={category}" for name, category in self.categories)
        return "|".join((self.of, self.field or "", self.period, named, self.form))

    @property
    def about(self) -> dict[str, Any]:
        """What a record says of its subject.

        Examples
        --------
        >>> Row("costs.work", "amount", "2027").about
        {'line': 'costs.work', 'period': '2027'}
        """
        found: dict[str, Any] = {"line" if self.field else "indicator": self.of}
        if self.field not in (None, "quantity", "amount"):
            found["field"] = self.field
        found["period"] = self.period
        return found | ({"disaggregation": dict(self.categories)} if self.categories else {})


def row_of(text: str) -> Row | None:
    """The row that a text in a cell stands for; None for a text that nobody wrote so.

    Examples
    --------
    >>> row_of("costs.work|amount|2027Q1||value").field
    'amount'
    >>> row_of("costs.work|amount|soon") is None
    True
    """
    parts = text.split("|")
    if len(parts) != 5:
        return None
    of, field, period, named, form = parts
    is_line = re.fullmatch(LINE_PATTERN, of) is not None
    is_whole = (
        (is_line or re.fullmatch(ID_PATTERN, of) is not None)
        and is_line == (field in _FIELDS)
        and (is_line or not field)
        and re.fullmatch(NAME_PATTERN, period) is not None
        and (not named or _CATEGORIES.fullmatch(named) is not None)
    )
    kind = next((known for known in _FORMS if known == form), None)
    if not is_whole or kind is None:
        return None
    categories = [pair.partition("=")[::2] for pair in named.split(",")] if named else []
    return Row(of, _FIELDS.get(field), period, tuple(categories), kind)


@dataclass(frozen=True, slots=True)
class Signature:
    """What a form says of itself.

    Attributes
    ----------
    language : {"nl", "en"}
        Of its words.
    case, period : str
        Id of the case, and name of the period that is reported.
    rows : int
        How many rows it has.
    mark : str
        Made of the keys of all rows, in their order.
    """

    language: Language
    case: str
    period: str
    rows: int
    mark: str

    @property
    def text(self) -> str:
        """As a text in a cell."""
        parts = (SIGNED, VERSION, self.language, self.case, self.period, self.rows, self.mark)
        return ";".join(map(str, parts))


def mark_of(keys: Sequence[str]) -> str:
    """One number made of the keys of all rows.

    Examples
    --------
    >>> mark_of(["a", "b"]) == mark_of(["b", "a"])
    False
    """
    return f"{zlib.crc32(chr(10).join(keys).encode()):08x}"


def signed(text: str) -> Signature | int | None:
    """The signature in a text: its version where that is another one, None if it is none.

    Examples
    --------
    >>> signed("impactmonitor-update-form;1;nl;falls;2027;12;00c0ffee").period
    '2027'
    >>> signed("impactmonitor-update-form;9"), signed("shopping list")
    (9, None)
    """
    name, *parts = text.split(";")
    if name != SIGNED or not parts or not re.fullmatch("[0-9]{1,9}", parts[0]):
        return None
    if int(parts[0]) != VERSION:
        return int(parts[0])
    if len(parts) != 6:
        return None
    _, language, case, period, rows, mark = parts
    is_whole = (
        language in LANGUAGES
        and re.fullmatch(ID_PATTERN, case)
        and re.fullmatch(NAME_PATTERN, period)
        and re.fullmatch("[0-9]{1,4}", rows)
        and re.fullmatch("[0-9a-f]{8}", mark)
    )
    if not is_whole or int(rows) > MAX_QUESTIONS:
        return None
    return Signature("nl" if language == "nl" else "en", case, period, int(rows), mark)


@dataclass(frozen=True)
class FormLayout(Layout):
    """Where everything stands in a form.

    Examples
    --------
    >>> FormLayout("en").answer_at(0, "value")
    At(sheet='figures', row=10, column=8)
    >>> FormLayout("nl").sheet_name("lessons")
    'Lessen'
    """

    @cached_property
    def sheets(self) -> tuple[SheetId, ...]:
        """Its sheets, in their order."""
        return FORM_SHEETS

    def sheet_name(self, sheet: SheetId) -> str:
        """The title of a sheet."""
        return messages.text(f"update.form.sheets.{sheet}.name", self.language)

    def answer_at(self, row: int, key: str) -> At:
        """The cell of an answer, rows from 0."""
        place = [column.key for column in ANSWERS].index(key)
        return At("figures", FIRST_ROW + row, len(KNOWN) + 1 + place)

    def key_at(self, row: int) -> At:
        """The cell in which a row says what it is about."""
        return At("figures", FIRST_ROW + row, len(KNOWN) + len(ANSWERS) + 1)

    def lesson_at(self, key: str) -> At:
        """The cell of an answer about what was learned."""
        place = [column.key for column in LESSONS].index(key)
        return At("lessons", LESSONS_ROW + place, LESSON_COLUMN)
