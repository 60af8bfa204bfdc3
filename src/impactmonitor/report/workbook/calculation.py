"""The calculation sheet: from the cells that are filled in to a value of each line by year.

Every block has one row per line and one formula that moves along the years. The scalars of a
line (when it starts, its price, its discount class) stand left of its years.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import TABLES, At, Layout, SheetId, letters
from impactmonitor.intake.workbook.words import WORDS
from impactmonitor.report.workbook.book import Area, Book
from impactmonitor.report.workbook.listing import Lists

SHEET: SheetId = "calculation"
TOP = 4
"""Row of the first block, below the title."""

CODE = 2
FIRST_SCALAR = 3
FIRST_YEAR = 43
"""Column of the base year; the column before it stays empty, so that a year before it is 0."""

TIMES = (0.0, 0.5, 1.0)
LARGE = 10_000
WHAT_IF = ("reached", "size", "duration", "rate")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a sheet, one per line, with scalars by name and a range of years."""

    top: int
    rows: int
    scalars: Mapping[str, int] = field(default_factory=dict)

    def row(self, index: int) -> int:
        """The row of a line, from 0."""
        return self.top + index


class Sheet:
    """Addresses on the calculation sheet, and in the tables that are filled in."""

    def __init__(self, book: Book, lists: Lists) -> None:
        self.book, self.lists = book, lists
        self.layout: Layout = book.layout
        self.years = self.layout.years
        self.last = FIRST_YEAR + self.years
        """Column of the first year after the last one: the end of that year."""
        self.next_row = TOP
        self.blocks: dict[str, Block] = {}
        self.last_flows = "effects"
        """The last of the blocks with flows by year, which stand below each other."""
        self.constant_cells: dict[str, At] = {}

    # addresses --------------------------------------------------------------------------------

    def cell(self, table: str, key: str, index: int) -> str:
        """A cell that is filled in; its row moves along with that of the formula."""
        return self.book.ref(self.layout.cell(table, key, index), within=SHEET, fix="c")

    def form(self, sheet: SheetId, key: str) -> str:
        """A field of a form."""
        return self.book.ref(self.layout.field(sheet, key), within=SHEET)

    def table(self, table: str, key: str, first: int = 0, last: int | None = None) -> str:
        """A column of a table that is filled in."""
        end = self.layout.rows[table] - 1 if last is None else last
        start, stop = (self.layout.cell(table, key, i) for i in (first, end))
        area = Area(start.sheet, start.row, start.column, stop.row, stop.column)
        return self.book.area(area, within=SHEET)

    def list(self, of: str, column: str = "code") -> str:
        """A column of a list."""
        return self.book.area(self.lists.area(of, column), within=SHEET)

    def entry(self, of: str, text: str) -> str:
        """The row in a list of the catalogue of a label or a code; 0 where it is in none."""
        labels, codes = self.list(of, "label"), self.list(of)
        return f"IFERROR(MATCH({text},{labels},0),IFERROR(MATCH({text},{codes},0),0))"

    def word(self, of: str, name: str) -> str:
        """The cell with the word for a code."""
        cell = self.lists.cell(of, "word", list(WORDS[of]).index(name))
        return self.book.ref(cell, within=SHEET)

    def constant(self, name: str) -> str:
        """A constant or a figure of the whole case."""
        return self.book.ref(self.constant_cells[name], within=SHEET)

    def scalar(self, block: str, name: str, index: int) -> str:
        """A scalar of a line."""
        found = self.blocks[block]
        return f"${letters(found.scalars[name])}{found.row(index)}"

    def scalars(self, block: str, name: str) -> str:
        """A scalar of all lines of a block."""
        found = self.blocks[block]
        column = letters(found.scalars[name])
        return f"${column}${found.top}:${column}${found.top + found.rows - 1}"

    def numbers(self, table: str, key: str) -> str:
        """The numbers of the codes in a column of a table that is filled in."""
        return self.scalars(f"{table}_numbers", key)

    def at_year(self, block: str, index: int, column: int, fix: str = "") -> str:
        """The number of a line in one year."""
        return self.book.ref(
            At(SHEET, self.blocks[block].row(index), column), within=SHEET, fix=fix
        )

    def of_year(self, block: str, column: int) -> str:
        """The numbers of all lines of a block in one year."""
        found = self.blocks[block]
        area = Area(SHEET, found.top, column, found.top + found.rows - 1, column)
        return self.book.area(area, within=SHEET, fix="r")

    def all_years(self, block: str, index: int, extra: int = 0, before: int = 0) -> str:
        """All years of a line; with the empty cell before them it can be asked for no year."""
        row = self.blocks[block].row(index)
        area = Area(SHEET, row, FIRST_YEAR - before, row, self.last - 1 + extra)
        # a line's row moves along: spreadsheets then take a formula over from the line above it
        return self.book.area(area, within=SHEET, fix="rc" if self.blocks[block].rows == 1 else "c")

    def together(self, first: str, last: str, left: int, right: int, fix: str = "rc") -> str:
        """Columns of all rows from one block to a later one, and of what is between them."""
        top, end = self.blocks[first].top, self.blocks[last]
        area = Area(SHEET, top, left, end.top + end.rows - 1, right)
        return self.book.area(area, within=SHEET, fix=fix)

    def whole(self, block: str, extra: int = 0) -> str:
        """All years of all lines of a block."""
        found = self.blocks[block]
        area = Area(SHEET, found.top, FIRST_YEAR, found.top + found.rows - 1, self.last - 1 + extra)
        return self.book.area(area, within=SHEET)

    # writing ----------------------------------------------------------------------------------

    def block(
        self,
        name: str,
        rows: int,
        title: str,
        scalars: tuple[str, ...] = (),
        unlabelled: tuple[str, ...] = (),
    ) -> Block:
        """Room for a block below what is there; ``title`` names the text above it.

        Scalars without a label above them come first. They stand in the columns of the first
        scalars of the block above, so that formulas can take both blocks as one range.
        """
        path = title if "." in title else f"calculation_blocks.{title}"
        text = messages.text(f"workbook.{path}", self.layout.language)
        self.book.put(At(SHEET, self.next_row, 1), text, "section")
        places = {key: FIRST_SCALAR + i for i, key in enumerate((*unlabelled, *scalars))}
        if FIRST_SCALAR + len(places) > FIRST_YEAR - 1:
            raise ValueError(f"no empty column is left before the years of {name}")
        for key in scalars:
            self.book.put(At(SHEET, self.next_row, places[key]), key, "small_head")
        found = Block(self.next_row + 1, rows, places)
        self.blocks[name] = found
        self.next_row += rows + 2
        return found

    def write(self, block: str, name: str, index: int, formula: str) -> None:
        """Write a scalar of a line."""
        found = self.blocks[block]
        at = At(SHEET, found.row(index), found.scalars[name])
        self.book.work_out(at, formula, "calculation")

    def write_years(
        self, block: str, index: int, formula: Callable[[int], str], extra: int = 0
    ) -> None:
        """Write the same formula in every year of a line; it is given its column."""
        row = self.blocks[block].row(index)
        for column in range(FIRST_YEAR, self.last + extra):
            self.book.work_out(At(SHEET, row, column), formula(column), "calculation")

    def name_row(self, block: str, index: int, title: str | None, of: str | None = None) -> None:
        """Say what a row is about."""
        row = self.blocks[block].row(index)
        if title is not None:
            self.book.put(At(SHEET, row, 1), title, "note")
        if of is not None:
            self.book.work_out(At(SHEET, row, CODE), f"T({of})", "calculation")

    def code(self, block: str, index: int) -> str:
        """The cell with the code of a line."""
        return f"${letters(CODE)}{self.blocks[block].row(index)}"


