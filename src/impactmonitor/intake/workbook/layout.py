"""The one layout of the case workbook: what stands on which sheet, in which row and column.

The writer puts a case at these places, and the reader looks for it there. Everything that can be
given several times is a table of rows; everything that is given once is a field of a form. How
many rows a table has is part of the layout, and a workbook says in a cell which layout it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from impactmonitor import messages
from impactmonitor.intake.workbook.assessing import (
    ASSESSOR_ROW,
    QUESTIONS_TOP,
    Assessed,
    form_sheet,
    is_form,
    letter_of,
    number_of,
    sheets_of,
)
from impactmonitor.messages import LANGUAGES, Language

VERSION = 1

SheetId = str
"""One of :data:`SHEETS`, or a sheet on which a framework is answered."""

SHEETS: tuple[SheetId, ...] = (
    "start", "plan", "people", "costs", "effects", "without", "bearers", "certainty",
    "unpriced", "partners", "settings", "measurements", "results", "yearly", "financing", "scores",
    "calculation", "checks", "account", "computed", "lists",
)  # fmt: skip

Kind = Literal[
    "code",  # the id of a row, by which other rows name it
    "text",  # a text that may have a translation
    "plain",  # a text in one language
    "number",  # a number, a link to a shared or an uncertain number, or not known
    "price",  # a number, or the id of a catalogue value
    "float",  # a number that is never uncertain
    "count",  # a whole number
    "year",
    "flag",  # yes or no
    "choice",  # one of a closed list; shown in the reader's words
    "one",  # one of the codes of a list that grows; shown as it is
    "date",
    "value",  # anything: a number, a text, or JSON
]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a table or a form.

    Attributes
    ----------
    key : str
        Its name in the case, or a name of ours where the case has no such field.
    kind : Kind
        What may stand in it.
    list : str
        Which list its choices come from.
    sheet : str
        Where it stands; by default on the sheet of its table. Rows keep their order on all.
    is_expert : bool
        Whether most people leave it empty.
    """

    key: str
    kind: Kind
    list: str = ""
    sheet: SheetId | None = None
    is_expert: bool = False


