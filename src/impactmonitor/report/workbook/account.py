"""The account: every line with its numbers, their origin, and what they come to."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import TABLE, TABLES, At
from impactmonitor.model.case import Case
from impactmonitor.model.prefilled import PrefilledEffect
from impactmonitor.model.record import in_language
from impactmonitor.report.card_origin import card_line
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area
from impactmonitor.report.workbook.calculation import FIRST_YEAR, SHEET

WIDTHS = {
    "what": 38.0, "code": 18.0, "value": 14.0, "unit": 16.0, "price": 16.0, "price_year": 11.0,
    "source": 26.0, "evidence": 24.0, "present": 16.0, "edition": 34.0,
}  # fmt: skip
COLUMNS = {name: i for i, name in enumerate(WIDTHS, start=1)}
NUMBERS = frozenset({"value", "price", "price_year", "present"})
"""Columns with numbers."""

UNKNOWN = At("account", 3, 2)
"""How many answers are that nobody knows."""

TOP = 5
LINES = ("costs", "effects", "unpriced", "transfers", "parameters")
VALUED = frozenset({"costs", "effects", "transfers"})
CARD, CARD_WIDTH = len(WIDTHS) + 1, 70.0
"""Column for the effect cards, which a case without cards does not have."""

LAST_INPUT = (400, 40)
"""Row and column beyond which no sheet is filled in."""


def write_account(answer: Answer) -> None:
    """Every line, and how many answers are not known."""
    answer.heading("account")
    put, page = answer.book.put, answer.book.pages["account"]
    for name, column in COLUMNS.items():
        style = "number_head" if name in NUMBERS else "head"
        put(At("account", TOP, column), answer.text(f"account.{name}"), style)
        page.widths[column] = WIDTHS[name]
    page.frozen, page.repeated = (TOP, 2), (TOP, TOP)
    row = TOP
    for table in LINES:
        row += 1
        put(At("account", row, 1), answer.text(f"tables.{table}.title"), "section")
        for i in range(answer.layout.rows[table]):
            row += 1
            _write_row(answer, table, i, row)
        page.quiet.append((row - answer.layout.rows[table] + 1, 2, row, len(COLUMNS)))
        if table == "costs":
            row += 1
            _write_burden(answer, row)
    _keep_quantities(answer)
    word = answer.ref(answer.sheet.lists.cell("unknown", "word", 0))
    sheets = dict.fromkeys(t.sheet for t in TABLES if t.sheet != "lists")
    areas = (answer.book.area(Area(s, 1, 1, *LAST_INPUT)) for s in (*sheets, "people", "without"))
    counts = "+".join(f"COUNTIF({area},{word})" for area in dict.fromkeys(areas))
    put(At("account", UNKNOWN.row, 1), answer.text("account.unknown"), "label")
    answer.book.work_out(UNKNOWN, counts, "whole")


def name_cards(answer: Answer, case: Case) -> None:
    """Beside each effect that a card filled in, the card and that it is not local.

    It says how things were when the file was made: a number may be changed in it afterwards.
    """

    def cite(source: str) -> str:
        own = case.sources.get(source)
        return source if own is None else in_language(own.title, answer.language)

    lines = {
        name: card_line(effect, answer.language, cite)
        for name, effect in case.effects.items()
        if isinstance(effect, PrefilledEffect) and effect.used is not None
    }
    if not lines:
        return
    head = At("account", TOP, CARD)
    seen = answer.ref(answer.book.put(head, answer.text("account.card"), "head"))
    answer.book.pages["account"].widths[CARD] = CARD_WIDTH
    for table in ("effects", "unpriced"):
        for i in range(answer.layout.rows[table]):
            name = answer.id_of(table, i)
            if name in lines:
                row = _row_of(answer, table, i)
                answer.book.put(At("account", row, CARD), lines[name], "origin")
                source = answer.ref(answer.layout.cell(table, "source", i))
                at = At("account", row, COLUMNS["source"])
                answer.book.work_out(at, f'IF({source}="",{seen},{source})', "origin")


def _row_of(answer: Answer, table: str, i: int) -> int:
    """The row of a line; costs have one for the burden of taxes below them."""
    row = TOP
    for other in LINES[: LINES.index(table)]:
        row += 1 + answer.layout.rows[other] + (other == "costs")
    return row + 2 + i


def _write_burden(answer: Answer, row: int) -> None:
    """What raising the public money of all costs costs, as a line of its own."""
    burden, present = (answer.column("costs", key) for key in ("burden", "present"))
    at = At("account", row, COLUMNS["present"])
    answer.book.work_out(at, f"SUMPRODUCT({burden},{present})", "money")
    label = f'IF({answer.ref(at)}=0,"",{answer.quoted("account.burden")})'
    answer.book.work_out(At("account", row, 1), label, "name")
    answer.book.pages["account"].quiet.append((row, at.column, row, at.column))
    answer.places.cells["lines.excess-burden.present_value"] = at


def _write_row(answer: Answer, table: str, i: int, row: int) -> None:
    keys = {column.key for column in TABLE[table].columns}

    def cell(key: str) -> str | None:
        return answer.ref(answer.layout.cell(table, key, i)) if key in keys else None

    def write(name: str, formula: str, style: str = "origin") -> At:
        return answer.book.work_out(At("account", row, COLUMNS[name]), formula, style)

    title = cell("title")
    number = cell("amount") or cell("quantity") or cell("value")
    write("code", f'IF(AND({title}="",{number}=""),"",T({cell("code")}))')
    write("what", f'IF({title}="",IF({number}="","",T({cell("code")})),{title})', "name")
    fields = {"unit": "unit", "source": "source", "evidence": "evidence"}
    for name, key in fields.items():
        if key in keys:
            write(name, f'IF({cell(key)}="","",{cell(key)})')
    write("value", f'IF({number}="","",{number})', "amount")
    if "price_year" in keys:
        write("price_year", f'IF({cell("price_year")}="","",{cell("price_year")})', "whole")
    if table == "effects":
        price, value = (answer.prefix + answer.sheet.scalar("starts_of", name, i)
                        for name in ("price", "value"))  # fmt: skip
        write("price", f'IF({price}=0,"",{price})', "amount")
        parts = '&" · "&'.join(
            f"INDEX({answer.book.area(answer.sheet.lists.area('values', key))},{value})"
            for key in ("edition", "verification")
        )
        write("edition", f'IF({value}=0,"",{parts})')
    if table in VALUED:
        present = answer.prefix + answer.sheet.scalar(table, "present", i)
        at = write("present", present, "money")
        answer.places.cells[f"{table}.{i}.present_value"] = at
        line = answer.id_of(table, i)
        if line is not None:
            answer.places.cells[f"lines.{line}.present_value"] = at


def _keep_quantities(answer: Answer) -> None:
    """Where the quantities of each effect of the case stand, in every year and discounted."""
    block, row = answer.sheet.blocks["quantities"], 0
    for table in ("effects", "unpriced"):
        for i in range(answer.layout.rows[table]):
            name = answer.id_of(table, i)
            if name is not None:
                places = answer.places.cells
                for year in range(answer.layout.years):
                    at = At(SHEET, block.row(row), FIRST_YEAR + year)
                    places[f"lines.{name}.quantity.{year}"] = at
                at = At(SHEET, block.row(row), block.scalars["discounted"])
                places[f"lines.{name}.discounted_quantity"] = at
            row += 1
