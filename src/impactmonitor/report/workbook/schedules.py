"""The formulas of the schedules of instruments: what is put in, earned, paid back and lost.

The same as :mod:`impactmonitor.appraisal.repayment` and :mod:`impactmonitor.appraisal.cover`, as
one year after the other: what is paid back is a part of what is outstanding, which for an annuity
at rate ``r`` with ``q`` payments left is ``r / ((1 + r)^q - 1)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from impactmonitor.model.financing import InstrumentKind

LOAN_COLUMNS = ("opening", "drawdown", "interest", "repayment", "loss", "closing")
STAKE_COLUMNS = ("opening", "drawdown", "dividend", "exit", "loss", "closing")
COLUMNS: Mapping[InstrumentKind, tuple[str, ...]] = {
    "grant": ("drawdown",),
    "loan": LOAN_COLUMNS,
    "equity": STAKE_COLUMNS,
    "guarantee": ("covered", "fee", "paid", "paid_so_far"),
    "revolving-fund": LOAN_COLUMNS,
}
"""Nominal amounts by year, from left to right."""

LEGS: Mapping[InstrumentKind, Mapping[str, str]] = {
    "grant": {"in": "drawdown"},
    "loan": {"in": "drawdown", "interest": "interest", "repayment": "repayment"},
    "equity": {"in": "drawdown", "dividend": "dividend", "exit": "exit"},
    "guarantee": {"fee": "fee", "paid": "paid"},
    "revolving-fund": {"in": "drawdown", "interest": "interest", "repayment": "repayment"},
}
"""Which column a leg takes its amounts from."""


@dataclass(frozen=True)
class Year:
    """One row of a schedule.

    Attributes
    ----------
    row, top : int
        This row, and that of the first year.
    letters : Mapping[str, str]
        Of the columns; also of ``year`` (calendar year) and ``number`` (from 1).
    terms : Mapping[str, str]
        The cells of the terms, and of the words ``bullet`` and ``linear``.
    loan : Mapping[str, str]
        Letters of the columns of the loan that a guarantee covers, and its first row.
    """

    row: int
    top: int
    letters: Mapping[str, str]
    terms: Mapping[str, str]
    loan: Mapping[str, str]
    loan_top: int = 0

    @property
    def is_first(self) -> bool:
        """Whether it is the first year."""
        return self.row == self.top

    def cell(self, name: str) -> str:
        """A cell of this row."""
        return f"{self.letters[name]}{self.row}"

    def before(self, name: str) -> str:
        """The cell of the year before; 0 in the first year."""
        return "0" if self.is_first else f"{self.letters[name]}{self.row - 1}"


def formulas_of(kind: InstrumentKind, year: Year) -> dict[str, str]:
    """The formulas of one year of the schedule of an instrument, by column."""
    return _FORMULAS[kind](year)


def _grant(year: Year) -> dict[str, str]:
    return {"drawdown": f"{year.terms['amount']}/{year.terms['years']}"}


def _loan(year: Year) -> dict[str, str]:
    terms, number = year.terms, year.cell("number")
    owed = f"({year.cell('opening')}+{year.cell('drawdown')})"
    part = _part(year, number)
    left = f"{owed}-{year.cell('repayment')}"
    lost = f"IF({year.cell('year')}=N({terms['loss_year']}),{terms['loss_share']}*({left}),0)"
    return {
        "opening": year.before("closing"),
        "drawdown": terms["amount"] if year.is_first else "0",
        "interest": f"{terms['rate']}*{owed}",
        "repayment": f"{owed}*{part}",
        "loss": lost,
        "closing": f"{left}-{year.cell('loss')}",
    }


def _part(year: Year, number: str) -> str:
    """What part of what is owed is paid back, in a year of the term."""
    terms = year.terms
    rate, form, left = terms["rate"], terms["repayment"], f"({terms['years']}-{number}+1)"
    annuity = f"{rate}/((1+{rate})^{left}-1)"
    is_even = f"OR({form}={terms['linear']},{rate}=0)"
    spread = f"IF({form}={terms['bullet']},0,IF({is_even},1/{left},{annuity}))"
    return f"IF({number}<={terms['grace']},0,IF({left}=1,1,{spread}))"


def _fund(year: Year) -> dict[str, str]:
    """A loan in rounds: at the start of each all that came back is lent again."""
    terms, number, years = year.terms, year.cell("number"), year.terms["years"]
    in_round = f"({number}-{years}*INT(({number}-1)/{years}))"
    drawdown = terms["amount"]
    if not year.is_first:
        numbers, *back = (
            f"{year.letters[name]}${year.top}:{year.letters[name]}{year.row - 1}"
            for name in ("number", "interest", "repayment")
        )
        came = "+".join(f'SUMIFS({area},{numbers},">="&({number}-{years}))' for area in back)
        drawdown = f"IF({in_round}=1,{came},0)"
    lent = year.cell("drawdown")
    owed = f"({year.cell('opening')}+{lent}*(1-{terms['loss_share']}))"
    return {
        "opening": year.before("closing"),
        "drawdown": drawdown,
        "interest": f"{terms['rate']}*{owed}",
        "repayment": f"{owed}*{_part(year, in_round)}",
        "loss": f"{terms['loss_share']}*{lent}",
        "closing": f"{owed}-{year.cell('repayment')}",
    }


def _stake(year: Year) -> dict[str, str]:
    terms, held = year.terms, f"({year.cell('opening')}+{year.cell('drawdown')})"
    is_sold = f"{year.cell('year')}={terms['exit_year']}"
    return {
        "opening": year.before("closing"),
        "drawdown": terms["amount"] if year.is_first else "0",
        "dividend": f"{terms['dividend']}*{held}",
        "exit": f"IF({is_sold},{held}*{terms['exit_multiple']},0)",
        "loss": f"IF({is_sold},{held}-{year.cell('exit')},0)",
        "closing": f"{held}-{year.cell('exit')}-{year.cell('loss')}",
    }


def _guarantee(year: Year) -> dict[str, str]:
    """What is borne of the losses of the loan so far, up to the limit."""
    terms, share, limit = year.terms, year.terms["share"], year.terms["limit"]
    row = year.loan_top + year.row - year.top
    losses = f"{year.loan['loss']}${year.loan_top}:{year.loan['loss']}{row}"
    borne = f"{share}*SUM({losses})"
    owed = f"{share}*({year.loan['opening']}{row}+{year.loan['drawdown']}{row})"
    before = year.before("paid_so_far")
    return {
        "covered": f"IF(ISNUMBER({limit}),MIN({owed},{limit}-{before}),{owed})",
        "fee": f"{terms['fee']}*{year.cell('covered')}",
        "paid": f"{year.cell('paid_so_far')}-{before}",
        "paid_so_far": f"IF(ISNUMBER({limit}),MIN({borne},{limit}),{borne})",
    }


_FORMULAS: Mapping[InstrumentKind, Callable[[Year], dict[str, str]]] = {
    "grant": _grant,
    "loan": _loan,
    "equity": _stake,
    "guarantee": _guarantee,
    "revolving-fund": _fund,
}
