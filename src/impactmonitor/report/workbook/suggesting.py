"""What a workbook suggests: two lists to choose from, what is found, and what it fills in.

Every cell that is filled in is a formula that anybody may type over. It shows something only while
the title of its row is still the one that was suggested, so that nothing of a suggestion is left
behind in a row with another title, or with none.
"""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor import messages
from impactmonitor.intake.workbook.filled import Filled, Link
from impactmonitor.intake.workbook.layout import TABLE, At
from impactmonitor.intake.workbook.suggested import (
    CHOSEN,
    HEADS,
    SHEET,
    SHOWN,
    STATUS,
    SUGGESTED,
    TOP,
    shown,
)
from impactmonitor.report.workbook.book import Book, Choice
from impactmonitor.report.workbook.offering import FACTS, NOTHING, Offering
from impactmonitor.report.workbook.questions import link_target
from impactmonitor.report.workbook.sizing import LINE_HEIGHT, height_of

FILLED_IN = {
    "effects": {"title": "title", "domain": "domain", "indicator": "indicator",
                "per_person": "size", "unit": "counted", "note": "note"},
    "unpriced": {"title": "title", "domain": "domain", "quantity": "size", "unit": "counted",
                 "note": "note"},
}  # fmt: skip
"""The columns of a table that a suggestion fills in, and with what."""

WIDTHS = {"domain": 18.0, "known": 100.0, "evidence": 24.0, "indicator": 32.0}
"""Of columns right of those that the questions have."""

TALLEST = ("title", "unit", "why", "known")
"""What may need several lines."""


def write_suggestions(book: Book, offering: Offering, filled: Filled) -> None:
    """Everything about suggestions on the sheets that are filled in.

    Parameters
    ----------
    book : Book
        Gets the cells; its questions stand there already.
    offering : Offering
        What can be suggested.
    filled : Filled
        What is filled in: suggestions come in the free rows below.
    """
    has_reached = filled.forms.get((SHEET, "reached")) is not None
    writer = _Writer(book, offering, has_reached)
    writer.choice()
    writer.found()
    for table in FILLED_IN:
        writer.fill_in(table, free_row(filled, table))
        writer.set_apart(table)


def free_row(filled: Filled, table: str) -> int:
    """The first row after all that hold more than the number that a blank workbook puts there.

    Examples
    --------
    >>> filled = Filled()
    >>> _ = filled.add("effects", title="Walks", quantity=Link("reached"))
    >>> _ = filled.add("effects", quantity=Link("reached"))
    >>> free_row(filled, "effects")
    1
    """
    taken = [
        i
        for i, row in enumerate(filled.tables[table])
        if any(not (key == "quantity" and isinstance(row[key], Link)) for key in row)
    ]
    return taken[-1] + 1 if taken else 0


