"""Cases beside each other: on one base, as claimed and as levelled, with ranks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.policy import Policy
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.proposals.common_base import (
    base_of_cases,
    base_of_policy,
    first_rate,
    start_factor,
)
from impactmonitor.proposals.compared import Compared, ComparedCase, Ranks, Robustness
from impactmonitor.proposals.drawn_cases import Chances, draw_cases, rank_shares
from impactmonitor.proposals.fund_values import fund_catalogue
from impactmonitor.proposals.levelled import RULES, Rule
from impactmonitor.proposals.placing import HIGH_IS_BEST, places
from impactmonitor.proposals.ranked import Ranking
from impactmonitor.proposals.ranking import rank_cases
from impactmonitor.proposals.rule_bridge import rule_bridge
from impactmonitor.proposals.staging import Staged, Terms
from impactmonitor.proposals.standing import FIGURES, Standing, standing_of
from impactmonitor.scoring.robust_ranking import Draws

DRAWS, SEED = 1024, 1
TOLD_ONCE = ("default-scheme", "scheme-verification", "scheme-superseded", "provisional-index")
"""Warnings about what the cases share, which each of them would repeat."""


def compare_cases(
    evaluations: Sequence[Evaluation],
    policy: Policy | None = None,
    catalogue: Catalogue | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    names: Sequence[str] | None = None,
) -> Compared:
    """Put cases beside each other on one base, and level them if there is a policy.

    Every case keeps its own base year and horizon. It is discounted by the common scheme, brought
    to the common price level and currency, and multiplied by (1 + first standard rate) to the
    power of -(its base year - the year of the comparison).

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Two or more, of cases with different ids; their order does not matter.
    policy : Policy, optional
        By which they are levelled. Without one the base follows from the cases, and *levelled* is
        the same as *claimed*.
    catalogue : Catalogue, optional
        With which the cases were evaluated; by default the one that comes with the package.
    draws : int
        For chances of loss and the firmness of ranks; 0 leaves them out.
    seed : int
        The same seed gives the same draws.
    names : sequence of str, optional
        Where each case comes from, for what is said of mistakes; by default its id.

    Returns
    -------
    Compared

    Raises
    ------
    InvalidInput
        ``compare-needs-two-cases``, ``compared-twice``, ``compare-currencies``,
        ``compare-schemes``, and what is missing to bring a case to the base.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> twin = case.model_copy(update={"id": "twin", "base_year": 1993})
    >>> found = compare_cases([evaluate(case), evaluate(twin)], draws=0)
    >>> found.ranks["benefit_cost_ratio"], found.base.base_year
    ({'perry-age-27': 1, 'twin': 1}, 1992)
    """
    catalogue = catalogue if catalogue is not None else load_catalogue()
    given = names or [one.case.id for one in evaluations]
    problems = list(_problems(evaluations, given))
    if problems:
        raise InvalidInput(problems)
    place = {one.case.id: name for one, name in zip(evaluations, given, strict=True)}
    ordered = sorted(evaluations, key=lambda one: one.case.id)
    base = base_of_policy(policy) if policy is not None else base_of_cases(ordered, catalogue)
    fund = fund_catalogue(policy, catalogue) if policy is not None else None
    terms = Terms(base, policy, fund, catalogue)
    rules = RULES if policy is not None else ("scheme",)
    staged = {one.case.id: Staged(one, terms, rules) for one in ordered}
    missing = [
        problem.moved_to(place[name]) for name, one in staged.items() for problem in one.problems
    ]
    if missing:
        raise InvalidInput(missing)
    return _Comparison(staged, terms, rules, draws, seed).compared()


def _problems(evaluations: Sequence[Evaluation], names: Sequence[str]) -> Iterator[Problem]:
    if len(evaluations) < 2:
        yield Problem("compare-needs-two-cases")
    seen: dict[str, str] = {}
    for evaluation, name in zip(evaluations, names, strict=True):
        case = evaluation.case.id
        if case in seen:
            params: dict[str, object] = {"id": case, "file": seen[case], "other": name}
            yield Problem("compared-twice", f"{name}.id", params)
        seen.setdefault(case, name)


class _Comparison:
    """Cases that are compared, once everything about them is known."""

    def __init__(
        self,
        staged: Mapping[str, Staged],
        terms: Terms,
        rules: Sequence[Rule],
        draws: int,
        seed: int,
    ) -> None:
        self.staged, self.terms, self.rules = staged, terms, tuple(rules)
        self.draws, self.seed = draws, seed
        self.starts = {name: self._start(one) for name, one in staged.items()}
        self.scales = {name: one.price_factor * self.starts[name] for name, one in staged.items()}

    def _start(self, one: Staged) -> float:
        """To the moment of the comparison, at the first rate of the scheme that all have."""
        rate = first_rate(one.stages[0][1])
        return start_factor(rate, one.handed_in.case.base_year, self.terms.base.base_year)

    def compared(self) -> Compared:
        """Everything together."""
        levelled = {name: one.stages[0][-1] for name, one in self.staged.items()}
        chances: Mapping[str, Chances] = {}
        shares, draws = None, 0
        if self.draws:
            drawn = draw_cases(levelled, self.scales, self.draws, self.seed)
            chances, draws = drawn.chances, drawn.draws
            shares = FrozenDict(rank_shares(drawn.net, list(levelled)))
        found = {name: self._case(name, chances.get(name)) for name in self.staged}
        order = sorted(
            found, key=lambda name: (-found[name].levelled.amount("net_present_value"), name)
        )
        return Compared(
            self.terms.base,
            self.terms.policy,
            draws,
            self.seed,
            self.rules,
            FrozenDict({name: found[name] for name in order}),
            _ranks({name: one.claimed for name, one in found.items()}, {}),
            _ranks({name: one.levelled for name, one in found.items()}, chances),
            FrozenDict(_scores([one.handed_in for one in self.staged.values()], self.seed)),
            self._robustness(shares),
            tuple(self._warnings()),
        )

    def _case(self, name: str, chances: Chances | None) -> ComparedCase:
        one, scale = self.staged[name], self.scales[name]
        stages, levelling = one.stages
        return ComparedCase(
            name,
            one.handed_in.case.title,
            one.handed_in,
            one.price_factor,
            self.starts[name],
            standing_of(stages[1], scale),
            standing_of(stages[-1], scale),
            rule_bridge(stages, self.rules, scale),
            levelling,
            chances,
        )

    def _robustness(self, shares: Mapping[str, tuple[float, ...]] | None) -> Robustness:
        changed = {change.rule for one in self.staged.values() for change in one.stages[1].changes}
        net = {
            rule: FrozenDict({name: self._net_without(name, rule) for name in self.staged})
            for rule in self.rules
            if rule in changed
        }
        ranks = {rule: FrozenDict(places(values)) for rule, values in net.items()}
        return Robustness(shares, FrozenDict(ranks), FrozenDict(net))

    def _net_without(self, name: str, rule: Rule) -> float:
        return self.scales[name] * self.staged[name].without(rule).amount("net_present_value")

    def _warnings(self) -> Iterator[Problem]:
        """What concerns the comparison, and once what every case would say."""
        horizons = [one.stages[0][-1].case.horizon for one in self.staged.values()]
        if len(set(horizons)) > 1:
            params = {"shortest": min(horizons), "longest": max(horizons)}
            yield Problem("compare-horizons", "horizon", params, severity="warning")
        told: set[tuple[str, str]] = set()
        for one in self.staged.values():
            for problem in one.stages[0][1].warnings:
                key = (problem.code, repr(sorted(problem.params.items())))
                if problem.code in TOLD_ONCE and key not in told:
                    told.add(key)
                    yield problem


def _ranks(standings: Mapping[str, Standing], chances: Mapping[str, Chances]) -> Ranks:
    """By quantity; chances of loss only where there are draws."""
    values: dict[str, dict[str, float | None]] = {
        name: {case: one.figures[name] for case, one in standings.items()}
        for name in FIGURES
        if name in HIGH_IS_BEST
    }
    if chances:
        worst = {case: one.worst_chance_of_loss for case, one in chances.items()}
        values["worst_chance_of_loss"] = worst
    return FrozenDict(
        {name: FrozenDict(places(found, HIGH_IS_BEST[name])) for name, found in values.items()}
    )


def _scores(evaluations: Sequence[Evaluation], seed: int) -> dict[str, Ranking]:
    """Rankings in every framework that all cases answer."""
    answered = [
        {
            name
            for name, found in one.scores.items()
            if any(answer.assessors for answer in found.indicators.values())
        }
        for one in evaluations
    ]
    shared = sorted(set.intersection(*answered))
    return {name: rank_cases(evaluations, name, Draws(1, seed)) for name in shared}
