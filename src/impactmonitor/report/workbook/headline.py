"""The answer in one sentence, and what has to be known with it."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import PLAIN_WHAT_IF, WHAT_IF, At
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.checks import MASTER, VERDICT

SENTENCE = At("results", 4, 1)


def write_headline(answer: Answer) -> None:
    """The first lines of the results."""
    work_out, quoted = answer.book.work_out, answer.quoted
    work_out(SENTENCE, _sentence(answer), "answer")
    apart = _apart(answer)
    one, many = quoted("answer.apart_one"), quoted("answer.apart")
    counted = f'IF({apart}=0,"",FIXED({apart},0)&" "&IF({apart}=1,{one},{many}))'
    work_out(At("results", 5, 1), counted, "wide")
    plain = ",".join(f"{answer.ref(cell)}={PLAIN_WHAT_IF[name]}" for name, cell in WHAT_IF.items())
    warning = f'IF(AND({plain}),"",{quoted("answer.what_if_on")})'
    work_out(At("results", 6, 1), warning, "strong")
    year = answer.constant("price_year")
    basis = f'IF({year}=0,"",{quoted("answer.basis")}&" "&{year}&".")'
    work_out(At("results", 7, 1), basis, "note")
    answer.work_out_verdict(At("results", 8, 1), verdict(answer))
    status = answer.ref(answer.layout.field("plan", "about.status"))
    state = f'IF({status}="","",{quoted("answer.status")}&" "&{status})'
    work_out(At("results", 9, 1), state, "note")


def verdict(answer: Answer) -> str:
    """Whether all checks are in order, in words; of an empty workbook nobody asks that."""
    title = answer.ref(answer.layout.field("plan", "title"))
    is_empty = f'AND({title}="",{answer.total("costs")}=0,{answer.total("benefits")}=0)'
    found = f"IF({is_empty},{answer.quoted('answer.not_yet')},{answer.ref(VERDICT)})"
    return f'"{answer.text("check.master")}: "&{found}'


def _sentence(answer: Answer) -> str:
    """Who gains, and how much; or what is left to do."""
    costs, benefits, net = (answer.total(n) for n in ("costs", "benefits", "net_present_value"))
    currency = answer.constant("currency")

    def money(number: str) -> str:
        return f'{currency}&" "&FIXED({number},0)'

    t = {k: answer.quoted(f"answer.{k}")
         for k in ("gain", "loss", "even", "nothing", "wrong", "of_costs", "of_benefits")}  # fmt: skip
    even = f"ABS({net})<={answer.constant('even')}*MAX(ABS({costs}),ABS({benefits}))"
    parts = (
        f"IF({even},{t['even']},IF({net}>0,{t['gain']},{t['loss']}))",
        money(costs), t["of_costs"], money(benefits), t["of_benefits"], money(f"ABS({net})"),
    )  # fmt: skip
    sentence = '&" "&'.join(parts) + '&"."'
    is_empty = f"AND({costs}=0,{benefits}=0)"
    is_wrong = f"{answer.ref(MASTER)}>0"
    whole = f"IF({is_empty},{t['nothing']},IF({is_wrong},{t['wrong']},{sentence}))"
    return f"IFERROR({whole},{t['wrong']})"


def _apart(answer: Answer) -> str:
    """How many effects are not in money."""
    titles = answer.input_column("unpriced", "title")
    effects = answer.input_column("effects", "title")
    monetised = answer.column("starts_of", "monetised")
    return f'COUNTA({titles})+SUMPRODUCT(({effects}<>"")*(1-{monetised}))'