class _Writer:
    def __init__(self, book: Book, offering: Offering, has_reached: bool) -> None:
        self.book, self.offering, self.page = book, offering, book.pages[SHEET]
        self.has_reached = has_reached

    def _text(self, key: str) -> str:
        return messages.text(f"workbook.suggesting.{key}", self.book.layout.language)

    def choice(self) -> None:
        """The questions, and the two cells to answer them in."""
        put = self.book.put
        put(At(SHEET, TOP, 1), self._text("title"), "section")
        put(At(SHEET, TOP + 1, 1), self._text("intro"), "intro")
        chosen = self.offering.chosen
        pair = self.offering.offers.pairs[chosen] if chosen is not None else None
        preset = {"topic": pair.topic, "group": pair.group} if pair is not None else {}
        sources = {"topic": self.offering.area("topics", "title"), "group": self._groups()}
        for name, at in CHOSEN.items():
            put(At(SHEET, at.row, 1), self._text(f"{name}.label"), "label")
            put(At(SHEET, at.row, at.column + 1), self._text(f"{name}.help"), "help")
            put(at, preset.get(name), "input_text")
            label, message = self._text(f"{name}.label"), self._text(f"{name}.help")
            place = (at.row, at.column, at.row, at.column)
            self.page.choices[place] = Choice("list", sources[name], label, message)
        texts = {key: f'"{self._text(f"status.{key}")}"' for key in ("topic", "group", "done")}
        topic = self.book.ref(CHOSEN["topic"], within=SHEET)
        found = f"{self.book.ref(self.offering.pair)}>{NOTHING}"
        status = f'IF({topic}="",{texts["topic"]},IF({found},{texts["done"]},{texts["group"]}))'
        self.book.work_out(STATUS, status, "wide")

    def _groups(self) -> str:
        """The rows of the list that have the topic; the first one says what to do without it."""
        lists = self.offering.lists
        topics, labels = (lists.area("target_groups", key) for key in ("topic", "group"))
        first = self.book.ref(At("lists", labels.top, labels.left))
        area, topic = self.book.area(topics), self.book.ref(CHOSEN["topic"], within=SHEET)
        down = f"IFERROR(MATCH({topic},{area},0)-1,0)"
        return f"OFFSET({first},{down},0,MAX(1,COUNTIF({area},{topic})),1)"

    def found(self) -> None:
        """What is suggested, one below the other."""
        for key in SHOWN:
            at = shown(0, key)
            self.book.put(At(SHEET, HEADS, at.column), self._text(f"heads.{key}"), "head")
            if key in WIDTHS:
                self.page.widths[at.column] = WIDTHS[key]
        mark = self._text("mark")
        widths = {key: self.page.widths[shown(0, key).column] for key in TALLEST}
        height = self._height(widths)
        for place in range(SUGGESTED):
            for key in (key for key in SHOWN if key in FACTS):
                formula = self.offering.said("shown", place, key)
                self.book.work_out(shown(place, key), formula, "name")
            row = shown(place, "title").row
            title = self.book.ref(shown(place, "title"), within=SHEET)
            formula = f'IF({title}="","","{mark}")'
            self.book.work_out(shown(place, "mark"), formula, "name")
            self.page.heights[row] = height
        self.page.frozen = (0, shown(0, "title").column)
        self.page.column_breaks.append(shown(0, "why").column)

    def _height(self, widths: Mapping[str, float]) -> float:
        """Of a row in which every suggestion has room in columns of these widths."""
        found = [
            height_of(getattr(offer, key), width)
            for offer in self.offering.offers.offers
            for key, width in widths.items()
        ]
        return max(found, default=LINE_HEIGHT)

    def fill_in(self, table: str, first: int) -> None:
        """Free rows of a table, as far as there are any."""
        layout, page = self.book.layout, self.book.pages[TABLE[table].sheet]
        height = self._height({"title": page.widths[layout.cell(table, "title", 0).column]})
        end = min(self.offering.rows[table], layout.rows[table] - first)
        for place in range(end):
            index = first + place
            title = layout.cell(table, "title", index)
            own = self.book.ref(title, within=title.sheet, fix="c")
            suggested = self.offering.said(table, place, "title")
            page.heights[title.row] = height
            for key, fact in FILLED_IN[table].items():
                formula = self.offering.said(table, place, fact)
                if key != "title":
                    formula = f'IF({own}={suggested},{formula},"")'
                self._put(layout.cell(table, key, index), formula)
            if table == "effects" and self.has_reached:
                reached = self.book.ref(link_target(self.book, Link("reached")))
                self._put(layout.cell(table, "quantity", index), reached)

    def set_apart(self, table: str) -> None:
        """Rows of which the note still says that they are not local stand out."""
        layout, sheet = self.book.layout, TABLE[table].sheet
        columns = layout.columns_on(TABLE[table], sheet)
        last = layout.rows[table] - 1
        top, bottom = (layout.cell(table, columns[0].key, i) for i in (0, last))
        right = layout.cell(table, columns[-1].key, last).column
        note = layout.cell(table, "note", 0).column
        area = (top.row, top.column, bottom.row, right)
        self.book.pages[sheet].set_apart[area] = (note, self._text("note_start"))

    def _put(self, at: At, formula: str) -> None:
        cell = self.book.pages[at.sheet].cells[at.row, at.column]
        cell.formula, cell.style = formula, cell.style.replace("input", "link")
