"""The lists with what a workbook can suggest, and the places in them of what it does suggest."""

from __future__ import annotations

from collections.abc import Sequence

from impactmonitor import messages
from impactmonitor.intake.workbook.layout import At
from impactmonitor.intake.workbook.suggested import CHOSEN, SUGGESTED
from impactmonitor.intake.workbook.words import word
from impactmonitor.report.workbook.book import Area, Scalar
from impactmonitor.report.workbook.listing import ListWriter
from impactmonitor.report.workbook.offers import Offer, Offers, Pair

NOTHING = 1
"""The place of no suggestion: the first row of each of these lists says nothing."""

FACTS = ("title", "unit", "why", "domain", "known", "evidence", "indicator", "counted", "size",
         "note")  # fmt: skip
Chosen = tuple[str, str]
"""Ids of a topic and of one of its target groups."""

BETWEEN = "|"
"""What stands between a topic and a target group in the name of a pair."""


class Offering:
    """Writes what can be suggested, and works out which suggestions were asked for.

    A list has a row for every suggestion, and another one for every topic with a target group,
    with the rows of what fits them. So a suggestion is written once, and one search finds all.

    Parameters
    ----------
    writer : ListWriter
        Writes lists; those of the catalogue stand there already.
    offers : Offers
        What can be suggested.
    chosen : tuple of str, optional
        Ids of the topic and the target group that are already chosen.
    """

    def __init__(self, writer: ListWriter, offers: Offers, chosen: Chosen | None = None) -> None:
        self.chosen = chosen
        self.book, self.lists, self.language = writer.book, writer.lists, writer.language
        self.offers = offers
        self.rows = {"shown": SUGGESTED, "effects": offers.effects, "unpriced": offers.indicators}
        writer.columns("topics", ("title",), [(title,) for title in offers.topics])
        self._write_pairs(writer)
        nothing = (None,) * len(FACTS)
        writer.columns("suggestions", FACTS, [nothing, *map(self._facts, offers.offers)])
        self.numbers = self._write_numbers(writer)

    def _facts(self, offer: Offer) -> tuple[Scalar, ...]:
        label = self.lists.labels.get(("indicators", offer.indicator), offer.indicator)
        note = messages.text("workbook.suggesting.note", self.language, known=offer.known)
        found = {
            "title": offer.title,
            "unit": offer.unit,
            "why": offer.why,
            "domain": offer.domain,
            "known": offer.known,
            "evidence": offer.evidence,
            "indicator": label or None,
            "counted": offer.counted or None,
            "size": word("unknown", "unknown", self.language),
            "note": note,
        }
        return tuple(found[key] for key in FACTS)

    def _write_pairs(self, writer: ListWriter) -> None:
        first = messages.text("workbook.suggesting.first", self.language)
        places = [f"place_{i}" for i in range(1, 1 + sum(self.rows.values()))]
        names = ("topic", "group", "pair", *places)
        rows: list[tuple[Scalar, ...]] = [(None, first, None, *[NOTHING] * len(places))]
        for pair in self.offers.pairs.values():
            name = f"{pair.topic}{BETWEEN}{pair.group}"
            rows.append((pair.topic, pair.group, name, *self._places(pair)))
        writer.columns("target_groups", names, rows)

    def _places(self, pair: Pair) -> list[int]:
        """Rows of the suggestions of a pair: all of them, its effects, and its indicators."""
        sections = ((*pair.effects, *pair.indicators), pair.effects, pair.indicators)
        found: list[int] = []
        for places, size in zip(sections, self.rows.values(), strict=True):
            rows = [place + NOTHING + 1 for place in places]
            found += rows + [NOTHING] * (size - len(rows))
        return found

    def _write_numbers(self, writer: ListWriter) -> list[At]:
        """The row of the pair that was chosen, and the rows of its suggestions."""
        topic, group = (self.book.ref(at) for at in CHOSEN.values())
        pairs = self.area("target_groups", "pair")
        wanted = f'{topic}&"{BETWEEN}"&{group}'
        writer.head("chosen", "pair")
        self.pair = At("lists", self.lists.area("topics", "title").top, writer.column)
        self.book.work_out(self.pair, f"IFERROR(MATCH({wanted},{pairs},0),{NOTHING})", "list")
        writer.close("chosen", "pair", 1)
        count = sum(self.rows.values())
        writer.head("chosen", "place")
        first, column = self.pair.row, writer.column
        for i in range(count):
            self.book.put(At("lists", first + i, column), i + 1, "list")
        writer.close("chosen", "place", count)
        writer.head("chosen", "suggestion")
        numbers = [At("lists", first + i, writer.column) for i in range(count)]
        places = self._places_of_all(count)
        for i, at in enumerate(numbers):
            nth = self.book.ref(At("lists", first + i, column), within="lists")
            chosen = self.book.ref(self.pair, within="lists")
            self.book.work_out(at, f"INDEX({places},{chosen},{nth})", "list")
        writer.close("chosen", "suggestion", count)
        writer.column += 1
        return numbers

    def _places_of_all(self, count: int) -> str:
        first = self.lists.area("target_groups", "place_1")
        whole = Area("lists", first.top, first.left, first.bottom, first.left + count - 1)
        return self.book.area(whole, within="lists")

    def area(self, of: str, column: str) -> str:
        """A column of a list, as it stands in a formula."""
        return self.book.area(self.lists.area(of, column))

    def said(self, of: str, place: int, fact: str) -> str:
        """A formula for what is said of a suggestion; empty where there is none.

        Parameters
        ----------
        of : {"shown", "effects", "unpriced"}
            All that are suggested, or those that a table is filled in with.
        place : int
            From 0.
        fact : str
            One of ``FACTS``.
        """
        number = self.book.ref(self.numbers[self._before(of) + place])
        return f"T(INDEX({self.area('suggestions', fact)},{number}))"

    def _before(self, of: str) -> int:
        names: Sequence[str] = list(self.rows)
        return sum(self.rows[name] for name in names[: names.index(of)])
