"""The sheet by year: undiscounted flows of society and of every actor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from impactmonitor.intake.workbook.layout import At, letters
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area
from impactmonitor.report.workbook.calculation import FIRST_YEAR

YEARS_LEFT = 4
NUMBER_COLUMN = 2
TOP = 5


class Yearly:
    """Writes the flows of each year.

    Attributes
    ----------
    rows : dict
        Row of each series by its name.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer, self.book = answer, answer.book
        self.years = answer.layout.years
        self.rows: dict[str, int] = {}
        self.row = TOP
        answer.heading("yearly")
        page = self.book.pages["yearly"]
        page.widths |= {1: 42.0, NUMBER_COLUMN: 4.0, 3: 2.0}
        page.widths |= {YEARS_LEFT + i: 12.0 for i in range(self.years)}
        page.frozen, page.repeated = (TOP, 2), (TOP, TOP)
        self._society()
        for block, weights in (("by_party", "of_value"), ("cash_by_party", "of_money")):
            self._section(block)
            for actor in range(answer.sharing.parties.actors):
                self.book.put(At("yearly", self.row, NUMBER_COLUMN), actor + 1, "note")
                self._row(f"{block}.{actor}", partial(self._inside, self._had(weights)))
                answer.name_actor("yearly", self.row - 1, actor)
        self._keep_places()
        self._section("cumulative_cash")
        for actor in range(answer.sharing.parties.actors):
            self._running(f"cumulative_cash.{actor}", f"cash_by_party.{actor}")
            answer.name_actor("yearly", self.row - 1, actor)
        last = answer.sharing.parties.actors - 1
        first, end = (self.rows[f"cumulative_cash.{actor}"] for actor in (0, last))
        self._row("cumulative_money", partial(self._added, first, end))

    def area(self, key: str, count: int | None = None) -> str:
        """All years of a series, or the first so many."""
        row, last = self.rows[key], YEARS_LEFT + (count or self.years) - 1
        return self.book.area(Area("yearly", row, YEARS_LEFT, row, last))

    def _keep_places(self) -> None:
        """Where the results of each year stand, also those of each actor of the case."""
        keys = {key: key for key in ("year", "costs", "benefits", "net")}
        for actor in range(self.answer.sharing.parties.actors):
            name = self.answer.id_of("actors", actor)
            if name is not None:
                keys[f"actors.{name}.net"] = f"by_party.{actor}"
                keys[f"actors.{name}.cash_net"] = f"cash_by_party.{actor}"
        for path, key in keys.items():
            for i in range(self.years):
                at = At("yearly", self.rows[key], YEARS_LEFT + i)
                self.answer.places.cells[f"years.{i}.{path}"] = at

    # series -----------------------------------------------------------------------------------

    def _society(self) -> None:
        calculation, own = self.answer.prefix, self.answer.no_transfer
        scaled = f"{own}*{self.answer.column('effects', 'scale')}"
        blocks = self.answer.sheet.blocks
        for key, style in (("year", "year_head"), ("within", "whole")):
            row = blocks[key].row(0)
            self._row(key, lambda c, row=row: f"{calculation}{letters(c)}${row}", style)  # type: ignore[misc]
        weights = {"costs": self.answer.with_burden, "benefits": scaled}
        for key, block in (("costs", "costs"), ("benefits", "effects")):
            total = partial(self._summed, weights[key], block)
            self._row(key, partial(self._inside, total))
        self._row("net", lambda c: f"{self._here('benefits', c)}-{self._here('costs', c)}")
        self._running("cumulative", "net")
        self._row(
            "discounted",
            lambda c: f"SUMPRODUCT({self._lines('net', c)},{self._lines('factors', c)})",
        )
        self._running("cumulative_discounted", "discounted")

    def _added(self, first: int, last: int, column: int) -> str:
        """Some rows of this sheet together, in a year."""
        name = letters(column - FIRST_YEAR + YEARS_LEFT)
        return f"SUM({name}${first}:{name}${last})"

    def _summed(self, weights: str, block: str, column: int) -> str:
        return f"SUMPRODUCT({weights},{self._lines(block, column)})"

    def _inside(self, formula: Callable[[int], str], column: int) -> str:
        """Nothing counts outside the horizon."""
        return f"{self._here('within', column)}*({formula(column)})"

    def _lines(self, block: str, column: int) -> str:
        """All lines of a block in a year."""
        found, name = self.answer.sheet.blocks[block], letters(column)
        return f"{self.answer.prefix}{name}${found.top}:{name}${found.top + found.rows - 1}"

    def _had(self, weights: str) -> Callable[[int], str]:
        """What the actor of this row has of all flows of a year.

        By the number of the actor in the row: spreadsheets then take the formulas over from the
        row above.
        """
        own = f"INDEX({self.answer.of_actors(weights)},0,${letters(NUMBER_COLUMN)}{self.row})"
        sheet, prefix = self.answer.sheet, self.answer.prefix

        def formula(column: int) -> str:
            flows = sheet.together("transfers", sheet.last_flows, column, column, "r")
            return f"SUMPRODUCT({own},{prefix}{flows})"

        return formula

    # rows -------------------------------------------------------------------------------------

    def _section(self, key: str) -> None:
        """A title above a row for every actor."""
        text = self.answer.text(f"yearly.{key}")
        self.book.put(At("yearly", self.row + 1, 1), text, "section")
        self.row += 2

    def _row(self, key: str, formula: Callable[[int], str], style: str = "money") -> None:
        """A row of which each year has the same formula; it is given the calculation's column.

        A row for an actor is empty without one: hiding noughts by a condition on their looks
        takes a spreadsheet longer than to work them out.
        """
        self.rows[key] = self.row
        is_of_actor = "." in key
        if not is_of_actor:
            text = self.answer.text(f"yearly.{key}")
            self.book.put(At("yearly", self.row, 1), text, "label")
        for i in range(self.years):
            found = formula(FIRST_YEAR + i)
            if is_of_actor:
                found = f'IF($A{self.row}="","",{found})'
            self.book.work_out(At("yearly", self.row, YEARS_LEFT + i), found, style)
        self.row += 1

    def _here(self, key: str, column: int) -> str:
        """The cell of another row of this sheet in the same year."""
        return f"{letters(column - FIRST_YEAR + YEARS_LEFT)}${self.rows[key]}"

    def _running(self, key: str, of: str) -> None:
        row = self.row

        def formula(column: int) -> str:
            name, before = (letters(column - FIRST_YEAR + YEARS_LEFT - i) for i in (0, 1))
            return f"N({before}{row})+{name}{self.rows[of]}"

        self._row(key, formula)
