"""Entries of the catalogue as people and programs read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.catalogue import Catalogue
from impactmonitor.messages import Language
from impactmonitor.model.entries import NOT_STATED, Edition, Entry, Indicator, Scheme, Value
from impactmonitor.model.numbers import Distribution
from impactmonitor.model.record import in_language
from impactmonitor.report.formatting import money, number, written
from impactmonitor.report.tables import new_table


def entry_document(catalogue: Catalogue, entry: Entry, language: Language) -> dict[str, Any]:
    """An entry as plain values, with the source of each edition written out.

    Parameters
    ----------
    catalogue : Catalogue
        Gives the sources and the domain.
    entry : Entry
        A value, an indicator or a discount scheme.
    language : {"nl", "en"}
        Of the texts.
    """
    content = entry.model_dump(mode="json", by_alias=True)
    for key in ("title", "description", "note"):
        if key in content:
            content[key] = in_language(getattr(entry, key), language) or None
    if isinstance(entry, Indicator):
        found = catalogue.value(entry.unit_value) if entry.unit_value else None
        content["value"] = entry_document(catalogue, found[0], language) if found else None
        name = entry.source
        content["source"] = source_document(catalogue, name, language) if name else None
    if isinstance(entry, Scheme):
        content["source"] = source_document(catalogue, entry.source, language)
    if isinstance(entry, Value):
        content["domain"] = catalogue.domain_of(entry)
        for edition, record in zip(content["editions"], entry.editions, strict=True):
            edition["source"] = source_document(catalogue, record.source, language)
            edition["note"] = in_language(record.note, language) or None
    return content


def source_document(catalogue: Catalogue, name: str, language: Language) -> dict[str, Any]:
    """A source as plain values."""
    source = catalogue.sources[name]
    return {
        "id": name,
        "title": in_language(source.title, language),
        "publisher": source.publisher,
        "year": source.year,
        "url": source.url,
        "licence": source.licence,
    }


def list_screen(
    catalogue: Catalogue, entries: Sequence[Entry], language: Language
) -> Iterator[RenderableType]:
    """A table of entries, one row each."""
    table = new_table()
    widest = max(len(entry.id) for entry in entries)  # an id is copied: better not broken
    table.add_column(_text("entry", language), min_width=widest, overflow="fold")
    for key in ("value", "unit", "price_year", "bearer"):
        is_fixed = key in ("value", "price_year")
        table.add_column(
            _text(key, language),
            justify="right" if key == "value" else "left",
            overflow="fold",
            no_wrap=is_fixed,
        )
    for entry in entries:
        named = f"{entry.id}\n  {in_language(entry.title, language)}"
        table.add_row(named, *_cells(catalogue, entry, language))
    yield table
    yield Text(_text("found", language, count=len(entries)), style="dim")


def _cells(catalogue: Catalogue, entry: Entry, language: Language) -> tuple[str, ...]:
    """Value, unit, price level and bearer of a row."""
    if isinstance(entry, Value):
        edition = entry.current
        figure, unit = _figure(edition, language), _unit(catalogue, entry.unit, language)
        return figure, unit, _level(edition), _bearer(catalogue, entry.falls_to, language)
    assert isinstance(entry, Indicator)  # the only other kind that is listed
    unit = _unit(catalogue, entry.unit, language)
    found = catalogue.value(entry.unit_value) if entry.unit_value else None
    if found is None:
        return "–", unit, "–", _bearer(catalogue, entry.falls_to, language)
    value, edition = found
    bearer = _bearer(catalogue, entry.falls_to or value.falls_to, language)
    return _figure(edition, language), unit, _level(edition), bearer


def _unit(catalogue: Catalogue, name: str, language: Language) -> str:
    """A unit in the reader's language, or as it is written where the catalogue has no title."""
    found = catalogue.unit(name)
    return name if found is None else in_language(found.title, language, name)


def _bearer(catalogue: Catalogue, kind: str | None, language: Language) -> str:
    found = catalogue.actors.get(kind or "")
    return "–" if found is None else in_language(found.title, language)


def _term(name: str, language: Language) -> str:
    return messages.text(f"screen.terms.{name}", language)


