"""One case on its own terms, and after every rule of a policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.under_scheme import under_scheme
from impactmonitor.model.policy import Policy
from impactmonitor.proposals.common_base import Base, price_factor
from impactmonitor.proposals.fund_values import FundCatalogue
from impactmonitor.proposals.levelled import Levelled, Levelling, Rule
from impactmonitor.proposals.levelling import level, plain_case


@dataclass(frozen=True)
class Terms:
    """On what cases are compared.

    Attributes
    ----------
    base : Base
        Money, prices, scheme and moment.
    policy, fund : Policy, FundCatalogue or None
        The policy and the catalogue with its values; None where nothing is levelled.
    catalogue : Catalogue
        With which the cases were evaluated.
    """

    base: Base
    policy: Policy | None
    fund: FundCatalogue | None
    catalogue: Catalogue


class Staged:
    """One case on its own terms, and after every rule.

    Parameters
    ----------
    handed_in : Evaluation
        Of the whole case.
    terms : Terms
        On what it is compared.
    rules : sequence of str
        In the order in which they are applied.

    Attributes
    ----------
    given : Evaluation
        Of what its euros follow from, on its own terms.
    price_factor : float
        To the money and price level of the base.
    problems : list of Problem
        What is missing for that.
    """

    def __init__(self, handed_in: Evaluation, terms: Terms, rules: Sequence[Rule]) -> None:
        self.handed_in, self.terms, self.rules = handed_in, terms, rules
        self.given = evaluate(plain_case(handed_in), terms.catalogue)
        self.price_factor, self.problems = price_factor(handed_in.case, terms.base, terms.catalogue)

    def after(self, rules: Sequence[Rule]) -> tuple[Evaluation, Levelling]:
        """The case after some rules; the same result where none of them changed anything."""
        if not rules:
            return self.given, Levelling(self.given.case, self.terms.catalogue, (), ())
        found = self._levelling(rules)
        if not found.changes:
            return self.given, found
        return evaluate(found.case, found.catalogue), found

    def _levelling(self, rules: Sequence[Rule]) -> Levelling:
        terms = self.terms
        if terms.policy is not None and terms.fund is not None:
            return level(self.given, terms.policy, terms.fund, rules, self.price_factor)
        own, wanted = self.given.appraised.resolved.scheme_id, terms.base.scheme
        case = plain_case(self.given)
        if wanted is None or own == wanted:
            return Levelling(case, terms.catalogue, (), ())
        change = Levelled("scheme", "discount", own, wanted)
        return Levelling(under_scheme(case, wanted), terms.catalogue, (change,), ())

    @cached_property
    def stages(self) -> tuple[list[Evaluation], Levelling]:
        """Results before the first rule and after each, and what all of them changed."""
        found = [self.given]
        levelling = self.after(())[1]
        for count in range(1, len(self.rules) + 1):
            known = levelling.changes
            made, levelling = self.after(self.rules[:count])
            found.append(found[-1] if levelling.changes == known else made)
        return found, levelling

    def without(self, rule: Rule) -> Evaluation:
        """The case with one rule left out."""
        if not any(change.rule == rule for change in self.stages[1].changes):
            return self.stages[0][-1]
        return self.after([one for one in self.rules if one != rule])[0]
