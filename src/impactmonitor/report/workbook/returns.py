"""Formulas for rates of return and payback."""

from __future__ import annotations

import math

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area
from impactmonitor.report.workbook.calculation import FIRST_YEAR, SHEET
from impactmonitor.report.workbook.yearly import Yearly

GUESS = 0.05
FURTHER_GUESSES = (-0.2, -0.4, -0.6, -0.8, 0.5, 2.0)
"""For half a year."""


class Returns:
    """Formulas for when and at what rate a plan pays itself back.

    Attributes
    ----------
    engine_rate, engine_guess : At
        Cells for the rate that the engine found, and for where to look for it.
    """

    def __init__(self, answer: Answer, yearly: Yearly) -> None:
        self.answer, self.yearly = answer, yearly
        row = answer.sheet.blocks["moments"].row
        self.engine_guess, self.engine_rate = At(SHEET, row(0), 3), At(SHEET, row(1), 3)

    def _moments(self, name: str) -> str:
        order = ("time", "is_half", "flow", "present", "sign", "turn", "amount")
        row = self.answer.sheet.blocks["moments"].row(order.index(name))
        last = FIRST_YEAR + 2 * self.answer.layout.years
        return self.answer.book.area(Area(SHEET, row, FIRST_YEAR, row, last))

    def worth_at(self, rate: str) -> str:
        """What society's flows are worth at a rate of return."""
        return self._worth(self._moments("amount"), rate)

    def _worth(self, flows: str, rate: str) -> str:
        return f"SUMPRODUCT({flows}*(1+N({rate}))^(0-{self._moments('time')}))"

    def _is_root(self, rate: str) -> str:
        """Whether the flows are worth nothing, but for rounding in what is added."""
        size = self._worth(f"ABS({self._moments('amount')})", rate)
        return f"ABS({self.worth_at(rate)})<={self.answer.constant('tolerance')}*{size}"

    def zero_at(self, rate: str) -> str:
        """What the flows are worth at a rate: zero but for rounding, or else how much."""
        return f"IF({self._is_root(rate)},0,{self.worth_at(rate)})"

    def keep(self, rate: float) -> None:
        """Set the rate that the engine found, and let the formula search beside it."""
        self.answer.book.put(self.engine_rate, rate, "number")
        self.answer.book.put(self.engine_guess, math.sqrt(1 + rate) - 1, "number")

    def internal_rate(self) -> str:
        """Found on a grid of half years; the engine's own value where there may be several."""
        answer, book = self.answer, self.answer.book
        half_rate = At(SHEET, answer.sheet.blocks["moments"].row(3), 3)
        book.put(self.engine_rate, None, "number")
        book.put(self.engine_guess, GUESS, "number")
        flows, turns = self._moments("amount"), self._moments("turn")
        guess, stored = answer.ref(self.engine_guess), answer.ref(self.engine_rate)
        tried = f"IRR({flows},{guess})"
        for other in self._further_guesses():
            tried = f"IFERROR({tried},IRR({flows},{other}))"
        book.work_out(half_rate, f'IF(SUM({turns})=1,IFERROR({tried},""),"")', "number")
        half = answer.ref(half_rate)
        rate = f"(1+{half})*(1+{half})-1"
        low, high = answer.constant("lowest_rate"), answer.constant("highest_rate")
        is_rate = f"AND(1+N({half})>0,{rate}>{low},{rate}<{high})"
        inside = f"IF({is_rate},{rate},{answer.none})"
        several = answer.quoted("answer.several")
        is_kept = f"IFERROR({self._is_root(stored)},FALSE)"
        kept = f"IF(ISNUMBER({stored}),IF({is_kept},{stored},{several}),{several})"
        found = f"IF(ISNUMBER({half}),{inside},{answer.quoted('answer.not_found')})"
        return f"IF(SUM({turns})=0,{answer.none},IF(SUM({turns})=1,{found},{kept}))"

    def _further_guesses(self) -> list[str]:
        """Where else a spreadsheet may begin to search: it gives up far from the answer."""
        row = self.answer.sheet.blocks["moments"].row(4)
        cells = [At(SHEET, row, 3 + i) for i in range(len(FURTHER_GUESSES))]
        for at, guess in zip(cells, FURTHER_GUESSES, strict=True):
            self.answer.book.put(at, guess, "number")
        return [self.answer.ref(at) for at in cells]

    def modified_rate(self) -> str:
        """The last moment, its standard factor, gains and losses have cells of their own."""
        answer, sheet = self.answer, self.answer.sheet
        moments = sheet.blocks["moments"]
        cells = {
            name: At(SHEET, moments.row(i), 5)
            for i, name in enumerate(("last", "factor", "gains", "losses"))
        }
        for name, at in cells.items():
            answer.book.put(At(SHEET, at.row, 4), name, "note")
        counts = [f"{answer.prefix}{sheet.all_years('counts', t)}" for t in range(3)]
        index = f"{answer.prefix}{sheet.all_years('index', 0)}"
        half = answer.constant("half")
        latest = ",".join(
            f"SUMPRODUCT(MAX(({count}>0)*({index}+{time})))"
            for count, time in zip(counts, ("0", half, "1"), strict=True)
        )
        whole = answer.prefix + sheet.whole("factors", extra=1)
        last, classes = answer.ref(cells["last"]), answer.constant("classes")
        row = f"IF({last}>INT({last}),{classes}+1,1)"
        present = self._moments("present")
        formulas = {
            "last": f"MAX({latest})",
            "factor": f"INDEX({whole},{row},INT({last})+1)",
            "gains": f'SUMIF({present},">0")',
            "losses": f'0-SUMIF({present},"<0")',
        }
        for name, formula in formulas.items():
            answer.book.work_out(cells[name], formula, "number")
        gains, losses, factor = (answer.ref(cells[n]) for n in ("gains", "losses", "factor"))
        growth = f"EXP(LN({gains}/{factor}/{losses})/{last})-1"
        return f"IF(OR({gains}<=0,{losses}<=0,{last}<=0),{answer.none},{growth})"

    def payback(self, series: str) -> str:
        """The first year from which a running total stays above zero."""
        answer = self.answer
        cumulative, within = self.yearly.area(series), self.yearly.area("within")
        index = f"{answer.prefix}{answer.sheet.all_years('index', 0)}"
        largest = f"MAX(MAX({cumulative}),0-MIN({cumulative}))"
        below = f"({cumulative}<0-{answer.constant('tolerance')}*{largest})"
        last = f"SUMPRODUCT(MAX({below}*{within}*({index}+1)))"
        base, horizon = answer.constant("base"), answer.constant("horizon")
        return f"IF({last}>={horizon},{answer.none},{base}+{last})"
