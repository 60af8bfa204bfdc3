"""Titles, heads, rows for every party and sums on the sheet on financing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area

WORDS = frozenset({"role", "may_pay", "proposed", "giver", "receiver", "counts", "whole"})
"""Columns with words in them."""


class FinancingRows:
    """Writes the pieces of a table."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.book = answer, answer.book
        self.page = answer.book.pages["financing"]
        self.actors = answer.sharing.parties.actors

    def text(self, key: str) -> str:
        """A text of this sheet."""
        return self.answer.text(f"financing.{key}")

    def quoted(self, key: str) -> str:
        """A text of this sheet as it stands in a formula."""
        return self.answer.quoted(f"financing.{key}")

    def title(self, key: str, row: int) -> None:
        """A title, and below it what the table is about."""
        self.book.put(At("financing", row, 1), self.text(f"{key}.title"), "section")
        self.book.put(At("financing", row + 1, 1), self.text(f"{key}.about"), "intro")

    def heads(self, row: int, names: Sequence[str]) -> None:
        """Heads of columns."""
        for column, name in enumerate(names, start=1):
            style = "head" if name in WORDS or column == 1 else "number_head"
            self.book.put(At("financing", row, column), self.text(f"heads.{name}"), style)

    def of_actors(
        self, top: int, names: Sequence[str], formulas: Callable[[int], Mapping[str, str]]
    ) -> None:
        """Heads and a row for every actor, quiet where there is none.

        Parameters
        ----------
        top : int
            Row of the first actor.
        names : sequence of str
            Columns, from the second one on.
        formulas : callable
            Gives those of an actor by column.
        """
        self.heads(top - 1, ("party", *names))
        for actor in range(self.actors):
            row = top + actor
            self.answer.name_actor("financing", row, actor)
            found = formulas(actor)
            for column, name in enumerate(names, start=2):
                at, formula = At("financing", row, column), found[name]
                if name in WORDS:
                    formula = f'IF($A{row}="","",{formula})'
                self.book.work_out(at, formula, _style(name))
                self.answer.places.cells[f"financing.{actor}.{name}"] = at
        self.page.quiet.append((top, 2, top + self.actors - 1, 1 + len(names)))

    def totals(self, top: int, rows: int, columns: Sequence[int]) -> int:
        """Sums below a table; returns their row."""
        row = top + rows
        self.book.put(At("financing", row, 1), self.text("together"), "strong")
        for column in columns:
            area = Area("financing", top, column, row - 1, column)
            formula = f"SUM({self.book.area(area, within='financing', fix='r')})"
            self.book.work_out(At("financing", row, column), formula, "strong_money")
        return row


def _style(name: str) -> str:
    if name == "may_pay":
        return "origin"
    if name in WORDS:
        return "name"
    return "whole" if name == "advance_year" else "money"
