"""Cases ranked by their score in one framework, and how sure that ranking is.

Money has no part in it: the ranking stands beside the euros of each case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.frameworks import Framework
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.proposals.ranked import RankedCase, Ranking
from impactmonitor.proposals.switching import switches
from impactmonitor.scoring.comparison import Comparison, compare_scores
from impactmonitor.scoring.horizons import LONG, MEDIUM, SHORT
from impactmonitor.scoring.masses import Flags
from impactmonitor.scoring.robust_ranking import Draws, robust_acceptability

HORIZONS = {"short": SHORT, "medium": MEDIUM, "long": LONG}
DRAWS = Draws(seed=1)
MOST_DRAWS = 1_000_000
MOST_MULTIPLIER = 1_000_000
"""Beyond this only the long term counts, and the numbers can no longer be read: ours."""


def rank_cases(
    evaluations: Sequence[Evaluation],
    framework: str,
    draws: Draws = DRAWS,
    names: Sequence[str] | None = None,
) -> Ranking:
    """Rank cases by their scores in a framework, with the weights it has and with many others.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Two or more, of cases with different ids; their order does not matter.
    framework : str
        Id of the framework, which has to be the same for all.
    draws : Draws
        How often weights and the multiplier of the long term are drawn, and from where.
    names : sequence of str, optional
        Where each case comes from, for what is said of mistakes; by default its id.

    Returns
    -------
    Ranking

    Raises
    ------
    InvalidInput
        ``rank-needs-two-cases``, ``ranked-twice``, ``case-without-answers``.
    ValueError
        If the cases were evaluated with different frameworks of that id.

    Notes
    -----
    Compared is what all cases have data for, and who knows too little is never first; see
    `compare_scores` and `robust_acceptability`.

    Examples
    --------
    >>> from impactmonitor import evaluate
    >>> from impactmonitor.model.case import Case
    >>> fields = {"impactmonitor": 1, "title": "x", "currency": "EUR", "price_year": 2025,
    ...     "base_year": 2025, "horizon": 1, "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 1, "paid_by": "city"}}}
    >>> answers = {"far": {"trl": 8, "srl": 6, "crl": 6}, "near": {"trl": 3, "srl": 5, "crl": 4}}
    >>> cases = [Case.model_validate({**fields, "id": name, "scores": {"readiness": given}})
    ...     for name, given in answers.items()]
    >>> found = rank_cases([evaluate(case) for case in cases], "readiness")
    >>> [(case.id, case.rank, case.rank_acceptability) for case in found.cases.values()]
    [('far', 1, (1.0, 0.0)), ('near', 2, (0.0, 1.0))]
    """
    given = names or [evaluation.case.id for evaluation in evaluations]
    problems = list(_problems(evaluations, framework, given))
    if problems:
        raise InvalidInput(problems)
    return _Answers(sorted(evaluations, key=lambda one: one.case.id), framework).ranked(draws)


def _problems(
    evaluations: Sequence[Evaluation], framework: str, names: Sequence[str]
) -> Iterator[Problem]:
    if len(evaluations) < 2:
        yield Problem("rank-needs-two-cases")
    seen: dict[str, str] = {}
    for evaluation, name in zip(evaluations, names, strict=True):
        case = evaluation.case.id
        if case in seen:
            params: dict[str, object] = {"id": case, "file": seen[case], "other": name}
            yield Problem("ranked-twice", f"{name}.id", params)
            continue
        seen[case] = name
        found = evaluation.scores.get(framework)
        if found is None or not any(one.assessors for one in found.indicators.values()):
            params = {"file": name, "framework": framework}
            yield Problem("case-without-answers", f"{name}.scores.{framework}", params)


class _Answers:
    """What all cases answer, as arrays: a row for each case, a column for each indicator."""

    def __init__(self, evaluations: Sequence[Evaluation], name: str) -> None:
        self.evaluations, self.name = evaluations, name
        self.framework = _same_framework(evaluations, name)
        found = [one.scores[name].indicators for one in evaluations]
        self.indicators = list(self.framework.indicators)
        self.scores: Array = np.array(
            [[row[key].score for key in self.indicators] for row in found], dtype=float
        )
        self.leaves: Flags = np.array(
            [[row[key].status == "not-applicable" for key in self.indicators] for row in found]
        )
        self.weights = [self.framework.indicators[key].weight for key in self.indicators]
        self.multipliers = [self.framework.multiplier_of(key) for key in self.indicators]
        self.horizons = [HORIZONS[self.framework.horizon_of(key)] for key in self.indicators]

    def ranked(self, draws: Draws) -> Ranking:
        """The ranking, once everything is known to be answered."""
        compared = compare_scores(
            self.scores, self.weights, self.multipliers, is_not_applicable=self.leaves
        )
        shares = robust_acceptability(self.scores, self.weights, self.horizons, compared, draws)
        cases = [self._case(place, compared, shares) for place in range(len(self.evaluations))]
        order = sorted(range(len(cases)), key=lambda place: _order(cases[place]))
        common = np.where(compared.is_common, self.scores, np.nan)[order]
        names = [cases[place].id for place in order]
        return Ranking(
            self.framework,
            draws,
            FrozenDict({cases[place].id: cases[place] for place in order}),
            switches(names, common, self.weights, self.horizons, draws.highest),
            self._named(compared.is_common),
            compared.common_coverage,
            FrozenDict(self._left_out()),
            compared.reason,
        )

    def _case(self, place: int, compared: Comparison, shares: Array | None) -> RankedCase:
        evaluation = self.evaluations[place]
        alone, applying = evaluation.scores[self.name].total, compared.own[place]
        return RankedCase(
            id=evaluation.case.id,
            title=evaluation.case.title,
            score=alone.score,
            low=alone.low,
            high=alone.high,
            coverage=alone.coverage,
            common_score=compared.common_scores[place],
            compared_coverage=applying.coverage,
            is_below_coverage=compared.is_below_coverage[place],
            rank=compared.ranks[place],
            rank_acceptability=None if shares is None else tuple(shares[place].tolist()),
            missing=self._missing(np.isnan(self.scores[place]) & ~compared.is_left_out),
        )

    def _missing(self, is_missing: Flags) -> tuple[str, ...]:
        heavy = dict(zip(self.indicators, np.multiply(self.weights, self.multipliers), strict=True))
        found = [key for key in self._named(is_missing) if heavy[key] > 0]
        return tuple(sorted(found, key=lambda key: -heavy[key]))

    def _left_out(self) -> dict[str, tuple[str, ...]]:
        ids = [evaluation.case.id for evaluation in self.evaluations]
        return {
            key: tuple(case for case, leaves in zip(ids, column, strict=True) if leaves)
            for key, column in zip(self.indicators, self.leaves.T, strict=True)
            if column.any()
        }

    def _named(self, marks: Flags) -> tuple[str, ...]:
        return tuple(key for key, is_one in zip(self.indicators, marks, strict=True) if is_one)


def _same_framework(evaluations: Sequence[Evaluation], name: str) -> Framework:
    read = [one.appraised.resolved.frameworks for one in evaluations]
    found = [frameworks.frameworks[name] for frameworks in read if frameworks is not None]
    if any(one != found[0] for one in found):
        raise ValueError(f"the cases were evaluated with different frameworks {name}")
    return found[0]


def _order(case: RankedCase) -> tuple[float, float, str]:
    """The best first; equal ones by id."""
    score = -1.0 if case.common_score is None else case.common_score
    return (np.inf if case.rank is None else case.rank, -score, case.id)
