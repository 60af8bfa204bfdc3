"""A report as a workbook: its sheets, their heads, cells with values, formulas with results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import At, Layout, SheetId
from impactmonitor.messages import Language
from impactmonitor.report.workbook.book import Area, Book, Page, Scalar

TITLE_ROW, ABOUT_ROW, TABLE_ROW = 1, 2, 4
NOTHING = "–"
_WIDEST_UPRIGHT = 95
"""Of all columns together, in characters, on a sheet that is printed upright."""


@dataclass(frozen=True)
class ReportLayout(Layout):
    """The sheets of a report and their names.

    Attributes
    ----------
    titles : tuple of tuple
        Of each sheet its id and its title, in their order.
    """

    titles: tuple[tuple[SheetId, str], ...] = ()

    @classmethod
    def named(cls, language: Language, sheets: Iterable[SheetId], texts: str) -> ReportLayout:
        """Sheets whose titles are texts.

        Parameters
        ----------
        language : {"nl", "en"}
            Of the titles.
        sheets : iterable of str
            Ids, in their order.
        texts : str
            Where the titles stand among the messages, by the id of the sheet.

        Examples
        --------
        >>> layout = ReportLayout.named("en", ["summary", "actors"], "track.sheets")
        >>> layout.sheets, layout.sheet_name("summary")
        (('summary', 'actors'), 'Summary')
        """
        named = ((sheet, messages.text(f"{texts}.{sheet}", language)) for sheet in sheets)
        return cls(language, titles=tuple(named))

    def sheet_name(self, sheet: SheetId) -> str:
        """The title of a sheet."""
        return dict(self.titles)[sheet]

    @cached_property
    def sheets(self) -> tuple[SheetId, ...]:
        """All sheets, in their order."""
        return tuple(sheet for sheet, _ in self.titles)


def on_one_line(head: str) -> str:
    r"""The head of a column without the breaks that it has on a screen.

    Examples
    --------
    >>> on_one_line("Gelijk-\ngetrokken"), on_one_line("Kans op\nverlies")
    ('Gelijkgetrokken', 'Kans op verlies')
    """
    return head.replace("-\n", "").replace("\n", " ")


@dataclass
class ReportBook:
    """A report that is being made.

    Attributes
    ----------
    book : Book
        Its sheets.
    values : dict
        What each formula gives, by sheet title, row and column.

    Examples
    --------
    >>> made = ReportBook(Book(ReportLayout("en", titles=(("sums", "Sums"),))))
    >>> made.start("sums", "Sums", "One sum.", [12, 12])
    >>> made.heads("sums", TABLE_ROW, ["Name", "Amount"])
    5
    >>> cell = made.put(At("sums", 5, 2), 20.0)
    >>> total = made.work_out(At("sums", 6, 2), f"2*{made.here('sums', 5, 2)}", 40.0)
    >>> made.book.formulas(), made.values
    ({('Sums', 6, 2): '2*B5'}, {('Sums', 6, 2): 40.0})
    """

    book: Book
    values: dict[tuple[str, int, int], float | str] = field(default_factory=dict, kw_only=True)

    @property
    def absent(self) -> str:
        """What stands where there is no number."""
        return NOTHING

    def page(self, sheet: SheetId) -> Page:
        """A sheet."""
        return self.book.pages[sheet]

    def start(self, sheet: SheetId, title: str, about: str, widths: Sequence[float]) -> None:
        """The title of a sheet, what it shows, and how wide its columns are."""
        self.say(At(sheet, TITLE_ROW, 1), title, "title")
        self.say(At(sheet, ABOUT_ROW, 1), about, "intro")
        self.page(sheet).widths |= dict(enumerate(widths, 1))
        self.page(sheet).is_portrait = sum(widths) <= _WIDEST_UPRIGHT

    def heads(self, sheet: SheetId, row: int, heads: Sequence[str], texts: int = 1) -> int:
        """The heads of a table, of which the first columns hold text; returns the row below."""
        for column, head in enumerate(heads, 1):
            style = "head" if column <= texts else "number_head"
            self.say(At(sheet, row, column), on_one_line(head), style)
        return row + 1

    def keep(self, sheet: SheetId, row: int = TABLE_ROW, columns: int = 1) -> None:
        """Keep the head of a table in view, and print it on top of every page."""
        self.page(sheet).frozen = (row, columns)
        self.page(sheet).repeated = (row, row)

    def put(self, at: At, value: float | None, style: str = "money") -> At:
        """A number, or what stands where there is none."""
        if value is None:
            return self.say(at, self.absent, "form_unit")
        return self.book.put(at, value, style)

    def say(self, at: At, text: Scalar, style: str = "name") -> At:
        """A text, which is never a formula."""
        return self.book.put(at, text, style)

    def work_out(self, at: At, formula: str, value: float | str | None, style: str = "money") -> At:
        """A formula with what it gives; what stands where there is no number if it gives none."""
        if value is None:
            return self.put(at, None)
        self.values[self.book.layout.sheet_name(at.sheet), at.row, at.column] = value
        return self.book.work_out(at, formula, style)

    def here(self, sheet: SheetId, row: int, column: int) -> str:
        """The address of a cell in a formula on its own sheet."""
        return self.book.ref(At(sheet, row, column), within=sheet, fix="")

    def column(
        self, sheet: SheetId, column: int, rows: tuple[int, int], within: SheetId | None = None
    ) -> str:
        """The address of a part of a column, with its sheet unless that is the one it is for."""
        return self.book.area(Area(sheet, rows[0], column, rows[1], column), within=within)
