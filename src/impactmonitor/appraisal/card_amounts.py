"""The numbers that a card fills in, how many and how much, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from impactmonitor.appraisal.card_factors import change_factor
from impactmonitor.appraisal.effect_sizes import NEEDS_BASELINE
from impactmonitor.model.card_choice import CardChoice
from impactmonitor.model.cards import SCALE, EffectCard
from impactmonitor.model.case import Case
from impactmonitor.model.lines import UNKNOWN, Effect
from impactmonitor.model.numbers import NOT_NEGATIVE, Distribution, Number, ParameterReference
from impactmonitor.model.prefilled import FilledBy, Filling
from impactmonitor.problems import InvalidInput, Problem, errors
from impactmonitor.sampling.moments import moments

UPTAKE, ADHERENCE, BASELINE, EFFECT, AT_SCALE = "uptake", "adherence", "baseline", "effect", "scale"


@dataclass(slots=True)
class Given:
    """What a card fills in: the fields of the effect, and where each of them comes from.

    Attributes
    ----------
    fields : dict of str to object
        As they are written in a case.
    filled : dict of str to Filling
        By field, a factor as ``factors.NAME``.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    filled: dict[str, Filling] = field(default_factory=dict)

    def put(self, name: str, value: Any, by: FilledBy, *follows: str) -> None:
        """Fill in a field."""
        self.fields[name] = value
        self.filled[name] = Filling(by=by, follows=follows)

    def drop(self, name: str) -> None:
        """Leave a field as the case has it."""
        del self.fields[name], self.filled[name]


def amounts_of(
    path: str,
    effect: Effect,
    choice: CardChoice,
    card: EffectCard,
    case: Case,
    said: list[Problem],
) -> Given | None:
    """Quantity and factors of an effect with a card.

    Parameters
    ----------
    path : str
        Of the effect.
    effect, choice : Effect, CardChoice
        As written; what the effect states itself stays.
    card : EffectCard
        That has a number.
    case : Case
        Gives the parameters.
    said : list of Problem
        Gets what there is to say about it.

    Returns
    -------
    Given or None
        None where something is missing or impossible.
    """
    baseline = _baseline(path, choice, card, case, said)
    if baseline is None and card.measure in NEEDS_BASELINE:
        return None
    try:
        factors = _factors(choice, card, baseline)
    except InvalidInput as invalid:
        for p in invalid.problems:
            of_card = "baseline" if p.code == "risk-outside-0-1" else "local"
            said.append(replace(p, path=f"{path}.card.{of_card}"))
        return None
    if any(errors(said)):
        return None
    if card.measure == "RR" and baseline is not None and _is_capped(card, baseline[1]):
        params = {"id": card.id, "most": f"{1 / (card.point or 1):.2g}"}
        said.append(Problem("card-risk-capped", f"{path}.card", params, "warning"))
    return _beside_what_is_stated(effect, choice, factors)


def _beside_what_is_stated(effect: Effect, choice: CardChoice, factors: Given) -> Given:
    """Factors of the card and of the case in one mapping, and the quantity if it is open."""
    own = {name: _plain(number) for name, number in effect.factors.items()}
    found = Given({"factors": {**factors.fields, **own}})
    for name, filling in factors.filled.items():
        is_other = name in own and own[name] != factors.fields[name]
        if is_other or name not in own:
            by: FilledBy = "stated" if is_other else filling.by
            found.filled[f"factors.{name}"] = Filling(by=by, follows=filling.follows)
    if effect.quantity == UNKNOWN and choice.reach is not None:
        found.put("quantity", _plain(choice.reach), "case", "reach")
    return found


def _is_capped(card: EffectCard, baseline: float) -> bool:
    """Whether the ratio would take the risk above 1."""
    return card.point is not None and card.point * baseline > 1.0


def _factors(choice: CardChoice, card: EffectCard, baseline: tuple[Number, float] | None) -> Given:
    found = Given()
    for name, number in ((UPTAKE, choice.uptake), (ADHERENCE, choice.adherence)):
        if number is not None:
            found.put(name, _plain(number), "case", name)
    if baseline is not None:
        by: FilledBy = "card" if choice.baseline is None else "case"
        found.put(BASELINE, _plain(baseline[0]), by, "baseline", "id")
    change = change_factor(card, choice, None if baseline is None else baseline[1])
    found.put(EFFECT, change, _weighed(choice), *_behind(card))
    is_on = choice.scale is None or choice.scale.applied
    if is_on and not card.is_roll_out:
        found.put(AT_SCALE, {"triangular": SCALE}, "ours", "scale", "id")
    return found


def _behind(card: EffectCard) -> tuple[str, ...]:
    """What beside the card the size follows from; a ratio of rates or risks is one at any level."""
    is_opposite = card.baseline is not None and card.baseline.is_of_the_opposite
    is_same = card.measure in ("RaR", "IRR", "RR") and not is_opposite
    return ("id", "local", "shrinkage") if is_same else ("id", "local", "shrinkage", "baseline")


def _weighed(choice: CardChoice) -> FilledBy:
    """Whether the size is the card's, the local one, or both together."""
    if choice.local is None:
        return "card"
    is_off = choice.shrinkage is not None and not choice.shrinkage.applied
    return "local" if is_off else "combined"


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
