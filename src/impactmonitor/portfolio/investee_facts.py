"""The facts of investees as a template asks for them: what is there, and where the rest belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from impactmonitor.model.portfolio import Fact, Investee, Portfolio
from impactmonitor.model.portfolio_templates import FactDefinition, PortfolioTemplate
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem, errors, nearest

Lack = Literal["fact", "amount", "exchange-rate", "whole-is-nothing", "class-without-rule"]
Origin = Literal["reported", "estimated"]

LARGEST = 1e18
"""More money or tonnes than there are: ours."""
LEAST = 1e-6
"""Less than this is nothing to divide by: ours."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not known, and where it can be filled in.

    Attributes
    ----------
    place : str
        Keys joined by dots, in the portfolio file.
    lack : str
        What it is: a ``fact``, the ``amount`` of a holding, an ``exchange-rate``, a whole or a
        divisor that is 0 (``whole-is-nothing``), or a rule for its asset class in the template
        (``class-without-rule``).
    name : str
        Id of the fact or the holding, the currency, or the asset class.
    """

    place: str
    lack: Lack
    name: str


@dataclass(frozen=True, slots=True)
class InvesteeFacts:
    """The facts of one investee in one period.

    Attributes
    ----------
    portfolio : Portfolio
        With the investee.
    template : PortfolioTemplate
        Says which figures are written once and hold later too.
    name : str
        Id of the investee.
    period : int
        Calendar year.
    """

    portfolio: Portfolio
    template: PortfolioTemplate
    name: str
    period: int

    @property
    def investee(self) -> Investee:
        """Whose facts they are."""
        return self.portfolio.investees[self.name]

    def fact(self, name: str) -> Fact | None:
        """A fact of the period; of what is written once the last one on or before it."""
        years = [self.period]
        if self.template.facts[name].is_written_once:
            years = sorted((y for y in self.investee.facts if y <= self.period), reverse=True)
        for year in years:
            found = self.investee.facts.get(year, FrozenDict()).get(name)
            if found is not None:
                return found if isinstance(found, Fact) else Fact(value=found)
        return None

    def place(self, name: str) -> str:
        """Where a fact of the period is written."""
        return f"investees.{self.name}.facts.{self.period}.{name}"

    def missing(self, names: Iterable[str]) -> tuple[Missing, ...]:
        """Those of some facts that are not there."""
        absent = (name for name in names if self.fact(name) is None)
        return tuple(Missing(self.place(name), "fact", name) for name in absent)

    def nothing(self, name: str) -> Missing:
        """A fact that is 0 where something is divided by it."""
        return Missing(self.place(name), "whole-is-nothing", name)


def checked_facts(portfolio: Portfolio, templates: Sequence[PortfolioTemplate]) -> list[Problem]:
    """Look whether the facts of investees can be what templates say that they are.

    Parameters
    ----------
    portfolio : Portfolio
        All periods are looked at.
    templates : sequence of PortfolioTemplate
        All that are known, so that a name is unknown only if it is so to every one of them.

    Returns
    -------
    list of Problem
        A warning ``fact-unknown`` for every name that no template knows.

    Raises
    ------
    InvalidInput
        ``fact-below-zero``, ``fact-not-a-flag`` and ``figure-too-large``, all of them at once, each
        with its path.
    """
    known: dict[str, FactDefinition] = {}
    for template in reversed(templates):
        known |= template.facts
    problems = [*_doubts(portfolio, known), *_large_amounts(portfolio)]
    if any(errors(problems)):
        raise InvalidInput(problems)
    return problems


def _doubts(portfolio: Portfolio, known: dict[str, FactDefinition]) -> Iterator[Problem]:
    for name, investee in portfolio.investees.items():
        for year, facts in investee.facts.items():
            for fact, written in facts.items():
                path = f"investees.{name}.facts.{year}.{fact}"
                if fact not in known:
                    near: dict[str, object] = {"id": fact, "nearest": nearest(fact, known)}
                    yield Problem("fact-unknown", path, near, "warning")
                    continue
                value = written.value if isinstance(written, Fact) else written
                params: dict[str, object] = {"id": fact, "value": f"{value:g}"}
                if known[fact].kind == "flag" and value not in (0, 1):
                    yield Problem("fact-not-a-flag", path, params)
                elif known[fact].kind == "quantity" and value < 0:
                    yield Problem("fact-below-zero", path, params)
                else:
                    yield from _large(path, value)


def _large_amounts(portfolio: Portfolio) -> Iterator[Problem]:
    for name, holding in portfolio.holdings.items():
        for year, position in holding.positions.items():
            for one in (position, *position.restated):
                yield from _large(f"holdings.{name}.positions.{year}.outstanding", one.outstanding)
                yield from _large(f"holdings.{name}.positions.{year}.called", one.called)
        for day, value in holding.values.items():
            yield from _large(f"holdings.{name}.values.{day}", value)


def _large(path: str, value: float | None) -> Iterator[Problem]:
    """Refuse what would overflow before long, in place of a figure that is infinite."""
    if value is not None and abs(value) > LARGEST:
        params: dict[str, object] = {"value": f"{value:g}", "limit": f"{LARGEST:g}"}
        yield Problem("figure-too-large", path, params)