def _expert(key: str, kind: Kind, of: str = "") -> Column:
    return Column(key, kind, of, is_expert=True)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the same kind.

    Attributes
    ----------
    id : str
        Its name in the layout.
    sheet : str
        Where it stands.
    columns : tuple of Column
        From left to right.
    rows : int
        How many rows a blank workbook has for it.
    """

    id: str
    sheet: SheetId
    columns: tuple[Column, ...]
    rows: int


_ORIGIN = (Column("evidence", "choice", "evidence"), Column("source", "one", "sources"))
_PRICE_LEVEL = (_expert("price_year", "year"), _expert("currency", "plain"))

TABLES: tuple[Table, ...] = (
    Table("costs", "costs", (
        Column("code", "code"), Column("title", "text"), Column("amount", "number"),
        Column("first_year", "year"), Column("years", "count"),
        Column("paid_by", "one", "actors"), Column("in_kind", "flag"), *_ORIGIN,
        _expert("growth", "number"), _expert("optimism_bias", "number"),
        _expert("domain", "choice", "domains"), _expert("discount_class", "one", "classes"),
        _expert("timing", "choice", "timings"), _expert("prices", "choice", "prices"),
        *_PRICE_LEVEL, _expert("note", "text"),
    ), 20),
    Table("effects", "effects", (
        Column("code", "code"), Column("title", "text"), Column("domain", "choice", "domains"),
        Column("indicator", "one", "indicators"), Column("quantity", "number"),
        Column("per_person", "number"), Column("unit", "plain"),
        Column("unit_value", "price", "values"), Column("first_year", "year"),
        Column("years", "count"), Column("lasts", "count"), Column("drop_off", "number"),
        Column("basis", "choice", "bases", "without"),
        Column("counterfactual", "text", "", "without"),
        Column("deadweight", "number", "", "without"),
        Column("displacement", "number", "", "without"),
        Column("attribution_to_others", "number", "", "without"),
        Column("low", "float", "", "certainty"), Column("high", "float", "", "certainty"),
        Column("evidence", "choice", "evidence", "certainty"),
        Column("source", "one", "sources", "certainty"),
        _expert("monetised", "flag"), _expert("growth", "number"), _expert("lag", "count"),
        _expert("optimism_bias", "number"), _expert("discount_class", "one", "classes"),
        _expert("timing", "choice", "timings"), *_PRICE_LEVEL,
        _expert("real_price_change", "number"), _expert("real_price_from", "year"),
        _expert("note", "text"),
    ), 40),
    Table("bearers", "bearers", (
        Column("line", "one", "lines"), Column("role", "choice", "roles"),
        Column("actor", "one", "actors"), Column("share", "float"),
        Column("cashable", "number"), Column("confirmation", "choice", "confirmations"),
    ), 80),
    Table("uncertain", "certainty", (
        Column("path", "plain", "numbers"), Column("kind", "choice", "distributions"),
        Column("a", "float"), Column("b", "float"), Column("c", "float"),
    ), 40),
    Table("unpriced", "unpriced", (
        Column("code", "code"), Column("title", "text"), Column("domain", "choice", "domains"),
        Column("indicator", "one", "indicators"), Column("quantity", "number"),
        Column("unit", "plain"), Column("first_year", "year"), Column("years", "count"),
        Column("lasts", "count"), Column("drop_off", "number"),
        Column("falls_to", "one", "actors"), *_ORIGIN, Column("note", "text"),
    ), 10),
    Table("actors", "partners", (
        Column("code", "code"), Column("title", "text"), Column("kind", "one", "kinds"),
        _expert("may_pay", "flag"), _expert("reservation", "float"),
        _expert("cash_floor", "float"), _expert("income", "float"),
        _expert("stand_alone", "float"),
    ), 12),
    Table("sources", "partners", (
        Column("code", "code"), Column("title", "text"), Column("publisher", "plain"),
        Column("year", "year"), Column("url", "plain"), Column("licence", "plain"),
    ), 15),
    Table("parameters", "settings", (
        Column("code", "code"), Column("title", "text"), Column("value", "number"),
        Column("unit", "plain"), Column("indicator", "one", "indicators"),
        Column("source", "one", "sources"), Column("measuring_cost", "float"),
    ), 12),
    Table("transfers", "settings", (
        Column("code", "code"), Column("title", "text"), Column("from", "one", "actors"),
        Column("to", "one", "actors"), Column("amount", "number"),
        Column("first_year", "year"), Column("years", "count"), Column("in_kind", "flag"),
        *_ORIGIN, Column("growth", "number"), Column("timing", "choice", "timings"),
        Column("prices", "choice", "prices"), Column("price_year", "year"),
        Column("currency", "plain"), Column("note", "text"),
    ), 10),
    Table("by_year", "settings", (
        Column("line", "one", "lines"), Column("field", "choice", "year_fields"),
        Column("year", "year"), Column("number", "number"),
    ), 60),
    Table("factors", "settings", (
        Column("line", "one", "lines"), Column("name", "plain"), Column("number", "number"),
    ), 40),
    Table("overlaps", "settings", (Column("code", "code"), Column("alpha", "number")), 6),
    Table("overlap_lines", "settings", (
        Column("group", "one", "overlaps"), Column("line", "one", "lines"),
    ), 20),
    Table("classes", "settings", (Column("class", "one", "classes"), Column("rate", "float")), 6),
    Table("groups", "settings", (
        Column("kind", "choice", "group_kinds"), Column("code", "code"),
        Column("actor", "one", "actors"), Column("share", "float"),
    ), 20),
    Table("indices", "settings", (
        Column("code", "code"), Column("currency", "plain"), Column("year", "year"),
        Column("number", "float"), Column("source", "plain"),
    ), 20),
    Table("exchange_rates", "settings", (
        Column("currency", "plain"), Column("year", "year"), Column("number", "float"),
    ), 10),
    Table("variants", "settings", (
        Column("kind", "choice", "variant_kinds"), Column("code", "code"),
        Column("title", "text"),
    ), 8),
    Table("changes", "settings", (
        Column("kind", "choice", "variant_kinds"), Column("code", "code"),
        Column("path", "plain"), Column("value", "value"),
    ), 20),
    Table("correlations", "settings", (
        Column("first", "plain"), Column("second", "plain"), Column("rho", "float"),
    ), 6),
    Table("measurements", "measurements", (
        Column("subject", "one", "subjects"), Column("period", "plain"), Column("value", "float"),
        Column("numerator", "float"), Column("denominator", "float"), Column("target", "float"),
        Column("status", "choice", "measured_statuses"), Column("reporter", "plain"),
        Column("date", "date"), Column("evidence", "text"), _expert("method", "text"),
        _expert("baseline", "float"), _expert("field", "choice", "measured_fields"), _expert("categories", "plain"),
        _expert("project", "plain"), _expert("differs_because", "text"),
        _expert("id", "plain"), _expert("restates", "plain"),
    ), 30),
    Table("texts", "lists", (
        Column("path", "plain"), Column("language", "plain"), Column("text", "plain"),
    ), 20),
    Table("extras", "lists", (Column("path", "plain"), Column("value", "plain")), 10),
)  # fmt: skip
TABLE: Mapping[str, Table] = {table.id: table for table in TABLES}

FORMS: Mapping[SheetId, tuple[Column, ...]] = {
    "plan": (
        Column("title", "text"), Column("summary", "text"),
        Column("about.area", "text"), Column("about.null_alternative", "text"),
        Column("about.left_out", "text"), Column("base_year", "year"),
        Column("horizon", "count"), Column("price_year", "year"), Column("currency", "plain"),
        Column("about.author", "plain"), Column("about.organisation", "plain"),
        Column("about.date", "date"), Column("about.version", "plain"),
        Column("about.status", "choice", "statuses"), Column("about.reviewer", "plain"),
        Column("id", "code"),
    ),
    "people": (Column("about.population", "float"), Column("reached", "number")),
    "settings": (
        Column("discount.scheme", "one", "schemes"), Column("discount.rate", "number"),
        Column("discount.timing", "choice", "timings"), Column("inflation", "number"),
        Column("excess_burden.rate", "number"),
    ),
}  # fmt: skip

ASSESSMENT: tuple[Column, ...] = (
    Column("answer", "value"), Column("reason", "text"), Column("evidence", "text"),
    Column("date", "date"), Column("note", "text"), Column("numerator", "float"),
    Column("denominator", "float"),
)  # fmt: skip
"""What an assessor fills in at a question; the last two only where a ratio is asked."""

ASSESSOR = Column("assessor", "plain")
ANSWER_AT = 4
"""Column of the answer; the one beside it says in words what it means."""

REACHED = {"nl": "bereikt", "en": "reached"}
"""The parameter that the question after the people reached fills in."""

EVERYBODY = "all"
FORM_TOP = 6
FORM_COLUMN = 3
TABLE_TOP = 7
TABLE_LEFT = 1
GAP = 4
"""Rows between two tables on one sheet: a blank, a title, an explanation, the heads."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of a form (its sheet, its key), or of a row of a table (table, key, row)."""

    where: str
    key: str
    index: int | None = None


