"""What a card may not be used for, and what to say when it is used: the usual traps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.model.card_choice import CardChoice, choice_of
from impactmonitor.model.cards import WITHOUT_EUROS, EffectCard
from impactmonitor.model.case import Case
from impactmonitor.model.figures import ranges
from impactmonitor.model.lines import UNKNOWN, Effect
from impactmonitor.model.numbers import in_figures
from impactmonitor.model.record import Translated
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
    yield from _ranges(here, choice)
    if card.use == "N":
        yield Problem("card-found-no-effect", here, {"id": card.id})
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


def _ranges(here: str, choice: CardChoice) -> Iterator[Problem]:
    """Certain numbers outside what their field allows."""
    for name, allowed in ranges(CardChoice).items():
        given = getattr(choice, name)
        entries = given if isinstance(given, Mapping) else {"": given}
        for key, number in entries.items():
            if isinstance(number, float) and not allowed.contains(number):
                place = f"{here}.{name}.{key}".rstrip(".")
                params = {"value": in_figures(number), "range": str(allowed)}
                yield Problem("out-of-range", place, params)


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
    title = card.unit_title
    names = (title.nl, title.en) if isinstance(title, Translated) else (title,)
    if other not in names and catalogue.convert(card.unit, other) is None:
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
    here, params = f"{path}.card", {"id": card.id}
    if card.use == "B":
        yield Problem("card-scenario-only", here, params, "warning")
    if not is_sampled and card.measure not in WITHOUT_EUROS:
        yield Problem("card-without-interval", here, params, "warning")
    if choice.reach is not None and effect.quantity != UNKNOWN:
        yield Problem("card-reach-not-used", f"{here}.reach", params, "warning")


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
