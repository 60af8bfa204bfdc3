"""Data gaps: what a case does not say about its effects and its answers, the weightiest first.

Effects are weighed in money and answers by weight times multiplier. The two are never put on one
scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from impactmonitor.appraisal.doubts import bearers_of
from impactmonitor.evaluation.result import Evaluation
from impactmonitor.evaluation.scores import IndicatorScore
from impactmonitor.evaluation.sureness import source_of
from impactmonitor.model.case import Case
from impactmonitor.model.figures import figures
from impactmonitor.model.lines import Effect
from impactmonitor.model.prefilled import NOT_LOCAL, PrefilledEffect
from impactmonitor.model.scores import Assessment, assessments

EffectGapKind = Literal[
    "size", "baseline", "source", "evidence", "assumed", "not-local", "confirmation",
]  # fmt: skip
AnswerGapKind = Literal["answer", "assessor", "evidence", "in-money-too"]


@dataclass(frozen=True, slots=True)
class EffectGap:
    """What is not known of an effect.

    Attributes
    ----------
    id : str
        Of the effect.
    present_value : float or None
        In the case's money; None for an effect that is not in money.
    missing : tuple of str
        ``size`` (the quantity is unknown), ``baseline`` (neither what happens otherwise nor
        deadweight is stated, and no card compares with a local figure), ``source`` (neither the
        effect nor a parameter or card behind its quantity names one), ``evidence`` (its kind is
        not stated), ``assumed`` (it is an assumption), ``not-local`` (its size comes from an
        effect card, not or not only from the project), ``confirmation`` (not all to whom it falls
        confirmed it).
    unconfirmed : tuple of str
        The actors who did not confirm it.
    worth_knowing : float or None
        What it is worth to measure it before deciding; None where that was not worked out, as
        for an effect that is not in money.
    card : str or None
        The effect card from which its size comes.
    """

    id: str
    present_value: float | None
    missing: tuple[EffectGapKind, ...]
    unconfirmed: tuple[str, ...]
    worth_knowing: float | None
    card: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerGap:
    """What is not known of the answer to a framework's question.

    Attributes
    ----------
    framework, indicator : str
        Ids.
    weight : float
        Weight times multiplier.
    missing : tuple of str
        ``answer`` (there is none), ``assessor`` (an answer names nobody), ``evidence`` (no answer
        says on what it rests), ``in-money-too`` (the case has an effect in money for the same
        indicator: do not count it twice).
    """

    framework: str
    indicator: str
    weight: float
    missing: tuple[AnswerGapKind, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of a case.

    Attributes
    ----------
    effects : tuple of EffectGap
        By what they are worth knowing where that was worked out, else by size in money; effects
        that are not in money last.
    answers : tuple of AnswerGap
        By weight times multiplier.
    """

    effects: tuple[EffectGap, ...]
    answers: tuple[AnswerGap, ...]


def gaps_of(evaluation: Evaluation, worth_knowing: Mapping[str, float] | None = None) -> Gaps:
    """What a case does not say about its effects and its answers.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    worth_knowing : Mapping[str, float], optional
        By effect what it is worth to measure it first, from a simulation
        (``uncertainty.worth.worth_of_effects``); an effect in money that is not in it is worth 0.

    Returns
    -------
    Gaps
        Only what misses something.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> [(gap.id, gap.missing) for gap in gaps_of(evaluate(case)).effects][:2]
    [('treated-falls', ('confirmation',)),
     ('pain-and-fear', ('size', 'baseline', 'source', 'assumed'))]
    """
    effects = [gap for gap in _effects(evaluation, worth_knowing) if gap.missing]
    effects.sort(key=_order)
    answers = [gap for gap in _answers(evaluation) if gap.missing]
    answers.sort(key=lambda gap: -gap.weight)
    return Gaps(tuple(effects), tuple(answers))


