"""The sheet that adds up the same money in different ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.intake.workbook.layout import TABLES, At, letters
from impactmonitor.intake.workbook.words import WORDS
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area
from impactmonitor.report.workbook.calculation import FIRST_YEAR, SHEET
from impactmonitor.report.workbook.yearly import Yearly

MASTER = At("checks", 4, 2)
VERDICT = At("checks", 4, 3)
TOP = 6
REQUIRED = ("title", "base_year", "horizon", "price_year", "currency")


@dataclass(frozen=True, slots=True)
class Check:
    """Formulas for how many mistakes there are, and for where the first one is."""

    count: str
    where: str = '""'


def write_checks(answer: Answer, yearly: Yearly) -> None:
    """Every check with the number of mistakes, and all of them together."""
    answer.heading("checks")
    put, work_out = answer.book.put, answer.book.work_out
    answer.book.pages["checks"].widths |= {1: 74.0, 2: 14.0, 3: 16.0, 4: 46.0}
    for i, key in enumerate(("check", "found", "outcome", "where")):
        style = "number_head" if key == "found" else "head"
        put(At("checks", TOP, 1 + i), answer.text(f"check.{key}"), style)
    checks = _checks(answer, yearly)
    for row, (name, check) in enumerate(checks.items(), start=TOP + 1):
        put(At("checks", row, 1), answer.text(f"check.{name}"), "paragraph")
        at = work_out(At("checks", row, 2), f"IFERROR({check.count},1)", "whole")
        _write_verdict(answer, At("checks", row, 3), at)
        where = f'IF({answer.ref(at)}=0,"",IFERROR({check.where},""))'
        answer.places.cells[f"first_at_fault.{name}"] = At("checks", row, 4)
        work_out(At("checks", row, 4), where, "name")
        answer.places.cells[f"checks.{name}"] = at
    put(At("checks", MASTER.row, 1), answer.text("check.master"), "strong")
    area = Area("checks", TOP + 1, 2, TOP + len(checks), 2)
    work_out(MASTER, f"SUM({answer.book.area(area, within='checks')})", "whole")
    _write_verdict(answer, VERDICT, MASTER)


def _write_verdict(answer: Answer, at: At, count: At) -> None:
    good, bad = answer.quoted("answer.good"), answer.quoted("answer.bad")
    answer.work_out_verdict(at, f"IF({answer.ref(count)}=0,{good},{bad})", "status")


def _checks(answer: Answer, yearly: Yearly) -> Mapping[str, Check]:
    """What is checked, in the order in which somebody can mend it."""
    parties, sharing = answer.sharing.parties, answer.sharing
    tolerance, net_value = answer.constant("tolerance"), answer.total("net_present_value")
    size = f"({answer.total('costs')}+ABS({answer.total('benefits')})+1)*{tolerance}"

    def differs(one: str, other: str) -> Check:
        return Check(f"IF(ABS({one}-({other}))<={size},0,1)")

    net = [answer.result(f"parties.{a}.net") for a in range(parties.actors)]
    domains = [answer.result(f"domains.{d}.net") for d in WORDS["domains"]]
    first, last = (sharing.result("transfers", a) for a in (0, parties.actors - 1))
    transfers = answer.book.area(Area(SHEET, first.row, first.column, last.row, last.column))
    horizon = f"{answer.constant('horizon')}>COLUMNS({yearly.area('year')})"
    return {
        "required": _required(answer),
        "horizon": Check(f"IF({horizon},1,0)", answer.quoted("forms.plan.horizon.label")),
        "kinds": _kinds(answer),
        "costs_shares": _shares(answer, "costs", "paid", "present"),
        "effects_shares": _shares(answer, "effects", "gets", "raw"),
        "numbers": _numbers(answer),
        "prices": _prices(answer),
        "indexed": _indexed(answer),
        "lines": _lines(answer),
        "actors_sum": differs("+".join(net), net_value),
        "domains_sum": differs("+".join(domains), net_value),
        "transfers_sum": differs(f"SUM({transfers})", "0"),
        "years_sum": differs(f"SUM({yearly.area('discounted')})", net_value),
        "answer": Check(f"IF(ISNUMBER({net_value}),0,1)"),
    }


def _required(answer: Answer) -> Check:
    """What is absent, and the first question without an answer."""
    fields = {key: answer.ref(answer.layout.field("plan", key)) for key in REQUIRED}
    where = '""'
    for key in reversed(REQUIRED):
        where = f'IF({fields[key]}="",{answer.quoted(f"forms.plan.{key}.label")},{where})'
    return Check("+".join(f'IF({field}="",1,0)' for field in fields.values()), where)


def _flagged(answer: Answer, block: str) -> tuple[str, str]:
    """How many lines of a block are at fault, and the place of the first one."""
    flags = answer.column(block, "is_at_fault")
    return f"SUM({flags})", f"MATCH(1,{flags},0)"


def _titled(answer: Answer, table: str, place: str) -> str:
    """The title of a row of a table, or else its code."""
    title, code = (f"INDEX({answer.input_column(table, k)},{place})" for k in ("title", "code"))
    return f'IF({title}="",T({code}),T({title}))'


def _shares(answer: Answer, table: str, block: str, value: str) -> Check:
    """Lines of which somebody has too little or too much."""
    sheet, tolerance = answer.sheet, answer.constant("tolerance")
    column = letters(FIRST_YEAR + answer.sharing.parties.society)
    faults = f"unshared_{table}"
    sheet.block(faults, answer.layout.rows[table], faults, ("is_at_fault",))
    for i in range(answer.layout.rows[table]):
        share = f"${column}{sheet.blocks[block].row(i)}"
        is_wrong = f"AND({sheet.scalar(table, value, i)}<>0,ABS({share}-1)>{tolerance})"
        sheet.write(faults, "is_at_fault", i, f"IF({is_wrong},1,0)")
    count, place = _flagged(answer, faults)
    return Check(count, _titled(answer, table, place))


def _prices(answer: Answer) -> Check:
    """Effects with a price that is on no list."""
    sheet, rows = answer.sheet, answer.layout.rows["effects"]
    sheet.block("unknown_prices", rows, "unknown_prices", ("is_at_fault",))
    for i in range(rows):
        name, found = (sheet.scalar("starts_of", key, i) for key in ("value_name", "value"))
        flag = f'IF(AND({name}<>"",{found}=0),1,0)'
        sheet.write("unknown_prices", "is_at_fault", i, flag)
    count, place = _flagged(answer, "unknown_prices")
    return Check(count, _titled(answer, "effects", place))


def _indexed(answer: Answer) -> Check:
    """Amounts that cannot be brought to the price level or the currency of the case."""
    blocks = {"costs": "costs", "transfers": "transfers", "starts_of": "effects"}
    flags = {block: answer.column(block, "unpriceable") for block in blocks}
    where = '""'
    for block, table in blocks.items():
        title = _titled(answer, table, f"MATCH(1,{flags[block]},0)")
        where = f"IFERROR({title},{where})"
    return Check("+".join(f"SUM({column})" for column in flags.values()), where)


def _kinds(answer: Answer) -> Check:
    """Parties of which nobody said what kind of party they are."""
    sheet, rows = answer.sheet, answer.layout.rows["actors"]
    sheet.block("kindless", rows, "kindless", ("is_at_fault",))
    for i in range(rows):
        title, kind = (sheet.cell("actors", key, i) for key in ("title", "kind"))
        sheet.write("kindless", "is_at_fault", i, f'IF(AND(T({title})<>"",T({kind})=""),1,0)')
    count, place = _flagged(answer, "kindless")
    return Check(count, _titled(answer, "actors", place))


def _lines(answer: Answer) -> Check:
    """Rows about a line that does not exist."""
    flags, lines = answer.column("bearing", "unknown"), answer.input_column("bearers", "line")
    return Check(f"SUM({flags})", f"T(INDEX({lines},MATCH(1,{flags},0)))")


def _numbers(answer: Answer) -> Check:
    """Texts where numbers belong, counted column by column."""
    sheet = answer.sheet
    columns = [(t.id, c.key) for t in TABLES for c in t.columns if c.kind == "number"]
    unknown = sheet.word("unknown", "unknown")
    scalars = ("texts", "is_at_fault", "column")
    block = sheet.block("texts_for_numbers", len(columns), "texts_for_numbers", scalars)
    for i, (table, key) in enumerate(columns):
        cells = sheet.table(table, key)
        texts = sheet.scalar("texts_for_numbers", "texts", i)
        name = f"{answer.text(f'tables.{table}.title')}: {_label(answer, table, key)}"
        answer.book.put(At(SHEET, block.row(i), block.scalars["column"]), name, "list")
        # a cell that waits for a suggestion holds an empty text
        count = f'SUMPRODUCT(ISTEXT({cells})*({cells}<>{unknown})*({cells}<>""))'
        sheet.write("texts_for_numbers", "texts", i, count)
        sheet.write("texts_for_numbers", "is_at_fault", i, f"IF({texts}=0,0,1)")
    _, place = _flagged(answer, "texts_for_numbers")
    names = answer.column("texts_for_numbers", "column")
    total = f"SUM({answer.column('texts_for_numbers', 'texts')})"
    return Check(total, f"INDEX({names},{place})")


def _label(answer: Answer, table: str, key: str) -> str:
    return answer.text(f"tables.{table}.columns.{key}.label")
