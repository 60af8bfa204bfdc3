"""The sheets with the answer: results, years, checks, and what the numbers rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import TABLES, At, SheetId
from impactmonitor.intake.workbook.words import WORDS
from impactmonitor.report.workbook.book import Area, Book, Chart, Series, letters
from impactmonitor.report.workbook.calculation import FIRST_YEAR, SHEET, WHAT_IF, Sheet
from impactmonitor.report.workbook.sharing import Sharing

WHAT_IF_TOP = 11
TOTALS_TOP = 18
YEARS_LEFT = 4
PLAIN_WHAT_IF: Mapping[str, float] = {"reached": 1, "size": 1, "duration": 0, "rate": 0}
TOTALS = (
    "costs", "benefits", "net_present_value", "benefit_cost_ratio", "sroi", "sroi_net",
    "break_even", "internal_rate_of_return", "modified_internal_rate_of_return", "payback_year",
    "payback_year_discounted", "beyond_horizon", "equivalent_annual_value",
)  # fmt: skip
PARTY_COLUMNS = (
    "costs", "benefits", "transfers_received", "transfers_paid", "net", "cash_net",
    "benefits_confirmed", "benefit_cost_ratio",
)  # fmt: skip
_STYLES = {
    "benefit_cost_ratio": "ratio", "sroi": "ratio", "sroi_net": "ratio", "break_even": "percent",
    "internal_rate_of_return": "percent", "modified_internal_rate_of_return": "percent",
    "payback_year": "whole", "payback_year_discounted": "whole",
}  # fmt: skip
BLUE, ORANGE, DARK = "#2F6DA8", "#C8641B", "#1F3A5F"


def what_if_cells() -> dict[str, At]:
    """The cells with the what-if numbers."""
    return {name: At("results", WHAT_IF_TOP + 2 + i, 2) for i, name in enumerate(WHAT_IF)}


@dataclass
class Places:
    """Where results stand, by their path in the JSON object."""

    cells: dict[str, At] = field(default_factory=dict)


class Outcome:
    """Writes the answer."""

    def __init__(self, sheet: Sheet, sharing: Sharing) -> None:
        self.sheet, self.sharing = sheet, sharing
        self.book: Book = sheet.book
        self.layout, self.language = sheet.layout, sheet.layout.language
        self.places = Places()
        self.none = f'"{self.text("answer.none")}"'
        self._years()
        self._totals()
        self._parties()
        self._domains()
        self._lines()
        self._checks()
        self._headline()
        self._charts()

    def text(self, key: str) -> str:
        """A text of the workbook."""
        return messages.text(f"workbook.{key}", self.language)

    def ref(self, at: At) -> str:
        """The address of a cell, with its sheet."""
        return self.book.ref(at)

    def on(self, formula: str) -> str:
        """A formula of the calculation sheet, for use elsewhere."""
        return formula.replace("§", self.prefix)

    @property
    def prefix(self) -> str:
        """The name of the calculation sheet in a formula."""
        return self.book.ref(At(SHEET, 1, 1)).rpartition("!")[0] + "!"

    def constant(self, name: str) -> str:
        """A figure of the whole case."""
        return self.ref(self.sheet.constant_cells[name])

    def column(self, block: str, name: str) -> str:
        """A scalar of all lines of a block; of effects only those that are in money."""
        text = self.sheet.scalars(block, name)
        if block == "starts_of":
            found, effects = self.sheet.blocks["starts_of"], self.sheet.blocks["effects"]
            end = f"${found.top + found.rows - 1}"
            text = text.removesuffix(end) + f"${found.top + effects.rows - 1}"
        return f"{self.prefix}{text}"

    def total(self, name: str) -> str:
        """A total of society."""
        return self.ref(self.places.cells[f"totals.{name}"])

    # by year ----------------------------------------------------------------------------------

    def _years(self) -> None:
        page = self.book.pages["yearly"]
        self._heading("yearly")
        page.widths[1], page.widths[2], page.widths[3] = 34.0, 14.0, 3.0
        page.frozen = (5, 2)
        self.year_rows: dict[str, int] = {}
        self.row = 5
        sheet = self.sheet
        calculation = self.prefix

        def same(block: str, index: int = 0) -> Callable[[int], str]:
            row = sheet.blocks[block].row(index)
            return lambda c: f"{calculation}{letters(c)}${row}"

        self._year_row("year", same("year"), "year_head")
        self._year_row("within", same("within"), "whole")
        burden = f"(1+{self.column('costs', 'burden')})"
        own = f"(1-{self.column('starts_of', 'is_transfer')})*{self.column('effects', 'scale')}"

        def lines(block: str) -> Callable[[int], str]:
            found = sheet.blocks[block]
            return lambda c: (
                f"{calculation}{letters(c)}${found.top}:{letters(c)}${found.top + found.rows - 1}"
            )

        costs, effects, transfers = lines("costs"), lines("effects"), lines("transfers")
        inside = self._here("within")
        self._year_row("costs", lambda c: f"{inside(c)}*SUMPRODUCT({burden},{costs(c)})")
        self._year_row("benefits", lambda c: f"{inside(c)}*SUMPRODUCT({own},{effects(c)})")
        self._year_row("net", lambda c: f"{self._here('benefits')(c)}-{self._here('costs')(c)}")
        self._running("cumulative", "net")
        net, factors = sheet.blocks["net"], sheet.blocks["factors"]

        def discounted(c: int) -> str:
            areas = (
                f"{calculation}{letters(c)}${b.top}:{letters(c)}${b.top + b.rows - 1}"
                for b in (net, factors)
            )
            return f"SUMPRODUCT({','.join(areas)})"

        self._year_row("discounted", discounted)
        self._running("cumulative_discounted", "discounted")
        for block, of in (("by_party", "net"), ("cash_by_party", "cash")):
            self.row += 1
            self.book.put(At("yearly", self.row, 1), self.text(f"yearly.{block}"), "section")
            self.row += 1
            for actor in range(self.sharing.parties.actors):
                key = f"{block}.{actor}"
                formula = self._of_actor(of, actor, costs, effects, transfers)
                self._year_row(key, lambda c, f=formula: f"{inside(c)}*({f(c)})")  # type: ignore[misc]
                self._name_actor("yearly", self.year_rows[key], actor)
        self.row += 1
        self.book.put(At("yearly", self.row, 1), self.text("yearly.cumulative_cash"), "section")
        self.row += 1
        for actor in range(self.sharing.parties.actors):
            self._running(f"cumulative_cash.{actor}", f"cash_by_party.{actor}")
            self._name_actor("yearly", self.year_rows[f"cumulative_cash.{actor}"], actor)

    def _of_actor(
        self, of: str, actor: int, costs: Callable[[int], str], effects: Callable[[int], str],
        transfers: Callable[[int], str],
    ) -> Callable[[int], str]:  # fmt: skip
        """What an actor gains in a year, in value or in money."""
        share = {
            b: f"{self.prefix}{self._fixed(self.sharing.of_party(b, actor))}"
            for b in ("paid", "gets", "gives", "cash", "to", "from")
        }
        scale, burden = self.column("effects", "scale"), self.column("costs", "burden")
        row = self.sheet.blocks["burden"].row(1)
        borne = f"{self.prefix}${letters(FIRST_YEAR + actor)}${row}"
        in_cash = {b: self.column(b, "in_cash") for b in ("costs", "transfers")}

        def value(c: int) -> str:
            gains = f"SUMPRODUCT(({share['gets']}-{share['gives']})*{scale},{effects(c)})"
            paid = f"SUMPRODUCT({share['paid']}+{borne}*{burden},{costs(c)})"
            return f"{gains}-{paid}+SUMPRODUCT({share['to']}-{share['from']},{transfers(c)})"

        def money(c: int) -> str:
            gains = f"SUMPRODUCT({share['cash']}*{scale},{effects(c)})"
            paid = f"SUMPRODUCT({share['paid']}*{in_cash['costs']},{costs(c)})"
            moved = f"({share['to']}-{share['from']})*{in_cash['transfers']}"
            return f"{gains}-{paid}+SUMPRODUCT({moved},{transfers(c)})"

        return value if of == "net" else money

    @staticmethod
    def _fixed(area: str) -> str:
        """An area whose columns do not move either."""
        return ":".join(f"${part}" for part in area.split(":"))

    def _year_row(self, key: str, formula: Callable[[int], str], style: str = "money") -> None:
        """A row of which each year has the same formula; it is given the calculation's column."""
        row = self.row
        self.year_rows[key] = row
        if "." not in key:
            self.book.put(At("yearly", row, 1), self.text(f"yearly.{key}"), "label")
        for i in range(self.layout.years):
            at = At("yearly", row, YEARS_LEFT + i)
            self.book.work_out(at, formula(FIRST_YEAR + i), style)
            self.book.pages["yearly"].widths[at.column] = 12.0
        self.row += 1

    def _here(self, key: str) -> Callable[[int], str]:
        """The cell of another row of this sheet in the same year."""
        return lambda c: f"{letters(c - FIRST_YEAR + YEARS_LEFT)}${self.year_rows[key]}"

    def _running(self, key: str, of: str) -> None:
        row = self.row

        def formula(c: int) -> str:
            before = f"{letters(c - FIRST_YEAR + YEARS_LEFT - 1)}{row}"
            return f"N({before})+{self._here(of)(c)}"

        self._year_row(key, formula)

    def year_area(self, key: str, count: int | None = None) -> str:
        """All years of a row of the sheet by year, or the first so many."""
        row, last = self.year_rows[key], YEARS_LEFT + (count or self.layout.years) - 1
        return self.book.area(Area("yearly", row, YEARS_LEFT, row, last))

    def _name_actor(self, sheet: SheetId, row: int, actor: int) -> None:
        title = self.ref(self.layout.cell("actors", "title", actor))
        code = self.ref(self.layout.cell("actors", "code", actor))
        name = f'IF(T({title})="",T({code}),T({title}))'
        self.book.work_out(At(sheet, row, 1), name, "name")

    # totals -----------------------------------------------------------------------------------

    def _heading(self, sheet: SheetId) -> None:
        self.book.put(At(sheet, 1, 1), self.text(f"sheets.{sheet}.title"), "title")
        self.book.put(At(sheet, 2, 1), self.text(f"sheets.{sheet}.intro"), "intro")

    def _totals(self) -> None:
        self._heading("results")
        page = self.book.pages["results"]
        page.widths |= {1: 46.0} | dict.fromkeys(range(2, 11), 15.0)
        put = self.book.put
        put(At("results", WHAT_IF_TOP, 1), self.text("what_if.title"), "section")
        put(At("results", WHAT_IF_TOP + 1, 1), self.text("what_if.intro"), "intro")
        for name, at in what_if_cells().items():
            put(At("results", at.row, 1), self.text(f"what_if.{name}"), "label")
            put(at, PLAIN_WHAT_IF[name], "input_percent" if name == "rate" else "input_number")
        put(At("results", TOTALS_TOP, 1), self.text("totals.title"), "section")
        formulas = self._total_formulas()
        for i, name in enumerate(TOTALS):
            row = TOTALS_TOP + 1 + i
            put(At("results", row, 1), self.text(f"totals.{name}"), "label")
            at = At("results", row, 2)
            self.places.cells[f"totals.{name}"] = at
            self.book.work_out(at, formulas[name](), _STYLES.get(name, "money"))
        names = {"costs": "costs", "benefits": "benefits", "npv": "net_present_value",
                 "bcr": "benefit_cost_ratio"}  # fmt: skip
        for short, name in names.items():
            self.book.names[f"im_{short}"] = self.places.cells[f"totals.{name}"]

    def _total_formulas(self) -> Mapping[str, Callable[[], str]]:
        burden = f"(1+{self.column('costs', 'burden')})"
        own = f"(1-{self.column('starts_of', 'is_transfer')})"

        def sums(name: str) -> tuple[str, str]:
            return (
                f"SUMPRODUCT({own},{self.column('effects', name)})",
                f"SUMPRODUCT({burden},{self.column('costs', name)})",
            )

        def over_costs(numerator: str) -> Callable[[], str]:
            return lambda: (
                f"IF({self.total('costs')}>0,{self.total(numerator)}/{self.total('costs')},{self.none})"
            )

        standard = self._standard_factors()
        years = f"SUMPRODUCT({standard},{self.prefix}{self.sheet.all_years('within', 0)})"
        return {
            "costs": lambda: sums("present")[1],
            "benefits": lambda: sums("present")[0],
            "net_present_value": lambda: f"{self.total('benefits')}-{self.total('costs')}",
            "benefit_cost_ratio": over_costs("benefits"),
            "sroi": over_costs("benefits"),
            "sroi_net": over_costs("net_present_value"),
            "break_even": lambda: (
                f"IF({self.total('benefits')}>0,{self.total('costs')}/{self.total('benefits')},{self.none})"
            ),
            "internal_rate_of_return": self._internal_rate,
            "modified_internal_rate_of_return": self._modified_rate,
            "payback_year": lambda: self._payback("cumulative"),
            "payback_year_discounted": lambda: self._payback("cumulative_discounted"),
            "beyond_horizon": lambda: "-".join(sums("beyond")),
            "equivalent_annual_value": lambda: (
                f"IF({years}=0,0,{self.total('net_present_value')}/{years})"
            ),
        }

    def _standard_factors(self) -> str:
        """The standard discount factors at the moment of the case."""
        whole = self.prefix + self.sheet.whole("factors")
        row = f"{self.constant('timing')}*{self.constant('classes')}+1"
        return f"INDEX({whole},{row},0)"

    def _moments(self, name: str) -> str:
        order = ("time", "is_half", "flow", "present", "sign", "turn", "amount")
        row = self.sheet.blocks["moments"].row(order.index(name))
        last = FIRST_YEAR + 2 * self.layout.years
        return self.book.area(Area(SHEET, row, FIRST_YEAR, row, last))

    def _internal_rate(self) -> str:
        """Found on a grid of half years; the engine's own value where there may be several."""
        self.engine_rate = At(SHEET, self.sheet.blocks["moments"].row(1), 3)
        self.engine_guess = At(SHEET, self.sheet.blocks["moments"].row(0), 3)
        half_rate = At(SHEET, self.sheet.blocks["moments"].row(3), 3)
        self.book.put(self.engine_rate, None, "number")
        self.book.put(self.engine_guess, 0.05, "number")
        flows, turns = self._moments("amount"), self._moments("turn")
        guess, stored = self.ref(self.engine_guess), self.ref(self.engine_rate)
        self.book.work_out(
            half_rate, f'IF(SUM({turns})=1,IFERROR(IRR({flows},{guess}),""),"")', "number"
        )
        half = self.ref(half_rate)
        rate = f"(1+{half})*(1+{half})-1"
        low, high = self.constant("lowest_rate"), self.constant("highest_rate")
        inside = f"IF(AND({rate}>{low},{rate}<{high}),{rate},{self.none})"
        worth = self.worth_at(stored)
        size = f"{self.constant('tolerance')}*{self.constant('largest')}"
        kept = f"IF(ISNUMBER({stored}),IF(ABS({worth})<={size},{stored},{self.several}),{self.several})"
        found = f"IF(ISNUMBER({half}),{inside},{self.none})"
        return f"IF(SUM({turns})=0,{self.none},IF(SUM({turns})=1,{found},{kept}))"

    @property
    def several(self) -> str:
        """What stands where there may be several rates of return."""
        return f'"{self.text("answer.several")}"'

    def worth_at(self, rate: str) -> str:
        """What society's flows are worth at a rate of return."""
        flows, times = self._moments("amount"), self._moments("time")
        return f"SUMPRODUCT({flows}*(1+N({rate}))^(0-{times}))"

    def _modified_rate(self) -> str:
        """The last moment, its standard factor, gains and losses have cells of their own."""
        moments = self.sheet.blocks["moments"]
        cells = {
            name: At(SHEET, moments.row(i), 5)
            for i, name in enumerate(("last", "factor", "gains", "losses"))
        }
        for name, at in cells.items():
            self.book.put(At(SHEET, at.row, 4), name, "note")
        counts = [f"{self.prefix}{self.sheet.all_years('counts', t)}" for t in range(3)]
        index = f"{self.prefix}{self.sheet.all_years('index', 0)}"
        half = self.constant("half")
        latest = ",".join(
            f"SUMPRODUCT(MAX(({count}>0)*({index}+{time})))"
            for count, time in zip(counts, ("0", half, "1"), strict=True)
        )
        whole = self.prefix + self.sheet.whole("factors", extra=1)
        last, classes = self.ref(cells["last"]), self.constant("classes")
        row = f"IF({last}>INT({last}),{classes}+1,1)"
        present = self._moments("present")
        formulas = {
            "last": f"MAX({latest})",
            "factor": f"INDEX({whole},{row},INT({last})+1)",
            "gains": f'SUMIF({present},">0")',
            "losses": f'0-SUMIF({present},"<0")',
        }
        for name, formula in formulas.items():
            self.book.work_out(cells[name], formula, "number")
        gains, losses, factor = (self.ref(cells[n]) for n in ("gains", "losses", "factor"))
        growth = f"EXP(LN({gains}/{factor}/{losses})/{last})-1"
        return f"IF(OR({gains}<=0,{losses}<=0,{last}<=0),{self.none},{growth})"

    def _payback(self, key: str) -> str:
        cumulative, within = self.year_area(key), self.year_area("within")
        index = f"{self.prefix}{self.sheet.all_years('index', 0)}"
        largest = f"MAX(MAX({cumulative}),0-MIN({cumulative}))"
        below = f"({cumulative}<0-{self.constant('tolerance')}*{largest})"
        last = f"SUMPRODUCT(MAX({below}*{within}*({index}+1)))"
        base, horizon = self.constant("base"), self.constant("horizon")
        return f"IF({last}>={horizon},{self.none},{base}+{last})"

    # parties, domains, lines ------------------------------------------------------------------

    def _parties(self) -> None:
        top = TOTALS_TOP + len(TOTALS) + 3
        put, page = self.book.put, "results"
        put(At("results", top - 1, 1), self.text("parties.title"), "section")
        put(At("results", top, 1), self.text("parties.intro"), "intro")
        put(At("results", top + 1, 1), self.text("parties.party"), "head")
        for i, name in enumerate(PARTY_COLUMNS):
            put(At("results", top + 1, 2 + i), self.text(f"parties.{name}"), "number_head")
        self.book.pages["results"].heights[top + 1] = 45.0
        self.party_top = top + 2
        parties = self.sharing.parties
        for party in range(parties.count):
            row = self.party_top + party
            if party < parties.actors:
                self._name_actor("results", row, party)
            elif party == parties.society:
                put(At("results", row, 1), self.text("parties.society"), "strong")
            else:
                code = At(SHEET, self.sheet.blocks["parties"].top, FIRST_YEAR + party)
                self.book.work_out(At("results", row, 1), f"T({self.ref(code)})", "name")
            for i, name in enumerate(PARTY_COLUMNS):
                found = self.ref(self.sharing.result(name, party))
                style = "ratio" if name == "benefit_cost_ratio" else "money"
                at = At("results", row, 2 + i)
                self.book.work_out(at, found, style)
                self.places.cells[f"parties.{party}.{name}"] = at
            for name in ("transfers",):
                self.places.cells[f"parties.{party}.{name}"] = self.sharing.result(name, party)
        del page

    def _domains(self) -> None:
        top = self.party_top + self.sharing.parties.count + 2
        self.domain_top = top + 1
        put = self.book.put
        put(At("results", top - 1, 1), self.text("domains.title"), "section")
        heads = ("domains.domain", "parties.costs", "parties.benefits", "parties.net")
        for i, key in enumerate(heads):
            put(At("results", top, 1 + i), self.text(key), "number_head" if i else "head")
        sheet = self.sheet
        words = sheet.list("domains", "word")
        codes = sheet.list("domains", "code")
        block = sheet.block("domains", sheet.layout.rows["costs"] + sheet.layout.rows["effects"],
                            "kind of value of each cost and effect", ("domain",))  # fmt: skip
        costs = sheet.layout.rows["costs"]
        for i in range(block.rows):
            if i < costs:
                cell = sheet.cell("costs", "domain", i)
                usual = sheet.word("domains", "economic")
            else:
                cell = sheet.cell("effects", "domain", i - costs)
                found = sheet.scalar("starts_of", "indicator", i - costs)
                of_indicator = f"INDEX({sheet.list('indicators', 'domain')},{found})"
                usual = f'IF({found}=0,"",INDEX({words},MATCH({of_indicator},{codes},0)))'
            sheet.write("domains", "domain", i, f'IF(T({cell})="",{usual},T({cell}))')
        column = letters(block.scalars["domain"])
        of_costs = f"{self.prefix}${column}${block.top}:${column}${block.top + costs - 1}"
        of_effects = (
            f"{self.prefix}${column}${block.top + costs}:${column}${block.top + block.rows - 1}"
        )
        own = f"(1-{self.column('starts_of', 'is_transfer')})"
        burden = f"SUMPRODUCT({self.column('costs', 'burden')},{self.column('costs', 'present')})"
        for i, code in enumerate(WORDS["domains"]):
            row = self.domain_top + i
            word = self.ref(sheet.lists.cell("domains", "word", i))
            self.book.work_out(At("results", row, 1), f"T({word})", "name")
            cost = f"SUMPRODUCT(({of_costs}={word})*{self.column('costs', 'present')})"
            cost += f"+{burden}" if code == "economic" else ""
            gain = f"SUMPRODUCT(({of_effects}={word})*{own}*{self.column('effects', 'present')})"
            cells = [At("results", row, 2 + k) for k in range(3)]
            self.book.work_out(cells[0], cost, "money")
            self.book.work_out(cells[1], gain, "money")
            self.book.work_out(cells[2], f"{self.ref(cells[1])}-{self.ref(cells[0])}", "money")
            for at, name in zip(cells, ("costs", "benefits", "net"), strict=True):
                self.places.cells[f"domains.{code}.{name}"] = at

    def _lines(self) -> None:
        """The account: every line with its numbers, their origin, and what they come to."""
        self._heading("account")
        put, layout = self.book.put, self.layout
        heads = ("what", "code", "value", "unit", "price", "price_year", "source", "evidence",
                 "present", "edition")  # fmt: skip
        widths = (38, 18, 14, 16, 16, 11, 26, 24, 16, 34)
        top = 5
        for i, (key, width) in enumerate(zip(heads, widths, strict=True)):
            put(At("account", top, 1 + i), self.text(f"account.{key}"), "head")
            self.book.pages["account"].widths[1 + i] = float(width)
        self.book.pages["account"].frozen = (top, 2)
        row = top
        for table, block in (("costs", "costs"), ("effects", "effects"), ("unpriced", ""),
                             ("transfers", "transfers"), ("parameters", "")):  # fmt: skip
            for i in range(layout.rows[table]):
                row += 1
                self._account_row(table, block, i, row)
        words = self.ref(self.sheet.lists.cell("unknown", "word", 0))
        sheets = dict.fromkeys(t.sheet for t in TABLES if t.sheet != "lists")
        areas = (self.book.area(Area(s, 1, 1, 400, 40)) for s in (*sheets, "people", "without"))
        counts = "+".join(f"COUNTIF({area},{words})" for area in dict.fromkeys(areas))
        put(At("account", 3, 1), self.text("account.unknown"), "label")
        self.book.work_out(At("account", 3, 2), counts, "whole")

    def _account_row(self, table: str, block: str, i: int, row: int) -> None:
        def cell(key: str) -> str | None:
            has = any(c.key == key for t in TABLES if t.id == table for c in t.columns)
            return self.ref(self.layout.cell(table, key, i)) if has else None

        title = cell("title") or ""
        number = cell("amount") or cell("quantity") or cell("value") or ""
        write = self.book.work_out
        for column, key in ((1, "title"), (2, "code"), (4, "unit"), (7, "source"), (8, "evidence")):
            found = cell(key)
            if found is not None:
                formula = f'IF({found}="","",{found})'
                if key == "code":
                    formula = f'IF(AND({title}="",{number}=""),"",T({found}))'
                write(At("account", row, column), formula, "name")
        write(At("account", row, 3), f'IF({number}="","",{number})', "amount")
        year = cell("price_year")
        if year is not None:
            write(At("account", row, 6), f'IF({year}="","",{year})', "whole")
        if table == "effects":

            def scalar(name: str) -> str:
                return self.prefix + self.sheet.scalar("starts_of", name, i)

            write(At("account", row, 5), f'IF({scalar("price")}=0,"",{scalar("price")})', "amount")
            value = scalar("value")
            parts = '&" · "&'.join(
                f"INDEX({self.book.area(self.sheet.lists.area('values', key))},{value})"
                for key in ("edition", "verification")
            )
            write(At("account", row, 10), f'IF({value}=0,"",{parts})', "name")
        if block:
            present = self.prefix + self.sheet.scalar(block, "present", i)
            at = write(At("account", row, 9), present, "money")
            self.places.cells[f"{table}.{i}.present_value"] = at

    # checks -----------------------------------------------------------------------------------

    def _checks(self) -> None:
        self._heading("checks")
        put = self.book.put
        self.book.pages["checks"].widths |= {1: 74.0, 2: 14.0, 3: 16.0}
        for i, key in enumerate(("check", "found", "outcome")):
            put(At("checks", 6, 1 + i), self.text(f"check.{key}"), "head")
        row = 7
        first = row
        for name, formula in self._check_formulas().items():
            put(At("checks", row, 1), self.text(f"check.{name}"), "paragraph")
            at = self.book.work_out(At("checks", row, 2), f"IFERROR({formula},1)", "whole")
            self._verdict(At("checks", row, 3), self.ref(at))
            self.places.cells[f"checks.{name}"] = at
            row += 1
        put(At("checks", 4, 1), self.text("check.master"), "strong")
        area = self.book.area(Area("checks", first, 2, row - 1, 2), within="checks")
        self.master = self.book.work_out(At("checks", 4, 2), f"SUM({area})", "whole")
        self._verdict(At("checks", 4, 3), self.ref(self.master))

    def _verdict(self, at: At, count: str) -> None:
        good, bad = self.text("answer.good"), self.text("answer.bad")
        self.book.work_out(at, f'IF({count}=0,"{good}","{bad}")', "status")

    def _check_formulas(self) -> dict[str, str]:
        layout, parties = self.layout, self.sharing.parties
        keys = ("title", "base_year", "horizon", "price_year", "currency")
        fields = [self.ref(layout.field("plan", key)) for key in keys]
        tolerance = self.constant("tolerance")
        size = f"({self.total('costs')}+ABS({self.total('benefits')})+1)*{tolerance}"
        society = self.sharing.of_party

        def unequal(block: str, values: str) -> str:
            shares = self.prefix + self._fixed(society(block, parties.society))
            return f"SUMPRODUCT(({values}<>0)*(ABS({shares}-1)>{tolerance}))"

        def differs(one: str, other: str) -> str:
            return f"IF(ABS({one}-({other}))<={size},0,1)"

        net = [self.ref(self.places.cells[f"parties.{a}.net"]) for a in range(parties.actors)]
        moved = [self.sharing.result("transfers", a) for a in (0, parties.actors - 1)]
        transfers = self.book.area(
            Area(SHEET, moved[0].row, moved[0].column, moved[1].row, moved[1].column)
        )
        domains = [self.ref(self.places.cells[f"domains.{d}.net"]) for d in WORDS["domains"]]
        unknown = self.ref(self.sheet.lists.cell("unknown", "word", 0))
        numbers = [
            self._column_of(t.id, c.key) for t in TABLES for c in t.columns if c.kind == "number"
        ]
        return {
            "required": "+".join(f'IF({f}="",1,0)' for f in fields),
            "horizon": f"IF({self.constant('horizon')}>COLUMNS({self.year_area('year')}),1,0)",
            "costs_shares": unequal("paid", self.column("costs", "present")),
            "effects_shares": unequal("gets", self.column("effects", "raw")),
            "numbers": "+".join(f"SUMPRODUCT(ISTEXT({n})*({n}<>{unknown}))" for n in numbers),
            "prices": f'SUMPRODUCT(({self.column("starts_of", "value_name")}<>"")'
            f"*({self.column('starts_of', 'value')}=0))",
            "lines": f"SUM({self.column('bearing', 'unknown')})",
            "actors_sum": differs("+".join(net), self.total("net_present_value")),
            "domains_sum": differs("+".join(domains), self.total("net_present_value")),
            "transfers_sum": differs(f"SUM({transfers})", "0"),
            "years_sum": differs(
                f"SUM({self.year_area('discounted')})", self.total("net_present_value")
            ),
            "answer": f"IF(ISNUMBER({self.total('net_present_value')}),0,1)",
        }

    def _column_of(self, table: str, key: str) -> str:
        last = self.layout.rows[table] - 1
        first, end = (self.layout.cell(table, key, i) for i in (0, last))
        return self.book.area(Area(first.sheet, first.row, first.column, end.row, end.column))

    # headline and pictures --------------------------------------------------------------------

    def _headline(self) -> None:
        costs, benefits, net = (self.total(n) for n in ("costs", "benefits", "net_present_value"))
        currency = self.constant("currency")

        def money(number: str) -> str:
            return f'{currency}&" "&FIXED({number},0)'

        even = f"ABS({net})<={self.constant('even')}*MAX(ABS({costs}),ABS({benefits}))"
        t = {k: f'"{self.text(f"answer.{k}")}"' for k in
             ("gain", "loss", "even", "nothing", "wrong", "of_costs", "of_benefits")}  # fmt: skip
        kind = f"IF({even},{t['even']},IF({net}>0,{t['gain']},{t['loss']}))"
        sentence = (
            f'{kind}&" "&{money(costs)}&" "&{t["of_costs"]}&" "&{money(benefits)}&" "&{t["of_benefits"]}&" "'
            f'&{money(f"ABS({net})")}&"."'
        )
        is_empty = f"AND({costs}=0,{benefits}=0)"
        whole = f"IFERROR(IF({is_empty},{t['nothing']},IF({self.ref(self.master)}>0,{t['wrong']},{sentence})),{t['wrong']})"
        at = self.book.work_out(At("results", 4, 1), whole, "answer")
        titles = self._column_of("unpriced", "title")
        apart = f'COUNTA({titles})+SUMPRODUCT(({self._column_of("effects", "title")}<>"")*(1-{self.column("starts_of", "monetised")}))'
        one, many = (f'"{self.text(f"answer.{k}")}"' for k in ("apart_one", "apart"))
        counted = At("results", 5, 1)
        self.book.work_out(
            counted,
            f'IF({apart}=0,"",FIXED({apart},0)&" "&IF({apart}=1,{one},{many}))',
            "paragraph",
        )
        plain = ",".join(
            f"{self.ref(cell)}={'1' if PLAIN_WHAT_IF[name] else '0'}"
            for name, cell in what_if_cells().items()
        )
        warning = f'IF(AND({plain}),"","{self.text("answer.what_if_on")}")'
        self.book.work_out(At("results", 6, 1), warning, "strong")
        basis = f'"{self.text("answer.basis")}"&" "&{self.constant("price_year")}&"."'
        self.book.work_out(At("results", 7, 1), basis, "note")
        verdict = self.ref(At("checks", 4, 3))
        master = f'"{self.text("check.master")}: "&{verdict}'
        self.book.work_out(At("results", 8, 1), master, "strong")
        status = self.ref(self.layout.field("plan", "about.status"))
        self.book.work_out(
            At("results", 9, 1),
            f'IF({status}="","","{self.text("answer.status")}"&" "&{status})',
            "note",
        )
        self.book.work_out(At("start", 4, 1), self.ref(at), "answer")
        self.sentence = at

    def _charts(self) -> None:
        self._waterfall()
        page = self.book.pages["results"]
        parties = self.sharing.parties.actors
        names, net, cash = (
            self.book.area(Area("results", self.party_top, c, self.party_top + parties - 1, c))
            for c in (1, 6, 7)
        )
        page.charts.append(Chart(
            "bar", "", self.text("charts.parties"), self.text("charts.parties_about"),
            [Series(self.text("parties.net"), names, net, BLUE),
             Series(self.text("parties.cash_net"), names, cash, ORANGE, "wide_upward_diagonal")],
            (WHAT_IF_TOP, 12), (640, 460),
        ))  # fmt: skip
        count = min(self.layout.years, self.shown_years)
        years = self.year_area("year", count)
        page.charts.append(Chart(
            "line", "", self.text("charts.cumulative"), self.text("charts.cumulative_about"),
            [Series(self.text("yearly.cumulative"), years, self.year_area("cumulative", count), BLUE),
             Series(self.text("yearly.cumulative_discounted"), years,
                    self.year_area("cumulative_discounted", count), ORANGE)],
            (WHAT_IF_TOP + 24, 12), (640, 340),
        ))  # fmt: skip

    shown_years = 20
    """Years in the picture of a blank workbook."""

    def _waterfall(self) -> None:
        """Bars from where the one before ended, the part below zero apart."""
        sheet = self.sheet
        names = [*WORDS["domains"], "costs", "net"]
        columns = ("step", "start", "end", "base", "up", "below", "down")
        block = sheet.block("waterfall", len(names), self.text("charts.waterfall"), columns)

        def at(name: str, i: int) -> At:
            return At(SHEET, block.row(i), block.scalars[name])

        for i, name in enumerate(names):
            if name in WORDS["domains"]:
                label = f"T({self.ref(sheet.lists.cell('domains', 'word', i))})"
                step = self.ref(self.places.cells[f"domains.{name}.benefits"])
            else:
                key = "parties.costs" if name == "costs" else "parties.net"
                label = f'"{self.text(key)}"'
                step = (
                    f"0-{self.total('costs')}"
                    if name == "costs"
                    else self.total("net_present_value")
                )
            self.book.work_out(At(SHEET, block.row(i), 2), label, "list")
            cell = {c: self.book.ref(at(c, i), within=SHEET) for c in columns}
            before = (
                self.book.ref(at("end", i - 1), within=SHEET) if 0 < i < len(names) - 1 else "0"
            )
            low, high = f"MIN({cell['start']},{cell['end']})", f"MAX({cell['start']},{cell['end']})"
            formulas = {
                "step": step, "start": before, "end": f"{cell['start']}+{cell['step']}",
                "base": f"MAX(0,{low})", "up": f"MAX(0,{high})-{cell['base']}",
                "below": f"MIN(0,{high})", "down": f"MIN(0,{low})-{cell['below']}",
            }  # fmt: skip
            for column, formula in formulas.items():
                self.book.work_out(at(column, i), formula, "calculation")
        labels = self.book.area(Area(SHEET, block.top, 2, block.top + len(names) - 1, 2))
        areas = {
            c: self.book.area(
                Area(
                    SHEET, block.top, block.scalars[c], block.top + len(names) - 1, block.scalars[c]
                )
            )
            for c in columns
        }
        series = [
            Series("-", labels, areas["base"], ""), Series("-", labels, areas["below"], ""),
            Series(self.text("charts.above"), labels, areas["up"], BLUE),
            Series(self.text("charts.below"), labels, areas["down"], ORANGE, "wide_upward_diagonal"),
        ]  # fmt: skip
        self.book.pages["results"].charts.append(Chart(
            "column", "stacked", self.text("charts.waterfall"), self.text("charts.waterfall_about"),
            series, (TOTALS_TOP - 1, 4), (620, 320),
        ))  # fmt: skip
