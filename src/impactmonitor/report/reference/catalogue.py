"""The page with everything in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from impactmonitor.catalogue import Catalogue, load_catalogue
from impactmonitor.messages import Language
from impactmonitor.model.entries import Edition, Indicator, RateStep, Scheme, Value
from impactmonitor.model.numbers import Distribution
from impactmonitor.model.record import in_language
from impactmonitor.report.formatting import money, number, percent, written
from impactmonitor.report.reference.markdown import page, quoted, table, word

Rows = Iterator[list[str]]
NONE = "–"


def catalogue_page(language: Language) -> str:
    """Every entry of the shipped catalogue, in tables.

    Parameters
    ----------
    language : {"nl", "en"}
        Of the page.
    """
    catalogue = load_catalogue()
    return page(
        language,
        word("catalogue.title", language),
        word("catalogue.intro", language, edition=catalogue.edition),
        *_Writer(catalogue, language).sections(),
    )


class _Writer:
    """Writes the sections of a catalogue in one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue = catalogue
        self.language = language

    def word(self, key: str, **params: object) -> str:
        return word(key, self.language, **params)

    def text(self, content: Any) -> str:
        return in_language(content, self.language)

    def sections(self) -> Iterator[str]:
        """All tables with their headings."""
        described = ("id", "title", "definition")
        for name in ("actors", "domains"):
            yield self.section(name, described, self.described)
        yield self.section("sectors", ("id", "title", "domain"), self.sectors)
        for name in ("evidence", "verification", "discount_classes"):
            yield self.section(name, described, self.described)
        yield self.section("schemes", ("id", "title", "classes", "status", "source"), self.schemes)
        columns: tuple[str, ...] = ("id", "title", "currency", "base", "years", "source")
        yield self.section("indices", columns, self.indices)
        yield f"## {self.word('catalogue.values')}\n\n{self.values_intro()}"
        yield from self.values()
        yield self.section("parameters", ("id", "title", "value", "unit", "source"), self.numbers)
        columns = ("id", "title", "unit", "domain", "measure", "horizon", "unit_value", "actor")
        yield self.section("indicators", columns, self.indicators)
        intro = self.word("catalogue.units_intro")
        yield self.section("units", ("id", "title", "size", "names"), self.units, intro)
        columns = ("id", "title", "publisher", "year", "licence")
        yield self.section("sources", columns, self.sources)

    def section(
        self, name: str, columns: Sequence[str], rows: Callable[[str], Rows], intro: str = ""
    ) -> str:
        heading = f"## {self.word(f'catalogue.{name}')}"
        parts = (heading, intro, self.table(columns, rows(name)))
        return "\n\n".join(part for part in parts if part)

    def table(self, columns: Sequence[str], rows: Rows) -> str:
        return table([self.word(f"columns.{column}") for column in columns], rows)

    def described(self, name: str) -> Rows:
        for entry in getattr(self.catalogue, name).values():
            yield [quoted(entry.id), self.text(entry.title), self.text(entry.description)]

    def sectors(self, _: str) -> Rows:
        for entry in self.catalogue.sectors.values():
            yield [quoted(entry.id), self.text(entry.title), quoted(entry.domain)]

    # rates and prices --------------------------------------------------------------------------

    def schemes(self, _: str) -> Rows:
        for scheme in self.catalogue.schemes.values():
            rates = "; ".join(f"{name} {self.steps(steps)}" for name, steps in scheme.rates.items())
            title = f"{self.text(scheme.title)}. {self.text(scheme.note)}"
            yield [quoted(scheme.id), title, rates, self.status(scheme), self.read(scheme)]

    def steps(self, steps: Sequence[RateStep]) -> str:
        parts = []
        for step in steps:
            rate = percent(step.rate, self.language)
            if step.until is not None:
                rate = self.word("catalogue.until", rate=rate, until=step.until)
            elif len(steps) > 1:
                rate = self.word("catalogue.after", rate=rate)
            parts.append(rate)
        return ", ".join(parts)

    def status(self, scheme: Scheme) -> str:
        return f"{self.word(f'catalogue.scheme_status.{scheme.status}')} ({scheme.holds_from})"

    def read(self, entry: Any) -> str:
        """The source of an entry and how it was read."""
        grade = self.text(self.catalogue.verification[entry.verification].title)
        return f"{quoted(entry.source)} ({grade})"

    def indices(self, _: str) -> Rows:
        for index in self.catalogue.indices.values():
            years = f"{min(index.years)}–{max(index.years)}"
            if index.provisional:
                listed = ", ".join(str(year) for year in index.provisional)
                years += f" ({self.word('catalogue.provisional', years=listed)})"
            title = f"{self.text(index.title)}. {self.text(index.note)}"
            yield [quoted(index.id), title, index.currency, index.base, years, self.read(index)]

    # values ------------------------------------------------------------------------------------

    def values_intro(self) -> str:
        return self.word("catalogue.values_intro", actor=self.word("columns.actor"))

    def values(self) -> Iterator[str]:
        """One table per source, in the order in which the sources are first named."""
        by_source: dict[str, list[tuple[Value, Edition]]] = {}
        for value in self.catalogue.values.values():
            for edition in value.editions:
                by_source.setdefault(edition.source, []).append((value, edition))
        columns = ("id", "title", "value", "unit", "price_year", "actor", "includes", "read")
        for source, found in by_source.items():
            title = self.text(self.catalogue.sources[source].title)
            rows = (self.value(value, edition) for value, edition in found)
            yield f"### {title}\n\n{quoted(source)}\n\n{self.table(columns, rows)}"

    def value(self, value: Value, edition: Edition) -> list[str]:
        is_old = edition.status == "superseded"
        name = f"{value.id}-{edition.edition}" if is_old else value.id
        marks = [
            self.word(f"catalogue.{mark}")
            for mark, is_so in (
                ("superseded", is_old),
                ("reference", value.class_ == "policy-reference"),
                ("transfer", value.is_transfer),
            )
            if is_so
        ]
        title = self.text(value.title) + (f" ({', '.join(marks)})" if marks else "")
        return [
            quoted(name),
            title,
            self.figure(edition),
            value.unit,
            str(edition.price_year or NONE),
            quoted(value.falls_to) if value.falls_to else NONE,
            ", ".join(value.includes or (NONE,)),
            self.text(self.catalogue.verification[edition.verification].title),
        ]

    def figure(self, edition: Edition) -> str:
        if isinstance(edition.value, Distribution):
            return written(edition.value)
        return money(edition.value, edition.currency, self.language)

    def numbers(self, _: str) -> Rows:
        for entry in self.catalogue.parameters.values():
            figure = entry.value
            shown = written(figure) if isinstance(figure, Distribution) else self.number(figure)
            source = self.read(entry)
            yield [quoted(entry.id), self.text(entry.title), shown, entry.unit, source]

    def number(self, value: float) -> str:
        return number(value, self.language)

    # the rest ----------------------------------------------------------------------------------

    def indicators(self, _: str) -> Rows:
        for entry in self.catalogue.indicators.values():
            yield [
                quoted(entry.id),
                f"{self.text(entry.title)}. {self.text(entry.description)}".strip(),
                entry.unit,
                quoted(entry.domain),
                entry.measure,
                entry.horizon,
                quoted(entry.unit_value) if entry.unit_value else NONE,
                self.bearer(entry),
            ]

    def bearer(self, indicator: Indicator) -> str:
        found = self.catalogue.value(indicator.unit_value) if indicator.unit_value else None
        name = indicator.falls_to or (found[0].falls_to if found else None)
        return quoted(name) if name else NONE

    def units(self, _: str) -> Rows:
        for unit in self.catalogue.units.values():
            is_plain = unit.factor is None or unit.dimension is None
            size = "" if is_plain else f"{self.number(unit.factor or 0.0)} ({unit.dimension})"
            yield [quoted(unit.id), self.text(unit.title), size, ", ".join(unit.aliases)]

    def sources(self, _: str) -> Rows:
        for source in self.catalogue.sources.values():
            title = self.text(source.title)
            linked = f"[{title}]({source.url})" if source.url else title
            note = self.text(source.note)
            shown = f"{linked}. {note}" if note else linked
            year, publisher = str(source.year or NONE), source.publisher or NONE
            yield [quoted(source.id), shown, publisher, year, source.licence]
