"""The tables of what each party and each kind of value has of the costs and the benefits."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At, letters
from impactmonitor.intake.workbook.words import WORDS
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.calculation import FIRST_YEAR, SHEET
from impactmonitor.report.workbook.totals import EXPLAINED, EXPLAINED_TOP

PARTY_COLUMNS = (
    "costs", "benefits", "transfers_received", "transfers_paid", "net", "cash_net",
    "benefits_confirmed", "benefit_cost_ratio",
)  # fmt: skip
PARTY_TOP = EXPLAINED_TOP + len(EXPLAINED) + 5
"""Row of the first party."""


def write_parties(answer: Answer) -> None:
    """A row for each actor, each perspective and society."""
    top, put = PARTY_TOP - 2, answer.book.put
    put(At("results", top - 1, 1), answer.text("parties.title"), "section")
    put(At("results", top, 1), answer.text("parties.intro"), "intro")
    put(At("results", top + 1, 1), answer.text("parties.party"), "head")
    for i, name in enumerate(PARTY_COLUMNS):
        put(At("results", top + 1, 2 + i), answer.text(f"parties.{name}"), "number_head")
    area = (PARTY_TOP, 2, PARTY_TOP + answer.sharing.parties.count - 1, 1 + len(PARTY_COLUMNS))
    answer.book.pages["results"].quiet.append(area)
    parties, sharing = answer.sharing.parties, answer.sharing
    for party in range(parties.count):
        row = PARTY_TOP + party
        if party < parties.actors:
            answer.name_actor("results", row, party)
        elif party == parties.society:
            put(At("results", row, 1), answer.text("parties.society"), "strong")
        else:
            name_of = At(SHEET, answer.sheet.blocks["parties"].top, FIRST_YEAR + party)
            answer.book.work_out(At("results", row, 1), f"T({answer.ref(name_of)})", "name")
        for i, name in enumerate(PARTY_COLUMNS):
            style = "ratio" if name == "benefit_cost_ratio" else "money"
            found = answer.ref(sharing.result(name, party))
            at = answer.book.work_out(At("results", row, 2 + i), found, style)
            answer.places.cells[f"parties.{party}.{name}"] = at
        answer.places.cells[f"parties.{party}.transfers"] = sharing.result("transfers", party)
    _name_results(answer)


def _name_results(answer: Answer) -> None:
    """Names of cells by which programs find the results of each actor of the case."""
    for actor in range(answer.sharing.parties.actors):
        name = answer.id_of("actors", actor)
        if name is not None:
            for prefix, result in (("im_net", "net"), ("im_cash", "cash_net")):
                at = answer.places.cells[f"parties.{actor}.{result}"]
                answer.book.names[f"{prefix}_{name.replace('-', '_')}"] = at


def domain_top(answer: Answer) -> int:
    """Row of the heads of the table with kinds of value."""
    return PARTY_TOP + answer.sharing.parties.count + 2


def write_domains(answer: Answer) -> None:
    """A row for each kind of value."""
    top = domain_top(answer)
    put, work_out = answer.book.put, answer.book.work_out
    put(At("results", top - 1, 1), answer.text("domains.title"), "section")
    heads = ("domains.domain", "parties.costs", "parties.benefits", "parties.net")
    for i, key in enumerate(heads):
        put(At("results", top, 1 + i), answer.text(key), "number_head" if i else "head")
    of_costs, of_effects = _domain_of_lines(answer)
    present = {block: answer.column(block, "present") for block in ("costs", "effects")}
    burden = f"SUMPRODUCT({answer.column('costs', 'burden')},{present['costs']})"
    for i, domain in enumerate(WORDS["domains"]):
        row = top + 1 + i
        word = answer.ref(answer.sheet.lists.cell("domains", "word", i))
        work_out(At("results", row, 1), f"T({word})", "name")
        cost = f"SUMPRODUCT(({of_costs}={word})*{present['costs']})"
        cost += f"+{burden}" if domain == "economic" else ""
        gain = f"SUMPRODUCT(({of_effects}={word})*{answer.no_transfer}*{present['effects']})"
        cells = [At("results", row, 2 + k) for k in range(3)]
        net = f"{answer.ref(cells[1])}-{answer.ref(cells[0])}"
        names = ("costs", "benefits", "net")
        for at, name, formula in zip(cells, names, (cost, gain, net), strict=True):
            answer.places.cells[f"domains.{domain}.{name}"] = work_out(at, formula, "money")


def _domain_of_lines(answer: Answer) -> tuple[str, str]:
    """The kind of value of each cost and of each effect: their own, or the usual one."""
    sheet = answer.sheet
    costs, effects = sheet.layout.rows["costs"], sheet.layout.rows["effects"]
    block = sheet.block("domains", costs + effects, "domains", ("domain",))
    words, domains = sheet.list("domains", "word"), sheet.list("domains", "code")
    for i in range(block.rows):
        if i < costs:
            cell = sheet.cell("costs", "domain", i)
            usual = sheet.word("domains", "economic")
        else:
            cell = sheet.cell("effects", "domain", i - costs)
            found = sheet.scalar("starts_of", "indicator", i - costs)
            of_indicator = f"INDEX({sheet.list('indicators', 'domain')},{found})"
            usual = f'IF({found}=0,"",INDEX({words},MATCH({of_indicator},{domains},0)))'
        sheet.write("domains", "domain", i, f'IF(T({cell})="",{usual},T({cell}))')
    column, split = letters(block.scalars["domain"]), block.top + costs

    def rows(first: int, last: int) -> str:
        return f"{answer.prefix}${column}${first}:${column}${last}"

    return rows(block.top, split - 1), rows(split, block.top + block.rows - 1)
