"""What each actor lacks, can spare and holds after payments, as blocks of the calculation.

The closed form of :mod:`impactmonitor.financing.compensation` where nothing is forbidden or
settled beforehand, and what payments that somebody tries out change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from impactmonitor.financing.pockets import ROUNDING
from impactmonitor.intake.workbook.layout import At, letters
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.calculation import FIRST_YEAR, SHEET, number_of
from impactmonitor.report.workbook.totals import standard_factors
from impactmonitor.report.workbook.yearly import Yearly

RULES = (
    "nothing", "asks_value", "asks_cash", "asks_cash_of_payers", "annuity",
    "needed", "there", "moved",
)  # fmt: skip
"""What holds for all actors: below which share nothing is missing, in what nobody may lose, what
one a year is worth, and what is lacked, can be spared and moves in all."""

POSITION = (
    "is_payer", "may_pay", "size", "value", "cash", "need", "capacity", "pays", "receives",
    "subsidy", "paid", "received", "value_after", "cash_after", "missing", "advance",
    "advance_year",
)  # fmt: skip
"""What is known of an actor; ``value`` and ``cash`` are what it holds above what it accepts."""


class PaymentCells(NamedTuple):
    """Where somebody fills in who pays whom how much."""

    giver: At
    receiver: At
    amount: At


class Positions:
    """Writes the blocks.

    Parameters
    ----------
    answer : Answer
        The workbook.
    yearly : Yearly
        Cash of each actor by year.
    choice : At
        The cell that says in what nobody may lose.
    payments : sequence of PaymentCells
        The payments that are tried out.
    lent : collection of int
        Rows of transfers with money that is lent or invested, or comes back: no payments.
    """

    def __init__(
        self,
        answer: Answer,
        yearly: Yearly,
        choice: At,
        payments: Sequence[PaymentCells],
        lent: Collection[int],
    ) -> None:
        self.answer, self.sheet, self.yearly, self.lent = answer, answer.sheet, yearly, lent
        self.actors = answer.sharing.parties.actors
        self.sheet.block("rules", len(RULES), "rules", ("number",))
        self.sheet.block("payments", len(payments), "payments", ("giver", "receiver", "amount"))
        self.sheet.block("positions", self.actors, "positions", POSITION)
        self._rules(choice)
        for i, cells in enumerate(payments):
            self._payment(i, cells)
        for actor in range(self.actors):
            formulas = self._held(actor) | self._proposed(actor) | self._after(actor)
            formulas |= self._advance(actor)
            for name in POSITION:
                self.sheet.write("positions", name, actor, formulas[name])

    # addresses --------------------------------------------------------------------------------

    def of(self, name: str, actor: int) -> str:
        """What is known of an actor."""
        return self.answer.prefix + self.sheet.scalar("positions", name, actor)

    def all_of(self, name: str) -> str:
        """What is known of all actors."""
        return self.answer.prefix + self.sheet.scalars("positions", name)

    def counted(self, payment: int) -> str:
        """What counts of a payment that is tried out; 0 while it is not filled in."""
        return self.answer.prefix + self.sheet.scalar("payments", "amount", payment)

    def rule(self, name: str) -> str:
        """What holds for all actors."""
        return f"{self.answer.prefix}{self._rule(name)}"

    def _rule(self, name: str) -> str:
        block = self.sheet.blocks["rules"]
        at = At(SHEET, block.row(RULES.index(name)), block.scalars["number"])
        return self.sheet.book.ref(at, within=SHEET)

    def _result(self, name: str, actor: int) -> str:
        return self.sheet.book.ref(self.answer.sharing.result(name, actor), within=SHEET)

    # blocks -----------------------------------------------------------------------------------

    def _rules(self, choice: At) -> None:
        chosen, sheet = self.answer.ref(choice), self.sheet
        word = {name: sheet.word("wholeness", name) for name in ("value", "cash", "both")}
        within = sheet.all_years("within", 0)
        needed, there = (sheet.scalars("positions", name) for name in ("need", "capacity"))
        formulas = {
            "asks_value": f"IF({chosen}={word['cash']},0,1)",
            "asks_cash": f"IF(OR({chosen}={word['cash']},{chosen}={word['both']}),1,0)",
            "asks_cash_of_payers": f"IF({chosen}={word['value']},0,1)",
            "annuity": f"SUMPRODUCT({standard_factors(self.answer)},{within})",
            "needed": f"SUM({needed})",
            "there": f"SUM({there})",
            "moved": f"MIN({self._rule('needed')},{self._rule('there')})",
        }
        for i, name in enumerate(RULES):
            sheet.name_row("rules", i, name)
            if name in formulas:
                sheet.write("rules", "number", i, formulas[name])
        block = sheet.blocks["rules"]
        at = At(SHEET, block.row(RULES.index("nothing")), block.scalars["number"])
        sheet.book.put(at, ROUNDING, "number")

    def _payment(self, i: int, cells: PaymentCells) -> None:
        sheet, codes = self.sheet, self.sheet.list("actors")
        for name, at in (("giver", cells.giver), ("receiver", cells.receiver)):
            sheet.write("payments", name, i, number_of(self.answer.ref(at), codes))
        giver, receiver = (sheet.scalar("payments", name, i) for name in ("giver", "receiver"))
        amount = f"N({self.answer.ref(cells.amount)})"
        is_whole = f"AND({giver}>0,{receiver}>0,{giver}<>{receiver},{amount}>0)"
        sheet.write("payments", "amount", i, f"IF({is_whole},{amount},0)")

    def _held(self, actor: int) -> dict[str, str]:
        """Whether it pays, whether it can be asked to, and what it holds above what it accepts."""
        sheet = self.sheet
        costs, benefits, received, paid, net, cash = (
            self._result(name, actor)
            for name in ("costs", "benefits", "transfers_received", "transfers_paid", "net",
                         "cash_net")
        )  # fmt: skip
        may_pay = f"T({sheet.cell('actors', 'may_pay', actor)})"
        kind = f"{letters(FIRST_YEAR + actor)}${sheet.blocks['parties'].row(1)}"
        place = f"MATCH({kind},{sheet.list('kinds')},0)"
        usual = f"IFERROR(INDEX({sheet.list('kinds', 'may_pay')},{place}),1)"
        own = f"IF({may_pay}={sheet.word('flag', 'yes')},1,0)"
        size = sheet.scalar("positions", "size", actor)
        return {
            "is_payer": f"IF(OR({costs}>0,{self._gives(actor)}>0),1,0)",
            "may_pay": f'IF({may_pay}="",{usual},{own})',
            "size": f"{costs}+ABS({benefits})+{received}+{paid}",
            "value": self._above(net, "reservation", actor, size),
            "cash": self._above(cash, "cash_floor", actor, size),
        }

    def _gives(self, actor: int) -> str:
        """How many transfers an actor gives, one more if it keeps only part of what it gains."""
        sheet, column = self.sheet, letters(FIRST_YEAR + actor)
        block = sheet.blocks["from"]
        counts = [
            f"SUM({column}{block.row(first)}:{column}{block.row(last)})"
            for first, last in self._given_rows(block.rows)
        ]
        if "retention" in sheet.blocks:
            number = f"{column}${sheet.blocks['parties'].row(2)}"
            counts.append(f"COUNTIF({sheet.scalars('retention', 'actor')},{number})")
        return "+".join(counts)

    def _given_rows(self, rows: int) -> Iterator[tuple[int, int]]:
        """First and last of the rows of transfers that are payments."""
        first = 0
        for row in (*sorted(self.lent), rows):
            if first < row:
                yield first, row - 1
            first = row + 1

    def _above(self, held: str, accepted: str, actor: int, size: str) -> str:
        """What is held above what is accepted; rounding of so large amounts is nothing."""
        above = f"{held}-N({self.sheet.cell('actors', accepted, actor)})"
        return f"IF(ABS({above})<={self._rule('nothing')}*({size}),0,{above})"

    def _lacking(self, value: str, cash: str, is_payer: str) -> str:
        """What is missing in what an actor has to be whole in."""
        asked = f"IF({is_payer},{self._rule('asks_cash_of_payers')},{self._rule('asks_cash')})"
        in_value = f"{self._rule('asks_value')}*MAX(0,0-{value})"
        return f"MAX({in_value},{asked}*MAX(0,0-{cash}))"

    def _proposed(self, actor: int) -> dict[str, str]:
        """The smallest payments: in proportion to what can be spared, and to what is lacked."""
        own = {name: self.sheet.scalar("positions", name, actor) for name in POSITION}
        spared = {name: f"MAX(0,{own[name]})" for name in ("value", "cash")}
        in_value = f"IF({self._rule('asks_value')}=1,{spared['value']},{spared['cash']})"
        is_cash = f"{self._rule('asks_cash_of_payers')}=1"
        in_cash = f"IF({is_cash},{spared['cash']},{spared['value']})"
        needed, there, moved = (self._rule(name) for name in ("needed", "there", "moved"))
        share = f"IF({needed}>0,{own['need']}/{needed},0)"
        return {
            "need": self._lacking(own["value"], own["cash"], f"{own['is_payer']}=1"),
            "capacity": f"IF({own['need']}>0,0,{own['may_pay']}*MIN({in_value},{in_cash}))",
            "pays": f"IF({there}>0,{own['capacity']}/{there},0)*{moved}",
            "receives": f"{share}*{moved}",
            "subsidy": f"{share}*MAX(0,{needed}-{there})",
        }

    def _after(self, actor: int) -> dict[str, str]:
        """What the payments that are tried out leave; who pays is a payer from then on."""
        own = {name: self.sheet.scalar("positions", name, actor) for name in POSITION}
        amounts = self.sheet.scalars("payments", "amount")
        number = f"{letters(FIRST_YEAR + actor)}${self.sheet.blocks['parties'].row(2)}"

        def sum_of(role: str) -> str:
            return f"SUMIFS({amounts},{self.sheet.scalars('payments', role)},{number})"

        moved, size = f"+{own['received']}-{own['paid']}", f"{own['size']}+{own['paid']}"
        size += f"+{own['received']}"
        net, cash = (self._result(name, actor) + moved for name in ("net", "cash_net"))
        is_payer = f"OR({own['is_payer']}=1,{own['paid']}>0)"
        return {
            "paid": f"IF({number}=0,0,{sum_of('giver')})",
            "received": f"IF({number}=0,0,{sum_of('receiver')})",
            "value_after": self._above(net, "reservation", actor, size),
            "cash_after": self._above(cash, "cash_floor", actor, size),
            "missing": self._lacking(own["value_after"], own["cash_after"], is_payer),
        }

    def _advance(self, actor: int) -> dict[str, str]:
        """The deepest cumulative shortage of cash, undiscounted, and the first year of it."""
        cash, years = (self.yearly.area(k) for k in (f"cumulative_cash.{actor}", "year"))
        need = self.sheet.scalar("positions", "advance", actor)
        return {
            "advance": f"MAX(0,0-MIN({cash}))",
            "advance_year": f'IF({need}>0,INDEX({years},MATCH(0-{need},{cash},0)),"")',
        }
