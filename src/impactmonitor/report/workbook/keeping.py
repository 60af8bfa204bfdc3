"""The blocks of the calculation sheet for what actors really keep of what falls to them.

They are there for a case with retentions alone; the numbers stand in cells of their own. What an
actor keeps from which nobody leaves is a share of each effect. With leaving, an effect falls to who
has the rest, and rows below those of the effects bring back what the actor keeps in each year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from impactmonitor.intake.workbook.layout import At, letters
from impactmonitor.model.case import Case
from impactmonitor.model.financing import Retention
from impactmonitor.report.workbook.calculation import CODE, FIRST_YEAR, SHEET, Sheet, number_of
from impactmonitor.report.workbook.flows import discounted_of, going_on, value_of

Retentions = Mapping[str, Retention]

GIVEN = ("share", "equalised", "leaving")
"""Numbers of the case."""
SCALARS = ("actor", "rest", *GIVEN, "kept", "lost")
_KEPT = ("share", "equalised", "kept")
PASSING = ("lost", "rest")
"""Rows with a column for each actor: what it passes on of an effect, and to whom."""
KEPT_RESULTS = ("benefits", "cash_net", "benefits_confirmed")


def retentions_of(case: Case) -> Retentions:
    """What the actors of a case keep, of those that keep less than everything."""
    found = {name: actor.retention for name, actor in case.actors.items()}
    return {name: retention for name, retention in found.items() if retention is not None}


class Keeping:
    """Writes what actors keep.

    Parameters
    ----------
    sheet : Sheet
        On which the effects have their rows already, and nothing below them.
    retentions : Mapping[str, Retention]
        By actor; at least one.

    Attributes
    ----------
    leaving : tuple of str
        The actors that keep less from year to year, each with rows of its own.
    """

    def __init__(self, sheet: Sheet, retentions: Retentions) -> None:
        self.sheet, self.retentions = sheet, retentions
        self.leaving = tuple(name for name, r in retentions.items() if r.yearly_leaving)
        for name in self.leaving:
            self._effects(f"kept.{name}", "kept_by_year", ("present",))
            sheet.last_flows = f"kept.{name}"

    def _effects(self, block: str, title: str, scalars: tuple[str, ...] = ()) -> None:
        """A row for each effect, under the code of the actor that keeps a part of it."""
        sheet = self.sheet
        found = sheet.block(block, sheet.layout.rows["effects"], title, scalars)
        sheet.book.put(At(SHEET, found.top - 1, CODE), block.partition(".")[2], "list")
        for i in range(found.rows):
            sheet.name_row(block, i, None, sheet.cell("effects", "code", i))

    def _fixed(self, name: str, actor: str) -> str:
        """A number of a retention, in a formula of any row."""
        block = self.sheet.blocks["retention"]
        row = block.row(list(self.retentions).index(actor))
        return f"${letters(block.scalars[name])}${row}"

    # what is passed on ------------------------------------------------------------------------

    def write_retentions(self, actors: int) -> None:
        """The numbers of the case, and under each actor what it passes on.

        Parameters
        ----------
        actors : int
            How many actors have a column.
        """
        sheet = self.sheet
        sheet.block("retention", len(self.retentions), "retention", SCALARS)
        for i, (name, retention) in enumerate(self.retentions.items()):
            self._retention(i, name, retention)
        sheet.block("passing", len(PASSING), "passing")
        of = sheet.scalars("retention", "actor")
        for i, key in enumerate(PASSING):
            sheet.name_row("passing", i, key)
            for party in range(actors):
                number = f"{letters(FIRST_YEAR + party)}${sheet.blocks['parties'].row(2)}"
                found = f"SUMIF({of},{number},{sheet.scalars('retention', key)})"
                at = At(SHEET, sheet.blocks["passing"].row(i), FIRST_YEAR + party)
                sheet.book.work_out(at, f"IF({number}=0,0,{found})", "calculation")

    def _retention(self, i: int, name: str, retention: Retention) -> None:
        """The numbers of one actor, and what it loses of an effect at once."""
        sheet, block = self.sheet, self.sheet.blocks["retention"]
        for key, column, text in (("actor", 1, name), ("rest", CODE, retention.rest_to)):
            at = sheet.book.put(At(SHEET, block.row(i), column), text, "list")
            cell = sheet.book.ref(at, within=SHEET, fix="c")
            sheet.write("retention", key, i, number_of(cell, sheet.list("actors")))
        numbers = (retention.share, retention.equalised, retention.yearly_leaving)
        for key, number in zip(GIVEN, numbers, strict=True):
            sheet.book.put(At(SHEET, block.row(i), block.scalars[key]), number, "number")
        share, equalised, kept = (sheet.scalar("retention", key, i) for key in _KEPT)
        sheet.write("retention", "kept", i, f"{share}*(1-{equalised})")
        if name in self.leaving:  # all of it: rows of their own bring back what is kept
            sheet.book.put(At(SHEET, block.row(i), block.scalars["lost"]), 1, "number")
        else:
            sheet.write("retention", "lost", i, f"1-{kept}")

    def after(self, given: str, own: str, number: str, is_transfer: str) -> str:
        """What an actor has of an effect after all have passed on what they do not keep.

        Parameters
        ----------
        given : str
            What the case gives the actors of the effect: the cells of a row.
        own : str
            The cell of this actor among them.
        number : str
            The cell with the number of the actor.
        is_transfer : str
            The cell that says whether the effect is taken from somebody.
        """
        lost, rest = (self._of_actors(i) for i in range(len(PASSING)))
        mine = f"{own.rstrip('0123456789')}${self.sheet.blocks['passing'].row(0)}"
        received = f"SUMPRODUCT(({rest}={number})*{lost}*{given})"
        moved = f"(1-{is_transfer})*({received}-{own}*{mine})"
        return f"IF({number}=0,0,{own}+{moved})"

    def _of_actors(self, index: int) -> str:
        """A row of what actors pass on."""
        row = self.sheet.blocks["passing"].row(index)
        last = FIRST_YEAR + self.sheet.layout.rows["actors"] - 1
        return f"${letters(FIRST_YEAR)}${row}:${letters(last)}${row}"

    # what comes back --------------------------------------------------------------------------

    def write_kept(self, given: str, cash: str) -> None:
        """What is kept of each effect in each year by actors from which somebody leaves.

        Parameters
        ----------
        given, cash : str
            Blocks with what the case gives each actor of each effect, in value and in money.
        """
        for name in self.leaving:
            self._quantities(name, given, cash)
            for i in range(self.sheet.layout.rows["effects"]):
                value = value_of(self.sheet, i, f"kept_quantity.{name}", f"kept_gains.{name}")
                first = self.sheet.scalar(f"kept_quantity.{name}", "first", i)
                self.sheet.write_years(
                    f"kept.{name}",
                    i,
                    lambda c, first=first, v=value: f"{first}*{v(c)}",  # type: ignore[misc]
                )
                scale = self.sheet.scalar("effects", "scale", i)
                present = discounted_of(self.sheet, f"kept.{name}", i)
                self.sheet.write(f"kept.{name}", "present", i, f"{present}*{scale}")

    def _quantities(self, name: str, given: str, cash: str) -> None:
        """What is left of what starts when people leave as well."""
        sheet, block, gains = self.sheet, f"kept_quantity.{name}", f"kept_gains.{name}"
        self._effects(block, "kept_quantity", ("stays", "survival", "first", "has", "has_cash"))
        self._effects(gains, "kept_gains")
        leaving, kept, actor = (self._fixed(key, name) for key in ("leaving", "kept", "actor"))
        last = FIRST_YEAR + sheet.layout.rows["actors"] - 1
        top = sheet.blocks["parties"].row(2)
        numbers = f"${letters(FIRST_YEAR)}${top}:${letters(last)}${top}"
        for i in range(sheet.layout.rows["effects"]):
            lasts, lag, is_transfer = (
                sheet.scalar("starts_of", key, i) for key in ("lasts", "lag", "is_transfer")
            )
            stays, survival = (sheet.scalar(block, key, i) for key in ("stays", "survival"))
            alone = sheet.scalar("quantities", "stays", i)
            sheet.write(block, "stays", i, f"{alone}*(1-{leaving})")
            sheet.write(block, "survival", i, f"IF({stays}<=0,0,EXP({lasts}*LN({stays})))")
            stayed = f"IF({lag}=0,1,IF({leaving}>=1,0,EXP({lag}*LN(1-{leaving}))))"
            sheet.write(block, "first", i, f"{kept}*{stayed}")
            for key, shares in (("has", given), ("has_cash", cash)):
                row = sheet.blocks[shares].row(i)
                cells = f"${letters(FIRST_YEAR)}{row}:${letters(last)}{row}"
                found = f"(1-{is_transfer})*SUMIF({numbers},{actor},{cells})"
                sheet.write(block, key, i, f"IF({actor}=0,0,{found})")
            both = (stays, survival)
            sheet.write_years(block, i, lambda c, i=i, of=both: going_on(sheet, block, i, c, of))  # type: ignore[misc]
            sheet.write_years(
                gains,
                i,
                lambda c, i=i, of=both: going_on(sheet, gains, i, c, of, "MAX(0,{})"),  # type: ignore[misc]
            )

    def _sign(self, name: str, party: int) -> str:
        """1 for the actor that keeps, -1 for who has the rest; its row is fixed."""
        row = self.sheet.blocks["keepers"].row(self.leaving.index(name))
        return f"{letters(FIRST_YEAR + party)}${row}"

    def write_signs(self, actors: int) -> None:
        """To whom what is kept is brought back, and from whom; a row for each that keeps."""
        self.sheet.block("keepers", len(self.leaving), "keepers")
        for i, name in enumerate(self.leaving):
            self.sheet.name_row("keepers", i, name)
            actor, rest = (self._fixed(key, name) for key in ("actor", "rest"))
            for party in range(actors):
                column = letters(FIRST_YEAR + party)
                number = f"{column}${self.sheet.blocks['parties'].row(2)}"
                both = f"IF({number}={actor},1,0)-IF({number}={rest},1,0)"
                at = At(SHEET, self.sheet.blocks["keepers"].row(i), FIRST_YEAR + party)
                self.sheet.book.work_out(at, f"IF({number}=0,0,{both})", "calculation")

    def weights(self, party: int) -> Iterator[tuple[str, int, dict[str, str]]]:
        """What an actor has of one unit of what is kept of an effect, in value and in money.

        Yields
        ------
        block, i : str and int
            Where the flows of what is kept stand.
        formulas : dict of str
            By block of weights.
        """
        for name in self.leaving:
            sign, block = self._sign(name, party), f"kept_quantity.{name}"
            for i in range(self.sheet.layout.rows["effects"]):
                scale = self.sheet.scalar("effects", "scale", i)
                yield (
                    f"kept.{name}",
                    i,
                    {
                        weights: f"{sign}*{self.sheet.scalar(block, key, i)}*{scale}"
                        for weights, key in (("of_value", "has"), ("of_money", "has_cash"))
                    },
                )

    def result(self, key: str, party: int, agreeing: str) -> str:
        """What is kept by an actor, and taken from it because another one keeps it.

        Parameters
        ----------
        key : str
            One of ``KEPT_RESULTS``.
        party : int
            An actor.
        agreeing : str
            The cells that say whether the actor agrees with each effect.
        """
        has = "has_cash" if key == "cash_net" else "has"
        parts = []
        for name in self.leaving:
            shares = self.sheet.scalars(f"kept_quantity.{name}", has)
            columns = [shares, self.sheet.scalars(f"kept.{name}", "present")]
            columns += [agreeing] if key == "benefits_confirmed" else []
            parts.append(f"{self._sign(name, party)}*SUMPRODUCT({','.join(columns)})")
        return "+".join(parts)
