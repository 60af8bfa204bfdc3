"""The blocks of the calculation sheet that divide values over parties, and society's own rows.

A column of these blocks is a party: the actors, the perspectives of the case, and society.
"""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor.intake.workbook.layout import At, letters
from impactmonitor.report.workbook.book import Area
from impactmonitor.report.workbook.calculation import (
    FIRST_YEAR,
    OF_SOCIETY,
    SHEET,
    TIMES,
    Sheet,
    number_of,
)
from impactmonitor.report.workbook.keeping import KEPT_RESULTS, Keeping

PERSPECTIVES = 4
"""Perspectives that a blank workbook has room for, beside society."""


@dataclass(frozen=True, slots=True)
class Parties:
    """How many columns there are, and of what."""

    actors: int
    perspectives: int

    @property
    def count(self) -> int:
        """Actors, perspectives and society."""
        return self.actors + self.perspectives + 1

    @property
    def society(self) -> int:
        """The index of society, the last party."""
        return self.count - 1


class Sharing:
    """Writes the blocks that say who bears what."""

    def __init__(self, sheet: Sheet, perspectives: int, keeping: Keeping | None = None) -> None:
        self.sheet, self.keeping = sheet, keeping
        self.parties = Parties(sheet.layout.rows["actors"], max(PERSPECTIVES, perspectives))
        self._parties()
        self._bearers()
        self._members()
        self._costs()
        self._effects()
        self._transfers()
        if keeping is not None and keeping.leaving:
            self._kept(keeping)
        self._weights()
        self._results()

    # addresses --------------------------------------------------------------------------------

    def of_party(self, block: str, party: int) -> str:
        """The shares of one party in all lines of a block."""
        return self.sheet.of_year(block, FIRST_YEAR + party)

    def result(self, name: str, party: int) -> At:
        """A result of a party."""
        row = self.sheet.blocks["results"].row(RESULTS.index(name))
        return At(SHEET, row, FIRST_YEAR + party)

    def _of_actors(self, block: str, index: int, fix: str = "c") -> str:
        """One row of a block, the columns of all actors; the row moves along unless it is fixed."""
        row = self.sheet.blocks[block].row(index)
        area = Area(SHEET, row, FIRST_YEAR, row, FIRST_YEAR + self.parties.actors - 1)
        return self.sheet.book.area(area, within=SHEET, fix=fix)

    def _put(self, block: str, index: int, party: int, formula: str) -> None:
        row = self.sheet.blocks[block].row(index)
        self.sheet.book.work_out(At(SHEET, row, FIRST_YEAR + party), formula, "calculation")

    def _actor(self, party: int) -> str:
        """The cell with the code of an actor, above its column."""
        return f"{letters(FIRST_YEAR + party)}${self.sheet.blocks['parties'].top}"

    def _number(self, party: int) -> str:
        """The cell with the number of its code, above its column."""
        return f"{letters(FIRST_YEAR + party)}${self.sheet.blocks['parties'].row(2)}"

    # blocks -----------------------------------------------------------------------------------

    def _parties(self) -> None:
        """Codes and kinds of the parties above their columns."""
        sheet, groups = self.sheet, self.sheet.layout.rows["groups"]
        sheet.block("ranks", groups, "ranks", ("rank",))
        for i in range(groups):
            kind, word = sheet.cell("groups", "kind", i), sheet.word("group_kinds", "perspective")
            kinds = _one_sheet(f"{sheet.table('groups', 'kind', 0, 0).partition(':')[0]}:{kind}")
            numbers = sheet.blocks["groups_numbers"]
            code = f"${letters(numbers.scalars['code'])}"
            codes = f"{code}${numbers.top}:{code}{numbers.row(i)}"
            block = sheet.blocks["ranks"]
            column = f"${letters(block.scalars['rank'])}"
            above = f"{column}${block.top - 1}:{column}{block.row(i) - 1}"
            number = sheet.scalar("groups_numbers", "code", i)
            is_new = f"AND({kind}={word},COUNTIFS({kinds},{word},{codes},{number})=1)"
            sheet.write("ranks", "rank", i, f"IF({is_new},MAX({above})+1,0)")
        sheet.block("parties", 3, "parties")
        ranks = sheet.scalars("ranks", "rank")
        for party in range(self.parties.actors):
            self._put("parties", 0, party, f"T({sheet.cell('actors', 'code', party)})")
            kind = f"T({sheet.cell('actors', 'kind', party)})"
            label = f"MATCH({kind},{sheet.list('kinds', 'label')},0)"
            of_label = f"INDEX({sheet.list('kinds')},{label})"
            self._put("parties", 1, party, f"IFERROR({of_label},{kind})")
            number = number_of(self._actor(party), sheet.list("actors"))
            self._put("parties", 2, party, number)
        for k in range(self.parties.perspectives):
            code = f"INDEX({sheet.table('groups', 'code')},MATCH({k + 1},{ranks},0))"
            order = sheet.book.put(At(SHEET, sheet.blocks["parties"].row(1),
                                      FIRST_YEAR + self.parties.actors + k), k + 1, "number")  # fmt: skip
            code = code.replace(f"MATCH({k + 1},", f"MATCH({sheet.book.ref(order, within=SHEET)},")
            self._put("parties", 0, self.parties.actors + k, f'IFERROR({code},"")')
            number = code.replace(sheet.table("groups", "code"), sheet.numbers("groups", "code"), 1)
            self._put("parties", 2, self.parties.actors + k, f"IFERROR({number},0)")
        sheet.book.put(At(SHEET, sheet.blocks["parties"].top, FIRST_YEAR + self.parties.society),
                       "society", "list")  # fmt: skip

    def _bearers(self) -> None:
        """Roles and shares of the rows that say who notices what."""
        sheet, rows = self.sheet, self.sheet.layout.rows["bearers"]
        sheet.block("bearing", rows, "bearing", ("role", "share", "cash", "agreed", "unknown"))
        costs = sheet.scalars("costs", "line")
        for i in range(rows):
            cell = {k: sheet.cell("bearers", k, i)
                    for k in ("line", "role", "actor", "share", "cashable", "confirmation")}  # fmt: skip
            line = sheet.scalar("bearers_numbers", "line", i)
            usual = (
                f"IF(COUNTIF({costs},{line})>0,{self._role('paid_by')},{self._role('falls_to')})"
            )
            role = f'IF(T({cell["line"]})="","",IF(T({cell["role"]})="",{usual},{cell["role"]}))'
            sheet.write("bearing", "role", i, role)
            share = f'IF(ISNUMBER({cell["share"]}),{cell["share"]},IF(T({cell["actor"]})="",0,1))'
            sheet.write("bearing", "share", i, share)
            sheet.write("bearing", "unknown", i, f'IF(T({cell["line"]})="",0,IF({line}=0,1,0))')
            sheet.write("bearing", "cash", i, f"N({cell['cashable']})")
            confirmed = sheet.word("confirmations", "confirmed")
            sheet.write("bearing", "agreed", i, f"IF({cell['confirmation']}={confirmed},1,0)")

    def _role(self, role: str) -> str:
        return self.sheet.word("roles", role)

    def _members(self) -> None:
        """Which actors a perspective consists of; all belong to society."""
        sheet, parties = self.sheet, self.parties
        sheet.block("members", parties.perspectives + 1, "members")
        sheet.block("burden", 2, "burden")
        kinds, shares = (sheet.table("groups", key) for key in ("kind", "share"))
        codes, actors = (sheet.numbers("groups", key) for key in ("code", "actor"))
        word = {
            k: sheet.word("group_kinds", k)
            for k in ("perspective", "burden_payer", "burden_bearer")
        }
        for party in range(parties.actors):
            actor = self._number(party)
            for k in range(parties.perspectives):
                name = f"${self._number(parties.actors + k)}"
                count = f"COUNTIFS({kinds},{word['perspective']},{codes},{name},{actors},{actor})"
                self._put("members", k, party, f"IF(OR({name}=0,{actor}=0),0,IF({count}>0,1,0))")
            self._put("members", parties.perspectives, party, f"IF({actor}=0,0,1)")
            payers = f"COUNTIFS({kinds},{word['burden_payer']},{actors},{actor})"
            self._put("burden", 0, party, f"IF({actor}=0,0,IF({payers}>0,1,0))")
            mine = f"{kinds},{word['burden_bearer']},{actors},{actor}"
            borne = f'IF(COUNTIFS({mine},{shares},"<>")>0,SUMIFS({shares},{mine}),COUNTIFS({mine}))'
            self._put("burden", 1, party, f"IF({actor}=0,0,{borne})")
        self._perspectives_of("burden", 1)

    def _perspectives_of(self, block: str, index: int) -> None:
        """A perspective has what its members have together."""
        for k in range(self.parties.perspectives + 1):
            members = self._of_actors("members", k, "rc")
            own = self._of_actors(block, index)
            self._put(block, index, self.parties.actors + k, f"SUMPRODUCT({members},{own})")

    def _costs(self) -> None:
        """Who pays each cost, and by how much public money makes it dearer."""
        sheet, rows = self.sheet, self.sheet.layout.rows["costs"]
        sheet.block("paid", rows, "paid")
        for i in range(rows):
            line, payer = sheet.scalar("costs", "line", i), sheet.cell("costs", "paid_by", i)
            for party in range(self.parties.actors):
                actor = self._actor(party)
                listed = self._share_of(line, "paid_by", party)
                alone = f"IF({payer}={actor},1,0)"
                self._put("paid", i, party, f'IF({actor}="",0,IF(T({payer})<>"",{alone},{listed}))')
            self._perspectives_of("paid", i)
            raising = self._of_actors("burden", 0, "rc")
            share = f"SUMPRODUCT({self._of_actors('paid', i)},{raising})"
            in_cash = sheet.scalar("costs", "in_cash", i)
            sheet.write("costs", "burden", i, f"{sheet.constant('burden')}*{in_cash}*{share}")

    def _share_of(self, line: str, role: str, party: int) -> str:
        sheet, actor = self.sheet, self._number(party)
        lines, actors = (sheet.numbers("bearers", key) for key in ("line", "actor"))
        roles, shares = (sheet.scalars("bearing", key) for key in ("role", "share"))
        listed = f"SUMIFS({shares},{lines},{line},{roles},{self._role(role)},{actors},{actor})"
        return f"IF({line}=0,0,{listed})"

    def _effects(self) -> None:
        """Who gains from each effect, who gives it, how much of it is money, who agrees."""
        sheet, rows = self.sheet, self.sheet.layout.rows["effects"]
        given, given_cash = self._reserve_effects(rows)
        lines, actors = (sheet.numbers("bearers", key) for key in ("line", "actor"))
        roles = sheet.scalars("bearing", "role")
        cash, agreed = (sheet.scalars("bearing", key) for key in ("cash", "agreed"))
        for i in range(rows):
            line = sheet.scalar("starts_of", "line", i)
            taken = f"COUNTIFS({lines},{line},{roles},{self._role('taken_from')})"
            sheet.write("starts_of", "is_transfer", i, f"IF({line}=0,0,IF({taken}>0,1,0))")
            is_transfer = sheet.scalar("starts_of", "is_transfer", i)
            bearer = sheet.scalar("starts_of", "bearer", i)
            for party in range(self.parties.actors):
                actor, kind = (
                    self._number(party),
                    f"{letters(FIRST_YEAR + party)}${sheet.blocks['parties'].row(1)}",
                )
                named = f"COUNTIFS({lines},{line},{roles},{self._role('falls_to')})>0"
                by_kind = f'IF(AND({bearer}<>"",{kind}={bearer}),1,0)'
                listed = self._share_of(line, "falls_to", party)
                got = f"IF(OR({line}=0,{actor}=0),0,IF({named},{listed},{by_kind}))"
                self._put(given, i, party, got)
                self._put(
                    "gives",
                    i,
                    party,
                    f"IF({actor}=0,0,{self._share_of(line, 'taken_from', party)})",
                )
                here = f"{letters(FIRST_YEAR + party)}{sheet.blocks[given].row(i)}"
                there = f"{letters(FIRST_YEAR + party)}{sheet.blocks['gives'].row(i)}"
                mine = f"{lines},{line},{actors},{actor}"
                share = f"SUMIFS({cash},{lines},{line},{roles},{self._role('all')})+SUMIFS({cash},{mine})"
                money = f"IF({is_transfer}=1,{here}-{there},{here}*({share}))"
                self._put(given_cash, i, party, f"IF(OR({line}=0,{actor}=0),0,{money})")
                if self.keeping is not None:
                    self._passed_on(self.keeping, i, party)
                    here = f"{letters(FIRST_YEAR + party)}{sheet.blocks['gets'].row(i)}"
                yes = f"{here}*(1-{is_transfer})*MIN(1,SUMIFS({agreed},{mine}))"
                self._put("agreed", i, party, f"IF(OR({line}=0,{actor}=0),0,{yes})")
            for block in _OF_EFFECTS:
                self._perspectives_of(block, i)
            present = sheet.scalar("effects", "present", i)
            sheet.write("effects", "received", i, f"{is_transfer}*MAX(0,{present})")
            sheet.write("effects", "given", i, f"{is_transfer}*MAX(0,0-{present})")

    def _reserve_effects(self, rows: int) -> tuple[str, str]:
        """Room for who has what of the effects; returns the blocks with what the case gives."""
        given = ("gets", "cash") if self.keeping is None else _GIVEN
        if self.keeping is not None:
            self.keeping.write_retentions(self.parties.actors)
        for block in dict.fromkeys((*given, *_OF_EFFECTS)):
            self.sheet.block(block, rows, block)
        return given

    def _passed_on(self, keeping: Keeping, i: int, party: int) -> None:
        """What an actor has of an effect when all have passed on what they do not keep."""
        is_transfer = self.sheet.scalar("starts_of", "is_transfer", i)
        for block, given in zip(("gets", "cash"), _GIVEN, strict=True):
            own = f"{letters(FIRST_YEAR + party)}{self.sheet.blocks[given].row(i)}"
            of_all = self._of_actors(given, i)
            after = keeping.after(of_all, own, self._number(party), is_transfer)
            self._put(block, i, party, after)

    def _kept(self, keeping: Keeping) -> None:
        """What comes back to actors from which somebody leaves, in all and by effect and year."""
        sheet, actors = self.sheet, self.parties.actors
        sheet.block("agreeing", sheet.layout.rows["effects"], "agreeing")
        lines, numbers = (sheet.numbers("bearers", key) for key in ("line", "actor"))
        agreed = sheet.scalars("bearing", "agreed")
        for i in range(sheet.layout.rows["effects"]):
            line = sheet.scalar("starts_of", "line", i)
            for party in range(actors):
                actor = self._number(party)
                yes = f"MIN(1,SUMIFS({agreed},{lines},{line},{numbers},{actor}))"
                self._put("agreeing", i, party, f"IF(OR({line}=0,{actor}=0),0,{yes})")
        keeping.write_signs(actors)
        keeping.write_kept(*_GIVEN)
        sheet.block("kept_results", len(KEPT_RESULTS), "kept_results")
        for i, key in enumerate(KEPT_RESULTS):
            sheet.name_row("kept_results", i, key)
            for party in range(actors):
                found = keeping.result(key, party, self.of_party("agreeing", party))
                self._put("kept_results", i, party, found)
            self._perspectives_of("kept_results", i)

    def _brought_back(self, name: str, party: int) -> str:
        """What a result has besides, of what actors keep from year to year; empty for none."""
        if "kept_results" not in self.sheet.blocks or name not in KEPT_RESULTS:
            return ""
        row = self.sheet.blocks["kept_results"].row(KEPT_RESULTS.index(name))
        return f"+{letters(FIRST_YEAR + party)}${row}"

    def _transfers(self) -> None:
        sheet, rows = self.sheet, self.sheet.layout.rows["transfers"]
        for block, key in (("to", "to"), ("from", "from")):
            sheet.block(block, rows, f"transfers_{key}")
            for i in range(rows):
                cell = sheet.cell("transfers", key, i)
                for party in range(self.parties.actors):
                    actor = self._actor(party)
                    self._put(block, i, party, f'IF({actor}="",0,IF({cell}={actor},1,0))')
                self._perspectives_of(block, i)

    def _weights(self) -> None:
        """What each actor has of one unit of each line, in value and in money.

        A row for each row of the flows, so that a year of an actor is the product of two columns.
        """
        sheet, blocks = self.sheet, self.sheet.blocks
        top, last = blocks["transfers"].top, blocks[sheet.last_flows]
        rows = last.top + last.rows - top
        for weights, title in (("of_value", "by_party"), ("of_money", "cash_by_party")):
            sheet.block(weights, rows, f"yearly.{title}")
        for party in range(self.parties.actors):
            borne = f"{letters(FIRST_YEAR + party)}${blocks['burden'].row(1)}"
            for table in ("transfers", "costs", "effects"):
                for i in range(blocks[table].rows):
                    index = blocks[table].row(i) - top
                    for weights, formula in self._weight(table, i, party, borne).items():
                        self._put(weights, index, party, formula)
            if self.keeping is not None:
                for block, i, found in self.keeping.weights(party):
                    for weights, formula in found.items():
                        self._put(weights, blocks[block].row(i) - top, party, formula)

    def _weight(self, table: str, i: int, party: int, borne: str) -> dict[str, str]:
        """What an actor has of one unit of a line."""
        sheet = self.sheet

        def share(block: str) -> str:
            return f"{letters(FIRST_YEAR + party)}{sheet.blocks[block].row(i)}"

        if table == "effects":
            scale = sheet.scalar(table, "scale", i)
            return {
                "of_value": f"({share('gets')}-{share('gives')})*{scale}",
                "of_money": f"{share('cash')}*{scale}",
            }
        in_cash = sheet.scalar(table, "in_cash", i)
        if table == "transfers":
            moved = f"{share('to')}-{share('from')}"
            return {"of_value": moved, "of_money": f"({moved})*{in_cash}"}
        burden = f"{borne}*{sheet.scalar(table, 'burden', i)}"
        paid = share("paid")
        return {"of_value": f"0-{paid}-{burden}", "of_money": f"0-{paid}*{in_cash}"}

    def _results(self) -> None:
        """Present values of each party."""
        sheet = self.sheet
        sheet.block("results", len(RESULTS), "results")
        for i, name in enumerate(RESULTS):
            sheet.name_row("results", i, name)
        present = {b: sheet.scalars(b, "present") for b in ("costs", "effects", "transfers")}
        burden = f"SUMPRODUCT({sheet.scalars('costs', 'burden')},{present['costs']})"
        own = f"(1-{sheet.scalars('starts_of', 'is_transfer')})"
        own = self._first_rows(own)
        received, given = (sheet.scalars("effects", key) for key in ("received", "given"))
        for party in range(self.parties.count):
            of = {b: self.of_party(b, party)
                  for b in ("paid", "gets", "gives", "cash", "agreed", "to", "from")}  # fmt: skip
            borne = f"{letters(FIRST_YEAR + party)}${sheet.blocks['burden'].row(1)}"
            cell = {
                name: sheet.book.ref(self.result(name, party), within=SHEET, fix="r")
                for name in RESULTS
            }
            formulas = {
                "costs": f"SUMPRODUCT({of['paid']},{present['costs']})+{borne}*{burden}",
                "benefits": f"SUMPRODUCT({of['gets']},{own}*{present['effects']})",
                "transfers_received": self._crossing(of, received, given, present["transfers"]),
                "transfers_paid": self._crossing(of, given, received, present["transfers"], is_in=False),
                "transfers": f"{cell['transfers_received']}-{cell['transfers_paid']}",
                "benefits_confirmed": f"SUMPRODUCT({of['agreed']},{present['effects']})",
                "net": f"{cell['benefits']}-{cell['costs']}+{cell['transfers']}",
                "cash_net": self._cash(of, present),
                "benefit_cost_ratio": f"IF({cell['costs']}+{cell['transfers_paid']}>0,"
                f"({cell['benefits']}+{cell['transfers_received']})"
                f'/({cell["costs"]}+{cell["transfers_paid"]}),"")',
            }  # fmt: skip
            for i, name in enumerate(RESULTS):
                self._put("results", i, party, formulas[name] + self._brought_back(name, party))

    def _first_rows(self, formula: str) -> str:
        """The part of a column that is about effects in money, without the others."""
        block, effects = self.sheet.blocks["starts_of"], self.sheet.blocks["effects"]
        return formula.replace(f"${block.top + block.rows - 1}", f"${block.top + effects.rows - 1}")

    def _crossing(
        self, of: dict[str, str], one: str, other: str, transfers: str, is_in: bool = True
    ) -> str:
        """What crosses the boundary of a party: what stays inside it is no flow."""
        to, fro = ("to", "from") if is_in else ("from", "to")
        effects = f"{of['gets']}*(1-{of['gives']}),{one}"
        turned = f"{of['gives']}*(1-{of['gets']}),{other}"
        money = f"{of[to]}*(1-{of[fro]}),{transfers}"
        return f"SUMPRODUCT({effects})+SUMPRODUCT({turned})+SUMPRODUCT({money})"

    def _cash(self, of: dict[str, str], present: dict[str, str]) -> str:
        sheet = self.sheet
        paid = f"SUMPRODUCT({of['paid']},{sheet.scalars('costs', 'in_cash')},{present['costs']})"
        moved = (
            f"SUMPRODUCT({of['to']}-{of['from']},{sheet.scalars('transfers', 'in_cash')},"
            f"{present['transfers']})"
        )
        return f"SUMPRODUCT({of['cash']},{present['effects']})-{paid}+{moved}"


