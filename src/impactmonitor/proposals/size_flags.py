"""Questions about sizes: an effect beside its effect card, a price beside the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from impactmonitor.appraisal.card_factors import change_factor
from impactmonitor.catalogue.pricing import price_basis
from impactmonitor.catalogue.resolved import PriceBasis, ResolvedEffect
from impactmonitor.model.card_choice import choice_of
from impactmonitor.model.cards import EffectCard
from impactmonitor.model.entries import Edition, Value
from impactmonitor.model.lines import Effect
from impactmonitor.model.prefilled import PrefilledEffect
from impactmonitor.problems import InvalidInput
from impactmonitor.proposals.checked import Amount, Flag
from impactmonitor.proposals.judged import Judged

ROUNDING = 1e-6


# --- Effect cards ---------------------------------------------------------------------------------


def effects_outside_card(judged: Judged) -> Iterator[Flag]:
    """An effect that the applicant states itself, larger than what the source of its card found."""
    for name, effect in judged.evaluation.case.effects.items():
        if not isinstance(effect, PrefilledEffect) or effect.used is None:
            continue
        filling = effect.filling("factors.effect")
        if filling is None or filling.by != "stated":
            continue
        path = f"effects.{name}.factors.effect"
        given = judged.points.of(path, effect.factors["effect"])
        bounds = _bounds(judged, name, effect, effect.used)
        if bounds is not None and not bounds[0] - ROUNDING <= given <= bounds[1] + ROUNDING:
            compared = tuple(Amount(bound, "share") for bound in bounds)
            names = {"card": effect.used.id}
            yield Flag("effect-outside-card", path, Amount(given, "share"), compared, name,
                       names=names)  # fmt: skip


def _bounds(
    judged: Judged, name: str, effect: PrefilledEffect, card: EffectCard
) -> tuple[float, float] | None:
    """What the card leaves room for, as the factor that it fills in, lowest first."""
    if card.point is None or effect.card is None:
        return None
    margin = judged.thresholds.card_margin
    if card.interval is not None:
        ends = (card.interval.low, card.interval.high)
        found = [_change(judged, name, effect, card, end) for end in ends]
    else:
        point = _change(judged, name, effect, card, card.point)
        found = [None if point is None else point * by for by in (1 - margin, 1 + margin)]
    known = [end for end in found if end is not None]
    return (min(known), max(known)) if len(known) == 2 else None


def _change(
    judged: Judged, name: str, effect: PrefilledEffect, card: EffectCard, size: float
) -> float | None:
    """The factor that a card with this size would fill in; None where it has none."""
    baseline = effect.factors.get("baseline")
    base = None
    if baseline is not None:
        base = judged.points.of(f"effects.{name}.factors.baseline", baseline)
    certain = card.model_copy(update={"point": size, "interval": None, "ours": None})
    assert effect.card is not None
    choice = choice_of(effect.card).model_copy(update={"local": None})
    try:
        found = change_factor(certain, choice, base)
    except InvalidInput:
        return None
    return found if isinstance(found, float) else None


# --- Prices ---------------------------------------------------------------------------------------


def unit_values_outside_catalogue(judged: Judged) -> Iterator[Flag]:
    """A price in favour of the project, outside what the catalogue has for the same thing."""
    case = judged.evaluation.case
    for name, effect in case.effects.items():
        found = judged.evaluation.appraised.resolved.effects[name]
        worth = judged.values.get(name, 0.0)
        given = _own_price(judged, name, found)
        if given is None or not worth:
            continue
        ranges = [
            _range(judged, found, value, edition)
            for value, edition in _references(judged, effect, found)
        ]
        known = [one for one in ranges if one is not None]
        if not known:
            continue
        low, high = min(low for low, _ in known), max(high for _, high in known)
        is_outside = given > high * (1 + ROUNDING) if worth > 0 else given < low * (1 - ROUNDING)
        if is_outside:
            money = case.currency
            compared = (Amount(low, "money", money), Amount(high, "money", money))
            yield Flag("unit-value-outside-catalogue", f"effects.{name}.unit_value",
                       Amount(given, "money", money), compared, name,
                       names={"unit": found.unit, "year": str(case.price_year)})  # fmt: skip


def _own_price(judged: Judged, name: str, found: ResolvedEffect) -> float | None:
    """Money per unit of the quantity, at the price level of the case; None for a year map."""
    figure = found.unit_value
    if figure is None or isinstance(figure, Mapping):
        return None
    path = found.unit_value_path if found.value else f"effects.{name}.unit_value"
    price = judged.points.of(path, figure)
    return abs(price) * _level(found.price) * found.unit_factor


def _references(
    judged: Judged, effect: Effect, found: ResolvedEffect
) -> Iterator[tuple[Value, Edition]]:
    """Catalogue values with the same meaning, unless the effect uses one of them."""
    names = [] if found.indicator is None else [found.indicator.unit_value]
    if isinstance(effect, PrefilledEffect) and effect.used is not None:
        names += effect.used.prices
    values = [judged.catalogue.value(name) for name in dict.fromkeys(names) if name is not None]
    known = [one for one in values if one is not None]
    if all(found.value is None or value.id != found.value.id for value, _ in known):
        yield from known


def _range(
    judged: Judged, found: ResolvedEffect, value: Value, edition: Edition
) -> tuple[float, float] | None:
    """The published range, or a margin around the value, per unit of the quantity."""
    case, catalogue = judged.evaluation.case, judged.catalogue
    by_unit = catalogue.convert(found.unit, value.unit)
    basis, missing = price_basis(case, catalogue, "", edition.currency, edition.price_year)
    if by_unit is None or any(problem.severity == "error" for problem in missing):
        return None
    point = judged.points.of(f"values.{value.id}", edition.value)
    margin = 1 + judged.thresholds.value_margin
    low = point / margin if edition.low is None else edition.low
    high = point * margin if edition.high is None else edition.high
    by = _level(basis) * by_unit
    return low * by, high * by


def _level(price: PriceBasis) -> float:
    return price.index_to / price.index_from * price.exchange_rate
