"""What a holding is a part of, and what an indicator says of one investee."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from impactmonitor.model.portfolio_templates import DenominatorRule, TemplateIndicator
from impactmonitor.portfolio.investee_facts import LEAST, InvesteeFacts, Missing, Origin


@dataclass(frozen=True, slots=True)
class Whole:
    """What a holding in an investee is a part of.

    Attributes
    ----------
    value : float or None
        Above 0; None where it is not known, or where the holding is the whole.
    facts : tuple of str
        The facts that it was made of, or that it asks for.
    currency : str or None
        In which; None is the fund's own.
    is_whole : bool
        The holding is the whole.
    missing : tuple of Missing
        What is needed to know it.
    """

    value: float | None
    facts: tuple[str, ...] = ()
    currency: str | None = None
    is_whole: bool = False
    missing: tuple[Missing, ...] = ()


def whole_of(facts: InvesteeFacts) -> Whole:
    """What a holding in an investee is a part of: the first way whose facts are all there.

    Parameters
    ----------
    facts : InvesteeFacts
        In the period.

    Returns
    -------
    Whole
        Where no way has all of its facts, what is missing for the one that was begun and lacks
        the fewest; else for the first.
    """
    investee = facts.investee
    rule = facts.template.attribution.get(investee.asset_class)
    if rule is None:
        place = f"investees.{facts.name}.asset_class"
        return Whole(None, missing=(Missing(place, "class-without-rule", investee.asset_class),))
    listing = "listed" if investee.is_listed else "unlisted"
    ways = [way for way in rule.denominators if way.only in (None, listing)]
    if not ways:
        place = f"investees.{facts.name}.is_listed"
        return Whole(None, missing=(Missing(place, "class-without-rule", investee.asset_class),))
    lacks = [facts.missing(way.sum) for way in ways]
    for way, lack in zip(ways, lacks, strict=True):
        if not lack:
            return _added(facts, way)
    begun = [i for i, lack in enumerate(lacks) if len(lack) < len(ways[i].sum)]
    chosen = min(begun, key=lambda i: len(lacks[i]), default=0)
    return Whole(None, ways[chosen].sum, missing=lacks[chosen])


def _added(facts: InvesteeFacts, way: DenominatorRule) -> Whole:
    if way.is_whole:
        return Whole(None, is_whole=True)
    amounts = []
    for name in way.sum:
        found = facts.fact(name)
        assert found is not None
        amounts.append(max(found.value, 0.0) if name in way.below_zero_as_zero else found.value)
    value = math.fsum(amounts)
    currency = facts.template.facts[way.sum[0]].currency
    if value < LEAST:
        return Whole(None, way.sum, currency, missing=(facts.nothing(way.sum[0]),))
    return Whole(value, way.sum, currency)


@dataclass(frozen=True, slots=True)
class InvesteeFigure:
    """What an indicator says of one investee.

    Attributes
    ----------
    value : float or None
        Σ numerator / per; None where something is not known.
    quality : int or None
        The poorest of the numerator's, 1 for the best to 5; None where one of them has none.
    origin : {"reported", "estimated"} or None
        ``estimated`` where any part is; None where that is not said.
    is_eligible : bool
        Whether the indicator is about it, or may be.
    missing : tuple of Missing
        What is needed to know it.
    """

    value: float | None
    quality: int | None = None
    origin: Origin | None = None
    is_eligible: bool = True
    missing: tuple[Missing, ...] = ()


def figure_of(facts: InvesteeFacts, indicator: TemplateIndicator) -> InvesteeFigure:
    """What an indicator says of one investee.

    Parameters
    ----------
    facts : InvesteeFacts
        In the period.
    indicator : TemplateIndicator
        That is about its asset class, or not.
    """
    if not _is_about(facts, indicator):
        return InvesteeFigure(None, is_eligible=False)
    asked = [indicator.eligible, *indicator.numerator, indicator.per]
    missing = facts.missing(name for name in asked if name is not None)
    if missing:
        return InvesteeFigure(None, missing=missing)
    parts = [found for name in indicator.numerator if (found := facts.fact(name)) is not None]
    total = math.fsum(part.value for part in parts)
    origins = {part.origin for part in parts}
    grades = [part.quality for part in parts if part.quality is not None]
    if indicator.per is not None:
        per = facts.fact(indicator.per)
        assert per is not None
        origins.add(per.origin)
        if abs(per.value) < LEAST:
            return InvesteeFigure(None, missing=(facts.nothing(indicator.per),))
        total /= per.value / indicator.per_unit
    quality = max(grades) if len(grades) == len(parts) else None
    return InvesteeFigure(total, quality, _origin(origins))


def _is_about(facts: InvesteeFacts, indicator: TemplateIndicator) -> bool:
    if facts.investee.asset_class not in indicator.asset_classes:
        return False
    mark = facts.fact(indicator.eligible) if indicator.eligible is not None else None
    return mark is None or mark.value == 1


def _origin(origins: Iterable[Origin | None]) -> Origin | None:
    found = set(origins)
    if "estimated" in found:
        return "estimated"
    return "reported" if found == {"reported"} else None
