"""What a result rests on: which figures of a case name a source, and which are assumed."""

from __future__ import annotations

from typing import get_args

from impactmonitor.evaluation.result import Evaluation
from impactmonitor.model.card_choice import choice_of
from impactmonitor.model.case import Case
from impactmonitor.model.figures import Place, figures, given_figures
from impactmonitor.model.lines import Evidence, Line
from impactmonitor.model.numbers import ParameterReference
from impactmonitor.model.prefilled import NOT_LOCAL, Filling, PrefilledEffect, prefilled_at

JUDGEMENTS = frozenset({
    "deadweight", "displacement", "attribution_to_others", "optimism_bias", "cashable",
    "drop_off", "growth", "real_price_change",
})  # fmt: skip
"""Fields that a line's own source rarely speaks of: without a parameter they are assumptions."""


def source_of(case: Case, place: Place) -> str | None:
    """The source of a figure: of its parameter, its card, or its line where that speaks of it.

    Parameters
    ----------
    case : Case
        The case in which it stands, with its effect cards filled in.
    place : Place
        A figure of the case.

    Returns
    -------
    str or None
        For what an effect card found, the id of the card. What is proposed with a card but is
        not its source's (the factor at scale, how it wears off) has none.
    """
    if isinstance(place.figure, ParameterReference):
        return case.parameters[place.figure.parameter].source
    found = prefilled_at(case, place.path)
    if found is not None and found[1].by in ("card", "combined", "local", "ours"):
        return _of_card(*found)
    kind, _, rest = place.path.partition(".")
    name, _, field = rest.partition(".")
    if kind == "overlaps" or not field or field.partition(".")[0] in JUDGEMENTS:
        return None
    line = getattr(case, kind).get(name) if kind in ("costs", "effects", "transfers") else None
    return None if line is None else line.source


def _of_card(effect: PrefilledEffect, filling: Filling) -> str | None:
    """The card for what it found, the local source for what was counted here."""
    assert effect.card is not None
    choice = choice_of(effect.card)
    if filling.by == "local":
        return None if choice.local is None else choice.local.source
    return None if filling.by == "ours" else choice.id


def counted_numbers(evaluation: Evaluation) -> tuple[int, int]:
    """How many figures a case gives, and how many of them are assumed.

    Assumed is what names no source, and what stands in a line that calls its own evidence an
    assumption. What an effect card found has the card as its source; what is proposed with a card
    is assumed. A parameter counts once; a field left at its default does not count, and neither
    do the figures of the catalogue, which all have a source.
    """
    is_assumed = _assumed_by_path(evaluation)
    return len(is_assumed), sum(is_assumed.values())


def _assumed_by_path(evaluation: Evaluation) -> dict[str, bool]:
    """Every figure that counts, and whether it is assumed."""
    case = evaluation.case
    is_assumed: dict[str, bool] = {}
    for place in given_figures(case):
        if isinstance(place.figure, ParameterReference):
            name = place.figure.parameter
            is_assumed[f"parameters.{name}"] = case.parameters[name].source is None
        else:
            is_admitted = evidence_of(case, place) == "assumption"
            is_assumed[place.path] = is_admitted or source_of(case, place) is None
    return is_assumed


def evidence_of(case: Case, place: Place) -> Evidence | None:
    """The kind of evidence that is behind a figure of a line.

    Parameters
    ----------
    case, place : Case, Place
        As for :func:`source_of`.

    Returns
    -------
    Evidence or None
        What the line says. Of an effect with a card, the card's grade for what the card found,
        ``assumption`` for what is proposed with it, and what the case says for the rest.
    """
    section, *inner = place.path.split(".", 2)
    if len(inner) < 2 or section not in ("costs", "effects", "transfers"):
        return None
    name, field = inner
    line: Line = getattr(case, section)[name]
    return line.evidence_of(field) if isinstance(line, PrefilledEffect) else line.evidence


def numbers_of_cards(evaluation: Evaluation) -> dict[Evidence, int]:
    """How many figures effect cards filled in that were not found in the project itself.

    Parameters
    ----------
    evaluation : Evaluation
        The result.

    Returns
    -------
    dict of Evidence to int
        By the grade of the card, strongest first; under ``assumption`` what is proposed with a
        card and is not its source's. Empty for a case without cards.
    """
    counted: dict[Evidence, int] = {}
    case = evaluation.case
    if not any(isinstance(effect, PrefilledEffect) for effect in case.effects.values()):
        return counted
    for place in figures(case):
        found = prefilled_at(case, place.path)
        grade = evidence_of(case, place)
        if found is not None and found[1].by in NOT_LOCAL and grade is not None:
            counted[grade] = counted.get(grade, 0) + 1
    return {grade: counted[grade] for grade in get_args(Evidence) if grade in counted}