_OF_EFFECTS = ("gets", "gives", "cash", "agreed")
_GIVEN = ("gets_given", "cash_given")
"""What the case gives each actor of an effect, before anything is passed on."""

RESULTS = (
    "costs", "benefits", "transfers_received", "transfers_paid", "transfers",
    "benefits_confirmed", "net", "cash_net", "benefit_cost_ratio",
)  # fmt: skip


def _one_sheet(area: str) -> str:
    """A range of which both ends name their sheet, as a spreadsheet writes it; its end moves."""
    first, _, last = area.rpartition(":")
    return f"{first}:{last.rpartition('!')[2]}"


def write_moments(sheet: Sheet) -> None:
    """Society's net amounts by moment, undiscounted and discounted.

    The end of a year is the start of the next: both are one moment.
    """
    codes = sheet.lists.area("classes", "code")
    count = codes.bottom - codes.top + 1
    within = sheet.blocks["within"].top
    sheet.block("net", count * len(TIMES), "net", ("number",))
    own = f"(1-{sheet.scalars('starts_of', 'is_transfer')})"
    block, effects = sheet.blocks["starts_of"], sheet.blocks["effects"]
    own = own.replace(f"${block.top + block.rows - 1}", f"${block.top + effects.rows - 1}")
    for index in range(count * len(TIMES)):
        at = At(SHEET, sheet.blocks["net"].row(index), sheet.blocks["net"].scalars["number"])
        sheet.book.put(at, index + 1, "number")
        number = sheet.scalar("net", "number", index)

        def net(column: int, number: str = number) -> str:
            factor, society = (
                sheet.together("costs", "effects", *2 * (sheet.blocks["costs"].scalars[key],))
                for key in OF_SOCIETY
            )
            flows = sheet.together("costs", "effects", column, column, "r")
            value = f"SUMPRODUCT(({factor}={number})*{society},{flows})"
            return f"{letters(column)}${within}*{value}"

        sheet.write_years("net", index, net)
    sheet.block("counts", len(TIMES), "counts", ("number",))
    for t in range(len(TIMES)):
        at = At(SHEET, sheet.blocks["counts"].row(t), sheet.blocks["counts"].scalars["number"])
        sheet.book.put(at, t, "number")
        number = sheet.scalar("counts", "number", t)
        timing = sheet.scalars("starts_of", "timing").replace(
            f"${block.top + block.rows - 1}", f"${block.top + effects.rows - 1}"
        )

        def flows(column: int, number: str = number, timing: str = timing) -> str:
            gains = f"SUMPRODUCT(({timing}={number})*{own}*({sheet.of_year('effects', column)}<>0))"
            costs = (
                f"SUMPRODUCT(({sheet.scalars('costs', 'timing')}={number})"
                f"*({sheet.of_year('costs', column)}<>0))"
            )
            return f"{letters(column)}${within}*({gains}+{costs})"

        sheet.write_years("counts", t, flows)
    _write_series(sheet, count)


