"""Instruments on the sheet on financing: their terms as cells, and a schedule that follows them.

The rows of their legs take their amounts from there, so the whole workbook follows the terms. How
long an instrument runs is fixed, because its rows are. Nobody reads the terms back: a case travels
with its instruments in the table of extras.
"""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor import messages
from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.intake.workbook.layout import At, letters
from impactmonitor.intake.workbook.words import word
from impactmonitor.model.case import Case
from impactmonitor.model.financing import Instrument
from impactmonitor.model.legs import exit_year_of, first_year_of, last_year_of
from impactmonitor.model.record import in_language
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area, Choice, Scalar
from impactmonitor.report.workbook.schedules import COLUMNS, LEGS, Year, formulas_of

TERMS: Mapping[str, tuple[str, ...]] = {
    "grant": ("amount", "first_year", "years"),
    "loan": ("amount", "rate", "repayment", "grace", "loss_year", "loss_share", "first_year",
             "years"),
    "equity": ("amount", "dividend", "exit_multiple", "first_year", "exit_year"),
    "guarantee": ("share", "limit", "fee", "first_year"),
    "revolving-fund": ("amount", "rate", "repayment", "grace", "loss_share", "first_year",
                       "years", "rounds"),
}  # fmt: skip
FIXED = frozenset({"first_year", "years", "rounds", "exit_year"})
"""Terms that say how many rows there are."""

DEFAULTS: Mapping[str, Scalar] = {
    "rate": 0.0, "repayment": "annuity", "grace": 0, "loss_share": 0.0, "years": 1, "rounds": 1,
    "dividend": 0.0, "exit_multiple": 1.0, "share": 1.0, "fee": 0.0,
}  # fmt: skip
STYLES: Mapping[str, str] = {
    "amount": "money", "limit": "money", "rate": "percent", "loss_share": "percent",
    "dividend": "percent", "share": "percent", "fee": "percent", "exit_multiple": "number",
    "repayment": "text",
}  # fmt: skip
"""How a term is shown; a whole number by default."""

CHECKS: Mapping[str, str] = {
    "rate": "{cell}>0-1", "loss_share": "AND({cell}>=0,{cell}<=1)",
    "share": "AND({cell}>=0,{cell}<=1)",
    "grace": "AND({cell}=INT({cell}),{cell}>=0,{cell}<{years})",
    "loss_year": "AND({cell}=INT({cell}),{cell}>={first})",
}  # fmt: skip
"""What a term has to be; at least 0 by default."""

NOMINAL_LEFT, STATE = 3, 4
"""Columns of the first amount, and of whether a term was changed."""
ROWS_OF_A_PAGE = 45
"""An instrument that would go on below these starts on a printed page of its own."""

STAKE_HEADS = {"opening": "stake_opening", "closing": "stake_closing", "loss": "loss_on_sale"}


