"""The workbook of a portfolio: its sheets, sums over the one table, checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from impactmonitor.intake.workbook.layout import At, SheetId
from impactmonitor.portfolio.results import HoldingResult
from impactmonitor.portfolio.rollup import TAGGED, Dimension
from impactmonitor.portfolio.rows import Basis, Role
from impactmonitor.report.portfolio_words import PortfolioWords, label_order
from impactmonitor.report.report_book import TABLE_ROW, ReportBook

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


@dataclass
class PortfolioBook(ReportBook):
    """A workbook that is being made.

    Attributes
    ----------
    told : PortfolioWords
        The report and the words.
    """

    told: PortfolioWords

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.told.text(f"workbook.{key}", **params)

    def ref(self, at: At, within: SheetId, fix: str = "rc") -> str:
        """The address of a cell in a formula on a sheet."""
        return self.book.ref(at, within=within, fix=fix)

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
        return self.column("holdings", place, self.holding_rows, within)

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
        return self.column("ledger", LEDGER.index(column) + 1, self.ledger_rows, within)

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
