"""What counts but is not in money: by name, with its size and who notices it."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At, letters
from impactmonitor.intake.workbook.words import WORDS
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area
from impactmonitor.report.workbook.calculation import SHEET, Sheet
from impactmonitor.report.workbook.parties import domain_top

MORE_ROWS = 20
"""Rows for what stands on other sheets than the one for effects that are not in money."""

COLUMNS = {"name": "name", "size": "amount", "unit": "origin", "noticed": "name"}
"""What a row shows, and the style of its cell."""

TABLES = ("unpriced", "effects", "costs")
"""Where they come from, in the order in which they are shown."""

SCALARS = ("is_apart", "rank", "name", "size", "unit", "who", "noticed")


def apart_top(answer: Answer) -> int:
    """Row of the title."""
    return domain_top(answer) + len(WORDS["domains"]) + 3


def apart_rows(answer: Answer) -> int:
    """How many rows there are."""
    return answer.layout.rows["unpriced"] + MORE_ROWS


def write_apart(answer: Answer) -> None:
    """Those that are filled in, one below the other."""
    sheet, rows = answer.sheet, answer.layout.rows
    sheet.block("apart", sum(rows[table] for table in TABLES), "apart", SCALARS)
    i = 0
    for table in TABLES:
        for row in range(rows[table]):
            _write_line(sheet, table, row, i)
            _write_name(answer, table, row, i)
            i += 1
    top, count = apart_top(answer), apart_rows(answer)
    put, work_out = answer.book.put, answer.book.work_out
    put(At("results", top, 1), answer.text("apart.title"), "section")
    for column, key in enumerate(COLUMNS, start=1):
        style = "number_head" if key == "size" else "head"
        put(At("results", top + 1, column), answer.text(f"apart.{key}"), style)
    block = sheet.block("apart_in_order", count, "apart_in_order", ("number", "place"))
    for i in range(count):
        put(At(SHEET, block.row(i), block.scalars["number"]), i + 1, "number")
        number = sheet.scalar("apart_in_order", "number", i)
        found = f"IFERROR(MATCH({number},{sheet.scalars('apart', 'rank')},0),0)"
        sheet.write("apart_in_order", "place", i, found)
        place = answer.prefix + sheet.scalar("apart_in_order", "place", i)
        for column, (key, style) in enumerate(COLUMNS.items(), start=1):
            whole = f"INDEX({answer.column('apart', key)},{place})"
            at = At("results", top + 2 + i, column)
            work_out(at, f'IF({place}=0,"",{whole})', style)
            answer.places.cells[f"apart.{i}.{key}"] = at
    more = f"MAX({answer.column('apart', 'rank')})-ROWS({_of_rows(answer, top + 2, count)})"
    sentence = answer.sentence("apart.more", count=answer.spoken(more))
    work_out(At("results", top + 2 + count, 1), f'IF({more}<=0,"",{sentence})', "note")


def _of_rows(answer: Answer, first: int, count: int) -> str:
    return answer.book.area(Area("results", first, 1, first + count - 1, 1), within="results")


def count_of(answer: Answer, *tables: str) -> str:
    """How many rows of some neighbouring tables stand apart."""
    block, rows = answer.sheet.blocks["apart"], answer.layout.rows
    before = sum(rows[t] for t in TABLES[: TABLES.index(tables[0])])
    column = block.scalars["is_apart"]
    last = block.row(before + sum(rows[t] for t in tables) - 1)
    return f"SUM({answer.book.area(Area(SHEET, block.row(before), column, last, column))})"


def _write_line(sheet: Sheet, table: str, row: int, i: int) -> None:
    """Whether a line stands apart, and what is said of it."""
    code, title = (sheet.cell(table, key, row) for key in ("code", "title"))
    unknown = sheet.word("unknown", "unknown")
    if table == "costs":
        amount = sheet.cell(table, "amount", row)
        is_apart = f"{amount}={unknown}"
        size, unit = f"T({unknown})", sheet.constant("currency")
        who = f"T({sheet.cell(table, 'paid_by', row)})"
        line = sheet.scalar("costs", "line", row)
    else:
        start = row if table == "effects" else sheet.layout.rows["effects"] + row
        number, factors, line, by_year = (
            sheet.scalar("starts_of", key, start)
            for key in ("number", "factors", "line", "by_year")
        )
        quantity = sheet.cell(table, "quantity", row)
        size = f'IF({by_year}>0,"",IF(ISNUMBER({quantity}),{number}*{factors},T({quantity})))'
        if table == "effects":
            monetised = sheet.scalar("starts_of", "monetised", start)
            is_apart = f'AND({monetised}=0,OR({title}<>"",T({code})<>""))'
            per_person = sheet.cell(table, "per_person", row)
            size = f"IF({per_person}={unknown},T({unknown}),{size})"
            unit, who = sheet.scalar("starts_of", "unit", start), '""'
        else:
            is_apart = f'OR({title}<>"",{quantity}<>"")'
            unit = f"T({sheet.cell(table, 'unit', row)})"
            who = f"T({sheet.cell(table, 'falls_to', row)})"
    block = sheet.blocks["apart"]
    column = f"${letters(block.scalars['rank'])}"
    above = f"{column}${block.top - 1}:{column}{block.row(i) - 1}"
    flag = sheet.scalar("apart", "is_apart", i)
    sheet.write("apart", "is_apart", i, f"IF({is_apart},1,0)")
    sheet.write("apart", "rank", i, f"IF({flag}=1,MAX({above})+1,0)")
    sheet.write("apart", "size", i, f'IF({flag}=0,"",{size})')
    sheet.write("apart", "unit", i, f'IF({flag}=0,"",{unit})')
    lines, actors = sheet.numbers("bearers", "line"), sheet.table("bearers", "actor")
    first = f"INDEX({actors},MATCH({line},{lines},0))"
    listed = f'IF({line}=0,"",IFERROR(T({first}),""))'
    sheet.write("apart", "who", i, f'IF({flag}=0,"",IF({who}<>"",{who},{listed}))')
    _write_noticed(sheet, line, i)


def _write_noticed(sheet: Sheet, line: str, i: int) -> None:
    """The title of the party, and whether it is not the only one."""
    who = sheet.scalar("apart", "who", i)
    codes, titles = (sheet.table("actors", key) for key in ("code", "title"))
    title = f"T(INDEX({titles},MATCH({who},{codes},0)))"
    name = f'IFERROR(IF({title}="",{who},{title}),{who})'
    times = f"COUNTIF({sheet.numbers('bearers', 'line')},{line})"
    more = f'IF({line}=0,"",IF({times}>1,"+",""))'
    sheet.write("apart", "noticed", i, f'IF({who}="","",{name}&{more})')


def _write_name(answer: Answer, table: str, row: int, i: int) -> None:
    """The name of a line; of a cost it says that it is one."""
    sheet = answer.sheet
    code, title = (sheet.cell(table, key, row) for key in ("code", "title"))
    unnamed = answer.quoted("apart.unnamed")
    name = f'IF({title}<>"",T({title}),IF(T({code})<>"",T({code}),{unnamed}))'
    if table == "costs":
        name = answer.sentence("apart.cost", name=name)
    flag = sheet.scalar("apart", "is_apart", i)
    sheet.write("apart", "name", i, f'IF({flag}=0,"",{name})')
