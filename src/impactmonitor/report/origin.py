"""Where a number of a case comes from: a source, a catalogue entry, or the case itself."""

from __future__ import annotations

from impactmonitor.catalogue.resolved import PriceBasis
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case, Source
from impactmonitor.model.entries import CatalogueSource, Edition, Value
from impactmonitor.model.figures import Figure, Place, figures
from impactmonitor.model.numbers import Distribution, ParameterReference
from impactmonitor.model.record import in_language
from impactmonitor.report.words import Words

JUDGEMENTS = frozenset({
    "deadweight", "displacement", "attribution_to_others", "optimism_bias", "cashable",
    "drop_off", "growth", "real_price_change",
})  # fmt: skip
"""Fields that a line's own source rarely speaks of: without a parameter they are assumptions."""


def source_of(case: Case, place: Place) -> str | None:
    """The source of a figure: of its parameter, or of its line where that speaks of it.

    Parameters
    ----------
    case : Case
        The case in which it stands.
    place : Place
        A figure of the case.
    """
    if isinstance(place.figure, ParameterReference):
        return case.parameters[place.figure.parameter].source
    keys = place.path.split(".")
    line = case.lines().get(keys[1]) if len(keys) > 2 else None
    if line is None or keys[0] == "overlaps" or keys[2] in JUDGEMENTS:
        return None
    return line.source


def counted_numbers(evaluation: Evaluation) -> tuple[int, int]:
    """How many figures a case gives, and how many of them name no source.

    A parameter counts once; a field left at its default does not count, and neither do the
    figures of the catalogue, which all have a source.
    """
    case = evaluation.case
    sources: dict[str, str | None] = {}
    for place in figures(case):
        keys = place.path.split(".")
        record = case.lines().get(keys[1]) if len(keys) > 2 else None
        if record is not None and keys[2] not in record.model_fields_set:
            continue
        is_named = isinstance(place.figure, ParameterReference)
        key = f"parameters.{place.figure.parameter}" if is_named else place.path  # type: ignore[union-attr]
        sources[key] = source_of(case, place)
    return len(sources), sum(source is None for source in sources.values())


class Origins:
    """Says of every input where it comes from.

    Parameters
    ----------
    evaluation : Evaluation
        The result whose inputs are asked about.
    words : Words
        Texts in the reader's language.
    """

    def __init__(self, evaluation: Evaluation, words: Words) -> None:
        self.evaluation = evaluation
        self.words = words
        self.inputs = {entry.path: entry for entry in evaluation.appraised.compiled.inputs}

    def value_of(self, path: str, figure: Figure) -> float:
        """The point estimate of a figure."""
        if isinstance(figure, ParameterReference):
            name = figure.parameter
            own = self.evaluation.case.parameters[name].value
            return self.value_of(f"parameters.{name}", own)
        if isinstance(figure, Distribution):
            return self.inputs[path].expected
        return figure

    def of_figure(self, path: str, figure: Figure, source: str | None, evidence: str | None) -> str:
        """The origin of a figure of the case: its own source, or the case's own assumption."""
        if isinstance(figure, ParameterReference):
            parameter = self.evaluation.case.parameters[figure.parameter]
            own = f"parameters.{figure.parameter}"
            return f"{own}: {self.of_figure(own, parameter.value, parameter.source, None)}"
        text = self.assumption() if source is None else self.source(source)
        if evidence is not None:
            text += f" ({self.words.text(f'evidence.{evidence}')})"
        if isinstance(figure, Distribution):
            text += "; " + self.words.text("explain.expected", distribution=written(figure))
        return text

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

    def of_value(self, value: Value, edition: Edition) -> str:
        """A catalogue value: its title, edition, source, place and price level."""
        parts = [
            in_language(value.title, self.words.language, value.id),
            self.words.text("explain.edition", edition=edition.edition),
            self.source(edition.source),
            edition.place,
        ]
        if edition.price_year is not None:
            parts.append(self.words.text("explain.price_level", year=edition.price_year))
        return "; ".join(part for part in parts if part)

    def of_price(self, price: PriceBasis) -> str:
        """The index figures behind a price factor."""
        case = self.evaluation.case
        parts = []
        if price.index:
            cited = self.source(price.source) if price.source else self.assumption()
            figures = f"{price.index_from:g} ({price.price_year}) → {price.index_to:g}"
            parts.append(f"{price.index}: {figures} ({case.price_year}); {cited}")
        if price.exchange_rate != 1.0:
            rate = f"{price.currency} → {case.currency} {price.exchange_rate:g}"
            parts.append(f"{rate}: {self.assumption()}")
        return "; ".join(parts)

    def of_rate(self, path: str) -> str:
        """A discount rate: its scheme and source, or the case."""
        scheme = self.evaluation.appraised.resolved.scheme
        if not path.startswith("schemes.") or scheme is None:
            return self.assumption()
        title = in_language(scheme.title, self.words.language)
        return f"{title}; {self.source(scheme.source)}"


def written(distribution: Distribution) -> str:
    """A distribution as it is written in a case, in one line.

    Examples
    --------
    >>> from impactmonitor.model.numbers import Pert
    >>> written(Pert(pert=(1, 2, 4)))
    'pert [1, 2, 4]'
    """
    content = distribution.model_dump()[distribution.kind]
    if isinstance(content, dict):
        inside = ", ".join(f"{k} {v:g}" for k, v in content.items() if isinstance(v, float))
        return f"{distribution.kind} {{{inside}}}"
    return f"{distribution.kind} [{', '.join(f'{v:g}' for v in content)}]"
