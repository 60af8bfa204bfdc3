"""The sheets that people fill in: questions, units, examples, lists and what is filled in."""

from __future__ import annotations

from impactmonitor import messages
from impactmonitor.intake.workbook.filled import UNKNOWN, Content, Filled, Link, Row
from impactmonitor.intake.workbook.layout import (
    FORM_TOP,
    FORMS,
    GAP,
    LONGEST_NAME_AT,
    TABLE,
    TABLES,
    At,
    Column,
    SheetId,
    Table,
)
from impactmonitor.intake.workbook.words import LABELLED, WORDS, word
from impactmonitor.report.workbook.book import Area, Book, Cell, Choice
from impactmonitor.report.workbook.listing import FIRST_COLUMN, Lists

SHARES = frozenset({
    "drop_off", "deadweight", "displacement", "attribution_to_others", "share", "cashable",
    "alpha",
})  # fmt: skip
"""Between 0 and 100 per cent."""

PERCENTAGES = SHARES | {
    "growth", "optimism_bias", "real_price_change", "rate", "discount.rate", "inflation",
    "excess_burden.rate",
}  # fmt: skip
WIDTHS = {
    "code": 14.0, "text": 34.0, "plain": 22.0, "number": 15.0, "price": 20.0, "float": 14.0,
    "count": 11.0, "year": 11.0, "flag": 10.0, "choice": 20.0, "one": 20.0, "date": 13.0,
    "value": 30.0,
}  # fmt: skip
WIDE_COLUMNS = {"note": 70.0, "counterfactual": 50.0, "text": 70.0}
"""Of columns in which people write sentences, by key."""

ROWS_OF_A_PAGE = 45
"""A table that would go on below these starts on a printed page of its own."""

FORM_WIDTHS = (40.0, 14.0, 40.0, 70.0)
"""Of a question, its unit, its answer and the help with it."""

SETTINGS_WIDTHS = (30.0, 34.0, 30.0, 66.0)
"""The same where tables stand below the questions."""


