"""The rules of a policy, each of which changes one kind of number of a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from math import isclose

from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.pricing import price_basis
from impactmonitor.catalogue.resolve import NO_UNIT
from impactmonitor.catalogue.resolved import ResolvedEffect
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.under_scheme import under_scheme
from impactmonitor.model.case import Case
from impactmonitor.model.legs import own_transfers
from impactmonitor.model.lines import Effect
from impactmonitor.model.numbers import SHARE, Distribution
from impactmonitor.model.policy import Policy
from impactmonitor.model.record import FrozenDict
from impactmonitor.proposals.estimates import expected_of, price_of, raised
from impactmonitor.proposals.fund_values import (
    FundCatalogue,
    expected_value,
    has_the_same,
    key_of,
)
from impactmonitor.proposals.levelled import Levelled, Levelling, Note, Reason, Rule, Unlevelled

HAIRCUT = "evidence-haircut"
ROUNDING = 1e-12


@dataclass
class Leveller:
    """A case while it is levelled.

    Attributes
    ----------
    given : Evaluation
        Of the plain case: without cards, variants and plans to finance it.
    policy, fund : Policy, FundCatalogue
        The policy, and the catalogue with its values.
    to_base : float
        What an amount of the case is multiplied by to be in the money of the policy.
    changes, left : list
        What was levelled so far, and what was not.
    """

    given: Evaluation
    policy: Policy
    fund: FundCatalogue
    to_base: float = 1.0
    effects: dict[str, Effect] = field(init=False)
    case: Case = field(init=False)
    changes: list[Levelled] = field(default_factory=list)
    left: list[Unlevelled] = field(default_factory=list)

    def __post_init__(self) -> None:
        case = self.given.case
        self.case = case.model_copy(update={"transfers": FrozenDict(own_transfers(case))})
        self.effects = dict(self.case.effects)
        # who gives and who gets in a transfer both count, so that nobody is harmed by a share off
        self.harms = {
            line.id
            for line in self.given.line_results()
            if line.id in self.effects
            and self.effects[line.id].taken_from is None
            and (line.present_value or 0.0) < 0
        }

    def levelling(self) -> Levelling:
        """What came of it."""
        case = self.case.model_copy(update={"effects": FrozenDict(self.effects)})
        return Levelling(
            self._without_lost_correlations(case),
            self.fund.catalogue,
            tuple(self.changes),
            tuple(self.left),
        )

    def scheme(self) -> None:
        """The discount scheme of the policy."""
        resolved = self.given.appraised.resolved
        if resolved.scheme_id == self.policy.scheme:
            return
        discount = self.case.discount
        own = None if discount is None or discount.rate is None else discount.rate
        shown = resolved.scheme_id if own is None else expected_of(own, self.case)
        self.case = under_scheme(self.case, self.policy.scheme)
        self.changes.append(Levelled("scheme", "discount", shown, self.policy.scheme))

    def values(self) -> None:
        """The unit values of the fund."""
        for name, effect in self._priced() if self.policy.values else ():
            path = f"effects.{name}.unit_value"
            resolved = self.given.appraised.resolved.effects[name]
            key = key_of(effect, self.policy, self.fund.catalogue)
            if key is None:
                is_named = effect.indicator is not None or resolved.value is not None
                self._leave("values", path, "no-fund-value" if is_named else "own-unit")
                continue
            factor = self._units(effect, resolved, key)
            if factor is None:
                self._leave("values", path, "other-unit")
                continue
            self._price_path(name, key)
            self._value(name, key, resolved, factor)

    def _units(self, effect: Effect, resolved: ResolvedEffect, key: str) -> float | None:
        """Units of the fund's value in one of the effect; a quantity without unit takes its."""
        if resolved.unit == NO_UNIT and effect.unit is None:
            return 1.0
        return self.fund.catalogue.convert(resolved.unit, self.fund.value(key).unit)

    def _value(self, name: str, key: str, resolved: ResolvedEffect, factor: float) -> None:
        """The value of the fund for one effect, unless the effect has it already."""
        one = self.policy.values[key]
        expected, is_spread, is_by_year = price_of(resolved.unit_value, self.case)
        is_per_unit = resolved.value is not None or factor == 1.0
        is_same = has_the_same(one, self.policy.currency, resolved, expected)
        if is_same and is_per_unit and not is_by_year:
            return
        own = self.effects[name]
        update: dict[str, object] = {
            "unit_value": self.fund.ids[key], "price_year": None, "currency": None,
            "discount_class": resolved.discount_class, "falls_to": own.falls_to,
        }  # fmt: skip
        if own.falls_to is None:  # it fell to whom the value before said
            update["falls_to"] = FrozenDict(resolved.falls_to)
        if resolved.unit != NO_UNIT:
            update["unit"] = resolved.unit
        self.effects[name] = own.model_copy(update=update)
        self._pay_in_the_fund_s_money()
        has_spread = isinstance(self.fund.value(key).current.value, Distribution)
        note: Note | None = "spread-of-fund" if has_spread else None
        if not has_spread and (is_spread or is_by_year):
            note = "by-year" if is_by_year else "spread-dropped"
        given = (expected, resolved.price.price_year)
        path = f"effects.{name}.unit_value"
        self.changes.append(
            Levelled("values", path, given[0], expected_value(one), note, given[1], one.price_year)
        )

    def _pay_in_the_fund_s_money(self) -> None:
        """Let a case in other money reckon with the fund's exchange rate, there and back."""
        case, currency = self.case, self.policy.currency
        if case.currency == currency:
            return
        path = f"exchange_rates.{currency}"
        catalogue, price_year = self.fund.catalogue, self.policy.price_year
        basis, _ = price_basis(case, catalogue, path, currency, price_year)
        rate = 1.0 / (self.to_base * rebasing_factor(basis.index_from, basis.index_to))
        own = case.exchange_rates.get(currency, FrozenDict())
        given = own.get(case.price_year)
        if given == rate:
            return
        rates = FrozenDict({**own, case.price_year: rate})
        update = {"exchange_rates": FrozenDict({**case.exchange_rates, currency: rates})}
        self.case = case.model_copy(update=update)
        self.changes.append(Levelled("values", f"{path}.{case.price_year}", given, rate))

    def evidence(self) -> None:
        """A share off gains, by the grade of their evidence."""
        for name, effect in self._priced():
            share = self.policy.evidence.get(effect.evidence or "not-stated", 0.0)
            path = f"effects.{name}.factors.{HAIRCUT}"
            if not share:
                continue
            if name in self.harms:
                self._leave("evidence", path, "harm", 0.0)
                continue
            own = self.effects[name]
            factor = _free(HAIRCUT, own.factors)
            factors = FrozenDict({**own.factors, factor: 1.0 - share})
            self.effects[name] = own.model_copy(update={"factors": factors})
            place = f"effects.{name}.factors.{factor}"
            self.changes.append(Levelled("evidence", place, 1.0, 1.0 - share))

    def deadweight(self) -> None:
        """At least the floor of what would happen anyway."""
        for name, effect in self._priced() if self.policy.deadweight else ():
            domain = self.given.appraised.resolved.effects[name].domain
            floor = self.policy.floor_of(domain, effect.indicator)
            path, own = (
                f"effects.{name}.deadweight",
                expected_of(effect.deadweight, self.case, SHARE),
            )
            if own >= floor or isclose(own, floor, rel_tol=ROUNDING):
                continue
            if effect.basis == "net" or name in self.harms:
                self._leave("deadweight", path, "net" if effect.basis == "net" else "harm", own)
                continue
            figure, note = raised(effect.deadweight, floor, self.case)
            update = {"deadweight": figure}
            self.effects[name] = self.effects[name].model_copy(update=update)
            self.changes.append(Levelled("deadweight", path, own, floor, note))

    def horizon(self) -> None:
        """A longer horizon cut; a shorter one is left, because nobody knows what comes after."""
        most, own = self.policy.horizon, self.case.horizon
        if most is None or own == most:
            return
        if own < most:
            self._leave("horizon", "horizon", "shorter", float(own))
            return
        self.case = self.case.model_copy(update={"horizon": most})
        self.changes.append(Levelled("horizon", "horizon", float(own), float(most)))

    def _priced(self) -> list[tuple[str, Effect]]:
        """Effects in euros, as the case has them; the others are in no total."""
        return [(n, e) for n, e in self.given.case.effects.items() if e.monetised]

    def _leave(self, rule: Rule, path: str, reason: Reason, value: float | None = None) -> None:
        self.left.append(Unlevelled(rule, path, reason, value))

    def _price_path(self, name: str, key: str) -> None:
        """How the price changes beside all others: as the fund says, or as the case has it."""
        wanted = self.policy.values[key].real_price_change
        path = f"effects.{name}.real_price_change"
        own = expected_of(self.effects[name].real_price_change, self.case)
        if wanted is None:
            if own:
                self._leave("values", path, "own-price-path", own)
        elif wanted != own:
            update = {"real_price_change": wanted}
            self.effects[name] = self.effects[name].model_copy(update=update)
            self.changes.append(Levelled("values", path, own, wanted))

    def _without_lost_correlations(self, case: Case) -> Case:
        """Correlations of numbers that are no longer those of the case are left out, and named."""
        moved = {change.path for change in self.changes}
        kept = []
        for place, one in enumerate(case.correlations):
            if moved.isdisjoint(one[:2]):
                kept.append(one)
            else:
                rule = next(c.rule for c in self.changes if c.path in one[:2])
                self._leave(rule, f"correlations.{place}", "correlation", one[2])
        return case.model_copy(update={"correlations": tuple(kept)})


def _free(name: str, taken: Collection[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found
