"""A copy of the ranges in a workbook: a simulation holds only as long as they stay the same.

Other ranges can leave every total as it is, so totals do not tell.
"""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area, Scalar
from impactmonitor.report.workbook.rows import Rows

TABLES = {
    "uncertain": ("path", "kind", "a", "b", "c"),
    "effects": ("code", "low", "high"),
    "correlations": ("first", "second", "rho"),
}
"""Tables with ranges, and the columns that are copied."""
NAMES = frozenset({"path", "code", "first"})
"""Columns that do not make a row a range by themselves."""
FLAG = 6


def write_ranges(rows: Rows) -> str:
    """Copy all ranges, each with whether it is still the same.

    Parameters
    ----------
    rows : Rows
        Where the next row goes.

    Returns
    -------
    str
        A formula for whether all are, and no other has come.
    """
    answer = rows.answer
    rows.section("ranges")
    places = [(table, i) for table in TABLES for i in _filled(answer, table)]
    counts = "+".join(_count(answer, table) for table in TABLES)
    if not places:
        rows.sentence(answer.text("computed.no_ranges"))
        return f"{counts}=0"
    rows.sentence(answer.text("computed.ranges_about"))
    rows.heads("computed.range", "computed.kind", "computed.first", "computed.second",
               "computed.third", "computed.unchanged")  # fmt: skip
    top = rows.row + 1
    stored = 0
    for table, i in places:
        rows.row += 1
        stored += _copy(rows, table, i)
    flags = answer.book.area(Area("computed", top, FLAG, rows.row, FLAG))
    return f"AND(SUM({flags})={len(places)},{counts}={stored})"


def _value(answer: Answer, at: At) -> Scalar:
    """What is filled in."""
    cell = answer.book.pages[at.sheet].cells.get((at.row, at.column))
    return None if cell is None or cell.formula is not None else cell.value


def _filled(answer: Answer, table: str) -> list[int]:
    """The rows of a table in which a range stands."""
    keys = [key for key in TABLES[table] if key not in NAMES]
    return [
        i
        for i in range(answer.layout.rows[table])
        if any(_value(answer, answer.layout.cell(table, key, i)) is not None for key in keys)
    ]


def _count(answer: Answer, table: str) -> str:
    """How many cells with ranges are filled in now."""
    keys = [key for key in TABLES[table] if key not in NAMES]
    areas = ",".join(answer.input_column(table, key) for key in keys)
    return f"COUNTA({areas})"


def _copy(rows: Rows, table: str, index: int) -> int:
    """One range with its copy; returns how many of its cells are filled."""
    answer, keys = rows.answer, TABLES[table]
    first = 1 if table == "uncertain" else 0
    same, filled = [], 0
    for place, key in enumerate(keys):
        at = answer.layout.cell(table, key, index)
        value = _value(answer, at)
        is_name = key in NAMES
        filled += value is not None and not is_name
        column = place + 1 if first or place == 0 else place + 2
        copy = rows.put(column, value, "name" if is_name or key == "kind" else "number")
        same.append(f"{answer.ref(at)}={answer.ref(copy)}")
    rows.work_out(FLAG, f"IF(AND({','.join(same)}),1,0)", "number")
    return filled
