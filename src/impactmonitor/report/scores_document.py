"""The one maker of the JSON object about scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a case without scores loads nothing of them
    from impactmonitor.evaluation.scores import FrameworkScore, IndicatorScore


def scores_document(scores: Mapping[str, FrameworkScore]) -> dict[str, Any]:
    """What stands under ``scores`` in the JSON object of a result.

    Parameters
    ----------
    scores : Mapping[str, FrameworkScore]
        By framework.

    Returns
    -------
    dict
        Scores of frameworks and groups from 0 to 100, of indicators from 0 to 1; None where
        nothing has data.

    Examples
    --------
    >>> scores_document({})
    {}
    """
    return {name: _framework(one) for name, one in scores.items()}


def _framework(one: FrameworkScore) -> dict[str, Any]:
    return {
        **asdict(one.total),
        "groups": {name: asdict(group) for name, group in one.groups.items()},
        "indicators": {name: _indicator(found) for name, found in one.indicators.items()},
        "agreement": None if one.agreement is None else asdict(one.agreement),
        "readiness": None if one.readiness is None else _readiness(one),
    }


def _indicator(found: IndicatorScore) -> dict[str, Any]:
    return asdict(found)


def _readiness(one: FrameworkScore) -> dict[str, Any]:
    """The lowest level, and by name what holds the others back."""
    assert one.readiness is not None
    names = [n for n, found in one.indicators.items() if found.status != "not-applicable"]
    return {
        "overall": one.readiness.overall,
        "at_most": one.readiness.at_most,
        "gap": one.readiness.gap,
        "held_back_by": [names[place] for place in one.readiness.held_back_by],
        "unknown": [names[place] for place in one.readiness.unknown],
    }
