"""A portfolio under a template in one period: amounts, wholes, factors and figures."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.portfolio_templates import PortfolioTemplate, TemplateIndicator
from impactmonitor.portfolio.held_amounts import (
    HeldAmount,
    days_of,
    held_amounts,
    in_other_currency,
)
from impactmonitor.portfolio.investee_facts import InvesteeFacts, Missing
from impactmonitor.portfolio.template_rows import NOT_ABOUT, TemplateRow, once_each
from impactmonitor.portfolio.wholes import InvesteeFigure, Whole, figure_of, whole_of
from impactmonitor.problems import Problem

OVER_WHOLE = 1 + 1e-9
MOST_NAMES = 5


@dataclass(frozen=True)
class HeldBy:
    """A portfolio under a template in one period, with what several indicators need.

    Attributes
    ----------
    portfolio, template, period
        As for ``template_result``.
    """

    portfolio: Portfolio
    template: PortfolioTemplate
    period: int

    @cached_property
    def days(self) -> Mapping[datetime.date, Mapping[str, HeldAmount]]:
        """The amounts by day and holding."""
        return {
            day: held_amounts(self.portfolio, self.template, self.period, day)
            for day in days_of(self.template, self.period)
        }

    @cached_property
    def wholes(self) -> Mapping[str, Whole]:
        """What a holding is a part of, by investee."""
        return {name: whole_of(self.facts(name)) for name in self.portfolio.investees}

    def facts(self, investee: str) -> InvesteeFacts:
        """The facts of an investee in the period."""
        return InvesteeFacts(self.portfolio, self.template, investee, self.period)

    def figures(self, indicator: TemplateIndicator) -> Mapping[str, InvesteeFigure]:
        """What an indicator says of every investee."""
        return {name: figure_of(self.facts(name), indicator) for name in self.portfolio.investees}

    def rows(
        self,
        indicator: TemplateIndicator,
        figures: Mapping[str, InvesteeFigure],
        day: datetime.date,
    ) -> list[TemplateRow]:
        """The holdings as an indicator sees them on a day."""
        is_attributed = indicator.operator == "attributed-sum"
        rows = [
            self._row(name, held, figures, is_attributed) for name, held in self.days[day].items()
        ]
        return once_each(rows) if indicator.weight == "investee" else rows

    def _row(
        self,
        name: str,
        held: HeldAmount,
        figures: Mapping[str, InvesteeFigure],
        is_attributed: bool,
    ) -> TemplateRow:
        investee = self.portfolio.holdings[name].investee
        figure = figures[investee] if investee is not None else NOT_ABOUT
        missing = (*held.missing, *figure.missing)
        factor = None
        if is_attributed and investee is not None and figure.is_eligible:
            factor, needed = self.factor(investee, held)
            missing += needed
        return TemplateRow(name, investee, held.amount, factor, figure, missing)

    def factor(self, investee: str, held: HeldAmount) -> tuple[float | None, tuple[Missing, ...]]:
        """The part of an investee that goes with an amount; or what is needed to know it."""
        whole = self.wholes[investee]
        if whole.missing or held.amount is None:
            return None, whole.missing
        if whole.is_whole:
            return (1.0 if held.amount else 0.0), ()
        amount, missing = in_other_currency(
            self.portfolio, held.amount, whole.currency, self.period
        )
        if amount is None or whole.value is None:
            return None, missing
        return amount / whole.value, ()

    def warnings(self) -> Iterator[Problem]:
        """Amounts that nobody wrote, and investees held for more than a whole."""
        unknown = {
            day: [name for name, one in held.items() if one.amount is None]
            for day, held in self.days.items()
        }
        empty = [
            day for day, names in unknown.items() if names and len(names) == len(self.days[day])
        ]
        if empty:
            days: dict[str, object] = {"days": ", ".join(map(str, empty))}
            yield Problem("days-without-amounts", "holdings", days, "warning")
        for day, names in unknown.items():
            if names and day not in empty:
                few: dict[str, object] = {
                    "unknown": len(names),
                    "count": len(self.days[day]),
                    "day": f"{day}",
                    "names": _few(names),
                }
                yield Problem("amounts-unknown", "holdings", few, "warning")
        for investee in self.wholes:
            parts = [self._part_of(investee, held) for held in self.days.values()]
            if max(parts, default=0.0) > OVER_WHOLE:
                params: dict[str, object] = {"share": f"{max(parts):.4g}"}
                yield Problem("attribution-above-1", f"investees.{investee}", params, "warning")

    def _part_of(self, investee: str, held: Mapping[str, HeldAmount]) -> float:
        if self.wholes[investee].is_whole:
            return 0.0
        own = (h for n, h in held.items() if self.portfolio.holdings[n].investee == investee)
        return math.fsum(self.factor(investee, one)[0] or 0.0 for one in own)


def _few(names: list[str]) -> str:
    more = ["…"] if len(names) > MOST_NAMES else []
    return ", ".join([*names[:MOST_NAMES], *more])
