"""Effects with a card: filled in before anything is looked up, and checked for the usual traps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from impactmonitor.appraisal.card_factors import change_factor, spread_of
from impactmonitor.appraisal.card_rules import (
    refusals,
    remarks,
    stated_otherwise,
    twice_in_a_group,
)
from impactmonitor.appraisal.effect_sizes import NEEDS_BASELINE
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.card_choice import CardChoice, choice_of
from impactmonitor.model.cards import SCALE, WITHOUT_EUROS, EffectCard
from impactmonitor.model.case import Case
from impactmonitor.model.lines import UNKNOWN, Effect, PrefilledEffect
from impactmonitor.model.numbers import NOT_NEGATIVE, Distribution, Number, ParameterReference
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem, errors, nearest
from impactmonitor.sampling.moments import moments

UPTAKE, ADHERENCE, BASELINE, EFFECT, AT_SCALE = "uptake", "adherence", "baseline", "effect", "scale"


def with_cards(case: Case, catalogue: Catalogue) -> tuple[Case, list[Problem]]:
    """The case with its effects with a card filled in, and what there is to say about them.

    Parameters
    ----------
    case : Case
        As it was written; it stays so.
    catalogue : Catalogue
        Units and values; its folders may hold cards of their own.

    Returns
    -------
    tuple of Case and list of Problem
        The same case where no effect has a card: nothing is then read. An effect whose card
        cannot be used is left out of the euros, so that only the reason is reported.
    """
    if all(effect.card is None for effect in case.effects.values()):
        return case, []
    from impactmonitor.catalogue.cards import load_cards

    known = load_cards(*catalogue.folders)
    filled: dict[str, Effect] = {}
    found: list[Problem] = []
    for name, effect in case.effects.items():
        if effect.card is None:
            filled[name] = effect
            continue
        path, choice = f"effects.{name}", choice_of(effect.card)
        card = known.cards.get(choice.id)
        if card is None:
            params = {"id": choice.id, "nearest": nearest(choice.id.upper(), known.cards)}
            said, given = [Problem("unknown-card", f"{path}.card", params)], None
        else:
            said = list(refusals(path, effect, choice, card, catalogue))
            given = None if any(errors(said)) else _fields(path, effect, choice, card, case, said)
        found += said
        filled[name] = _prefilled(effect, given)
    found += [*known.overrides, *twice_in_a_group(case, known.cards)]
    return case.model_copy(update={"effects": FrozenDict(filled)}), found


def _prefilled(effect: Effect, given: Mapping[str, Any] | None) -> PrefilledEffect:
    own = effect.model_dump(by_alias=True, exclude_unset=True)
    if given is None:
        own |= {"quantity": UNKNOWN, "monetised": False}
        own.pop("unit_value", None)
        given = {}
    return PrefilledEffect.model_validate({**own, **given, "written": effect})


def _fields(
    path: str,
    effect: Effect,
    choice: CardChoice,
    card: EffectCard,
    case: Case,
    said: list[Problem],
) -> dict[str, Any] | None:
    """What the card fills in; what the case states itself stays. None where something is missing.

    What there is to say about it is added to ``said``.
    """
    given: dict[str, Any] = {}
    is_sampled = False
    if card.measure not in WITHOUT_EUROS:
        amounts = _amounts(path, effect, choice, card, case, said)
        if amounts is None:
            return None
        given |= amounts
        is_sampled = spread_of(card, choice) is not None
    said += remarks(path, effect, choice, card, is_sampled)
    fields = _choices(effect, card)
    bearers = [name for name, actor in case.actors.items() if actor.kind in card.bearers.gains]
    if len(bearers) == 1 and _has_no_bearer(effect, fields):
        given["falls_to"] = bearers[0]
        params = {"id": card.id, "actor": bearers[0]}
        said.append(Problem("card-bearer-suggested", f"{path}.card", params, "warning"))
    said += stated_otherwise(path, effect, fields)
    return {**{k: v for k, v in fields.items() if k not in effect.model_fields_set}, **given}


def _amounts(
    path: str,
    effect: Effect,
    choice: CardChoice,
    card: EffectCard,
    case: Case,
    said: list[Problem],
) -> dict[str, Any] | None:
    """Quantity and factors; None where something is missing or impossible."""
    baseline = _baseline(path, choice, card, case, said)
    try:
        factors = _factors(effect, choice, card, baseline)
    except InvalidInput as invalid:
        for p in invalid.problems:
            field = "baseline" if p.code == "risk-outside-0-1" else "local"
            said.append(replace(p, path=f"{path}.card.{field}"))
        return None
    if any(errors(said)) or factors is None:
        return None
    if card.measure == "RR" and baseline is not None and _is_capped(card, baseline[1]):
        params = {"id": card.id, "most": f"{1 / (card.point or 1):.2g}"}
        said.append(Problem("card-risk-capped", f"{path}.card", params, "warning"))
    is_open = effect.quantity == UNKNOWN and choice.reach is not None
    return {"factors": factors, **({"quantity": _plain(choice.reach)} if is_open else {})}


def _choices(effect: Effect, card: EffectCard) -> dict[str, Any]:
    """What is no number: evidence, how long, net or gross, indicator or unit."""
    fields: dict[str, Any] = {
        "evidence": card.evidence,
        "lasts": card.persistence.lasts,
        "drop_off": card.persistence.drop_off,
    }
    if card.is_net:
        fields["basis"] = "net"
    if effect.unit is None and effect.indicator is None:
        if card.indicator is not None and not isinstance(effect.unit_value, str):
            fields["indicator"] = card.indicator
        elif card.unit is not None:
            fields["unit"] = card.unit
    return fields


def _is_capped(card: EffectCard, baseline: float) -> bool:
    """Whether the ratio would take the risk above 1."""
    return card.point is not None and card.point * baseline > 1.0


def _has_no_bearer(effect: Effect, fields: Mapping[str, Any]) -> bool:
    """Whether nothing else says to whom the effect falls: no value and no indicator."""
    is_told = isinstance(effect.unit_value, str) or bool(effect.indicator)
    is_open = effect.monetised and effect.falls_to is None
    return is_open and not is_told and "indicator" not in fields


def at_the_card(problems: Iterable[Problem], case: Case) -> Iterator[Problem]:
    """Problems of what a card filled in, at the field of the card where it was written."""
    for problem in problems:
        section, _, inner = problem.path.partition(".")
        name, _, field = inner.partition(".")
        effect = case.effects.get(name) if section == "effects" else None
        at = _WRITTEN_AT.get(field.removeprefix("factors.").partition(".")[0])
        if isinstance(effect, PrefilledEffect) and at and not _is_stated(effect.written, field):
            yield replace(problem, path=f"effects.{name}.card.{at}")
        else:
            yield problem


def _is_stated(effect: Effect, field: str) -> bool:
    if field.startswith("factors."):
        return field.removeprefix("factors.").partition(".")[0] in effect.factors
    return effect.quantity != UNKNOWN


_WRITTEN_AT = {"quantity": "reach", UPTAKE: UPTAKE, ADHERENCE: ADHERENCE, BASELINE: BASELINE}


def _factors(
    effect: Effect, choice: CardChoice, card: EffectCard, baseline: tuple[Number, float] | None
) -> dict[str, Any] | None:
    if baseline is None and card.measure in NEEDS_BASELINE:
        return None
    found: dict[str, Any] = {}
    for name, number in ((UPTAKE, choice.uptake), (ADHERENCE, choice.adherence)):
        if number is not None:
            found[name] = _plain(number)
    if baseline is not None:
        found[BASELINE] = _plain(baseline[0])
    found[EFFECT] = change_factor(card, choice, None if baseline is None else baseline[1])
    is_on = choice.scale is None or choice.scale.applied
    if is_on and not card.is_roll_out:
        found[AT_SCALE] = {"triangular": list(SCALE)}
    return {**found, **{name: _plain(number) for name, number in effect.factors.items()}}


def _baseline(
    path: str, choice: CardChoice, card: EffectCard, case: Case, said: list[Problem]
) -> tuple[Number, float] | None:
    """The local figure, or else the source's, with what is to be expected of it."""
    if card.measure not in NEEDS_BASELINE:
        return None
    if choice.baseline is not None:
        return choice.baseline, _expected(choice.baseline, case)
    if card.baseline is None:
        said.append(Problem("card-baseline-missing", f"{path}.card", {"id": card.id}))
        return None
    params = {"id": card.id, "value": f"{card.baseline.value:g}"}
    said.append(Problem("card-baseline-of-source", f"{path}.card", params, "warning"))
    return card.baseline.value, card.baseline.value


def _expected(number: Number, case: Case) -> float:
    if isinstance(number, ParameterReference):
        parameter = case.parameters.get(number.parameter)
        return 0.5 if parameter is None else _expected(parameter.value, case)
    return moments(number, NOT_NEGATIVE).expected if isinstance(number, Distribution) else number


def _plain(number: Any) -> Any:
    """A number as it is written."""
    if isinstance(number, Mapping):
        return {year: _plain(each) for year, each in number.items()}
    is_record = isinstance(number, Distribution | ParameterReference)
    return number.model_dump(exclude_unset=True) if is_record else number
