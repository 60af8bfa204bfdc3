"""Instruments on screen: schedules, what financiers earn, and whether there is enough money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.financier_returns import InvestorReturns
from impactmonitor.financing.instrument_results import (
    COLUMNS,
    InstrumentResult,
    InstrumentsResult,
)
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.tables import largest_unit, new_table, numeric
from impactmonitor.report.words import Words

MOST_YEARS = 12
"""Up to so many years are all shown; of more, the first, the last, and every fifth one."""
_OTHER_HEADS = {
    "opening": "stake_opening",
    "closing": "stake_closing",
    "interest": "dividend",
    "repayment": "exit",
    "loss": "loss_on_sale",
}
"""Heads of the columns of a stake."""


def instruments_screen(
    evaluation: Evaluation, result: InstrumentsResult | None, language: Language
) -> list[RenderableType]:
    """The instruments of a case for people.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    result : InstrumentsResult or None
        What ``instruments_of`` gives for it; None where it has none.
    language : {"nl", "en"}
        The reader's language.

    Returns
    -------
    list of renderable
        For a rich console; empty where the case has no instruments.
    """
    if result is None:
        return []
    told = _Told(evaluation, result, Words(evaluation, language))
    shown: list[RenderableType] = []
    for name, one in result.instruments.items():
        shown += told.schedule(name, one)
    shown += [Text(told.caption(), style="dim"), Text("")]
    shown += [told.returns(), *told.several_roots(), Text("")]
    return [*shown, *told.coverage(), Text("")]


@dataclass(frozen=True, slots=True)
class _Told:
    """The instruments of a result with the words for them."""

    evaluation: Evaluation
    result: InstrumentsResult
    words: Words

    def text(self, key: str, **params: object) -> str:
        """A text of the subject ``instruments``."""
        return messages.text(f"instruments.{key}", self.words.language, **params)

    def title(self, name: str) -> str:
        """The name of an instrument."""
        return in_language(self.result.instruments[name].title, self.words.language, name)

    # schedules --------------------------------------------------------------------------------

    def schedule(self, name: str, one: InstrumentResult) -> Iterator[RenderableType]:
        """One instrument, year by year."""
        columns = COLUMNS[one.kind]
        rows = [[one.schedule[key][i] for key in columns] for i in range(len(one.years))]
        unit = largest_unit(rows, self.words)
        key = "title_guarantee" if one.kind == "guarantee" else "title"
        title = self.text(
            f"schedule.{key}",
            title=self.title(name),
            kind=self.text(f"kinds.{one.kind}"),
            giver=self.words.actor(one.financier),
            receiver=self.words.actor(one.receiver),
            currency=self.words.currency(unit),
        )
        yield Text(title, style="bold")  # not that of the table, which may be narrow
        table = new_table()
        table.add_column(self.text("schedule.year"))
        numeric(table, *(self.text(f"schedule.{self._head(one.kind, key)}") for key in columns))
        for i in _shown(len(rows)):
            table.add_row(str(one.years[i]), *(self.words.amount(x, unit) for x in rows[i]))
        yield table

    def caption(self) -> str:
        """When in a year what happens, and whether all years are shown."""
        longest = max(len(one.years) for one in self.result.instruments.values())
        key = "caption" if longest <= MOST_YEARS else "caption_some"
        return self.text(f"schedule.{key}")

    @staticmethod
    def _head(kind: str, column: str) -> str:
        return _OTHER_HEADS.get(column, column) if kind == "equity" else column

    # returns ----------------------------------------------------------------------------------

    def returns(self) -> Table:
        """Every financier with its instruments, and all of them together."""
        rows: list[tuple[str, InvestorReturns, InvestorReturns]] = []
        for actor, one in self.result.financiers.items():
            given = [n for n in one.instruments if self.result.instruments[n].financier == actor]
            for name in given:
                found = self.result.instruments[name]
                rows.append(
                    (f"{self.words.actor(actor)}: {self.title(name)}", found.nominal, found.real)
                )
            if len(one.instruments) > 1:
                title = f"{self.words.actor(actor)}: {self.text('returns.together')}"
                rows.append((title, one.nominal, one.real))
        unit = largest_unit([[n.put_in, n.paid_out] for _, n, _ in rows], self.words)
        table = new_table(self.text("returns.title", currency=self.words.currency(unit)))
        table.add_column(self.text("returns.financier"), overflow="fold", min_width=12)
        heads = ("put_in", "paid_out", "multiple", "rate", "rate_real", "modified", "payback")
        numeric(table, *(self.text(f"returns.{head}") for head in heads))
        for title, nominal, real in rows:
            table.add_row(title, *self._measures(nominal, real, unit))
        table.caption = self.text("returns.caption")
        return table

    def _measures(
        self, nominal: InvestorReturns, real: InvestorReturns, unit: int
    ) -> tuple[str, ...]:
        words = self.words
        return (
            words.amount(nominal.put_in, unit),
            words.amount(nominal.paid_out, unit),
            words.number(nominal.multiple, None if nominal.multiple is None else 2),
            words.percent(nominal.internal_rate.value),
            words.percent(real.internal_rate.value),
            words.percent(nominal.modified_rate),
            "–" if nominal.payback_year is None else str(nominal.payback_year),
        )

    def several_roots(self) -> Iterator[RenderableType]:
        """Where the return has several outcomes: which."""
        found = {self.title(n): one.nominal for n, one in self.result.instruments.items()}
        found |= {self.words.actor(n): one.nominal for n, one in self.result.financiers.items()}
        for title, returns in found.items():
            roots = returns.internal_rate.roots
            if len(roots) > 1:
                shown = ", ".join(self.words.percent(root) for root in roots)
                text = self.text("returns.roots", title=title, roots=shown)
                yield Padding(Text(text), (0, 0, 0, 2))

    # coverage ---------------------------------------------------------------------------------

    def coverage(self) -> Iterator[RenderableType]:
        """For every receiver whether there is enough money, and if not, from when on."""
        yield Text(self.text("coverage.title"), style="bold")
        for actor, found in self.result.coverage.items():
            name = self.words.actor(actor)
            if found.first_shortfall is None:
                text = self.text("coverage.covered", actor=name, last=found.years[-1])
            else:
                text = self.text(
                    "coverage.short",
                    actor=name,
                    first=found.first_shortfall,
                    deepest=found.deepest_year,
                    amount=self.words.money(found.deepest),
                    price_year=self.evaluation.case.price_year,
                )
            yield Padding(Text(text), (0, 0, 0, 2))


def _shown(count: int) -> Sequence[int]:
    """Which years of a schedule are shown."""
    if count <= MOST_YEARS:
        return range(count)
    return sorted({*range(0, count, 5), count - 1})
