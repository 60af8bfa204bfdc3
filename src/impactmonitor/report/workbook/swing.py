"""What society's net value becomes when all ranges of the effects turn out low, or high.

Exactly what the engine finds with those numbers: a number that is multiplied multiplies the
value of its effect in every year. Only the correction for optimism changes sides when the number
changes sign; without that correction the value in every year is the quantity times its worth.
"""

from __future__ import annotations

from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.calculation import Sheet
from impactmonitor.report.workbook.flows import overlap_scale

ENDS = ("worst", "best")
SCALARS = (
    "base", "is_ranged", "is_unclear", "plain", "at_low", "at_high",
    "worst", "best", "worst_scale", "best_scale",
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
    number, kept, monetised, by_year, factor = (
        sheet.scalar("starts_of", key, i)
        for key in ("number", "kept", "monetised", "by_year", "factor")
    )
    sheet.write("swing", "base", i, f'IF({own}="",IF({by_year}>0,0,{number}),N({own}))')
    is_given = f'AND({monetised}=1,OR({low}<>"",{high}<>""))'
    is_whole = f"AND(ISNUMBER({low}),ISNUMBER({high}),{s['base']}<>0)"
    sheet.write("swing", "is_ranged", i, f"IF({is_given},IF({is_whole},1,0),0)")
    sheet.write("swing", "is_unclear", i, f"IF({is_given},1-{s['is_ranged']},0)")
    quantities, worth = (sheet.all_years(block, i) for block in ("quantities", "worth"))
    factors = f"INDEX({sheet.whole('factors')},{factor},0)"
    total = f"SUMPRODUCT({quantities},{worth},{factors},{sheet.all_years('within', 0)})"
    sheet.write("swing", "plain", i, f"IF({s['is_ranged']}=0,0,{kept}*{total})")
    turned = f"({s['plain']}+{s['plain']}-{raw})"
    for end, cell in (("at_low", low), ("at_high", high)):
        times = f"{cell}/{s['base']}"
        value = f"{times}*IF({times}>=0,{raw},{turned})"
        sheet.write("swing", end, i, f"IF({s['is_ranged']}=0,{raw},{value})")
    for end, function in zip(ENDS, ("MIN", "MAX"), strict=True):
        sheet.write("swing", end, i, f"{function}({s['at_low']},{s['at_high']})")
