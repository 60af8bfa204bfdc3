"""The answer in one sentence, and what has to be known with it."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import PLAIN_WHAT_IF, WHAT_IF, At
from impactmonitor.report.workbook import apart, swing
from impactmonitor.report.workbook.account import UNKNOWN
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.calculation import FIRST_SCALAR, FIRST_YEAR, SHEET
from impactmonitor.report.workbook.checks import MASTER, VERDICT

NAME, SENTENCE, APART, SWING, UNSURE, WARNING, STATE, BASIS = (
    At("results", row, 1) for row in range(3, 11)
)
LINES = {NAME: 2, SENTENCE: 3, APART: 2, SWING: 2, UNSURE: 1, BASIS: 2}
"""Lines of text that these rows must have room for: they do not grow with what is typed later."""

LINE_HEIGHT, ANSWER_HEIGHT = 15.0, 18.0
SPOKEN = ("costs", "benefits", "difference", "worst", "best", "rate")
"""What the sentences name."""


def write_headline(answer: Answer) -> None:
    """The first lines of the results."""
    work_out, quoted = answer.book.work_out, answer.quoted
    for at, lines in LINES.items():
        height = ANSWER_HEIGHT if at in {NAME, SENTENCE} else LINE_HEIGHT
        answer.book.pages["results"].heights[at.row] = lines * height
    spoken = _write_spoken(answer)
    title = answer.ref(answer.layout.field("plan", "title"))
    work_out(NAME, f'IF({title}="",{quoted("answer.unnamed")},T({title}))', "answer")
    work_out(SENTENCE, _sentence(answer, spoken), "answer")
    work_out(APART, _apart(answer), "wide")
    work_out(SWING, _swing(answer, spoken), "wide")
    unknown = answer.ref(UNKNOWN)
    unsure = answer.sentence("answer.unsure", count=answer.spoken(unknown))
    work_out(UNSURE, f'IF({unknown}=0,"",{unsure})', "wide")
    plain = ",".join(f"{answer.ref(cell)}={PLAIN_WHAT_IF[name]}" for name, cell in WHAT_IF.items())
    warning = f'IF(AND({plain}),"",{quoted("answer.what_if_on")})'
    work_out(WARNING, warning, "strong")
    answer.work_out_verdict(STATE, verdict(answer))
    work_out(BASIS, _basis(answer, spoken), "intro")


def verdict(answer: Answer) -> str:
    """Whether all checks are in order, in words; of an empty workbook nobody asks that."""
    title = answer.ref(answer.layout.field("plan", "title"))
    is_empty = f'AND({title}="",{answer.total("costs")}=0,{answer.total("benefits")}=0)'
    found = f"IF({is_empty},{answer.quoted('answer.not_yet')},{answer.ref(VERDICT)})"
    return f'"{answer.text("check.master")}: "&{found}'


def _write_spoken(answer: Answer) -> dict[str, str]:
    """Cells with the amounts as the sentences say them, and the numbers behind them."""
    sheet, constant = answer.sheet, answer.constant
    ends = swing.write_swing(answer)
    rates = sheet.blocks["rates"]
    numbers = {
        **{name: answer.total(name) for name in ("costs", "benefits")},
        "difference": f"ABS({answer.total('net_present_value')})",
        **ends,
        "rate": f"{answer.ref(At(SHEET, rates.top, FIRST_YEAR))}*{constant('hundred')}",
    }
    block = sheet.block("spoken", len(SPOKEN), "spoken", ("amount", "text"))
    cells = {}
    for i, name in enumerate(SPOKEN):
        sheet.name_row("spoken", i, name)
        sheet.write("spoken", "amount", i, numbers[name])
        amount = sheet.scalar("spoken", "amount", i)
        money = f'{constant("currency")}&" "&{answer.spoken(amount)}'
        text = answer.spoken(amount, "1+1") if name == "rate" else money
        sheet.write("spoken", "text", i, f'IFERROR({text},"")')
        cells[name] = answer.ref(At(SHEET, block.row(i), block.scalars["text"]))
    for end in swing.ENDS:
        at = At(SHEET, block.row(SPOKEN.index(end)), FIRST_SCALAR)
        answer.places.cells[f"swing.{end}"] = at
    return cells


def _sentence(answer: Answer, spoken: dict[str, str]) -> str:
    """Who gains, and how much; or what is left to do."""
    costs, benefits, net = (answer.total(n) for n in ("costs", "benefits", "net_present_value"))
    is_partly = f"{apart.count_of(answer, *apart.TABLES)}>0"

    def said(key: str) -> str:
        whole, partly = (answer.sentence(f"answer.{k}", **spoken) for k in (key, f"{key}_partly"))
        return f"IF({is_partly},{partly},{whole})"

    even = f"ABS({net})<={answer.constant('even')}*MAX(ABS({costs}),ABS({benefits}))"
    sentence = f"IF({even},{said('even')},IF({net}>0,{said('gain')},{said('loss')}))"
    is_empty = f"AND({costs}=0,{benefits}=0)"
    is_wrong = f"{answer.ref(MASTER)}>0"
    nothing, wrong = (answer.quoted(f"answer.{key}") for key in ("nothing", "wrong"))
    whole = f"IF({is_empty},{nothing},IF({is_wrong},{wrong},{sentence}))"
    return f"IFERROR({whole},{wrong})"


def _apart(answer: Answer) -> str:
    """How many effects are not in money, and of how many costs nobody knows the amount."""
    counts, said = [], []
    for key, tables in (("apart", ("unpriced", "effects")), ("costs_unknown", ("costs",))):
        count = apart.count_of(answer, *tables)
        one = answer.quoted(f"answer.{key}_one")
        many = answer.sentence(f"answer.{key}", count=answer.spoken(count))
        counts.append(f"{count}>0")
        said.append(f'IF({count}=0,"",IF({count}=1,{one},{many}))')
    return f'{said[0]}&IF(AND({",".join(counts)})," ","")&{said[1]}'


def _swing(answer: Answer, spoken: dict[str, str]) -> str:
    """The net value when all ranges disappoint, and when all are a windfall."""
    shown = answer.sentence("answer.swing", **spoken)
    unclear = answer.quoted("answer.swing_unclear")
    is_ranged, is_unclear = (
        f"{swing.count_of(answer, name)}>0" for name in ("is_ranged", "is_unclear")
    )
    whole = f'IF({is_unclear},{unclear},IF({is_ranged},{shown},""))'
    return f'IFERROR(IF({answer.ref(MASTER)}>0,"",{whole}),"")'


def _basis(answer: Answer, spoken: dict[str, str]) -> str:
    """In which prices amounts are, how what comes later counts, and how far the work is."""
    year = answer.constant("price_year")
    status = answer.ref(answer.layout.field("plan", "about.status"))
    basis = answer.sentence("answer.basis", year=year)
    later = answer.sentence("answer.later", rate=spoken["rate"])
    state = answer.sentence("answer.status", status=status)
    prices = f'IF({year}=0,"",{basis}&" "&{later})'
    space = f'IF(OR({year}=0,{status}=""),""," ")'
    return f'{prices}&{space}&IF({status}="","",{state})'