def write_constants(sheet: Sheet, what_if: Mapping[str, At]) -> None:
    """Constants, and the figures of the whole case."""
    f = sheet.form
    base, own_rate = f("plan", "base_year"), f("settings", "discount.rate")
    scheme, currency = f("settings", "discount.scheme"), f("plan", "currency")
    timing, timings = f("settings", "discount.timing"), sheet.list("timings", "word")
    default = sheet.book.ref(sheet.lists.cell("default_scheme", "code", 0), within=SHEET)
    formulas = {
        "base": f"N({base})",
        "horizon": f"N({f('plan', 'horizon')})",
        "price_year": f"N({f('plan', 'price_year')})",
        "currency": f"T({currency})",
        "scheme": f'IF(T({scheme})<>"",T({scheme}),IF(ISNUMBER({own_rate}),"",{default}))',
        "rate": f"N({own_rate})",
        "timing": f'IF(T({timing})="",0,MATCH({timing},{timings},0)-1)',
        "inflation": f"N({f('settings', 'inflation')})",
        "burden": f"N({f('settings', 'excess_burden.rate')})",
        "classes": f"ROWS({sheet.list('classes')})",
    }
    numbers: dict[str, float] = {
        "large": LARGE, "tolerance": 1e-9, "rounding": 1e-12, "lowest_rate": -0.9999,
        "highest_rate": 10.0, "even": 0.05, "guess": 0.05, "hundred": 100.0,
        "key_of_line": 100_000, "key_of_field": 10_000,
    }  # fmt: skip
    block = sheet.block("constants", len(formulas) + len(numbers) + len(WHAT_IF), "constants")
    row = block.top
    for name, number in numbers.items():
        sheet.book.put(At(SHEET, row, 1), name, "note")
        sheet.constant_cells[name] = sheet.book.put(At(SHEET, row, FIRST_SCALAR), number, "number")
        row += 1
    for name in WHAT_IF:
        formulas[f"what_if_{name}"] = f"N({sheet.book.ref(what_if[name], within=SHEET)})"
    for name, formula in formulas.items():
        sheet.book.put(At(SHEET, row, 1), name, "note")
        at = At(SHEET, row, FIRST_SCALAR)
        sheet.constant_cells[name] = sheet.book.work_out(at, formula, "calculation")
        row += 1