def _order(gap: EffectGap) -> tuple[float, bool, float]:
    size = gap.present_value
    return -(gap.worth_knowing or 0.0), size is None, -abs(size or 0.0)


# --- Effects --------------------------------------------------------------------------------------


def _effects(
    evaluation: Evaluation, worth_knowing: Mapping[str, float] | None
) -> Iterator[EffectGap]:
    case = evaluation.case
    sourced = _with_sources(case)
    values = {line.id: line.present_value for line in evaluation.line_results()}
    for name, effect in case.effects.items():
        unconfirmed, card = _unconfirmed(evaluation, name, effect), _card_of(effect)
        is_missing: dict[EffectGapKind, bool] = {
            "size": effect.quantity == "unknown",
            "baseline": effect.counterfactual is None
            and "deadweight" not in effect.model_fields_set
            and not _is_compared(effect),
            "source": effect.source is None and name not in sourced and card is None,
            "evidence": effect.evidence is None,
            "assumed": effect.evidence == "assumption",
            "not-local": card is not None,
            "confirmation": bool(unconfirmed),
        }
        missing = tuple(kind for kind, found in is_missing.items() if found)
        worth = None
        if worth_knowing is not None and values[name] is not None:
            worth = worth_knowing.get(name, 0.0)
        yield EffectGap(name, values[name], missing, unconfirmed, worth, card)


def _card_of(effect: Effect) -> str | None:
    """The card from which the size comes; None where the case counted or stated it itself."""
    if not isinstance(effect, PrefilledEffect) or effect.used is None:
        return None
    fields = ("quantity", "factors.effect")
    found = (effect.filling(field) for field in fields)
    is_far = any(filling is not None and filling.by in NOT_LOCAL for filling in found)
    return effect.used.id if is_far else None


def _is_compared(effect: Effect) -> bool:
    """Whether a card says what happens otherwise: what it found is net, and no figure is missing.

    A baseline of the card's source is a last resort: the local one is still missing.
    """
    if not isinstance(effect, PrefilledEffect) or effect.used is None:
        return False
    baseline = effect.filling("factors.baseline")
    is_of_source = baseline is not None and baseline.by == "card"
    return effect.used.is_net and effect.basis == "net" and not is_of_source


def _with_sources(case: Case) -> set[str]:
    """Effects of which a number behind the quantity names a source."""
    found = set()
    for place in figures(case):
        section, _, rest = place.path.partition(".")
        name, _, field = rest.partition(".")
        is_amount = section == "effects" and field.partition(".")[0] in ("quantity", "factors")
        if is_amount and source_of(case, place) is not None:
            found.add(name)
    return found


def _unconfirmed(evaluation: Evaluation, name: str, effect: Effect) -> tuple[str, ...]:
    """To whom an effect in money falls without their word for it; a transfer asks no such word."""
    found = evaluation.appraised.resolved.effects[name]
    if not effect.monetised or found.taken_from:
        return ()
    actors = bearers_of(found)
    return tuple(one for one in actors if effect.confirmation.get(one) != "confirmed")


# --- Answers --------------------------------------------------------------------------------------


def _answers(evaluation: Evaluation) -> Iterator[AnswerGap]:
    for framework, found in evaluation.scores.items():
        for name, one in found.indicators.items():
            answer = evaluation.case.scores[framework].get(name)
            given = () if answer is None else assessments(answer, is_level=False)
            weight = one.weight * one.multiplier
            yield AnswerGap(framework, name, weight, tuple(_of_answer(one, given)))


def _of_answer(one: IndicatorScore, given: tuple[Assessment, ...]) -> Iterator[AnswerGapKind]:
    if one.status == "missing":
        yield "answer"
    if one.status in ("value", "none"):
        answered = [each for each in given if each.stands_for in ("value", "none")]
        if any(each.assessor is None for each in answered):
            yield "assessor"
        if all(each.evidence is None for each in answered):
            yield "evidence"
        if one.is_monetised:
            yield "in-money-too"
