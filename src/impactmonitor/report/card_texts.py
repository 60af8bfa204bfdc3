"""The facts of an effect card, in words: the same on the screen and in documents."""

from __future__ import annotations

import math
from collections.abc import Iterator

from impactmonitor import messages
from impactmonitor.appraisal.shrinkage import Spread, in_a_new_setting
from impactmonitor.catalogue import Catalogue
from impactmonitor.messages import Language
from impactmonitor.model.cards import RATIO_MEASURES, SCALE, TAU, CardSource, EffectCard
from impactmonitor.model.record import in_language
from impactmonitor.report.formatting import number, percent

Fact = tuple[str, str]


def figure_of(card: EffectCard, language: Language) -> str:
    """What was found and between which bounds, in one line; a dash where there is no number.

    Parameters
    ----------
    card : EffectCard
        In its own measure.
    language : {"nl", "en"}
        Of the figures.
    """
    if card.point is None:
        return "–"
    found = f"{card.measure} {number(card.point, language)}"
    if card.interval is None:
        return found
    low, high = (number(x, language) for x in (card.interval.low, card.interval.high))
    return f"{found} ({low} – {high})"


def unit_name(card: EffectCard, catalogue: Catalogue, language: Language) -> str:
    """What a card counts, in the reader's language; a dash where the local baseline says it."""
    if card.unit is None:
        return "–"
    known = catalogue.unit(card.unit)
    given = card.unit_title or (known.title if known is not None else None)
    return in_language(given, language, card.unit)


def facts_of(card: EffectCard, catalogue: Catalogue, language: Language) -> Iterator[Fact]:
    """Everything on a card as pairs of a key of ``cards.facts`` and a text.

    Parameters
    ----------
    card : EffectCard
        The card.
    catalogue : Catalogue
        Gives units, actors and levels of evidence.
    language : {"nl", "en"}
        Of the texts.
    """
    yield "use", text(f"use.{card.use}", language)
    yield "themes", ", ".join(text(f"theme.{theme}", language) for theme in card.themes)
    for key in ("intervention", "population", "comparator", "outcome", "measured_over"):
        if getattr(card, key) is not None:
            yield key, in_language(getattr(card, key), language)
    yield from _what_was_found(card, catalogue, language)
    yield from _how_sure(card, catalogue, language)
    yield from _what_happens(card, language)
    for side in ("gains", "pays"):
        kinds = [_actor(catalogue, kind, language) for kind in getattr(card.bearers, side)]
        if kinds:
            yield side, ", ".join(kinds)
    if card.prices:
        yield "prices", ", ".join(card.prices)
    yield "warning", in_language(card.warning, language)
    if card.note is not None:
        yield "note", in_language(card.note, language)
    yield from _ours(card, language)
    yield "group", text("group", language, group=card.overlap_group)
    yield from _source(card, language)


def text(key: str, language: Language, **params: object) -> str:
    """A text about cards."""
    return messages.text(f"cards.{key}", language, **params)


def _what_was_found(card: EffectCard, catalogue: Catalogue, language: Language) -> Iterator[Fact]:
    measure = text(f"measure.{card.measure}", language)
    point = "" if card.point is None else f"{number(card.point, language)}: "
    yield "found", f"{point}{measure}"
    yield "interval", interval_of(card, language)
    if card.good is not None:
        yield "good", text(f"good.{card.good}", language)
    yield "unit", unit_name(card, catalogue, language)
    if card.indicator is not None:
        yield "indicator", card.indicator


def interval_of(card: EffectCard, language: Language) -> str:
    """The published interval in words, with what kind of interval it is."""
    found = card.interval
    if found is None:
        return text("interval.none", language)
    low, high = (number(x, language) for x in (found.low, found.high))
    coverage = ""
    if found.coverage_percent is not None:
        digits = 0 if found.coverage_percent.is_integer() else 2
        coverage = number(found.coverage_percent, language, digits)
    words = text(f"interval.{found.kind}", language, low=low, high=high, coverage=coverage)
    note = "" if found.note is None else f"; {in_language(found.note, language)}"
    by = "" if found.by == "source" else f" {text(f'by.{found.by}', language)}"
    return words + by + note


