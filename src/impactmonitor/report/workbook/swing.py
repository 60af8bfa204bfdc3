"""What society's net value becomes when all ranges of the effects turn out low, or high.

Exactly what the engine finds with those numbers, as in a simulation: a number that is multiplied
multiplies the value of its effect in every year. On which side optimism is corrected is decided
by the expected number, and does not change with it.
"""

from __future__ import annotations

from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.calculation import Sheet
from impactmonitor.report.workbook.flows import overlap_scale

ENDS = ("worst", "best")
SCALARS = (
    "base", "is_ranged", "is_unclear", "worst", "best", "worst_scale", "best_scale",
)  # fmt: skip


def write_swing(answer: Answer) -> dict[str, str]:
    """Each effect at both ends; returns formulas for society's net value there."""
    sheet, rows = answer.sheet, answer.layout.rows["effects"]
    sheet.block("swing", rows, "swing", SCALARS)
    for i in range(rows):
        _write_ends(sheet, i)
        for end in ENDS:
            scale = overlap_scale(sheet, i, "swing", end)
            sheet.write("swing", f"{end}_scale", i, scale)
    return {
        end: f"SUMPRODUCT({answer.no_transfer},{answer.column('swing', end)},"
        f"{answer.column('swing', f'{end}_scale')})-{answer.total('costs')}"
        for end in ENDS
    }


def count_of(answer: Answer, name: str) -> str:
    """How many effects have a range, or one that says too little."""
    return f"SUM({answer.column('swing', name)})"


def _write_ends(sheet: Sheet, i: int) -> None:
    """The value of an effect before overlap, with each of the two numbers in place of its own."""
    low, high, own = (sheet.cell("effects", key, i) for key in ("low", "high", "per_person"))
    s = {key: sheet.scalar("swing", key, i) for key in SCALARS}
    raw = sheet.scalar("effects", "raw", i)
    number, monetised, by_year = (
        sheet.scalar("starts_of", key, i) for key in ("number", "monetised", "by_year")
    )
    sheet.write("swing", "base", i, f'IF({own}="",IF({by_year}>0,0,{number}),N({own}))')
    is_given = f'AND({monetised}=1,OR({low}<>"",{high}<>""))'
    is_whole = f"AND(ISNUMBER({low}),ISNUMBER({high}),{s['base']}<>0)"
    sheet.write("swing", "is_ranged", i, f"IF({is_given},IF({is_whole},1,0),0)")
    sheet.write("swing", "is_unclear", i, f"IF({is_given},1-{s['is_ranged']},0)")
    ends = ",".join(f"{raw}*{cell}/{s['base']}" for cell in (low, high))
    for end, function in zip(ENDS, ("MIN", "MAX"), strict=True):
        value = f"{function}({ends})"
        sheet.write("swing", end, i, f"IF({s['is_ranged']}=0,{raw},{value})")