def write_years(sheet: Sheet) -> None:
    """The years: how many after the base year, which, and whether within the horizon."""
    sheet.block("index", 1, "index")
    sheet.block("year", 1, "year")
    sheet.block("within", 1, "within")
    for i in range(sheet.years + 1):
        at = At(SHEET, sheet.blocks["index"].top, FIRST_YEAR + i)
        sheet.book.put(at, i, "number")

    def index(column: int) -> str:
        return sheet.at_year("index", 0, column, "r")

    base, horizon = sheet.constant("base"), sheet.constant("horizon")
    sheet.write_years("year", 0, lambda c: f"{base}+{index(c)}", extra=1)
    sheet.write_years("within", 0, lambda c: f"IF({index(c)}<{horizon},1,0)", extra=1)


def write_discounting(sheet: Sheet) -> None:
    """Rates by class and year, and discount factors by moment, class and year.

    Factors are chained: each year divides by one more rate. They stand in order of moment and
    then class, so that the classes of one moment are neighbours.
    """
    codes = sheet.lists.area("classes", "code")
    count = codes.bottom - codes.top + 1
    sheet.block("rates", count, "rates", ("own", "given"))
    sheet.block("starts", count, "starts")
    for i in range(count):
        code = sheet.book.ref(At("lists", codes.top + i, codes.left), within=SHEET)
        for block in ("rates", "starts"):
            sheet.name_row(block, i, None, code)
        name, own = sheet.code("rates", i), sheet.scalar("rates", "own", i)
        steps = {
            key: sheet.list("steps", key) for key in ("scheme", "class", "from", "until", "rate")
        }
        scheme, extra = sheet.constant("scheme"), sheet.constant("what_if_rate")
        first = sheet.code("rates", 0)
        sheet.write(
            "rates", "own", i,
            f"IF(COUNTIFS({steps['scheme']},{scheme},{steps['class']},{name})>0,{name},${first[1:]})",
        )  # fmt: skip
        classes = (sheet.table("classes", "class"), sheet.table("classes", "rate"))
        sheet.write(
            "rates", "given", i,
            f"IF(COUNTIF({classes[0]},{name})>0,SUMIFS({classes[1]},{classes[0]},{name}),{sheet.constant('rate')})",
        )  # fmt: skip
        mine = sheet.scalar("rates", "given", i)

        def rate(column: int, own: str = own, mine: str = mine) -> str:
            j = sheet.at_year("index", 0, column, "r")
            theirs = (
                f"SUMIFS({steps['rate']},{steps['scheme']},{scheme},{steps['class']},{own},"
                f'{steps["from"]},"<="&{j},{steps["until"]},">"&{j})'
            )
            return f'IF({scheme}="",{mine},{theirs})+{extra}'

        def start(column: int, i: int = i) -> str:
            j = sheet.at_year("index", 0, column, "r")
            before = sheet.at_year("starts", i, column - 1)
            return f"IF({j}=0,1,{before}/(1+{sheet.at_year('rates', i, column - 1)}))"

        sheet.write_years("rates", i, rate, extra=1)
        sheet.write_years("starts", i, start, extra=1)
    sheet.block("factors", count * len(TIMES), "discount_factors", ("time",))
    for t, time in enumerate(TIMES):
        for i in range(count):
            index = t * count + i
            sheet.name_row("factors", index, WORDS["timings"][t], sheet.code("rates", i))
            at = At(SHEET, sheet.blocks["factors"].row(index), FIRST_SCALAR)
            sheet.book.put(at, time, "number")
            moment = sheet.scalar("factors", "time", index)

            def factor(column: int, i: int = i, moment: str = moment) -> str:
                start = sheet.at_year("starts", i, column)
                return f"{start}*(1+{sheet.at_year('rates', i, column)})^-{moment}"

            sheet.write_years("factors", index, factor, extra=1)