def _how_sure(card: EffectCard, catalogue: Catalogue, language: Language) -> Iterator[Fact]:
    parts = [
        text(f"studies.{key}", language, count=number(count, language, 0))
        for key in ("studies", "participants")
        if (count := getattr(card, key)) is not None
    ]
    if card.studies_note is not None:
        parts.append(in_language(card.studies_note, language))
    if parts:
        yield "studies", "; ".join(parts)
    sure = card.certainty
    grade = text(f"grade.{sure.grade}", language) if sure.grade else ""
    words = grade or in_language(sure.text, language)
    yield "certainty", f"{words} ({text(f'basis.{sure.basis}', language)})"
    design = text(f"design.{card.design}", language)
    yield "net", f"{text('net.yes' if card.is_net else 'net.no', language)} ({design})"
    yield "evidence", in_language(catalogue.evidence[card.evidence].title, language)


def _what_happens(card: EffectCard, language: Language) -> Iterator[Fact]:
    base = card.baseline
    if base is not None:
        value, unit = number(base.value, language), in_language(base.unit, language)
        parts = [text("baseline.line", language, value=value, unit=unit)]
        if base.is_of_the_opposite:
            parts.append(text("baseline.opposite", language))
        if base.note is not None:
            parts.append(in_language(base.note, language))
        if base.source is not None:
            parts.append(cited(base.source))
        parts.append(text("baseline.local", language))
        yield "baseline", "\n".join(parts)
    lasting = card.persistence
    if lasting.seen is not None:
        yield "persistence", in_language(lasting.seen, language)
    drop = percent(lasting.drop_off, language)
    how_long = text("lasts.line", language, years=lasting.lasts, drop=drop)
    advice = "" if lasting.advice is None else f"\n{in_language(lasting.advice, language)}"
    yield "lasts", how_long + advice
    for key in ("dose", "cost_in_source"):
        if getattr(card, key) is not None:
            yield key, in_language(getattr(card, key), language)


def _ours(card: EffectCard, language: Language) -> Iterator[Fact]:
    if card.ours is not None:
        mu, sigma = (number(x, language, 4) for x in (card.ours.mu, card.ours.sigma))
        yield "ours", text(f"ours.{card.ours.distribution}", language, mu=mu, sigma=sigma)
        if card.measure in RATIO_MEASURES:
            spread = in_a_new_setting(Spread(card.ours.mu, card.ours.sigma), TAU)
            low, high = (number(math.exp(x), language) for x in spread.interval())
            yield "settings", text("settings", language, tau=number(TAU, language), low=low,
                                   high=high)  # fmt: skip
    low, mode, high = (number(x, language) for x in SCALE)
    factor = text("scale.factor", language, low=low, mode=mode, high=high)
    yield "scale", text("scale.roll_out", language) if card.is_roll_out else factor


def _source(card: EffectCard, language: Language) -> Iterator[Fact]:
    yield "source", cited(card.source)
    if card.source.note is not None:
        yield "note", in_language(card.source.note, language)
    if card.source.doi is not None:
        yield "doi", f"https://doi.org/{card.source.doi}"
    if card.source.url is not None:
        yield "url", card.source.url
    yield "provenance", text(f"provenance.{card.provenance}", language)


def cited(source: CardSource) -> str:
    """A source in one line: authors, year, title and where it appeared.

    Examples
    --------
    >>> cited(CardSource(title="Falls", authors="Jansen J", year=2020))
    'Jansen J, 2020, Falls'
    """
    parts = (source.authors, source.year, source.title, source.publisher)
    return ", ".join(str(part) for part in parts if part)


def _actor(catalogue: Catalogue, kind: str, language: Language) -> str:
    found = catalogue.actors.get(kind)
    return kind if found is None else in_language(found.title, language)
