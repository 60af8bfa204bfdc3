"""Where a number of a case comes from: a source, a catalogue entry, a variant, or the case."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from impactmonitor.catalogue.resolved import PriceBasis, ResolvedEffect, Step
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.applied import AppliedVariant
from impactmonitor.evaluation.sureness import evidence_of, source_of
from impactmonitor.model.case import Source
from impactmonitor.model.entries import CatalogueSource
from impactmonitor.model.figures import Figure, Place, figures, parameter_ranges
from impactmonitor.model.numbers import (
    ABOVE_MINUS_ONE,
    ANY,
    Distribution,
    ParameterReference,
    Range,
)
from impactmonitor.model.prefilled import PrefilledEffect, prefilled_at
from impactmonitor.model.record import in_language
from impactmonitor.problems import is_inside
from impactmonitor.report.formatting import written
from impactmonitor.report.words import Words
from impactmonitor.sampling.moments import moments

if TYPE_CHECKING:
    from impactmonitor.report.card_origin import CardOrigin


class Origins:
    """Says of every input what it counts as and where it comes from.

    Parameters
    ----------
    evaluation : Evaluation
        The result whose inputs are asked about.
    words : Words
        Texts in the reader's language.
    is_most_likely : bool
        Whether uncertain numbers count as their most likely values.

    Attributes
    ----------
    places : dict of str to Place
        Every figure of the case by its path.
    """

    def __init__(self, evaluation: Evaluation, words: Words, is_most_likely: bool = False) -> None:
        a = evaluation.appraised
        self.evaluation = evaluation
        self.words = words
        self.is_most_likely = is_most_likely
        self.places = {place.path: place for place in figures(evaluation.case)}
        self._of_line: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            self._of_line[".".join(place.path.split(".")[:2])].append(place)
        ledger = a.most_likely if is_most_likely else a.ledger
        slots = a.compiled.program.input_slots
        self._used = {
            entry.path: float(ledger.slots[slot, 0])
            for entry, slot in zip(a.compiled.inputs, slots, strict=True)
        }
        self._ranges = parameter_ranges(evaluation.case)

    def places_of(self, line: str) -> list[Place]:
        """The figures of a line, given as ``costs.ID``."""
        return self._of_line[line]

    # values -------------------------------------------------------------------------------------

    def value_of(self, path: str, figure: Figure) -> float | None:
        """What a figure counts as; None for one of which nothing is left in its range."""
        if isinstance(figure, ParameterReference):
            name = figure.parameter
            return self.value_of(f"parameters.{name}", self.evaluation.case.parameters[name].value)
        if not isinstance(figure, Distribution):
            return figure
        if path in self._used:
            return self._used[path]
        found = moments(figure, self._allowed(path))  # no line needs this number
        value = found.mode if self.is_most_likely else found.expected
        return value if math.isfinite(value) else None

    def _allowed(self, path: str) -> Range:
        if path in self.places:
            return self.places[path].allowed
        if path.startswith("schemes."):
            return ABOVE_MINUS_ONE
        return self._ranges.get(path.removeprefix("parameters."), ANY)

    # who set it ---------------------------------------------------------------------------------

    def set_by(self, *paths: str) -> str | None:
        """The scenario or alternative that changed a place, in words; None where none did.

        What a card filled in is changed by who changes what it follows from.
        """
        places = [place for path in paths for place in self._behind(path)]
        for variant in reversed(self.evaluation.applied):
            if any(self._change(variant, path) is not None for path in places):
                return self.words.text(f"explain.set_by_{variant.kind}", id=variant.id)
        return None

    @staticmethod
    def _change(variant: AppliedVariant, path: str) -> str | None:
        """The change of a variant that made a place what it is."""
        changes = variant.changes
        return next((c for c in changes if is_inside(path, c) or is_inside(c, path)), None)

    def _behind(self, path: str) -> list[str]:
        """Where the case says what stands at a place: there, or beside a card."""
        found = prefilled_at(self.evaluation.case, path)
        if found is None or found[1].by == "stated":
            return [path]
        effect = ".".join(path.split(".")[:2])
        return [f"{effect}.card.{field}" for field in found[1].follows]

    def of_choice(self, path: str) -> str:
        """The origin of a field that is no figure."""
        own = self.set_by(path) or self.words.text("explain.choice")
        return self.beside_card(path, own)

    def card(self, effect: PrefilledEffect) -> CardOrigin:
        """What the card of an effect says; how to say it is read only for a case with cards."""
        from impactmonitor.report.card_origin import CardOrigin

        return CardOrigin(effect, self.words.language, self.source)

    def beside_card(self, path: str, own: str) -> str:
        """The origin of what a card filled in, or an own origin with what the card says."""
        found = prefilled_at(self.evaluation.case, path)
        if found is None or found[1].by == "case":
            return own
        effect, filling = found
        said = self.card(effect).of(path.split(".", 2)[2], filling.by)
        if filling.by == "stated":
            return f"{own}; {said}"
        setter = self.set_by(path)
        return said if setter is None else f"{setter}: {said}"

    def row(self, path: str, shown: str | None = None) -> dict[str, Any]:
        """A figure of the case as an input: path, value and origin."""
        place = self.places[path]
        value = self.value_of(path, place.figure)
        return {"path": shown or path, "value": value, "origin": self.of_place(place)}

    def of_shares(self, path: str, source: str | None) -> str:
        """The origin of who bears how much: of a variant, a source, a card, or the case."""
        own = self.assumption() if source is None else self.source(source)
        return self.beside_card(path, self.set_by(path) or own)

    def of_figure(
        self, path: str, figure: Figure, source: str | None, evidence: str | None = None
    ) -> str:
        """The origin of a figure: a variant, its own source, or the case's own assumption."""
        if isinstance(figure, ParameterReference):
            own = f"parameters.{figure.parameter}"
            setter = self.set_by(path)
            text = f"{own}: {self.of_parameter(figure.parameter)}"
            return self.beside_card(path, text if setter is None else f"{setter}; {text}")
        text = self.beside_card(path, self._said(path, source, evidence))
        if isinstance(figure, Distribution):
            key = "explain.mode" if self.is_most_likely else "explain.expected"
            text += "; " + self.words.text(key, distribution=written(figure))
        return text

    def of_parameter(self, name: str) -> str:
        """The origin of a parameter's own figure."""
        parameter = self.evaluation.case.parameters[name]
        return self.of_figure(f"parameters.{name}.value", parameter.value, parameter.source)

    def of_place(self, place: Place) -> str:
        """The origin of a figure of the case, in its line."""
        case = self.evaluation.case
        source = source_of(case, place)
        evidence = None if source is None else evidence_of(case, place)
        return self.of_figure(place.path, place.figure, source, evidence)

    def _said(self, path: str, source: str | None, evidence: str | None) -> str:
        """A variant that set it, and its source where that is not the one of the old figure."""
        setter = self.set_by(path)
        if setter is not None and (source is None or not self._comes_with_source(path)):
            return setter
        text = self.assumption() if source is None else self.source(source)
        if evidence is not None:
            text += f" ({self.words.text(f'evidence.{evidence}')})"
        return text if setter is None else f"{setter}: {text}"

    def _comes_with_source(self, path: str) -> bool:
        """Whether the variant that set a figure set the source of its line or parameter too."""
        holder = ".".join(path.split(".")[:2])
        for variant in reversed(self.evaluation.applied):
            change = self._change(variant, path)
            if change is not None:
                new = variant.changes[change]
                whole = isinstance(new, dict) and is_inside(holder, change)
                return whole or f"{holder}.source" in variant.changes
        return False

    # sources ------------------------------------------------------------------------------------

    def assumption(self) -> str:
        """Said of every number that names no source."""
        return self.words.text("explain.assumption")

    def source(self, name: str) -> str:
        """A source of the case or of the catalogue, in one line."""
        own = self.evaluation.case.sources.get(name)
        found = own or self.evaluation.appraised.resolved.sources.get(name)
        return name if found is None else self._cited(found)

    def _cited(self, source: Source | CatalogueSource) -> str:
        parts = [
            getattr(source, "authors", None),
            in_language(source.title, self.words.language),
            source.publisher,
            str(source.year) if source.year else None,
            getattr(source, "doi", None) or source.url,
        ]
        return ", ".join(part for part in parts if part)

    def of_value(self, found: ResolvedEffect) -> str:
        """A catalogue value: its title, edition, source, place and price level."""
        value, edition = found.value, found.edition
        assert value is not None
        assert edition is not None
        level = edition.price_year
        setter = self.set_by(found.unit_value_path, f"values.{value.id}-{edition.edition}")
        about = [
            self.words.text("explain.edition", edition=edition.edition),
            self.source(edition.source),
            edition.place,
        ]
        parts = [
            setter,
            in_language(value.title, self.words.language, value.id),
            *(about if setter is None else ()),
            None if level is None else self.words.text("explain.price_level", year=level),
        ]
        if isinstance(edition.value, Distribution):
            key = "explain.mode" if self.is_most_likely else "explain.expected"
            parts.append(self.words.text(key, distribution=written(edition.value)))
        return "; ".join(part for part in parts if part)

    def of_price(self, price: PriceBasis) -> str:
        """The index figures behind a price factor."""
        case = self.evaluation.case
        parts = []
        if price.index:
            cited = self.source(price.source) if price.source else self.assumption()
            cited = self.set_by(f"price_indices.{price.index}") or cited
            span = f"{price.index_from:g} ({price.price_year}) → {price.index_to:g}"
            parts.append(f"{price.index}: {span} ({case.price_year}); {cited}")
        if price.exchange_rate != 1.0:
            origin = self.set_by(f"exchange_rates.{price.currency}") or self.assumption()
            rate = f"{price.currency} → {case.currency} {price.exchange_rate:g}"
            parts.append(f"{rate}: {origin}")
        level = self.set_by("price_year")
        return "; ".join([level, *parts] if level else parts)

    def of_rate(self, step: Step) -> str:
        """A discount rate: its scheme and source, or the case."""
        scheme = self.evaluation.appraised.resolved.scheme
        if not step.path.startswith("schemes.") or scheme is None:
            return self.of_figure(step.path, step.rate, None)
        cited = f"{in_language(scheme.title, self.words.language)}; {self.source(scheme.source)}"
        setter = self.set_by("discount.scheme")
        return cited if setter is None else f"{setter}: {cited}"