class Schedules:
    """Writes terms and schedules, below what is there.

    Parameters
    ----------
    answer : Answer
        The workbook.
    case : Case
        Whose instruments these are.
    top : int
        Row of the title.

    Attributes
    ----------
    places : dict
        The cells of real amounts, by leg and year.
    """

    def __init__(self, answer: Answer, case: Case, top: int) -> None:
        self.answer, self.book, self.case = answer, answer.book, case
        self.language = answer.language
        self.page = answer.book.pages["financing"]
        self.places: dict[tuple[str, int], At] = {}
        self.terms: dict[str, dict[str, At]] = {}
        self.tops: dict[str, int] = {}
        self.page.breaks.append(top - 1)
        for row, key, style in ((top, "title", "section"), (top + 1, "about", "intro")):
            self.book.put(At("financing", row, 1), self._text(key), style)
        self.warning = At("financing", top + 2, 1)
        row = top + 4
        for name, instrument in case.instruments.items():
            end = row + len(TERMS[instrument.kind]) + years_of(case, instrument) + 4
            if end - self.page.breaks[-1] > ROWS_OF_A_PAGE:
                self.page.breaks.append(row - 1)
            self.tops[name] = self._terms(name, instrument, row) + 2
            row = end + 2
        for name, instrument in case.instruments.items():
            self._schedule(name, instrument)
        word_of, note = (answer.ref(answer.sheet.lists.cell("terms", "word", i)) for i in (0, 1))
        flags = self.book.area(Area("financing", top, STATE, row, STATE), within="financing")
        formula = f'IF(COUNTIF({flags},{word_of})=0,"",{note})'
        self.book.work_out(self.warning, formula, "strong")

    def _text(self, key: str, **params: object) -> str:
        return messages.text(f"workbook.financing.instruments.{key}", self.language, **params)

    def _ref(self, at: At) -> str:
        return self.book.ref(at, within="financing")

    # terms ------------------------------------------------------------------------------------

    def _terms(self, name: str, instrument: Instrument, top: int) -> int:
        """Title and terms, those that can be changed first; returns the row below them."""
        self.book.put(At("financing", top, 1), self._title(name, instrument), "section")
        for column, key in enumerate(("term", "now", "agreed", "state"), start=1):
            self.book.put(At("financing", top + 1, column), self._text(key), "head")
        self.terms[name] = {}
        for row, term in enumerate(TERMS[instrument.kind], start=top + 2):
            at, agreed = (At("financing", row, column) for column in (2, 3))
            self.book.put(At("financing", row, 1), self._text(f"terms.{term}"), "label")
            style, value = STYLES.get(term, "whole"), self._agreed(instrument, term)
            self.book.put(agreed, value, "name" if style == "text" else _plain(style))
            self.terms[name][term] = at
            if term in FIXED:
                self.book.put(at, value, "whole")
                continue
            self.book.put(at, value, f"input_{style}")
            self._flag(At("financing", row, STATE), at, agreed)
        for term in TERMS[instrument.kind]:
            if term not in FIXED:
                self._offer(name, term)
        return top + 2 + len(TERMS[instrument.kind])

    def _title(self, name: str, instrument: Instrument) -> str:
        """What it is, from whom and to whom."""
        loan = self.case.instruments[instrument.of] if instrument.of else instrument
        actors = {
            key: in_language(self.case.actors[who].title, self.language, who)
            for key, who in (("giver", instrument.from_), ("receiver", loan.to))
            if who is not None
        }
        kind = messages.text(f"instruments.kinds.{instrument.kind}", self.language)
        key = "title_guarantee" if instrument.kind == "guarantee" else "title"
        title = in_language(instrument.title, self.language, name)
        return messages.text(
            f"instruments.schedule.{key}", self.language,
            title=title, kind=kind, currency=self.case.currency, **actors,
        )  # fmt: skip

    def _agreed(self, instrument: Instrument, term: str) -> Scalar:
        """The value of a term in the case."""
        if term == "first_year":
            return first_year_of(self.case, instrument)
        if term == "exit_year":
            return exit_year_of(self.case, instrument)
        found: Scalar = getattr(instrument, term)
        value = DEFAULTS.get(term) if found is None else found
        return word("repayments", str(value), self.language) if term == "repayment" else value

    def _flag(self, at: At, now: At, agreed: At) -> None:
        """Whether a term is no longer as agreed, in a word."""
        said = self.answer.ref(self.answer.sheet.lists.cell("terms", "word", 0))
        self.book.work_out(at, f'IF({self._ref(now)}={self._ref(agreed)},"",{said})', "origin")

    def _offer(self, name: str, term: str) -> None:
        """A list to choose from or a check, and what to fill in."""
        cells = {key: self._ref(at) for key, at in self.terms[name].items()}
        at, label = self.terms[name][term], self._text(f"terms.{term}")
        message = self._text(f"help.{STYLES.get(term, 'whole')}")
        check = CHECKS.get(term, "{cell}>=0").format(
            cell=cells[term], years=cells.get("years"), first=cells.get("first_year")
        )
        offered = Choice("custom", f"AND(ISNUMBER({cells[term]}),{check})", label, message)
        if term == "repayment":
            source = self.book.area(self.answer.sheet.lists.area("repayments", "word"))
            offered = Choice("list", source, label, message)
        self.page.choices[at.row, at.column, at.row, at.column] = offered

    # schedules --------------------------------------------------------------------------------

    def _schedule(self, name: str, instrument: Instrument) -> None:
        """A row for every year: nominal amounts, and those of the legs in the case's own money."""
        kind, top = instrument.kind, self.tops[name]
        first, columns = first_year_of(self.case, instrument), COLUMNS[kind]
        real = {leg: NOMINAL_LEFT + len(columns) + i for i, leg in enumerate(LEGS[kind])}
        heads = [STAKE_HEADS.get(key, key) if kind == "equity" else key for key in columns]
        self._heads(top - 1, heads, [LEGS[kind][leg] for leg in real])
        names = dict(zip(("year", "number", *columns), map(letters, range(1, 11)), strict=False))
        loan = instrument.of or name
        of_loan = {key: letters(NOMINAL_LEFT + i) for i, key in enumerate(COLUMNS["loan"])}
        for i in range(years_of(self.case, instrument)):
            row = top + i
            self.book.put(At("financing", row, 1), first + i, "origin")
            self.book.put(At("financing", row, 2), i + 1, "whole")
            year = Year(row, top, names, self._cells(name), of_loan, self.tops[loan])
            found = formulas_of(kind, year)
            for column, key in enumerate(columns, start=NOMINAL_LEFT):
                self.book.work_out(At("financing", row, column), found[key], "money")
            for leg, column in real.items():
                later = "0" if leg == "in" else "1"
                prices = f"(1+{self.answer.constant('inflation')})"
                time = f"({year.cell('year')}+{later}-{self.answer.constant('price_year')})"
                nominal = year.cell(LEGS[kind][leg])
                at = At("financing", row, column)
                self.book.work_out(at, f"{nominal}/{prices}^{time}", "money")
                self.places[f"{name}-{leg}", first + i] = at

    def _heads(self, row: int, nominal: list[str], real: list[str]) -> None:
        texts = [self._text("heads.year"), self._text("heads.number")]
        texts += [self._text(f"heads.{key}") for key in nominal]
        texts += [self._text("heads.real", what=self._text(f"heads.{key}")) for key in real]
        for column, text in enumerate(texts, start=1):
            style = "head" if column == 1 else "number_head"
            self.book.put(At("financing", row, column), text, style)

    def _cells(self, name: str) -> dict[str, str]:
        """The terms of an instrument as they stand in a formula."""
        sheet = self.answer.sheet
        found = {term: self._ref(at) for term, at in self.terms[name].items()}
        found |= {form: sheet.word("repayments", form) for form in ("bullet", "linear")}
        return {"loss_year": "0", **found}

    def link(self, filled: Filled) -> None:
        """Let the amounts of the legs follow the schedules, in the direction of their row."""
        payers = {row["code"]: row["from"] for row in filled.tables["transfers"]}
        usual = {
            f"{name}-interest": instrument.to for name, instrument in self.case.instruments.items()
        }
        for i, row in enumerate(filled.tables["by_year"]):
            leg, year = row["line"], row["year"]
            place = self.places.get((str(leg), int(str(year))))
            if place is None:
                continue
            at = self.book.layout.cell("by_year", "number", i)
            # with a negative rate it is the financier who pays
            is_turned = payers.get(leg) != usual.get(str(leg), payers.get(leg))
            formula = f"0-{self.book.ref(place)}" if is_turned else self.book.ref(place)
            self.book.work_out(at, formula, "link_number")


def years_of(case: Case, instrument: Instrument) -> int:
    """How many rows a schedule has."""
    return last_year_of(case, instrument) - first_year_of(case, instrument) + 1


def _plain(style: str) -> str:
    """The style of a cell of this kind that nobody fills in."""
    return "amount" if style == "number" else style
