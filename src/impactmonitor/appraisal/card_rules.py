"""What a card may not be used for, and what to say when it is used: the usual traps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.card_choice import CardChoice, choice_of
from impactmonitor.model.cards import WITHOUT_EUROS, EffectCard
from impactmonitor.model.case import Case
from impactmonitor.model.lines import UNKNOWN, Effect
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem


def refusals(
    path: str, effect: Effect, choice: CardChoice, card: EffectCard, catalogue: Catalogue
) -> Iterator[Problem]:
    """Why a card cannot be used as it is: all reasons at once.

    Parameters
    ----------
    path : str
        Of the effect.
    effect, choice : Effect, CardChoice
        As written.
    card : EffectCard
        Which one.
    catalogue : Catalogue
        Gives units of values and indicators.
    """
    here = f"{path}.card"
    if card.use == "N":
        yield Problem("card-found-no-effect", here, {"id": card.id, "title": _title(card)})
        return
    is_unfit = card.use == "C" or card.measure in WITHOUT_EUROS or card.is_surrogate
    if is_unfit and effect.monetised:
        yield Problem("card-not-in-euros", here, {"id": card.id})
    elif effect.monetised:
        yield from _unit(path, effect, card, catalogue)
    for name in ("scale", "shrinkage"):
        switch = getattr(choice, name)
        if switch is not None and not switch.applied and not switch.reason:
            yield Problem("card-reason-missing", f"{here}.{name}", {"name": name})
    is_counted = card.measure not in WITHOUT_EUROS
    if is_counted and effect.quantity == UNKNOWN and choice.reach is None:
        yield Problem("card-reach-missing", here, {"id": card.id})


def _unit(path: str, effect: Effect, card: EffectCard, catalogue: Catalogue) -> Iterator[Problem]:
    """A price is of what the card counts: a fall is not a treated fall."""
    priced = _priced_unit(effect, catalogue)
    if card.unit is None:
        return
    if priced is None:
        if effect.unit_value is not None and not isinstance(effect.unit_value, str):
            params = {"id": card.id, "unit": card.unit}
            yield Problem("card-price-unit-missing", f"{path}.unit", params)
        return
    name, other = priced
    titles = card.unit_title
    same = {card.unit, *((titles.nl, titles.en) if hasattr(titles, "nl") else ())}  # type: ignore[union-attr]
    if other not in same and catalogue.convert(card.unit, other) is None:
        params = {"id": card.id, "unit": card.unit, "other": other}
        yield Problem("card-unit-mismatch", f"{path}.{name}", params)


def _priced_unit(effect: Effect, catalogue: Catalogue) -> tuple[str, str] | None:
    """The unit of the price, and the field that says so; None where nothing does."""
    value = catalogue.value(effect.unit_value) if isinstance(effect.unit_value, str) else None
    if value is not None:
        return "unit_value", value[0].unit
    if effect.unit is not None:
        return "unit", effect.unit
    indicator = catalogue.indicators.get(effect.indicator or "")
    return None if indicator is None else ("indicator", indicator.unit)


def remarks(
    path: str, effect: Effect, choice: CardChoice, card: EffectCard, is_sampled: bool
) -> Iterator[Problem]:
    """What somebody should know who uses this card."""
    here = f"{path}.card"

    def warn(name: str, place: str = here, **params: object) -> Problem:
        return Problem(name, place, {"id": card.id, **params}, "warning")

    if card.use == "B":
        yield warn("card-scenario-only")
    if not is_sampled and card.measure not in WITHOUT_EUROS:
        yield warn("card-without-interval")
    if choice.reach is not None and effect.quantity != UNKNOWN:
        yield warn("card-reach-not-used", f"{here}.reach")


def stated_otherwise(path: str, effect: Effect, fields: Mapping[str, Any]) -> Iterator[Problem]:
    """A warning that names what the case states itself, where the card says something else."""
    own = [
        name
        for name, value in fields.items()
        if name in effect.model_fields_set and getattr(effect, name) != value
    ]
    if own:
        yield Problem("card-stated", f"{path}.card", {"fields": ", ".join(own)}, "warning")


def twice_in_a_group(case: Case, cards: Mapping[str, EffectCard]) -> Iterator[Problem]:
    """Cards of one group, which look at the same thing: the second one is refused."""
    first: dict[str, str] = {}
    for name, effect in case.effects.items():
        card = cards.get(choice_of(effect.card).id) if effect.card is not None else None
        if card is not None:
            other = first.setdefault(card.overlap_group, name)
            if other != name:
                params = {"group": card.overlap_group, "other": other}
                yield Problem("card-group-twice", f"effects.{name}.card", params)


def _title(card: EffectCard) -> str:
    return in_language(card.title, "en")
