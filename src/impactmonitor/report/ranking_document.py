"""The one maker of the JSON object about a ranking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem
from impactmonitor.proposals.ranked import RankedCase, Ranking
from impactmonitor.report.document import problem_list
from impactmonitor.version import __version__


def ranking_document(
    ranking: Ranking, language: Language = "en", warnings: Iterable[Problem] = ()
) -> dict[str, Any]:
    """A ranking as one object of plain values.

    Parameters
    ----------
    ranking : Ranking
        Of two cases or more.
    language : {"nl", "en"}
        Of titles and messages; numbers and names are the same in both.
    warnings : iterable of Problem
        What was noticed on the way.

    Returns
    -------
    dict
        As ``impactmonitor rank CASE... --framework ID --json`` prints it; numbers are not rounded.
        Scores are from 0 to 100, coverages and shares from 0 to 1. The cases are in the order of
        the ranking; ``score``, ``low``, ``high`` and ``coverage`` are those of the case alone.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.proposals.ranking import rank_cases
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "neighbourhood-prevention" / "case.yaml")
    >>> twin = case.model_copy(update={"id": "twin", "title": "Twin"})
    >>> found = rank_cases([evaluate(case), evaluate(twin)], "prevention-core-set")
    >>> ranking_document(found)["reason"]
    'all_below_coverage'
    """
    return {
        "framework": ranking.framework.id,
        "title": in_language(ranking.framework.title, language),
        "engine": __version__,
        "draws": ranking.draws.count,
        "seed": ranking.draws.seed,
        "max_multiplier": ranking.draws.highest,
        "common": list(ranking.common),
        "common_coverage": ranking.common_coverage,
        "left_out": list(ranking.left_out),
        "reason": ranking.reason,
        "cases": {name: _case(one, ranking, language) for name, one in ranking.cases.items()},
        "warnings": problem_list(warnings, language),
    }


def _case(one: RankedCase, ranking: Ranking, language: Language) -> dict[str, Any]:
    shares = one.rank_acceptability
    return {
        "title": in_language(one.title, language),
        "score": one.score,
        "low": one.low,
        "high": one.high,
        "coverage": one.coverage,
        "common_score": one.common_score,
        "compared_coverage": one.compared_coverage,
        "is_below_coverage": one.is_below_coverage,
        "rank": one.rank,
        "rank_acceptability": None if shares is None else list(shares),
        "switching_multipliers": {
            other: list(found) for other, found in ranking.switching_multipliers(one.id).items()
        },
        "missing": list(one.missing),
    }
