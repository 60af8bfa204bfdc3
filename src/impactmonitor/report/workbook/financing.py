"""The sheet on financing: who gains and who falls short, and what payments would change in that.

Everything follows the cells. The payments and the choice are there to try things out; they are no
part of a case, and nobody reads them back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from impactmonitor.financing.arrangement import Payment
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.words import word
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area, Cell, Chart, Choice, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE, STRIPED, shown_parties
from impactmonitor.report.workbook.checks import MASTER
from impactmonitor.report.workbook.computed import Computed
from impactmonitor.report.workbook.financing_rows import FinancingRows
from impactmonitor.report.workbook.positions import PaymentCells, Positions
from impactmonitor.report.workbook.yearly import Yearly

PAYMENTS = 20
"""Rows for payments, at least."""

HEADLINE = At("financing", 4, 1)
BEFORE_TOP = 9
"""Row of the first actor in the first table."""

BEFORE = (
    "role", "net", "cash_net", "lacks_value", "spares_value", "lacks_cash", "spares_cash",
    "may_pay", "advance", "advance_year",
)  # fmt: skip
PROPOSAL = ("proposed", "need", "capacity", "pays", "receives", "subsidy")
PAID = ("giver", "receiver", "amount", "yearly", "counts")
AFTER = ("whole", "paid", "received", "net_after", "cash_net_after", "missing")
WIDTHS = {1: 38.0, 2: 30.0} | dict.fromkeys(range(3, 12), 15.0)
CHART_LEFT, CHART_WIDTH, ROW_HEIGHT = 6, 600, 20
"""Column of the picture beside the payments; pixels of it, and of a row."""


class Financing:
    """Writes the sheet, from the top down.

    Parameters
    ----------
    answer : Answer
        The workbook, with the results of each actor.
    yearly : Yearly
        Their money by year.
    computed : Computed or None
        What the engine found: the payments to start from.
    lent : collection of int
        Rows of transfers that are no payments.

    Attributes
    ----------
    choice : At
        The cell that says in what nobody may lose.
    payments : tuple of PaymentCells
        Where payments are filled in.
    bottom : int
        The first row that is free for what comes below.
    """

    def __init__(
        self,
        answer: Answer,
        yearly: Yearly,
        computed: Computed | None,
        lent: Collection[int] = (),
    ) -> None:
        self.answer, self.book = answer, answer.book
        self.rows, self.page = FinancingRows(answer), answer.book.pages["financing"]
        self.actors = answer.sharing.parties.actors
        found = () if computed is None else computed.payments
        rows = max(PAYMENTS, len(found))
        # a title, an explanation and heads above each table, totals and an empty row below it
        self.choice = At("financing", BEFORE_TOP + self.actors + 3, 2)
        self.proposal_top = self.choice.row + 3
        self.payments_top = self.proposal_top + self.actors + 5
        self.after_top = self.payments_top + rows + 5
        self.bottom = self.after_top + self.actors + 6
        self.payments = tuple(
            PaymentCells(*(At("financing", self.payments_top + i, column) for column in (1, 2, 3)))
            for i in range(rows)
        )
        self.positions = Positions(answer, yearly, self.choice, self.payments, lent)
        answer.heading("financing")
        self.page.widths |= WIDTHS
        self._before()
        self._choice(computed)
        self._proposal()
        self._payments(found)
        self._after()
        self._headline()
        self._chart()

    def _of(self, actor: int, names: Sequence[str]) -> dict[str, str]:
        return {name: self.positions.of(name, actor) for name in names}

    def _before(self) -> None:
        self.rows.title("before", BEFORE_TOP - 3)
        yes, no = (self.answer.sheet.word("flag", name) for name in ("yes", "no"))

        def formulas(actor: int) -> dict[str, str]:
            of = self._of(actor, ("is_payer", "may_pay", "value", "cash", "advance"))
            falls_short = f"OR({of['value']}<0,{of['cash']}<0)"
            roles = [
                f"IF({falls_short},{self.rows.quoted(f'{key}_short')},{self.rows.quoted(key)})"
                for key in ("contributes", "contributes_not")
            ]
            return {
                "role": f"IF({of['is_payer']}=1,{roles[0]},{roles[1]})",
                **{name: self.answer.result(f"parties.{actor}.{name}")
                   for name in ("net", "cash_net")},
                **{f"lacks_{what}": f"MAX(0,0-{of[what]})" for what in ("value", "cash")},
                **{f"spares_{what}": f"MAX(0,{of[what]})" for what in ("value", "cash")},
                "may_pay": f"IF({of['may_pay']}=1,{yes},{no})",
                "advance": of["advance"],
                "advance_year": self.positions.of("advance_year", actor),
            }  # fmt: skip

        self.rows.of_actors(BEFORE_TOP, BEFORE, formulas)

    def _choice(self, computed: Computed | None) -> None:
        """In what nobody may lose."""
        whole = "default" if computed is None or computed.whole is None else computed.whole
        label, at = self.rows.text("choice.label"), self.choice
        self.book.put(At("financing", at.row, 1), label, "label")
        self.book.put(at, word("wholeness", whole, self.answer.language), "input_text")
        source = self.book.area(self.answer.sheet.lists.area("wholeness", "word"))
        offered = Choice("list", source, label, self.rows.text("choice.help"))
        self.page.choices[at.row, at.column, at.row, at.column] = offered

    def _proposal(self) -> None:
        self.rows.title("proposal", self.choice.row - 2)

        def formulas(actor: int) -> dict[str, str]:
            found = self._of(actor, PROPOSAL[1:])
            receives = f"IF({found['need']}>0,{self.rows.quoted('receives')},{self.rows.quoted('neither')})"
            role = f"IF({found['pays']}>0,{self.rows.quoted('pays')},{receives})"
            return {"proposed": role, **found}

        self.rows.of_actors(self.proposal_top, PROPOSAL, formulas)
        self.rows.totals(self.proposal_top, self.actors, range(3, 8))

    def _payments(self, found: Sequence[Payment]) -> None:
        top = self.payments_top
        self.rows.title("payments", top - 3)
        self.rows.heads(top - 1, PAID)
        for i, places in enumerate(self.payments):
            for at in places:
                style = "input_money" if at == places.amount else "input_text"
                self.page.cells[at.row, at.column] = Cell(style=style)
            counted = self.positions.counted(i)
            yearly = f"{counted}/{self.positions.rule('annuity')}"
            row = places.amount.row
            self.book.work_out(At("financing", row, 4), f'IF({counted}=0,"",{yearly})', "money")
            typed = "&".join(f"{self.answer.ref(at)}" for at in places)
            state = f"IF({counted}>0,{self.rows.quoted('counts')},{self.rows.quoted('counts_not')})"
            at = At("financing", row, 5)
            self.book.work_out(at, f'IF({typed}="","",{state})', "origin")
            self.page.alarms[row, 5] = self.rows.text("counts_not")
            self.answer.places.cells[f"financing.payments.{i}.yearly"] = At("financing", row, 4)
        for places, payment in zip(self.payments, found, strict=False):
            cells = self.page.cells
            cells[places.giver[1:]].value = payment.giver
            cells[places.receiver[1:]].value = payment.receiver
            cells[places.amount[1:]].value = payment.present_value
        self._offer(top, top + len(self.payments) - 1)
        self.rows.totals(top, len(self.payments), (3, 4))

    def _offer(self, top: int, bottom: int) -> None:
        """Lists of parties, and a check of the amounts."""
        codes = self.book.area(self.answer.sheet.lists.area("actors", "code"))
        first = self.book.ref(At("financing", top, 3), within="financing", fix="")
        for column, name in enumerate(PAID[:3], start=1):
            label, message = self.rows.text(f"heads.{name}"), self.rows.text(f"payments.{name}")
            check = Choice("custom", f"AND(ISNUMBER({first}),{first}>=0)", label, message)
            offered = check if name == "amount" else Choice("list", codes, label, message)
            self.page.choices[top, column, bottom, column] = offered

    def _after(self) -> None:
        self.rows.title("after", self.after_top - 3)

        def formulas(actor: int) -> dict[str, str]:
            of = self._of(actor, ("paid", "received", "missing"))
            moved = f"+{of['received']}-{of['paid']}"
            is_whole = (
                f"IF({of['missing']}=0,{self.rows.quoted('whole')},{self.rows.quoted('not_whole')})"
            )
            return {
                "whole": is_whole,
                **of,
                "net_after": self.answer.result(f"parties.{actor}.net") + moved,
                "cash_net_after": self.answer.result(f"parties.{actor}.cash_net") + moved,
            }

        self.rows.of_actors(self.after_top, AFTER, formulas)
        for actor in range(self.actors):
            self.page.alarms[self.after_top + actor, 2] = self.rows.text("not_whole")
        row = self.rows.totals(self.after_top, self.actors, range(3, 8))
        self._checks(row)

    def _checks(self, row: int) -> None:
        """Whether payments only move money: together they are nothing, and society has the same."""
        paid, received, net = (
            self.book.ref(At("financing", row, column), within="financing") for column in (3, 4, 5)
        )
        total = self.answer.total
        size = f"({total('costs')}+ABS({total('benefits')})+{paid}+1)"
        tolerance = f"{size}*{self.answer.constant('tolerance')}"
        differences = {"zero": f"{received}-{paid}", "same": f"{net}-{total('net_present_value')}"}
        good, bad = (self.answer.quoted(f"answer.{key}") for key in ("good", "bad"))
        for i, (key, difference) in enumerate(differences.items(), start=1):
            self.book.put(At("financing", row + i, 1), self.rows.text(f"checks.{key}"), "label")
            at = At("financing", row + i, 2)
            self.answer.work_out_verdict(at, f"IF(ABS({difference})<={tolerance},{good},{bad})")
            self.answer.places.cells[f"financing.checks.{key}"] = at

    def _headline(self) -> None:
        """Whether everybody is whole with the payments, and what is missing; red letters if not."""
        answer, all_of = self.answer, self.positions.all_of
        missing, paid, needed = (f"SUM({all_of(name)})" for name in ("missing", "paid", "need"))
        subsidy = f"SUM({all_of('subsidy')})"
        chosen = answer.ref(self.choice)
        whole = answer.sentence("financing.headline.whole", paid=self._money(paid), whole=chosen)
        short = answer.sentence("financing.headline.short", missing=self._money(missing))
        never = answer.sentence("financing.headline.never", subsidy=self._money(subsidy))
        nothing = self.rows.quoted("headline.nothing")
        done = f"IF(AND({needed}=0,{paid}=0),{nothing},{whole})"
        found = f'IF({missing}=0,{done},{short}&IF({subsidy}>0," "&{never},""))'
        is_empty = f"AND({answer.total('costs')}=0,{answer.total('benefits')}=0,{needed}=0)"
        empty, wrong = (answer.quoted(f"answer.{key}") for key in ("nothing", "wrong"))
        sentence = f"IF({is_empty},{empty},IF({answer.ref(MASTER)}>0,{wrong},{found}))"
        self.book.work_out(HEADLINE, f"IFERROR({sentence},{wrong})", "answer")
        self.page.heights[HEADLINE.row] = 36.0

    def _money(self, amount: str) -> str:
        return f'{self.answer.constant("currency")}&" "&{self.answer.spoken(amount)}'

    def _chart(self) -> None:
        """What each actor holds before and after, as high as the table beside it."""
        top = self.payments_top - 1
        self.page.breaks.append(top - 3)
        note = At("financing", self.after_top + self.actors + 3, 1)
        count = shown_parties(self.answer, note)
        areas = [
            self.book.area(Area("financing", first, column, first + count - 1, column))
            for first, column in ((self.after_top, 1), (BEFORE_TOP, 3), (self.after_top, 5))
        ]
        names = areas[0]
        series = [
            Series(self.rows.text("chart.before"), names, areas[1], ORANGE, STRIPED),
            Series(self.rows.text("heads.net_after"), names, areas[2], BLUE),
        ]
        self.page.charts.append(Chart(
            "bar", "", self.rows.text("chart.title"), self.rows.text("chart.about"), series,
            (top, CHART_LEFT), (CHART_WIDTH, len(self.payments) * ROW_HEIGHT),
        ))  # fmt: skip
