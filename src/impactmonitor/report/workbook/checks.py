"""The sheet that adds up the same money in different ways."""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor.intake.workbook.layout import TABLES, At
from impactmonitor.intake.workbook.words import WORDS
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.book import Area
from impactmonitor.report.workbook.calculation import SHEET
from impactmonitor.report.workbook.yearly import Yearly

MASTER = At("checks", 4, 2)
VERDICT = At("checks", 4, 3)
TOP = 6


def write_checks(answer: Answer, yearly: Yearly) -> None:
    """Every check with the number of mistakes, and all of them together."""
    answer.heading("checks")
    put, work_out = answer.book.put, answer.book.work_out
    answer.book.pages["checks"].widths |= {1: 74.0, 2: 14.0, 3: 16.0}
    for i, key in enumerate(("check", "found", "outcome")):
        style = "number_head" if key == "found" else "head"
        put(At("checks", TOP, 1 + i), answer.text(f"check.{key}"), style)
    formulas = _formulas(answer, yearly)
    for row, (name, formula) in enumerate(formulas.items(), start=TOP + 1):
        put(At("checks", row, 1), answer.text(f"check.{name}"), "paragraph")
        at = work_out(At("checks", row, 2), f"IFERROR({formula},1)", "whole")
        _write_verdict(answer, At("checks", row, 3), at)
        answer.places.cells[f"checks.{name}"] = at
    put(At("checks", MASTER.row, 1), answer.text("check.master"), "strong")
    area = Area("checks", TOP + 1, 2, TOP + len(formulas), 2)
    work_out(MASTER, f"SUM({answer.book.area(area, within='checks')})", "whole")
    _write_verdict(answer, VERDICT, MASTER)


def _write_verdict(answer: Answer, at: At, count: At) -> None:
    good, bad = answer.quoted("answer.good"), answer.quoted("answer.bad")
    answer.work_out_verdict(at, f"IF({answer.ref(count)}=0,{good},{bad})", "status")


def _formulas(answer: Answer, yearly: Yearly) -> Mapping[str, str]:
    """How many mistakes there are of each kind."""
    parties, sharing = answer.sharing.parties, answer.sharing
    keys = ("title", "base_year", "horizon", "price_year", "currency")
    fields = [answer.ref(answer.layout.field("plan", key)) for key in keys]
    tolerance, net_value = answer.constant("tolerance"), answer.total("net_present_value")
    size = f"({answer.total('costs')}+ABS({answer.total('benefits')})+1)*{tolerance}"

    def unequal(block: str, values: str) -> str:
        shares = answer.of_party(block, parties.society)
        return f"SUMPRODUCT(({values}<>0)*(ABS({shares}-1)>{tolerance}))"

    def differs(one: str, other: str) -> str:
        return f"IF(ABS({one}-({other}))<={size},0,1)"

    net = [answer.result(f"parties.{a}.net") for a in range(parties.actors)]
    domains = [answer.result(f"domains.{d}.net") for d in WORDS["domains"]]
    first, last = (sharing.result("transfers", a) for a in (0, parties.actors - 1))
    transfers = answer.book.area(Area(SHEET, first.row, first.column, last.row, last.column))
    unknown = answer.ref(answer.sheet.lists.cell("unknown", "word", 0))
    numbers = [
        answer.input_column(t.id, c.key) for t in TABLES for c in t.columns if c.kind == "number"
    ]
    named, found = (answer.column("starts_of", key) for key in ("value_name", "value"))
    return {
        "required": "+".join(f'IF({f}="",1,0)' for f in fields),
        "horizon": f"IF({answer.constant('horizon')}>COLUMNS({yearly.area('year')}),1,0)",
        "costs_shares": unequal("paid", answer.column("costs", "present")),
        "effects_shares": unequal("gets", answer.column("effects", "raw")),
        "numbers": "+".join(f"SUMPRODUCT(ISTEXT({n})*({n}<>{unknown}))" for n in numbers),
        "prices": f'SUMPRODUCT(({named}<>"")*({found}=0))',
        "lines": f"SUM({answer.column('bearing', 'unknown')})",
        "actors_sum": differs("+".join(net), net_value),
        "domains_sum": differs("+".join(domains), net_value),
        "transfers_sum": differs(f"SUM({transfers})", "0"),
        "years_sum": differs(f"SUM({yearly.area('discounted')})", net_value),
        "answer": f"IF(ISNUMBER({net_value}),0,1)",
    }
