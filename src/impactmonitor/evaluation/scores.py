"""The scores of a case: what its answers to the questions of frameworks come to.

Scores stand beside euros. They are never added to them, and no multiplier is applied to money.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Literal

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.catalogue.frameworks import Frameworks
from impactmonitor.catalogue.resolved import Resolved
from impactmonitor.model.case import Case
from impactmonitor.model.frameworks import Framework, FrameworkIndicator
from impactmonitor.model.scores import Answer, Assessment, assessments
from impactmonitor.scoring.agreement import Agreement, krippendorff_alpha
from impactmonitor.scoring.assessors import level_spreads
from impactmonitor.scoring.readiness import Readiness, overall_readiness
from impactmonitor.scoring.value_functions import level_scores, linear_scores, piecewise_scores
from impactmonitor.scoring.weighted import Score, contributions, framework_score, group_scores

Status = Literal["value", "none", "not-applicable", "missing"]


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """What a case answers to one question.

    Attributes
    ----------
    value : float or None
        The number, or the level: of several assessors the middle one, the lower of two.
    status : {"value", "none", "not-applicable", "missing"}
        Whether there is data; "none" is no contribution, which is data and counts for 0.
    score : float or None
        0 to 1.
    weight, multiplier : float
        Of the framework.
    contribution : float or None
        Points that it adds to the score of the framework.
    spread : float or None
        Highest level minus lowest, where several assessors chose one.
    is_monetised : bool
        Whether the case has an effect in euros for the same indicator.
    assessors : int
        How many answers there are.
    """

    value: float | None
    status: Status
    score: float | None
    weight: float
    multiplier: float
    contribution: float | None
    spread: float | None
    is_monetised: bool
    assessors: int


@dataclass(frozen=True, slots=True)
class FrameworkScore:
    """What a framework says of a case.

    Attributes
    ----------
    total : Score
        Of all its indicators.
    groups : Mapping[str, Score]
        By transition, element or aspect.
    indicators : Mapping[str, IndicatorScore]
        In the order of the framework, also those without an answer.
    agreement : Agreement or None
        Of several assessors; None where every question has one answer at most.
    readiness : Readiness or None
        The lowest level and what holds the others back, in a framework for that.
    """

    total: Score
    groups: Mapping[str, Score]
    indicators: Mapping[str, IndicatorScore]
    agreement: Agreement | None
    readiness: Readiness | None


def scores_of(
    case: Case, frameworks: Frameworks | None, known: Mapping[str, FrameworkScore] | None = None
) -> dict[str, FrameworkScore]:
    """The scores of a case in every framework whose questions it answers.

    Parameters
    ----------
    case : Case
        Whose answers fit the questions.
    frameworks : Frameworks or None
        None where the case has no answers.
    known : Mapping[str, FrameworkScore], optional
        Scores of this case that were worked out already, from ``shared_scores``.

    Returns
    -------
    dict of str to FrameworkScore
    """
    if frameworks is None:
        return {}
    in_euros, known = _in_euros(case), known or {}
    return {
        name: known.get(name)
        or _framework_score(answers, in_euros, frameworks.frameworks[name], frameworks)
        for name, answers in case.scores.items()
    }


def _in_euros(case: Case) -> set[str]:
    return {e.indicator for e in case.effects.values() if e.monetised and e.indicator}


def shared_scores(
    variant: Resolved, base: Resolved, found: Mapping[str, FrameworkScore]
) -> dict[str, FrameworkScore]:
    """The scores of a case that are those of a variant of it too.

    Parameters
    ----------
    variant, base : Resolved
        The variant, and the case itself.
    found : Mapping[str, FrameworkScore]
        The scores of the case.

    Returns
    -------
    dict of str to FrameworkScore
        Those in frameworks of which the variant changes no answer, and in which it prices the same
        indicators.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "neighbourhood-prevention" / "case.yaml")
    >>> found = evaluate(case)
    >>> faded = found.scenarios["effects-fade"]
    >>> both = [one.appraised.resolved for one in (faded, found)]
    >>> list(shared_scores(*both, found.scores)) == list(found.scores)
    True
    """
    if variant.frameworks is None or variant.frameworks is not base.frameworks:
        return {}
    otherwise = _in_euros(variant.case) ^ _in_euros(base.case)
    return {
        name: score
        for name, score in found.items()
        if variant.case.scores.get(name) == base.case.scores[name]
        and not _names_any(variant.frameworks.frameworks[name], otherwise)
    }


def _names_any(framework: Framework, indicators: Set[str]) -> bool:
    """Whether a framework asks for any of these indicators of the catalogue."""
    return any(one.indicator in indicators for one in framework.indicators.values())


def unanswered(names: Iterable[str], frameworks: Frameworks) -> dict[str, FrameworkScore]:
    """What frameworks come to before anybody has answered a question.

    Parameters
    ----------
    names : iterable of str
        Ids of frameworks.
    frameworks : Frameworks
        In which they stand.

    Examples
    --------
    >>> from impactmonitor.catalogue.frameworks import load_frameworks
    >>> found = unanswered(["readiness"], load_frameworks())
    >>> found["readiness"].total.coverage
    0.0
    """
    return {
        name: _framework_score({}, set(), frameworks.frameworks[name], frameworks) for name in names
    }


def _framework_score(
    answers: Mapping[str, Answer],
    in_euros: Set[str],
    framework: Framework,
    frameworks: Frameworks,
) -> FrameworkScore:
    found = {
        key: _Answered.of(one, answers.get(key), frameworks)
        for key, one in framework.indicators.items()
    }
    scores = np.array([one.score for one in found.values()])
    weights = [one.weight for one in framework.indicators.values()]
    multipliers = [framework.multiplier_of(key) for key in found]
    leaves = [one.status == "not-applicable" for one in found.values()]
    monetised = [one.indicator in in_euros for one in framework.indicators.values()]
    added = contributions(scores, weights, multipliers, is_not_applicable=leaves)
    names = list(framework.groups)
    groups = [names.index(one.group) for one in framework.indicators.values()]
    of_groups = group_scores(
        scores, weights, multipliers, groups, is_not_applicable=leaves, is_monetised=monetised
    )
    return FrameworkScore(
        framework_score(
            scores, weights, multipliers, is_not_applicable=leaves, is_monetised=monetised
        ),
        dict(zip(names, of_groups, strict=False)),
        {
            key: IndicatorScore(
                one.value,
                one.status,
                _or_none(one.score),
                weight,
                multiplier,
                _or_none(points),
                one.spread,
                is_monetised,
                len(one.given),
            )
            for (key, one), weight, multiplier, points, is_monetised in zip(
                found.items(), weights, multipliers, added, monetised, strict=True
            )
        },
        _agreement(found),
        _readiness(framework, found),
    )


def _or_none(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


@dataclass(frozen=True, slots=True)
class _Answered:
    """The answers to one question, put together."""

    given: tuple[Assessment, ...]
    levels: int
    value: float | None
    status: Status
    score: float
    spread: float | None

    @classmethod
    def of(
        cls, indicator: FrameworkIndicator, answer: Answer | None, frameworks: Frameworks
    ) -> _Answered:
        levels = frameworks.scores_of(indicator)
        given = () if answer is None else assessments(answer, bool(levels))
        numbers = _numbers(given)
        score, value = np.nan, None
        if len(numbers):
            value = sorted(numbers)[(len(numbers) - 1) // 2]
            score = 0.0 if value == NO_CONTRIBUTION else _score(indicator, value, levels)
        spread = None
        if levels and len(given) > 1:
            spread = _or_none(float(level_spreads(_levels(given)[:, None])[0]))
        status = _status(given, value)
        shown = value if status == "value" else None
        return cls(given, len(levels), shown, status, score, spread)


NO_CONTRIBUTION = -np.inf
"""Below every number and level: what does not contribute."""


def _numbers(given: tuple[Assessment, ...]) -> list[float]:
    """The numbers or levels among the answers; no contribution is lower than all of them."""
    found: list[float] = []
    for one in given:
        kind = one.stands_for
        if kind == "none":
            found.append(NO_CONTRIBUTION)
        elif kind == "value":
            number = one.number if one.level is None else one.level
            found.append(np.nan if number is None else float(number))
    return found


def _levels(given: tuple[Assessment, ...]) -> Array:
    return np.array([np.nan if one.level is None else float(one.level) for one in given])


def _score(indicator: FrameworkIndicator, value: float, levels: tuple[float, ...]) -> float:
    """From a number or a level to a score from 0 to 1."""
    if levels:
        return float(level_scores([value], levels)[0])
    if indicator.points is not None:
        return float(piecewise_scores([value], indicator.points)[0])
    assert indicator.zero is not None
    assert indicator.full is not None
    return float(linear_scores([value], indicator.zero, indicator.full)[0])


def _status(given: tuple[Assessment, ...], value: float | None) -> Status:
    """Data goes before what does not apply; without either, nobody knows."""
    if value is not None:
        return "none" if value == NO_CONTRIBUTION else "value"
    said = {one.stands_for for one in given}
    return "not-applicable" if said == {"not-applicable"} else "missing"


def _agreement(found: Mapping[str, _Answered]) -> Agreement | None:
    """How far several assessors agree, over the questions with equally many levels.

    Levels of unequal scales are not the same; the number of levels that most answered questions
    have is taken.
    """
    answered = [one for one in found.values() if any(a.level for a in one.given)]
    most = max((len(one.given) for one in answered), default=0)
    if most < 2:
        return None
    counts = Counter(one.levels for one in answered)
    usual = max(counts, key=lambda levels: (counts[levels], levels))
    rows = [_levels(one.given) for one in answered if one.levels == usual]
    padded = [np.pad(row, (0, most - len(row)), constant_values=np.nan) for row in rows]
    return krippendorff_alpha(np.array(padded).T)


def _readiness(framework: Framework, found: Mapping[str, _Answered]) -> Readiness | None:
    if framework.purpose != "readiness" or len(found) < 2:
        return None
    levels = [
        int(one.value) if one.value is not None else None
        for one in found.values()
        if one.status != "not-applicable"
    ]
    highest = max(one.levels for one in found.values())
    return overall_readiness(levels, highest) if len(levels) > 1 else None