class At(NamedTuple):
    """A place in a workbook, rows and columns from 1."""

    sheet: SheetId
    row: int
    column: int


def letters(column: int) -> str:
    """The letters of a column.

    Examples
    --------
    >>> letters(1), letters(27), letters(702)
    ('A', 'AA', 'ZZ')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@dataclass(frozen=True)
class Layout:
    """Where everything stands in a workbook of a certain size and language.

    Attributes
    ----------
    language : {"nl", "en"}
        Of the sheets' names and of all words.
    rows : Mapping[str, int]
        Number of rows of each table.
    years : int
        Number of years that have a column.
    assessed : tuple of Assessed
        The frameworks that are answered, with a sheet for each assessor.

    Examples
    --------
    >>> layout = Layout("en")
    >>> layout.cell("costs", "amount", 0)
    At(sheet='costs', row=8, column=3)
    """

    language: Language = "nl"
    rows: Mapping[str, int] = field(default_factory=lambda: {t.id: t.rows for t in TABLES})
    years: int = 120
    assessed: tuple[Assessed, ...] = ()

    def sheet_name(self, sheet: SheetId) -> str:
        """The title of a sheet."""
        return self.sheet_names.get(sheet) or self._title(sheet)

    def _title(self, sheet: SheetId) -> str:
        if sheet in SHEETS:
            return messages.text(f"workbook.sheets.{sheet}.name", self.language)
        kind, number = sheet.partition("-")[0], number_of(sheet) + 1
        letter = letter_of(sheet) if is_form(sheet) else ""
        return (
            f"{messages.text(f'workbook.assessment.{kind}.name', self.language)} {number}{letter}"
        )

    @cached_property
    def sheets(self) -> tuple[SheetId, ...]:
        """All sheets, in their order: frameworks are answered before the sheet with scores."""
        place = SHEETS.index("scores")
        return (*SHEETS[:place], *sheets_of(self.assessed), *SHEETS[place:])

    @cached_property
    def sheet_names(self) -> dict[SheetId, str]:
        """The titles of all sheets, in their order."""
        return {sheet: self._title(sheet) for sheet in self.sheets}

    @cached_property
    def forms(self) -> dict[SheetId, Assessed]:
        """The sheets on which assessors answer, with what they are asked."""
        return {
            form_sheet(number, assessor): one
            for number, one in enumerate(self.assessed)
            for assessor in range(one.assessors)
        }

    def answer_cell(self, sheet: SheetId, key: str, index: int) -> At:
        """The cell of a field of an answer, questions from 0."""
        place = [column.key for column in ASSESSMENT].index(key)
        return At(sheet, QUESTIONS_TOP + 1 + index, ANSWER_AT + place + (place > 0))

    def columns_on(self, table: Table, sheet: SheetId) -> list[Column]:
        """The columns of a table that stand on a sheet, from left to right."""
        return [c for c in table.columns if (c.sheet or table.sheet) == sheet]

    @cached_property
    def _tops(self) -> dict[tuple[str, SheetId], tuple[int, int]]:
        """Row of the heads and first column of each table on each of its sheets."""
        found: dict[tuple[str, SheetId], tuple[int, int]] = {}
        next_row: dict[SheetId, int] = {}
        for table in TABLES:
            for sheet in dict.fromkeys(
                [table.sheet, *(c.sheet or table.sheet for c in table.columns)]
            ):
                start = FORM_TOP + len(FORMS.get(sheet, ())) + GAP
                top = next_row.get(sheet, start if sheet in FORMS else TABLE_TOP)
                # what belongs to a table of another sheet starts with its codes and titles
                left = TABLE_LEFT if sheet == table.sheet else TABLE_LEFT + 2
                found[table.id, sheet] = (top, left)
                next_row[sheet] = top + self.rows[table.id] + GAP + 1
        return found

    def head(self, table: str, sheet: SheetId | None = None) -> At:
        """The head of the first column of a table on a sheet."""
        where = sheet or TABLE[table].sheet
        row, column = self._tops[table, where]
        return At(where, row, column)

    @cached_property
    def _places(self) -> dict[tuple[str, str], At]:
        found: dict[tuple[str, str], At] = {}
        for table in TABLES:
            for sheet in dict.fromkeys(c.sheet or table.sheet for c in table.columns):
                row, left = self._tops[table.id, sheet]
                for i, column in enumerate(self.columns_on(table, sheet)):
                    found[table.id, column.key] = At(sheet, row, left + i)
        return found

    def cell(self, table: str, key: str, index: int) -> At:
        """The cell of a field in a row of a table, rows from 0."""
        sheet, row, column = self._places[table, key]
        return At(sheet, row + 1 + index, column)

    def field(self, sheet: SheetId, key: str) -> At:
        """The cell of a field of a form."""
        keys = [c.key for c in FORMS[sheet]]
        return At(sheet, FORM_TOP + keys.index(key), FORM_COLUMN)

    def fields(self) -> Iterator[tuple[Column, At]]:
        """All fields of all forms with their cells."""
        for sheet, columns in FORMS.items():
            for column in columns:
                yield column, self.field(sheet, column.key)

    def at(self, spot: Spot) -> At:
        """The cell of a field of a form, or of a row of a table."""
        if is_form(spot.where):
            if spot.index is None:
                return At(spot.where, ASSESSOR_ROW, ANSWER_AT)
            return self.answer_cell(spot.where, spot.key, spot.index)
        if spot.index is None:
            return self.field(spot.where, spot.key)
        return self.cell(spot.where, spot.key, spot.index)

    def expected(self, index: int) -> At:
        """The cell with the expected value of an uncertain number, beside its row."""
        sheet, row, column = self.cell("uncertain", TABLE["uncertain"].columns[-1].key, index)
        return At(sheet, row, column + 1)

    def signature(self) -> str:
        """What a reader has to know of the layout, as a text in a cell."""
        sizes = ",".join(f"{name}={count}" for name, count in self.rows.items())
        return f"{SIGNED};{VERSION};{self.language};years={self.years};{sizes}"


def signed(text: str) -> Layout | int | None:
    """The layout with a signature: its version where that is another one, None if it is none.

    Examples
    --------
    >>> signed(Layout("en").signature()) == Layout("en")
    True
    >>> signed("impactmonitor-workbook;99;en;years=10;")
    99
    """
    name, *parts = text.split(";")
    if name != SIGNED or len(parts) < _PARTS or not parts[0].isdecimal():
        return None
    if int(parts[0][:9]) != VERSION:
        return int(parts[0][:9])
    sizes = dict(re.findall(r"([a-z_]+)=([0-9]{1,4})(?=,|$)", ",".join(parts[2:])))
    years = int(sizes.pop("years", 0))
    rows = {table: int(count) for table, count in sizes.items()}
    is_whole = list(rows) == list(TABLE) and min(rows.values()) > 0 and 0 < years <= MAX_YEARS
    language: Language = "nl" if parts[1] == "nl" else "en"
    return Layout(language, rows, years) if is_whole and parts[1] in LANGUAGES else None


SIGNED = "impactmonitor-workbook"
SIGNATURE_AT = At("lists", 1, 2)
HEADS_AT = At("lists", 2, 2)
LISTS_TOP = 7
"""Row of the heads of the lists: the name of a list and of a column, with a dot."""

ASSESSED_AT = At("lists", 4, 2)
LONGEST_NAME_AT = At("lists", 3, 2)
LONGEST_NAME = 60
"""Characters of a title that serve as the name of its row."""

MAX_YEARS = 1_100
_PARTS = 4
WHAT_IF: Mapping[str, At] = {
    name: At("results", 13 + i, 2) for i, name in enumerate(("reached", "size", "duration", "rate"))
}
"""Numbers with which a reader of the results may play; they are no part of a case."""
PLAIN_WHAT_IF: Mapping[str, float] = {"reached": 1, "size": 1, "duration": 0, "rate": 0}
