"""Effects with a card: filled in before anything is looked up, and checked for the usual traps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from impactmonitor.appraisal.card_amounts import EFFECT, Given, amounts_of
from impactmonitor.appraisal.card_factors import spread_of
from impactmonitor.appraisal.card_rules import (
    refusals,
    remarks,
    stated_otherwise,
    twice_in_a_group,
)
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.card_choice import CardChoice, choice_of
from impactmonitor.model.cards import WITHOUT_EUROS, EffectCard
from impactmonitor.model.case import Case
from impactmonitor.model.lines import UNKNOWN, Effect
from impactmonitor.model.numbers import Distribution, ParameterReference
from impactmonitor.model.prefilled import Filling, PrefilledEffect, prefilled_at
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import Problem, errors, nearest


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
    known = catalogue.effect_cards
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
            given = None if any(errors(said)) else _given(path, effect, choice, card, case, said)
        found += said
        filled[name] = _prefilled(effect, given, card)
    found += [*known.overrides, *twice_in_a_group(case, known.cards)]
    return case.model_copy(update={"effects": FrozenDict(filled)}), found


def _prefilled(effect: Effect, given: Given | None, card: EffectCard | None) -> PrefilledEffect:
    own = effect.model_dump(by_alias=True, exclude_unset=True)
    if given is None:
        own |= {"quantity": UNKNOWN, "monetised": False}
        own.pop("unit_value", None)
        return PrefilledEffect.model_validate({**own, "written": effect})
    record = {"written": effect, "used": card, "filled": given.filled}
    return PrefilledEffect.model_validate({**own, **given.fields, **record})


def _given(
    path: str,
    effect: Effect,
    choice: CardChoice,
    card: EffectCard,
    case: Case,
    said: list[Problem],
) -> Given | None:
    """What the card fills in; what the case states itself stays. None where something is missing.

    What there is to say about it is added to ``said``.
    """
    is_counted = card.measure not in WITHOUT_EUROS
    given = amounts_of(path, effect, choice, card, case, said) if is_counted else _uncounted(effect)
    if given is None:
        return None
    is_sampled = is_counted and (
        _has_own_range(effect, case) or spread_of(card, choice) is not None
    )
    said += remarks(path, effect, choice, card, is_sampled)
    choices = _choices(effect, card)
    size = given.filled.get(f"factors.{EFFECT}")
    if size is not None and size.by in ("stated", "local"):  # no research behind that number
        choices.drop("evidence")
    bearers = [name for name, actor in case.actors.items() if actor.kind in card.bearers.gains]
    if len(bearers) == 1 and _has_no_bearer(effect, choices.fields):
        given.put("falls_to", bearers[0], "ours", "id")
        params = {"id": card.id, "actor": bearers[0]}
        said.append(Problem("card-bearer-suggested", f"{path}.card", params, "warning"))
    said += stated_otherwise(path, effect, choices.fields)
    for name, value in choices.fields.items():
        if name not in effect.model_fields_set:
            given.fields[name], given.filled[name] = value, choices.filled[name]
        elif getattr(effect, name) != value:
            given.filled[name] = Filling(by="stated", follows=("id",))
    return given


def _has_own_range(effect: Effect, case: Case) -> bool:
    """Whether the case gives the size itself as an uncertain number, also as a parameter."""
    own = effect.factors.get(EFFECT)
    if isinstance(own, ParameterReference):
        parameter = case.parameters.get(own.parameter)
        own = None if parameter is None else parameter.value
    return isinstance(own, Distribution)


def _uncounted(effect: Effect) -> Given:
    """Of a size that says nothing about how many: only that the quantity is open for it."""
    is_open = effect.quantity == UNKNOWN
    return Given(filled={"quantity": Filling(by="card", follows=("id",))} if is_open else {})


def _choices(effect: Effect, card: EffectCard) -> Given:
    """What is no number: evidence, how long, net or gross, indicator or unit."""
    found = Given()
    found.put("evidence", card.evidence, "card", "id")
    found.put("lasts", card.persistence.lasts, "ours", "id")
    if "drop_off" in card.persistence.model_fields_set:
        found.put("drop_off", card.persistence.drop_off, "ours", "id")
    if card.is_net:
        found.put("basis", "net", "card", "id")
    if effect.unit is None and effect.indicator is None:
        if card.indicator is not None and not isinstance(effect.unit_value, str):
            found.put("indicator", card.indicator, "ours", "id")
        elif card.unit is not None:
            found.put("unit", card.unit, "card", "id")
    return found


def _has_no_bearer(effect: Effect, fields: Mapping[str, object]) -> bool:
    """Whether nothing else says to whom the effect falls: no value and no indicator."""
    is_told = isinstance(effect.unit_value, str) or bool(effect.indicator)
    is_open = effect.monetised and effect.falls_to is None
    return is_open and not is_told and "indicator" not in fields


def at_the_card(problems: Iterable[Problem], case: Case) -> Iterator[Problem]:
    """Problems of what was written beside a card, at the field where it was written."""
    for problem in problems:
        found = prefilled_at(case, problem.path)
        if found is not None and found[1].by == "case":
            effect = ".".join(problem.path.split(".")[:2])
            yield replace(problem, path=f"{effect}.card.{found[1].follows[0]}")
        else:
            yield problem
