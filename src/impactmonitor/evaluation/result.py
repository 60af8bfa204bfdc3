"""The result of a case: frozen, and with everything it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.checks import Check
from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.metrics import Value
from impactmonitor.appraisal.program import BENEFIT, COST, NO_DOMAIN
from impactmonitor.evaluation.applied import AppliedVariant
from impactmonitor.model.case import Case
from impactmonitor.model.legs import own_transfers
from impactmonitor.model.lines import Evidence
from impactmonitor.problems import Problem
from impactmonitor.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from impactmonitor.evaluation.scores import FrameworkScore

NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class Party:
    """What an actor or a perspective pays and gains, as present values in the case's money.

    Attributes
    ----------
    costs, benefits : float
        Harms are negative benefits.
    transfers, transfers_received, transfers_paid : float
        Money from and to others; ``transfers`` is received minus paid.
    benefits_confirmed : float
        Benefits and harms of the lines that the bearers themselves confirmed.
    net, cash_net : float
        Benefits - costs + transfers, and the part of it that is money.
    benefit_cost_ratio : float or None
        (benefits + received) / (costs + paid); None where that denominator is 0 or less.
    """

    costs: float
    benefits: float
    transfers: float
    transfers_received: float
    transfers_paid: float
    benefits_confirmed: float
    net: float
    cash_net: float
    benefit_cost_ratio: float | None


@dataclass(frozen=True, slots=True)
class LineResult:
    """One line of the case.

    Attributes
    ----------
    id, kind : str
        ``kind`` is cost, effect or transfer.
    domain : str or None
        As the line or its indicator names it; None for transfers that name none.
    present_value : float or None
        Positive for a cost; after overlap; None for what is not in euros.
    quantity : Mapping[int, float] or None
        Gross quantity by year of the horizon; None for other lines than effects and where the
        size is unknown.
    discounted_quantity : float or None
        Sum of quantity x discount factor within the horizon.
    """

    id: str
    kind: str
    domain: str | None
    present_value: float | None
    quantity: Mapping[int, float] | None
    discounted_quantity: float | None


@dataclass(frozen=True, slots=True)
class YearResult:
    """One year of the horizon, undiscounted and in real prices.

    Attributes
    ----------
    costs, benefits : float
        Of society.
    actors : Mapping[str, tuple of float]
        Net and cash net of each actor.
    """

    year: int
    costs: float
    benefits: float
    actors: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class DomainResult:
    """Costs and benefits of one domain, as present values."""

    costs: float
    benefits: float

    @property
    def net(self) -> float:
        """Benefits - costs."""
        return self.benefits - self.costs


@dataclass(frozen=True)
class Evaluation:
    """The result of a case, with everything it was made from.

    Attributes
    ----------
    appraised : Appraised
        The resolved case, its program and its ledger.
    totals : Mapping[str, float, int, InternalRate or None]
        The metrics of society, by name; None where a metric does not exist.
    by_actor : Mapping[str, Party]
        In the order of the case.
    by_perspective : Mapping[str, Party]
        The perspectives of the case, then ``society``.
    checks : tuple of Check
        All passed: a failed check gives no evaluation.
    warnings : tuple of Problem
        What an appraiser would raise, and why a metric has no value.
    scenarios, alternatives : Mapping[str, Evaluation]
        The case under the changes of each.
    scenario : str or None
        The scenario under which the case itself was evaluated, if any.
    applied : tuple of AppliedVariant
        Whose changes are in the case, in the order in which they were made.
    scores : Mapping[str, FrameworkScore]
        What its answers to frameworks come to, by framework; empty where it answers none.
    engine : str
        Version of this package.
    """

    appraised: Appraised
    totals: Mapping[str, Value]
    by_actor: Mapping[str, Party]
    by_perspective: Mapping[str, Party]
    checks: tuple[Check, ...]
    warnings: tuple[Problem, ...]
    scenarios: Mapping[str, Evaluation] = field(default_factory=dict)
    alternatives: Mapping[str, Evaluation] = field(default_factory=dict)
    scenario: str | None = None
    applied: tuple[AppliedVariant, ...] = ()
    scores: Mapping[str, FrameworkScore] = field(default_factory=dict)
    engine: str = __version__

    @property
    def case(self) -> Case:
        """The case that was evaluated."""
        return self.appraised.resolved.case

    @cached_property
    def payers(self) -> tuple[str, ...]:
        """The actors that bear costs or pay others, in the order of the case.

        Also those that keep only part of what falls to them: it is their own case that is asked
        for. Money that is lent or invested is no payment.
        """
        givers = {transfer.from_ for transfer in own_transfers(self.case).values()}
        givers |= {one.from_ for one in self.case.instruments.values() if one.kind == "grant"}
        return tuple(
            name
            for name, party in self.by_actor.items()
            if party.costs > 0 or name in givers or self.case.actors[name].retention is not None
        )

    @property
    def catalogue_edition(self) -> str:
        """The edition of the catalogue that was used."""
        return self.appraised.resolved.catalogue_edition

    def amount(self, metric: str) -> float:
        """A metric that always has a value, such as ``net_present_value``."""
        value = self.totals[metric]
        if not isinstance(value, int | float):
            raise TypeError(f"{metric} is no amount: {value!r}")
        return float(value)

    def line_results(self) -> list[LineResult]:
        """All lines in the order of the case, ``excess-burden`` last."""
        return list(self._line_results)

    @cached_property
    def _line_results(self) -> tuple[LineResult, ...]:
        program, lines = self.appraised.compiled.program, self.appraised.compiled.lines
        present = self.appraised.ledger.present[:, 0].tolist()
        domains = program.line_domain.tolist()
        return tuple(
            self._line(i, lines[i], present[i], domains[i]) for i in program.own_lines.tolist()
        )

    def _line(self, index: int, name: str, present: float | None, domain: int) -> LineResult:
        a, case = self.appraised, self.case
        effect = case.effects.get(name)
        kind = "effect" if effect else "transfer" if name in case.transfers else "cost"
        quantity, discounted = None, None
        if effect is not None:
            if not effect.monetised:
                present = None
            if effect.quantity != "unknown":
                amounts = a.ledger.quantities[index, : case.horizon, 0]
                quantity = dict(zip(a.years, amounts.tolist(), strict=True))
                discounted = float(a.ledger.discounted_quantity[index, 0])
        named = None if domain == NO_DOMAIN else DOMAINS[domain]
        return LineResult(name, kind, named, present, quantity, discounted)

    def year_results(self) -> list[YearResult]:
        """The years of the horizon."""
        a = self.appraised
        split, society = a.ledger.yearly, len(a.compiled.parties) - 1
        costs, benefits = split.costs[society].tolist(), split.benefits[society].tolist()
        net, cash = split.net.tolist(), split.cash.tolist()
        return [
            YearResult(
                year,
                costs[i],
                benefits[i],
                {name: (net[k][i], cash[k][i]) for k, name in enumerate(a.compiled.actors)},
            )
            for i, year in enumerate(a.years)
        ]

    def domain_results(self) -> dict[str, DomainResult]:
        """Every domain that a line names, also where it is 0."""
        ledger = self.appraised.ledger
        costs, benefits = ledger.by_domain(COST), ledger.by_domain(BENEFIT)
        named = set(self.appraised.compiled.program.line_domain.tolist())
        return {
            domain: DomainResult(float(costs[i, 0]), float(benefits[i, 0]))
            for i, domain in enumerate(DOMAINS)
            if i in named
        }

    def evidence_results(self) -> dict[str, float]:
        """Size of the effects in euros (harms too) by strength of evidence, strongest first.

        Effects that name no evidence stand under ``not-stated``.
        """
        sizes: dict[str, float] = {}
        program = self.appraised.compiled.program
        roles = program.line_role[program.own_lines]
        for line, role in zip(self.line_results(), roles, strict=True):
            if role == BENEFIT:
                grade = self.case.effects[line.id].evidence or NOT_STATED
                sizes[grade] = sizes.get(grade, 0.0) + abs(line.present_value or 0.0)
        ladder = (*get_args(Evidence), NOT_STATED)
        return {grade: sizes[grade] for grade in ladder if grade in sizes}

    def ledger(self) -> pd.DataFrame:
        """Every euro as a row.

        Returns
        -------
        pandas.DataFrame
            Columns line, kind, from, to, domain, is_cash, year, amount (undiscounted, within
            the horizon, in the case's money and price level) and present_value. ``kind`` is
            cost, benefit or transfer; costs have a payer in ``from``, benefits a bearer in
            ``to``, transfers both.
        """
        from impactmonitor.evaluation.tables import ledger_table

        return ledger_table(self)

    def actors(self) -> pd.DataFrame:
        """Present values by actor.

        Returns
        -------
        pandas.DataFrame
            Index actor id; columns as in ``Party``.
        """
        from impactmonitor.evaluation.tables import actors_table

        return actors_table(self)

    def lines(self) -> pd.DataFrame:
        """Present values by line.

        Returns
        -------
        pandas.DataFrame
            Index line id; columns kind, domain, present_value, discounted_quantity.
        """
        from impactmonitor.evaluation.tables import lines_table

        return lines_table(self)

    def years(self) -> pd.DataFrame:
        """Undiscounted amounts by year of the horizon.

        Returns
        -------
        pandas.DataFrame
            Index year; columns costs, benefits, and per actor (actor, net) and
            (actor, cash_net).
        """
        from impactmonitor.evaluation.tables import years_table

        return years_table(self)
