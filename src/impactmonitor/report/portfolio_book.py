"""What all sheets of a portfolio's workbook have: heads, cells, sums over the one table, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import At, Layout, SheetId
from impactmonitor.portfolio.results import HoldingResult
from impactmonitor.portfolio.rollup import TAGGED, Dimension
from impactmonitor.portfolio.rows import Basis, Role
from impactmonitor.report.portfolio_words import PortfolioWords, label_order
from impactmonitor.report.workbook.book import Area, Book, Page, Scalar

TITLE_ROW, ABOUT_ROW, TABLE_ROW = 1, 2, 4
SHEETS: tuple[SheetId, ...] = (
    "summary", "results", "heat", "actors", "indicators", "setbacks", "quality", "changes",
    "claims", "emissions", "method", "holdings", "labels", "ledger", "remarks",
)  # fmt: skip
LEDGER = (
    "holding", "case", "line", "basis", "role", "domain", "giver_kind", "receiver_kind",
    "is_cash", "is_measured", "amount", "share", "attributed",
)  # fmt: skip
"""The columns of the one table, from the left."""

HOLDINGS = (
    "title", "code", "instrument", "outstanding", "share", "commitment", "costs", "benefits",
    "net", "plan_costs", "plan_benefits", "plan_net", "difference", "life_costs",
    "life_benefits", "life_net", "rests_on",
)  # fmt: skip
"""The columns of the holdings, from the left."""


@dataclass(frozen=True)
class PortfolioLayout(Layout):
    """The sheets of this workbook and their names."""

    def sheet_name(self, sheet: SheetId) -> str:
        """The title of a sheet."""
        return messages.text(f"portfolio_report.sheets.{sheet}", self.language)

    @cached_property
    def sheets(self) -> tuple[SheetId, ...]:
        """All sheets, in their order."""
        return SHEETS


@dataclass
class PortfolioBook:
    """A workbook that is being made.

    Attributes
    ----------
    book : Book
        Its sheets.
    told : PortfolioWords
        The report and the words.
    values : dict
        What each formula gives, by sheet title, row and column.
    """

    book: Book
    told: PortfolioWords
    values: dict[tuple[str, int, int], float | str] = field(default_factory=dict)

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.told.text(f"workbook.{key}", **params)

    def page(self, sheet: SheetId) -> Page:
        """A sheet."""
        return self.book.pages[sheet]

    def start(self, sheet: SheetId, title: str, about: str, widths: Sequence[float]) -> None:
        """The title of a sheet, what it shows, and how wide its columns are."""
        self.book.put(At(sheet, TITLE_ROW, 1), title, "title")
        self.book.put(At(sheet, ABOUT_ROW, 1), about, "intro")
        self.page(sheet).widths |= dict(enumerate(widths, 1))
        self.page(sheet).is_portrait = sum(widths) <= 95

    def heads(self, sheet: SheetId, row: int, heads: Sequence[str], texts: int = 1) -> None:
        """The heads of a table, of which the first columns hold text."""
        for column, head in enumerate(heads, 1):
            style = "head" if column <= texts else "number_head"
            self.book.put(At(sheet, row, column), head, style)

    def keep(self, sheet: SheetId, row: int = TABLE_ROW, columns: int = 1) -> None:
        """Keep the head of a table in view, and print it on top of every page."""
        self.page(sheet).frozen = (row, columns)
        self.page(sheet).repeated = (row, row)

    def put(self, at: At, value: float | None, style: str = "money") -> At:
        """A number, or a dash for what is not known."""
        return self.say(at, "–", "form_unit") if value is None else self.book.put(at, value, style)

    def say(self, at: At, text: Scalar, style: str = "name") -> At:
        """A text, which is never a formula."""
        return self.book.put(at, text, style)

    def work_out(self, at: At, formula: str, value: float | str, style: str = "money") -> At:
        """A formula with what it gives."""
        self.values[self.book.layout.sheet_name(at.sheet), at.row, at.column] = value
        return self.book.work_out(at, formula, style)

    def ref(self, at: At, within: SheetId, fix: str = "rc") -> str:
        """The address of a cell in a formula on a sheet."""
        return self.book.ref(at, within=within, fix=fix)

    def here(self, sheet: SheetId, row: int, column: int) -> str:
        """The address of a cell in a formula on its own sheet."""
        return self.book.ref(At(sheet, row, column), within=sheet, fix="")

    def area(self, sheet: SheetId, column: int, rows: tuple[int, int], within: SheetId = "") -> str:
        """The address of a part of a column."""
        return self.book.area(Area(sheet, rows[0], column, rows[1], column), within=within)

    # the holdings, in the order of the file ------------------------------------------------------

    @cached_property
    def holdings(self) -> tuple[HoldingResult, ...]:
        """All holdings."""
        return tuple(self.told.report.result.holdings.values())

    @cached_property
    def holding_rows(self) -> tuple[int, int]:
        """The first and the last row of the sheets that have a row for every holding."""
        return TABLE_ROW + 1, TABLE_ROW + max(1, len(self.holdings))

    def row_of(self, holding: str) -> int:
        """The row of a holding on those sheets."""
        return TABLE_ROW + 1 + [one.id for one in self.holdings].index(holding)

    def of_holdings(self, column: str, within: SheetId) -> str:
        """A column of the sheet of holdings."""
        place = HOLDINGS.index(column) + 1
        return self.area("holdings", place, self.holding_rows, within)

    def total_of(self, column: str, within: SheetId) -> str:
        """The cell with the total of a column of the holdings."""
        at = At("holdings", self.holding_rows[1] + 1, HOLDINGS.index(column) + 1)
        return self.ref(at, within)

    # labels, one column for each -----------------------------------------------------------------

    @cached_property
    def label_columns(self) -> dict[tuple[Dimension, str], int]:
        """The column of every label on the sheet of labels."""
        labels = self.told.report.result.labels
        found: dict[tuple[Dimension, str], int] = {}
        for dimension in TAGGED:
            names = {name for own in labels.values() for name in own[dimension]}
            for name in sorted(names, key=label_order):
                found[dimension, name] = len(found) + 3
        return found

    def labels_of(self, dimension: Dimension) -> list[str]:
        """The labels of a dimension."""
        return [name for of, name in self.label_columns if of == dimension]

    # the one table -------------------------------------------------------------------------------

    @cached_property
    def ledger_rows(self) -> tuple[int, int]:
        """The first and the last row of the one table."""
        return TABLE_ROW + 1, TABLE_ROW + max(1, len(self.told.report.result.rows))

    def of_ledger(self, column: str, within: SheetId) -> str:
        """A column of the one table."""
        return self.area("ledger", LEDGER.index(column) + 1, self.ledger_rows, within)

    def summed(self, within: SheetId, basis: Basis, role: Role, **more: str) -> str:
        """A sum of the part of the fund over the one table.

        Parameters
        ----------
        within : str
            The sheet of the formula.
        basis, role : str
            Which rows.
        **more : str
            Further conditions: a column, and the address or the constant it has to equal.
        """
        given = {"basis": f'"{basis}"', "role": f'"{role}"', **more}
        conditions = ",".join(f"{self.of_ledger(c, within)},{x}" for c, x in given.items())
        return f"SUMIFS({self.of_ledger('attributed', within)},{conditions})"

    # checks --------------------------------------------------------------------------------------

    def check(self, at: At, formula: str, other: str) -> None:
        """A cell that says in words whether two sums are equal, and turns red if they are not."""
        fine, off = self.text("adds_up"), self.text("does_not_add_up")
        size = f"1E-6*MAX(1,ABS({other}))"
        said = f'IF(ABS(({formula})-({other}))<={size},"{fine}","{off}")'
        self.work_out(at, said, fine, "status")
        self.page(at.sheet).alarms[at.row, at.column] = off