PRICED = ("currency", "price_year", "index_from", "index_to", "exchange", "unpriceable", "rebase")


def write_prices(sheet: Sheet, block: str, i: int, currency: str, price_year: str) -> None:
    """What brings a price to the price level and the currency of the case."""
    case_year, case_currency = sheet.constant("price_year"), sheet.constant("currency")
    name, year = (sheet.scalar(block, key, i) for key in ("currency", "price_year"))
    sheet.write(block, "currency", i, currency)
    sheet.write(block, "price_year", i, price_year)
    own = [
        sheet.scalars("own_indices", "currency"),
        *(sheet.table("indices", k) for k in ("year", "number")),
    ]
    shipped = [sheet.list("index", key) for key in ("currency", "year", "number")]
    for key, at in (("index_from", year), ("index_to", case_year)):
        mine = f"SUMIFS({own[2]},{own[0]},{name},{own[1]},{at})"
        theirs = f"SUMIFS({shipped[2]},{shipped[0]},{name},{shipped[1]},{at})"
        sheet.write(block, key, i, f"IF(COUNTIF({own[0]},{name})>0,{mine},{theirs})")
    rates = [sheet.table("exchange_rates", key) for key in ("currency", "year", "number")]
    exchange = f"SUMIFS({rates[2]},{rates[0]},{name},{rates[1]},{case_year})"
    sheet.write(block, "exchange", i, f"IF({name}={case_currency},1,{exchange})")
    old, new = (sheet.scalar(block, key, i) for key in ("index_from", "index_to"))
    is_same = f"OR({year}=0,{year}={case_year})"
    exchange, lost = (sheet.scalar(block, key, i) for key in ("exchange", "unpriceable"))
    is_lost = f"OR({exchange}=0,IF({is_same},FALSE,OR({old}=0,{new}=0)))"
    sheet.write(block, "unpriceable", i, f"IF({is_lost},1,0)")
    # without its index or rate an amount is an error, and not nothing
    rebased = f"IF({is_same},1,{new}/{old})*{exchange}"
    sheet.write(block, "rebase", i, f"IF({lost}=1,1/(1-{lost}),{rebased})")


def write_own_indices(sheet: Sheet) -> None:
    """The currency of each figure of the case's own price indices."""
    rows = sheet.layout.rows["indices"]
    sheet.block("own_indices", rows, "own_indices", ("currency",))
    for i in range(rows):
        cell, year = sheet.cell("indices", "currency", i), sheet.cell("indices", "year", i)
        case = sheet.constant("currency")
        sheet.write(
            "own_indices", "currency", i,
            f'IF(N({year})=0,"",IF(T({cell})="",{case},T({cell})))',
        )  # fmt: skip


NUMBERED: Mapping[str, Mapping[str, str]] = {
    "by_year": {"line": "lines"},
    "factors": {"line": "lines"},
    "bearers": {"line": "lines", "actor": "actors"},
    "groups": {"code": "", "actor": "actors"},
}
"""Columns with codes, by table, and the list in which a code has its number."""


def write_numbers(sheet: Sheet) -> None:
    """Numbers for the codes that tables name.

    What is counted or added is picked by number: as a criterion, a code such as ``may-2025`` or
    ``true`` is a date or a truth to some spreadsheets in some countries.
    """
    for table, columns in NUMBERED.items():
        rows = sheet.layout.rows[table]
        sheet.block(f"{table}_numbers", rows, f"{table}_numbers", tuple(columns))
        for i in range(rows):
            for key, of in columns.items():
                codes = sheet.list(of) if of else sheet.table(table, key)
                sheet.write(f"{table}_numbers", key, i, number_of(sheet.cell(table, key, i), codes))
    _write_years_of_lines(sheet)


def _write_years_of_lines(sheet: Sheet) -> None:
    """One number for the line, the field and the year of each number by year, to look it up by."""
    block, rows = "years_of_lines", sheet.layout.rows["by_year"]
    sheet.block(block, rows, "years_of_lines", ("key", "number"))
    for i in range(rows):
        field, year, number = (sheet.cell("by_year", k, i) for k in ("field", "year", "number"))
        line = sheet.scalar("by_year_numbers", "line", i)
        key = f"{key_of(sheet, line, field)}+N({year})"
        sheet.write(block, "key", i, f"IF({line}=0,0,IFERROR({key},0))")
        sheet.write(block, "number", i, f"N({number})")