def _level(edition: Edition) -> str:
    return str(edition.price_year) if edition.price_year else "–"


def _figure(edition: Edition, language: Language) -> str:
    if isinstance(edition.value, Distribution):
        return written(edition.value)
    return money(edition.value, edition.currency, language)


def _text(key: str, language: Language, **params: object) -> str:
    return messages.text(f"screen.catalogue.{key}", language, **params)


def entry_screen(
    catalogue: Catalogue, entry: Entry, language: Language
) -> Iterator[RenderableType]:
    """Everything about one entry."""
    yield Text(f"{in_language(entry.title, language)} ({entry.id})", style="bold")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for key, content in _facts(catalogue, entry, language):
        grid.add_row(_text(key, language), content)
    yield grid
    if isinstance(entry, Indicator) and entry.unit_value is not None:
        found = catalogue.value(entry.unit_value)
        if found is not None:
            yield Text("")
            yield from entry_screen(catalogue, found[0], language)
    if isinstance(entry, Value):
        yield Text("")
        for edition in entry.editions:
            yield _edition(catalogue, edition, language)


def _facts(catalogue: Catalogue, entry: Entry, language: Language) -> Iterator[tuple[str, str]]:
    if entry.description is not None:
        yield "description", in_language(entry.description, language)
    if isinstance(entry, Value):
        yield "unit", _unit(catalogue, entry.unit, language)
        none = _text("none", language)
        bearer = _bearer(catalogue, entry.falls_to, language)
        yield "bearer", none if entry.falls_to is None else bearer
        domain = catalogue.domain_of(entry)
        yield "domain", _domain(domain, language) if domain else none
        parts = [_term(part, language) for part in entry.includes or ["not-stated"]]
        yield "includes", f"{', '.join(parts)} ({_term(entry.composition, language)})"
        market = {True: "market_yes", False: "market_no", None: "not_stated"}[entry.market_price]
        yield "market_price", _text(market, language)
        if entry.is_transfer:
            yield "note", _text("transfer", language)
        if entry.class_ == "policy-reference":
            yield "note", _text("reference", language)
    if isinstance(entry, Indicator):
        yield "unit", _unit(catalogue, entry.unit, language)
        yield "domain", _domain(entry.domain, language)
        for key in ("direction", "measure", "horizon"):
            yield key, _term(getattr(entry, key), language)
        yield "unit_value", entry.unit_value or _text("none", language)
        if entry.source is not None:
            yield "source", cited(catalogue, entry.source, language)


def _domain(name: str, language: Language) -> str:
    return messages.text(f"screen.domain_names.{name}", language)


def cited(catalogue: Catalogue, name: str, language: Language) -> str:
    """A source in one line: title, publisher, year and address."""
    facts = source_document(catalogue, name, language)
    parts = (facts[key] for key in ("title", "publisher", "year", "url"))
    return ", ".join(str(part) for part in parts if part)


def _edition(catalogue: Catalogue, edition: Edition, language: Language) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    figure = f"{_figure(edition, language)} ({edition.edition}, {_term(edition.status, language)})"
    grid.add_row(_text("value", language), figure, style="bold")
    level = _level(edition) if edition.price_year else _text("not_stated", language)
    grid.add_row(_text("price_year", language), level)
    if edition.low is not None or edition.high is not None:
        low, high = (number(v, language) for v in (edition.low, edition.high))
        grid.add_row(_text("range", language), f"{low} – {high}")
    place = f"; {edition.place}" if edition.place else ""
    grid.add_row(_text("source", language), cited(catalogue, edition.source, language) + place)
    grade = catalogue.verification[edition.verification]
    grid.add_row(_text("verification", language), in_language(grade.title, language))
    is_stated = edition.licence != NOT_STATED
    licence = edition.licence if is_stated else _term(NOT_STATED, language)
    grid.add_row(_text("licence", language), licence)
    if edition.actor_mapping is not None:
        grid.add_row(
            _text("mapping", language), _text(f"mapping_{edition.actor_mapping}", language)
        )
    grid.add_row(_text("checked", language), edition.last_checked.isoformat())
    if edition.note is not None:
        grid.add_row(_text("note", language), in_language(edition.note, language))
    return grid
