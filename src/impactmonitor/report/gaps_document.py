"""The one maker of the JSON object about data gaps."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.gaps import Gaps
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.words import Words


def gaps_document(evaluation: Evaluation, gaps: Gaps, language: Language = "en") -> dict[str, Any]:
    """Data gaps as plain values, the weightiest first.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    gaps : Gaps
        From ``gaps_of``.
    language : {"nl", "en"}
        Of the titles; numbers and names are the same in both.

    Returns
    -------
    dict
        ``effects`` with their present value, ``answers`` with weight times multiplier, each with
        a list ``missing`` of stable names. ``worth_knowing`` is None where nothing was simulated,
        ``card`` where the size of an effect does not come from an effect card.
    """
    words = Words(evaluation, language)
    frameworks = evaluation.appraised.resolved.frameworks
    answers = []
    for gap in gaps.answers:
        found = (
            None if frameworks is None else frameworks.indicator(f"{gap.framework}.{gap.indicator}")
        )
        title = None if found is None else found[1].title
        shown = in_language(title, language, gap.indicator)
        answers.append({**asdict(gap), "title": shown, "missing": list(gap.missing)})
    return {
        "case": evaluation.case.id,
        "title": in_language(evaluation.case.title, language),
        "currency": evaluation.case.currency,
        "effects": [
            {
                **asdict(gap),
                "title": words.line(gap.id),
                "missing": list(gap.missing),
                "unconfirmed": list(gap.unconfirmed),
            }
            for gap in gaps.effects
        ],
        "answers": answers,
    }
