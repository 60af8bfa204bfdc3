"""Whether effect cards hold together and fit into the catalogue, all mistakes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.reading import Contents, Found
from impactmonitor.model.cards import RATIO_MEASURES, WITHOUT_EUROS, EffectCard
from impactmonitor.problems import MAX_PROBLEMS, Problem, nearest


def check_cards(contents: Contents, catalogue: Catalogue) -> list[Problem]:
    """Every reference that leads nowhere, and every card that contradicts itself.

    Parameters
    ----------
    contents : Contents
        All cards.
    catalogue : Catalogue
        Indicators, values and kinds of actors that they may name.

    Returns
    -------
    list of Problem
        Errors with file, path and line; one per mistake.
    """
    found: list[Problem] = []
    for each in contents.sections["cards"].values():
        if isinstance(each.entry, EffectCard):
            found += [*_references(each, each.entry, catalogue), *_figures(each, each.entry)]
    by_place = {(p.path, p.code): p for p in found}
    return list(by_place.values())[:MAX_PROBLEMS]


def _references(found: Found, card: EffectCard, catalogue: Catalogue) -> Iterator[Problem]:
    for side in ("gains", "pays"):
        for position, kind in enumerate(getattr(card.bearers, side)):
            place = f"bearers.{side}.{position}"
            yield from _known(found, "catalogue-unknown-actor-kind", place, kind, catalogue.actors)
    if card.indicator is not None:
        known = catalogue.indicators
        code = "catalogue-unknown-indicator"
        yield from _known(found, code, "indicator", card.indicator, known)
        if card.indicator in known:
            other = known[card.indicator].unit
            yield from _same_unit(found, card, "indicator", other, catalogue)
    for position, name in enumerate(card.prices):
        place, value = f"prices.{position}", catalogue.value(name)
        if value is None:
            yield from _known(found, "catalogue-unknown-value", place, name, catalogue.values)
        else:
            yield from _same_unit(found, card, place, value[0].unit, catalogue)


def _known(
    found: Found, code: str, field: str, name: str, known: Mapping[str, object]
) -> Iterator[Problem]:
    if name not in known:
        yield found.problem(code, field, id=name, nearest=nearest(name, known))


def _same_unit(
    found: Found, card: EffectCard, field: str, other: str, catalogue: Catalogue
) -> Iterator[Problem]:
    """A price or indicator counts what the card counts; without a unit the baseline decides."""
    if card.unit is not None and catalogue.convert(card.unit, other) is None:
        yield found.problem("card-price-unit", field, unit=card.unit, other=other)


def _figures(found: Found, card: EffectCard) -> Iterator[Problem]:
    """What a card needs by its measure, and a point that lies in its interval."""
    if card.measure not in WITHOUT_EUROS and card.point is None:
        yield found.problem("missing-field", "point", field="point")
    figures = [card.point]
    if card.interval is not None:
        figures = [card.interval.low, card.point, card.interval.high]
        if card.interval.kind == "CI" and card.interval.coverage_percent is None:
            place = "interval.coverage_percent"
            yield found.problem("missing-field", place, field="coverage_percent")
    given = [figure for figure in figures if figure is not None]
    if given != sorted(given):
        listed = ", ".join(f"{figure:g}" for figure in given)
        yield found.problem("catalogue-range-order", "point", values=listed)
    if card.measure in RATIO_MEASURES and any(figure <= 0 for figure in given):
        yield found.problem("card-ratio-not-positive", "point", measure=card.measure)
    if card.ours is not None and card.interval is None:
        yield found.problem("card-without-an-interval", "ours")
