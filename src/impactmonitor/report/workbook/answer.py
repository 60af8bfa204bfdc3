"""What the sheets with the answer share: addresses, texts, and where each result stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import WHAT_IF, At, SheetId
from impactmonitor.report.workbook.book import Area, Book
from impactmonitor.report.workbook.calculation import FIRST_YEAR, SHEET, Sheet
from impactmonitor.report.workbook.sharing import Sharing

WHAT_IF_TOP = next(iter(WHAT_IF.values())).row - 2
"""Row of the title above the what-if numbers."""


_NAMED = re.compile(r"\{([a-z_]+)\}")


@dataclass
class Places:
    """Where results stand, by their path in the JSON object."""

    cells: dict[str, At] = field(default_factory=dict)


class Answer:
    """Addresses and texts for the sheets with the answer.

    Parameters
    ----------
    sheet : Sheet
        The calculation.
    sharing : Sharing
        What each party has of it.

    Attributes
    ----------
    places : Places
        Gets every result that is written.
    """

    def __init__(self, sheet: Sheet, sharing: Sharing) -> None:
        self.sheet, self.sharing = sheet, sharing
        self.book: Book = sheet.book
        self.layout, self.language = sheet.layout, sheet.layout.language
        self.places = Places()
        self.none = self.quoted("answer.none")
        self.prefix = self.ref(At(SHEET, 1, 1)).rpartition("!")[0] + "!"
        """The name of the calculation sheet in a formula."""

    def text(self, key: str) -> str:
        """A text of the workbook."""
        return messages.text(f"workbook.{key}", self.language)

    def quoted(self, key: str) -> str:
        """A text of the workbook as it stands in a formula."""
        return f'"{self.text(key)}"'

    def sentence(self, key: str, **parts: str) -> str:
        """A text of the workbook as a formula, with a formula for each name in braces."""
        pieces = _NAMED.split(self.text(key))
        found = [f'"{piece}"' if i % 2 == 0 else parts[piece] for i, piece in enumerate(pieces)]
        return "&".join(piece for piece in found if piece != '""')

    def spoken(self, number: str, decimals: str = "0") -> str:
        """A number in a sentence, with the signs of the language of the workbook.

        FIXED follows the language of the program, and a comma for thousands would be read as one
        for decimals.
        """
        found = f"FIXED({number},{decimals})"
        is_comma = (self.language == "en") == (decimals == "0")
        old, new = (".", ",") if is_comma else (",", ".")
        return f'SUBSTITUTE({found},"{old}","{new}")'

    def heading(self, sheet: SheetId) -> None:
        """The title of a sheet, and what it is for."""
        self.book.put(At(sheet, 1, 1), self.text(f"sheets.{sheet}.title"), "title")
        self.book.put(At(sheet, 2, 1), self.text(f"sheets.{sheet}.intro"), "intro")

    def work_out_verdict(self, at: At, formula: str, style: str = "strong") -> None:
        """A cell that turns red when something is not in order."""
        self.book.work_out(at, formula, style)
        self.book.pages[at.sheet].alarms[at.row, at.column] = self.text("answer.bad")

    def name_actor(self, sheet: SheetId, row: int, actor: int) -> None:
        """The title of an actor, or else its code, in the first column."""
        title = self.ref(self.layout.cell("actors", "title", actor))
        code = self.ref(self.layout.cell("actors", "code", actor))
        name = f'IF(T({title})="",T({code}),T({title}))'
        self.book.work_out(At(sheet, row, 1), name, "name")

    # addresses --------------------------------------------------------------------------------

    def ref(self, at: At) -> str:
        """The address of a cell, with its sheet."""
        return self.book.ref(at)

    def constant(self, name: str) -> str:
        """A figure of the whole case."""
        return self.ref(self.sheet.constant_cells[name])

    def result(self, path: str) -> str:
        """The cell of a result that has been written."""
        return self.ref(self.places.cells[path])

    def total(self, name: str) -> str:
        """A total of society."""
        return self.result(f"totals.{name}")

    def column(self, block: str, name: str) -> str:
        """A scalar of all lines of a block; of effects only those that are in money."""
        text = self.sheet.scalars(block, name)
        if block == "starts_of":
            found, effects = self.sheet.blocks["starts_of"], self.sheet.blocks["effects"]
            end = f"${found.top + found.rows - 1}"
            text = text.removesuffix(end) + f"${found.top + effects.rows - 1}"
        return f"{self.prefix}{text}"

    def of_actors(self, block: str, index: int | None = None) -> str:
        """The shares of all actors in all lines of a block, or in one line."""
        found, last = self.sheet.blocks[block], FIRST_YEAR + self.sharing.parties.actors - 1
        top = found.top if index is None else found.row(index)
        bottom = found.top + found.rows - 1 if index is None else top
        return self.book.area(Area(SHEET, top, FIRST_YEAR, bottom, last))

    def input_column(self, table: str, key: str) -> str:
        """A column of a table that is filled in."""
        last = self.layout.rows[table] - 1
        first, end = (self.layout.cell(table, key, i) for i in (0, last))
        return self.book.area(Area(first.sheet, first.row, first.column, end.row, end.column))

    def id_of(self, table: str, row: int) -> str | None:
        """The id in a row of a table, where one was filled in when this was written."""
        at = self.layout.cell(table, "code", row)
        value = self.book.pages[at.sheet].cells[at.row, at.column].value
        return value if isinstance(value, str) else None

    # formulas that several sheets need --------------------------------------------------------

    @property
    def with_burden(self) -> str:
        """One and the excess burden of each cost."""
        return f"(1+{self.column('costs', 'burden')})"

    @property
    def no_transfer(self) -> str:
        """One for each effect that is not taken from anyone."""
        return f"(1-{self.column('starts_of', 'is_transfer')})"
