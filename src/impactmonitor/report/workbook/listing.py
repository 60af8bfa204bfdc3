"""The sheet of lists: words and their codes, and what a workbook needs of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.units import names_of
from impactmonitor.intake.workbook.assessing import written_in_a_cell
from impactmonitor.intake.workbook.heads import fingerprint, heads
from impactmonitor.intake.workbook.layout import (
    ASSESSED_AT,
    HEADS_AT,
    LISTS_TOP,
    LONGEST_NAME,
    LONGEST_NAME_AT,
    SIGNATURE_AT,
    At,
)
from impactmonitor.intake.workbook.words import (
    NUMBERS,
    SEPARATOR,
    WORDS,
    labels_of,
    word,
    word_of_number,
)
from impactmonitor.model.numbers import Distribution, Range
from impactmonitor.model.record import Text, in_language
from impactmonitor.report.workbook.book import Area, Book, Scalar
from impactmonitor.sampling.moments import moments

FIRST_COLUMN = 8
TOP = LISTS_TOP


@dataclass
class Lists:
    """Where each column of each list stands.

    Attributes
    ----------
    areas : dict
        By list and column.
    labels : dict
        How an entry of the catalogue is shown, by list and name.
    """

    areas: dict[tuple[str, str], Area] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)

    def area(self, of: str, column: str) -> Area:
        """The cells of one column of a list."""
        return self.areas[of, column]

    def cell(self, of: str, column: str, index: int) -> At:
        """One cell of it."""
        area = self.areas[of, column]
        return At(area.sheet, area.top + index, area.left)


class ListWriter:
    """Writes the lists side by side."""

    def __init__(
        self,
        book: Book,
        catalogue: Catalogue,
        editions: Iterable[str],
        followed: Sequence[str] = (),
    ) -> None:
        self.book, self.language = book, book.layout.language
        self.lists = Lists()
        self.column = FIRST_COLUMN
        book.put(SIGNATURE_AT, book.layout.signature(), "note")
        if book.layout.assessed:
            book.put(ASSESSED_AT, written_in_a_cell(book.layout.assessed), "note")
        texts = heads(book.layout)
        book.put(HEADS_AT, fingerprint(book.layout, texts.__getitem__), "note")
        book.put(LONGEST_NAME_AT, LONGEST_NAME, "note")
        for of, codes in WORDS.items():
            words = [word(of, code, self.language) for code in codes]
            self._list(of, {"code": list(codes), "word": words})
        self._catalogue(catalogue)
        self._values(catalogue, editions)
        labels = [label for (of, _), label in self.lists.labels.items() if of == "indicators"]
        self._codes([*followed, *labels])

    def _list(self, of: str, columns: Mapping[str, Sequence[Scalar]]) -> None:
        if "label" in columns:
            shown = zip(columns["code"], columns["label"], strict=True)
            self.lists.labels |= {(of, str(name)): str(label) for name, label in shown}
        for name, values in columns.items():
            self.head(of, name)
            for i, value in enumerate(values):
                if value is not None:
                    self.book.put(At("lists", TOP + 1 + i, self.column), value, "list")
            self.close(of, name, len(values))
        self.column += 1

    def head(self, of: str, name: str) -> None:
        """The name of a column above it."""
        self.book.put(At("lists", TOP, self.column), f"{of}.{name}", "head")

    def close(self, of: str, name: str, size: int) -> None:
        """Keep where a column stands, and go on to the next one."""
        bottom = TOP + max(1, size)
        self.lists.areas[of, name] = Area("lists", TOP + 1, self.column, bottom, self.column)
        self.book.pages["lists"].widths[self.column] = 16
        self.column += 1

    def _titles(self, entries: Iterable[object]) -> list[str]:
        titles: list[Text] = [getattr(entry, "title") for entry in entries]  # noqa: B009
        return [in_language(title, self.language) for title in titles]

    def _catalogue(self, catalogue: Catalogue) -> None:
        classes, kinds = catalogue.discount_classes, self._titles(catalogue.actors.values())
        self._list("classes", {"code": list(classes), "title": self._titles(classes.values())})
        labels = labels_of(kinds, list(catalogue.actors))
        may_pay = [int(kind.may_pay) for kind in catalogue.actors.values()]
        names = list(catalogue.actors)
        self._list("kinds", {"code": names, "label": labels, "may_pay": may_pay})
        schemes = catalogue.schemes
        self._list("schemes", {"code": list(schemes), "title": self._titles(schemes.values())})
        default = [catalogue.default_scheme("EUR")]
        self._list("default_scheme", {"code": default})
        steps: list[tuple[Scalar, ...]] = []
        for name, scheme in schemes.items():
            for of, rates in scheme.rates.items():
                start = 0
                for step in rates:
                    end = step.until if step.until is not None else 9999
                    steps.append((name, of, start, end, step.rate))
                    start = end
        self.columns("steps", ("scheme", "class", "from", "until", "rate"), steps)
        currencies = dict.fromkeys(index.currency for index in catalogue.indices.values())
        figures: list[tuple[Scalar, ...]] = []
        for currency in currencies:
            found = catalogue.index_for(currency)
            figures += [(currency, y, n) for y, n in found[1].years.items()] if found else []
        self.columns("index", ("currency", "year", "number"), figures)
        units: list[tuple[Scalar, ...]] = []
        for unit in catalogue.units.values():
            for name in dict.fromkeys(n.lower() for n in names_of(unit)):
                units.append((name, unit.id, unit.dimension, unit.factor))
        self.columns("units", ("name", "unit", "dimension", "factor"), units)
        indicators = catalogue.indicators
        titles = self._titles(indicators.values())
        self.columns(
            "indicators",
            ("code", "label", "unit", "value", "kind", "domain", "class"),
            [
                (i.id, label, i.unit, i.unit_value, i.falls_to, i.domain, i.discount_class)
                for i, label in zip(
                    indicators.values(), labels_of(titles, list(indicators)), strict=True
                )
            ],
        )

    def columns(self, of: str, names: Sequence[str], rows: Sequence[Sequence[Scalar]]) -> None:
        """A list with a column for each name, right of what is there."""
        self._list(of, {name: [row[i] for row in rows] for i, name in enumerate(names)})

    def _values(self, catalogue: Catalogue, editions: Iterable[str]) -> None:
        """Values under their ids, and under id and edition where the case names one."""
        rows: list[tuple[Scalar, ...]] = []
        known = {
            name: found
            for name in dict.fromkeys([*catalogue.values, *editions])
            if (found := catalogue.value(name)) is not None
        }
        titles = self._titles(value for value, _ in known.values())
        labels = labels_of(titles, list(known))
        for (name, (value, edition)), label in zip(known.items(), labels, strict=True):
            source = catalogue.sources.get(edition.source)
            rows.append(
                (name, label, point_of(edition.value), edition.price_year, edition.currency, value.unit, value.falls_to,
                 value.discount_class, in_language(source.title, self.language) if source else "",
                 edition.edition, edition.verification)
            )  # fmt: skip
        names = ("code", "label", "number", "price_year", "currency", "unit", "kind", "class",
                 "source", "edition", "verification")  # fmt: skip
        self.columns("values", names, rows)

    def _codes(self, followed: Sequence[str]) -> None:
        """Codes of the rows of the tables themselves, and the numbers that can have a range.

        What can be measured is a line or an indicator: both stand below each other, so that one
        list offers them.
        """
        layout, book = self.book.layout, self.book
        tables = {
            "lines": ("costs", "effects", "unpriced", "transfers"),
            "actors": ("actors",),
            "sources": ("sources",),
            "overlaps": ("overlaps",),
        }
        for of, names in tables.items():
            self.head(of, "code")
            cells = [layout.cell(t, "code", i) for t in names for i in range(layout.rows[t])]
            above = list(followed) if of == "lines" else []
            for i, name in enumerate(above):
                book.put(At("lists", TOP + 1 + i, self.column), name, "list")
            first = TOP + 1 + len(above)
            for i, at in enumerate(cells):
                book.work_out(At("lists", first + i, self.column), f"T({book.ref(at)})", "list")
            self.close(of, "code", len(above) + len(cells))
            if above:
                whole = self.lists.areas[of, "code"]
                self.lists.areas["subjects", "code"] = whole
                self.lists.areas[of, "code"] = whole._replace(top=first)
        self.head("numbers", "label")
        row = TOP
        for table, keys in NUMBERS.items():
            for key in keys:
                noun = word_of_number(key, self.language)
                for i in range(layout.rows[table]):
                    row += 1
                    code = book.ref(layout.cell(table, "code", i))
                    formula = f'IF(T({code})="","",{code}&"{SEPARATOR}{noun}")'
                    book.work_out(At("lists", row, self.column), formula, "list")
        self.close("numbers", "label", row - TOP)


def point_of(value: float | Distribution) -> float:
    """The point estimate of a catalogue value."""
    return moments(value, Range()).expected if isinstance(value, Distribution) else float(value)