class Questions:
    """Writes the sheets that are filled in.

    Parameters
    ----------
    book : Book
        Gets the cells.
    lists : Lists
        Where the choices stand.
    filled : Filled
        What is already filled in.
    """

    def __init__(self, book: Book, lists: Lists, filled: Filled) -> None:
        self.book, self.lists, self.filled = book, lists, filled
        self.layout, self.language = book.layout, book.layout.language
        for sheet in dict.fromkeys(
            [*FORMS, *(c.sheet or t.sheet for t in TABLES for c in t.columns)]
        ):
            self._heading(sheet)
        for sheet in FORMS:
            self._form(sheet)
        for table in TABLES:
            for sheet in dict.fromkeys(c.sheet or table.sheet for c in table.columns):
                self._table(table, sheet)
            for index, row in enumerate(filled.tables[table.id]):
                self._row(table, index, row)

    def _text(self, key: str) -> str:
        return messages.text(f"workbook.{key}", self.language)

    def _heading(self, sheet: SheetId) -> None:
        self.book.put(At(sheet, 1, 1), self._text(f"sheets.{sheet}.title"), "title")
        if sheet == "lists":
            self.book.pages["lists"].widths[1] = 40.0
            # whoever prints it wants what can be filled in
            table = TABLES[-1]
            last = self.layout.cell(table.id, "value", self.layout.rows[table.id] - 1)
            self.book.pages["lists"].last_printed = (last.row, FIRST_COLUMN - 1)
        else:
            self.book.put(At(sheet, 2, 1), self._text(f"sheets.{sheet}.intro"), "intro")

    # forms ------------------------------------------------------------------------------------

    def _form(self, sheet: SheetId) -> None:
        page = self.book.pages[sheet]
        has_tables = any(table.sheet == sheet for table in TABLES)
        widths = SETTINGS_WIDTHS if has_tables else FORM_WIDTHS
        page.widths |= dict(enumerate(widths, start=1))
        for field in FORMS[sheet]:
            at = self.layout.field(sheet, field.key)
            key = f"forms.{sheet}.{field.key.replace('.', '_')}"
            self.book.put(At(sheet, at.row, 1), self._text(f"{key}.label"), "label")
            self.book.put(At(sheet, at.row, 2), self._text(f"{key}.unit"), "form_unit")
            help_text = self._text(f"{key}.help")
            self.book.put(At(sheet, at.row, 4), self._with_example(help_text, key), "help")
            self._empty(at, field)
            self._offer(Area(sheet, at.row, at.column, at.row, at.column), field, key)
            self._fill(at, field, self.filled.forms.get((sheet, field.key)))
        self.book.put(
            At(sheet, FORM_TOP - 1, FORM_TOP - 3), self._text("words.answer.answer"), "head"
        )

    def _with_example(self, help_text: str, key: str) -> str:
        example = self._text(f"{key}.example")
        lead = self._text("words.example.example")
        return f"{help_text} {lead} {example}".strip() if example else help_text

    # tables -----------------------------------------------------------------------------------

    def _table(self, table: Table, sheet: SheetId) -> None:
        head, page = self.layout.head(table.id, sheet), self.book.pages[sheet]
        if sheet == table.sheet:
            put = self.book.put
            put(At(sheet, head.row - 3, 1), self._text(f"tables.{table.id}.title"), "section")
            put(At(sheet, head.row - 2, 1), self._text(f"tables.{table.id}.intro"), "intro")
        else:
            self._names(table, sheet)
        is_first = (sheet, table.id) in self._first_tables()
        for column in self.layout.columns_on(table, sheet):
            first = self.layout.cell(table.id, column.key, 0)
            key = f"tables.{table.id}.columns.{column.key}"
            style = "expert_head" if column.is_expert else "head"
            top = At(sheet, first.row - 1, first.column)
            self.book.put(top, self._text(f"{key}.label"), style)
            unit, example = self._text(f"{key}.unit"), self._text(f"{key}.example")
            lead = self._text("words.example.example")
            shown = " · ".join(
                part for part in (unit, f"{lead} {example}" if example else "") if part
            )
            self.book.put(At(sheet, first.row - 2, first.column), shown or None, "unit")
            if sheet not in FORMS or first.column > len(FORM_WIDTHS):
                usual = WIDE_COLUMNS.get(column.key, WIDTHS[column.kind])
                width = max(page.widths.get(first.column, 0.0), usual)
                page.widths[first.column] = width
            last = self.layout.cell(table.id, column.key, self.layout.rows[table.id] - 1)
            area = Area(sheet, first.row, first.column, last.row, last.column)
            for row in range(first.row, last.row + 1):
                self._empty(At(sheet, row, first.column), column)
            if column.kind == "code" and "title" in {c.key for c in table.columns}:
                self._name_rows(table)
            self._offer(area, column, key)
        page.heights[head.row] = 45.0
        page.heights[head.row - 1] = 30.0
        self._print(table, sheet, is_first)
        if table.id == "uncertain":
            self._head_expected()
        if is_first and sheet not in FORMS:
            page.frozen = (head.row, 2 if sheet != "bearers" else 1)

    def _print(self, table: Table, sheet: SheetId, is_first: bool) -> None:
        """Heads on every printed page, expert columns and a second table on a page of their own."""
        page, row = self.book.pages[sheet], self.layout.head(table.id, sheet).row
        if sheet in FORMS:
            start, end = (page.breaks or [0])[-1], row + self.layout.rows[table.id]
            if end - start > ROWS_OF_A_PAGE:
                page.breaks.append(row - GAP)
            return
        if sheet == "lists":
            return
        if not is_first:
            page.breaks.append(row - GAP)
            page.repeated = None  # the heads of the first table say nothing about the others
            page.column_breaks = []
            return
        page.repeated = (row, row)
        columns = self.layout.columns_on(table, sheet)
        first = next((i for i, column in enumerate(columns) if column.is_expert), 0)
        if first:
            left = self.layout.cell(table.id, columns[first].key, 0).column
            page.column_breaks.append(left - 1)

    def _head_expected(self) -> None:
        """What stands right of the uncertain numbers: what they come to, and what can be."""
        row = self.layout.head("uncertain").row
        first = self.layout.expected(0).column
        for column, key in enumerate(("expected", "lowest", "highest"), start=first):
            self.book.put(At("certainty", row, column), self._text(f"answer.{key}"), "number_head")
            widths = self.book.pages["certainty"].widths
            widths[column] = max(widths.get(column, 0.0), WIDTHS["number"])

    def _first_tables(self) -> set[tuple[SheetId, str]]:
        found: dict[SheetId, str] = {}
        for table in TABLES:
            for column in table.columns:
                found.setdefault(column.sheet or table.sheet, table.id)
        return set(found.items())

    def _names(self, table: Table, sheet: SheetId) -> None:
        """Codes and titles of the rows, where they are filled in on another sheet."""
        head = self.layout.head(table.id, sheet)
        for i, key in enumerate(("code", "title")):
            label = self._text(f"tables.{table.id}.columns.{key}.label")
            self.book.put(At(sheet, head.row, 1 + i), label, "head")
            self.book.pages[sheet].widths[1 + i] = WIDTHS["code" if i == 0 else "text"]
            for index in range(self.layout.rows[table.id]):
                there = self.layout.cell(table.id, key, index)
                title = self.book.ref(self.layout.cell(table.id, "title", index))
                formula = f"T({self.book.ref(there)})"
                if key == "code":
                    formula = f'IF({title}="","",{formula})'
                self.book.work_out(At(sheet, head.row + 1 + index, 1 + i), formula, "name")

    def _name_rows(self, table: Table) -> None:
        """Until somebody gives a row a code, its title is its name, in lists too."""
        length = self.book.ref(LONGEST_NAME_AT)
        for index in range(self.layout.rows[table.id]):
            at = self.layout.cell(table.id, "code", index)
            title = self.book.ref(self.layout.cell(table.id, "title", index), within=at.sheet)
            self.book.work_out(at, f"LEFT(T({title}),{length})", "link_text")

    def _empty(self, at: At, column: Column) -> None:
        self.book.pages[at.sheet].cells[at.row, at.column] = Cell(style=self._style(column))

    def _style(self, column: Column) -> str:
        if column.key in PERCENTAGES:
            return "input_percent"
        if column.kind in {"year", "count"}:
            return "input_whole"
        if column.kind in {"number", "float", "price"}:
            return "input_number"
        return "input_date" if column.kind == "date" else "input_text"

    def _offer(self, area: Area, column: Column, key: str) -> None:
        """A list to choose from, a check, and what to fill in."""
        page = self.book.pages[area.sheet]
        place = (area.top, area.left, area.bottom, area.right)
        label, message = self._text(f"{key}.label"), self._text(f"{key}.help")
        cell = self.book.ref(At(area.sheet, area.top, area.left), within=area.sheet, fix="")
        if column.kind == "flag":
            source = self._list("flag", "word")
            page.choices[place] = Choice("list", source, label, message)
        elif column.list in WORDS:
            page.choices[place] = Choice("list", self._list(column.list, "word"), label, message)
        elif column.list:
            of = "label" if column.list in LABELLED | {"numbers"} else "code"
            page.choices[place] = Choice("open_list", self._list(column.list, of), label, message)
        elif column.key in SHARES:
            check = f"OR(ISTEXT({cell}),AND({cell}>=0,{cell}<=1))"
            page.choices[place] = Choice("custom", check, label, message)
        else:
            page.choices[place] = Choice("any", "", label, message)

    def _list(self, of: str, column: str) -> str:
        return self.book.area(self.lists.area(of, column))

    # contents ---------------------------------------------------------------------------------

    def _row(self, table: Table, index: int, row: Row) -> None:
        for column in table.columns:
            if column.key in row:
                at = self.layout.cell(table.id, column.key, index)
                self._fill(at, column, row[column.key])

    def _fill(self, at: At, column: Column, content: Content) -> None:
        cell = self.book.pages[at.sheet].cells[at.row, at.column]
        if isinstance(content, Link):
            cell.formula = self.book.ref(link_target(self.book, content))
            cell.style = cell.style.replace("input", "link")
        elif content is UNKNOWN or (content == "unknown" and column.kind == "number"):
            cell.value = word("unknown", "unknown", self.language)
        elif column.kind == "flag" and isinstance(content, bool):
            cell.value = word("flag", "yes" if content else "no", self.language)
        elif column.list in WORDS and isinstance(content, str):
            cell.value = word(column.list, content, self.language)
        elif column.list in LABELLED and isinstance(content, str):
            cell.value = self.lists.labels.get((column.list, content), content)
        elif content is not None:
            cell.value, cell.formula, cell.style = content, None, self._style(column)


def link_target(book: Book, link: Link) -> At:
    """The cell that a link takes its number from."""
    if link.to == "reached":
        return book.layout.field("people", "reached")
    if link.to == "parameters":
        return book.layout.cell("parameters", "value", link.index)
    return expected_cell(book, link.index)


def expected_cell(book: Book, index: int) -> At:
    """The cell with the expected value of an uncertain number."""
    last = TABLE["uncertain"].columns[-1].key
    sheet, row, column = book.layout.cell("uncertain", last, index)
    return At(sheet, row, column + 1)