def key_of(sheet: Sheet, line: str, field: str) -> str:
    """The number that a line and a field have, apart from the year."""
    place = f"MATCH({field},{sheet.list('year_fields', 'word')},0)"
    return f"{line}*{sheet.constant('key_of_line')}+{place}*{sheet.constant('key_of_field')}"


def number_of(cell: str, codes: str) -> str:
    """The place of a code in a list, 0 if it is empty or absent."""
    return f'IF(T({cell})="",0,IFERROR(MATCH({cell},{codes},0),0))'


STARTING = ("line", "key", "first", "years", "growth", "by_year", "last")


def write_starting(sheet: Sheet, block: str, i: int, table: str, field: str) -> None:
    """When a line starts, how often, and whether it has numbers by year."""
    code = sheet.code(block, i)
    base = sheet.constant("base")
    cell = {key: sheet.cell(table, key, i) for key in ("first_year", "years")}
    has_growth = any(c.key == "growth" for t in TABLES if t.id == table for c in t.columns)
    by_year = [sheet.numbers("by_year", "line")]
    by_year += [sheet.table("by_year", key) for key in ("field", "year")]
    name = sheet.word("year_fields", field)
    line = sheet.scalar(block, "line", i)
    sheet.write(block, "line", i, number_of(code, sheet.list("lines")))
    sheet.write(block, "key", i, key_of(sheet, line, name))
    sheet.write(block, "first", i, f"IF(N({cell['first_year']})=0,0,{cell['first_year']}-{base})")
    sheet.write(block, "years", i, f"IF(N({cell['years']})=0,1,{cell['years']})")
    growth = f"N({sheet.cell(table, 'growth', i)})" if has_growth else "0"
    sheet.write(block, "growth", i, growth)
    sheet.write(
        block, "by_year", i,
        f'IF({code}="",0,COUNTIFS({by_year[0]},{line},{by_year[1]},{name}))',
    )  # fmt: skip
    latest = f"SUMPRODUCT(MAX(({by_year[0]}={line})*({by_year[1]}={name})*{by_year[2]}))-{base}"
    first, years = (sheet.scalar(block, key, i) for key in ("first", "years"))
    has = sheet.scalar(block, "by_year", i)
    sheet.write(block, "last", i, f"IF({has}>0,{latest},{first}+{years}-1)")


def starting(sheet: Sheet, block: str, i: int, number: str) -> Callable[[int], str]:
    """What starts in a year: a number of that year, or a number that is repeated and grows."""
    key = sheet.scalar(block, "key", i)
    keys, numbers = (sheet.scalars("years_of_lines", name) for name in ("key", "number"))
    first, years, growth, has = (
        sheet.scalar(block, key, i) for key in ("first", "years", "growth", "by_year")
    )

    def formula(column: int) -> str:
        j, year = (sheet.at_year(key, 0, column, "r") for key in ("index", "year"))
        listed = f"SUMIF({keys},{key}+{year},{numbers})"
        repeated = (
            f"IF(AND({j}>={first},{j}<{first}+{years}),{number}*(1+{growth})^({j}-{first}),0)"
        )
        return f"IF({has}>0,{listed},{repeated})"

    return formula


MOMENT = ("timing", "class", "factor")
OF_SOCIETY = ("factor", "society")
"""Of costs and effects: the row of their discount factors, and what a unit is to society."""


def write_moment(sheet: Sheet, block: str, i: int, timing: str | None, of_class: str) -> None:
    """At which moment of a year a line counts, and by which factors it is discounted."""
    timings = sheet.list("timings", "word")
    case = sheet.constant("timing")
    chosen = case if timing is None else f'IF(T({timing})="",{case},MATCH({timing},{timings},0)-1)'
    sheet.write(block, "timing", i, chosen)
    sheet.write(block, "class", i, of_class)
    moment, name = (sheet.scalar(block, key, i) for key in ("timing", "class"))
    sheet.write(
        block, "factor", i,
        f"{moment}*{sheet.constant('classes')}+MATCH({name},{sheet.list('classes')},0)",
    )  # fmt: skip


VALUED = ("present", "beyond")


def write_present(sheet: Sheet, block: str, values: str, i: int) -> None:
    """The present value of a line within the horizon, and that of what comes after."""
    factor = f"INDEX({sheet.whole('factors')},{sheet.scalar(block, 'factor', i)},0)"
    row, within = sheet.all_years(values, i), sheet.all_years("within", 0)
    present = sheet.scalar(block, "present", i)
    sheet.write(block, "present", i, f"SUMPRODUCT({row},{factor},{within})")
    sheet.write(block, "beyond", i, f"SUMPRODUCT({row},{factor})-{present}")