def _write_series(sheet: Sheet, count: int) -> None:
    """Sums over the classes of a moment, and the moments in order of time."""
    names = ("start", "middle", "end", "start_discounted", "middle_discounted", "end_discounted")
    sheet.block("sums", len(names), "sums")
    for i, name in enumerate(names):
        sheet.name_row("sums", i, name)
        t, is_discounted = i % len(TIMES), i >= len(TIMES)

        def total(column: int, t: int = t, is_discounted: bool = is_discounted) -> str:
            areas = []
            for block in ("net", "factors"):
                top = sheet.blocks[block].row(t * count)
                area = Area(SHEET, top, column, top + count - 1, column)
                areas.append(sheet.book.area(area, within=SHEET, fix="r"))
            return f"SUMPRODUCT({areas[0]},{areas[1]})" if is_discounted else f"SUM({areas[0]})"

        sheet.write_years("sums", i, total)
    moments = 2 * sheet.years + 1
    rows = ("time", "is_half", "flow", "present", "sign", "turn", "amount")
    sheet.block("moments", len(rows), "moments")
    for i, name in enumerate(rows):
        sheet.name_row("moments", i, name)
    sums = [sheet.all_years("sums", i) for i in range(len(names))]
    top = sheet.blocks["moments"].top
    last = letters(FIRST_YEAR + moments - 1)
    first = letters(FIRST_YEAR)
    flows = f"${first}${top + 2}:${last}${top + 2}"
    book = sheet.book
    for m in range(moments):
        column = FIRST_YEAR + m
        here = letters(column)
        book.put(At(SHEET, top, column), m / 2, "number")
        book.put(At(SHEET, top + 1, column), m % 2, "number")
        time, half = f"{here}${top}", f"{here}${top + 1}"
        limit = f"COLUMNS({sums[0]})"
        for row, (start, middle, end) in ((2, sums[:3]), (3, sums[3:])):
            now = f"IF({time}<{limit},INDEX({start},INT({time})+1),0)"
            before = f"IF({time}<1,0,INDEX({end},INT({time})))"
            whole = f"IF({half}=1,INDEX({middle},INT({time})+1),{now}+{before})"
            book.work_out(At(SHEET, top + row, column), whole, "calculation")
        tiny = f"ABS({here}{top + 2})<={sheet.constant('rounding')}*{_largest(sheet, flows)}"
        left = letters(column - 1)
        amount = f"IF({tiny},0,{here}{top + 2})"
        book.work_out(At(SHEET, top + 6, column), amount, "calculation")
        sign = f"IF({here}{top + 6}=0,N({left}{top + 4}),SIGN({here}{top + 6}))"
        book.work_out(At(SHEET, top + 4, column), sign, "calculation")
        turn = f"IF(AND(N({left}{top + 4})<>0,{here}{top + 4}<>N({left}{top + 4})),1,0)"
        book.work_out(At(SHEET, top + 5, column), turn, "calculation")


def _largest(sheet: Sheet, flows: str) -> str:
    """The cell with the largest flow in size; written once."""
    if "largest" not in sheet.constant_cells:
        at = At(SHEET, sheet.blocks["moments"].top + 2, 3)
        sheet.constant_cells["largest"] = at
        sheet.book.work_out(at, f"MAX(MAX({flows}),0-MIN({flows}))", "calculation")
    return sheet.constant("largest")
